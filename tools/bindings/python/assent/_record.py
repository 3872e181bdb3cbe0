"""Dictionaries to frozen dataclasses. Entry: read.

A field's type says how it is read, its name where: a name that is a word of Python ends with `_`, which JSON has not.
What a newer library adds is ignored; what is left out has the default of the class.
"""
from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import functools
import typing
from collections.abc import Callable, Mapping
from typing import Any, Optional, TypeVar

from ._json import instant_of

Record = TypeVar('Record')
Convert = Optional[Callable[[Any], Any]]  # None: as it is


def read(record: type[Record], given: Mapping[str, Any]) -> Record:
    """A `record` of what is given."""
    made: Record = _reader(record)(given)
    return made


@functools.lru_cache(maxsize=None)
def _reader(record: type) -> Callable[[Mapping[str, Any]], Any]:
    hints = typing.get_type_hints(record)
    fields: dict[str, tuple[str, Convert]] = {
        field.name.rstrip('_'): (field.name, _convert(hints[field.name])) for field in dataclasses.fields(record)}

    def reader(given: Mapping[str, Any]) -> Any:
        made = object.__new__(record)
        values = made.__dict__  # which may be filled, though the record is frozen
        for key, value in given.items():
            if key in fields:
                name, convert = fields[key]
                values[name] = value if convert is None else convert(value)
        return made
    return reader


def _convert(hint: Any) -> Convert:
    origin = typing.get_origin(hint)
    if origin is typing.Union:  # Optional
        return _convert(typing.get_args(hint)[0])
    if origin is tuple:
        each = _convert(typing.get_args(hint)[0])
        return (lambda items: tuple([each(item) for item in items])) if each else tuple
    if dataclasses.is_dataclass(hint):
        return _reader(hint)
    if origin is None and isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint
    return _TEXTS.get(hint)


def _day_of(text: str) -> Optional[datetime.date]:
    return datetime.date.fromisoformat(text) if text else None


_TEXTS: dict[Any, Callable[[str], Any]] = {
    decimal.Decimal: decimal.Decimal, datetime.date: _day_of, datetime.datetime: instant_of}

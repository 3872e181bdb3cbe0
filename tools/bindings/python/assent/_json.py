"""JSON without a binary floating point number anywhere. Entries: loads, said, dumps, exact."""
from __future__ import annotations

import datetime
import decimal
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Union

# What the library reads: JSON as it stands, or what is to be written as JSON.
Json = Union[str, bytes, Mapping[str, Any]]

MAX_DEPTH = 64  # of what is written: a quote has some five levels, a circle has no end


def _no_number(name: str) -> Any:
    raise ValueError(f'{name} is no number of JSON')


def _each_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        names = [name for name, _ in members]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the key `{twice}` is given twice in one object')
    return found


_decoder = json.JSONDecoder(parse_float=decimal.Decimal, parse_constant=_no_number,
                            object_pairs_hook=_each_once)
_decode = json.JSONDecoder().raw_decode  # of what the library wrote, where neither can be


def said(answer: Union[str, bytes]) -> Any:
    """What the library itself has written: it has no fractions but in texts, and no key twice."""
    return json.loads(answer)


def loads(text: Union[str, bytes]) -> Any:
    """What JSON says, its fractions as `Decimal`. ValueError for what is none, and for a key that is twice in one object:
    nobody knows which was meant."""
    try:
        return _decoder.decode(text if isinstance(text, str) else str(text, 'utf-8'))
    except RecursionError:
        raise ValueError('the JSON is nested too deeply') from None


# ── writing ──────────────────────────────────────────────────────────────────────────────────
class Written(str):
    """JSON that goes as it stands into what is written."""


def written(json_text: Union[str, bytes]) -> Written:
    """JSON of others as a part of our own. ValueError unless it is one value: what closes a brace too many would
    otherwise go on with members of its own."""
    loads(json_text)
    return Written(json_text if isinstance(json_text, str) else str(json_text, 'utf-8'))


def dumps(value: Any, what: str = 'the value') -> bytes:
    """Writes mappings, sequences, texts, `int`, `Decimal`, `bool`, None, days and instants, each exactly.

    TypeError names the place of anything else, of a `float` above all. ValueError for a `Decimal` that is no number,
    and for more than 64 levels. `what` is the value's own name in messages."""
    out: list[str] = []
    _write(value, out.append, (what,), 0)
    return ''.join(out).encode()


def given(json_or_value: Any, what: str) -> bytes:
    """What is read by the library: bytes and texts untouched, anything else written."""
    if isinstance(json_or_value, bytes):
        return json_or_value
    if isinstance(json_or_value, str):
        return json_or_value.encode()
    return dumps(json_or_value, what)


_quoted = json.encoder.encode_basestring_ascii
_Place = tuple  # of the place around it, and the key or number in there; of the outermost, its name alone


def _write(value: Any, add: Callable[[str], None], place: _Place, depth: int) -> None:
    if isinstance(value, str):
        add(value if isinstance(value, Written) else _quoted(value))
    elif value is None:
        add('null')
    elif value is True:
        add('true')
    elif value is False:
        add('false')
    elif isinstance(value, int):
        add(int.__repr__(value))
    elif isinstance(value, decimal.Decimal):
        if not value.is_finite():
            raise ValueError(f'{_named(place)} is {value}, which is no number of JSON')
        add(str(value))
    elif isinstance(value, Mapping):
        _too_deep(place, depth)
        mark = '{'
        for key, each in value.items():
            if not isinstance(key, str):
                raise TypeError(f'{_named(place)} has the key {key!r}: keys are texts')
            add(f'{mark}{_quoted(key)}:')
            _write(each, add, (place, key), depth + 1)
            mark = ','
        add('{}' if mark == '{' else '}')
    elif isinstance(value, (list, tuple)):
        _too_deep(place, depth)
        mark = '['
        for number, each in enumerate(value):
            add(mark)
            _write(each, add, (place, number), depth + 1)
            mark = ','
        add('[]' if mark == '[' else ']')
    elif isinstance(value, datetime.datetime):  # before `date`, which it is too
        if value.tzinfo is None:
            raise TypeError(f'{_named(place)} is an instant without a time zone: give it one, as `timezone.utc`')
        add(_quoted(instant_text(value)))
    elif isinstance(value, datetime.date):
        add(_quoted(value.isoformat()))
    elif isinstance(value, float):
        raise TypeError(f'{_named(place)} is a float, {value!r}: give a Decimal, as Decimal({str(value)!r})')
    else:
        raise TypeError(f'{_named(place)} is a {type(value).__name__}, which JSON has not')


def _too_deep(place: _Place, depth: int) -> None:
    if depth >= MAX_DEPTH:
        while len(place) > 1:
            place = place[0]
        raise ValueError(f'{place[0]} has more than {MAX_DEPTH} levels, or contains itself')


def _named(place: _Place) -> str:
    """"lines[0].discount"."""
    name = ''
    while len(place) > 1:
        place, key = place
        name = f'[{key}]{name}' if isinstance(key, int) else f'.{key}{name}'
    return name[1:] if name.startswith('.') else name or place[0]


# ── instants ─────────────────────────────────────────────────────────────────────────────────
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def instant_text(instant: datetime.datetime) -> str:
    """"2026-03-02T09:00:00.5Z", to the millisecond that has begun."""
    utc = instant.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return utc.isoformat(timespec='milliseconds' if utc.microsecond else 'seconds') + 'Z'


def instant_of(text: str) -> datetime.datetime:
    """The other way round."""
    seconds, _, fraction = text.rstrip('Z').partition('.')
    micro = int(fraction.ljust(6, '0')[:6])
    return datetime.datetime.fromisoformat(seconds).replace(microsecond=micro, tzinfo=datetime.timezone.utc)


# ── reading with the texts kept ──────────────────────────────────────────────────────────────
_blank = re.compile(r'[ \t\r\n]*')


def _after_blank(text: str, at: int) -> int:
    return _blank.match(text, at).end()  # type: ignore[union-attr]  # nothing is a match too


def exact(text: str) -> dict[str, Any]:
    """An object of the library's own; a list in it as pairs, of each element's value and its text as it stands."""
    members: dict[str, Any] = {}
    at = _after_blank(text, text.index('{') + 1)
    while text[at] != '}':
        key, at = _decode(text, at)
        at = _after_blank(text, text.index(':', at) + 1)
        read: Callable[[str, int], tuple[Any, int]] = _exact_list if text[at] == '[' else _decode
        members[key], at = read(text, at)
        at = _after_blank(text, at)
        if text[at] == ',':
            at = _after_blank(text, at + 1)
    return members


def _exact_list(text: str, at: int) -> tuple[list[tuple[Any, str]], int]:
    elements = []
    at = _after_blank(text, at + 1)
    while text[at] != ']':
        value, end = _decode(text, at)
        elements.append((value, text[at:end]))
        at = _after_blank(text, end)
        if text[at] == ',':
            at = _after_blank(text, at + 1)
    return elements, at + 1

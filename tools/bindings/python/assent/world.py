"""All that a decision may depend on beside the quote: the day, the people, what currencies are worth."""
from __future__ import annotations

import ctypes
import dataclasses
import datetime
import enum
from typing import Optional, TypeVar

from ._handle import Handle, opened
from ._json import EPOCH, Json, given
from ._library import Circumstances, library


class State(str, enum.Enum):
    """Where a quote, or a case, stands. A rule may be limited to some of these. In the order of assent_state."""
    DRAFT = 'draft'
    PENDING = 'pending'
    APPROVED = 'approved'
    REJECTED = 'rejected'
    RECALLED = 'recalled'
    EXPIRED = 'expired'


Self = TypeVar('Self', bound='_Given')


class _Given(Handle):
    """A part of the world that is read from JSON once. Any number of threads may use one at once."""

    @classmethod
    def from_json(cls: type[Self], value: Json) -> Self:
        """Of JSON or a mapping. AssentError with all problems."""
        text = given(value, f'the {cls._kind}')
        return cls(getattr(library, f'assent_{cls._kind}_read'), text, len(text))


class Directory(_Given):
    """People, their roles, managers, authority and absences, as directory.schema.json describes them."""
    _kind = 'directory'


class Rates(_Given):
    """What currencies are worth, as rates.schema.json describes it."""
    _kind = 'rates'


class Deputies(_Given):
    """Who acts for whom, beside the absences of the directory, as deputies.schema.json describes it; a delegation
    without `approver` is for everything."""
    _kind = 'deputies'


@dataclasses.dataclass(frozen=True)
class World:
    """All that a decision may depend on beside the quote. Nothing is read from a clock: the host says what day it is.

    `now` and `utc_offset` are of cases alone: the time, to the millisecond, with its zone; the minutes that local time
    is ahead of UTC, for timers in days. Without a directory there is nobody, without rates currencies cannot be
    compared, without deputies nobody acts for anybody.

    Never changes, and any number of threads may use one at once. It keeps what it is made of, though that be closed.
    `dataclasses.replace(world, now=…)` makes the next one. ValueError and TypeError for what makes no sense."""
    today: datetime.date
    directory: Optional[Directory] = None
    rates: Optional[Rates] = None
    deputies: Optional[Deputies] = None
    state: State = State.DRAFT
    now: Optional[datetime.datetime] = None
    utc_offset: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.today, datetime.date) or isinstance(self.today, datetime.datetime):
            raise TypeError(f'`today` is a date, not {self.today!r}')
        if self.now is not None and self.now.tzinfo is None:
            raise ValueError('`now` has no time zone: give it one, as `timezone.utc`')
        if not -24 * 60 < self.utc_offset < 24 * 60:
            raise ValueError(f'`utc_offset` is {self.utc_offset} minutes, which is a day or more')
        memories = [None if (handle := getattr(self, kind)) is None else opened(handle, kind)
                    for kind in ('directory', 'rates', 'deputies')]
        circumstances = Circumstances(
            ctypes.sizeof(Circumstances), (self.today - EPOCH.date()).days, list(State).index(State(self.state)),
            (self.now - EPOCH) // datetime.timedelta(milliseconds=1) if self.now else 0, self.utc_offset,
            *(memory and memory.pointer for memory in memories))
        # What the library is given at each call, and what has to live as long as that.
        object.__setattr__(self, '_kept', (circumstances, memories))
        object.__setattr__(self, '_address', ctypes.addressof(circumstances))


def address(world: World) -> int:
    """Where the library finds it, for as long as it lives."""
    if not isinstance(world, World):
        raise TypeError(f'a World is needed, not {world!r}')
    return world._address  # type: ignore[attr-defined]  # set above, past the frozen fields

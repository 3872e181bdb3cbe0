"""Cases: the progress of one quote's approval, and the events that it is made of."""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from ._handle import OwnHandle, taken
from ._json import EPOCH, Json, exact, given, said
from ._library import library
from ._record import read
from .commands import Command, command_json
from .evaluator import Evaluator
from .orders import Refusal
from .world import State, World, address


@dataclasses.dataclass(frozen=True)
class Event:
    """What has happened to a case. The fields are those of event.schema.json; keep `json`, which is the event as the
    library wrote it, byte for byte."""
    json: str
    version: int             # of the case when it has happened: 1 for the first
    at: datetime.datetime
    by: str                  # who; "clock" where time passed
    command: str             # the id of the command that made it
    kind: str                # "decided", "opened", "voted" …
    what: Mapping[str, Any]
    on_behalf: str = ''


@dataclasses.dataclass(frozen=True)
class Effect:
    """Something to tell a person, once. The fields are those of effect.schema.json."""
    json: str                # as the library wrote it
    id: str                  # case/version/person/kind: the same whenever the same command is carried out
    to: str                  # person
    kind: str = 'request'    # "remind", "approved", "question" …
    on_behalf: str = ''      # whose seat it is, where a delegate is asked
    steps: tuple[str, ...] = ()  # keys; each step whose reasons the message shows
    text: str = ''           # the question, the answer, the reason of a proposal or an end
    quote_hash: str = ''     # of the content that it speaks of


@dataclasses.dataclass(frozen=True)
class Advance:
    """What a command came to. Refused: the case is as it was, but for an event `late` that was logged."""
    version: int                       # of the case afterwards
    events: tuple[Event, ...] = ()     # already applied to the case
    effects: tuple[Effect, ...] = ()
    refusal: Optional[Refusal] = None
    repeats: Optional[int] = None      # it was carried out before, and led to this version


class Case(OwnHandle):
    """A draft without events, at first; one that was kept is made again by `replay`. The same events give the same
    case, byte for byte. Belongs to one thread at a time: a second one gets a RuntimeError."""
    _kind = 'case'

    def __init__(self, id: str):
        text = id.encode()
        super().__init__(library.assent_case_new, text, len(text))
        self.id = id

    @classmethod
    def replay(cls, id: str, events: Iterable[Union[Event, Json]]) -> Case:
        """Of all its events, in their order. AssentError, BAD_EVENT, for one that does not come next."""
        case = cls(id)
        case._apply(b'\n'.join(map(_event_json, events)))
        return case

    def apply(self, event: Union[Event, Json]) -> int:
        """Adds an event as `advance` gave it, and gives the version. AssentError, BAD_EVENT, unless it is of this case
        and comes next; the case is then as it was."""
        return self._apply(_event_json(event))

    def _apply(self, lines: bytes) -> int:
        version: int = said(self._call(library.assent_case_apply, lines, len(lines)))['version']
        return version

    def advance(self, evaluator: Evaluator, command: Union[Command, Json], world: World) -> Advance:
        """Carries out a command at the world's `now`. Keep the events and tell the effects in one transaction, or give
        the case up: it has moved.

        The evaluator must be of the policy that the case is pinned to, but for a submission and a migration.
        A refusal is an answer; AssentError, BAD_COMMAND, for what is no command."""
        where, text = address(world), command_json(command)
        if world.now is None:
            raise ValueError('a case goes by the time: give the world its `now`')
        with taken(evaluator, 'evaluator') as pointer:
            answer = exact(self._call(library.assent_case_advance, pointer, text, len(text), where).decode())
        for name in ('events', 'effects'):
            answer[name] = [{**each, 'json': json} for each, json in answer.get(name, ())]
        return read(Advance, answer)

    @property
    def version(self) -> int:
        """How many events it has."""
        with taken(self, 'case') as pointer:
            version: int = library.assent_case_version(pointer)
            return version

    @property
    def next_due(self) -> Optional[datetime.datetime]:
        """When a `Tick` would do something; None for never."""
        with taken(self, 'case') as pointer:
            due = library.assent_case_next_due(pointer)
        return EPOCH + datetime.timedelta(milliseconds=due) if due else None

    @property
    def state(self) -> State:
        """Where it stands. Read from `json`, so that it costs as much."""
        return State(said(self.json()).get('state', State.DRAFT))

    def json(self) -> str:
        """All of it, as case.schema.json describes it."""
        return self._call(library.assent_case_json).decode()


def _event_json(event: Union[Event, Json]) -> bytes:
    return given(event.json if isinstance(event, Event) else event, 'the event')

"""Sessions: a quote that is changed again and again, decided after each change."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

from ._handle import OwnHandle, opened
from ._json import Json, dumps, given, said
from ._library import library
from ._record import read
from .decision import Decision, Difference
from .evaluator import Limits, bounds
from .policy import Policy
from .world import World, address


class Session(OwnHandle):
    """For a screen that asks at every key that is pressed: the quote is read once, and a change costs what it changes.
    The decision is always that which a fresh evaluator gives for the quote as it stands.

    What is refused, with an AssentError, changes nothing. Belongs to one thread at a time: a second one gets a
    RuntimeError. The session keeps what it needs of policy and world, which may be closed."""
    _kind = 'session'

    @classmethod
    def open(cls, policy: Policy, quote: Json, world: World, limits: Optional[Limits] = None) -> Session:
        """Reads and decides a quote: JSON (`str` or `bytes`) or a mapping."""
        memory, text = opened(policy, 'policy'), given(quote, 'the quote')
        return cls(library.assent_session_open, memory.pointer, bounds(limits), text, len(text), address(world))

    def set(self, path: str, value: Any) -> Difference:
        """Sets a field, as `set('lines[3].discount', 25)`; None leaves it out. A `str` is a text here; JSON goes as
        `bytes`."""
        return self._change(library.assent_session_set, path, value)

    def insert(self, path: str, line: Any) -> Difference:
        """Puts a line in before the one of that number ("lines[3]"), or behind the last one. A mapping, or JSON as
        `bytes`."""
        return self._change(library.assent_session_insert, path, line)

    def remove(self, path: str) -> Difference:
        """Takes a line out: "lines[3]"."""
        text = path.encode()
        return read(Difference, said(self._call(library.assent_session_remove, text, len(text))))

    @property
    def decision(self) -> Decision:
        """Of the quote as it stands."""
        return read(Decision, said(self._call(library.assent_session_decision)))

    def explain(self) -> Decision:
        """The same with its proof, in `why`."""
        return read(Decision, said(self._call(library.assent_session_explain)))

    def _change(self, function: Callable[..., int], path: str, value: Any) -> Difference:
        where, text = path.encode(), value if isinstance(value, bytes) else dumps(value)
        return read(Difference, said(self._call(function, where, len(where), text, len(text))))

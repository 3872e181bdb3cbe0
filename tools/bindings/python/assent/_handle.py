"""Handles of the library, and the calls that are made with them."""
from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, ClassVar, Optional, TypeVar

from ._library import Text, library
from .errors import failure

Self = TypeVar('Self', bound='Handle')


class Memory:
    """Memory of the library behind one pointer, given back when nobody knows it any more. So a directory that was
    closed lives as long as a world is made of it."""
    __slots__ = ('pointer', '_free')

    def __init__(self, pointer: int, free: Callable[[int], None]):
        self.pointer = pointer
        self._free = free

    def __del__(self) -> None:
        self._free(self.pointer)

    def __reduce__(self) -> Any:
        raise TypeError('what the library holds can be neither copied nor pickled')


class AnswerText:
    """Where the library writes its answers, used again and again. Of one thread at a time."""
    __slots__ = ('_text', '_free', 'address')

    def __init__(self) -> None:
        self._text = Text()
        self._free = library.assent_text_free
        self.address = ctypes.addressof(self._text)

    def read(self) -> bytes:
        return ctypes.string_at(self._text.data, self._text.size)

    def __del__(self) -> None:
        self._free(self.address)


def ask(function: Callable[..., int], *arguments: Any) -> bytes:
    """Calls what belongs to no single thread. AssentError where it fails."""
    answer = AnswerText()
    status = function(*arguments, answer.address)
    if status:
        raise failure(status, answer.read())
    return answer.read()


class Handle:
    """Something that the library holds. Used in a `with`, or closed, or left to Python; to close it again does
    nothing, to use it then is a ValueError. Never changes: any number of threads may use one at once."""
    _kind: ClassVar[str]  # as the library calls it: what is of another kind it would take for one of this
    _memory: Optional[Memory]

    def __init__(self, function: Callable[..., int], *arguments: Any):
        """What `function` makes. AssentError where it fails."""
        made = ctypes.c_void_p()
        ask(function, *arguments, ctypes.addressof(made))
        assert made.value is not None
        self._memory = Memory(made.value, getattr(library, f'assent_{self._kind}_free'))

    def close(self) -> None:
        """Gives its memory back, once nothing that was made of it needs that."""
        self._memory = None

    def _open(self) -> Memory:
        """For the length of a call: while somebody has it, another thread's close() does no harm."""
        memory = self._memory
        if memory is None:
            raise ValueError(f'the {type(self).__name__} is closed')
        return memory

    def __enter__(self: Self) -> Self:
        self._open()
        return self

    def __exit__(self, kind: Optional[type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()


class OwnHandle(Handle):
    """One that belongs to one thread at a time. A second thread that comes meanwhile gets a RuntimeError at once: to
    let it wait would hide that each thread should have its own."""

    def __init__(self, function: Callable[..., int], *arguments: Any):
        super().__init__(function, *arguments)
        self._answer = AnswerText()
        lock = threading.Lock()
        self._take, self._give_back = lock.acquire, lock.release

    def close(self) -> None:
        if self._memory is not None:
            with taken(self, self._kind):
                self._memory = None

    def _call(self, function: Callable[..., int], *arguments: Any) -> bytes:
        """Calls a function whose first argument this is. AssentError where it fails."""
        if not self._take(False):
            raise self._busy()
        try:
            answer = self._answer
            status = function(self._open().pointer, *arguments, answer.address)
            if status:
                raise failure(status, answer.read())
            return answer.read()
        finally:
            self._give_back()

    def _busy(self) -> RuntimeError:
        return RuntimeError(f'the {type(self).__name__} is in use by another thread: give each thread one of its own')


def opened(handle: Any, kind: str) -> Memory:
    """Of a handle that was given to us. TypeError unless it is of that kind."""
    if not isinstance(handle, Handle) or handle._kind != kind:
        raise TypeError(f'a {kind} is needed, not {handle!r}')
    return handle._open()


@contextlib.contextmanager
def taken(handle: Any, kind: str) -> Iterator[int]:
    """The pointer of a handle that belongs to one thread, for a call that is not its own."""
    memory = opened(handle, kind)
    if not handle._take(False):
        raise handle._busy()
    try:
        yield memory.pointer
    finally:
        handle._give_back()

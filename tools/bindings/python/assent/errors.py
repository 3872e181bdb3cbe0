"""What the library finds wrong with what it was given. A policy that says no is a decision, and no error."""
from __future__ import annotations

import dataclasses
import enum
import json

from ._library import library


class ErrorCode(str, enum.Enum):
    """What was at fault. Stable; one that a newer library has added is `UNKNOWN`."""
    BAD_ARTIFACT = 'bad-artifact'      # damaged, hostile, or not an artifact at all
    WRONG_VERSION = 'wrong-version'    # an artifact of a format that the library does not read
    BAD_QUOTE = 'bad-quote'            # not JSON, or not what the policy's record types ask for
    BAD_DIRECTORY = 'bad-directory'
    BAD_RATES = 'bad-rates'
    BAD_EVENT = 'bad-event'            # not what the library writes, or none that comes next
    BAD_SETTINGS = 'bad-settings'
    STORE_BUSY = 'store-busy'
    STORE_FAILED = 'store-failed'
    NOT_APPROVED = 'not-approved'      # orders of a case that is not approved, or of another content
    BAD_REQUEST = 'bad-request'        # a call that makes no sense: an unknown field
    LIMIT_EXCEEDED = 'limit-exceeded'
    BAD_COMMAND = 'bad-command'        # of a case: not what it takes
    OUT_OF_MEMORY = 'out-of-memory'    # nothing changed, and the handle may be used again; a session is over
    UNKNOWN = 'unknown'

    @classmethod
    def _missing_(cls, value: object) -> ErrorCode:
        return cls.UNKNOWN


@dataclasses.dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `where` is a JSON pointer into the input at fault, "" for all of it."""
    code: ErrorCode
    where: str
    message: str

    def __str__(self) -> str:
        return f'{self.where}: {self.message}' if self.where else self.message


class AssentError(Exception):
    """Something that was given is at fault. `problems`: all that is wrong with it, in its order, never empty."""

    def __init__(self, code: ErrorCode, problems: tuple[Problem, ...]):
        super().__init__(code, problems)
        self.code = code
        self.problems = problems

    @property
    def where(self) -> str:
        """Of the first problem."""
        return self.problems[0].where

    def __str__(self) -> str:
        return f'{self.code.value}: ' + '\n'.join(map(str, self.problems))


def failure(status: int, answer: bytes) -> AssentError:
    """What a status that is not ASSENT_OK, and the answer that came with it, say."""
    code = ErrorCode(library.assent_status_name(status).decode())
    given = json.loads(answer)['problems'] if answer else []
    problems = tuple(Problem(ErrorCode(each['code']), each['where'], each['message']) for each in given)
    return AssentError(code, problems or (Problem(code, '', 'the library says no more'),))

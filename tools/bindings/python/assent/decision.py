"""Decisions: who must approve a quote, in which order, and why. The fields are those of decision.schema.json.

All are values that never change, and own what they hold. Lines are rows of the quote's list, counted from 0.
"""
from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from typing import Optional


class Outcome(str, enum.Enum):
    AUTO_APPROVED = 'auto_approved'    # no rule demands anything, and the policy says `otherwise approve`
    NEEDS_APPROVAL = 'needs_approval'  # every step of the path must be satisfied
    DENIED = 'denied'                  # a rule denies; no approval can help
    BLOCKED = 'blocked'                # an error, or a policy without an answer: nothing may be concluded


class RuleStatus(str, enum.Enum):
    NOT_APPLICABLE = 'not_applicable'  # its conditions are not met, or the date or the state excludes it
    PENDING = 'pending'                # it demands steps
    SATISFIED = 'satisfied'            # it applies and demands no step
    REJECTED = 'rejected'              # it denies
    OVERRIDDEN = 'overridden'          # set aside by a named authority
    ERROR = 'error'                    # a condition, or an approver that it needs, could not be evaluated


@dataclasses.dataclass(frozen=True)
class At:
    """A place in the policy's source, line and column from 1."""
    file: str
    line: int
    column: int


@dataclasses.dataclass(frozen=True)
class Seat:
    person: str           # id in the directory
    votes: int            # how much it counts towards `Quorum.needed`; 0 for a bare veto
    name: str = ''        # of the person
    veto: bool = False    # a rejection of this one rejects the step
    absent: bool = False  # the directory says that the person is away today


@dataclasses.dataclass(frozen=True)
class Quorum:
    """`needed` of the `total` votes of all seats must approve."""
    kind: str  # "one", "any", "all", "majority", "number", "percent", "points"
    needed: int
    total: int


@dataclasses.dataclass(frozen=True)
class Timer:
    kind: str             # "remind", "escalate", "expire", "approve_by_silence"
    after: int            # so many `unit`
    unit: str             # "minutes", "days", "business days", "months"
    calendar: str = ''
    every: int = 0        # remind: again every so many `every_unit`; 0 for once
    every_unit: str = ''
    to: str = ''          # escalate: the approver
    as_: str = ''         # expire: "rejected" or "withdrawn"
    replacing: bool = False  # escalate: instead of, not in addition to


@dataclasses.dataclass(frozen=True)
class Step:
    step: str                   # its key, stable across quotes: "steep_discount/rep_manager"
    approver: str               # as the policy names it
    after: tuple[str, ...]      # keys of steps that must be satisfied first
    quorum: Quorum
    seats: tuple[Seat, ...]
    because: tuple[str, ...]    # the rules that demand it
    rejection: str              # "ends", "collects", "returns"
    at: At
    title: str = ''             # of the approver
    lines: tuple[int, ...] = ()  # that demand it; empty: the whole quote
    timers: tuple[Timer, ...] = ()
    explicit: bool = False      # a vote given elsewhere does not count here
    returns_to: str = ''


@dataclasses.dataclass(frozen=True)
class Rule:
    rule: str
    status: RuleStatus
    at: At
    title: str = ''
    band: str = ''               # of a ladder: "up to 500_000 USD"
    row: str = ''                # what a row of a rule over lines is called: "line"
    lines: tuple[int, ...] = ()  # that fired it


@dataclasses.dataclass(frozen=True)
class Message:
    text: str
    at: At
    rule: str = ''


@dataclasses.dataclass(frozen=True)
class Trouble:
    """Why a decision is blocked."""
    fault: str  # stable: "division-by-zero"
    message: str
    at: At
    rule: str = ''
    step: str = ''


@dataclasses.dataclass(frozen=True)
class Condition:
    """One condition of a rule, as it was evaluated."""
    condition: str               # "hardware_discount > 15%"
    answer: str                  # "yes", "no", "fault"
    values: Mapping[str, str]    # what it read, as text
    fault: str = ''              # in words, where the answer is one
    step: str = ''               # the part of the path that was left out, where it was for this


@dataclasses.dataclass(frozen=True)
class Why:
    """The proof of one rule."""
    rule: str
    status: RuleStatus
    conditions: tuple[Condition, ...]
    at: At
    title: str = ''
    band: str = ''
    excluded: str = ''           # "not effective on 2026-01-01"
    line: Optional[int] = None   # of a rule over lines: the row that the conditions show
    skipped: tuple[Condition, ...] = ()  # parts of its path that were left out


@dataclasses.dataclass(frozen=True)
class Decision:
    policy: str
    policy_hash: str             # the content of the artifact
    plan_hash: str               # equal for decisions that demand the same of the same people
    outcome: Outcome
    same_approver: str           # "once", "each time"
    path: tuple[Step, ...]       # topologically, ties by declaration
    rules: tuple[Rule, ...]      # those that apply, as declared
    denials: tuple[Message, ...]
    warnings: tuple[Message, ...]
    troubles: tuple[Trouble, ...]
    reads: tuple[str, ...]       # fields of the quote on which the answer may depend
    otherwise: str = ''          # the reason that `otherwise approve` gives, where that decided
    why: tuple[Why, ...] = ()    # every rule, as declared; of `explain()` alone


@dataclasses.dataclass(frozen=True)
class Difference:
    """How a decision differs from the one before, in names of the policy. False where it does not."""
    before: Outcome
    after: Outcome
    steps_added: tuple[str, ...] = ()
    steps_removed: tuple[str, ...] = ()
    steps_changed: tuple[str, ...] = ()  # other people, reasons or lines, or they wait for other steps
    rules_added: tuple[str, ...] = ()    # that apply now
    rules_removed: tuple[str, ...] = ()
    rules_changed: tuple[str, ...] = ()  # another status, band or other lines

    def __bool__(self) -> bool:
        return self != Difference(self.before, self.before)

"""Commands: what may be done to a case. The fields are those of assent/advance.h, and of its JSON.

    Command('c-2', 'ana', Vote('approve', step='steep/cfo'), expected_version=3)

A quote is JSON (`str` or `bytes`), which goes as it stands, or a mapping. What is left empty has its default.
"""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Optional, Union

from ._json import Json, dumps, given, written


@dataclasses.dataclass(frozen=True)
class Submit:
    """The quote: the first time, again after an end or, while the case is pending, because it has changed. The actor
    is its submitter."""
    quote: Json
    expect_plan: str = ''          # plan hash of a preview; empty: whatever comes
    editors: tuple[str, ...] = ()  # who else had a hand in the quote


@dataclasses.dataclass(frozen=True)
class Vote:
    vote: str = 'approve'          # "approve", "reject", "abstain"
    step: str = ''                 # key; empty: whatever the actor is asked
    on_behalf: str = ''            # the person whose seat is meant; empty: every seat that the actor may fill
    comment: str = ''
    quote_hash: str = ''           # of the content that the actor saw; empty: the current one


@dataclasses.dataclass(frozen=True)
class Recall:
    why: str = ''


@dataclasses.dataclass(frozen=True)
class Reassign:
    """Gives a seat of a step to somebody else."""
    step: str
    to: str
    from_: str = ''                # empty: the actor's own seat
    why: str = ''


@dataclasses.dataclass(frozen=True)
class Replace:
    """Gives every undecided seat of the case that is somebody's to somebody else."""
    from_: str
    to: str
    why: str = ''


@dataclasses.dataclass(frozen=True)
class Ask:
    step: str
    to: str
    text: str


@dataclasses.dataclass(frozen=True)
class Answer:
    question: int                  # its place among the case's questions, from 0
    text: str


@dataclasses.dataclass(frozen=True)
class Comment:
    text: str


@dataclasses.dataclass(frozen=True)
class AddApprover:
    person: str
    before: str = ''               # key of a step that waits for it
    why: str = ''


@dataclasses.dataclass(frozen=True)
class Override:
    """Sets a step aside, once a second person agrees."""
    step: str
    why: str


@dataclasses.dataclass(frozen=True)
class Tick:
    """Lets time pass: reminds, escalates, expires."""


@dataclasses.dataclass(frozen=True)
class Migrate:
    """To the evaluator's policy; the quote must be the pinned one."""
    quote: Json


@dataclasses.dataclass(frozen=True)
class Portion:
    """How much of a line of the quote."""
    line: str                      # its id
    quantity: Union[Decimal, int]  # amended: more or, below 0, less

    def __post_init__(self) -> None:
        if not isinstance(self.quantity, (Decimal, int)):
            raise TypeError(f'`quantity` is {self.quantity!r}: give a Decimal or an int')


@dataclasses.dataclass(frozen=True)
class OrderChange:
    """What happens to orders."""
    kind: str                      # "ordered", "activated", "delivered", "accepted", "moved", "cancelled", "amended"
    on: datetime.date              # ordered: nothing starts before; amended: from when
    order: str = ''                # its key; of "ordered", which makes orders, empty
    delivery: bool = False         # moved: the delivery, not the start, is on that day
    lines: tuple[Portion, ...] = ()  # ordered: which, none for all that is left; amended: how much more
    why: str = ''


@dataclasses.dataclass(frozen=True)
class ChangeOrders:
    """Something happens to the orders of an approved case."""
    quote: Json
    change: OrderChange


@dataclasses.dataclass(frozen=True)
class OrderReport:
    """What the back office said of an order, or that it was told."""
    order: str                     # its key
    at: datetime.datetime          # when it was so
    status: str = 'sent'           # "received", "accepted", "changed", "rejected", "processing", "shipped", …
    revision: int = 1              # which it speaks of
    reference: str = ''            # the order's name there
    text: str = ''


@dataclasses.dataclass(frozen=True)
class ReportOrder:
    report: OrderReport


What = Union[Submit, Vote, Recall, Reassign, Replace, Ask, Answer, Comment, AddApprover, Override, Tick, Migrate,
             ChangeOrders, ReportOrder]

_KINDS = {
    Submit: 'submit', Vote: 'vote', Recall: 'recall', Reassign: 'reassign', Replace: 'replace', Ask: 'ask',
    Answer: 'answer', Comment: 'comment', AddApprover: 'add-approver', Override: 'override', Tick: 'tick',
    Migrate: 'migrate', ChangeOrders: 'change-orders', ReportOrder: 'report-order',
}


@dataclasses.dataclass(frozen=True)
class Command:
    id: str                        # unique; the same id again is the same command, and done once
    actor: str                     # person, or a system's name
    what: What
    expected_version: Optional[int] = None  # of the case; None: whatever it is


def command_json(command: Union[Command, Json]) -> bytes:
    """A command as the library reads it. A mapping may have its members in any order."""
    if isinstance(command, Command):
        if type(command.what) not in _KINDS:
            known = ', '.join(kind.__name__ for kind in _KINDS)
            raise TypeError(f'`what` is {command.what!r}, none of {known}')
        members: dict[str, Any] = {'id': command.id, 'actor': command.actor, 'kind': _KINDS[type(command.what)],
                                   'what': _members(command.what)}
        if command.expected_version is not None:
            members['expected_version'] = command.expected_version
        command = members
    if isinstance(command, Mapping):  # the library reads `what` by the kind that stands before it
        command = dict(sorted(command.items(), key=lambda member: member[0] == 'what'))
    return given(command, 'the command')


def change_json(change: Union[OrderChange, Json]) -> bytes:
    """A change of orders as the library reads it."""
    return dumps(_members(change)) if isinstance(change, OrderChange) else given(change, 'the change')


def _members(record: Any) -> dict[str, Any]:
    """Of a command, or a part of one. What is empty is left out."""
    found = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.default is not dataclasses.MISSING and (value is False or value == '' or value == ()):
            continue
        if field.name == 'quote' and isinstance(value, (str, bytes)):
            value = written(value)
        elif field.name == 'quantity':
            value = f'{Decimal(value):f}'  # a text there, so that it is the same in every log
        elif isinstance(value, tuple) and dataclasses.is_dataclass(value[0]):
            value = [_members(each) for each in value]
        elif dataclasses.is_dataclass(value):
            value = _members(value)
        found[field.name.rstrip('_')] = value
    return found

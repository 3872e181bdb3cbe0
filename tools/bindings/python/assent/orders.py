"""Orders: what an approved quote becomes, when, and what follows from that. The fields are those of
orders.schema.json and fulfilment.schema.json; what has no value is None, an empty text or empty.

All are values that never change, and own what they hold. Of a span of days both are part of it.
"""
from __future__ import annotations

import dataclasses
import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Optional

from .decision import At


class OrderState(str, enum.Enum):
    DRAFT = 'draft'
    ACTIVATED = 'activated'
    DELIVERED = 'delivered'
    ACCEPTED = 'accepted'
    CANCELLED = 'cancelled'


@dataclasses.dataclass(frozen=True)
class SplitValue:
    by: str               # as the policy says it: "line.ship_to"
    value: Optional[str]  # None: absent, which is a value of its own


@dataclasses.dataclass(frozen=True)
class OrderEntry:
    """What was ordered of a line at first, or an amendment of it."""
    quantity: Decimal                   # more or, below 0, less than before
    amount: Decimal
    on: Optional[date] = None           # of an amendment: from which day on it holds
    approved: Optional[Decimal] = None  # its share of what was approved, where a clamped term made the amount less
    starts: Optional[date] = None       # of its term
    ends: Optional[date] = None


@dataclasses.dataclass(frozen=True)
class OrderItem:
    line: str             # its id
    row: int              # its place in the quote's list
    quantity: Decimal     # as it stands
    amount: Decimal
    entries: tuple[OrderEntry, ...]
    part_of: str = ''     # the line of its bundle
    item: str = ''
    unit: str = ''
    level: str = ''       # of service
    held_by: str = ''
    contract: str = ''    # "as all", "separately"; empty: none
    assets: str = ''      # "per line", "per unit"; empty: none
    earns_from: Optional[date] = None


@dataclasses.dataclass(frozen=True)
class OrderWait:
    """What an order waits for: all orders of another phase, or those that are split by the same values."""
    phase: str
    milestone: str        # "activated", "delivered", "accepted"
    orders: int           # how many; 0: it does not wait
    same: tuple[SplitValue, ...] = ()
    lag: str = ''         # "2 business days"
    last: str = ''        # key of the one that comes last
    until: Optional[date] = None  # when that is so, before the lag
    pending: bool = False  # nobody knows when: `until` is the earliest day
    met: bool = False      # all of them have come so far


@dataclasses.dataclass(frozen=True)
class Report:
    """What the back office said of an order last."""
    revision: int
    status: str
    at: datetime
    reference: str = ''   # the order's name there
    text: str = ''


@dataclasses.dataclass(frozen=True)
class Order:
    key: str              # the same for the same phase and split values of a quote
    state: OrderState
    revision: int         # rises whenever the order changes
    split: tuple[SplitValue, ...]
    amount: Decimal       # of all items together
    currency: str
    items: tuple[OrderItem, ...]
    because: At           # where the policy says so
    take: int = 1         # which ordering made it
    phase: str = ''
    starts: Optional[date] = None    # when it is activated
    ends: Optional[date] = None      # when it is delivered
    accepted: Optional[date] = None
    pending: bool = False            # it waits for what nobody knows the day of: both dates are the earliest ones
    earliest: Optional[date] = None  # before which it cannot start
    wanted: Optional[date] = None
    days_late: int = 0               # by how many days that is missed
    due: Optional[date] = None       # when it must be delivered
    latest_start: Optional[date] = None
    waits: tuple[OrderWait, ...] = ()
    dates: str = ''                  # "inherits", "shifts", "clamps"
    earns: str = ''                  # "by day", "by month", "at start", "at end"
    earns_when: str = ''             # "activated", "delivered", "accepted"
    final_once: str = ''             # after which it cannot be changed
    report: Optional[Report] = None


@dataclasses.dataclass(frozen=True)
class Left:
    """How much of a line is quoted and not ordered."""
    line: str
    quantity: Decimal


@dataclasses.dataclass(frozen=True)
class OrderWarning:
    line: str
    message: str


@dataclasses.dataclass(frozen=True)
class OrderConflict:
    """An order that cannot be delivered when it is due, and what holds it up, first things first."""
    order: str
    due: date
    ends: date
    chain: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class OrderPlan:
    name: str             # of the policy's orders block
    policy: str
    policy_hash: str
    planned_on: date      # the day of the first ordering, before which nothing starts
    contracting: str      # "by subscription end date", "as one"
    allocation: str       # who gets the odd cents: "largest remainder", "remainder to first", "remainder to last"
    orders: tuple[Order, ...]
    left: tuple[Left, ...]
    warnings: tuple[OrderWarning, ...]
    conflicts: tuple[OrderConflict, ...]
    quote_hash: str = ''  # of the content that was approved; empty of a preview


@dataclasses.dataclass(frozen=True)
class Refusal:
    """Why a command, or a change, was not carried out."""
    code: str             # stable: "stale-version", "no-seat"; refusals.def lists them with their meanings
    message: str


@dataclasses.dataclass(frozen=True)
class Replanned:
    """What a change makes of a plan, or why it is refused."""
    before: Optional[OrderPlan] = None  # None too where nothing was ordered yet
    after: Optional[OrderPlan] = None
    refusal: Optional[Refusal] = None


# ── what follows from them ───────────────────────────────────────────────────────────────────
@dataclasses.dataclass(frozen=True)
class Subscription:
    """An item with a term."""
    order: str
    line: str
    quantity: Decimal
    amount: Decimal
    starts: date
    ends: date
    active: bool          # its order was activated
    item: str = ''
    level: str = ''
    held_by: str = ''


@dataclasses.dataclass(frozen=True)
class Contract:
    key: str              # one that is made again has the same
    starts: date
    ends: date
    amount: Decimal
    currency: str
    active: bool
    subscriptions: tuple[Subscription, ...]


@dataclasses.dataclass(frozen=True)
class Asset:
    """Something that is owned, from the day of its delivery."""
    key: str
    order: str
    line: str
    quantity: Decimal
    amount: Decimal
    currency: str
    since: date
    delivered: bool       # else planned
    parent: str = ''      # key of the asset that it is a part of
    item: str = ''
    held_by: str = ''


@dataclasses.dataclass(frozen=True)
class Entitlement:
    """How much of an item somebody may use, while nothing about that changes."""
    starts: date
    ends: date
    quantity: Decimal     # by orders that were activated
    expected: Decimal     # by these and those that are still to be
    held_by: str = ''
    item: str = ''
    level: str = ''
    unit: str = ''


@dataclasses.dataclass(frozen=True)
class Period:
    """A calendar month, or the part of one."""
    starts: date
    ends: date
    amount: Decimal


@dataclasses.dataclass(frozen=True)
class Revenue:
    """When what an item costs is earned. The periods sum exactly to the amount."""
    order: str
    line: str
    amount: Decimal
    currency: str
    from_: date           # the day of the milestone that the policy names
    periods: tuple[Period, ...]
    item: str = ''
    expected: bool = False  # it has not come yet: the days are planned
    pending: bool = False   # nobody knows when it will: the days are the earliest

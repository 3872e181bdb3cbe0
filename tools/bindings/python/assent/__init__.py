"""Assent for Python: decides quotes by compiled policies, runs cases, plans orders.

    policy = assent.Policy.load('desk.assentc')
    evaluator = assent.Evaluator(policy)                      # one for each thread
    world = assent.World(date(2026, 3, 2), directory=assent.Directory.from_json(people))
    decision = evaluator.decide(quote, world)
    if decision.outcome is assent.Outcome.NEEDS_APPROVAL: ...

What the words mean, the headers of the library say (assent/policy.h and its neighbours); the schemas beside them
describe all JSON. Amounts are exact: `Decimal` goes in and comes out, a `float` is refused. What the library finds
wrong with what it is given is an `AssentError`. Threads: a `Policy`, a `Directory`, `Rates`, `Deputies` and a `World`
are shared freely; an `Evaluator`, a `Session` and a `Case` belong to one thread at a time.
"""
from ._json import Json, loads
from ._library import library as _library
from .case import Advance, Case, Effect, Event
from .commands import (AddApprover, Answer, Ask, ChangeOrders, Command, Comment, Migrate, OrderChange, OrderReport,
                       Override, Portion, Reassign, Recall, Replace, ReportOrder, Submit, Tick, Vote)
from .decision import (At, Condition, Decision, Difference, Message, Outcome, Quorum, Rule, RuleStatus, Seat, Step,
                       Timer, Trouble, Why)
from .errors import AssentError, ErrorCode, Problem
from .evaluator import Evaluator, Limits
from .orders import (Asset, Contract, Entitlement, Left, Order, OrderConflict, OrderEntry, OrderItem, OrderPlan,
                     OrderState, OrderWait, OrderWarning, Period, Refusal, Replanned, Report, Revenue, SplitValue,
                     Subscription)
from .policy import Policy
from .session import Session
from .world import Deputies, Directory, Rates, State, World

__all__ = [
    'AddApprover', 'Advance', 'Answer', 'Ask', 'AssentError', 'Asset', 'At', 'Case', 'ChangeOrders', 'Command',
    'Comment', 'Condition', 'Contract', 'Decision', 'Deputies', 'Difference', 'Directory', 'Effect', 'Entitlement',
    'ErrorCode', 'Evaluator', 'Event', 'Json', 'Left', 'Limits', 'Message', 'Migrate', 'Order', 'OrderChange',
    'OrderConflict', 'OrderEntry', 'OrderItem', 'OrderPlan', 'OrderReport', 'OrderState', 'OrderWait', 'OrderWarning',
    'Outcome', 'Override', 'Period', 'Policy', 'Portion', 'Problem', 'Quorum', 'Rates', 'Reassign', 'Recall',
    'Refusal', 'Replace', 'Replanned', 'Report', 'ReportOrder', 'Revenue', 'Rule', 'RuleStatus', 'Seat', 'Session',
    'SplitValue', 'State', 'Step', 'Submit', 'Subscription', 'Tick', 'Timer', 'Trouble', 'Vote', 'Why', 'World',
    'library_version', 'loads',
]


def library_version() -> str:
    """Of the library that was found: "0.1.0"."""
    version: str = _library.assent_version().decode()
    return version

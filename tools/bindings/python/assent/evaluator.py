"""Evaluators: decide quotes, and plan their orders."""
from __future__ import annotations

import contextlib
import ctypes
import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Optional, Union

from ._handle import OwnHandle, opened, taken
from ._json import Json, given, said
from ._library import Bounds, library
from ._record import Record, read
from .commands import OrderChange, change_json
from .decision import Decision
from .orders import Asset, Contract, Entitlement, OrderPlan, Replanned, Revenue
from .policy import Policy
from .world import World, address

if TYPE_CHECKING:
    from .case import Case


@dataclasses.dataclass(frozen=True)
class Limits:
    """Of one call; more is an AssentError, LIMIT_EXCEEDED, but for `work`, which blocks the decision. The same call is
    refused on every machine. 0: as the library has it."""
    quote_bytes: int = 0  # of the text of a quote
    rows: int = 0         # of all lists of a quote together
    work: int = 0         # nodes evaluated for one decision: bounds the time
    memory: int = 0       # bytes that a quote may take once it is read

    def __post_init__(self) -> None:
        for name, limit in dataclasses.asdict(self).items():
            if not isinstance(limit, int) or not 0 <= limit < 2 ** 64:
                raise ValueError(f'`{name}` is {limit!r}: a limit is a number from 0 to 2 to the 64th')


def bounds(limits: Optional[Limits]) -> Any:
    """As the library takes them, for one call."""
    return limits and ctypes.byref(Bounds(ctypes.sizeof(Bounds), *dataclasses.astuple(limits)))


class Evaluator(OwnHandle):
    """Decides quotes by a policy. Belongs to one thread at a time: a second one gets a RuntimeError. It keeps what it
    needs of its policy, which may be closed.

    A quote is JSON (`str` or `bytes`), which goes as it stands, or a mapping, which is written: TypeError for a
    `float` in it. AssentError has all problems of a quote, with pointers to them."""
    _kind = 'evaluator'

    def __init__(self, policy: Policy, limits: Optional[Limits] = None):
        memory = opened(policy, 'policy')
        super().__init__(library.assent_evaluator_new, memory.pointer, bounds(limits))
        self.policy = policy

    def decide_json(self, quote: Json, world: World) -> bytes:
        """The decision as JSON. With a quote in `bytes` nothing is read or written in Python: this is the fast way."""
        text = quote if quote.__class__ is bytes else given(quote, 'the quote')
        return self._call(library.assent_decide, text, len(text), address(world))

    def decide(self, quote: Json, world: World) -> Decision:
        return read(Decision, said(self.decide_json(quote, world)))

    def explain(self) -> Decision:
        """The last decision with its proof, in `why`. AssentError, BAD_REQUEST, unless the last answer was one."""
        return read(Decision, said(self._call(library.assent_explain)))

    def fact(self, name: str) -> Optional[str]:
        """What a fact came to for the last decision, as text: "20%". None where the compiled policy has none of that
        name, as rules need none. AssentError, BAD_REQUEST, unless the last answer was a decision."""
        text = name.encode()
        value: Optional[str] = said(self._call(library.assent_fact, text, len(text))).get('value')
        return value

    # ── orders; the last decision is gone afterwards ─────────────────────────────────────────
    def orders(self, quote: Json, world: World, case: Optional[Case] = None) -> OrderPlan:
        """Which orders the quote becomes. Without a case a preview; with one as it stands: AssentError, NOT_APPROVED,
        unless it is approved, on exactly this content."""
        return read(OrderPlan, said(self._of_quote(library.assent_orders, case, quote, address(world))))

    def replan(self, case: Optional[Case], quote: Json, change: Union[OrderChange, Json], world: World) -> Replanned:
        """What a change would make of the orders of a case, or why it is refused. Nothing is changed."""
        text = change_json(change)
        return read(Replanned, said(
            self._of_quote(library.assent_replan, case, quote, text, len(text), address(world))))

    def contracts(self, quote: Json, world: World, case: Optional[Case] = None) -> tuple[Contract, ...]:
        """Of the orders, as they stand: one for all subscriptions that end together."""
        return self._fulfilment(0, Contract, 'contracts', quote, world, case)

    def assets(self, quote: Json, world: World, case: Optional[Case] = None) -> tuple[Asset, ...]:
        """What is owned, from its delivery on."""
        return self._fulfilment(1, Asset, 'assets', quote, world, case)

    def entitlements(self, quote: Json, world: World, case: Optional[Case] = None) -> tuple[Entitlement, ...]:
        """Who may use how much of what, and when."""
        return self._fulfilment(2, Entitlement, 'entitlements', quote, world, case)

    def revenue(self, quote: Json, world: World, case: Optional[Case] = None) -> tuple[Revenue, ...]:
        """When what is ordered is earned."""
        return self._fulfilment(3, Revenue, 'revenue', quote, world, case)

    def _fulfilment(self, kind: int, record: type[Record], name: str, quote: Json, world: World,
                    case: Optional[Case]) -> tuple[Record, ...]:
        answer = said(self._of_quote(library.assent_fulfilment, case, quote, address(world), kind))
        return tuple(read(record, each) for each in answer[name])

    def _of_quote(self, function: Callable[..., int], case: Optional[Case], quote: Json, *arguments: Any) -> bytes:
        text = given(quote, 'the quote')
        with contextlib.nullcontext() if case is None else taken(case, 'case') as pointer:
            return self._call(function, pointer, text, len(text), *arguments)

"""A court varies or renews an order: a new version beside the old, never over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from orders_app.models import Order, OrderVersion
from orders_app.queries.facts import OrderFacts, is_current
from orders_app.rules import facts as rules
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services import orders
from orders_app.services.errors import RuleBroken
from orders_app.services.events import UNSAVED
from orders_app.services.new_orders import NewCondition, NewEvent
from orders_app.services.order_events import open_order, visible_order, void_events
from orders_app.services.record_changes import close_change
from orders_app.services.refusals import new_problems, refuse_new_problems, refuse_step
from orders_app.services.work import Work


@dataclass(frozen=True)
class Variation:
    """What the court changed. Conditions are named by their number; those not named stay as they are.

    `end_kind` None leaves the end alone; FIXED takes `ends_on`, the new last day.
    """

    kind: EventKind
    made_on: date
    in_force_from: date | None = None
    court: str = ""
    end_kind: EndKind | None = None
    ends_on: date | None = None
    removed: frozenset[int] = frozenset()
    changed: dict[int, NewCondition] = field(default_factory=dict)
    added: tuple[NewCondition, ...] = ()
    summary: str = ""


def vary_order(
    work: Work, *, reference: str, version: int, variation: Variation, instead_of: Sequence[int] = (), reason: str = ""
) -> Order:
    """Record a variation or renewal: the event, the new version, its terms and its end. Returns the order's row.

    `instead_of` are the keys of variations that this one puts right: they are struck out first, for the reason.
    Raises NotFound, ChangedMeanwhile, and RulesBroken with what the Act does not allow.
    """
    version = void_events(work, event_ids=instead_of, version=version, reason=reason)
    loaded = open_order(work, reference, version)
    refuse_step(work, loaded.order_type, loaded.facts, variation.kind)
    new = _event(variation)
    refuse_new_problems(work, loaded.order_type, loaded.facts, _facts_after(loaded, variation), [new])
    order = loaded.order
    order.version_number += 1
    _change_terms(order, variation)
    _add_version(work, order, variation, new)
    close_change(work, order)
    return order


def check_variation(work: Work, *, reference: str, variation: Variation) -> list[RuleBroken]:
    """Return everything that keeps a variation from being recorded on the order as it stands. Raises NotFound."""
    loaded = visible_order(work, reference)
    return new_problems(work, loaded.order_type, loaded.facts, _facts_after(loaded, variation), [_event(variation)])


def _event(variation: Variation) -> NewEvent:
    return NewEvent(variation.kind, variation.made_on, details=_details(variation), note=variation.summary)


def _facts_after(loaded: OrderFacts, variation: Variation) -> rules.Facts:
    """What the law would see once it is recorded."""
    last = max((c.number for c in loaded.order.conditions), default=0)
    kept = {term.number: term for term in loaded.facts.conditions if term.number not in variation.removed}
    set_on = variation.in_force_from or variation.made_on
    terms = variation.changed | dict(enumerate(variation.added, last + 1))
    former = {number: term.ends_on for number, term in kept.items()}
    set_now = {
        number: replace(orders.condition_facts(new, number), set_on=set_on, former_ends_on=former.get(number))
        for number, new in terms.items()
    }
    events = (*loaded.facts.events, orders.rule_event(_event(variation), UNSAVED))
    return replace(loaded.facts, events=events, conditions=tuple((kept | set_now).values()))


def _details(variation: Variation) -> dict[str, str]:
    if variation.end_kind is EndKind.FIXED and variation.ends_on:
        return {"ends_on": variation.ends_on.isoformat()}
    return {"end_kind": variation.end_kind.value} if variation.end_kind else {}


def _change_terms(order: Order, variation: Variation) -> None:
    number = order.version_number
    current = {c.number: c for c in order.conditions if is_current(c, number - 1)}
    for gone in variation.removed | variation.changed.keys():
        if gone not in current:
            raise RuleBroken("conditions", f"Condition {gone} is not a term of the order as it stands")
        current[gone].until_version = number
    for changed, new in sorted(variation.changed.items()):
        order.conditions.append(orders.new_condition(new, changed, number))
    last = max((c.number for c in order.conditions), default=0)
    order.conditions += [orders.new_condition(new, last + i, number) for i, new in enumerate(variation.added, 1)]


def _add_version(work: Work, order: Order, variation: Variation, new: NewEvent) -> None:
    event = orders.new_event(work, order, new)
    work.session.add(event)
    work.session.flush()
    version = OrderVersion(
        order_id=order.id, number=order.version_number, made_on=variation.made_on, event_id=event.id, summary=variation.summary,
        in_force_from=variation.in_force_from or variation.made_on, court=variation.court or order.court,
        end_kind=(variation.end_kind or EndKind(order.end_kind)).value, stated_ends_on=variation.ends_on,
    )  # fmt: skip
    work.session.add(version)

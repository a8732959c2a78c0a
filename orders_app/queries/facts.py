"""The facts of orders, as the rules read them, from rows: a fixed number of statements for any number of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from orders_app.models import Condition, Event, Order, ProtectedPerson
from orders_app.queries.other_schemes import OtherScheme, other_schemes
from orders_app.rules import facts as rules
from orders_app.rules.access import Access
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType

STATED = (
    "end_kind", "stated_ends_on", "stated_end_time", "stated_event", "stated_in_force_from", "starts_on_release", "starts_on_other_end",
    "authorised_rank", "court", "made_under", "is_without_notice", "is_present_or_represented", "details",
)  # fmt: skip


@dataclass(frozen=True)
class OrderFacts:
    """One order's row with what the rules say of it: `order` has person, area and conditions loaded."""

    order: Order
    order_type: OrderType
    facts: rules.Facts
    events: tuple[Event, ...]
    other: OtherScheme | None = None

    @property
    def record(self) -> Order:
        """The same row, by the name that every kind of record has for it."""
        return self.order

    @property
    def is_open_to_all(self) -> bool:
        """Whether everybody who may see orders may open it: neither it nor its person is restricted or sealed."""
        return bool(self.order.access == self.order.person.access == Access.OPEN)


def load_orders_for_rules(session: Session, order_ids: Collection[int]) -> list[OrderFacts]:
    """Return the orders with these keys, by key, each with its facts. Voided events are left out."""
    wanted = select(Order).where(Order.id.in_(order_ids)).order_by(Order.id)
    options = (
        joinedload(Order.person), joinedload(Order.area),
        selectinload(Order.conditions), selectinload(Order.versions),
        selectinload(Order.protected).joinedload(ProtectedPerson.person),
    )  # fmt: skip
    orders = list(session.scalars(wanted.options(*options)).unique())
    events = _events_of(session, order_ids)
    others = other_schemes(session, orders)
    return [order_facts(order, events[order.id], others.get(order.id)) for order in orders]


def order_facts(order: Order, events: Iterable[Event], other: OtherScheme | None = None) -> OrderFacts:
    """Return one order with its facts. Its person, area, conditions and protected people are loaded."""
    rows = tuple(event for event in events if event.voided_at is None)
    facts = facts_of(order, tuple(rule_event(event) for event in rows), other)
    return OrderFacts(order, ORDER_TYPES[order.order_type], facts, rows, other)


def facts_of(order: Order, events: tuple[rules.Event, ...], other: OtherScheme | None = None) -> rules.Facts:
    """Return what the rules know of an order, saved or not yet, with these events."""
    followed = order.followed
    follows = ORDER_TYPES[followed.order_type] if followed else None
    order_type = ORDER_TYPES[order.order_type]
    return rules.Facts(
        order_type=order.order_type,
        events=events,
        other_order_over_on=followed.over_on if followed else None,
        subject_born_on=order.person.born_on,
        protected_born_on=tuple(p.person.born_on for p in order.protected if p.person.born_on),
        conditions=tuple(_condition(order, condition) for condition in order.conditions if is_current(condition, order.version_number)),
        replaces_interim=follows is not None and follows.is_interim and not order_type.is_interim,
        follows_notice=follows is not None and follows.is_notice,
        notice_given_on=followed.served_on if followed and follows and follows.is_notice else None,
        **stated_facts({name: getattr(order, name) for name in STATED}, order.area.name if order.area else ""),
        **scheme_facts(other),
    )


def stated_facts(stated: Mapping[str, Any], area_of_force: str) -> dict[str, Any]:
    """Return what the rules know of an order from its columns named in STATED, all of which are typed in."""
    details = stated["details"]
    same = {name: stated[name] for name in STATED if name not in ("end_kind", "stated_in_force_from", "details")}
    return same | {
        "end_kind": rules.EndKind(stated["end_kind"]),
        "in_force_from_on": stated["stated_in_force_from"],
        "area": str(details.get("area") or area_of_force),
        "subject_is_organisation": details.get("subject_is_organisation") == "yes",
        "aware_from_on": _day(details.get("aware_from")),
        "requires_notification": details.get("requires_notification") == "yes",
    }


def _day(stored: Any) -> date | None:
    """A day as the details of an order keep it."""
    return date.fromisoformat(stored) if stored else None


def scheme_facts(other: OtherScheme | None) -> dict[str, Any]:
    """Return the facts about a notification scheme that binds already; none where there is none."""
    if other is None:
        return {}
    return {
        "other_notification_scheme": other.scheme,
        "other_notification_from": other.from_on,
        "other_notification_until": other.until,
        "other_notification_made_on": other.made_on,
        "other_notification_needs": other.needs,
    }


def rule_event(event: Event) -> rules.Event:
    """Return one stored event as the rules read it."""
    details = {key: str(value) for key, value in event.details.items()}
    return rules.Event(event.id, rules.EventKind(event.kind), event.happened_on, event.happened_at, details)


def is_current(condition: Condition, version_number: int) -> bool:
    """Whether the condition is a term of this version of its order."""
    begun = condition.from_version <= version_number
    return begun and (condition.until_version is None or version_number < condition.until_version)


def _condition(order: Order, condition: Condition) -> rules.ConditionFacts:
    is_changed = condition.from_version > 1
    return rules.ConditionFacts(
        number=condition.number,
        kind=rules.ConditionKind(condition.kind),
        starts_on=condition.starts_on,
        ends_on=condition.ends_on,
        is_travel=condition.is_travel,
        is_electronic_monitoring=condition.is_electronic_monitoring,
        supervisor=condition.supervisor,
        set_on=order.first_days.get(condition.from_version) if is_changed else None,
        former_ends_on=_end_before(order, condition) if is_changed else None,
    )


def _end_before(order: Order, condition: Condition) -> date | None:
    """The last day of a condition of its own in the version before the one that gave it its present form."""
    before = [c for c in order.conditions if c.number == condition.number and c.until_version == condition.from_version]
    return before[-1].ends_on if before else None


def _events_of(session: Session, order_ids: Collection[int]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    events = select(Event).where(Event.record_id.in_(order_ids)).order_by(Event.happened_on, Event.id)
    for event in session.scalars(events):
        found[event.record_id].append(event)
    return found

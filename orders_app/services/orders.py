"""Record orders and notices: find, check against the law, write, work out what falls due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from orders_app.models import Area, Condition, Deadline, Event, Order, OrderVersion, Person, ProtectedPerson
from orders_app.models.bulk import insert_audited
from orders_app.queries.facts import OrderFacts, facts_of, scheme_facts
from orders_app.queries.facts import rule_event as stored_event
from orders_app.queries.other_schemes import other_schemes
from orders_app.queries.visibility import order_visible, person_visible
from orders_app.rules import facts as rules
from orders_app.rules.facts import EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.deadlines import first_deadlines, sync_depending
from orders_app.services.derived import order_columns
from orders_app.services.errors import NotFound, RuleBroken, RulesBroken
from orders_app.services.events import new_event, rule_event
from orders_app.services.following import tell_followed, waits_for_nothing
from orders_app.services.new_orders import NewCondition, NewEvent, NewOrder, NewProtected
from orders_app.services.references import next_references
from orders_app.services.refusals import answers_refused, in_the_future, legal_problems
from orders_app.services.work import Work

__all__ = [
    "NewCondition",
    "NewEvent",
    "NewOrder",
    "NewProtected",
    "check_order",
    "new_event",
    "record_order",
    "record_orders",
    "rule_event",
]

AT_ONCE = 250
KEYS_AT_ONCE = 5_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Background:
    """Rows that new orders point at, loaded once for all of them."""

    people: dict[int, Person]
    followed: dict[int, Order]
    areas: dict[int, Area]


@dataclass(frozen=True)
class Built:
    """An order ready to be recorded, as rows that are not saved yet, unless something is wrong with it."""

    new: NewOrder
    order: Order
    facts: rules.Facts
    broken: list[RuleBroken]


def check_order(work: Work, new: NewOrder) -> list[RuleBroken]:
    """Return everything that keeps this order from being recorded. `field` is a name of NewOrder, or of the event's field."""
    return build_orders(work, [new])[0].broken


def record_order(work: Work, new: NewOrder) -> Order:
    """Record one order with its terms, protected people, events and deadlines, and return its row.

    Raises RulesBroken with everything that is wrong, NotFound for a person or earlier order the actor may not see.
    """
    return record_orders(work, [new])[0]


def record_orders(work: Work, news: Sequence[NewOrder], on_progress: Progress = lambda done: None) -> list[Order]:
    """Record many orders in one piece of work, in the order given. All or none: the first that is refused stops them all."""
    background = background_of(work, news)
    recorded: list[Order] = []
    for first in range(0, len(news), AT_ONCE):
        recorded += write_orders(work, build_orders(work, news[first : first + AT_ONCE], background))
        on_progress(len(recorded))
    return recorded


def build_orders(work: Work, news: Sequence[NewOrder], background: Background | None = None) -> list[Built]:
    """Return many orders as unsaved rows, each with everything that keeps it from being recorded.

    Raises NotFound for a person or earlier order that the actor may not see.
    """
    rows = background or background_of(work, news)
    return [_built(work, new, _unsaved(new, rows), rows) for new in news]


def write_orders(work: Work, built: Sequence[Built]) -> list[Order]:
    """Record orders that were built in the same piece of work, and tell those they follow. Raises RulesBroken."""
    for one in built:
        if one.broken:
            raise RulesBroken(tuple(one.broken))
    references = _references(work, [one.new for one in built])
    orders = [one.order for one in built]
    for one in built:
        _complete(work, one, references[_prefix(work, one.new)].pop(0))
    work.session.add_all(orders)
    work.session.flush()
    events = {one.order.id: _add_events(work, one.order, one.new.events) for one in built}
    work.session.flush()
    _add_parts(work, built)
    _add_deadlines(work, built, events)
    tell_followed(work, orders, [one.new for one in built])
    return orders


def _add_parts(work: Work, built: Sequence[Built]) -> None:
    """Write terms, protected people and first versions. There are many: they are not made into objects of the session."""
    conditions = [
        {"order_id": one.order.id, "number": number, "from_version": 1, **vars(new)}
        for one in built
        for number, new in enumerate(one.new.conditions, 1)
    ]
    protected = [{"order_id": one.order.id, **vars(new)} for one in built for new in one.new.protected]
    insert_audited(work.session, Condition, conditions)
    insert_audited(work.session, ProtectedPerson, protected)
    insert_audited(work.session, OrderVersion, [_first_version(work, one.order, one.new) for one in built])
    for one in built:
        work.session.expire(one.order, ["conditions", "protected"])


def _add_deadlines(work: Work, built: Sequence[Built], events: Mapping[int, Sequence[Event]]) -> None:
    schemes = other_schemes(work.session, [one.order for one in built])
    cases: list[OrderFacts] = []
    for one in built:
        other, recorded = schemes.get(one.order.id), tuple(events[one.order.id])
        facts = replace(one.facts, events=tuple(stored_event(event) for event in recorded), **scheme_facts(other))
        cases.append(OrderFacts(one.order, ORDER_TYPES[one.order.order_type], facts, recorded, other))
    insert_audited(work.session, Deadline, [row for case in cases for row in first_deadlines(work, case)])
    sync_depending(work, cases)


def _unsaved(new: NewOrder, background: Background) -> Order:
    order = Order(
        order_type=new.order_type, person_id=new.person_id, owner_id=new.owner_id, team_id=new.team_id, area_id=new.area_id,
        access=new.access, source_key=new.source_key, made_under=new.made_under, court=new.court, court_reference=new.court_reference,
        authorised_rank=new.authorised_rank, follows_id=new.follows_id, end_kind=new.end_kind.value, stated_ends_on=new.stated_ends_on,
        stated_end_time=new.stated_end_time, stated_event=new.stated_event, stated_in_force_from=new.stated_in_force_from,
        starts_on_release=new.starts_on_release, starts_on_other_end=new.starts_on_other_end, is_without_notice=new.is_without_notice,
        is_present_or_represented=new.is_present_or_represented, details=dict(new.details), version_number=1,
    )  # fmt: skip
    order.person = background.people[new.person_id]
    order.follows = background.followed[new.follows_id] if new.follows_id else None
    order.area = background.areas[new.area_id] if new.area_id else None
    return order


def new_condition(new: NewCondition, number: int, from_version: int) -> Condition:
    """Return the row of one term, first found in this version of its order."""
    return Condition(
        number=number, text=new.text, short_form=new.short_form, kind=new.kind, supervisor=new.supervisor, starts_on=new.starts_on,
        ends_on=new.ends_on, is_travel=new.is_travel, is_electronic_monitoring=new.is_electronic_monitoring, from_version=from_version,
        template_key=new.template_key, template_version=new.template_version,
    )  # fmt: skip


def new_protected(new: NewProtected, background: Background) -> ProtectedPerson:
    row = ProtectedPerson(person_id=new.person_id, relationship_to_subject=new.relationship_to_subject)
    row.person = background.people[new.person_id]
    return row


def _add_events(work: Work, order: Order, news: Iterable[NewEvent]) -> list[Event]:
    events = [new_event(work, order, new) for new in news]
    work.session.add_all(events)
    return events


def _first_version(work: Work, order: Order, new: NewOrder) -> dict[str, object]:
    day = _decided_on(work, new.events)
    return {
        "order_id": order.id, "number": 1, "made_on": day, "in_force_from": order.stated_in_force_from or day, "court": order.court,
        "end_kind": order.end_kind, "stated_ends_on": order.stated_ends_on,
    }  # fmt: skip


def _built(work: Work, new: NewOrder, order: Order, rows: Background) -> Built:
    order_type = ORDER_TYPES[new.order_type]
    protected = (rows.people[one.person_id].born_on for one in new.protected)
    facts = replace(
        facts_of(order, tuple(rule_event(event, number) for number, event in enumerate(new.events, 1))),
        conditions=tuple(condition_facts(condition, number) for number, condition in enumerate(new.conditions, 1)),
        protected_born_on=tuple(born_on for born_on in protected if born_on),
    )
    found = legal_problems(work, order_type, facts)
    broken = [
        *in_the_future(work, new.events),
        *answers_refused(new.events),
        *own_person(new),
        *waits_for_nothing(new, order.follows),
        *found,
    ]
    return Built(new, order, facts, broken)


def condition_facts(new: NewCondition, number: int) -> rules.ConditionFacts:
    """Return a term as the rules read it, before it has a row."""
    kind = rules.ConditionKind(new.kind)
    return rules.ConditionFacts(number, kind, new.starts_on, new.ends_on, new.is_travel, new.is_electronic_monitoring, new.supervisor)


def _complete(work: Work, built: Built, reference: str) -> None:
    """Fill in what follows from the rest, so that the row is written once and not changed again at once."""
    order = built.order
    order.reference = reference
    order.created_at = order.changed_at = work.now
    derived = order_columns(OrderFacts(order, ORDER_TYPES[order.order_type], built.facts, ()), work.today)
    for name, value in derived.items():
        setattr(order, name, value)


def own_person(new: NewOrder) -> list[RuleBroken]:
    both = any(protected.person_id == new.person_id for protected in new.protected)
    return [RuleBroken("protected", "The subject cannot also be a protected person on the same order")] if both else []


def background_of(work: Work, news: Sequence[NewOrder]) -> Background:
    people = {new.person_id for new in news} | {protected.person_id for new in news for protected in new.protected}
    followed = {new.follows_id for new in news if new.follows_id}
    areas = {new.area_id for new in news if new.area_id}
    viewer = work.actor.viewer
    return Background(
        people=_found(work, select(Person).where(person_visible(viewer)), Person.id, people),
        followed=_found(work, select(Order).join(Order.person).where(order_visible(viewer)), Order.id, followed),
        areas=_found(work, select(Area), Area.id, areas),
    )


def _found(work: Work, query: Select[Any], key: Any, wanted: Collection[int]) -> dict[int, Any]:
    ids = sorted(wanted)
    found: dict[int, Any] = {}
    for first in range(0, len(ids), KEYS_AT_ONCE):
        rows = work.session.scalars(query.where(key.in_(ids[first : first + KEYS_AT_ONCE])))
        found |= {row.id: row for row in rows}
    if missing := set(ids) - found.keys():
        raise NotFound(f"{len(missing)} rows named by a new order")
    return found


def _references(work: Work, news: Sequence[NewOrder]) -> dict[str, list[str]]:
    needed = Counter(_prefix(work, new) for new in news)
    return {prefix: next_references(work, prefix, how_many) for prefix, how_many in sorted(needed.items())}


def _prefix(work: Work, new: NewOrder) -> str:
    return f"{ORDER_TYPES[new.order_type].prefix}-{_decided_on(work, new.events).year}"


def _decided_on(work: Work, events: Iterable[NewEvent]) -> date:
    """The day it was made, or for a notice authorised; the first event's day where neither is known."""
    on = {event.kind: event.on for event in reversed(tuple(events))}
    return on.get(EventKind.MADE) or on.get(EventKind.AUTHORISED) or min(on.values(), default=work.today)

"""One order whole, as its page shows it, and a person's orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from orders_app.models import Deadline, Event, EventCorrection, HandOver, Order, OrderCorrection, OrderVersion, Person, ProtectedPerson
from orders_app.queries.facts import OrderFacts, order_facts
from orders_app.queries.order_lists import with_facts
from orders_app.queries.other_schemes import other_schemes
from orders_app.queries.visibility import Viewer, order_visible, person_visible
from orders_app.rules.access import Access


@dataclass(frozen=True)
class Protected:
    """One protected person of an order. Of a restricted person others learn only that there is one, of a sealed one nothing."""

    row: ProtectedPerson
    is_visible: bool


@dataclass(frozen=True)
class PutRight:
    """One correction of what was recorded of an order itself, and the protected person it is about; None for nobody, and for
    one whom the viewer may know of and not see."""

    row: OrderCorrection
    person: Person | None


@dataclass(frozen=True)
class WholeOrder:
    """An order with all that belongs to it: every event (voided ones too, oldest first as recorded), what each said before it
    was corrected, its versions, its protected people, the orders before and after it that the viewer may open, and what was
    put right of it, oldest first."""

    case: OrderFacts
    recorded: tuple[Event, ...]
    corrections: Mapping[int, tuple[EventCorrection, ...]]
    versions: tuple[OrderVersion, ...]
    protected: tuple[Protected, ...]
    follows: Order | None
    led_to: tuple[Order, ...]
    put_right: tuple[PutRight, ...] = ()

    @property
    def order(self) -> Order:
        """The order's row, with its person, owner, team and area loaded."""
        return self.case.order

    @property
    def handed_over(self) -> Sequence[HandOver]:
        """The times it was handed over, in turn."""
        return self.order.handed_over

    @property
    def record(self) -> Order:
        """The same row, by the name that every kind of record has for it."""
        return self.order

    @property
    def terms(self) -> int:
        """The number of the version of its terms that stands."""
        return self.order.version_number

    @property
    def corrected(self) -> list[tuple[Event, EventCorrection]]:
        """Every correction of an event of it, with the event, as they were made."""
        made = [(event, correction) for event in self.recorded for correction in self.corrections.get(event.id, ())]
        return sorted(made, key=lambda pair: pair[1].id)

    def number_of(self, event_id: int) -> int:
        """Return the number of an event on this order: the first recorded is 1. It never changes, for none is ever deleted."""
        return 1 + [event.id for event in self.recorded].index(event_id)

    def event(self, number: int) -> Event | None:
        """Return the event of that number, or None."""
        return self.recorded[number - 1] if 1 <= number <= len(self.recorded) else None


def find_order(session: Session, viewer: Viewer, reference: str) -> WholeOrder | None:
    """Return the order with this reference, or None if there is none that the viewer may open. At most seven statements."""
    order = session.scalars(_visible(viewer, Order.reference == reference).options(*_WITH)).unique().one_or_none()
    if order is None:
        return None
    protected = _protected(session, viewer, order)
    recorded, corrections = _events(session, order)
    related = session.scalars(_visible(viewer, _is_related(order)).order_by(Order.id)).unique().all()
    return WholeOrder(
        case=order_facts(order, recorded, other_schemes(session, [order]).get(order.id)),
        recorded=tuple(sorted(recorded, key=lambda event: event.id)),
        corrections=corrections,
        versions=tuple(order.versions),
        protected=protected,
        follows=next((other for other in related if other.id == order.follows_id), None),
        led_to=tuple(other for other in related if other.follows_id == order.id),
        put_right=_put_right(session, viewer, order),
    )


def orders_of_person(session: Session, viewer: Viewer, person_id: int) -> list[OrderFacts]:
    """Return the orders that bind a person and that the viewer may open, newest first. Three statements."""
    return with_facts(session, _visible(viewer, Order.person_id == person_id).order_by(Order.made_on.desc().nulls_first(), Order.id.desc()))


def versions_on(session: Session, order_ids: Collection[int], on: date) -> dict[int, int]:
    """Return the number of the version of each order's terms in force on a day; the first for days before it. One statement."""
    begun = or_(OrderVersion.number == 1, OrderVersion.in_force_from <= on)
    latest = select(OrderVersion.order_id, func.max(OrderVersion.number)).where(OrderVersion.order_id.in_(order_ids), begun)
    return {order_id: number for order_id, number in session.execute(latest.group_by(OrderVersion.order_id))}


def stored_deadline(session: Session, order_id: int, started_by_id: int, duty_key: str) -> Deadline | None:
    """Return the stored row of one deadline, or None where it has not been stored."""
    return session.scalar(
        select(Deadline).where(Deadline.record_id == order_id, Deadline.started_by_id == started_by_id, Deadline.duty_key == duty_key)
    )


def names_somebody(session: Session, viewer: Viewer, order_id: int) -> bool:
    """Return whether an order names a protected person whom the viewer may know of: of a sealed one others learn nothing."""
    known = or_(person_visible(viewer), Person.access == Access.RESTRICTED)
    named = select(ProtectedPerson.id).join(ProtectedPerson.person).where(ProtectedPerson.order_id == order_id, known)
    return session.scalar(named.limit(1)) is not None


def visible_people(session: Session, viewer: Viewer, person_ids: Collection[int]) -> set[int]:
    """Return the keys of those of these people that the viewer may open."""
    return set(session.scalars(select(Person.id).where(Person.id.in_(person_ids), person_visible(viewer))))


def _visible(viewer: Viewer, condition: ColumnElement[bool]) -> Select[Order]:
    return select(Order).join(Person, Order.person_id == Person.id).where(condition, order_visible(viewer))


def _is_related(order: Order) -> ColumnElement[bool]:
    led_to = Order.follows_id == order.id
    return or_(Order.id == order.follows_id, led_to) if order.follows_id else led_to


def _protected(session: Session, viewer: Viewer, order: Order) -> tuple[Protected, ...]:
    rows = select(ProtectedPerson, person_visible(viewer)).join(ProtectedPerson.person).options(joinedload(ProtectedPerson.person))
    found = session.execute(rows.where(ProtectedPerson.order_id == order.id).order_by(ProtectedPerson.id)).all()
    set_committed_value(order, "protected", [row for row, _ in found])
    return tuple(Protected(row, bool(is_visible)) for row, is_visible in found if is_visible or row.person.access == Access.RESTRICTED)


def _put_right(session: Session, viewer: Viewer, order: Order) -> tuple[PutRight, ...]:
    """The corrections that the viewer may know of: none about a protected person who is sealed for them."""
    rows = select(OrderCorrection, person_visible(viewer)).outerjoin(OrderCorrection.person)
    rows = rows.options(contains_eager(OrderCorrection.person), joinedload(OrderCorrection.corrected_by))
    found = session.execute(rows.where(OrderCorrection.order_id == order.id).order_by(OrderCorrection.id)).all()
    return tuple(
        PutRight(row, row.person if is_visible else None)
        for row, is_visible in found
        if row.person is None or is_visible or row.person.access == Access.RESTRICTED
    )


def _events(session: Session, order: Order) -> tuple[list[Event], dict[int, tuple[EventCorrection, ...]]]:
    rows = select(Event, EventCorrection).outerjoin(EventCorrection, EventCorrection.event_id == Event.id)
    rows = rows.where(Event.record_id == order.id).options(joinedload(Event.recorded_by), joinedload(EventCorrection.corrected_by))
    corrections: dict[int, list[EventCorrection]] = defaultdict(list)
    events: dict[int, Event] = {}
    for event, correction in session.execute(rows.order_by(Event.happened_on, Event.id, EventCorrection.id)):
        events[event.id] = event
        corrections[event.id] += [correction] if correction else []
    return list(events.values()), {key: tuple(found) for key, found in corrections.items()}


_WITH = (
    joinedload(Order.person),
    joinedload(Order.area),
    joinedload(Order.owner),
    joinedload(Order.team),
    joinedload(Order.versions),
    joinedload(Order.handed_over).joinedload(HandOver.caseload),
    selectinload(Order.conditions),
)

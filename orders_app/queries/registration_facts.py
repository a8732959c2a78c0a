"""The facts of registrations, as the rules read them, from rows: a fixed number of statements for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from orders_app.models import Event, Order, Person, Registration
from orders_app.queries.facts import rule_event
from orders_app.queries.visibility import SYSTEM, Viewer, order_visible
from orders_app.rules import facts as rules
from orders_app.rules.access import Access
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts

BEARS_ON_REGISTRATION = ("shpo", "interim_shpo", "sro", "interim_sro")
HarmOrders = Mapping[int, tuple[HarmOrder, ...]]


@dataclass(frozen=True)
class RegistrationCase:
    """One registration's row, with person and area loaded, and what the rules say of it. `events` leaves out voided ones."""

    registration: Registration
    facts: RegistrationFacts
    events: tuple[Event, ...]

    @property
    def record(self) -> Registration:
        """The same row, by the name that every kind of record has for it."""
        return self.registration

    @property
    def is_open_to_all(self) -> bool:
        """Whether everybody who may see registrations may open it: neither it nor its person is restricted or sealed."""
        return bool(self.registration.access == self.registration.person.access == Access.OPEN)


def load_registrations_for_rules(session: Session, registration_ids: Collection[int]) -> list[RegistrationCase]:
    """Return the registrations with these keys, by key, each with its facts. Three statements, or one where there is none."""
    wanted = select(Registration).where(Registration.id.in_(registration_ids)).order_by(Registration.id)
    found = list(session.scalars(wanted.options(joinedload(Registration.person), joinedload(Registration.area))).unique())
    return with_registration_facts(session, found)


def with_registration_facts(session: Session, registrations: list[Registration]) -> list[RegistrationCase]:
    """Return registrations with their facts, in the order given. Person and area are loaded. Two statements, or none."""
    if not registrations:
        return []
    events: dict[int, list[Event]] = defaultdict(list)
    recorded = select(Event).where(Event.record_id.in_([row.id for row in registrations])).order_by(Event.happened_on, Event.id)
    for event in session.scalars(recorded):
        events[event.record_id].append(event)
    orders = harm_orders(session, {row.person_id for row in registrations})
    return [registration_case(row, events[row.id], orders) for row in registrations]


def registration_case(registration: Registration, events: Iterable[Event], orders: HarmOrders) -> RegistrationCase:
    """Return one registration with its facts."""
    rows = tuple(event for event in events if event.voided_at is None)
    return RegistrationCase(registration, registration_facts(registration, tuple(rule_event(event) for event in rows), orders), rows)


def registration_facts(registration: Registration, events: tuple[rules.Event, ...], orders: HarmOrders) -> RegistrationFacts:
    """Return what the rules know of a registration, saved or not yet, with these events."""
    return RegistrationFacts(
        events=events,
        born_on=registration.person.born_on,
        orders=orders.get(registration.person_id, ()),
        area=registration.area.name if registration.area else "",
    )


def harm_orders(session: Session, people: Collection[int], viewer: Viewer = SYSTEM) -> dict[int, tuple[HarmOrder, ...]]:
    """Return by person the orders that bear on a registration: those made, with their last day by all that is recorded.

    Whoever looks: the law knows every order. Those that the viewer may not open are not named: pages say "a prevention order".
    """
    last_day = func.coalesce(Order.ended_on, Order.ends_on)
    columns = (Order.person_id, Order.order_type, Order.made_on, last_day, Order.reference, order_visible(viewer))
    made = select(*columns).join(Person, Person.id == Order.person_id).where(Order.order_type.in_(BEARS_ON_REGISTRATION))
    found: dict[int, list[HarmOrder]] = defaultdict(list)
    in_turn = made.where(Order.person_id.in_(people)).order_by(Order.made_on, Order.id)
    for person_id, order_type, made_on, ends_on, reference, is_named in session.execute(in_turn):
        if made_on:
            found[person_id].append(HarmOrder(order_type, made_on, ends_on, reference, bool(is_named)))
    return {person_id: tuple(orders) for person_id, orders in found.items()}

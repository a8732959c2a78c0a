"""One registration whole, as its page shows it, and a person's registrations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from orders_app.models import Event, EventCorrection, HandOver, Person, Registration
from orders_app.queries.registration_facts import (
    RegistrationCase,
    harm_orders,
    registration_case,
)
from orders_app.queries.visibility import Viewer, registration_visible


@dataclass(frozen=True)
class WholeRegistration:
    """A registration with every event (voided ones too, oldest first as recorded) and what each said before it was corrected.

    Orders that bear on it and that the viewer may not open are in its facts without their name.
    """

    case: RegistrationCase
    recorded: tuple[Event, ...]
    corrections: Mapping[int, tuple[EventCorrection, ...]]

    @property
    def registration(self) -> Registration:
        """The registration's row, with its person, owner, team and area loaded."""
        return self.case.registration

    @property
    def record(self) -> Registration:
        """The same row, by the name that every kind of record has for it."""
        return self.registration

    @property
    def terms(self) -> int:
        """Always the first: a registration has no terms that a court varies."""
        return 1

    @property
    def orders(self) -> tuple[str, ...]:
        """The references of the orders that bear on it and that the viewer may open."""
        return tuple(order.reference for order in self.case.facts.orders if order.is_named)

    @property
    def corrected(self) -> list[tuple[Event, EventCorrection]]:
        """Every correction of an event of it, with the event, as they were made."""
        made = [(event, correction) for event in self.recorded for correction in self.corrections.get(event.id, ())]
        return sorted(made, key=lambda pair: pair[1].id)

    @property
    def put_right(self) -> tuple[Any, ...]:
        """No corrections of the registration itself: all that is known of it is in its events."""
        return ()

    @property
    def handed_over(self) -> Sequence[HandOver]:
        """The times it was handed over, in turn."""
        return self.registration.handed_over

    def number_of(self, event_id: int) -> int:
        """Return the number of an event on this registration: the first recorded is 1. It never changes, for none is ever deleted."""
        return 1 + [event.id for event in self.recorded].index(event_id)

    def event(self, number: int) -> Event | None:
        """Return the event of that number, or None."""
        return self.recorded[number - 1] if 1 <= number <= len(self.recorded) else None


def find_registration(session: Session, viewer: Viewer, reference: str) -> WholeRegistration | None:
    """Return the registration with this reference, or None if there is none that the viewer may open. Three statements."""
    wanted = select(Registration).join(Person, Registration.person_id == Person.id)
    wanted = wanted.options(*_WITH, joinedload(Registration.handed_over).joinedload(HandOver.caseload))
    row = session.scalars(wanted.where(Registration.reference == reference, registration_visible(viewer))).unique().one_or_none()
    if row is None:
        return None
    recorded, corrections = _events(session, row)
    orders = harm_orders(session, [row.person_id], viewer)
    return WholeRegistration(
        case=registration_case(row, recorded, orders),
        recorded=tuple(sorted(recorded, key=lambda event: event.id)),
        corrections=corrections,
    )


def registrations_of_person(session: Session, viewer: Viewer, person_id: int) -> list[RegistrationCase]:
    """Return a person's registrations that the viewer may open, newest first. Two statements, or one where there is none."""
    wanted = select(Registration, Event).join(Person, Registration.person_id == Person.id)
    wanted = wanted.outerjoin(Event, Event.record_id == Registration.id).options(*_WITH)
    of_person = wanted.where(Registration.person_id == person_id, registration_visible(viewer))
    happened: dict[Registration, list[Event]] = defaultdict(list)
    for row, event in session.execute(of_person.order_by(Registration.id.desc(), Event.happened_on, Event.id)):
        happened[row] += [event] if event else []
    orders = harm_orders(session, [person_id], viewer) if happened else {}
    return [registration_case(row, events, orders) for row, events in happened.items()]


def _events(session: Session, registration: Registration) -> tuple[list[Event], dict[int, tuple[EventCorrection, ...]]]:
    rows = select(Event, EventCorrection).outerjoin(EventCorrection, EventCorrection.event_id == Event.id)
    rows = rows.where(Event.record_id == registration.id).options(joinedload(Event.recorded_by), joinedload(EventCorrection.corrected_by))
    corrections: dict[int, list[EventCorrection]] = defaultdict(list)
    events: dict[int, Event] = {}
    for event, correction in session.execute(rows.order_by(Event.happened_on, Event.id, EventCorrection.id)):
        events[event.id] = event
        corrections[event.id] += [correction] if correction else []
    return list(events.values()), {key: tuple(found) for key, found in corrections.items()}


_WITH = (
    joinedload(Registration.person),
    joinedload(Registration.area),
    joinedload(Registration.owner),
    joinedload(Registration.team),
)

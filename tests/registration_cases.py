"""Registrations as tests need them: recorded through the services, so that their deadlines and columns are real."""

from __future__ import annotations

from datetime import date
from typing import Any

from orders_app.models import Person, Registration
from orders_app.rules.facts import EventKind as E
from orders_app.services.new_orders import NewEvent
from orders_app.services.registrations import NewRegistration, record_registration
from orders_app.services.work import Work
from tests.factories import a_person

CONVICTED_ON = date(2024, 3, 4)
EIGHTEEN_MONTHS = {"disposal": "imprisonment", "term_months": "18"}


def a_registration(
    work: Work,
    *events: NewEvent,
    person: Person | None = None,
    convicted_on: date = CONVICTED_ON,
    disposal: dict[str, str] | None = None,
    **values: Any,
) -> Registration:
    """Somebody convicted on 4 March 2024, 18 months: registered to 3 March 2034, and notified the day after, unless told otherwise."""
    person = person or a_person(work, surname="Marsh", forenames="Gareth", born_on=date(1979, 8, 2))
    convicted = NewEvent(E.CONVICTED, convicted_on, details=EIGHTEEN_MONTHS if disposal is None else disposal)
    given = events or (notified(date(2024, 3, 5), "83"), notified(date(2026, 3, 2), "85"))
    return record_registration(work, NewRegistration(person.id, (convicted, *given), **values))


def notified(on: date, kind: str = "85", **details: str) -> NewEvent:
    """A notification given at a police station."""
    return NewEvent(E.NOTIFIED, on, details={"type": kind, "where": "Northmere", "officer": "PC 4471"} | details)

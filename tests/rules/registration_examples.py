"""Short ways to write the facts of a registration."""

from __future__ import annotations

from datetime import date
from typing import Any

from orders_app.rules.duties import DueDuty
from orders_app.rules.law import LawTables
from orders_app.rules.registrations.declaration import due_duties
from orders_app.rules.registrations.ends import PeriodEnd, period_end
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts
from tests.rules.examples import LAW, day, event

LONG = "disposal=imprisonment term_months=30"


def registration(*events: str, born: str = "", orders: tuple[HarmOrder, ...] = ()) -> RegistrationFacts:
    """Facts of one registration. Events are written as in examples.event and numbered 1, 2, 3."""
    recorded = tuple(event(number, what) for number, what in enumerate(events, start=1))
    return RegistrationFacts(recorded, born_on=day(born) if born else None, orders=orders)


def shpo(begins: str, last_day: str = "", reference: str = "SHPO-2026-0001", order_type: str = "shpo") -> HarmOrder:
    """A sexual harm prevention order, until further order where no last day is given."""
    return HarmOrder(order_type, day(begins), day(last_day) if last_day else None, reference)


def duties(facts: RegistrationFacts, law: LawTables = LAW) -> list[DueDuty]:
    """Every duty that the facts give rise to."""
    return due_duties(facts, law)


def duties_of(facts: RegistrationFacts, key: str) -> list[DueDuty]:
    """All duties of one key."""
    return [due for due in duties(facts) if due.key == key]


def duty(facts: RegistrationFacts, key: str) -> DueDuty:
    """The one duty of that key."""
    (found,) = duties_of(facts, key)
    return found


def open_duties(facts: RegistrationFacts) -> dict[str, date]:
    """The days on which what is not yet met falls due, by key; the last of several."""
    return {due.key: due.due_on for due in duties(facts) if due.met_by is None}


def ends(facts: RegistrationFacts) -> PeriodEnd:
    """When it ends. There must be something that makes the person subject."""
    found = period_end(facts)
    assert found is not None
    return found


def last_day(*events: str, **known: Any) -> str:
    """The last day of the registration, as text; empty where there is none."""
    found = ends(registration(*events, **known))
    return found.last_day.isoformat() if found.last_day else ""

"""Orders as tests need them: recorded through the services, so that their deadlines and columns are real."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from config.reference import load_law
from orders_app.models import Order, Person
from orders_app.rules.availability import has_been_law
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, NewProtected, record_order
from orders_app.services.work import Work
from tests.factories import a_person

SATURDAY_NIGHT = datetime(2026, 11, 21, 22, 40, tzinfo=UTC)
TYPES_THERE_ARE = sorted(code for code, order_type in ORDER_TYPES.items() if has_been_law(order_type, load_law(), SATURDAY_NIGHT.date()))
MADE_WHILE_LAW = {"dvpo": date(2026, 11, 20), "kcpo": date(2022, 1, 2), "fro": date(2014, 10, 2)}
AREAS_OF_LAW = {code: {"area": "Greater Manchester"} for code in ("dapn", "dapo")} | {"kcpo": {"area": "Metropolitan police district"}}
NO_CONTACT = NewCondition("Not to contact Ann Joseph by any means, directly or through another person.", "No contact with Ann Joseph")


def a_served_notice(work: Work, *, order_type: str = "dvpn", served_at: datetime | None = SATURDAY_NIGHT, **values: Any) -> Order:
    """A DVPN served on Saturday 21 November 2026 at 22:40 unless told otherwise, and authorised 2 hours 25 minutes before."""
    authorised = (served_at or SATURDAY_NIGHT) - timedelta(hours=2, minutes=25)
    events = [NewEvent(E.AUTHORISED, authorised.date(), authorised, {"officer": "Supt Helen Armitage"})]
    if served_at:
        details = {"where": "9 Mill Row, Stonewick", "officer": "PC 5120 Jamal Edwards", "how": "in_person"}
        events.append(NewEvent(E.SERVED, served_at.date(), served_at, details))
    return _recorded(work, order_type, events, {"authorised_rank": "superintendent"} | values)


def a_made_order(
    work: Work, *, order_type: str = "spo", made_on: date = date(2026, 10, 2), served_on: date | None = None, **values: Any
) -> Order:
    """An order of any type made by Northmere Magistrates' Court; an SPO until further order unless told otherwise."""
    events = [NewEvent(E.MADE, made_on, details={"court": "Northmere Magistrates' Court"})]
    if served_on:
        events.append(NewEvent(E.SERVED, served_on, details={"where": "1 Ashcombe Terrace", "officer": "PC 5120", "how": "in_person"}))
    given = {"end_kind": EndKind.UNTIL_FURTHER_ORDER, "court": "Northmere Magistrates' Court", **values}
    return _recorded(work, order_type, events, given)


def _recorded(work: Work, order_type: str, events: list[NewEvent], values: dict[str, Any]) -> Order:
    person: Person | None = values.pop("person", None)
    protected: list[Person] = values.pop("protected", [])
    given = {"conditions": (NO_CONTACT,), **values}
    person = person or a_person(work, surname="Clarke", forenames="Nathan", born_on=date(1991, 1, 30))
    named = tuple(NewProtected(other.id, "former partner") for other in protected)
    return record_order(work, NewOrder(order_type, person.id, events=tuple(events), protected=named, **given))

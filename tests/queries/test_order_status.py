"""Where an order stands, asked of the database: the same word as the rules give, on any day, for any history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import Order, Person
from orders_app.queries.facts import OrderFacts
from orders_app.queries.order_status import status_in, status_on
from orders_app.rules import status as rules
from orders_app.rules.facts import Facts
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.derived import order_columns
from tests.conftest import Acting
from tests.factories import a_person, an_order
from tests.rules.examples import UNTIL_FURTHER_ORDER, facts
from tests.rules.test_properties import any_facts

TODAY = date(2026, 11, 22)
SUBJECT = Person(surname="Clarke", forenames="Nathan")
LIGHT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def row(acting: Acting) -> int:
    with acting() as work:
        return an_order(work, person=a_person(work)).id


def asked(sessions: sessionmaker[Session], row: int, given_facts: Facts, days: list[date]) -> list[str]:
    """The words that SQL gives for these days, from the columns that the facts lead to."""
    order_type = ORDER_TYPES[given_facts.order_type]
    columns: dict[str, Any] = {
        "order_type": order_type.code,
        "starts_on_release": given_facts.starts_on_release,
        "starts_on_other_end": given_facts.starts_on_other_end,
        "is_present_or_represented": given_facts.is_present_or_represented,
    }
    columns |= order_columns(OrderFacts(Order(person=SUBJECT), order_type, given_facts, ()), TODAY)
    parent = Order.__table__.c
    with sessions() as session:
        session.connection().execute(update(Order.__table__).where(parent.id == row).values(columns))  # type: ignore[arg-type]
        found = session.execute(
            select(*(status_on(day, parent).label(f"d{n}") for n, day in enumerate(days))).where(parent.id == row)
        ).one()
        session.rollback()
    return list(found)


def telling_days(given_facts: Facts) -> list[date]:
    """Every day on which something happens or ends, and its neighbours."""
    days = {event.on for event in given_facts.events} | {TODAY}
    days |= {condition.ends_on for condition in given_facts.conditions if condition.ends_on}
    days |= {day for day in (given_facts.stated_ends_on, given_facts.other_order_over_on) if day}
    return sorted({day + timedelta(days=n) for day in days for n in (-1, 0, 1)})


@LIGHT
@given(given_facts=any_facts())
def test_the_status_is_the_same_in_python_and_in_sql(sessions: sessionmaker[Session], row: int, given_facts: Facts) -> None:
    days = telling_days(given_facts)
    order_type = ORDER_TYPES[given_facts.order_type]
    assert asked(sessions, row, given_facts, days) == [rules.status_on(order_type, given_facts, day) for day in days]


CONTINUED = ("made 2021-10-02", "served 2021-10-02", "continued_pending_prosecution 2026-09-01", "prosecution_ended 2027-01-01")
WAITS = {"starts_on_other_end": True, "other_order_over_on": "2026-12-01"}
LIVES = [
    facts("dvpn", "considered 2026-11-01", "authorised 2026-11-02T10:00", "served 2026-11-02T12:00", "lapsed 2026-11-05"),
    facts("scpo", "considered 2026-09-01", "referred 2026-09-04", "application_lodged 2026-09-09", "made 2026-10-02", "served 2026-10-05"),
    facts("scpo", "made 2026-10-02", "served 2026-10-02", "custody_ended 2027-03-01", starts_on_release=True, ends="2032-02-28"),
    facts("scpo", *CONTINUED, ends="2026-10-01"),
    facts("dapo", "made 2026-10-02", "served 2026-10-05", **WAITS, **UNTIL_FURTHER_ORDER),
    facts("nmo", "application_lodged 2026-10-01", "undertaking_given 2026-10-02"),
    facts("ro_conviction", "application_lodged 2026-10-01", "hearing_listed 2026-10-02", "made 2026-10-05", ends="2027-10-04"),
    facts("interim_spo", "made 2026-05-11", "served 2026-05-12", "determined 2026-05-29", ends="2026-06-07"),
]  # fmt: skip


@pytest.mark.parametrize("given_facts", LIVES, ids=lambda given_facts: given_facts.order_type)
def test_each_state_of_a_life(sessions: sessionmaker[Session], row: int, given_facts: Facts) -> None:
    days = telling_days(given_facts)
    order_type = ORDER_TYPES[given_facts.order_type]
    words = asked(sessions, row, given_facts, days)
    assert words == [rules.status_on(order_type, given_facts, day) for day in days]
    assert len(set(words)) > 1


def test_orders_are_found_by_where_they_stand(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        live = an_order(work, person=person, made_on=TODAY, served_on=TODAY, in_force_from=TODAY, fully_in_force_from=TODAY)
        an_order(work, person=person, made_on=TODAY, in_force_from=TODAY, fully_in_force_from=TODAY)
        an_order(work, person=person, applied_on=TODAY)
    found = session.scalars(select(Order.id).where(status_in({rules.Status.IN_FORCE, rules.Status.CONTINUES}, TODAY)))
    assert list(found) == [live.id]

"""Arrest and release are typed once, and the person's record and every order that depends on it agree."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import CustodyPeriod, Order, Person
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.new_people import NewCustody
from orders_app.services.order_events import record_event
from orders_app.services.orders import NewEvent, NewOrder, record_orders
from orders_app.services.people_details import add_detail, change_detail
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_served_notice

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
RELEASED = date(2026, 11, 20)


@pytest.fixture
def waiting(acting: Acting) -> tuple[str, list[str]]:
    """A person with two serious crime prevention orders that start on release: their reference and the orders'."""
    made = NewEvent(EventKind.MADE, date(2026, 6, 1))
    with acting() as work:
        person = a_person(work)
        new = NewOrder(
            "scpo", person.id, events=(made,), end_kind=EndKind.FIXED, stated_ends_on=date(2031, 11, 19), starts_on_release=True,
            is_present_or_represented=True, made_under="s19_crown_court",
        )  # fmt: skip
        orders = record_orders(work, [new, new])
        return person.reference, [order.reference for order in orders]


def starts(session: Session) -> list[date | None]:
    session.rollback()
    return list(session.scalars(select(Order.in_force_from).order_by(Order.id)))


def periods(session: Session) -> list[tuple[str, date, date | None]]:
    session.rollback()
    return [(row.kind, row.from_on, row.until_on) for row in session.scalars(select(CustodyPeriod).order_by(CustodyPeriod.id))]


def test_an_arrest_begins_police_custody_and_production_ends_it(acting: Acting, session: Session) -> None:
    with acting() as work:
        order = a_served_notice(work)
    arrest = NewEvent(EventKind.ARRESTED, date(2026, 11, 22), datetime(2026, 11, 22, 2, tzinfo=UTC))
    with acting(now=MONDAY) as work:
        record_event(work, reference=order.reference, version=order.version, event=arrest)
    assert periods(session) == [("police", date(2026, 11, 22), None)]
    produced = NewEvent(EventKind.PRODUCED, date(2026, 11, 23), datetime(2026, 11, 23, 10, tzinfo=UTC))
    with acting(now=MONDAY) as work:
        version = work.session.get_one(Order, order.id).version
        record_event(work, reference=order.reference, version=version, event=produced)
    assert periods(session) == [("police", date(2026, 11, 22), date(2026, 11, 23))]


def test_release_recorded_on_the_person_starts_every_order_that_waits(
    acting: Acting, session: Session, waiting: tuple[str, list[str]]
) -> None:
    person, _ = waiting
    inside = NewCustody(from_on=date(2026, 6, 1))
    with acting() as work:
        add_detail(work, reference=person, detail=inside)
    assert starts(session) == [None, None]
    with acting() as work:
        period = work.session.scalars(select(CustodyPeriod)).one()
        version = work.session.scalars(select(Person).where(Person.reference == person)).one().version
        released = NewCustody(from_on=date(2026, 6, 1), until_on=RELEASED)
        change_detail(work, reference=person, version=version, detail_id=period.id, detail=released)
    assert starts(session) == [RELEASED, RELEASED]


def test_release_recorded_on_one_order_ends_custody_and_starts_the_other(
    acting: Acting, session: Session, waiting: tuple[str, list[str]]
) -> None:
    person, (first, _) = waiting
    with acting() as work:
        add_detail(work, reference=person, detail=NewCustody(from_on=date(2026, 6, 1)))
    with acting() as work:
        version = work.session.scalars(select(Order).where(Order.reference == first)).one().version
        record_event(work, reference=first, version=version, event=NewEvent(EventKind.CUSTODY_ENDED, RELEASED))
    assert starts(session) == [RELEASED, RELEASED]
    assert periods(session) == [("sentence", date(2026, 6, 1), RELEASED)]


def test_leaving_a_police_station_starts_nothing(acting: Acting, session: Session, waiting: tuple[str, list[str]]) -> None:
    person, _ = waiting
    with acting() as work:
        add_detail(work, reference=person, detail=NewCustody(kind="police", from_on=date(2026, 11, 19), until_on=RELEASED))
    assert starts(session) == [None, None]


def test_an_order_that_was_discharged_while_it_waited_is_not_started(
    acting: Acting, session: Session, waiting: tuple[str, list[str]]
) -> None:
    person, (first, _) = waiting
    with acting() as work:
        version = work.session.scalars(select(Order).where(Order.reference == first)).one().version
        record_event(work, reference=first, version=version, event=NewEvent(EventKind.DISCHARGED, date(2026, 11, 2)))
    with acting() as work:
        add_detail(work, reference=person, detail=NewCustody(from_on=date(2026, 6, 1), until_on=RELEASED))
    assert starts(session) == [None, RELEASED]


@pytest.mark.parametrize(("remanded", "held"), [("custody", ["remand"]), ("bail", [])])
def test_a_remand_on_bail_holds_nobody(acting: Acting, session: Session, remanded: str, held: list[str]) -> None:
    with acting() as work:
        order = a_served_notice(work)
    at = datetime(2026, 11, 22, 2, tzinfo=UTC)
    remand = NewEvent(EventKind.REMANDED, date(2026, 11, 23), details={"remanded": remanded, "remanded_for": "report"})
    for event in (NewEvent(EventKind.ARRESTED, at.date(), at), NewEvent(EventKind.PRODUCED, date(2026, 11, 23)), remand):
        with acting(now=MONDAY) as work:
            version = work.session.get_one(Order, order.id).version
            record_event(work, reference=order.reference, version=version, event=event)
    assert [kind for kind, _, until in periods(session) if until is None] == held

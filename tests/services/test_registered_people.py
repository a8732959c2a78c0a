"""Custody, age and orders of a person move their registration; the registration moves what their orders ask for."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import CustodyPeriod, Deadline, Event, EventCorrection, Order, Person, Registration
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.services.deadlines import sync_all
from orders_app.services.errors import RuleBroken
from orders_app.services.new_orders import NewEvent
from orders_app.services.new_people import Identity, NewCustody
from orders_app.services.order_events import record_event
from orders_app.services.people import change_identity
from orders_app.services.people_details import add_detail, change_detail, remove_detail
from orders_app.services.registration_events import record_events, void_event
from orders_app.services.registrations import NewRegistration, record_registration
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_made_order
from tests.registration_cases import a_registration, notified

REMANDED, RELEASED = date(2026, 2, 10), date(2026, 9, 18)


def due_on(session: Session, record: Registration | Order, key: str) -> date | None:
    """The day one open deadline falls due; nothing where there is none."""
    session.rollback()
    wanted = select(Deadline.due_on).where(Deadline.record_id == record.id, Deadline.duty_key == key, Deadline.met_by_id.is_(None))
    return session.scalars(wanted.where(Deadline.cancelled_at.is_(None)).order_by(Deadline.id.desc())).first()


def custody_events(session: Session, registration: Registration) -> list[tuple[str, date, bool]]:
    session.rollback()
    rows = session.scalars(select(Event).where(Event.record_id == registration.id, Event.kind.startswith("custody")).order_by(Event.id))
    return [(row.kind, row.happened_on, row.voided_at is not None) for row in rows]


def test_custody_on_file_stops_the_clock_of_one_who_is_registered_and_release_starts_it(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        work.session.add(CustodyPeriod(person_id=person.id, kind="remand", place="HMP Stonewick", from_on=REMANDED))
        work.session.flush()
        registration = a_registration(work, NewEvent(E.BRIEFED, REMANDED), person=person, convicted_on=REMANDED)
    assert due_on(session, registration, "initial_notification") is None
    assert session.scalars(select(Registration.whereabouts)).one() == "custody"
    period_id = session.scalars(select(CustodyPeriod.id)).one()
    released = NewCustody(from_on=REMANDED, kind="remand", place="HMP Stonewick", until_on=RELEASED)
    with acting() as work:
        change_detail(work, reference=person.reference, version=1, detail_id=period_id, detail=released)
    assert due_on(session, registration, "initial_notification") == date(2026, 9, 20)
    assert due_on(session, registration, "release") == date(2026, 9, 20)
    assert session.scalars(select(Registration.whereabouts)).one() == "at_liberty"


def test_custody_that_is_corrected_or_taken_away_is_so_on_the_registration_too(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        registration = a_registration(work, person=person)
    with acting() as work:
        add_detail(work, reference=person.reference, detail=NewCustody(from_on=date(2026, 5, 1), until_on=date(2026, 6, 1)))
    assert custody_events(session, registration) == [
        ("custody_started", date(2026, 5, 1), False),
        ("custody_ended", date(2026, 6, 1), False),
    ]
    period_id = session.scalars(select(CustodyPeriod.id)).one()
    version = session.scalars(select(Person.version)).one()
    with acting() as work:
        longer = NewCustody(from_on=date(2026, 5, 1), until_on=date(2026, 6, 8))
        change_detail(work, reference=person.reference, version=version, detail_id=period_id, detail=longer)
    assert custody_events(session, registration)[1] == ("custody_ended", date(2026, 6, 8), False)
    assert session.scalars(select(EventCorrection.reason)).all() == ["The person’s custody was corrected"]
    with acting(reason="Somebody else") as work:
        remove_detail(work, reference=person.reference, version=version + 1, kind=NewCustody, detail_id=period_id)
    assert [voided for *_, voided in custody_events(session, registration)] == [True, True]
    assert due_on(session, registration, "release") is None


def test_custody_that_follows_the_person_is_not_corrected_on_the_registration(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        work.session.add(CustodyPeriod(person_id=person.id, kind="recall", from_on=date(2026, 5, 1)))
        work.session.flush()
        a_registration(work, person=person)
    event_id = session.scalars(select(Event.id).where(Event.kind == "custody_started")).one()
    with acting() as work, pytest.raises(RuleBroken, match="Correct it on the person"):
        void_event(work, event_id=event_id, version=1, reason="Wrong")


def test_a_police_cell_and_prison_before_the_conviction_are_left_out(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        work.session.add(CustodyPeriod(person_id=person.id, kind="sentence", from_on=date(2010, 1, 4), until_on=date(2011, 1, 4)))
        work.session.add(CustodyPeriod(person_id=person.id, kind="police", from_on=date(2026, 11, 1)))
        work.session.flush()
        registration = a_registration(work, person=person)
    assert custody_events(session, registration) == []


def test_an_arrest_and_a_release_recorded_on_an_order_reach_the_registration(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        registration = a_registration(work, person=person)
        order = a_made_order(work, person=person, served_on=date(2026, 10, 2))
    with acting() as work:
        started = NewEvent(E.CUSTODY_STARTED, date(2026, 10, 20), details={"custody_kind": "remand"})
        record_event(work, reference=order.reference, version=1, event=started)
    assert custody_events(session, registration) == [("custody_started", date(2026, 10, 20), False)]


def test_a_date_of_birth_corrected_halves_the_period(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work, surname="Marsh", born_on=date(1980, 1, 1))
        a_registration(work, person=person)
    with acting() as work:
        change_identity(work, reference=person.reference, version=1, identity=Identity(surname="Marsh", born_on=date(2007, 1, 1)))
    session.rollback()
    assert session.scalars(select(Registration.ends_on)).one() == date(2029, 3, 3)


def test_a_prevention_order_carries_the_registration_on_and_lets_it_end_when_discharged(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        registration = a_registration(work, person=person)
    ends = {"end_kind": EndKind.FIXED, "stated_ends_on": date(2036, 3, 3)}
    with acting() as work:
        order = a_made_order(
            work, order_type="shpo", person=person, made_on=date(2026, 3, 4), served_on=date(2026, 3, 4), made_under="soa_s103a", **ends
        )
    assert due_on(session, registration, "registration_ends") == date(2036, 3, 3)
    with acting() as work:
        discharged = NewEvent(E.DISCHARGED, date(2026, 11, 20), details={"consent": "both"})
        record_event(work, reference=order.reference, version=1, event=discharged)
    assert due_on(session, registration, "registration_ends") == date(2034, 3, 3)


def test_a_registered_person_is_not_asked_to_notify_under_a_prevention_order(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        a_registration(work, person=person)
        order = a_made_order(work, order_type="shpo", person=person, made_on=date(2026, 10, 2), served_on=date(2026, 10, 2))
    assert due_on(session, order, "initial_notification") is None


def test_registration_suspends_what_a_stalking_order_asks_for_and_its_end_revives_it(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        registration = a_registration(work, person=person)
        order = a_made_order(work, person=person, made_on=date(2026, 10, 2), served_on=date(2026, 10, 2))
    assert due_on(session, order, "initial_notification") == date(2034, 3, 5)
    with acting() as work:
        quashed = NewEvent(E.ENDED, date(2026, 11, 20), details={"reason": "Conviction quashed"})
        record_events(work, reference=registration.reference, version=1, events=[quashed])
    assert due_on(session, order, "initial_notification") == date(2026, 11, 22)


def test_an_indefinite_registration_leaves_a_stalking_order_nothing_to_ask(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        a_registration(work, person=person, disposal={"disposal": "life"})
        order = a_made_order(work, person=person, served_on=date(2026, 10, 2))
    assert due_on(session, order, "initial_notification") is None


def test_one_who_is_registered_while_an_order_runs_need_not_notify_twice_from_then_on(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        order = a_made_order(work, order_type="sro", person=person, made_on=date(2026, 1, 5), served_on=date(2026, 1, 5))
    assert due_on(session, order, "initial_notification") == date(2026, 1, 7)
    with acting() as work:
        record_event(work, reference=order.reference, version=1, event=NewEvent(E.ADDRESS_CHANGED, date(2026, 2, 2)))
        record_event(work, reference=order.reference, version=2, event=NewEvent(E.ADDRESS_CHANGED, date(2026, 11, 3)))
    assert due_on(session, order, "change_of_address") == date(2026, 11, 5)
    with acting() as work:
        a_registration(work, notified(date(2026, 11, 2), "83"), person=person, convicted_on=date(2026, 11, 2))
    assert due_on(session, order, "initial_notification") == date(2026, 1, 7)
    assert due_on(session, order, "change_of_address") == date(2026, 2, 4)


def test_registered_by_an_order_the_duty_is_the_registration_s_and_ends_with_the_order(acting: Acting, session: Session) -> None:
    with acting() as work:
        person = a_person(work)
        order = a_made_order(work, order_type="shpo", person=person, made_on=date(2026, 11, 18), served_on=date(2026, 11, 20))
    assert due_on(session, order, "initial_notification") == date(2026, 11, 22)
    with acting() as work:
        served = NewEvent(E.SERVED, date(2026, 11, 20), details={"reference": order.reference})
        from_order = record_registration(work, NewRegistration(person.id, (served,)))
    assert due_on(session, order, "initial_notification") is None
    assert due_on(session, from_order, "initial_notification") == date(2026, 11, 22)


def test_the_night_finds_everything_as_the_services_left_it(acting: Acting) -> None:
    with acting() as work:
        person = a_person(work)
        a_made_order(work, person=person, made_on=date(2026, 10, 2), served_on=date(2026, 10, 2))
        a_made_order(work, order_type="shpo", person=person, made_on=date(2026, 10, 2), served_on=date(2026, 10, 2))
        a_registration(work, person=person)
    with acting() as work:
        assert sync_all(work).counts == {}

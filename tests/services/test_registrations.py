"""People are registered: what is written, what is refused, and what falls due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Deadline, Event, Registration
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EventKind as E
from orders_app.services.deadlines import Synced, sync_all
from orders_app.services.errors import ChangedMeanwhile, NotFound, RulesBroken
from orders_app.services.new_orders import NewEvent
from orders_app.services.registration_events import correct_event, record_events, void_event
from orders_app.services.registrations import NewRegistration, check_registration, record_registration, record_registrations
from orders_app.services.work import Actor
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_user
from tests.registration_cases import CONVICTED_ON, a_registration, notified

TODAY = NOW.date()


def open_deadlines(session: Session, registration: Registration) -> dict[str, date]:
    session.rollback()
    wanted = select(Deadline.duty_key, Deadline.due_on).where(Deadline.record_id == registration.id, Deadline.met_by_id.is_(None))
    return {key: on for key, on in session.execute(wanted.where(Deadline.cancelled_at.is_(None)))}


def test_registering_writes_the_row_its_events_and_its_deadlines(acting: Acting, session: Session) -> None:
    with acting("registration.recorded") as work:
        reference = a_registration(work).reference
    row = session.scalars(select(Registration)).one()
    assert row.reference == reference
    assert reference.startswith("REG-2024-")
    assert (row.registered_from, row.ends_on, row.ended_on, row.is_indefinite) == (CONVICTED_ON, date(2034, 3, 3), None, False)
    assert (row.whereabouts, row.has_no_residence) == ("at_liberty", False)
    assert open_deadlines(session, row) == {"annual_notification": date(2027, 3, 2), "registration_ends": date(2034, 3, 3)}
    assert session.scalars(select(Deadline.duty_key).where(Deadline.met_by_id.is_not(None))).all().count("initial_notification") == 1


def test_everything_that_is_written_is_on_the_record_s_trail(acting: Acting, session: Session) -> None:
    with acting("registration.recorded") as work:
        registration = a_registration(work)
    rows = session.scalars(select(AuditEvent).where(AuditEvent.record_id == registration.id)).all()
    assert {row.subject_type for row in rows} == {"registrations", "events", "deadlines"}
    assert {row.action for row in rows} == {"registration.recorded"}


def test_the_nightly_run_finds_nothing_to_change(acting: Acting) -> None:
    with acting() as work:
        a_registration(work)
    with acting("job.sync_deadlines") as work:
        assert sync_all(work) == Synced(records=1)


def test_a_registration_that_runs_out_ends_with_the_night(acting: Acting, session: Session) -> None:
    with acting() as work:
        convicted_on = date(2024, 11, 22)
        a_registration(
            work, notified(convicted_on, "83"), convicted_on=convicted_on, disposal={"disposal": "conditional_discharge", "term_years": "2"}
        )
    assert session.scalars(select(Registration.ended_on)).one() == date(2026, 11, 21)
    with acting(now=NOW + timedelta(days=1)) as work:
        assert sync_all(work).counts == {}


@pytest.mark.parametrize(
    ("events", "field"),
    [
        ((), "basis"),
        ((notified(TODAY),), "basis"),
        ((NewEvent(E.CONVICTED, TODAY + timedelta(days=1)),), "convicted_on"),
        ((NewEvent(E.CONVICTED, TODAY, details={"disposal": "imprisonment"}),), "term"),
        ((NewEvent(E.CONVICTED, TODAY), notified(TODAY - timedelta(days=1))), "notified_on"),
    ],
)
def test_what_the_law_refuses_is_refused_beside_its_field(acting: Acting, events: tuple[NewEvent, ...], field: str) -> None:
    with acting() as work:
        new = NewRegistration(a_person(work).id, events)
        assert field in [broken.field for broken in check_registration(work, new)]
        with pytest.raises(RulesBroken):
            record_registration(work, new)


def test_nobody_is_registered_twice_at_once_but_again_after_the_end(acting: Acting) -> None:
    with acting() as work:
        person = a_person(work)
        first = a_registration(work, person=person)
        again = NewRegistration(person.id, (NewEvent(E.CAUTIONED, TODAY),))
        (broken,) = check_registration(work, again)
        assert (broken.field, first.reference in broken.message) == ("person", True)
        ended = a_person(work)
        a_registration(work, NewEvent(E.ENDED, date(2025, 5, 5), details={"reason": "quashed"}), person=ended)
        assert check_registration(work, NewRegistration(ended.id, (NewEvent(E.CAUTIONED, TODAY),))) == []


def test_many_at_once_are_all_or_none(acting: Acting, session: Session) -> None:
    with acting() as work:
        people = [a_person(work).id for _ in range(3)]
    events = [(NewEvent(E.CAUTIONED, TODAY),), (NewEvent(E.CAUTIONED, TODAY),), ()]
    news = [NewRegistration(person_id, given) for person_id, given in zip(people, events, strict=True)]
    with pytest.raises(RulesBroken), acting() as work:
        record_registrations(work, news)
    assert session.scalars(select(Registration)).all() == []


def test_somebody_the_officer_may_not_see_cannot_be_registered(acting: Acting) -> None:
    with acting() as work:
        hidden = a_person(work, access=Access.SEALED)
        officer = a_user(work, Role.OFFENDER_MANAGER)
    actor = Actor(officer.id, "PC", Viewer(officer.id, roles=frozenset({Role.OFFENDER_MANAGER})))
    with acting(actor=actor) as work, pytest.raises(NotFound):
        record_registration(work, NewRegistration(hidden.id, (NewEvent(E.CAUTIONED, TODAY),)))


def test_a_change_and_its_notification_are_recorded_together(acting: Acting, session: Session) -> None:
    with acting() as work:
        registration = a_registration(work)
    moved = NewEvent(E.ADDRESS_CHANGED, date(2026, 11, 18), details={"address": "4 Weir Lane"})
    with acting("registration.event_recorded") as work:
        record_events(work, reference=registration.reference, version=1, events=[moved, notified(date(2026, 11, 20), "84")])
    change = session.scalars(select(Deadline).where(Deadline.duty_key == "change_of_address")).one()
    assert (change.due_on, change.met_by_id is not None) == (date(2026, 11, 20), True)
    assert open_deadlines(session, registration)["annual_notification"] == date(2027, 11, 20)
    assert session.scalars(select(Registration.version)).one() == 2


def test_an_event_that_is_corrected_moves_its_deadline_and_keeps_what_it_said(acting: Acting, session: Session) -> None:
    with acting() as work:
        registration = a_registration(work)
    row = session.scalars(select(Event).where(Event.kind == "notified").order_by(Event.id.desc())).first()
    assert row is not None
    with acting() as work:
        correct_event(work, event_id=row.id, version=1, event=notified(date(2026, 3, 9)), reason="Wrong day")
    assert open_deadlines(session, registration)["annual_notification"] == date(2027, 3, 9)
    with acting() as work:
        void_event(work, event_id=row.id, version=2, reason="Somebody else’s")
    session.rollback()
    assert open_deadlines(session, registration)["annual_notification"] == date(2025, 3, 5)


def test_two_officers_at_once(acting: Acting) -> None:
    with acting() as work:
        registration = a_registration(work)
        event_id = work.session.scalars(select(Event.id).where(Event.kind == "notified")).first() or 0
    with acting() as work, pytest.raises(ChangedMeanwhile):
        record_events(work, reference=registration.reference, version=7, events=[notified(TODAY)])
    with acting() as work, pytest.raises(RulesBroken) as refused:
        record_events(work, reference=registration.reference, version=1, events=[notified(TODAY + timedelta(days=1))])
    assert refused.value.field == "notified_on"
    with acting() as work, pytest.raises(NotFound):
        void_event(work, event_id=event_id + 99, version=1, reason="?")


def test_only_what_the_law_knows_now_is_recorded(acting: Acting) -> None:
    with acting() as work:
        registration = a_registration(work)
    with acting() as work, pytest.raises(ValueError, match="cannot be recorded as review applied"):
        record_events(work, reference=registration.reference, version=1, events=[NewEvent(E.REVIEW_APPLIED, TODAY)])

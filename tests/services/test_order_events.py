"""What happens to an order: events meet and move deadlines, are corrected with a reason, and never overwrite."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Deadline, Event, EventCorrection, Order
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EventKind
from orders_app.services.deadlines import Synced, sync_all, sync_deadlines
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.order_events import close_change, correct_event, open_order, record_event, void_event
from orders_app.services.orders import NewEvent, record_order
from orders_app.services.work import Actor
from tests.conftest import NOW, Acting
from tests.factories import a_person
from tests.order_cases import a_made_order
from tests.services.test_orders import a_dvpn

TUESDAY = datetime(2026, 11, 24, 15, tzinfo=UTC)
HELD = NewEvent(EventKind.HEARING_HELD, date(2026, 11, 24), datetime(2026, 11, 24, 10, 30, tzinfo=UTC))


@pytest.fixture
def notice(acting: Acting) -> Order:
    with acting("order.recorded") as work:
        return record_order(work, a_dvpn(work))


def court_hearing(session: Session) -> Deadline:
    session.rollback()  # a new snapshot
    return session.scalars(select(Deadline).where(Deadline.duty_key == "court_hearing")).one()


def test_recording_the_hearing_meets_the_deadline(acting: Acting, session: Session, notice: Order) -> None:
    with acting("order.event_recorded", now=TUESDAY) as work:
        event = record_event(work, reference=notice.reference, version=notice.version, event=HELD)
    assert court_hearing(session).met_by_id == event.id


def test_a_corrected_time_of_service_moves_the_same_deadline_and_keeps_what_was_said(
    acting: Acting, session: Session, notice: Order
) -> None:
    served = session.scalars(select(Event).where(Event.kind == "served")).one()
    first = court_hearing(session).id
    earlier = NewEvent(EventKind.SERVED, date(2026, 11, 21), datetime(2026, 11, 21, 21, 10, tzinfo=UTC))
    with acting("event.corrected", now=TUESDAY) as work:
        correct_event(work, event_id=served.id, version=notice.version, event=earlier, reason="Statement of service says 21:10")
    moved = court_hearing(session)
    assert (moved.id, moved.due_at) == (first, datetime(2026, 11, 24, 21, 10, tzinfo=UTC))
    kept = session.scalars(select(EventCorrection)).one()
    assert (kept.former["happened_at"], kept.reason) == ("2026-11-21T22:40:00+00:00", "Statement of service says 21:10")


def test_a_correction_without_a_reason_is_refused(acting: Acting, session: Session, notice: Order) -> None:
    served = session.scalars(select(Event).where(Event.kind == "served")).one()
    with acting(now=TUESDAY) as work, pytest.raises(RuleBroken, match="why"):
        void_event(work, event_id=served.id, version=notice.version, reason="  ")


def test_striking_out_the_hearing_opens_the_deadline_again(acting: Acting, session: Session, notice: Order) -> None:
    with acting(now=TUESDAY) as work:
        event = record_event(work, reference=notice.reference, version=notice.version, event=HELD)
        version = session.scalar(select(Order.version).where(Order.id == notice.id)) or 0
    with acting(now=TUESDAY) as work:
        void_event(work, event_id=event.id, version=version + 1, reason="Wrong case")
    assert court_hearing(session).met_by_id is None


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        (EventKind.AUTHORISED, "served"),  # a notice is served once it was authorised
        (EventKind.SERVED, "hearing held"),  # and heard in court once it was served
    ],
)
def test_what_others_rest_on_is_not_struck_out_before_them(
    acting: Acting, session: Session, notice: Order, kind: EventKind, left: str
) -> None:
    with acting(now=TUESDAY) as work:
        heard = record_event(work, reference=notice.reference, version=notice.version, event=HELD).id
    event_id = session.scalars(select(Event.id).where(Event.kind == kind)).one()
    version = notice.version + 1
    with acting(now=TUESDAY) as work, pytest.raises(RuleBroken, match=f"Strike out first .*{left}"):
        void_event(work, event_id=event_id, version=version, reason="Another notice’s")
    with acting(now=TUESDAY) as work:
        void_event(work, event_id=heard, version=version, reason="Another notice’s")


def test_two_officers_at_once_the_second_is_told(acting: Acting, notice: Order) -> None:
    with acting(now=TUESDAY) as work:
        record_event(work, reference=notice.reference, version=notice.version, event=HELD)
    with acting(now=TUESDAY) as work, pytest.raises(ChangedMeanwhile):
        record_event(work, reference=notice.reference, version=notice.version, event=HELD)


def test_an_order_on_a_sealed_person_is_not_found_by_those_not_named(acting: Acting, notice: Order) -> None:
    with acting() as work:
        work.session.get_one(Order, notice.id).access = Access.SEALED
    stranger = Actor(None, "PC 4471", Viewer(user_id=4471, roles=frozenset({Role.ORDERS_DESK})))
    with acting(actor=stranger, now=TUESDAY) as work, pytest.raises(NotFound):
        record_event(work, reference=notice.reference, version=notice.version, event=HELD)


def test_what_has_not_happened_yet_is_refused(acting: Acting, notice: Order) -> None:
    with acting(now=NOW) as work, pytest.raises(RulesBroken, match="future"):
        record_event(work, reference=notice.reference, version=notice.version, event=HELD)


def test_what_the_type_does_not_know_is_refused(acting: Acting, notice: Order) -> None:
    discharged = NewEvent(EventKind.DISCHARGED, date(2026, 11, 22))
    with acting(now=TUESDAY) as work, pytest.raises(RuleBroken, match="DVPN"):
        record_event(work, reference=notice.reference, version=notice.version, event=discharged)


def test_working_it_out_again_changes_nothing_and_leaves_no_audit_rows(acting: Acting, session: Session, notice: Order) -> None:
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    with acting("job.sync_deadlines") as work:
        assert sync_deadlines(work, [notice.id]) == {}
        assert sync_all(work) == Synced(records=1)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_a_deadline_tampered_with_is_put_right_by_the_nightly_run(acting: Acting, session: Session, notice: Order) -> None:
    with acting("test.tampered") as work:
        work.session.scalars(select(Deadline).where(Deadline.duty_key == "court_hearing")).one().due_on = date(2027, 1, 1)
    with acting("job.sync_deadlines") as work:
        assert sync_all(work).counts == {"changed": 1}
    assert court_hearing(session).due_on == date(2026, 11, 24)


def test_an_order_that_cannot_be_worked_out_is_named_and_the_rest_goes_on(acting: Acting, session: Session, notice: Order) -> None:
    with acting() as work:
        other = record_order(work, a_dvpn(work))
    with acting("test.tampered") as work:
        work.session.scalars(select(Event).where(Event.record_id == notice.id, Event.kind == "served")).one().happened_at = None
        work.session.scalars(
            select(Deadline).where(Deadline.record_id == other.id, Deadline.duty_key == "court_hearing")
        ).one().due_on = NOW.date()
    with acting("job.sync_deadlines") as work:
        assert sync_all(work) == Synced(records=2, counts={"changed": 1}, failed=1, named=[notice.reference])


def overtaken(acting: Acting, notice: Order) -> None:
    """A change during whose work somebody else's was committed."""
    with acting(now=TUESDAY) as work:
        loaded = open_order(work, notice.reference, notice.version)
        work.session.connection().exec_driver_sql("UPDATE records SET version = version + 1")
        close_change(work, loaded.order)


def test_a_save_overtaken_between_reading_and_writing_is_told_too(acting: Acting, notice: Order) -> None:
    with pytest.raises(ChangedMeanwhile):
        overtaken(acting, notice)


def test_a_sealed_order_that_cannot_be_worked_out_is_counted_and_not_named(acting: Acting, notice: Order) -> None:
    with acting("test.tampered") as work:
        work.session.scalars(select(Event).where(Event.record_id == notice.id, Event.kind == "served")).one().happened_at = None
        work.session.get_one(Order, notice.id).access = "sealed"
    with acting("job.sync_deadlines") as work:
        assert sync_all(work) == Synced(records=1, failed=1)


def test_nobody_is_there_to_ask_only_where_the_order_names_nobody_that_the_officer_may_know_of(acting: Acting) -> None:
    decided = NewEvent(EventKind.EXPIRY_DECIDED, date(2026, 11, 20), details={"decision": "let_expire", "view": "nobody_to_ask"})
    with acting() as work:
        named = a_made_order(work, protected=[a_person(work, surname="Joseph")])
        restricted = a_made_order(work, protected=[a_person(work, surname="Joseph", access="restricted")])
        sealed = a_made_order(work, protected=[a_person(work, surname="Joseph", access="sealed")])
        for_all = a_made_order(work)
    officer = Actor(None, "PC 4471", Viewer(user_id=4471, roles=frozenset({Role.ORDERS_DESK})))
    for order in (named, restricted):
        with acting(actor=officer) as work, pytest.raises(RuleBroken, match="The order names a protected person") as refused:
            record_event(work, reference=order.reference, version=order.version, event=decided)
        assert refused.value.field == "view"
    for order in (for_all, sealed):
        with acting(actor=officer) as work:
            assert record_event(work, reference=order.reference, version=order.version, event=decided).id

"""Recording orders: what is written, what is refused, and what the record that came before is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Deadline, Event, Order, OrderVersion
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.errors import NotFound, RulesBroken
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, NewProtected, check_order, record_order, record_orders
from orders_app.services.work import Work
from tests.conftest import Acting
from tests.factories import a_person

SATURDAY_NIGHT = datetime(2026, 11, 21, 22, 40, tzinfo=UTC)


def a_dvpn(work: Work, **changes: object) -> NewOrder:
    subject, protected = a_person(work), a_person(work, surname="Morgan", forenames="Siân")
    values = {
        "order_type": "dvpn",
        "person_id": subject.id,
        "authorised_rank": "superintendent",
        "events": (
            NewEvent(EventKind.AUTHORISED, date(2026, 11, 21), datetime(2026, 11, 21, 20, 5, tzinfo=UTC)),
            NewEvent(EventKind.SERVED, date(2026, 11, 21), SATURDAY_NIGHT),
        ),
        "conditions": (NewCondition("Not to contact Siân Morgan by any means.", "No contact with Siân Morgan"),),
        "protected": (NewProtected(protected.id, "former partner"),),
    }
    return NewOrder(**{**values, **changes})


def a_dvpo(notice: Order, last_day: date, **changes: object) -> NewOrder:
    made = NewEvent(EventKind.MADE, date(2026, 11, 24), datetime(2026, 11, 24, 11, tzinfo=UTC))
    values = {"end_kind": EndKind.FIXED, "stated_ends_on": last_day, "follows_id": notice.id, "events": (made,)}
    return NewOrder("dvpo", notice.person_id, **{**values, **changes})


def test_a_notice_served_on_saturday_night_is_heard_with_sunday_left_out(acting: Acting, session: Session) -> None:
    with acting("order.recorded") as work:
        order = record_order(work, a_dvpn(work))
        reference = order.reference
    hearing = session.scalars(select(Deadline).where(Deadline.duty_key == "court_hearing")).one()
    assert reference == "DVPN-2026-0001"
    assert hearing.due_at == datetime(2026, 11, 24, 22, 40, tzinfo=UTC)
    assert "Sunday 22 November" in hearing.because
    assert session.scalars(select(Order)).one().served_on == date(2026, 11, 21)


def test_every_row_is_in_the_audit_log_with_who_and_what_for(acting: Acting, session: Session) -> None:
    with acting("order.recorded") as work:
        order = record_order(work, a_dvpn(work))
    logged = session.scalars(select(AuditEvent).where(AuditEvent.record_id == order.id)).all()
    assert {row.subject_type for row in logged} >= {"orders", "conditions", "protected_people", "events", "deadlines", "order_versions"}
    assert {(row.actor, row.action) for row in logged} == {("Test", "order.recorded")}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"authorised_rank": "inspector"}, "authorised_rank", "superintendent"),
        ({"events": (NewEvent(EventKind.SERVED, date(2026, 11, 21)),)}, "served_at", "time"),
        ({"events": (NewEvent(EventKind.SERVED, date(2026, 11, 23), datetime(2026, 11, 23, 1, tzinfo=UTC)),)}, "served_at", "future"),
    ],
)
def test_what_the_law_refuses_is_refused_beside_its_field(acting: Acting, changes: dict[str, object], field: str, words: str) -> None:
    with acting() as work:
        found = check_order(work, a_dvpn(work, **changes))
    assert [problem for problem in found if problem.field == field and words in problem.message], [(p.field, p.message) for p in found]


def test_nothing_is_left_of_an_order_that_is_refused(acting: Acting, session: Session) -> None:
    with pytest.raises(RulesBroken), acting() as work:
        record_orders(work, [a_dvpn(work), a_dvpn(work, authorised_rank="inspector")])
    assert session.scalars(select(Order)).all() == []
    assert session.scalars(select(AuditEvent)).all() == []


def test_the_subject_cannot_be_protected_from_themselves(acting: Acting) -> None:
    with acting() as work:
        person = a_person(work)
        new = a_dvpn(work, person_id=person.id, protected=(NewProtected(person.id),))
        assert "protected" in {problem.field for problem in check_order(work, new)}


def test_a_29_day_dvpo_is_refused_and_a_28_day_one_ends_on_its_28th_day(acting: Acting, session: Session) -> None:
    with acting() as work:
        notice = record_order(work, a_dvpn(work))
        assert [p.field for p in check_order(work, a_dvpo(notice, date(2026, 12, 22))) if "29 days" in p.message] == ["ends_on"]
    with acting(now=datetime(2026, 11, 24, 12, tzinfo=UTC)) as work:
        order = record_order(work, a_dvpo(notice, date(2026, 12, 21)))
        assert (order.made_on, order.ends_on, order.ended_on) == (date(2026, 11, 24), date(2026, 12, 21), None)


def test_an_order_that_follows_a_notice_ends_it(acting: Acting, session: Session) -> None:
    with acting() as work:
        notice = record_order(work, a_dvpn(work))
    with acting(now=datetime(2026, 11, 24, 12, tzinfo=UTC)) as work:
        record_order(work, a_dvpo(notice, date(2026, 12, 21)))
    told = session.scalars(select(Event).where(Event.record_id == notice.id, Event.kind == "application_granted")).one()
    assert told.happened_on == date(2026, 11, 24)
    assert session.get_one(Order, notice.id).ended_on == date(2026, 11, 24)


def test_references_count_on_within_a_type_and_year(acting: Acting) -> None:
    with acting() as work:
        orders = record_orders(work, [a_dvpn(work), a_dvpn(work)])
    with acting() as work:
        orders += record_orders(work, [a_dvpn(work)])
    assert [order.reference for order in orders] == ["DVPN-2026-0001", "DVPN-2026-0002", "DVPN-2026-0003"]


def test_a_person_that_is_not_there_is_not_found(acting: Acting) -> None:
    with acting() as work, pytest.raises(NotFound):
        check_order(work, a_dvpn(work, person_id=999_999))


def test_an_order_begins_with_one_version(acting: Acting, session: Session) -> None:
    with acting() as work:
        order = record_order(work, a_dvpn(work))
    assert [(v.number, v.made_on) for v in session.scalars(select(OrderVersion).where(OrderVersion.order_id == order.id))] == [
        (1, date(2026, 11, 21))
    ]

"""What was recorded of an order is put right: with a reason, within the law, and with what it said before still to be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Deadline, Event, EventCorrection, Order, OrderCorrection, OrderVersion, ProtectedPerson
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.corrections import Correction, check_correction
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, NewProtected, record_order
from orders_app.services.work import Actor
from tests.conftest import NOW, Acting
from tests.factories import a_person
from tests.order_cases import AREAS_OF_LAW, NO_CONTACT, a_made_order, a_served_notice
from tests.services.corrected_orders import NO_ENTRY, WHY, a_spo_of_three_years, corrected, stored, the_correction

MADE = date(2026, 10, 2)
DESK = Viewer(user_id=4471, roles=frozenset({Role.ORDERS_DESK}))


@pytest.fixture
def order(acting: Acting) -> Order:
    return a_spo_of_three_years(acting)


def test_a_court_put_right_is_so_everywhere_and_what_was_said_is_kept(acting: Acting, session: Session, order: Order) -> None:
    corrected(acting, order, Correction(stated={"court": "Eastbridge", "court_reference": "EB 26/114"}))
    now = stored(session, order)
    made = session.scalars(select(Event).where(Event.kind == "made")).one()
    assert (now.court_reference, {now.court, now.versions[0].court, made.details["court"]}) == ("EB 26/114", {"Eastbridge"})
    kept = the_correction(session)
    assert kept.changes["order"]["court"] == {"from": "Northmere Magistrates' Court", "to": "Eastbridge"}
    assert (kept.reason, kept.corrected_at, kept.made_upon, kept.moved) == (WHY, NOW, order.version, [])
    assert session.scalars(select(EventCorrection)).one().former["details"] == {"court": "Northmere Magistrates' Court"}


def test_every_changed_row_is_in_the_log_with_the_reason(acting: Acting, session: Session, order: Order) -> None:
    corrected(acting, order, Correction(stated={"court": "Eastbridge"}, changed={1: replace(NO_CONTACT, short_form="No contact")}))
    session.rollback()
    rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "order.corrected")).all()
    assert {row.reason for row in rows} == {WHY}
    assert {(row.subject_type, row.record_id) for row in rows} >= {
        (kind, order.id) for kind in ("orders", "conditions", "order_corrections", "events", "order_versions")
    }
    words = next(row.changes["short_form"] for row in rows if row.subject_type == "conditions")
    assert words == {"from": NO_CONTACT.short_form, "to": "No contact"}


def test_a_corrected_end_moves_its_deadlines_at_once_and_says_which(acting: Acting, session: Session, order: Order) -> None:
    correction = Correction(stated={"stated_ends_on": date(2028, 10, 1)})
    with acting(now=NOW) as work:
        planned = check_correction(work, reference=order.reference, correction=correction)
    assert (date(2029, 10, 1), date(2028, 10, 1)) in {(m.before.due_on, m.after.due_on) for m in planned.moved if m.before and m.after}
    assert stored(session, order).ends_on == date(2029, 10, 1)  # asking changes nothing
    corrected(acting, order, correction)
    assert (stored(session, order).ends_on, stored(session, order).versions[0].stated_ends_on) == (date(2028, 10, 1),) * 2
    open_ends = select(Deadline.due_on).where(Deadline.duty_key == "order_ends", Deadline.cancelled_at.is_(None))
    assert session.scalars(open_ends).all() == [date(2028, 10, 1)]
    assert [m["title"] for m in the_correction(session).moved] == [m.title for m in planned.moved]


def test_the_day_made_and_the_end_are_put_right_together(acting: Acting, session: Session) -> None:
    with acting() as work:
        dvpo = a_made_order(work, order_type="dvpo", made_on=date(2026, 11, 10), end_kind=EndKind.FIXED, stated_ends_on=date(2026, 12, 7))
    later = {EventKind.MADE: NewEvent(EventKind.MADE, date(2026, 11, 12))}
    corrected(acting, dvpo, Correction(events=later, stated={"stated_ends_on": date(2026, 12, 9)}))
    now = stored(session, dvpo)
    assert (now.made_on, now.ends_on, now.versions[0].made_on) == (date(2026, 11, 12), date(2026, 12, 9), date(2026, 11, 12))
    assert the_correction(session).changes["events"] == {"made": {"from": "2026-11-10", "to": "2026-11-12"}}


# The corrected order, what is wrong with it by then: field, words, section
REFUSED: list[tuple[str, Correction, str, str]] = [
    ("dvpo", Correction(stated={"stated_ends_on": date(2026, 12, 8)}), "ends_on", "s.28(10)"),
    ("dvpo", Correction(events={EventKind.MADE: NewEvent(EventKind.MADE, date(2026, 11, 9))}), "ends_on", "s.28(10)"),
    ("dvpo", Correction(stated={"end_kind": "until_further_order", "stated_ends_on": None}), "end_kind", "s.28(10)"),
    ("spo", Correction(stated={"end_kind": "fixed", "stated_ends_on": date(2027, 10, 1)}), "ends_on", "s.3(2)"),
    ("shpo", Correction(changed={1: NewCondition("Not to leave the UK.", "No travel", is_travel=True)}), "conditions.1.ends_on", "s.103D"),
    ("dvpo", Correction(changed={1: replace(NO_CONTACT, ends_on=date(2027, 1, 1))}), "conditions.1.ends_on", "s.28"),
]


@pytest.mark.parametrize(("code", "correction", "field", "section"), REFUSED)
def test_what_the_law_refuses_of_the_order_as_corrected_is_refused(
    acting: Acting, session: Session, code: str, correction: Correction, field: str, section: str
) -> None:
    fixed = {"end_kind": EndKind.FIXED, "stated_ends_on": date(2026, 12, 7)} if code == "dvpo" else {}
    with acting() as work:
        order = a_made_order(work, order_type=code, made_on=date(2026, 11, 10), **fixed)
    with pytest.raises(RulesBroken) as refused:
        corrected(acting, order, correction)
    assert (refused.value.field, section in str(refused.value.citation)) == (field, True)
    session.rollback()
    assert session.scalars(select(OrderCorrection)).all() == []


def test_an_inspector_cannot_have_authorised_a_notice(acting: Acting) -> None:
    with acting() as work:
        notice = a_served_notice(work)
    with pytest.raises(RulesBroken, match="superintendent") as refused:
        corrected(acting, notice, Correction(stated={"authorised_rank": "inspector"}))
    assert refused.value.field == "authorised_rank"


def test_what_was_unlawful_already_is_no_bar_unless_it_is_what_is_corrected(acting: Acting, session: Session, order: Order) -> None:
    with acting("test.tampered") as work:
        work.session.get_one(Order, order.id).stated_ends_on = date(2027, 10, 1)
    order = stored(session, order)
    still = Correction(stated={"stated_ends_on": date(2027, 10, 2)})
    with pytest.raises(RulesBroken, match="too early"):
        corrected(acting, order, still)
    corrected(acting, order, Correction(stated={"court_reference": "EB 26/114"}))
    assert stored(session, order).court_reference == "EB 26/114"


def test_protected_people_are_taken_off_added_and_said_anew(acting: Acting, session: Session, order: Order) -> None:
    with acting() as work:
        right = a_person(work, surname="Joseph", forenames="Anne").id
    wrong = stored(session, order).protected[0].person_id
    corrected(acting, order, Correction(protected=(NewProtected(right, "mother"),), unprotected=frozenset({wrong})))
    assert [(row.person_id, row.relationship_to_subject) for row in stored(session, order).protected] == [(right, "mother")]
    corrected(acting, stored(session, order), Correction(protected=(NewProtected(right, "sister"),)))
    session.rollback()
    assert session.scalars(select(ProtectedPerson.relationship_to_subject)).all() == ["sister"]
    said = session.scalars(select(OrderCorrection).order_by(OrderCorrection.id)).all()
    assert [(row.person_id, row.changes) for row in said] == [
        (right, {"protected": {"from": None, "to": "mother"}}),
        (wrong, {"protected": {"from": "former partner", "to": None}}),
        (right, {"protected": {"from": "mother", "to": "sister"}}),
    ]


def test_an_order_cannot_wait_for_the_end_of_an_order_that_it_does_not_follow(acting: Acting) -> None:
    with acting() as work:
        scpo = a_made_order(work, order_type="scpo", end_kind=EndKind.FIXED, stated_ends_on=date(2030, 10, 1))
    with pytest.raises(RulesBroken, match="whose end it waits for") as refused:
        corrected(acting, scpo, Correction(stated={"starts_on_other_end": True}))
    assert refused.value.field == "starts_on_other_end"


def test_the_subject_cannot_be_protected(acting: Acting, order: Order) -> None:
    with pytest.raises(RulesBroken, match="subject"):
        corrected(acting, order, Correction(protected=(NewProtected(order.person_id),)))


def test_a_protected_person_too_young_for_the_act_is_refused(acting: Acting) -> None:
    with acting() as work:
        notice = a_served_notice(work, order_type="dapn", details=AREAS_OF_LAW["dapn"])
        child = a_person(work, surname="Joseph", forenames="Ben", born_on=date(2015, 1, 2))
    with pytest.raises(RulesBroken, match="16 or over"):
        corrected(acting, notice, Correction(protected=(NewProtected(child.id),)))


def test_a_correction_needs_a_reason_and_something_different(acting: Acting, order: Order) -> None:
    with pytest.raises(RuleBroken, match="why"):
        corrected(acting, order, Correction(stated={"court": "Eastbridge"}), reason=" ")
    same = Correction(stated={"court": order.court}, changed={2: replace(NO_ENTRY, template_key="contact", template_version=1)})
    with pytest.raises(RuleBroken, match="Nothing is different"):
        corrected(acting, order, same)


def test_only_what_is_recorded_of_an_order_can_be_put_right(acting: Acting, order: Order) -> None:
    with pytest.raises(ValueError, match="person_id"):
        corrected(acting, order, Correction(stated={"person_id": 1}))


def test_a_decision_that_is_not_recorded_yet_is_recorded_and_not_put_right(acting: Acting) -> None:
    with acting() as work:
        lodged = NewEvent(EventKind.APPLICATION_LODGED, date(2026, 11, 2))
        order = record_order(work, NewOrder("spo", a_person(work).id, events=(lodged,), court="Northmere"))
    with pytest.raises(RulesBroken, match="not been recorded yet"):
        corrected(acting, order, Correction(events={EventKind.MADE: NewEvent(EventKind.MADE, MADE)}))


def test_a_decision_cannot_be_put_into_the_future(acting: Acting, order: Order) -> None:
    with pytest.raises(RulesBroken, match="future"):
        corrected(acting, order, Correction(events={EventKind.MADE: NewEvent(EventKind.MADE, date(2026, 11, 23))}))


def test_a_day_that_no_deadline_can_be_worked_out_from_is_refused(acting: Acting) -> None:
    with acting() as work:
        notice = a_served_notice(work)
    without_time = {EventKind.AUTHORISED: NewEvent(EventKind.AUTHORISED, date(1926, 11, 21))}
    with pytest.raises(RuleBroken):
        corrected(acting, notice, Correction(events=without_time))


def test_two_officers_at_once_the_second_is_told(acting: Acting, order: Order) -> None:
    corrected(acting, order, Correction(stated={"court": "Eastbridge"}))
    with pytest.raises(ChangedMeanwhile):
        corrected(acting, order, Correction(stated={"court": "Westholme"}))


def test_an_order_or_a_person_kept_from_the_officer_is_not_found(acting: Acting, order: Order) -> None:
    stranger = Actor(4471, "PC 4471", DESK)
    with acting() as work:
        hidden = a_person(work, surname="Hart", forenames="Eve", access=Access.SEALED).id
    with pytest.raises(NotFound):
        corrected(acting, order, Correction(protected=(NewProtected(hidden),)), actor=stranger)
    with acting() as work:
        work.session.get_one(Order, order.id).access = Access.SEALED
    with pytest.raises(NotFound):
        corrected(acting, order, Correction(stated={"court": "Eastbridge"}), actor=stranger)


def test_the_first_day_in_force_of_the_first_version_follows(acting: Acting, session: Session) -> None:
    with acting() as work:
        shpo = a_made_order(work, order_type="scpo", end_kind=EndKind.FIXED, stated_ends_on=date(2030, 10, 1))
    corrected(acting, shpo, Correction(stated={"stated_in_force_from": date(2026, 11, 1)}))
    session.rollback()
    assert session.scalars(select(OrderVersion.in_force_from)).one() == date(2026, 11, 1)
    assert datetime(2026, 11, 22, 8, 14, tzinfo=UTC) == the_correction(session).corrected_at

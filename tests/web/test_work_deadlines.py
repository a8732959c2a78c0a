"""One deadline: its page, and the forms to assign it, note something, snooze it or wait on somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Absence, AccessGrant, Alert, AuditEvent, Deadline, Event, Order, Record
from orders_app.rules.facts import EventKind
from orders_app.services.alerts import raise_alerts
from orders_app.services.order_events import record_event, void_event
from orders_app.services.orders import NewEvent
from tests.conftest import NOW, Acting
from tests.factories import a_user, lock_out
from tests.order_cases import a_made_order
from tests.services.alert_cases import utc
from tests.web.conftest import Officer, SignedInAs
from tests.web.reading import Page
from tests.web.work_desk import STAGES, Desk


def test_assigning_moves_it_to_the_colleagues_list(aisha: Officer, desk: Desk, signed_in_as: SignedInAs) -> None:
    address = f"/work/{desk.references[0]}/1/assign"
    assert "Ben Okafor" in aisha.get(address).text
    page = aisha.post(address, data={"username": "ben", "former": ""}, follow_redirects=True).text
    assert f"Assigned to {desk.colleague.display_name}" in page
    assert "Mine (2)" in aisha.get("/work").text
    assert "TIDESWELL" in signed_in_as(desk.colleague).get("/work").text


def test_who_is_away_or_cannot_sign_in_is_listed_with_the_reason_and_not_to_be_chosen(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        elsewhere = a_user(work, username="paused", name="Paul Paused")
        work.session.add(Absence(user_id=desk.colleague.id, from_on=NOW.date(), until_on=date(2026, 12, 3), covered_by_id=desk.officer.id))
        lock_out(work, "paused", until=NOW + timedelta(minutes=15))
    address = f"/work/{desk.references[0]}/1/assign"
    shown = aisha.get(address).text
    away = f"away until Thursday 3 December 2026, covered by {desk.officer.display_name}"
    assert f'<option value="ben" disabled>{desk.colleague.display_name} ({away})</option>' in shown
    assert f'<option value="paused" disabled>{elsewhere.display_name} (cannot sign in until 08:29 today)</option>' in shown
    refused = Page(aisha.post(address, data={"username": "ben", "former": ""}).text)
    assert "is away and back on Friday 4 December 2026" in refused.problems


def test_assigning_what_somebody_else_assigned_meanwhile_says_who_has_it_and_loses_nothing(
    aisha: Officer, desk: Desk, acting: Acting
) -> None:
    with acting() as work:
        carol = a_user(work, team=desk.team, name="Carol Hewitt", username="carol")
    address = f"/work/{desk.references[0]}/1/assign"
    aisha.post(address, data={"username": "ben", "former": ""})
    answer = aisha.post(address, data={"username": carol.username, "former": ""})
    page = Page(answer.text)
    assert answer.status_code == 409
    assert f"{desk.colleague.display_name} has it now, given by {desk.officer.display_name}, 08:14 today." in page.main
    assert ("Open the deadline as it is now", f"/work/{desk.references[0]}/1") in page.links
    assert "ben" not in page.main.split()
    assert f'<option value="{carol.username}" selected' in answer.text.replace(' selected=""', " selected")
    done = aisha.post(address, data={"username": carol.username, "former": page.inputs["former"]}, follow_redirects=True)
    assert f"Assigned to {carol.display_name}" in done.text


def test_taking_back_what_somebody_else_was_given_meanwhile_says_who(aisha: Officer, desk: Desk) -> None:
    here = f"/work/{desk.references[0]}/1"
    aisha.post(f"{here}/assign", data={"username": "ben", "former": ""})
    said = Page(aisha.post(f"{here}/give-back", data={"former": "carol"}, follow_redirects=True).text).main
    assert f"{desk.colleague.display_name} has it now, given by {desk.officer.display_name}, 08:14 today" in said


def test_notes_snooze_and_waiting(aisha: Officer, desk: Desk) -> None:
    here = f"/work/{desk.references[1]}/1"
    assert "Rang the court" in aisha.post(f"{here}/note", data={"text": "Rang the court"}, follow_redirects=True).text
    typed = {"until_on-day": "25", "until_on-month": "11", "until_on-year": "2026", "reason": "Solicitor’s view awaited"}
    page = aisha.post(f"{here}/snooze", data=typed, follow_redirects=True).text
    assert "Until Wednesday 25 November: Solicitor’s view awaited" in page
    page = aisha.post(f"{here}/wait", data={"whom": "the CPS"}, follow_redirects=True).text
    assert "On the CPS, since Sunday 22 November" in aisha.get("/work?tab=waiting").text
    assert "Mine (2)" in aisha.get("/work").text


@pytest.mark.parametrize(
    ("page", "typed", "says"),
    [
        ("note", {"text": " "}, "Enter the note"),
        ("note", {"text": "Paid with 4111 1111 1111 1111"}, "This has a card number in it. Take it out"),
        ("snooze", {"until_on": "2026-11-21", "reason": "x"}, "The day must be after today"),
        ("snooze", {"reason": "x"}, "Enter the day it is to come back"),
        ("assign", {"username": ""}, "Choose an officer"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(page: str, typed: dict[str, str], says: str, aisha: Officer, desk: Desk) -> None:
    answer = aisha.post(f"/work/{desk.references[1]}/1/{page}", data=typed)
    assert answer.status_code == 200
    assert "<title>Error: " in answer.text
    assert says in answer.text


def test_a_page_of_a_deadline_is_logged(aisha: Officer, desk: Desk, session: Session) -> None:
    aisha.get(f"/work/{desk.references[0]}/1")
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "deadline.viewed")).one()
    assert (row.actor_id, row.changes) == (desk.officer.id, {"what": "Deadline"})


def test_who_is_named_on_a_restricted_record_says_why_and_works_it(acting: Acting, desk: Desk, aisha: Officer, session: Session) -> None:
    with acting() as work:
        row = desk.row(work, "restricted", utc(2026, 11, 24), surname="Named", access="restricted")
        work.session.add(AccessGrant(record_id=row.record_id, user_id=desk.officer.id, granted_at=NOW, reason="Owner"))
    assert "NAMED, Jason" in aisha.get("/work").text
    here = f"/work/{desk.references[3]}/1"
    asked = aisha.get(here)
    assert asked.location.endswith(f"/purpose?next={here}")
    assert aisha.post(asked.location, data={"reason": "Supervision"}).location == here
    assert aisha.get(here).status_code == 200
    logged = session.scalars(select(AuditEvent).where(AuditEvent.action == "deadline.viewed")).one()
    assert (logged.record_id, logged.reason) == (row.record_id, "Supervision")


def test_every_page_of_a_deadline_bears_the_persons_banner(aisha: Officer, desk: Desk) -> None:
    for rest in ("", "/assign", "/note", "/snooze", "/wait"):
        assert "Born 14 March 1988 (38)" in Page(aisha.get(f"/work/{desk.references[1]}/1{rest}").text).main


def test_acknowledging_on_its_own_page_comes_back_to_it(aisha: Officer, desk: Desk) -> None:
    here = f"/work/{desk.references[1]}/1"
    form = next(values for tag, values in Page(aisha.get(here).text).tags if tag == "form" and "acknowledge" in values.get("action", ""))
    (seen,) = (values["value"] for _, values in Page(aisha.get(here).text).tags if values.get("name") == "seen")
    assert aisha.post(form["action"], data={"seen": seen}).location == here


def test_a_date_set_by_law_that_has_passed_offers_no_snooze(aisha: Officer, desk: Desk) -> None:
    late, soon = (Page(aisha.get(f"/work/{reference}/1").text) for reference in desk.references[:2])
    assert "It cannot be snoozed: the law set this date, and it has passed." in late.main
    assert not [href for _, href in late.links if "/snooze?" in href]
    assert [href for _, href in soon.links if "/snooze?" in href]


def test_waiting_on_nobody_is_asked_again(aisha: Officer, desk: Desk) -> None:
    answer = aisha.post(f"/work/{desk.references[1]}/1/wait", data={"whom": " "})
    assert "Enter who has to act first" in Page(answer.text).problems


def test_what_is_due_stays_in_the_list_and_says_whom_it_waits_on(aisha: Officer, desk: Desk) -> None:
    said = aisha.post(f"/work/{desk.references[0]}/1/wait", data={"whom": "the CPS"}, follow_redirects=True).text
    assert "It falls due today or is overdue, so it stays in your list" in said
    listed = Page(aisha.get("/work").text).main
    assert "Still waiting on the CPS" in listed
    assert "Mine (3)" in listed


@pytest.mark.parametrize(("how", "says"), [("met", "24:00 met"), ("cancelled", "24:00 no longer needed")])
def test_what_is_done_with_is_not_said_to_be_late(aisha: Officer, desk: Desk, acting: Acting, how: str, says: str) -> None:
    with acting() as work:
        late = work.session.scalars(select(Deadline).where(Deadline.title == "late")).one()
        if how == "met":
            late.met_by_id = late.started_by_id
        else:
            late.cancelled_at = NOW
    shown = Page(aisha.get(f"/work/{desk.references[0]}/1").text).main
    assert (says in shown, "overdue" in shown.partition("What happened")[0], "What you can do" in shown) == (True, False, False)


def test_a_deadline_is_given_back_to_whoever_has_the_record(aisha: Officer, desk: Desk, session: Session) -> None:
    here = f"/work/{desk.references[1]}/1"
    assert "give-back" not in aisha.get(here).text
    aisha.post(f"{here}/assign", data={"username": "ben", "former": ""})
    assert "give-back" in aisha.get(here).text
    assert "Given back to whoever has the record" in aisha.post(f"{here}/give-back", data={"former": "ben"}, follow_redirects=True).text
    alert = session.scalars(select(Alert).join(Deadline).where(Deadline.title == "soon")).one()
    assert (alert.recipient_id, alert.acknowledged_by_id) == (desk.officer.id, desk.officer.id), "whoever takes it themselves has seen it"
    assert session.scalars(select(Deadline.assigned_to_id).where(Deadline.title == "soon")).one() is None
    said = aisha.post(f"{here}/give-back", data={"former": "ben"}, follow_redirects=True).text
    assert f"Whoever has the record has it now, given back by {desk.officer.display_name}" in said, "somebody was there first"


def test_a_later_stage_speaks_before_the_day_that_was_chosen(aisha: Officer, desk: Desk) -> None:
    address, reason = f"/work/{desk.references[1]}/1/snooze", {"reason": "The court sits then"}
    asked = Page(aisha.get(address).text).main
    assert "It speaks again on Wednesday 25 November 2026 (on the day it falls due), or on the day you choose, whichever is first." in asked
    for number, says in (
        ("24", "Quiet until Tuesday 24 November 2026. It stays in the list and comes back on that day"),
        ("25", "Quiet until Wednesday 25 November 2026. It stays in the list and comes back on that day"),
        ("27", "Quiet until Friday 27 November 2026 at the latest. It stays in the list, and speaks again on Wednesday 25 November 2026"),
    ):
        day = {"until_on-day": number, "until_on-month": "11", "until_on-year": "2026"}
        assert says in Page(aisha.post(address, data={**day, **reason}, follow_redirects=True).text).main


def test_where_no_stage_comes_within_a_snooze_none_is_promised(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        desk.row(work, "long over", utc(2026, 10, 1), surname="Sefton", alert_class="review", duty_key="check", rule_class="policy")
        raise_alerts(work, stages=STAGES)
    asked = Page(aisha.get(f"/work/{desk.references[3]}/1/snooze").text).main
    assert "Quiet until" in asked
    assert "It speaks again" not in asked


def test_a_snooze_can_be_ended(aisha: Officer, desk: Desk, session: Session) -> None:
    here = f"/work/{desk.references[1]}/1"
    day = {"until_on-day": "24", "until_on-month": "11", "until_on-year": "2026"}
    aisha.post(f"{here}/snooze", data={**day, "reason": "The court sits then"})
    assert "End the snooze" in aisha.get(here).text
    page = Page(aisha.post(f"{here}/wake", follow_redirects=True).text)
    assert "Quiet no longer" in page.main
    assert "End the snooze" not in page.main
    assert session.scalars(select(Alert.snoozed_until_on)).all() == [None, None, None]
    assert "It is not quiet any more" in aisha.post(f"{here}/wake", follow_redirects=True).text


@pytest.fixture
def order(acting: Acting, aisha: Officer, desk: Desk) -> str:
    """Made on 2 October, attempted on the 3rd, served on the 5th."""
    events = [NewEvent(EventKind.SERVICE_ATTEMPTED, date(2026, 10, 3)), NewEvent(EventKind.SERVED, date(2026, 10, 5))]
    with acting("order.recorded") as work:
        order = a_made_order(work, owner_id=desk.officer.id)
        for event in events:
            record_event(work, reference=order.reference, version=order.version, event=event)
        return order.reference


def numbered(session: Session, reference: str, duty_key: str) -> int:
    session.rollback()
    record_id = select(Record.id).where(Record.reference == reference).scalar_subquery()
    keys = session.scalars(select(Deadline.duty_key).where(Deadline.record_id == record_id).order_by(Deadline.id))
    return [*keys].index(duty_key) + 1


def test_a_met_deadline_says_what_met_it_and_leads_to_it(aisha: Officer, order: str, session: Session) -> None:
    page = Page(aisha.get(f"/work/{order}/{numbered(session, order, 'service')}").text)
    assert "It was met: served Monday 5 October 2026." in page.main
    assert ("served Monday 5 October 2026", f"/orders/{order}#event-3") in page.links
    assert "Served Monday 5 October 2026" in page.main.partition("What happened")[2]
    (entry,) = [values for _, values in Page(aisha.get(f"/orders/{order}").text).tags if values.get("id") == "event-3"]
    assert "moj-timeline__item" in entry["class"]


def test_what_met_it_before_is_named_after_it_was_struck_out(aisha: Officer, order: str, acting: Acting, session: Session) -> None:
    served = session.scalars(select(Event).where(Event.kind == EventKind.SERVED)).one()
    version = session.scalars(select(Order.version).where(Order.reference == order)).one()
    with acting("order.event_voided") as work:
        void_event(work, event_id=served.id, version=version, reason="Another order")
    told = Page(aisha.get(f"/work/{order}/{numbered(session, order, 'service')}").text).main
    assert "It was met:" not in told
    assert "Served Monday 5 October 2026" in told.partition("What happened")[2]
    assert "Open again" in told


@pytest.mark.parametrize(
    ("word", "says"), [("by", "It is no longer needed: what is recorded does not ask for it any more."), ("until", "The date has passed.")]
)
def test_what_was_not_met_says_why_nothing_is_left_to_do(aisha: Officer, desk: Desk, acting: Acting, word: str, says: str) -> None:
    with acting() as work:
        late = work.session.scalars(select(Deadline).where(Deadline.title == "late")).one()
        late.cancelled_at, late.word = NOW, word
    assert says in Page(aisha.get(f"/work/{desk.references[0]}/1").text).main

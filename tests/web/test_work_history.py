"""One timeline of everything that happened to a deadline, with who, when and why."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Alert, Deadline, Delivery, Record, User
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services import deadline_work
from orders_app.services.absences import enter_absence
from orders_app.services.alerts import raise_alerts
from orders_app.services.escalation import escalate
from orders_app.services.hand_overs import hand_over
from orders_app.services.work import Actor, Work
from tests.conftest import NOW, Acting
from tests.factories import a_user, lock_out
from tests.order_cases import a_made_order
from tests.services.alert_cases import utc
from tests.web.conftest import Officer, Statements
from tests.web.reading import Page
from tests.web.work_desk import STAGES, Desk


def actor_of(user: User) -> Actor:
    return Actor(user.id, user.display_name, Viewer(user.id, team_id=user.team_id, roles=frozenset({Role.ORDERS_SUPERVISOR})))


class Told:
    """The timeline of the late deadline of the desk, an entry each, oldest first; and all that its page says."""

    def __init__(self, officer: Officer, desk: Desk) -> None:
        html = officer.get(f"/work/{desk.references[0]}/1").text
        entries = html.split('class="moj-timeline__item')[1:]
        self.entries = [Page('<main class="' + entry + "</main>").main for entry in reversed(entries)]
        self.page = Page(html).main


def act_on(desk: Desk, acting: Acting, action: str, at: datetime, *, by: User | None = None) -> AbstractContextManager[Work]:
    return acting(action, now=at, actor=actor_of(by or desk.officer))


@pytest.fixture
def where(desk: Desk) -> dict[str, Any]:
    return {"reference": desk.references[0], "number": 1}


def test_everything_an_officer_did_is_told_with_who_and_why(aisha: Officer, desk: Desk, acting: Acting, where: dict[str, Any]) -> None:
    hour = timedelta(hours=1)
    with act_on(desk, acting, "deadline.noted", NOW + hour) as work:
        deadline_work.write_note(work, **where, text="Rang the court. No answer.")
    with act_on(desk, acting, "deadline.assigned", NOW + 2 * hour) as work:
        deadline_work.assign(work, **where, username="ben", former="")
    with act_on(desk, acting, "alert.acknowledged", NOW + 3 * hour, by=desk.colleague) as work:
        alert = work.session.scalars(select(Alert).join(Deadline).where(Deadline.title == "late")).one()
        deadline_work.acknowledge(work, seen=[deadline_work.Seen(desk.references[0], 1, alert.stage, alert.raised_at)])
    with act_on(desk, acting, "deadline.waits", NOW + 4 * hour, by=desk.colleague) as work:
        deadline_work.wait_on(work, **where, whom="the CPS")
    with act_on(desk, acting, "deadline.waits", NOW + 5 * hour, by=desk.colleague) as work:
        deadline_work.wait_on(work, **where, whom="")
    told = Told(aisha, desk)
    expected = [
        ("Worked out from what was recorded by Test", "To be met by Thursday 19 November 2026, 24:00"),
        ("Warned: overdue", f"Heard by {desk.officer.display_name}"),
        (f"Note by {desk.officer.display_name}", "Rang the court. No answer."),
        (f"Assigned to {desk.colleague.display_name} by {desk.officer.display_name}", "Sunday 22 November 2026, 10:14"),
        (f"Acknowledged by {desk.colleague.display_name}", "Sunday 22 November 2026, 11:14"),
        (f"Waiting on the CPS by {desk.colleague.display_name}", "12:14"),
        (f"Waiting on nobody else any more by {desk.colleague.display_name}", "13:14"),
    ]
    assert len(told.entries) == len(expected), told.entries
    for entry, (title, says) in zip(told.entries, expected, strict=True):
        assert title in entry
        assert says in entry
    assert "Sunday 22 November 2026, 08:14" in told.entries[1], "as it was raised, before it was given to somebody else"


def test_each_step_up_is_told_even_when_a_later_one_took_its_place(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        leader = a_user(work, Role.ORDERS_SUPERVISOR, team=desk.team, leads_team=True, name="Sam Sergeant")
        inspector = a_user(work, Role.DUTY_INSPECTOR, name="Ina Inspector")
    for days in range(1, 9):
        with acting("alerts.escalated", now=NOW + timedelta(days=days)) as work:
            escalate(work, stages=STAGES)
            escalate(work, stages=STAGES)
    told = Told(aisha, desk)
    said = " ".join(told.entries)
    assert said.count(f"Passed up to {leader.display_name}") == 1
    assert said.count(f"Passed up to {inspector.display_name}") == 1
    assert said.index(leader.display_name) < said.index(inspector.display_name)


def test_what_moved_it_met_it_and_opened_it_again_is_told(aisha: Officer, desk: Desk, acting: Acting) -> None:
    changes: list[dict[str, object]] = [
        {"act_by_at": utc(2026, 11, 27), "due_on": date(2026, 11, 26)}, {"met": True}, {"met": False},
            {"cancelled_at": NOW}, {"cancelled_at": None},
    ]  # fmt: skip
    for hours, change in enumerate(changes, 1):
        at = NOW + timedelta(hours=hours)
        with acting("order.recorded", now=at) as work:
            row = work.session.scalars(select(Deadline).where(Deadline.title == "late")).one()
            if "met" in change:
                row.met_by_id = row.started_by_id if change["met"] else None
            for name, value in change.items():
                if name != "met":
                    setattr(row, name, value)
            work.session.flush()
            raise_alerts(work, stages=STAGES)
    told = Told(aisha, desk)
    said = " | ".join(told.entries)
    for title in (
        "The date moved by Test", "To be met by Thursday 26 November 2026, 24:00. Before: to be met by Thursday 19 November 2026, 24:00",
        "Because the date moved", "Met by Test", "Because the deadline was met", "What met it was struck out or corrected",
        "No longer needed by Test", "Because it is no longer needed", "What was recorded asks for it again",
    ):  # fmt: skip
        assert title in said, title
    assert said.count("Open again") == 2


@pytest.mark.parametrize(
    ("word", "says"),
    [("by", "To be met by Thursday"), ("before", "To be met before Thursday"), ("until", "Until Thursday"), ("at", "At Thursday")],
)
def test_what_passes_by_itself_is_not_said_to_be_met(aisha: Officer, desk: Desk, acting: Acting, word: str, says: str) -> None:
    with acting() as work:
        work.session.scalars(select(Deadline).where(Deadline.title == "late")).one().word = word
    assert f"{says} 19 November 2026, 24:00" in Told(aisha, desk).entries[0]


def test_a_note_keeps_its_paragraphs(aisha: Officer, desk: Desk, acting: Acting, where: dict[str, Any]) -> None:
    with act_on(desk, acting, "deadline.noted", NOW) as work:
        deadline_work.write_note(work, **where, text="Rang the court.\r\n\r\n<b>No answer.</b>")
    page = aisha.get(f"/work/{desk.references[0]}/1").text
    assert 'app-lines">Rang the court.\r\n\r\n&lt;b&gt;No answer.&lt;/b&gt;</div>' in page


def test_a_hand_over_is_told_once(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting("order.handed_over", now=NOW + timedelta(hours=1), actor=actor_of(desk.officer)) as work:
        record = work.session.scalars(select(Record).where(Record.reference == desk.references[0])).one()
        hand_over(work, reference=record.reference, version=record.version, note="Ring the court first", officer="ben")
    told = Told(aisha, desk)
    said = " | ".join(told.entries)
    assert f"Handed over to {desk.colleague.display_name}, Orders desk by {desk.officer.display_name}" in said
    assert "Ring the court first" in said
    assert "Assigned to" not in said


def test_why_an_alert_went_to_somebody_else_by_itself_is_told(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with act_on(desk, acting, "alert.acknowledged", NOW + timedelta(minutes=1)) as work:
        alert = work.session.scalars(select(Alert).join(Deadline).where(Deadline.title == "late")).one()
        alert.acknowledged_at, alert.acknowledged_by_id = work.now, desk.officer.id
    with acting() as work:
        lock_out(work, "aisha", until=NOW + timedelta(minutes=20))
        enter_absence(work, username="aisha", from_on=date(2026, 11, 23), until_on=date(2026, 11, 23), cover="ben")
    for minutes in (10, 30, 24 * 60, 48 * 60):
        with acting("alerts.raised", now=NOW + timedelta(minutes=minutes)) as work:
            raise_alerts(work, stages=STAGES)
    aisha_is, ben_is = desk.officer.display_name, desk.colleague.display_name
    told = Told(aisha, desk).entries
    assert f"Heard by {aisha_is}" in told[1]
    expected = [
        ("Sent on to Orders desk", f"{aisha_is} could not sign in: too many wrong passwords"),
        (f"Sent on to {aisha_is}", "They answer for it now"),
        (f"To be acknowledged again by {ben_is}", f"{aisha_is}, who had acknowledged it, is away"),
        (f"Sent on to {aisha_is}", "They answer for it now"),
    ]
    assert len(told[3:]) == len(expected), told
    for entry, (title, says) in zip(told[3:], expected, strict=True):
        assert title in entry
        assert says in entry


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("sent", "E-mailed to {}"), ("uncertain", "E-mailed to {}, and nobody knows whether it arrived"),
        ("refused", "The mail server would not take the e-mail to {}"), ("not_wanted", ""),
    ],
)  # fmt: skip
def test_what_was_sent_by_mail_is_told(aisha: Officer, desk: Desk, acting: Acting, state: str, says: str) -> None:
    with acting() as work:
        alert_id = work.session.scalars(select(Alert.id).join(Deadline).where(Deadline.title == "late")).one()
        moments = {"queued_at": NOW, "next_try_at": NOW, "settled_at": NOW + timedelta(minutes=1)}
        work.session.add(
            Delivery(user_id=desk.officer.id, kind="at_once", for_on=date(2026, 11, 22), alert_id=alert_id, state=state, **moments)
        )
    said = " | ".join(Told(aisha, desk).entries)
    assert (says.format(desk.officer.display_name) in said) if says else ("mail" not in said)


def test_it_takes_as_many_statements_whatever_happened(
    aisha: Officer, desk: Desk, acting: Acting, statements: Statements, where: dict[str, Any]
) -> None:
    path = f"/work/{desk.references[0]}/1"
    aisha.get(path)
    for hours in range(1, 12):
        former, username = ("ben", "aisha") if hours % 2 == 0 else ("" if hours == 1 else "aisha", "ben")
        with act_on(desk, acting, "deadline.assigned", NOW + timedelta(hours=hours)) as work:
            deadline_work.assign(work, **where, username=username, former=former)
            deadline_work.write_note(work, **where, text=f"Note {hours}")
    with statements() as seen:
        page = Page(aisha.get(path).text)
    assert len(seen) <= 12, seen
    assert "earlier" in page.main


def test_nothing_of_another_deadline_is_told(aisha: Officer, desk: Desk, acting: Acting, session: Session) -> None:
    with acting("deadline.noted", actor=actor_of(desk.officer)) as work:
        deadline_work.write_note(work, reference=desk.references[1], number=1, text="About another")
    assert "About another" not in Told(aisha, desk).page


def test_what_was_met_when_it_was_first_worked_out_says_so(aisha: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        reference = a_made_order(work, served_on=date(2026, 11, 20)).reference
    served = select(Deadline).join(Record, Record.id == Deadline.record_id).where(Record.reference == reference)
    number = [row.duty_key for row in session.scalars(served.order_by(Deadline.id))].index("service") + 1
    assert "It was met already" in Page(aisha.get(f"/work/{reference}/{number}").text).main

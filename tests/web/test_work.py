"""My work in a browser: the three tabs, the counts, the filters, and what never shows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Alert, AuditEvent, Deadline, Order
from orders_app.rules.access import Role
from orders_app.services.alerts import raise_alerts
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_event, an_order
from tests.services.alert_cases import DAY, a_deadline, utc
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import Page
from tests.web.work_desk import STAGES, Desk


def test_the_list_has_three_bands_and_one_count_everywhere(aisha: Officer) -> None:
    page = aisha.get("/work").text
    assert "<title>My work (3) - Orderwatch</title>" in page
    assert "My work (3)</strong>" in page.replace("\n", "")
    assert "Mine (3)" in page
    assert "My team (3)" in page
    assert "Waiting on others (0)" in page
    assert "All kinds (3)" in page
    for words in ("Overdue", "Due in the next 7 days", "Later"):
        assert f'{words} <span class="app-count">(1)</span>' in page
    assert page.index("TIDESWELL, Jason") < page.index("WHITTAKER, Jason") < page.index("PRITCHARD, Jason")


def test_each_row_says_what_to_do_next(aisha: Officer, desk: Desk) -> None:
    page = aisha.get("/work").text
    assert f"/orders/{desk.references[0]}/record/served" in page
    assert f"/orders/{desk.references[1]}/record/compliance_checked" in page
    assert f"/orders/{desk.references[2]}/record/" not in page
    assert page.count("Nothing has to be done: the date passes by itself") == 1
    assert f"/orders/{desk.references[0]}/why/service?started={DAY.isoformat()}" in page
    assert f"/orders/{desk.references[1]}/why/" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kind=service", ["TIDESWELL"]),
        ("rule=policy", ["WHITTAKER"]),
        ("kind=nonsense", ["TIDESWELL", "WHITTAKER", "PRITCHARD"]),
        ("kind=hour_clock", []),
        ("kind=hearing", ["TIDESWELL", "WHITTAKER", "PRITCHARD"]),
    ],
)
def test_filters_are_in_the_address(query: str, names: list[str], aisha: Officer) -> None:
    page = aisha.get(f"/work?{query}").text
    assert [name for name in ("TIDESWELL", "WHITTAKER", "PRITCHARD") if name in page] == names
    assert ("Nothing matches" in page) is not bool(names)


def ticks(officer: Officer) -> list[str]:
    """What goes with Acknowledge of each row, in the order of the list."""
    tags = Page(officer.get("/work").text).tags
    return [values["value"] for _, values in tags if values.get("name") == "seen" and values.get("type") == "checkbox"]


def test_acknowledging_one_and_several(aisha: Officer, desk: Desk, session: Session) -> None:
    seen = ticks(aisha)[:2]
    page = aisha.post("/work/acknowledge?tab=mine", data={"seen": seen}, follow_redirects=True).text
    assert "2 alerts acknowledged" in page
    assert "By you, Sunday 22 November 2026, 08:14" in page
    assert session.scalars(select(AuditEvent.record_id).where(AuditEvent.action == "alert.acknowledged")).all()


def test_a_row_s_button_acknowledges_its_own_row_and_leaves_the_ticks(aisha: Officer, desk: Desk, session: Session) -> None:
    late, _soon, later = (f"{reference}/1" for reference in desk.references)
    ticked, here = ticks(aisha)[:2], {"next": "/work?tab=team&rule=policy&page=2"}
    answer = aisha.post("/work/acknowledge", query_string=here, data={"seen": ticked, "one": ticked[1]})
    assert answer.location == f"{here['next']}&ticked={late}"
    page = aisha.get(f"/work?tab=team&ticked={late}").text
    assert "1 alert acknowledged" in page
    assert len(session.scalars(select(Alert).where(Alert.acknowledged_at.is_not(None))).all()) == 1
    assert re.findall(r'name="seen" value="([^"]+)" checked', page) == ticked[:1]
    assert f'name="seen" value="{later}' in page


def test_return_in_a_box_sends_those_ticked(aisha: Officer) -> None:
    """A browser presses the first button of the form: it must not be the one of some row."""
    page = aisha.get("/work").text
    assert page.index('id="acknowledge"') < page.index("Acknowledge those ticked") < page.index('name="one"')


def test_who_is_second_is_told_who_was_first(aisha: Officer, desk: Desk, signed_in_as: SignedInAs) -> None:
    seen = {"seen": ticks(aisha)[0]}
    aisha.post("/work/acknowledge", data=seen)
    page = signed_in_as(desk.colleague).post("/work/acknowledge", data=seen, follow_redirects=True).text
    assert f"acknowledged by {desk.officer.display_name} at Sunday 22 November 2026, 08:14" in page


def test_what_has_changed_is_not_acknowledged(aisha: Officer, desk: Desk, session: Session) -> None:
    seen = ticks(aisha)[0].replace("/overdue/", "/7_days/")
    page = aisha.post("/work/acknowledge", data={"seen": seen}, follow_redirects=True).text
    assert "it has changed or was met since you opened the list" in page
    assert session.scalars(select(Alert.acknowledged_at)).all() == [None, None, None]


@pytest.mark.parametrize(
    "seen", ["", "nonsense", "SPO-9999-9999/1/overdue/1795000000000000", "SPO-9999-0001/x/overdue/1", "a/1/b/²", f"a/1/b/{'9' * 17}"]
)
def test_nonsense_does_nothing(seen: str, aisha: Officer) -> None:
    answer = aisha.post("/work/acknowledge", data={"seen": seen} if seen else {})
    assert answer.status_code == (404 if seen else 302)


def test_a_deadline_that_may_not_be_opened_is_not_there(acting: Acting, desk: Desk, aisha: Officer) -> None:
    with acting() as work:
        desk.row(work, "sealed", utc(2026, 11, 24), surname="Nobody", access="sealed")
        desk.row(work, "restricted", utc(2026, 11, 24), surname="Hidden", access="restricted")
        raise_alerts(work, stages=STAGES)
    page = aisha.get("/work").text
    assert "NOBODY" not in page
    assert "HIDDEN" not in page
    assert page.count("you may not open") == 1
    assert "Mine (3)" in page
    for address in ("", "/assign", "/note", "/snooze", "/wait"):
        assert {aisha.get(f"/work/{reference}/1{address}").status_code for reference in desk.references[3:]} == {404}


def test_when_alerts_were_not_checked_every_page_says_so(aisha: Officer, clock: time_machine.Traveller) -> None:
    assert "Alerts last checked 08:10 today." in aisha.get("/work").text
    clock.move_to(NOW + timedelta(minutes=27), tick=False)
    page = aisha.get("/work").text
    assert "Alerts have not been checked for 31 minutes" in page
    assert "Nothing is lost: the next check catches up" in page
    assert "Look at this page every hour, and ring" in page
    assert "See what the job did last" in page
    assert "Look at this page every hour" not in aisha.get("/people").text


def test_an_empty_list_says_the_next_date_and_what_else_to_do(acting: Acting, signed_in_as: SignedInAs) -> None:
    with acting() as work:
        officer = a_user(work, team=a_team(work))
        order = an_order(work, person=a_person(work), owner_id=officer.id)
        a_deadline(work, act_by_at=utc(2027, 1, 5), order=order, title="Decide before the end")
    page = signed_in_as(officer).get("/work").text
    assert "Nothing of yours falls due in the next 30 days" in page
    assert f"{order.reference}</a>: Decide before the end, by Monday 4 January 2027, 24:00" in page


def test_statements_stay_few_whatever_the_page_shows(aisha: Officer, desk: Desk, acting: Acting, statements: Statements) -> None:
    aisha.get("/work")
    with statements() as few:
        aisha.get("/work")
    with acting() as work:
        for number in range(60):
            desk.row(work, f"more {number}", utc(2026, 11, 27), surname=f"Person{number}")
        raise_alerts(work, stages=STAGES)
    for address in ("/work", "/work?tab=team", "/work?page=2", "/work?tab=waiting"):
        with statements() as seen:
            aisha.get(address)
        assert len(seen) <= 12, seen
    assert len(few) <= 12


def test_long_lists_come_in_pages(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        for number in range(60):
            desk.row(work, f"more {number}", utc(2026, 11, 27), surname=f"Person{number}")
        raise_alerts(work, stages=STAGES)
    page = aisha.get("/work?page=2").text
    assert "Showing <strong>51</strong> to <strong>63</strong> of <strong>63</strong> deadlines" in page
    assert 'Due in the next 7 days <span class="app-count">(61)</span>' in page


def test_a_hearing_that_is_listed_is_said(acting: Acting, signed_in_as: SignedInAs) -> None:
    with acting() as work:
        officer = a_user(work, team=a_team(work))
        order = an_order(work, person=a_person(work), order_type="dvpn", owner_id=officer.id)
        a_deadline(
            work,
            act_by_at=utc(2026, 11, 24, 22, 40),
            due_at=utc(2026, 11, 24, 22, 40),
            order=order,
            alert_class="hour_clock",
            duty_key="court_hearing",
        )
        details = {"hearing_at": "2026-11-24T10:00:00+00:00", "court": "Northmere Magistrates’ Court"}
        an_event(work, order=order, kind="hearing_listed", on=DAY, details=details)
    page = signed_in_as(officer).get("/work").text
    assert "Northmere Magistrates’ Court, Tuesday 24 November 2026, 10:00" in page
    assert f"/orders/{order.reference}/record/hearing_held" in page


def test_when_a_hearing_was_listed_and_when_it_is_do_not_run_together(acting: Acting, signed_in_as: SignedInAs) -> None:
    with acting() as work:
        officer = a_user(work, team=a_team(work))
        order = an_order(work, person=a_person(work), order_type="dvpn", owner_id=officer.id)
        listed = an_event(work, order=order, kind="hearing_listed", on=DAY, details={"hearing_at": "2026-11-28T10:00:00+00:00"})
        a_deadline(work, act_by_at=utc(2026, 11, 28, 10), order=order, title="Hearing").started_by_id = listed.id
    page = Page(signed_in_as(officer).get("/work").text).main
    assert "Hearing: hearing listed Monday 2 November for Saturday 28 November 2026, 10:00" in page


QUIET = {"snoozed_until_on": date(2027, 1, 1), "snooze_reason": "Court closed"}
PASSED_UP = {"escalation": 1, "escalated_at": utc(2026, 11, 21)}


@pytest.mark.parametrize(
    ("alert", "deadline", "says"),
    [
        (QUIET, {}, "Snoozed Tick {row} Until Friday 1 January 2027: Court closed"),
        (QUIET | {"snoozed_until_on": date(2026, 11, 25)}, {}, "Snoozed Tick {row} Until Wednesday 25 November: Court closed"),
        (QUIET | PASSED_UP, {}, "Escalated Tick {row} To {ben}, Saturday 21 November. Quiet until Friday 1 January 2027: Court closed"),
        (
            QUIET | PASSED_UP, {"waiting_on": "the CPS", "waiting_since_at": utc(2025, 12, 31)},
            "To {ben}, Saturday 21 November. Quiet until Friday 1 January 2027: Court closed. Still waiting on the CPS",
        ),
        (
            QUIET | {"acknowledged_at": NOW}, {"waiting_on": "the CPS", "waiting_since_at": utc(2025, 12, 31)},
            "Waiting on others On the CPS, since Wednesday 31 December 2025. Quiet until Friday 1 January 2027: Court closed",
        ),
    ],
)  # fmt: skip
def test_until_when_and_why_it_is_quiet_is_said_whatever_else_holds(
    aisha: Officer, desk: Desk, acting: Acting, alert: dict[str, Any], deadline: dict[str, Any], says: str
) -> None:
    with acting() as work:
        row = work.session.scalars(select(Deadline).where(Deadline.title == "soon")).one()
        raised = work.session.scalars(select(Alert).where(Alert.deadline_id == row.id)).one()
        up = {"escalated_to_id": desk.colleague.id} if "escalated_at" in alert else {}
        for name, value in {**alert, **up}.items():
            setattr(raised, name, value)
        for name, value in deadline.items():
            setattr(row, name, value)
    tick = "WHITTAKER, Jason: soon: order made Monday 2 November"
    said = says.format(row=f"{tick} Acknowledge {tick}", ben=desk.colleague.display_name)
    assert said in Page(aisha.get("/work?tab=team").text).main
    state = said.replace(f"Tick {tick} Acknowledge {tick} ", "Acknowledge ")
    assert state in Page(aisha.get(f"/work/{desk.references[1]}/1").text).main


def test_whoever_works_alerts_starts_the_day_here(client_for: ClientFor) -> None:
    assert client_for(Role.ORDERS_DESK).get("/").location == "/work"


def test_each_row_says_what_set_its_clock_going(aisha: Officer, acting: Acting, desk: Desk) -> None:
    with acting() as work:
        order = work.session.scalars(select(Order).where(Order.reference == desk.references[0])).one()
        for _ in range(2):
            an_event(work, order=order, kind="service_attempted", on=DAY)
    listed = Page(aisha.get("/work").text).main
    assert "late: order made Monday 2 November, 2 attempts" in listed
    assert "soon: order made Monday 2 November Local policy" in listed


def test_what_waits_on_others_comes_back_with_each_new_warning_until_that_is_acknowledged(
    aisha: Officer, desk: Desk, acting: Acting
) -> None:
    aisha.post(f"/work/{desk.references[1]}/1/wait", data={"whom": "the CPS"})
    mine, waiting = aisha.get("/work").text, aisha.get("/work?tab=waiting").text
    assert ("WHITTAKER" in mine, "WHITTAKER" in waiting) == (False, True)
    with acting(now=NOW + timedelta(days=3)) as work:
        raise_alerts(work, stages=STAGES)
    mine, waiting = Page(aisha.get("/work").text).main, aisha.get("/work?tab=waiting").text
    assert ("WHITTAKER" in mine, "WHITTAKER" in waiting) == (True, False)
    assert "Still waiting on the CPS" in mine

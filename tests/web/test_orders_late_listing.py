"""A hearing listed for later than the law allows is said to be so, has to be confirmed, and never looks in hand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from orders_app.rules.access import Role
from orders_app.rules.facts import EventKind
from tests.conftest import Acting
from tests.order_cases import a_served_notice
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.test_orders_events import events_of
from tests.web.typed import day, opened

IN_TIME, TOO_LATE = day("hearing_at", "24 11 2026", "10:00"), day("hearing_at", "25 11 2026", "10:00")


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman")


@pytest.fixture
def notice(acting: Acting, officer: Officer) -> str:
    """Served on Saturday 21 November 2026, 22:40: to be heard by Tuesday 24 November, 22:40."""
    with acting() as work:
        return a_served_notice(work, owner_id=officer.user.id).reference


def listed(officer: Officer, reference: str, **typed: str) -> Any:
    address = f"/orders/{reference}/record/hearing_listed"
    return officer.post(address, data={**day("hearing_listed_on", "22 11 2026"), "court": "Northmere"} | typed | opened(officer, address))


def test_it_is_said_beside_the_time_and_saved_once_it_is_confirmed(officer: Officer, notice: str, session: Session) -> None:
    assert "late_is_known" not in officer.get(f"/orders/{notice}/record/hearing_listed").text
    page = Page(listed(officer, notice, **TOO_LATE).text)
    assert "by Tuesday 24 November 2026, 22:40" in page.problems
    assert "Crime and Security Act 2010 s.27(3)" in page.problems
    assert "late_is_known" in page.inputs
    assert events_of(session, EventKind.HEARING_LISTED) == []
    assert listed(officer, notice, **TOO_LATE, late_is_known="y").status_code == 302
    (listing,) = events_of(session, EventKind.HEARING_LISTED)
    assert listing.details["late_is_known"] == "yes"
    assert "Later than the law allows: Yes" in Page(officer.get(f"/orders/{notice}").text).text


def test_a_hearing_in_time_asks_nothing_and_keeps_no_such_answer(officer: Officer, notice: str, session: Session) -> None:
    assert listed(officer, notice, **IN_TIME, late_is_known="y").status_code == 302
    (listing,) = events_of(session, EventKind.HEARING_LISTED)
    assert "late_is_known" not in listing.details


@pytest.mark.parametrize(
    ("when", "state", "last"),
    [
        (IN_TIME, "Listed", "Northmere, Tuesday 24 November 2026, 10:00"),
        (TOO_LATE, "Listed too late", "Wednesday 25 November 2026, 10:00: later than Crime and Security Act 2010 s.27(3) allows"),
    ],
)
def test_my_work_says_whether_it_is_in_hand(officer: Officer, notice: str, when: dict[str, str], state: str, last: str) -> None:
    assert listed(officer, notice, **when, late_is_known="y").status_code == 302
    page = Page(officer.get(f"/work/{notice}/2").text)
    assert page.within(".app-work__state").startswith(f"{state} ") or page.within(".app-work__state") == state
    assert last in page.main


def test_a_correction_of_it_is_told_too(officer: Officer, notice: str) -> None:
    listed(officer, notice, **IN_TIME)
    address = f"/orders/{notice}/events/3"
    typed = {**day("hearing_listed_on", "22 11 2026"), **TOO_LATE, "court": "Northmere", "why_corrected": "Typed wrongly"}
    assert "s.27(3)" in Page(officer.post(address, data=typed | opened(officer, address)).text).problems

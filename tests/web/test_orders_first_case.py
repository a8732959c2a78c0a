"""The first case from end to end: a notice served last Saturday night, its hearing, the order that follows, its last day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline
from orders_app.rules.access import Role
from tests.conftest import Acting
from tests.factories import a_person, a_team
from tests.order_cases import a_served_notice
from tests.web.conftest import ClientFor, Officer
from tests.web.typed import day, opened

A_WEEK_AGO = datetime(2026, 11, 14, 22, 40, tzinfo=UTC)


@pytest.fixture
def officer(client_for: ClientFor, acting: Acting) -> Officer:
    with acting() as work:
        team = a_team(work, name="Orders desk")
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman", team=team)


@pytest.fixture
def reference(acting: Acting) -> str:
    with acting() as work:
        ann = a_person(work, surname="Joseph", forenames="Ann")
        return a_served_notice(work, protected=[ann]).reference


@pytest.fixture
def heard_reference(acting: Acting) -> str:
    """A notice served a week before, so that its hearing has taken place by now."""
    with acting() as work:
        ann = a_person(work, surname="Joseph", forenames="Ann")
        return a_served_notice(work, served_at=A_WEEK_AGO, protected=[ann]).reference


def granted(officer: Officer, reference: str) -> Any:
    address = f"/orders/{reference}/hearing"
    answers = {**day("hearing_held_on", "17 11 2026", "10:30"), "court": "Northmere Magistrates' Court", "result": "granted"}
    return officer.post(address, data=answers | opened(officer, address))


def test_the_page_says_when_the_court_must_hear_it_and_why(officer: Officer, reference: str) -> None:
    page = officer.get(f"/orders/{reference}").text
    assert "Tuesday 24 November 2026, 22:40" in page
    assert "Sunday 22 November" in page
    assert "s.27(3)" in page
    assert f"/orders/{reference}/hearing" in page or f"/orders/{reference}/record/hearing_held" in page


def test_the_exhibit_counts_the_hours(officer: Officer, reference: str) -> None:
    page = officer.get(f"/orders/{reference}/why/court_hearing").text
    for words in ("1 h 20 min", "Sunday 22 November", "s.27(4)", "Tuesday 24 November 2026, 22:40"):
        assert words in page


def test_a_grant_meets_the_deadline_and_begins_the_order(officer: Officer, heard_reference: str, session: Session) -> None:
    answer = granted(officer, heard_reference)
    assert answer.status_code == 302
    assert answer.location.endswith("/court")
    session.rollback()
    hearing = session.scalars(select(Deadline).where(Deadline.duty_key == "court_hearing")).one()
    assert hearing.met_by_id is not None
    draft_page = officer.get(answer.location).text
    assert "Domestic violence protection order for CLARKE, Nathan" in draft_page
    assert 'value="17"' in draft_page
    assert "Northmere Magistrates" in draft_page


def test_28_days_show_the_last_day_and_29_are_refused_with_the_section(officer: Officer, heard_reference: str) -> None:
    court = granted(officer, heard_reference).location
    made = {
        **day("made_on", "17 11 2026"),
        "court": "Northmere Magistrates' Court",
        "is_present_or_represented": "yes",
        "is_without_notice": "no",
    }
    ends = officer.post(court, data=made | {"do": "next"}).location
    assert ends.endswith("/ends")
    shown = officer.get(ends).text
    assert "Monday 14 December 2026, 24:00" in shown
    refused = officer.post(ends, data={"end_kind": "fixed", **day("ends_on", "15 12 2026"), "do": "next"})
    assert refused.status_code == 200
    assert "s.28(10)" in refused.text
    assert "29 days" in refused.text
    assert 'value="15"' in refused.text
    accepted = officer.post(ends, data={"end_kind": "fixed", **day("ends_on", "14 12 2026"), "do": "next"})
    assert accepted.location.endswith("/protected")
    conditions = officer.post(accepted.location, data={"do": "next"}).location
    term = {"words": "Not to contact Ann Joseph.", "short_form": "No contact", "end": "order", "library": "own", "do": "next"}
    owner = officer.post(conditions, data=term).location
    check = officer.post(owner, data={"team": "Orders desk", "owner": "", "area_of_force": "", "do": "next"}).location
    page = officer.get(check).text
    assert "Monday 14 December 2026" in page
    saved = officer.post(check, data={})
    assert saved.status_code == 302, saved.text
    order_page = officer.get(saved.location, follow_redirects=True).text
    assert "DVPO-2026-0001" in order_page
    assert "Monday 14 December 2026, 24:00" in order_page
    assert heard_reference in order_page
    assert "JOSEPH, Ann" in order_page
    notice = officer.get(f"/orders/{heard_reference}").text
    assert "DVPO-2026-0001" in notice

"""What a court does with an order: hearings and their results, arrest and production, variations, discharge."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline
from orders_app.rules.access import Role
from tests.conftest import Acting
from tests.order_cases import a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.typed import day, opened


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman")


def an_spo(acting: Acting) -> str:
    with acting() as work:
        return a_made_order(work).reference


@pytest.fixture
def notice(acting: Acting) -> str:
    with acting() as work:
        return a_served_notice(work, served_at=datetime(2026, 11, 14, 22, 40, tzinfo=UTC)).reference


def heard(officer: Officer, reference: str, result: str, **more: str) -> Any:
    address = f"/orders/{reference}/hearing"
    typed = {**day("hearing_held_on", "17 11 2026", "10:30"), "court": "Northmere Magistrates' Court", "result": result}
    return officer.post(address, data=typed | opened(officer, address) | more)


def is_met(session: Session, key: str) -> bool:
    session.rollback()
    return session.scalars(select(Deadline).where(Deadline.duty_key == key)).one().met_by_id is not None


def test_an_adjournment_without_a_hearing_leaves_the_deadline_open(officer: Officer, notice: str, session: Session) -> None:
    assert "Enter the day of the next hearing" in Page(heard(officer, notice, "adjourned").text).problems
    next_week = day("next_hearing", "24 11 2026", "10:00")
    assert "s.27(3)" in Page(heard(officer, notice, "adjourned", **next_week).text).problems
    assert heard(officer, notice, "adjourned", **next_week, late_is_known="y").status_code == 302
    assert not is_met(session, "court_hearing")
    assert "Hearing listed for Tuesday 24 November 2026, 10:00" in Page(officer.get(f"/orders/{notice}").text).text


def test_a_hearing_that_was_begun_meets_it_though_adjourned(officer: Officer, notice: str, session: Session) -> None:
    assert heard(officer, notice, "heard_adjourned", **day("next_hearing", "24 11 2026", "10:00")).status_code == 302
    assert is_met(session, "court_hearing")


def test_a_refusal_ends_the_notice(officer: Officer, notice: str, session: Session) -> None:
    assert heard(officer, notice, "refused").status_code == 302
    assert is_met(session, "court_hearing")
    assert "Ended" in Page(officer.get(f"/orders/{notice}").text).heading


def test_a_hearing_in_the_future_is_refused_beside_its_day(officer: Officer, notice: str) -> None:
    page = Page(heard(officer, notice, "refused", **day("hearing_held_on", "30 11 2026", "10:30")).text)
    assert "This is in the future" in page.problems


def test_an_arrest_starts_the_clock_and_production_stops_it(officer: Officer, notice: str, session: Session) -> None:
    arrest = f"/orders/{notice}/record/arrested"
    typed = {**day("arrested_at", "16 11 2026", "09:00"), "where": "9 Mill Row", "officer": "PC 1"}
    assert officer.post(arrest, data=typed | opened(officer, arrest)).status_code == 302
    assert "Tuesday 17 November 2026, 09:00" in Page(officer.get(f"/orders/{notice}").text).text
    court = f"/orders/{notice}/record/produced"
    typed = {**day("produced_at", "16 11 2026", "15:00"), "court": "Northmere Magistrates' Court"}
    assert officer.post(court, data=typed | opened(officer, court)).status_code == 302
    assert is_met(session, "production")


def test_a_discharge_inside_the_bar_needs_both_consents(officer: Officer, acting: Acting, session: Session) -> None:
    reference = an_spo(acting)
    address = f"/orders/{reference}/record/discharged"
    typed = {**day("discharged_on", "20 11 2026"), "court": "Northmere", "consent": "not_both", **opened(officer, address)}
    assert "s.4(4)(b)" in Page(officer.post(address, data=typed).text).problems
    assert officer.post(address, data=typed | {"consent": "both"}).status_code == 302
    assert "Discharged" in Page(officer.get(f"/orders/{reference}").text).heading

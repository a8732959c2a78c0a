"""What an event says decides what it does: answers that are refused, and answers that meet nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline
from orders_app.rules.access import Role
from orders_app.rules.facts import EventKind
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_made_order
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.test_orders_events import TYPED, events_of
from tests.web.typed import day, opened

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman")


@pytest.fixture
def spo(acting: Acting) -> str:
    with acting() as work:
        return a_made_order(work).reference


def test_a_check_that_checked_nothing_is_refused_beside_the_first_condition(officer: Officer, spo: str, session: Session) -> None:
    address = f"/orders/{spo}/record/compliance_checked"
    typed = TYPED[EventKind.COMPLIANCE_CHECKED] | {"condition_1": "not_checked"} | opened(officer, address)
    page = Page(officer.post(address, data=typed).text)
    assert "Say of at least one condition what was found" in page.problems
    assert [href for _, href in page.links if href.startswith("#condition_1")]
    assert events_of(session, EventKind.COMPLIANCE_CHECKED) == []


REVIEWED = {
    **day("breach_reviewed_on", "21 11 2026", "20:00"), "reviewer": "case_officer", "decision": "more_work", "decided_by": "PC 5120",
    "reason": "Telephone not examined yet",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "is_decided"),
    [(REVIEWED, False), (REVIEWED | {"reviewer": "a_supervisor", "decision": "charge", "decided_by": "PS 2218 Shaw"}, True)],
)
def test_only_a_supervisors_decision_meets_the_review_of_a_breach(
    officer: Officer, spo: str, session: Session, typed: dict[str, str], is_decided: bool
) -> None:
    for kind, answers in ((EventKind.BREACH_REPORTED, TYPED[EventKind.BREACH_REPORTED]), (EventKind.BREACH_REVIEWED, typed)):
        address = f"/orders/{spo}/record/{kind.value}"
        answer = officer.post(address, data=answers | opened(officer, address))
        assert answer.status_code == 302, Page(answer.text).problems
    session.rollback()
    review = session.scalars(select(Deadline).where(Deadline.duty_key == "breach_review")).one()
    assert (review.met_by_id is not None) is is_decided


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"decision": "no_further_action"}, "A supervisor decides about a breach"),
        ({"decided_by": " Me "}, "others cannot tell who this was"),
        ({"reviewer": ""}, "Choose who reviewed it"),
    ],
)
def test_what_cannot_be_said_of_a_review(officer: Officer, spo: str, changed: dict[str, str], says: str) -> None:
    reported = f"/orders/{spo}/record/breach_reported"
    officer.post(reported, data=TYPED[EventKind.BREACH_REPORTED] | opened(officer, reported))
    address = f"/orders/{spo}/record/breach_reviewed"
    assert says in Page(officer.post(address, data=REVIEWED | changed | opened(officer, address)).text).problems


@pytest.mark.parametrize(("surnames", "is_offered"), [((), True), (("Joseph",), False)])
def test_that_nobody_can_be_asked_is_offered_only_where_the_order_names_nobody(
    officer: Officer, acting: Acting, surnames: tuple[str, ...], is_offered: bool
) -> None:
    with acting() as work:
        reference = a_made_order(work, protected=[a_person(work, surname=surname) for surname in surnames]).reference
    page = officer.get(f"/orders/{reference}/record/expiry_decided").text
    assert ("nobody_to_ask" in page, "not_reached" in page) == (is_offered, True)

"""What an event says decides what it does: answers that are refused, and answers that meet nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline, Event
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.order_events import record_event
from orders_app.services.orders import NewEvent
from orders_app.web.orders.event_words import TOLD_ABOUT
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


TOLD = {**day("protected_person_told_on", "21 11 2026", "20:10"), "how": "telephone", "officer": "DC 3318"}


@pytest.fixture
def nmo(acting: Acting) -> str:
    """An order that ends within twelve weeks, of which a breach was reported."""
    ends = {"end_kind": EndKind.FIXED, "stated_ends_on": date(2027, 1, 15)}
    with acting() as work:
        order = a_made_order(work, order_type="nmo", **ends)
        record_event(work, reference=order.reference, version=order.version, event=NewEvent(EventKind.BREACH_REPORTED, date(2026, 11, 21)))
        return order.reference


def told_about(session: Session, reference: str) -> set[str]:
    """The duties met by telling the protected person."""
    session.rollback()
    told = select(Event.id).where(Event.kind == EventKind.PROTECTED_PERSON_TOLD)
    return set(session.scalars(select(Deadline.duty_key).where(Deadline.met_by_id.in_(told))))


@pytest.mark.parametrize("topics", [["breach_contact"], ["end_told"], ["breach_contact", "end_told"], ["other"]])
def test_a_call_does_the_duties_that_it_was_about(officer: Officer, nmo: str, session: Session, topics: list[str]) -> None:
    address = f"/orders/{nmo}/record/protected_person_told"
    answer = officer.post(address, data=TOLD | {"meets": topics} | opened(officer, address))
    assert answer.status_code == 302, Page(answer.text).problems
    assert told_about(session, nmo) == set(topics) - {"other"}
    said = ". ".join(TOLD_ABOUT[topic] for topic in topics)
    assert f"Told about: {said}" in Page(officer.get(f"/orders/{nmo}").text).text


def test_what_a_call_was_about_has_to_be_said(officer: Officer, nmo: str) -> None:
    address = f"/orders/{nmo}/record/protected_person_told"
    assert "Choose what they were told about" in Page(officer.post(address, data=TOLD | opened(officer, address)).text).problems


def ticked(html: str) -> list[str]:
    """The answers chosen in a form as it opens."""
    return [values["value"] for tag, values in Page(html).tags if tag == "input" and values.get("name") == "meets" and "checked" in values]


def test_the_link_of_a_deadline_chooses_its_own_answer(officer: Officer, nmo: str) -> None:
    hrefs = [href for _, href in Page(officer.get(f"/orders/{nmo}").text).links if "record/protected_person_told?meets=" in href]
    assert {(*ticked(officer.get(href).text), href.partition("meets=")[2]) for href in hrefs} == {
        ("breach_contact", "breach_contact"), ("end_told", "end_told"), ("victim_contact", "victim_contact"),
    }  # fmt: skip


def test_a_correction_opens_with_what_was_said(officer: Officer, nmo: str, session: Session) -> None:
    address = f"/orders/{nmo}/record/protected_person_told"
    officer.post(address, data=TOLD | {"meets": ["breach_contact", "end_told"]} | opened(officer, address))
    assert ticked(officer.get(f"/orders/{nmo}/events/3").text) == ["breach_contact", "end_told"]


def test_every_duty_done_by_telling_somebody_can_be_answered() -> None:
    duties = {duty.key for each in ORDER_TYPES.values() for duty in each.duties if EventKind.PROTECTED_PERSON_TOLD in duty.met_by}
    assert duties == TOLD_ABOUT.keys() - {"other"}

"""Recording what happened on an order: every form opens, saves, refuses beside the box, and loses nothing when somebody was quicker."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.reference import load_law
from orders_app.models import Deadline, Event
from orders_app.queries.orders import find_order
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import possible_events
from orders_app.web.orders.event_words import EVENT_WORDS
from tests.conftest import NOW, Acting
from tests.order_cases import AREAS_OF_LAW, MADE_WHILE_LAW, TYPES_THERE_ARE, a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import Page
from tests.web.typed import day, opened

pytestmark = pytest.mark.on_sqlite

ENDS = {EndKind.FIXED: {"end_kind": EndKind.FIXED, "stated_ends_on": date(2026, 10, 29)}, EndKind.UNTIL_FURTHER_ORDER: {}}
LAST_DAYS = {
    "spo": date(2029, 10, 1),
    "scpo": date(2030, 10, 1),
    "shpo": date(2032, 10, 1),
    "sro": date(2029, 10, 1),
    "dapo": date(2027, 10, 1),
    "fbo": date(2030, 10, 1),
    "kcpo": date(2023, 1, 1),
    "fro": date(2019, 10, 1),
}


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK, name="Aisha Rahman")


def events_of(session: Session, kind: EventKind) -> list[Event]:
    session.rollback()
    return list(session.scalars(select(Event).where(Event.kind == kind, Event.voided_at.is_(None)).order_by(Event.id)))


def an_order_of(acting: Acting, code: str) -> str:
    order_type = ORDER_TYPES[code]
    with acting() as work:
        if order_type.is_notice:
            return a_served_notice(work, order_type=code, details=AREAS_OF_LAW.get(code, {})).reference
        until_further_order = EndKind.UNTIL_FURTHER_ORDER in order_type.limits.end_kinds
        end: dict[str, Any] = (
            {} if until_further_order else {"end_kind": EndKind.FIXED, "stated_ends_on": LAST_DAYS.get(code, date(2026, 12, 10))}
        )
        made_on = MADE_WHILE_LAW.get(code, date(2026, 10, 2))
        return a_made_order(work, order_type=code, made_on=made_on, details=AREAS_OF_LAW.get(code, {}), **end).reference


@pytest.mark.parametrize("code", TYPES_THERE_ARE)
def test_every_form_offered_on_an_order_opens(officer: Officer, acting: Acting, session: Session, code: str) -> None:
    reference = an_order_of(acting, code)
    whole = find_order(session, SYSTEM, reference)
    assert whole is not None
    offered = [kind for kind in possible_events(whole.case.order_type, whole.case.facts, NOW.date(), load_law()) if EVENT_WORDS[kind].do]
    assert offered
    for kind in offered:
        answer = officer.get(f"/orders/{reference}/record/{kind.value}", follow_redirects=True)
        assert answer.status_code == 200, kind
        assert EVENT_WORDS[kind].do in answer.text or kind is EventKind.HEARING_HELD


TYPED: dict[EventKind, dict[str, str]] = {
    EventKind.SERVICE_ATTEMPTED: {
        **day("service_attempted_on", "3 10 2026", "19:40"),
        "where": "1 Ashcombe Terrace",
        "officer": "PC 4833",
        "result": "no_reply",
    },
    EventKind.SERVED: {**day("served_at", "5 10 2026", "18:25"), "where": "1 Ashcombe Terrace", "officer": "PC 5120", "how": "in_person"},
    EventKind.HEARING_LISTED: {**day("hearing_listed_on", "20 11 2026"), **day("hearing_at", "3 12 2026", "10:00"), "court": "Northmere"},
    EventKind.COMPLIANCE_CHECKED: {**day("compliance_checked_on", "21 11 2026"), "check": "office", "condition_1": "complied"},
    EventKind.NOTIFIED: {
        **day("notified_on", "6 10 2026", "11:05"),
        "where": "Northmere police station",
        "officer": "PC 1",
        "what": "Names and address",
    },
    EventKind.ADDRESS_CHANGED: {**day("address_changed_on", "17 11 2026"), "address": "212 Foundry Lane", "source": "landlord"},
    EventKind.NAME_CHANGED: {**day("name_changed_on", "17 11 2026"), "name": "Marsh"},
    EventKind.PROTECTED_PERSON_TOLD: {
        **day("protected_person_told_on", "3 10 2026", "16:10"),
        "how": "telephone",
        "officer": "DC 3318",
        "meets": "end_told",
    },
    EventKind.EXPIRY_DECIDED: {
        **day("expiry_decided_on", "20 11 2026"),
        "view": "wants_more",
        "view_words": "Still afraid of him",
        "decision": "renew",
        "decided_by": "Insp 1",
        "reason": "Risk stays high",
    },
    EventKind.BREACH_REPORTED: {**day("breach_reported_on", "21 11 2026", "19:05"), "condition": "1", "what": "Message sent"},
    EventKind.VARIATION_APPLIED: {**day("variation_applied_on", "20 11 2026"), "applied_by": "police", "court": "Northmere"},
    EventKind.CUSTODY_STARTED: {**day("custody_started_on", "20 11 2026"), "custody_kind": "remand", "place": "HMP Northmere"},
}


@pytest.mark.parametrize("kind", list(TYPED))
def test_what_is_typed_is_saved_and_said_on_the_order(officer: Officer, acting: Acting, session: Session, kind: EventKind) -> None:
    reference = an_order_of(acting, "spo")
    address = f"/orders/{reference}/record/{kind.value}"
    answer = officer.post(address, data=TYPED[kind] | opened(officer, address) | {"note": "As told by the desk"})
    assert answer.status_code == 302, Page(answer.text).problems
    (event,) = events_of(session, kind)
    assert event.note == "As told by the desk"
    assert event.recorded_by_id == officer.user.id
    assert EVENT_WORDS[kind].happened in Page(officer.get(f"/orders/{reference}").text).text


def test_a_form_with_nothing_typed_says_what_to_enter(officer: Officer, acting: Acting) -> None:
    reference = an_order_of(acting, "spo")
    address = f"/orders/{reference}/record/served"
    page = Page(officer.post(address, data=opened(officer, address)).text)
    assert page.title.startswith("Error: ")
    for words in ("Enter the day it happened", "Enter where it was served", "Choose how it was served"):
        assert words in page.problems


@pytest.mark.parametrize(
    ("code", "ways"), [("spo", {"let_expire", "renew", "vary", "other_order"}), ("dvpo", {"let_expire", "other_order"})]
)
def test_how_an_order_that_ends_may_go_on_is_what_the_law_has_for_its_type(
    officer: Officer, acting: Acting, code: str, ways: set[str]
) -> None:
    address = f"/orders/{an_order_of(acting, code)}/record/expiry_decided"
    offered = re.findall(r'name="decision"[^>]*value="(\w+)"', officer.get(address).text)
    assert set(offered) == ways
    page = Page(officer.post(address, data=opened(officer, address)).text)
    for words in ("Choose what the protected person says", "Choose what was decided", "Enter the reasons"):
        assert words in page.problems


def test_what_the_law_refuses_stands_beside_the_box_with_the_section(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        reference = a_served_notice(work, served_at=None).reference
    address = f"/orders/{reference}/record/served"
    answer = officer.post(
        address, data={**TYPED[EventKind.SERVED], **day("served_at", "22 11 2026"), "served_at-time": "", **opened(officer, address)}
    )
    page = Page(answer.text)
    assert "Enter the time" in page.problems
    assert "s.27(3)" in page.problems
    assert page.inputs["served_at-day"] == "22"
    assert page.inputs["where"] == "1 Ashcombe Terrace"


def test_a_deadline_leads_to_the_form_that_meets_it(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        reference = a_made_order(work, served_on=date(2026, 11, 20)).reference
    links = Page(officer.get(f"/orders/{reference}").text).links
    href = next(href for text, href in links if text.startswith("Record a notification given to police"))
    assert "record/notified" in href
    typed = {**TYPED[EventKind.NOTIFIED], **day("notified_on", "21 11 2026", "11:05")}
    assert officer.post(href, data=typed | opened(officer, href)).status_code == 302
    session.rollback()
    initial = session.scalars(select(Deadline).where(Deadline.duty_key == "initial_notification")).one()
    assert initial.met_by_id is not None


def test_a_correction_keeps_what_was_said_and_moves_the_deadline(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        reference = a_served_notice(work).reference
    address = f"/orders/{reference}/events/2"
    page = Page(officer.get(address).text)
    assert (page.inputs["served_at-day"], page.inputs["served_at-time"]) == ("21", "22:40")
    typed = {
        **TYPED[EventKind.SERVED],
        **day("served_at", "21 11 2026", "21:10"),
        "why_corrected": "Misread the pocket book",
        **opened(officer, address),
    }
    assert officer.post(address, data=typed).status_code == 302
    after = Page(officer.get(f"/orders/{reference}").text).text
    assert "Tuesday 24 November 2026, 21:10" in after
    assert "Misread the pocket book" in after
    assert "9 Mill Row, Stonewick" in after


def test_what_is_known_by_its_day_alone_can_be_corrected(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        reference = a_made_order(work, served_on=date(2026, 10, 5)).reference
    page = Page(officer.get(f"/orders/{reference}/events/2").text)
    assert (page.inputs["served_at-day"], page.inputs["served_at-time"]) == ("5", "")


def test_a_correction_needs_a_reason(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        reference = a_served_notice(work).reference
    address = f"/orders/{reference}/events/2"
    typed = {**TYPED[EventKind.SERVED], **day("served_at", "21 11 2026", "21:10"), **opened(officer, address)}
    assert "Enter why it is being corrected" in Page(officer.post(address, data=typed).text).problems


def test_what_was_recorded_by_mistake_stays_struck_out(officer: Officer, acting: Acting, session: Session) -> None:
    reference = an_order_of(acting, "spo")
    address = f"/orders/{reference}/record/breach_reported"
    officer.post(address, data=TYPED[EventKind.BREACH_REPORTED] | opened(officer, address))
    number = session.scalar(select(func.count(Event.id)))
    mistake = f"/orders/{reference}/events/{number}"
    typed = {**TYPED[EventKind.BREACH_REPORTED], "why_corrected": "Another person’s case", "do": "void", **opened(officer, mistake)}
    assert officer.post(mistake, data=typed).status_code == 302
    assert events_of(session, EventKind.BREACH_REPORTED) == []
    assert "Recorded by mistake: Breach reported" in Page(officer.get(f"/orders/{reference}").text).text
    assert officer.get(mistake).status_code == 404


@pytest.mark.parametrize("kind", ["served", "compliance_checked", "hearing_held", "varied"])
def test_no_form_needs_more_than_twelve_statements(officer: Officer, acting: Acting, statements: Statements, kind: str) -> None:
    reference = an_order_of(acting, "spo")
    with statements() as seen:
        officer.get(f"/orders/{reference}/record/{kind}")
    assert len(seen) <= 12

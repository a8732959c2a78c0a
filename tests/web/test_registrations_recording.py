"""Everything else that may happen to a registration is recorded, corrected and struck out; two officers at once lose nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, CustodyPeriod, Deadline
from orders_app.queries.registration_facts import load_registrations_for_rules
from orders_app.rules.access import Role
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import LawTables
from orders_app.rules.registrations.offers import possible_events
from orders_app.services.new_orders import NewEvent
from orders_app.services.registered_people import follow_person
from orders_app.web.registrations.vocabulary import DO
from tests.conftest import Acting
from tests.factories import a_person
from tests.registration_cases import a_registration, notified
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import page
from tests.web.registered import registered, with_an_order
from tests.web.two_officers import Two, live
from tests.web.typed import day, opened

pytestmark = pytest.mark.on_sqlite

FIRST = notified(date(2024, 3, 5), "83")
LATELY = notified(date(2026, 3, 2))
HERE = "/registrations/REG-2024-0001"
LIFE = {"convicted_on": date(2008, 3, 4), "disposal": {"disposal": "imprisonment", "term_months": "48"}}
SENTENCE = day("sentenced_on", "1 4 2024") | {"court": "Northmere"}
DECIDED = {"decided_by": "Supt Hall", "officer": "Supt Hall"}
MANAGER = Role.OFFENDER_MANAGER


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(MANAGER)


def record(officer: Officer, kind: str, typed: dict[str, str], here: str = HERE) -> str:
    """Record one event; what the page that follows says is wrong, empty where it was saved."""
    address = f"{here}/record/{kind}"
    answer = officer.post(address, data=typed | opened(officer, address))
    return "" if answer.status_code == 302 else page(answer).problems


def due(session: Session, key: str) -> Deadline:
    session.rollback()
    return session.scalars(select(Deadline).where(Deadline.duty_key == key).order_by(Deadline.id.desc())).first()  # type: ignore[return-value]


TYPED = {
    E.STAYED: (day("stayed_on", "14 11 2026") | {"premises": "9 Quay Street"}, "qualifying_period", date(2026, 11, 22)),
    E.ADDRESS_CHANGED: (day("address_changed_on", "20 11 2026") | {"address": "4 Ferry Lane"}, "change_of_address", date(2026, 11, 22)),
    E.NAME_CHANGED: (day("name_changed_on", "20 11 2026") | {"name": "G Jones"}, "change_of_name", date(2026, 11, 22)),
    E.CHILD_HOUSEHOLD_BEGAN: (
        day("child_household_began_on", "20 11 2026") | {"premises": "9 Quay Street"}, "child_household", date(2026, 11, 22),
    ),
    E.FINANCE_CHANGED: (day("finance_changed_on", "20 11 2026") | {"finance": "opened"}, "finance", date(2026, 11, 22)),
    E.IDENTITY_DOCUMENT_CHANGED: (
        day("identity_document_changed_on", "20 11 2026") | {"document": "obtained"}, "identity_document", date(2026, 11, 22),
    ),
    E.TRAVEL_PLANNED: (day("travel_planned_on", "20 11 2026") | day("departs", "20 12 2026"), "travel", date(2026, 12, 13)),
    E.RETURNED_TO_UK: (day("returned_to_uk_on", "20 11 2026"), "return", date(2026, 11, 23)),
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPED)
def test_what_police_find_out_starts_its_clock(officer: Officer, acting: Acting, session: Session, kind: E) -> None:
    registered(acting, FIRST, LATELY)
    typed, key, due_on = TYPED[kind]
    assert record(officer, kind.value, typed) == ""
    assert (due(session, key).due_on, due(session, key).met_by_id) == (due_on, None)


def test_every_kind_that_may_be_recorded_has_a_form_that_opens(officer: Officer, acting: Acting) -> None:
    reference = registered(acting, FIRST, LATELY)
    for kind in DO:
        if kind is not E.NOTIFIED:
            form = page(officer.get(f"/registrations/{reference}/record/{kind.value}"))
            assert form.heading == DO[kind], kind
    assert officer.get(f"/registrations/{reference}/record/notified").location == f"/registrations/{reference}/notification"


def test_every_kind_that_the_law_allows_can_be_recorded_but_custody_which_is_the_person_s(acting: Acting, law: LawTables) -> None:
    with acting() as work:
        registration = a_registration(work, **LIFE)
        (case,) = load_registrations_for_rules(work.session, [registration.id])
    assert set(possible_events(case.facts, date(2026, 11, 22), law)) - set(DO) <= {E.CUSTODY_STARTED, E.CUSTODY_ENDED}


def test_notified_travel_that_nobody_knew_of_is_recorded_with_its_journey(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    typed = day("travel_notified_on", "20 11 2026", "10:00") | day("departs", "1 12 2026", "06:30")
    assert record(officer, "travel_notified", typed | {"where": "Northmere", "officer": "PC 4471", "countries": "Spain"}) == ""
    assert [event.details["countries"] for event in live(session, E.TRAVEL_PLANNED)] == ["Spain"]
    assert due(session, "travel").met_by_id is not None
    assert record(officer, "travel_notified", typed | {"where": "Northmere", "officer": "PC 4471"}) == ""
    assert len(live(session, E.TRAVEL_PLANNED)) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("stayed", {"premises": "9 Quay Street"}, "Enter the day it happened"),
        ("stayed", day("stayed_on", "14 11 2026"), "Enter the address of the place"),
        ("stayed", day("stayed_on", "14 12 2026") | {"premises": "9 Quay Street"}, "is in the future"),
        ("stayed", day("stayed_on", "1 3 2024") | {"premises": "9 Quay Street"}, "from when the person had to notify"),
        ("travel_planned", day("travel_planned_on", "20 11 2026"), "Enter the day of departure"),
        (
            "travel_planned", day("travel_planned_on", "20 11 2026") | day("departs", "1 12 2026") | day("returns_on", "30 11 2026"),
            "The return is before the departure",
        ),
        ("sentenced", SENTENCE | {"disposal": "imprisonment"}, "Enter how long the sentence is"),
        ("sentenced", SENTENCE | {"disposal": "imprisonment", "term_months": "six"}, "enter a whole number"),
        (
            "sentenced", SENTENCE | {"disposal": "conditional_discharge", "term_years": "4"},
            "A conditional discharge is for whole months, 3 years at most (Sentencing Act 2020 s.80(3))",
        ),
        ("review_applied", day("review_applied_on", "20 11 2026"), "This registration as it stands cannot be recorded as review applied"),
        ("breach_reported", day("breach_reported_on", "20 11 2026") | {"what": "Account 55779911 not notified"}, "a bank account number"),
    ],
)  # fmt: skip
def test_what_the_law_refuses_stands_beside_its_box(
    officer: Officer, acting: Acting, session: Session, kind: str, typed: dict[str, str], says: str
) -> None:
    registered(acting, FIRST, LATELY)
    address = f"{HERE}/record/{kind}"
    answer = officer.post(address, data=typed | {"note": "What else was said"} | opened(officer, address))
    assert says in page(answer).problems
    assert "What else was said" in answer.text
    assert live(session, E(kind)) == []


def test_a_review_runs_from_application_to_decision(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        reference = a_registration(work, notified(date(2010, 3, 5), "83"), LATELY, **LIFE).reference
    here = f"/registrations/{reference}"
    assert record(officer, "review_applied", day("review_applied_on", "2 11 2026"), here) == ""
    assert due(session, "review_acknowledgement").due_on == date(2026, 11, 16)
    assert record(officer, "bodies_told", day("bodies_told_on", "5 11 2026") | {"what": "Probation", "officer": "DS 1187"}, here) == ""
    assert due(session, "review_decision").due_on == date(2027, 1, 14)
    refused = day("review_refused_on", "20 11 2026") | DECIDED | {"reason": "Risk"}
    assert record(officer, "review_refused", refused, here) == ""
    assert "From Monday 20 November 2034" in page(officer.get(here)).main
    assert "Registered" in page(officer.get(here)).main


def test_a_granted_review_ends_the_registration(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        applied = NewEvent(E.REVIEW_APPLIED, date(2026, 10, 2))
        reference = a_registration(work, notified(date(2010, 3, 5), "83"), LATELY, applied, **LIFE).reference
    here = f"/registrations/{reference}"
    typed = day("review_granted_on", "20 11 2026") | {
        "decided_by": "Supt Hall",
        "officer": "Supt Hall",
        "reason": "15 years without offence",
    }
    assert record(officer, "review_granted", typed, here) == ""
    shown = page(officer.get(here)).main
    assert "Ended Friday 20 November 2026, 24:00" in shown
    assert "Record an application for review" not in shown


def test_no_review_while_a_prevention_order_has_effect(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        registration, order = with_an_order(work, made_on=date(2026, 10, 1))
    shown = page(officer.get(f"/registrations/{registration.reference}")).main
    assert order in shown
    assert "Record an application for review" not in shown


def test_a_correction_needs_a_reason_moves_the_clock_and_keeps_what_was_said(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    address = f"{HERE}/events/3"
    form = page(officer.get(address))
    assert form.heading == "Correct “Notification given”"
    typed = {"type": "85", "where": "Northmere", "officer": "PC 4471"} | day("notified_on", "3 3 2026")
    assert "Enter why it is being corrected" in page(officer.post(address, data=typed | opened(officer, address))).problems
    assert officer.post(address, data=typed | opened(officer, address) | {"why_corrected": "Wrong day"}).status_code == 302
    session.rollback()
    assert due(session, "annual_notification").due_on == date(2027, 3, 3)
    shown = page(officer.get(HERE)).main
    assert "It said:" in shown
    assert "Reason: Wrong day" in shown
    assert "Wrong day" in session.scalars(select(AuditEvent.reason).where(AuditEvent.action == "registration.event_corrected")).all()


def test_what_never_happened_is_struck_out_and_its_clock_with_it(officer: Officer, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    address = f"{HERE}/events/3"
    typed = {"type": "85", "where": "Northmere", "officer": "PC 4471", "why_corrected": "Another person", "do": "void"}
    assert officer.post(address, data=typed | day("notified_on", "2 3 2026") | opened(officer, address)).status_code == 302
    assert "Annual notification" in page(officer.get(HERE)).main
    assert due(session, "annual_notification").due_on == date(2025, 3, 5) or due(session, "annual_notification").cancelled_at
    assert officer.get(address).status_code == 404


def test_what_makes_the_person_notify_cannot_be_struck_out(officer: Officer, acting: Acting) -> None:
    registered(acting, FIRST, LATELY)
    address = f"{HERE}/events/1"
    typed = {
        "offence": "Exposure",
        "court": "Northmere Crown Court",
        "disposal": "imprisonment",
        "term_months": "18",
        "why_corrected": "Not him",
        "do": "void",
    }
    answer = officer.post(address, data=typed | day("convicted_on", "4 3 2024") | opened(officer, address))
    assert answer.status_code == 200
    assert "Enter the conviction, finding, caution, order or notice" in page(answer).main


def test_custody_is_corrected_on_the_person_and_not_here(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        person = a_person(work, surname="Marsh")
        registration = a_registration(work, person=person)
        work.session.add(CustodyPeriod(person_id=person.id, kind="remand", place="HMP Stonewick", from_on=date(2026, 11, 1)))
        follow_person(work, person.id)
    here = f"/registrations/{registration.reference}"
    shown = page(officer.get(here))
    assert "From Sunday 1 November 2026. The clocks stand still" in shown.main
    assert (f"{here}/events/4" in [href for _, href in shown.links]) is False
    assert officer.get(f"{here}/events/4").status_code == 404
    assert f"/people/{person.reference}/details#part-custody" in [href for _, href in shown.links]


# Two officers at once

SEEN_HIM = day("stayed_on", "14 11 2026") | {"premises": "9 Quay Street", "note": "Seen by a neighbour"}
TOLD_ME = day("stayed_on", "13 11 2026") | {"premises": "9 Quay Street", "note": "He told me himself"}


@pytest.fixture
def two(client_for: ClientFor) -> Two:
    return Two(client_for(MANAGER, name="Aisha Rahman"), client_for(MANAGER, name="Jamal Edwards"))


@pytest.mark.parametrize(
    ("way", "notes"),
    [
        ("save", ["Seen by a neighbour", "He told me himself"]),
        ("correct", ["He told me himself"]),
        ("drop", ["Seen by a neighbour"]),
    ],
)
def test_the_second_sees_theirs_beside_hers_and_chooses(two: Two, acting: Acting, session: Session, way: str, notes: list[str]) -> None:
    registered(acting, FIRST, LATELY)
    stale = two.at(f"{HERE}/record/stayed", SEEN_HIM, TOLD_ME)
    for words in ("Jamal Edwards recorded “Stayed away from home”", "Seen by a neighbour", "He told me himself"):
        assert words in stale.says
    assert stale.choose(way).status_code == 302
    assert [event.note for event in live(session, E.STAYED)] == notes


def test_two_corrections_of_one_event_stand_side_by_side(two: Two, acting: Acting, session: Session) -> None:
    registered(acting, FIRST, LATELY)
    said = {"type": "85", "where": "Northmere", "officer": "PC 4471"}
    theirs = said | day("notified_on", "3 3 2026") | {"why_corrected": "The log says the 3rd"}
    mine = said | day("notified_on", "4 3 2026") | {"why_corrected": "He says the 4th"}
    stale = two.at(f"{HERE}/events/3", theirs, mine)
    for words in ("Tuesday 3 March 2026", "Wednesday 4 March 2026", "The log says the 3rd", "He says the 4th"):
        assert words in stale.says
    assert stale.choose("save").status_code == 302
    assert live(session, E.NOTIFIED)[-1].happened_on == date(2026, 3, 4)

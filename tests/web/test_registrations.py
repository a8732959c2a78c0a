"""The page of a registration, why each of its dates, and the list of registered people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Registration
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.services.new_orders import NewEvent
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user
from tests.registration_cases import a_registration, notified
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import page
from tests.web.registered import registered, with_an_order

pytestmark = pytest.mark.on_sqlite

FIRST = notified(date(2024, 3, 5), "83")
LIFE = {"disposal": "imprisonment", "term_months": "48"}
UNTIL_2040: dict[str, Any] = {"made_on": date(2026, 10, 1), "end_kind": EndKind.FIXED, "stated_ends_on": date(2040, 9, 30)}
JOURNEY = {"departs": "2026-12-01", "countries": "Spain"}


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.OFFENDER_MANAGER)


def test_the_page_says_since_when_until_when_and_what_is_due(officer: Officer, acting: Acting) -> None:
    shown = page(officer.get(f"/registrations/{registered(acting)}"))
    for words in (
        "Registered from Monday 4 March 2024 Convicted",
        "Ends Friday 3 March 2034, 24:00",
        "Next periodic notification Tuesday 2 March 2027, 24:00 Annual notification",
        "Where At liberty Has a home address",
        "Imprisonment for more than 6 months and less than 30 months (18 months)",
        "by Tuesday 2 March 2027, 24:00",
        "Initial notification: attend a police station, due Wednesday 6 March 2024, 24:00: notification given Tuesday 5 March 2024",
        "Sexual Offences Act 2003 s.85(1), (2), (5)(b)",
        "Take a notification by telephone, letter or e-mail",
        "Nothing here says that there was a breach: an officer decides.",
    ):
        assert words in shown.main, words


def test_every_date_leads_to_its_reasoning_and_every_deadline_to_the_form_that_meets_it(officer: Officer, acting: Acting) -> None:
    travelling = NewEvent(E.TRAVEL_PLANNED, date(2026, 11, 20), details=JOURNEY)
    here = f"/registrations/{registered(acting, FIRST, notified(date(2026, 3, 2)), travelling)}"
    hrefs = [href for _, href in page(officer.get(here)).links]
    for wanted in ("notification", "record/travel_notified", "why/annual_notification?started=2026-03-02", "why/travel?started=2026-11-20"):
        assert f"{here}/{wanted}" in hrefs
    whys = [href for href in hrefs if "/why/" in href]
    assert {f"{here}/why/last_day", f"{here}/why/registered_from"} <= set(whys)
    for href in whys:
        exhibit = page(officer.get(href))
        assert exhibit.heading == "Why this date?"
        assert "1. The rule" in exhibit.main
        assert "/orders/" not in str(exhibit.links)


def test_the_reasoning_of_a_deadline_says_that_it_is_the_one_stored(officer: Officer, acting: Acting) -> None:
    shown = page(officer.get(f"/registrations/{registered(acting)}/why/annual_notification"))
    assert "By Tuesday 2 March 2027, 24:00" in shown.main
    assert "The same as the date stored and used for alerts" in shown.main
    assert "Notification given: Monday 2 March 2026" in shown.main


def test_the_end_is_explained_once_whether_it_is_asked_as_a_date_or_as_a_deadline(officer: Officer, acting: Acting) -> None:
    here = f"/registrations/{registered(acting)}/why"
    assert page(officer.get(f"{here}/registration_ends")).main == page(officer.get(f"{here}/last_day")).main
    assert "10 years" in page(officer.get(f"{here}/last_day")).main


@pytest.mark.parametrize(
    "address", ["REG-2024-0999", "REG-2024-0001/why/nonsense", "REG-2024-0001/record/nonsense", "REG-2024-0001/events/99"]
)
def test_what_there_is_not_is_not_found(officer: Officer, acting: Acting, address: str) -> None:
    assert registered(acting) == "REG-2024-0001"
    assert officer.get(f"/registrations/{address}").status_code == 404


def test_custody_stops_the_clocks_and_not_the_period(officer: Officer, acting: Acting) -> None:
    inside = NewEvent(E.CUSTODY_STARTED, date(2026, 10, 1), details={"custody_kind": "remand"})
    shown = page(officer.get(f"/registrations/{registered(acting, FIRST, notified(date(2026, 3, 2)), inside)}")).main
    assert "From Thursday 1 October 2026. The clocks stand still, the period does not" in shown
    assert "Ends Friday 3 March 2034, 24:00" in shown


def test_a_prevention_order_carries_the_registration_on(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        registration, order = with_an_order(work, **UNTIL_2040)
    shown = page(officer.get(f"/registrations/{registration.reference}"))
    assert f"Ends Sunday 30 September 2040, 24:00 Carried on by {order}" in shown.main
    assert (order, f"/orders/{order}") in shown.links


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_an_order_the_reader_may_not_open_is_never_named(officer: Officer, acting: Acting, access: Access) -> None:
    with acting() as work:
        registration, order = with_an_order(
            work, made_on=date(2026, 10, 1), end_kind=EndKind.FIXED, stated_ends_on=date(2040, 9, 30), access=access
        )
        person = registration.person.reference
    for address in (
        f"/registrations/{registration.reference}",
        f"/registrations/{registration.reference}/why/last_day",
        f"/people/{person}",
    ):
        assert order not in officer.get(address).text
    assert "Carried on by a prevention order" in page(officer.get(f"/registrations/{registration.reference}")).main


def test_an_indefinite_period_has_its_own_clock_of_review(officer: Officer, acting: Acting) -> None:
    convicted = {"convicted_on": date(2008, 3, 4), "disposal": LIFE}
    first = notified(date(2010, 3, 5), "83")
    may = page(officer.get(f"/registrations/{registered(acting, first, notified(date(2026, 3, 2)), **convicted)}"))
    assert "Review may be applied for From Wednesday 5 March 2025" in may.main
    assert "Record an application for review" in may.main
    applied = (NewEvent(E.REVIEW_APPLIED, date(2026, 11, 2)), NewEvent(E.BODIES_TOLD, date(2026, 11, 5), details={"what": "Probation"}))
    decides = page(officer.get(f"/registrations/{registered(acting, first, notified(date(2026, 3, 2)), *applied, **convicted)}"))
    decided = [href for words, href in decides.links if words.endswith(": Decide the application for review")]
    assert [href.rpartition("/")[2] for href in decided] == ["review_granted", "review_refused"]
    assert {"Record that the review was granted", "Record that the review was refused"} <= {text for text, _ in decides.links}
    assert "Record an application for review" not in decides.main


def test_what_has_ended_says_so_and_asks_for_nothing(officer: Officer, acting: Acting) -> None:
    set_aside = NewEvent(E.ENDED, date(2026, 11, 2), details={"reason": "Quashed by the Court of Appeal"})
    shown = page(officer.get(f"/registrations/{registered(acting, FIRST, notified(date(2026, 3, 2)), set_aside)}")).main
    assert "Ended Monday 2 November 2026, 24:00" in shown
    assert "Nothing is due." in shown


def test_who_may_only_look_is_offered_no_form(client_for: ClientFor, acting: Acting) -> None:
    reference = registered(acting)
    shown = page(client_for(Role.ORDERS_DESK).get(f"/registrations/{reference}"))
    assert "Ends Friday 3 March 2034" in shown.main
    assert not [href for _, href in shown.links if "/record/" in href or "/notification" in href or "/events/" in href]
    for rest in ("/notification", "/record/stayed", "/events/1"):
        assert client_for(Role.ORDERS_DESK).get(f"/registrations/{reference}{rest}").status_code == 403


def test_patrol_and_whoever_sees_no_records_have_no_page(client_for: ClientFor, acting: Acting) -> None:
    reference = registered(acting)
    for role in (Role.PATROL, Role.PERFORMANCE, Role.ADMINISTRATOR):
        for address in ("/registrations", f"/registrations/{reference}", f"/registrations/{reference}/why/annual_notification"):
            assert client_for(role).get(address).status_code == 403


def test_opening_it_and_asking_why_are_logged(officer: Officer, acting: Acting, session: Session) -> None:
    reference = registered(acting)
    officer.get(f"/registrations/{reference}")
    officer.get(f"/registrations/{reference}/why/annual_notification")
    rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "registration.viewed").order_by(AuditEvent.id)).all()
    assert [row.changes["what"] for row in rows] == ["Registration", "Why this date"]
    assert {row.record_id for row in rows} == set(session.scalars(select(Registration.id)))


@pytest.mark.parametrize("of_person", [True, False])
@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_a_closed_one_is_not_there_for_whoever_is_not_named(
    client_for: ClientFor, officer: Officer, acting: Acting, access: Access, of_person: bool
) -> None:
    with acting() as work:
        person = a_person(work, surname="Quillfeather", access=access if of_person else Access.OPEN)
        registration = a_registration(work, person=person, access=Access.OPEN if of_person else access)
    for rest in ("", "/why/annual_notification", "/notification", "/record/stayed", "/events/1"):
        answer = officer.get(f"/registrations/{registration.reference}{rest}")
        assert answer.status_code == 404
        assert "Quillfeather" not in answer.text


def test_whoever_is_named_on_a_closed_one_says_why_first(client_for: ClientFor, acting: Acting, session: Session) -> None:
    sergeant = client_for(Role.MOSOVO_SUPERVISOR)
    here = f"/registrations/{registered(acting)}"
    form = page(sergeant.get(f"{here}/access"))
    assert form.heading.startswith("Who may open")
    closing = {"access": "restricted", "reason": "Witness", "version": form.inputs["version"]}
    assert sergeant.post(f"{here}/access", data=closing).status_code == 302
    asked = sergeant.get(here)
    assert asked.status_code == 302
    told = sergeant.post(asked.location, data={"reason": "Annual review"})
    assert told.location == here
    assert page(sergeant.get(here)).heading.startswith("REG-2024-0001")
    logged = select(AuditEvent.reason).where(AuditEvent.action == "registration.viewed").order_by(AuditEvent.id.desc())
    assert session.scalars(logged).first() == "Annual review"


@pytest.mark.parametrize(
    "rest", ["", "/why/annual_notification", "/why/last_day", "/notification", "/record/travel_notified", "/events/1", "/access"]
)
def test_no_page_needs_more_than_twelve_statements_however_much_happened(
    client_for: ClientFor, acting: Acting, statements: Statements, rest: str
) -> None:
    weekly = [notified(NOW.date() - timedelta(days=7 * week), residence="none") for week in range(40, 0, -1)]
    references = registered(acting), registered(acting, FIRST, *weekly)
    sergeant = client_for(Role.MOSOVO_SUPERVISOR)
    sergeant.get(f"/registrations/{references[0]}")  # the law in force is read once
    counts = []
    for reference in references:
        with statements() as seen:
            assert sergeant.get(f"/registrations/{reference}{rest}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12, counts


def test_the_list_has_tabs_that_keep_what_it_is_narrowed_to(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        team = a_team(work, name="MOSOVO north")
        a_registration(work, FIRST, notified(NOW.date() - timedelta(days=360)), person=a_person(work, surname="Soon"), team_id=team.id)
        a_registration(work, FIRST, notified(NOW.date() - timedelta(days=360)), person=a_person(work, surname="Elsewhere"))
    shown = page(officer.get("/registrations"))
    assert "Due in 14 days (2)" in shown.main
    assert "/registrations/REG-2024-0001" in [href for text, href in shown.links if text.startswith("SOON")]
    narrowed = page(officer.get("/registrations?team=MOSOVO+north"))
    assert "Due in 14 days (1)" in narrowed.main
    assert "ELSEWHERE" not in narrowed.main
    assert "/registrations?team=MOSOVO+north&tab=overdue" in [href for _, href in narrowed.links]
    nothing = page(officer.get("/registrations?team=MOSOVO+north&tab=overdue"))
    assert "No registration matches" in nothing.main
    assert "No notification is overdue" in page(officer.get("/registrations?tab=overdue")).main
    assert page(officer.get("/registrations?tab=nonsense")).main == shown.main


def test_restricted_ones_come_last_under_all_registered_and_in_no_number(officer: Officer, acting: Acting) -> None:
    registered(acting)
    registered(acting, access=Access.RESTRICTED)
    registered(acting, access=Access.SEALED)
    shown = page(officer.get("/registrations?tab=registered"))
    assert "All registered (1)" in shown.main
    assert shown.main.count("1 registration you may not open") == 1
    assert "Restricted" not in page(officer.get("/registrations?tab=due")).main


def test_the_list_costs_no_more_statements_for_more_people(officer: Officer, acting: Acting, statements: Statements) -> None:
    counts = []
    for _ in range(2):
        with acting() as work:
            for number in range(5):
                owner = a_user(work, Role.OFFENDER_MANAGER)
                a_registration(work, FIRST, notified(NOW.date() - timedelta(days=355 + number)), owner_id=owner.id, access=Access.OPEN)
            a_registration(work, access=Access.RESTRICTED)
        with statements() as seen:
            assert officer.get("/registrations?tab=registered").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12, counts

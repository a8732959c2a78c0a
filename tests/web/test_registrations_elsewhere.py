"""A registration where other pages speak of it: My work, the person, search, the log, and who may open it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Person
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EventKind as E
from orders_app.services.alerts import raise_alerts
from orders_app.services.new_orders import NewEvent
from orders_app.services.new_people import Identity, NewPerson
from orders_app.services.people import record_person
from tests.conftest import NOW, Acting
from tests.order_cases import a_made_order
from tests.registration_cases import a_registration, notified
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import Page, page, without_way_back
from tests.web.searches import search_people

TODAY = NOW.date()
FIRST = notified(date(2024, 3, 5), "83")
HERE = "/registrations/REG-2024-0001"
JOURNEY = {"departs": "2026-11-30", "countries": "Spain"}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


TRAVELS = NewEvent(E.TRAVEL_PLANNED, ago(3), details=JOURNEY)
NOTICE_AHEAD = notified(ago(20), "84", specified_on=ago(-2).isoformat(), of="name")


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.OFFENDER_MANAGER, name="Mei-Ling Hargreaves")


@pytest.fixture
def gareth(acting: Acting) -> Person:
    with acting() as work:
        return record_person(work, NewPerson(Identity("Marsh", "Gareth", date(1979, 8, 2))))


def on_file(acting: Acting, person: Person, *events: NewEvent, **values: Any) -> str:
    with acting() as work:
        reference = a_registration(work, *events, person=work.session.get_one(Person, person.id), **values).reference
        raise_alerts(work, stages=load_reference().stages)
        return reference


def hrefs(shown: Page) -> list[str]:
    return [without_way_back(href) for _, href in shown.links]


@pytest.mark.parametrize(
    ("events", "words", "step"),
    [
        ((FIRST, notified(ago(360))), "Record a notification", "/notification"),
        ((FIRST, notified(ago(370))), "Report a possible breach", "/record/breach_reported"),
        ((FIRST, notified(ago(5), residence="none")), "Record a notification", "/notification"),
        ((FIRST, notified(ago(9)), TRAVELS), "Record that travel abroad was notified", "/record/travel_notified"),
        ((FIRST, notified(ago(9)), NewEvent(E.RETURNED_TO_UK, ago(1))), "Record that the return was notified", "/record/return_notified"),
        ((FIRST, NOTICE_AHEAD), "Record a notification", "/notification?meets=advance_notice"),
    ],
)
def test_its_deadline_in_my_work_leads_to_the_form_that_meets_it(
    officer: Officer, acting: Acting, gareth: Person, events: tuple[NewEvent, ...], words: str, step: str
) -> None:
    on_file(acting, gareth, *events, owner_id=officer.user.id)
    shown = page(officer.get("/work"))
    assert "MARSH, Gareth REG-2024-0001" in shown.main
    assert HERE + step in hrefs(shown)
    assert words in shown.main
    assert [href for href in hrefs(shown) if "/orders/REG" in href] == []
    for href in hrefs(shown):
        if "REG-2024-0001" in href:
            assert officer.get(href).status_code == 200, href


def test_travel_is_no_possible_breach_before_the_later_reading_has_passed(officer: Officer, acting: Acting, gareth: Person) -> None:
    departs = {"departs": (TODAY + timedelta(days=7)).isoformat(), "countries": "Spain"}
    on_file(acting, gareth, FIRST, notified(ago(9)), NewEvent(E.TRAVEL_PLANNED, ago(3), details=departs), owner_id=officer.user.id)
    shown = page(officer.get("/work"))
    assert "The law can be read two ways: the earlier, safe date was Saturday 21 November 2026, 24:00" in shown.main
    assert f"{HERE}/record/travel_notified" in hrefs(shown)
    assert f"{HERE}/record/breach_reported" not in hrefs(shown)


def test_the_page_of_its_deadline_opens_the_registration(officer: Officer, acting: Acting, gareth: Person) -> None:
    on_file(acting, gareth, FIRST, notified(ago(360)), owner_id=officer.user.id)
    (more,) = [href for text, href in page(officer.get("/work")).links if text.startswith("More")]
    shown = page(officer.get(more))
    links = [(text, without_way_back(href)) for text, href in shown.links]
    assert ("Open the registration", HERE) in links
    assert ("Record a notification", f"{HERE}/notification") in links


def test_who_may_not_record_on_it_is_offered_no_step(client_for: ClientFor, acting: Acting, gareth: Person) -> None:
    desk = client_for(Role.ORDERS_DESK)
    on_file(acting, gareth, FIRST, notified(ago(360)), owner_id=desk.user.id)
    for address in ("/work", f"/people/{gareth.reference}"):
        shown = page(desk.get(address))
        assert "Annual notification" in shown.main
        assert f"{HERE}/notification" not in hrefs(shown)


def test_the_person_s_page_has_a_card_its_deadline_and_what_happened(officer: Officer, acting: Acting, gareth: Person) -> None:
    on_file(acting, gareth, FIRST, notified(ago(360)), owner_id=officer.user.id)
    shown = page(officer.get(f"/people/{gareth.reference}"))
    for words in (
        "Registered: must notify.", "Registration (1)", "Registration REG-2024-0001 Registered",
        "Ends Friday 3 March 2034, 24:00", "Next: Annual notification, by Friday 27 November 2026, 24:00 (law)",
        "What needs attention (1)", "Notification given: REG-2024-0001", "Registration (3)", f"Owner: {officer.user.display_name}",
    ):  # fmt: skip
        assert words in shown.main, words
    assert "Register this person" not in shown.main
    part = page(officer.get(f"/people/{gareth.reference}?show=registration"))
    assert "Notification given: REG-2024-0001" in part.main


def test_a_new_address_that_was_notified_is_asked_for_on_the_person(officer: Officer, acting: Acting, gareth: Person) -> None:
    moved = NewEvent(E.ADDRESS_CHANGED, ago(4), details={"address": "4 Ferry Lane, Northmere"})
    on_file(acting, gareth, FIRST, moved, notified(ago(3), "84"))
    for address in (HERE, f"/people/{gareth.reference}"):
        shown = page(officer.get(address))
        assert "REG-2024-0001 says that they moved on Wednesday 18 November 2026 to 4 Ferry Lane, Northmere" in shown.main
        (form,) = [href for text, href in shown.links if text == "Record the new address"]
    assert page(officer.get(form)).inputs["postcode"] == ""
    assert "4 Ferry Lane, Northmere" in officer.get(form).text


def test_a_person_who_is_not_registered_may_be_from_their_page(officer: Officer, acting: Acting, gareth: Person) -> None:
    shown = page(officer.get(f"/people/{gareth.reference}"))
    assert "Registration" not in shown.main.replace("Registered", "")
    assert ("Register this person", f"/registrations/new?person={gareth.reference}") in shown.links
    begin = page(officer.get(f"/registrations/new?person={gareth.reference}"))
    assert "Continue with this person" in begin.main


def test_patrol_sees_nothing_of_it_on_the_person(client_for: ClientFor, acting: Acting, gareth: Person) -> None:
    on_file(acting, gareth, FIRST, notified(ago(370)))
    for address in (f"/people/{gareth.reference}", f"/people/{gareth.reference}/patrol-card"):
        assert "REG-2024" not in client_for(Role.PATROL).get(address).text
        assert "nnual notification" not in client_for(Role.PATROL).get(address).text


@pytest.mark.parametrize(("access", "says"), [(Access.RESTRICTED, True), (Access.SEALED, False)])
def test_a_closed_one_is_no_more_than_a_restricted_row_on_the_person(
    officer: Officer, acting: Acting, gareth: Person, access: Access, says: bool
) -> None:
    before = page(officer.get(f"/people/{gareth.reference}")).main
    on_file(acting, gareth, FIRST, notified(ago(370)), access=access)
    after = page(officer.get(f"/people/{gareth.reference}")).main
    assert ("1 registration you may not open" in after) is says
    assert "REG-2024" not in after
    assert says or after == before


@pytest.mark.parametrize("typed", ["REG-2024-0001", "reg 2024 1", "reg20240001"])
def test_search_finds_the_person_by_its_reference(officer: Officer, acting: Acting, gareth: Person, typed: str) -> None:
    on_file(acting, gareth, FIRST)
    found = page(search_people(officer, typed))
    assert "MARSH, Gareth" in found.main
    assert ("Registration REG-2024-0001", HERE) in found.links


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_search_finds_nobody_by_a_closed_one_nor_patrol_by_any(
    officer: Officer, client_for: ClientFor, acting: Acting, gareth: Person, access: Access
) -> None:
    on_file(acting, gareth, FIRST, access=access)
    assert "MARSH" not in page(search_people(officer, "REG-2024-0001")).main
    with acting() as work:
        other = record_person(work, NewPerson(Identity("Evans", "Rhys")))
    open_one = on_file(acting, other, FIRST)
    assert "EVANS" in page(search_people(officer, open_one)).main
    assert "EVANS" not in page(search_people(client_for(Role.PATROL), open_one)).main


def test_the_log_says_what_was_opened_recorded_and_corrected(
    client_for: ClientFor, officer: Officer, acting: Acting, gareth: Person
) -> None:
    on_file(acting, gareth, FIRST)
    officer.get(HERE)
    trail = page(client_for(Role.MOSOVO_SUPERVISOR).get("/audit/records/REG-2024-0001"))
    assert "Opened: Registration" in trail.main
    assert "MARSH" in trail.main
    assert trail.heading


def test_a_purpose_leads_back_to_the_registration(client_for: ClientFor, acting: Acting, gareth: Person) -> None:
    on_file(acting, gareth, FIRST)
    named = client_for(Role.MOSOVO_SUPERVISOR)
    version = page(named.get(f"/people/{gareth.reference}/access")).inputs["version"]
    named.post(f"/people/{gareth.reference}/access", data={"access": "sealed", "reason": "Witness", "version": version})
    asked = named.get(HERE)
    assert asked.location.startswith(f"/people/{gareth.reference}/purpose")
    assert named.post(asked.location, data={"reason": "Annual review"}).location == HERE
    assert client_for(Role.MOSOVO_SUPERVISOR).get(HERE).status_code == 404


def test_the_person_s_page_needs_no_more_than_twelve_statements(
    client_for: ClientFor, acting: Acting, gareth: Person, statements: Statements
) -> None:
    sergeant = client_for(Role.MOSOVO_SUPERVISOR)
    on_file(acting, gareth, FIRST, notified(ago(360)), owner_id=sergeant.user.id)
    with acting() as work:
        for kind in ("shpo", "sro"):
            a_made_order(work, order_type=kind, person=work.session.get_one(Person, gareth.id))
    sergeant.get(f"/people/{gareth.reference}")  # the law in force is read once
    with statements() as seen:
        assert sergeant.get(f"/people/{gareth.reference}").status_code == 200
    assert len(seen) <= 12, "\n".join(seen)
    with statements() as seen:
        assert sergeant.get("/work").status_code == 200
    assert len(seen) <= 12


def test_a_change_of_the_reference_s_kind_is_never_guessed(officer: Officer, acting: Acting, gareth: Person, session: Session) -> None:
    on_file(acting, gareth, FIRST)
    assert officer.get("/orders/REG-2024-0001").status_code == 404
    assert session.scalars(select(Person.reference)).all() == [gareth.reference]

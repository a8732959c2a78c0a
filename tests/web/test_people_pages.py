"""The people pages: who is found, what a person's page shows and to whom, and that every look is logged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, AuditEvent, Order, Person
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EventKind
from orders_app.services.new_orders import NewEvent
from orders_app.services.new_people import Identity, NewAddress, NewAlias, NewCustody, NewIdentifier, NewMarker, NewPerson
from orders_app.services.order_events import record_event
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.order_cases import a_made_order
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import page
from tests.web.searches import address_of_search, search_people

pytestmark = pytest.mark.on_sqlite

CALLUM = NewPerson(
    Identity("Whittaker", "Callum James", date(1988, 3, 14), notes="Works nights"),
    aliases=(NewAlias("Whittaker", "Cal"), NewAlias("", "cjw_outrun88", kind="online")),
    identifiers=(NewIdentifier("pnc", "06/118234F"),),
    addresses=(NewAddress("Flat 6, 212 Foundry Lane\nNorthmere", "nm3 4rt", from_on=date(2026, 11, 17), source="Found by police"),),
    markers=(NewMarker("carries a knife", date(2024, 2, 3), kind="weapons", source="PNC"),),
    custody=(NewCustody(date(2024, 5, 1), place="HMP Stonewick", until_on=date(2025, 5, 1), licence_until_on=date(2027, 4, 8)),),
)


@pytest.fixture
def callum(acting: Acting) -> Person:
    with acting() as work:
        return record_person(work, CALLUM)


def _closed(acting: Acting, access: Access, officer: Officer | None = None) -> Person:
    with acting() as work:
        person = record_person(work, NewPerson(Identity("Secrett", "Jade"), access=access))
        if officer:
            work.session.add(AccessGrant(person_id=person.id, user_id=officer.user.id, granted_at=work.now, reason="Test"))
    return person


def test_search_lists_people_with_why(client_for: ClientFor, callum: Person) -> None:
    found = page(search_people(client_for(Role.ORDERS_DESK), "cal whittaker"))
    assert found.title.startswith("cal whittaker: 1 person")
    assert "WHITTAKER, Callum James" in found.main
    assert "Alias Cal Whittaker" in found.main
    assert "Some records are never listed in a search." in found.main


def test_nothing_typed_lists_whom_i_opened_last(client_for: ClientFor, callum: Person) -> None:
    officer = client_for(Role.ORDERS_DESK)
    assert "Search for a person" in page(officer.get("/people")).main
    officer.get(f"/people/{callum.reference}")
    assert "WHITTAKER, Callum James" in page(officer.get("/people")).main
    assert "WHITTAKER" not in page(client_for(Role.ORDERS_DESK).get("/people")).main


def test_what_could_not_be_used_is_said(client_for: ClientFor, callum: Person) -> None:
    found = page(search_people(client_for(Role.ORDERS_DESK), "06/118234K", born="1988-02-31"))
    assert "ends with the letter F, not K" in found.main
    assert "February 1988 has 29 days" in found.main


def test_the_page_of_a_person(client_for: ClientFor, callum: Person) -> None:
    shown = page(client_for(Role.ORDERS_DESK).get(f"/people/{callum.reference}"))
    assert shown.heading == "WHITTAKER, Callum James"
    for words in (
        "Born 14 March 1988 (38)", "PNC 2006/0118234F", "Also known as Cal Whittaker; online: cjw_outrun88",
        "At liberty. On licence to Thursday 8 April 2027.",
        "Flat 6, 212 Foundry Lane, Northmere NM3 4RT", "Weapons: carries a knife PNC, 3 February 2024",
        "P-10001. Subject of no orders. Protected by none.",
        "Nothing falls due in the next 30 days", "Works nights", "Person recorded",
        "HMP Stonewick, 1 May 2024 to 1 May 2025", "Opened by no colleague in the last 30 days",
    ):  # fmt: skip
        assert words in shown.main


def test_opening_and_searching_are_logged(client_for: ClientFor, callum: Person, session: Session) -> None:
    officer = client_for(Role.ORDERS_DESK)
    search_people(officer, "whittaker")
    officer.get(f"/people/{callum.reference}")
    mine = select(AuditEvent).where(AuditEvent.actor_id == officer.user.id, AuditEvent.action.startswith("person."))
    looks = session.scalars(mine.order_by(AuditEvent.id)).all()
    assert [(row.action, row.person_id) for row in looks] == [("person.searched", None), ("person.viewed", callum.id)]
    assert looks[0].changes["terms"]["q"] == "whittaker"
    assert looks[0].changes["results"] == 1


def test_restricted_shows_how_to_ask_and_sealed_reads_as_nobody(client_for: ClientFor, acting: Acting) -> None:
    officer = client_for(Role.ORDERS_SUPERVISOR)
    restricted, sealed = _closed(acting, Access.RESTRICTED), _closed(acting, Access.SEALED)
    grey = officer.get(f"/people/{restricted.reference}")
    assert grey.status_code == 403
    assert "ask the duty supervisor" in page(grey).main
    assert "SECRETT" not in page(grey).text.upper()
    for path in ("", "/purpose", "/details", "/access", "/details/identity", "/details/address/new"):
        gone, nobody = officer.get(f"/people/{sealed.reference}{path}"), officer.get(f"/people/P-99999999{path}")
        assert gone.status_code == nobody.status_code == 404
        assert page(gone).main.replace(sealed.reference, "") == page(nobody).main.replace("P-99999999", "")
    assert officer.post(f"/people/{sealed.reference}/access").status_code == 404


def test_a_sealed_person_costs_the_same_statements_as_nobody(client_for: ClientFor, acting: Acting, statements: Statements) -> None:
    officer = client_for(Role.ORDERS_DESK)
    sealed = _closed(acting, Access.SEALED)
    with statements() as for_sealed:
        officer.get(f"/people/{sealed.reference}")
    with statements() as for_nobody:
        officer.get("/people/P-99999999")
    assert [sql.split("FROM")[0] for sql in for_sealed] == [sql.split("FROM")[0] for sql in for_nobody]


def test_search_page_reads_the_same_with_and_without_a_sealed_person(client_for: ClientFor, acting: Acting, callum: Person) -> None:
    officer = client_for(Role.ORDERS_DESK)
    before = page(search_people(officer, "secrett jade")).main
    _closed(acting, Access.SEALED)
    assert page(search_people(officer, "secrett jade")).main == before
    _closed(acting, Access.RESTRICTED)
    after = page(search_people(officer, "secrett jade")).main
    assert "Restricted" in after
    assert "0 people" in after


def test_those_named_say_why_before_they_see_anything(client_for: ClientFor, acting: Acting, session: Session) -> None:
    officer = client_for(Role.ORDERS_DESK)
    person = _closed(acting, Access.SEALED, officer)
    asked = officer.get(f"/people/{person.reference}")
    assert (asked.status_code, asked.headers["Location"].split("?")[0]) == (302, f"/people/{person.reference}/purpose")
    assert "SECRETT" not in page(officer.get(asked.headers["Location"])).text
    assert "Enter why you are opening this record" in page(officer.post(asked.headers["Location"], data={"reason": " "})).problems
    said = officer.post(asked.headers["Location"], data={"reason": "Incident 412"})
    assert said.headers["Location"] == f"/people/{person.reference}"
    assert page(officer.get(said.headers["Location"])).heading == "SECRETT, Jade"
    looks = select(AuditEvent.action, AuditEvent.reason).where(AuditEvent.person_id == person.id, AuditEvent.subject_type == "views")
    assert session.execute(looks).all() == [("person.purpose_given", "Incident 412"), ("person.viewed", "Incident 412")]


def test_a_purpose_holds_half_an_hour_for_the_officer_who_said_it_in_any_browser(
    client_for: ClientFor, signed_in_as: SignedInAs, acting: Acting, clock: time_machine.Traveller
) -> None:
    officer, colleague = client_for(Role.ORDERS_DESK), client_for(Role.ORDERS_DESK)
    person = _closed(acting, Access.SEALED, officer)
    with acting() as work:
        work.session.add(AccessGrant(person_id=person.id, user_id=colleague.user.id, granted_at=work.now, reason="Test"))
    path = f"/people/{person.reference}"
    officer.post(f"{path}/purpose", data={"reason": "I" * 300})
    assert (officer.get(path).status_code, signed_in_as(officer.user).get(path).status_code) == (200, 200)
    assert colleague.get(path).status_code == 302
    clock.shift(timedelta(minutes=29))
    assert officer.get(path).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert officer.get(path).status_code == 302


def test_the_patrol_card_of_somebody_closed_asks_why_too(client_for: ClientFor, acting: Acting) -> None:
    officer = client_for(Role.PATROL)
    person = _closed(acting, Access.SEALED, officer)
    assert "purpose" in officer.get(f"/people/{person.reference}/patrol-card").location
    assert client_for(Role.PATROL).get(f"/people/{person.reference}/patrol-card").status_code == 404


def test_how_many_colleagues_looked_is_said(client_for: ClientFor, callum: Person) -> None:
    officer, colleague = client_for(Role.ORDERS_DESK), client_for(Role.PATROL)
    for _ in range(2):
        officer.get(f"/people/{callum.reference}")
        colleague.get(f"/people/{callum.reference}/patrol-card")
    assert "Opened by 1 colleague in the last 30 days" in page(officer.get(f"/people/{callum.reference}")).main


@pytest.mark.parametrize(
    "wanted", ["https://example.org/", "//example.org", "/people/../..//example.org", "/sign-out", "/people/\\example.org"]
)
def test_the_purpose_page_leads_nowhere_else(client_for: ClientFor, acting: Acting, wanted: str) -> None:
    officer = client_for(Role.ORDERS_DESK)
    person = _closed(acting, Access.RESTRICTED, officer)
    answer = officer.post(f"/people/{person.reference}/purpose", query_string={"next": wanted}, data={"reason": "Incident 412"})
    assert answer.headers["Location"] == f"/people/{person.reference}"


def test_restricted_orders_are_in_no_count_and_sealed_ones_nowhere(client_for: ClientFor, acting: Acting, callum: Person) -> None:
    officer = client_for(Role.ORDERS_DESK)
    with acting() as work:
        open_order = an_order(work, person=callum, order_type="spo")
        restricted = an_order(work, person=callum, order_type="spo", access=Access.RESTRICTED)
        sealed = an_order(work, person=callum, order_type="spo", access=Access.SEALED)
    shown = page(officer.get(f"/people/{callum.reference}"))
    assert "Subject of 1 order." in shown.main
    assert open_order.reference in shown.main
    assert "1 order you may not open" in shown.main
    assert restricted.reference not in shown.main
    assert sealed.reference not in shown.main


@pytest.mark.parametrize("role", [Role.ORDERS_DESK, Role.ORDERS_SUPERVISOR, Role.PATROL, Role.AUDITOR])
@pytest.mark.parametrize("path", ["/people/{}", "/people", "whittaker", "callum 14/3/1988 nm3 4rt"])
def test_at_most_twelve_statements(
    client_for: ClientFor, acting: Acting, callum: Person, statements: Statements, role: Role, path: str
) -> None:
    with acting() as work:
        for _ in range(5):
            an_order(work, person=callum)
            an_order(work, person=a_person(work))
    officer = client_for(role)
    officer.get(f"/people/{callum.reference}")
    address = path.format(callum.reference) if path.startswith("/") else address_of_search(officer, path)
    with statements() as seen:
        assert officer.get(address).status_code == 200
    assert len(seen) <= 12, "\n".join(seen)


def test_export_is_logged_and_runs_nothing(client_for: ClientFor, acting: Acting, callum: Person, session: Session) -> None:
    officer = client_for(Role.ORDERS_DESK)
    with acting() as work:
        record_person(work, NewPerson(Identity("Whittaker", "=HYPERLINK(1)")))
    _closed(acting, Access.SEALED)
    answer = officer.get(f"{address_of_search(officer, 'whittaker')}/people.csv")
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[0].startswith("\ufeffReference,Surname")
    assert any("'=HYPERLINK(1)" in line for line in lines)
    assert len(lines) == 3
    (row,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.exported")).all()
    assert row.changes["rows"] == 2
    patrol = client_for(Role.PATROL)
    assert patrol.get(f"{address_of_search(patrol, 'whittaker')}/people.csv").status_code == 403


@pytest.mark.parametrize("path", ["/people", "/people/P-10001"])
def test_closed_to_those_without_the_right(client_for: ClientFor, path: str) -> None:
    assert client_for(Role.PERFORMANCE).get(path).status_code == 403


def test_what_needs_attention_says_what_to_do_and_each_order_what_is_next(client_for: ClientFor, acting: Acting, callum: Person) -> None:
    with acting() as work:
        team = a_team(work, name="Orders desk")
        a_user(work, Role.ORDERS_SUPERVISOR, team=team, leads_team=True, name="Tomasz Nowak", rank="Sgt", collar_number="0861")
        order = a_made_order(work, person=callum, team_id=team.id)
        attempt = NewEvent(EventKind.SERVICE_ATTEMPTED, date(2026, 10, 3))
        checked = NewEvent(EventKind.COMPLIANCE_CHECKED, date(2026, 10, 30), details={"condition_1": "complied", "condition_2": "in_part"})
        reported = NewEvent(EventKind.BREACH_REPORTED, date(2026, 11, 20), details={"condition": "1"})
        for event in (attempt, NewEvent(EventKind.SERVED, date(2026, 10, 5), details={"how": "in_person"}), checked, reported):
            version = work.session.get_one(Order, order.id).version
            record_event(work, reference=order.reference, version=version, event=event)
    shown = page(client_for(Role.ORDERS_DESK).get(f"/people/{callum.reference}"))
    for words in (
        "Monday 5 October 2026 (in person, after 1 attempt)", "Breaches 1 reported", "Supervisor: Sgt 0861 Tomasz Nowak",
        "30 October 2026, " + order.reference + " Kept in part 1 of 2", "1 check since 30 October 2026, 1 breach reported on 1 order",
        "Breaches (1)",
    ):  # fmt: skip
        assert words in shown.main
    here = f"/people/{callum.reference}"
    assert f"/orders/{order.reference}/record/compliance_checked?next={here}" in [href for _, href in shown.links]
    patrol = page(client_for(Role.PATROL).get(f"/people/{callum.reference}"))
    assert not [href for _, href in patrol.links if "/record/" in href or "/work/" in href]


def test_more_orders_than_make_a_page_of_cards_are_rows(client_for: ClientFor, acting: Acting, callum: Person) -> None:
    with acting() as work:
        references = [a_made_order(work, person=callum, made_on=date(2026, 10, day)).reference for day in range(1, 13)]
    shown = page(client_for(Role.ORDERS_DESK).get(f"/people/{callum.reference}"))
    assert [tag for tag, _ in shown.tags].count("article") == 10
    assert all(reference in shown.main for reference in references)
    assert "Orders (12: 12 in force)" in shown.main


def test_who_looked_and_why_is_a_link_for_those_who_may_read_the_log(client_for: ClientFor, callum: Person) -> None:
    trail = ("Who looked, and why", f"/audit/people/{callum.reference}")
    assert trail in page(client_for(Role.ORDERS_SUPERVISOR).get(f"/people/{callum.reference}")).links
    assert trail not in page(client_for(Role.ORDERS_DESK).get(f"/people/{callum.reference}")).links


def test_the_banner_says_that_a_record_is_closed(client_for: ClientFor, acting: Acting, statements: Statements) -> None:
    officer = client_for(Role.ORDERS_DESK)
    for access, word in ((Access.SEALED, "Sealed"), (Access.RESTRICTED, "Restricted")):
        person = _closed(acting, access, officer)
        officer.post(f"/people/{person.reference}/purpose", data={"reason": "Incident 412"})
        with statements() as seen:
            assert word in page(officer.get(f"/people/{person.reference}")).within(".app-person")
        assert len(seen) <= 12, "\n".join(seen)


def test_a_search_leads_to_the_order_and_to_the_patrol_card(client_for: ClientFor, acting: Acting, callum: Person) -> None:
    with acting() as work:
        order = a_made_order(work, person=callum, served_on=date(2026, 10, 5))
    found = page(search_people(client_for(Role.PATROL), order.reference.replace("-", " ").lower()))
    assert (f"Order {order.reference}", f"/orders/{order.reference}") in found.links
    assert f"/people/{callum.reference}/patrol-card" in [href for _, href in found.links]
    assert "In force 1 order" in found.main

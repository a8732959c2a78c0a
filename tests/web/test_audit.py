"""Reading the log, who may, and what it must not give away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, AuditEvent, Order, Person
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.services import audit
from orders_app.services.work import Actor
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_user, an_order
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import page


@pytest.fixture
def auditor(client_for: ClientFor) -> Officer:
    return client_for(Role.AUDITOR, name="Ada Auditor", username="auditor", collar_number="77")


@pytest.fixture
def order(acting: Acting) -> Order:
    with acting("order.recorded", reason="Served last night") as work:
        person = a_person(work, reference="P-10482", surname="Whittaker", forenames="Callum", born_on=None)
        return an_order(work, person=person, order_type="dvpn", reference="DVPN-2026-0042")


def _changed(acting: Acting, order: Order, actor: Actor | None = None) -> None:
    with acting("person.changed", reason="Charge sheet", actor=actor) as work:
        person = work.session.get_one(Person, order.person_id)
        person.surname = "Whitaker"


def test_a_trail_says_who_changed_what_from_what_to_what(auditor: Officer, order: Order, acting: Acting) -> None:
    _changed(acting, order)
    with acting("person.viewed", reason="Intelligence check") as work:
        audit.record_view(work, person_id=order.person_id, what="Patrol card")
    shown = page(auditor.get("/audit/people/P-10482"))
    assert "P-10482, WHITAKER, Callum" in shown.heading
    assert "Surname: from Whittaker to Whitaker" in shown.main
    assert "Charge sheet" in shown.main
    assert "Opened: Patrol card" in shown.main
    assert "Served last night" in shown.main
    assert shown.main.index("Intelligence check") < shown.main.index("Charge sheet") < shown.main.index("Served last night")
    assert "DVPN-2026-0042" in shown.main


def test_reading_a_trail_is_logged(auditor: Officer, order: Order, session: Session) -> None:
    auditor.get("/audit/records/DVPN-2026-0042")
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "audit.read")).one()
    assert (row.record_id, row.actor_id, row.changes) == (order.id, auditor.user.id, {"what": "Trail"})
    assert "Read the log: Trail" in page(auditor.get("/audit/records/DVPN-2026-0042")).main


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("officer=ada", False), ("officer=desk", True), ("officer=4471", True), ("reference=p-10482", True),
        ("reference=DVPN-2026-0042", False),
        ("reference=P-999", False), ("since=2026-11-22&until=2026-11-22", True), ("since=2026-11-23", False), ("until=2026-11-21", False),
        ("kind=changes", True), ("kind=views", False), ("kind=sign_ins", False), ("kind=nonsense", False), ("officer=%25", False),
    ],
)  # fmt: skip
def test_rows_are_found(auditor: Officer, order: Order, acting: Acting, query: str, is_found: bool) -> None:
    with acting() as work:
        officer = a_user(work, Role.ORDERS_DESK, name="Dora Desk", collar_number="4471")
    _changed(acting, order, Actor(officer.id, officer.display_name, None))
    assert ("Surname: from Whittaker to Whitaker" in page(auditor.get(f"/audit/?{query}")).main) is is_found


def test_a_wrong_day_is_named(auditor: Officer) -> None:
    shown = page(auditor.get("/audit/?since=31%20November%202026"))
    assert shown.title.startswith("Error: ")
    assert "From" in shown.problems


def test_searches_show_what_was_looked_for_but_not_how_many(auditor: Officer, acting: Acting, client_for: ClientFor) -> None:
    with acting("person.searched") as work:
        audit.record_search(work, what="People", terms={"name": "Whittaker", "born": ""}, results=31)
    shown = page(auditor.get("/audit/?kind=searches"))
    assert "Looked for: Name Whittaker" in shown.main
    assert "31" not in shown.main


@pytest.mark.parametrize("access", [Access.SEALED, Access.RESTRICTED])
@pytest.mark.parametrize("on", ["person", "record"])
def test_closed_records_leave_no_trace_for_who_is_not_named(
    auditor: Officer, order: Order, acting: Acting, access: Access, on: str
) -> None:
    before = page(auditor.get("/audit/?kind=views")).main
    with acting("access.set") as work:
        row = work.session.get_one(Person, order.person_id) if on == "person" else work.session.get_one(Order, order.id)
        row.access = access
        audit.record_view(work, person_id=order.person_id, record_id=order.id, what="Order")
    for path in ("/audit/records/DVPN-2026-0042", *(["/audit/people/P-10482"] if on == "person" else [])):
        unknown = auditor.get(path.replace("10482", "99999").replace("0042", "9999"))
        closed = auditor.get(path)
        assert closed.status_code == unknown.status_code == 404
        assert page(closed).main == page(unknown).main
    assert page(auditor.get("/audit/?kind=views")).main == before
    assert "DVPN-2026-0042" not in page(auditor.get("/audit/")).within("tbody")
    if on == "record":
        assert "DVPN" not in page(auditor.get("/audit/people/P-10482")).main


def test_an_auditor_named_on_a_sealed_record_reads_its_trail(auditor: Officer, order: Order, acting: Acting) -> None:
    with acting("access.set") as work:
        work.session.get_one(Person, order.person_id).access = Access.SEALED
        work.session.add(AccessGrant(person_id=order.person_id, user_id=auditor.user.id, granted_at=NOW, reason="Review"))
    shown = page(auditor.get("/audit/people/P-10482"))
    assert "Access: from open to sealed" in shown.main.replace("Open", "open").replace("Sealed", "sealed")


def test_the_protected_persons_change_does_not_show_on_the_record(auditor: Officer, order: Order, acting: Acting) -> None:
    with acting("order.changed") as work:
        hidden = a_person(work, surname="Hidden", access=Access.SEALED)
        audit.record_view(work, person_id=hidden.id, record_id=order.id, what="Protected person page")
    assert "Protected person page" not in page(auditor.get("/audit/records/DVPN-2026-0042")).main


@pytest.mark.parametrize("role", [Role.PATROL, Role.ORDERS_DESK, Role.ADMINISTRATOR])
def test_others_may_not_read_it(client_for: ClientFor, role: Role) -> None:
    assert client_for(role).get("/audit/").status_code == 403


def test_a_long_log_costs_no_more_statements(signed_in_as: SignedInAs, acting: Acting, statements: Statements, order: Order) -> None:
    with acting() as work:
        supervisor = a_user(work, Role.ORDERS_SUPERVISOR)
    for _ in range(30):
        with acting("order.changed") as work:
            row = work.session.get_one(Order, order.id)
            row.owner_id = None if row.owner_id else supervisor.id
    browser = signed_in_as(supervisor)
    for path in ("/audit/", "/audit/?officer=x&reference=P-10482", "/audit/people/P-10482", "/audit/records/DVPN-2026-0042"):
        with statements() as seen:
            shown = page(browser.get(path))
        assert len(seen) <= 12, (path, seen)
    assert f"Owner: {supervisor.display_name}" in shown.main
    assert "Showing 1 to 25 of 31 lines" in shown.main


def test_a_user_name_means_just_that_officer(auditor: Officer, acting: Acting) -> None:
    with acting() as work:
        both = [a_user(work, username=name, name=f"Ola {name}") for name in ("orders", "orders.sergeant")]
    for user in both:
        with acting("people.searched", actor=Actor(user.id, user.display_name, Viewer(user.id))) as work:
            audit.record_search(work, what="People", terms={"q": "x"}, results=0)
    assert "Ola orders.sergeant" not in page(auditor.get("/audit/?officer=Orders&kind=searches")).main
    assert "Ola orders.sergeant" in page(auditor.get("/audit/?officer=ola&kind=searches")).main


def test_a_name_leads_to_all_that_officer_did_and_lines_say_the_second(auditor: Officer, acting: Acting) -> None:
    with acting() as work:
        user = a_user(work, username="orders", name="Aisha Rahman")
    with acting("people.searched", actor=Actor(user.id, user.display_name, Viewer(user.id)), now=NOW + timedelta(seconds=7)) as work:
        audit.record_search(work, what="People", terms={"q": "x"}, results=0)
    answer = auditor.get("/audit/?kind=searches")
    assert 'href="/audit/?officer=orders"' in answer.text
    assert "22 November 2026, 08:14:07" in page(answer).main

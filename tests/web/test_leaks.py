"""What nobody may learn who is not named on a record: of a sealed one nothing, of a restricted one only that it is held.

Everything is asked for before there is such a record and after, by officers of every kind who are not named on it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import AccessGrant, AuditEvent, JobRun, Order, Person, ProtectedPerson, Team, User
from orders_app.queries.order_tabs import Tab
from orders_app.queries.registration_lists import Tab as RegistrationTab
from orders_app.queries.search import RoleAsked
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind
from orders_app.services import audit
from orders_app.services.alerts import raise_alerts
from orders_app.services.new_orders import NewCondition
from orders_app.services.new_people import Identity, NewAddress, NewAlias, NewIdentifier, NewPerson
from orders_app.services.people import record_person
from orders_app.services.work import Actor, Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user
from tests.order_cases import a_made_order, a_served_notice
from tests.registration_cases import a_registration
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import page
from tests.web.searches import address_of_search

STAGES = load_reference().stages
# On PostgreSQL two of them ask again: those who may see most, and least.
NOT_NAMED = (
    Role.ORDERS_SUPERVISOR,
    Role.PATROL,
    *(pytest.param(role, marks=pytest.mark.on_sqlite) for role in (Role.MOSOVO_SUPERVISOR, Role.AUDITOR, Role.DISCLOSURE_OFFICER)),
)
BORN = date(1988, 3, 14)
SECRET = NewPerson(
    Identity("Quillfeather", "Callum", BORN, notes="Whispers"),
    aliases=(NewAlias("Thistledown", "Cal"),),
    identifiers=(NewIdentifier("pnc", "06/118234F"), NewIdentifier("local", "NM-P-77")),
    addresses=(NewAddress("9 Larkspur Row, Northmere", "NM3 4RT"),),
)
OF_A_REGISTRATION = ("", "/why/annual_notification", "/notification", "/record/stayed", "/events/1", "/access")
SECRET_TERM = NewCondition("Never to be read by anybody not named.", "Never to be read")
CLOSED_REFERENCES = ("P-10004", "SPO-2026-0002", "SPO-2026-0003")
CLOSED_REGISTRATIONS = ("REG-2024-0002", "REG-2024-0003")
DESK_REFERENCE = re.compile(r"service desk: (?:<span[^>]*>)?[0-9A-F]{8}")
SECRET_WORDS = re.compile(r"quillfeather|thistledown|0118234F|NM-P-77|larkspur|whispers|never to be read", re.IGNORECASE)
SEARCHES = (
    "quillfeather", "callum quillfeather", "quilfether", "thistledown", "whittaker callum", "06/118234F", "NM-P-77", "9 larkspur row",
    "NM3 4RT", "nm3", "quillfeather larkspur", "quillfeather nm3",
    "callum 14/3/1988", "1988", *CLOSED_REFERENCES, *CLOSED_REGISTRATIONS, "callum",
)  # fmt: skip
ASKED_IN_EVERY_ROLE = ("quillfeather", "callum")
PEOPLE_SHEET = b"Our key,Surname,Forenames,Date of birth,PNC\nN-1,Quillfeather,Callum,14/03/1988,06/118234F\nN-2,Else,Ann,1/1/1990,\n"
ORDERS_SHEET = b"Our reference,Type,Subject PNC,Authorised,Authorised rank\nD/1,DVPN,06/118234F,21/11/2026 20:00,Superintendent\n"


@dataclass
class Force:
    """A team with an open order on somebody open, and an officer who will be named on what is closed."""

    team: Team
    owner: User
    named: User
    subject: Person
    protected: Person
    order: Order


@dataclass(frozen=True)
class Closed:
    """What is closed: a person with orders, an order of somebody open, and somebody whom an open order protects."""

    person: Person
    protecting_open: Order
    on_open: Order
    protected: Person


@pytest.fixture
def force(acting: Acting) -> Force:
    with acting() as work:
        work.session.add(_checked(work))
        team = a_team(work, name="Orders desk")
        owner, named = a_user(work, team=team, name="Ola Owner"), a_user(work, Role.ORDERS_SUPERVISOR, name="Nia Named")
        subject = record_person(work, NewPerson(Identity("Whittaker", "Callum", BORN)))
        protected = record_person(work, NewPerson(Identity("Morgan", "Siân")))
        order = a_made_order(work, person=subject, protected=[protected], owner_id=owner.id, team_id=team.id)
        a_served_notice(work, person=subject, protected=[protected], owner_id=owner.id, team_id=team.id)
        registered = record_person(work, NewPerson(Identity("Pritchard", "Owen")))
        a_registration(work, person=registered, owner_id=owner.id, team_id=team.id)
        raise_alerts(work, stages=STAGES)
    return Force(team, owner, named, subject, protected, order)


def _checked(work: Work) -> JobRun:
    at = {name: work.now for name in ("nominal_at", "started_at", "finished_at", "lease_until_at")}
    return JobRun(job="raise_alerts", claimed_by="test", outcome="done", counts={"deadlines": 5, "raised": 2}, **at)


def hide(acting: Acting, force: Force, access: Access) -> Closed:
    """Record what is closed to all but one officer, with orders, deadlines and alerts, and let that officer look at it."""
    of_team: dict[str, Any] = {"owner_id": force.owner.id, "team_id": force.team.id, "conditions": (SECRET_TERM,)}
    of_registration = {"owner_id": force.owner.id, "team_id": force.team.id}
    with acting() as work:
        person = record_person(work, replace(SECRET, access=access))
        other = a_person(work, surname="Quillfeather", forenames="Ann", access=access)
        protecting = a_made_order(work, person=person, protected=[force.protected], **of_team)
        a_served_notice(work, person=person, protected=[force.protected], **of_team)
        on_open = a_made_order(work, person=force.subject, access=access, protected=[other], **of_team)
        a_registration(work, person=person, **of_registration)
        a_registration(work, person=force.protected, access=access, **of_registration)
        a_made_order(work, order_type="shpo", person=force.subject, access=access, conditions=(SECRET_TERM,), owner_id=force.named.id)
        work.session.add(ProtectedPerson(order_id=force.order.id, person_id=other.id, relationship_to_subject="friend"))
        for about in ({"person_id": person.id}, {"person_id": other.id}, {"record_id": on_open.id}):
            work.session.add(AccessGrant(user_id=force.named.id, granted_at=NOW, reason="Owner", **about))
        raise_alerts(work, stages=STAGES)
    with acting("order.viewed", actor=Actor(force.named.id, "Nia Named", Viewer(force.named.id))) as work:
        audit.record_view(work, person_id=force.subject.id, record_id=on_open.id, what="Order")
    assert (person.reference, protecting.reference, on_open.reference) == CLOSED_REFERENCES
    return Closed(person, protecting, on_open, other)


def addresses(force: Force) -> list[str]:
    """Every page that could tell, and every guess at what is closed."""
    person, order = force.subject.reference, force.order.reference
    hidden, *hidden_orders = CLOSED_REFERENCES
    return [
        "/work", "/work?tab=team", "/work?tab=waiting", "/people", "/orders/drafts", "/imports/", "/jobs", "/jobs/runs",
        *(f"/orders?tab={tab.value}" for tab in Tab), *(f"/orders.csv?tab={tab.value}" for tab in Tab),
        *(f"/people/{person}{rest}" for rest in ("", "?all=yes", "?show=orders", "/patrol-card", "/details", "/access")),
        f"/people/{force.protected.reference}", f"/people/{force.protected.reference}/patrol-card",
        f"/orders/{order}", f"/orders/{order}/why-it-ends", f"/orders/{order}/vary", f"/work/{order}/1",
        *(f"/people/{hidden}{rest}" for rest in ("", "/patrol-card", "/purpose", "/details", "/access", "/details/identity")),
        *(f"/orders/{reference}{rest}" for reference in hidden_orders for rest in ("", "/why-it-ends", "/vary", "/hearing")),
        *(f"/registrations?tab={tab.value}" for tab in RegistrationTab), "/registrations/REG-2024-0001", "/work/REG-2024-0001/2",
        *(f"/registrations/{reference}{rest}" for reference in CLOSED_REGISTRATIONS for rest in OF_A_REGISTRATION),
        *(f"/work/{reference}/1" for reference in CLOSED_REGISTRATIONS), f"/registrations/new?person={hidden}",
        f"/audit/records/{CLOSED_REGISTRATIONS[0]}",
        *(f"/work/{reference}/1{rest}" for reference in hidden_orders for rest in ("", "/assign", "/note", "/snooze", "/wait")),
        f"/orders/new?person={hidden}", f"/orders/new?person={person}&type=dvpo&follows={hidden_orders[0]}",
        f"/audit/people/{hidden}", f"/audit/records/{hidden_orders[0]}", f"/audit/?reference={hidden}", "/audit/?officer=nia",
        f"/audit/?officer=nia&reference={person}",
    ]  # fmt: skip


def looked_at(officer: Officer, path: str) -> tuple[int, str]:
    """What a page or a file says, but for the reference that every refusal to a role has anew."""
    answer = officer.get(path)
    said = answer.get_data(as_text=True) if ".csv" in path else page(answer).main
    return answer.status_code, DESK_REFERENCE.sub("", said)


def everything(officer: Officer, force: Force, statements: Statements) -> dict[str, Any]:
    """All that this officer can get the program to say, and the statements it takes to say it."""
    said: dict[str, Any] = {}
    for person in (force.protected, force.subject):  # whom one opened last is listed
        officer.get(f"/people/{person.reference}")
    for path in addresses(force):
        with statements() as seen:
            said[path] = looked_at(officer, path)
        said[f"statements of {path}"] = [sql.split("FROM")[0] for sql in seen]
    asked = [(text, role) for text in SEARCHES for role in (RoleAsked if text in ASKED_IN_EVERY_ROLE else (RoleAsked.ANY,))]
    for text, role in asked:
        path = address_of_search(officer, text, role=role.value)
        said[f"search {text} {role.value}"] = looked_at(officer, path)
        said[f"export {text} {role.value}"] = looked_at(officer, f"{path}/people.csv")
    return said


@pytest.mark.parametrize("role", NOT_NAMED)
def test_nothing_reads_differently_for_there_being_a_sealed_record(
    client_for: ClientFor, acting: Acting, force: Force, statements: Statements, role: Role
) -> None:
    officer = client_for(role, team=force.team)
    before = everything(officer, force, statements)
    hide(acting, force, Access.SEALED)
    after = everything(officer, force, statements)
    assert [name for name, said in after.items() if said != before[name]] == []


@pytest.mark.parametrize("role", NOT_NAMED)
def test_nothing_of_a_restricted_record_is_said_but_that_it_is_held(
    client_for: ClientFor, acting: Acting, force: Force, statements: Statements, role: Role
) -> None:
    officer = client_for(role, team=force.team)
    before = everything(officer, force, statements)
    hide(acting, force, Access.RESTRICTED)
    after = everything(officer, force, statements)
    assert [name for name, said in after.items() if isinstance(said, tuple) and SECRET_WORDS.search(said[1])] == []
    assert _counts(after) == _counts(before)


def _counts(said: dict[str, Any]) -> dict[str, list[str]]:
    """Every number in brackets, and of how many a list shows a part."""
    return {name: re.findall(r"\(\d+\)|of \d+ \w+", said[name][1]) for name in said if not name.startswith("statements")}


def test_whoever_is_named_finds_what_the_others_do_not(signed_in_as: SignedInAs, acting: Acting, force: Force) -> None:
    closed = hide(acting, force, Access.SEALED)
    named = signed_in_as(force.named)
    assert SECRET_WORDS.search(looked_at(named, address_of_search(named, "quillfeather"))[1])
    assert named.get(f"/people/{closed.person.reference}").status_code == 302
    assert named.get(f"/orders/{closed.on_open.reference}").status_code == 302


def test_a_check_for_duplicates_says_the_same(client_for: ClientFor, acting: Acting, force: Force) -> None:
    officer = client_for(Role.ORDERS_SUPERVISOR)
    who = {"surname": "Quillfeather", "forenames": "Callum", "born_on": "14/3/1988"}
    numbers = officer.post("/people/new", data=who).location
    check = officer.post(
        officer.post(numbers, data={"pnc": "06/118234F"}).location, data={"lines": "9 Larkspur Row", "postcode": "NM3 4RT"}
    ).location
    before = looked_at(officer, check)
    hide(acting, force, Access.SEALED)
    assert looked_at(officer, check) == before


@pytest.mark.parametrize(("kind", "content"), [("people", PEOPLE_SHEET), ("orders", ORDERS_SHEET)])
def test_an_import_says_the_same(client_for: ClientFor, acting: Acting, force: Force, kind: str, content: bytes) -> None:
    before, after = client_for(Role.ORDERS_SUPERVISOR), client_for(Role.ORDERS_SUPERVISOR)
    said = _handed_in(before, kind, content)
    hide(acting, force, Access.SEALED)
    assert _handed_in(after, kind, content) == said


def _handed_in(officer: Officer, kind: str, content: bytes) -> str:
    return page(officer.post("/imports/", data={"kind": kind, "file": (io.BytesIO(content), "sheet.csv")}, follow_redirects=True)).main


def test_the_log_of_a_search_or_an_export_gives_no_number_of_what_is_closed(
    signed_in_as: SignedInAs, client_for: ClientFor, acting: Acting, force: Force, session: Session
) -> None:
    closed = hide(acting, force, Access.SEALED)
    named = signed_in_as(force.named)
    path = address_of_search(named, "callum")
    named.get(path)
    named.get(f"{path}/people.csv")
    named.get("/orders.csv?tab=all")
    logged = select(AuditEvent.changes).where(AuditEvent.actor_id == force.named.id, AuditEvent.subject_type.in_(("searches", "exports")))
    assert [row.get("results", row.get("rows")) for row in session.scalars(logged.order_by(AuditEvent.id))] == [1, 1, 2]
    reader = page(client_for(Role.AUDITOR).get("/audit/?officer=nia")).main
    assert not SECRET_WORDS.search(reader)
    trail = select(AuditEvent.action).where(AuditEvent.actor_id == force.named.id, AuditEvent.person_id == closed.person.id)
    acts = ["person.searched", "person.exported", "orders.exported", "orders.exported"]
    assert session.scalars(trail.order_by(AuditEvent.id)).all() == acts


def test_what_a_job_did_is_for_those_who_run_jobs(client_for: ClientFor, force: Force) -> None:
    for path in ("/jobs", "/jobs/runs"):
        assert "2 raised" in page(client_for(Role.ADMINISTRATOR).get(path)).main
        assert "2 raised" not in page(client_for(Role.ORDERS_SUPERVISOR).get(path)).main


def test_an_order_that_was_followed_does_not_name_the_one_after_it(client_for: ClientFor, acting: Acting, force: Force) -> None:
    with acting() as work:
        ends: dict[str, Any] = {"end_kind": EndKind.FIXED, "stated_ends_on": date(2026, 12, 24)}
        interim = a_made_order(work, order_type="interim_spo", person=force.subject, **ends)
        full = a_made_order(work, made_on=date(2026, 11, 1), person=force.subject, follows_id=interim.id, access=Access.SEALED)
    officer = client_for(Role.ORDERS_SUPERVISOR)
    for path in (f"/orders/{interim.reference}", f"/people/{force.subject.reference}?all=yes"):
        assert interim.reference in page(officer.get(path)).main
        assert full.reference not in page(officer.get(path)).main


def test_a_draft_of_somebody_sealed_since_is_gone(client_for: ClientFor, acting: Acting, force: Force) -> None:
    officer = client_for(Role.ORDERS_DESK)
    step = officer.post("/orders/new", data={"person": force.subject.reference}).location
    assert officer.get(step).status_code == 200
    with acting() as work:
        work.session.get_one(Person, force.subject.id).access = Access.SEALED
    assert officer.get(step).status_code == 404
    assert "WHITTAKER" not in page(officer.get("/orders/drafts")).main
    assert "WHITTAKER" not in page(officer.get("/people")).main


def test_patrol_finds_no_order_that_has_ended(client_for: ClientFor, acting: Acting, force: Force) -> None:
    with acting() as work:
        person = record_person(work, NewPerson(Identity("Okafor")))
        order = a_made_order(work, person=person, protected=[force.protected])
        order.ended_on = NOW.date() - timedelta(days=1)
    patrol, desk = client_for(Role.PATROL), client_for(Role.ORDERS_DESK)
    for text, role in ((order.reference, ""), ("okafor", "subject")):
        assert "OKAFOR" in page(desk.get(address_of_search(desk, text, role=role))).main
        assert "OKAFOR" not in page(patrol.get(address_of_search(patrol, text, role=role))).main

"""A person is registered, one question group a page: what is typed is kept, what the law refuses stands beside its box."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import CustodyPeriod, Deadline, Draft, Event, Person, Registration
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind
from orders_app.services.new_people import Identity, NewPerson
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.factories import a_team, an_area
from tests.order_cases import a_made_order
from tests.registration_cases import a_registration
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import page
from tests.web.typed import day

pytestmark = pytest.mark.on_sqlite

CONVICTED = day("convicted_on", "4 3 2024") | {"offence": "Exposure", "court": "Northmere Crown Court"}
SENTENCED = {"disposal": "imprisonment", "term_months": "18"}
GIVEN = {"first": "given", "residence": "address", "where": "Northmere"} | day("notified_on", "5 3 2024")


@pytest.fixture
def person(acting: Acting) -> Person:
    with acting() as work:
        area = an_area(work, code="N", name="North")
        return record_person(work, NewPerson(Identity("Marsh", "Gareth", date(1979, 8, 2), area_id=area.id)))


@pytest.fixture
def officer(client_for: ClientFor, acting: Acting) -> Officer:
    with acting() as work:
        team = a_team(work, name="MOSOVO north")
    return client_for(Role.OFFENDER_MANAGER, team=team, name="Mei-Ling Hargreaves")


def begun(officer: Officer, person: Person) -> str:
    """Choose the person; the address of the draft without its step."""
    return str(officer.post("/registrations/new", data={"person": person.reference}).location).removesuffix("/basis")


def steps(officer: Officer, draft: str, *typed: tuple[str, dict[str, str]]) -> str:
    """Answer these steps one after the other; the address that follows the last."""
    address = ""
    for step, answers in typed:
        answer = officer.post(f"{draft}/{step}", data=answers)
        assert answer.status_code == 302, (step, page(answer).problems)
        address = answer.location
    return address


def whole(officer: Officer, person: Person, *, kind: str = "convicted", what: dict[str, str], first: dict[str, str] = GIVEN) -> str:
    """Every step up to the check; the draft's address."""
    draft = begun(officer, person)
    owner = {"owner": officer.user.username, "team": "MOSOVO north", "area_of_force": "N"}
    steps(officer, draft, ("basis", {"kind": kind}), ("what", what), ("first", first), ("owner", owner))
    return draft


def test_from_the_first_question_to_a_registration_with_its_deadlines(officer: Officer, person: Person, session: Session) -> None:
    draft = whole(officer, person, what=CONVICTED | SENTENCED)
    check = page(officer.get(f"{draft}/check"))
    for words in ("Monday 4 March 2024", "Exposure", "18", "Northmere", "Mei-Ling Hargreaves", "Friday 3 March 2034, 24:00"):
        assert words in check.main
    saved = officer.post(f"{draft}/check")
    assert saved.location == "/registrations/REG-2024-0001"
    assert "Registered as REG-2024-0001" in page(officer.get(saved.location)).main
    row = session.scalars(select(Registration)).one()
    assert (row.ends_on, row.owner_id, row.person_id) == (date(2034, 3, 3), officer.user.id, person.id)
    waited = select(Deadline.duty_key, Deadline.due_on).where(Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None))
    assert {key: on for key, on in session.execute(waited)} == {
        "annual_notification": date(2025, 3, 5),
        "registration_ends": date(2034, 3, 3),
    }
    assert session.scalar(select(func.count(Draft.id))) == 0


@pytest.mark.parametrize(
    ("kind", "what", "ends"),
    [
        (
            "convicted",
            CONVICTED | {"disposal": "imprisonment", "term_years": "2", "term_months": "6"},
            "No end date: indefinite, until a review ends it",
        ),
        ("convicted", CONVICTED, "Not known until the sentence is recorded"),
        ("convicted", CONVICTED | {"disposal": "other"} | day("sentenced_on", "2 5 2024"), "Saturday 3 March 2029, 24:00"),
        (
            "convicted",
            CONVICTED | {"disposal": "conditional_discharge", "term_months": "24"} | day("sentenced_on", "2 5 2025"),
            "Saturday 1 May 2027, 24:00",
        ),
        (
            "finding_made",
            day("finding_made_on", "4 3 2024") | {"offence": "Exposure", "court": "Northmere", "disposal": "hospital"},
            "Monday 3 March 2031, 24:00",
        ),
        ("cautioned", day("cautioned_on", "4 3 2026") | {"offence": "Exposure"}, "Friday 3 March 2028, 24:00"),
        (
            "notice_given",
            day("notice_given_on", "4 3 2026")
            | day("relevant_on", "7 5 2024")
            | {"offence": "Exposure", "countries": "Spain", "disposal": "other"},
            "Sunday 6 May 2029, 24:00",
        ),
    ],
)
def test_every_way_to_become_subject_gives_its_own_period(
    officer: Officer, person: Person, kind: str, what: dict[str, str], ends: str
) -> None:
    draft = whole(officer, person, kind=kind, what=what, first={"first": "not_yet"})
    assert f"By these answers the registration ends: {ends}" in page(officer.get(f"{draft}/check")).main
    assert officer.post(f"{draft}/check").status_code == 302


def test_one_served_with_a_prevention_order_is_subject_while_it_has_effect(
    officer: Officer, person: Person, acting: Acting, session: Session
) -> None:
    with acting() as work:
        ends = {"end_kind": EndKind.FIXED, "stated_ends_on": date(2031, 9, 30)}
        order = a_made_order(work, order_type="shpo", person=person, made_on=date(2026, 10, 1), **ends).reference
    what = day("served_at", "5 10 2026") | {"reference": order}
    draft = whole(officer, person, kind="served", what=what, first={"first": "not_yet"})
    assert "Tuesday 30 September 2031, 24:00" in page(officer.get(f"{draft}/check")).main
    officer.post(f"{draft}/check")
    initial = session.scalars(select(Deadline).where(Deadline.duty_key == "initial_notification")).one()
    assert (initial.due_on, initial.met_by_id) == (date(2026, 10, 7), None)


def test_one_registered_long_ago_is_not_asked_for_a_first_notification(officer: Officer, person: Person, session: Session) -> None:
    long_ago = {"first": "before_records", "residence": "address"} | day("notified_on", "2 3 2026")
    draft = whole(officer, person, what=CONVICTED | SENTENCED, first=long_ago)
    officer.post(f"{draft}/check")
    due = {row.duty_key: row.due_on for row in session.scalars(select(Deadline).where(Deadline.met_by_id.is_(None)))}
    assert due == {"annual_notification": date(2027, 3, 2), "registration_ends": date(2034, 3, 3)}


def test_custody_on_the_person_s_page_is_taken_into_account(officer: Officer, person: Person, acting: Acting, session: Session) -> None:
    with acting() as work:
        inside = CustodyPeriod(person_id=person.id, kind="sentence", place="HMP Stonewick", from_on=date(2024, 3, 4))
        work.session.add(inside)
    draft = whole(officer, person, what=CONVICTED | SENTENCED, first={"first": "not_yet"})
    officer.post(f"{draft}/check")
    assert [event.kind for event in session.scalars(select(Event).order_by(Event.id))] == ["convicted", "custody_started"]
    assert session.scalars(select(Deadline.duty_key)).all() == ["registration_ends"]


@pytest.mark.parametrize(
    ("step", "typed", "says"),
    [
        ("basis", {}, "Choose what makes the person notify"),
        ("what", CONVICTED | day("convicted_on", "31 2 2024"), "February 2024 has 29 days"),
        ("what", CONVICTED | day("convicted_on", "4 3 2027"), "This is in the future"),
        ("what", CONVICTED | {"offence": ""}, "Enter the offence"),
        ("what", CONVICTED | {"disposal": "imprisonment"}, "Enter how long the sentence is"),
        ("what", CONVICTED | {"disposal": "imprisonment", "term_months": "six"}, "enter a whole number"),
        ("what", CONVICTED | SENTENCED | day("sentenced_on", "3 3 2024"), "It cannot be sentenced before the conviction or finding"),
        ("what", CONVICTED | SENTENCED | {"offence": "Paid with 4111 1111 1111 1111"}, "This has a card number in it"),
        ("first", {}, "Choose whether the person has notified"),
        ("first", {"first": "given"}, "Enter the day of the notification"),
        ("first", {"first": "given"} | day("notified_on", "5 3 2024"), "Choose where they live, as notified"),
        ("first", {"first": "not_yet"} | day("notified_on", "5 3 2024"), "Choose which notification was given that day"),
        ("first", GIVEN | day("notified_on", "1 3 2024"), "This was before Monday 4 March 2024, from when the person had to notify"),
        ("owner", {"team": ""}, "Choose the team"),
    ],
)
def test_what_is_refused_stands_beside_its_box_and_what_was_typed_is_kept(
    officer: Officer, person: Person, step: str, typed: dict[str, str], says: str
) -> None:
    draft = begun(officer, person)
    if step != "basis":
        steps(officer, draft, ("basis", {"kind": "convicted"}))
    if step in ("first", "owner"):
        steps(officer, draft, ("what", CONVICTED | SENTENCED))
    answer = page(officer.post(f"{draft}/{step}", data=typed))
    assert says in answer.problems
    assert answer.main.count(says) == 2
    again = page(officer.get(f"{draft}/{step}"))
    texts = {name: value for name, value in typed.items() if name in again.inputs and name not in ("first", "residence", "kind")}
    assert all(again.inputs[name] == value for name, value in texts.items())


def test_a_refusal_that_only_the_whole_shows_leads_back_to_its_step(officer: Officer, person: Person, acting: Acting) -> None:
    draft = whole(officer, person, what=CONVICTED | SENTENCED)
    with acting() as work:
        a_registration(work, person=work.session.get_one(Person, person.id))
    refused = page(officer.post(f"{draft}/check"))
    assert "This person is registered already: REG-2024-0001" in refused.main


def test_what_is_not_answered_is_listed_and_nothing_is_saved(officer: Officer, person: Person, session: Session) -> None:
    draft = begun(officer, person)
    steps(officer, draft, ("basis", {"kind": "convicted"}))
    asked = page(officer.post(f"{draft}/check"))
    for words in ("Answer: What happened, and what the court did", "Answer: The first notification"):
        assert words in asked.main
    assert session.scalar(select(func.count(Registration.id))) == 0
    assert officer.get(f"{begun(officer, person)}/what").location.endswith("/basis")


def test_another_answer_to_the_first_question_asks_the_others_anew_and_keeps_the_rest(officer: Officer, person: Person) -> None:
    draft = whole(officer, person, what=CONVICTED | SENTENCED)
    assert officer.post(f"{draft}/basis?to=check", data={"kind": "cautioned"}).location.endswith("/what")
    assert "Day of the caution" in page(officer.get(f"{draft}/what")).main
    assert page(officer.get(f"{draft}/first")).inputs["where"] == "Northmere"
    back = officer.post(f"{draft}/what?to=check", data=day("cautioned_on", "4 3 2024") | {"offence": "Exposure"})
    assert back.location.endswith("/check")


def test_a_draft_is_thrown_away(officer: Officer, person: Person, session: Session) -> None:
    draft = begun(officer, person)
    thrown = page(officer.post(f"{draft}/remove", follow_redirects=True))
    assert "What you had typed is thrown away" in thrown.main
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_one_who_is_registered_already_is_shown_and_not_registered_twice(officer: Officer, acting: Acting, person: Person) -> None:
    with acting() as work:
        reference = a_registration(work, person=work.session.get_one(Person, person.id)).reference
    again = officer.post("/registrations/new", data={"person": person.reference})
    assert again.location == f"/registrations/{reference}"
    assert "This person is registered already" in page(officer.get(again.location)).main


def test_one_whose_registration_has_ended_is_registered_anew(officer: Officer, acting: Acting, person: Person) -> None:
    with acting() as work:
        a_registration(work, person=work.session.get_one(Person, person.id), convicted_on=date(2015, 3, 4), disposal={"disposal": "other"})
    draft = whole(officer, person, what=CONVICTED | SENTENCED)
    assert officer.post(f"{draft}/check").location == "/registrations/REG-2024-0001"


def test_the_person_is_found_by_name_and_nobody_closed_is(officer: Officer, acting: Acting, person: Person) -> None:
    with acting() as work:
        closed = record_person(work, NewPerson(Identity("Marsh", "Hidden"), access=Access.SEALED))
    found = page(officer.post("/registrations/new", data={"q": "marsh"}, follow_redirects=True))
    assert "MARSH, Gareth" in found.main
    assert "Hidden" not in found.main
    assert "Some records are never listed." in found.main
    assert officer.post("/registrations/new", data={"person": closed.reference}).status_code == 404
    assert "Nobody on file matches" in page(officer.post("/registrations/new", data={"q": "zzz"}, follow_redirects=True)).main


def test_a_draft_is_its_own_officer_s_and_gone_when_the_person_is_sealed(
    officer: Officer, client_for: ClientFor, acting: Acting, person: Person
) -> None:
    draft = begun(officer, person)
    for step in ("basis", "first", "owner", "check"):
        assert client_for(Role.OFFENDER_MANAGER).get(f"{draft}/{step}").status_code == 404
    with acting() as work:
        work.session.get_one(Person, person.id).access = Access.SEALED
    assert officer.get(f"{draft}/basis").status_code == 404


def test_only_those_who_may_record_register_anybody(client_for: ClientFor, person: Person) -> None:
    for role in (Role.ORDERS_DESK, Role.PATROL, Role.AUDITOR):
        assert client_for(role).get("/registrations/new").status_code == 403
        assert client_for(role).post("/registrations/new", data={"person": person.reference}).status_code == 403


def test_no_step_needs_more_than_twelve_statements(officer: Officer, person: Person, statements: Statements) -> None:
    draft = whole(officer, person, what=CONVICTED | SENTENCED)
    for address in ("/registrations/new", *(f"{draft}/{step}" for step in ("basis", "what", "first", "owner", "check"))):
        with statements() as seen:
            assert officer.get(address).status_code == 200
        assert len(seen) <= 12, "\n".join(seen)

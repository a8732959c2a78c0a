"""Changing what is known of a person, and two officers at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import Address, Alias, Identifier, Person
from orders_app.rules.access import Access, Role
from orders_app.services.new_people import Identity, NewIdentifier, NewPerson
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.web.callum import CALLUM, WHO
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import page
from tests.web.searches import search_people

pytestmark = pytest.mark.on_sqlite

DETAILS = {
    "name": ({"kind": "online", "surname": "cjw_outrun88"}, "online: cjw_outrun88"),
    "number": ({"kind": "cro", "value": "41207/06d"}, "CRO 041207/06D"),
    "address": ({"kind": "work", "lines": "Outrun Tyres\nDock Road", "postcode": "NM7 2LS"}, "Outrun Tyres, Dock Road NM7 2LS"),
    "warning": ({"kind": "weapons", "text": "carries a knife", "noted_on": "3 Feb 2024"}, "Weapons: carries a knife"),
    "custody": ({"kind": "remand", "place": "HMP Stonewick", "from_on": "1 Nov 2026"}, "In custody since 1 November 2026"),
}


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_SUPERVISOR)


@pytest.fixture
def callum(acting: Acting) -> Person:
    with acting() as work:
        return record_person(work, CALLUM)


def test_change_who_somebody_is(officer: Officer, callum: Person, session: Session) -> None:
    path = f"/people/{callum.reference}/details/identity"
    form = page(officer.get(path))
    assert form.inputs["surname"] == "Whittaker"
    done = officer.post(path, data=WHO | {"surname": "Marsh", "version": form.inputs["version"]})
    assert done.headers["Location"] == f"/people/{callum.reference}/details"
    assert page(search_people(officer, "marsh")).title.startswith("marsh: 1 person")
    assert page(search_people(officer, "whittaker")).title.startswith("whittaker: 0 people")


def test_two_officers_at_once_lose_nothing(officer: Officer, client_for: ClientFor, callum: Person, session: Session) -> None:
    path = f"/people/{callum.reference}/details/identity"
    first_version = page(officer.get(path)).inputs["version"]
    client_for(Role.ORDERS_DESK, name="Jamal Edwards").post(path, data=WHO | {"surname": "Marsh", "version": first_version})
    late = officer.post(path, data=WHO | {"surname": "Marshall", "notes": "Works nights", "version": first_version})
    shown = page(late)
    assert late.status_code == 409
    for words in ("This was changed after you opened it", "Jamal Edwards", "Marsh", "Marshall", "Works nights", "Different", "Same"):
        assert words in shown.main
    session.rollback()
    assert session.scalars(select(Person.surname)).one() == "Marsh"
    assert officer.post(path, data=shown.inputs | {"keep": "theirs"}).status_code == 302
    assert officer.post(path, data=shown.inputs | {"keep": "mine"}).status_code == 302
    session.rollback()
    person = session.scalars(select(Person)).one()
    assert (person.surname, person.notes) == ("Marshall", "Works nights")


@pytest.mark.parametrize("kind", DETAILS)
def test_each_kind_of_detail_can_be_added_changed_and_taken_away(officer: Officer, callum: Person, kind: str) -> None:
    answers, words = DETAILS[kind]
    details = f"/people/{callum.reference}/details"
    assert officer.post(f"{details}/{kind}/new", data=answers).headers["Location"] == details
    assert words in page(officer.get(details)).main
    number = 2 if kind == "address" else 1
    one = f"{details}/{kind}/{number}"
    form = page(officer.get(one))
    assert officer.post(one, data=answers | {"version": form.inputs["version"], "detail": form.inputs["detail"]}).status_code == 302
    form = page(officer.get(f"{one}/remove"))
    assert "Enter why" in page(officer.post(f"{one}/remove", data=form.inputs)).problems
    assert officer.post(f"{one}/remove", data=form.inputs | {"reason": "Wrong person"}).status_code == 302
    assert words not in page(officer.get(details)).within(".app-table")
    assert officer.get(one).status_code == 404


@pytest.mark.parametrize(
    ("kind", "answers", "problem"),
    [
        ("name", {"kind": "former"}, "Enter a surname or a forename"),
        ("number", {"kind": "pnc", "value": "06/118234K"}, "ends with the letter F, not K"),
        ("number", {"kind": "other", "value": "1"}, "choose one of the answers listed"),
        ("address", {"lines": "1 High Street", "postcode": "NM1", "kind": "home"}, "Enter a full postcode"),
        ("address", {"lines": "1 High Street", "kind": "home", "from_on": "2 May 2026", "until_on": "1 May 2026"}, "is before"),
        ("warning", {"kind": "other", "text": "x", "noted_on": "23 Nov 2026"}, "in the future"),
        ("custody", {"kind": "remand", "from_on": "23 Nov 2026"}, "has not begun yet"),
        ("custody", {"kind": "remand", "from_on": "1 Nov 2026", "until_on": "1 Dec 2026"}, "has not happened yet"),
    ],
)
def test_what_cannot_be_is_refused_in_words(officer: Officer, callum: Person, kind: str, answers: dict[str, str], problem: str) -> None:
    answer = officer.post(f"/people/{callum.reference}/details/{kind}/new", data=answers)
    assert answer.status_code == 200
    assert problem in page(answer).problems


def test_a_detail_taken_away_meanwhile_is_not_lost(officer: Officer, callum: Person, session: Session) -> None:
    one = f"/people/{callum.reference}/details/address/1"
    mine = page(officer.get(one)).inputs
    theirs = page(officer.get(f"{one}/remove")).inputs
    officer.post(f"{one}/remove", data=theirs | {"reason": "Wrong person"})
    late = officer.post(one, data=mine | {"kind": "home", "lines": "2 Ashcombe Terrace", "postcode": "NM1 9QD"})
    assert late.status_code == 409
    assert "Taken away" in page(late).main
    assert officer.post(one, data=page(late).inputs | {"keep": "mine"}).status_code == 302
    assert session.scalars(select(Address.lines)).all() == ["2 Ashcombe Terrace"]


def test_aliases_are_found_once_added_and_not_once_taken_away(officer: Officer, callum: Person, session: Session) -> None:
    details = f"/people/{callum.reference}/details"
    officer.post(f"{details}/name/new", data={"kind": "former", "surname": "Zebedee"})
    assert page(search_people(officer, "zebedee")).title.startswith("zebedee: 1 person")
    form = page(officer.get(f"{details}/name/1/remove")).inputs
    officer.post(f"{details}/name/1/remove", data=form | {"reason": "Wrong person"})
    assert session.scalar(select(func.count(Alias.id))) == 0
    assert page(search_people(officer, "zebedee")).title.startswith("zebedee: 0 people")


def test_the_details_page_says_who_somebody_is(officer: Officer, callum: Person) -> None:
    path = f"/people/{callum.reference}/details"
    officer.post(
        f"{path}/identity", data=WHO | {"notes": "Works nights", "version": page(officer.get(f"{path}/identity")).inputs["version"]}
    )
    shown = page(officer.get(path)).main
    for words in (
        "Details saved",
        "Name WHITAKER, Callum",
        "Date of birth Monday 14 March 1988",
        "Sex Male",
        "Area Not known",
        "Notes Works nights",
    ):
        assert words in shown


def test_a_new_home_ends_the_former_one_where_that_is_said(officer: Officer, callum: Person, session: Session) -> None:
    path = f"/people/{callum.reference}/details/address/new"
    assert "They no longer live at the home address recorded so far" in page(officer.get(path)).main
    lives = {"kind": "home", "lines": "9 Dock Road", "from_on": "17 Nov 2026"}
    officer.post(path, data={"kind": "work", "lines": "1 Mill Row"})
    officer.post(path, data=lives | {"has_left_home": "y"})
    rows = session.execute(select(Address.lines, Address.until_on).order_by(Address.id)).all()
    assert rows == [("1 Ashcombe Terrace, Northmere", date(2026, 11, 17)), ("1 Mill Row", None), ("9 Dock Road", None)]


def test_nobody_without_a_home_is_asked_whether_they_left_it(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        person = record_person(work, NewPerson(Identity("Okafor")))
    assert "no longer live" not in page(officer.get(f"/people/{person.reference}/details/address/new")).main


def test_a_number_that_somebody_else_has_is_asked_about(officer: Officer, acting: Acting, callum: Person, session: Session) -> None:
    with acting() as work:
        closed = {"identifiers": (NewIdentifier("cro", "41207/06D"),), "access": Access.SEALED}
        record_person(work, NewPerson(Identity("Okafor"), identifiers=(NewIdentifier("pnc", "06/118234F"),)))
        record_person(work, NewPerson(Identity("Secrett"), **closed))
    path = f"/people/{callum.reference}/details/number/new"
    typed = {"kind": "pnc", "value": "06/118234F"}
    asked = page(officer.post(path, data=typed))
    assert "PNC 2006/0118234F is on file for OKAFOR, P-10002. Check each figure" in asked.problems
    assert asked.inputs["value"] == "06/118234F"
    assert officer.post(path, data=typed | {"is_theirs_too": "y"}).status_code == 302
    assert officer.post(path, data={"kind": "cro", "value": "41207/06D"}).status_code == 302
    mine = select(Identifier.value).where(Identifier.person_id == callum.id).order_by(Identifier.id)
    assert session.scalars(mine).all() == ["2006/0118234F", "041207/06D"]


def test_an_ended_warning_says_so(officer: Officer, callum: Person) -> None:
    details = f"/people/{callum.reference}/details"
    ended = {"kind": "weapons", "text": "carries a knife", "noted_on": "3 Feb 2024", "ended_on": "1 Mar 2026", "source": "PNC"}
    officer.post(f"{details}/warning/new", data=ended)
    assert "PNC, 3 February 2024. Ended 1 March 2026" in page(officer.get(details)).main

"""Adding a person, changing what is known of one, two officers at once, and who may open a record."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import Address, Alias, AuditEvent, Draft, Identifier, Person
from orders_app.rules.access import Access, Role
from orders_app.services.new_people import Identity, NewAddress, NewIdentifier, NewPerson
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import page
from tests.web.searches import search_people

WHO = {"surname": "Whitaker", "forenames": "Callum", "born_on-day": "14", "born_on-month": "March", "born_on-year": "1988", "sex": "male"}
CALLUM = NewPerson(
    Identity("Whittaker", "Callum James", date(1988, 3, 14)), addresses=(NewAddress("1 Ashcombe Terrace, Northmere", "NM1 9QD"),)
)


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_SUPERVISOR)


@pytest.fixture
def callum(acting: Acting) -> Person:
    with acting() as work:
        return record_person(work, CALLUM)


def _answered(officer: Officer, who: dict[str, str], numbers: dict[str, str], address: dict[str, str]) -> str:
    """Go through the pages of adding somebody; return the address of the check page."""
    numbers_page = officer.post("/people/new", data=who).headers["Location"]
    address_page = officer.post(numbers_page, data=numbers).headers["Location"]
    return str(officer.post(address_page, data=address).headers["Location"])


def test_add_somebody_new(officer: Officer, session: Session) -> None:
    check = _answered(officer, WHO, {"pnc": "06/118234f"}, {"lines": "9 Dock Road", "postcode": "nm72ls"})
    shown = page(officer.get(check))
    assert "WHITAKER, Callum" in shown.main
    assert "Nobody on file that you may open looks like this person" in shown.main
    saved = officer.post(check)
    person = session.scalars(select(Person)).one()
    assert saved.headers["Location"] == f"/people/{person.reference}"
    assert session.scalars(select(Identifier.value)).all() == ["2006/0118234F"]
    assert session.scalars(select(Address.postcode)).all() == ["NM7 2LS"]
    assert session.scalar(select(func.count(Draft.id))) == 0
    assert page(search_people(officer, "whitaker")).title.startswith("whitaker: 1 person")


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"surname": ""}, "Enter a surname"),
        ({"born_on-year": "88"}, "four figures"),
        ({"born_on-year": "2099"}, "in the future"),
        ({"surname": "W" * 101}, "100 characters or fewer"),
    ],
)
def test_faults_stand_beside_the_box_and_nothing_is_lost(officer: Officer, answers: dict[str, str], problem: str) -> None:
    shown = page(officer.post("/people/new", data=WHO | answers))
    assert problem in shown.problems
    assert shown.inputs["forenames"] == "Callum"
    assert shown.title.startswith("Error: ")


def test_a_number_is_refused_with_the_letter_expected(officer: Officer) -> None:
    numbers_page = officer.post("/people/new", data=WHO).headers["Location"]
    shown = page(officer.post(numbers_page, data={"pnc": "06/118234K", "cro": "041207/06D"}))
    assert "PNC number 06/118234 ends with the letter F, not K" in shown.problems
    assert (shown.inputs["pnc"], shown.inputs["cro"]) == ("06/118234K", "041207/06D")


def test_a_possible_duplicate_is_looked_at_before_saving(officer: Officer, callum: Person, session: Session) -> None:
    check = _answered(officer, WHO, {}, {})
    shown = page(officer.get(check))
    assert "WHITTAKER, Callum James" in shown.main
    assert "Same date of birth" in shown.main
    assert "Nearly the same name" in shown.main
    assert "Look at each possible duplicate" in page(officer.post(check)).problems
    assert session.scalar(select(func.count(Person.id))) == 1
    assert officer.post(check, data={"none_of_these": "y"}).status_code == 302
    session.rollback()
    assert session.scalar(select(func.count(Person.id))) == 2


def test_sealed_duplicates_are_not_suggested(officer: Officer, acting: Acting) -> None:
    check = _answered(officer, WHO, {}, {})
    before = page(officer.get(check)).main
    with acting() as work:
        record_person(work, NewPerson(Identity("Whitaker", "Callum", date(1988, 3, 14)), access=Access.SEALED))
    assert page(officer.get(check)).main == before
    assert officer.post(check).status_code == 302


def test_a_draft_is_its_owner_s_alone(officer: Officer, client_for: ClientFor) -> None:
    step = officer.post("/people/new", data=WHO).headers["Location"]
    other = client_for(Role.ORDERS_DESK)
    assert other.get(step).status_code == 404
    assert other.get(step.replace("numbers", "check")).status_code == 404


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


DETAILS = {
    "name": ({"kind": "online", "surname": "cjw_outrun88"}, "online: cjw_outrun88"),
    "number": ({"kind": "cro", "value": "41207/06d"}, "CRO 041207/06D"),
    "address": ({"kind": "work", "lines": "Outrun Tyres\nDock Road", "postcode": "NM7 2LS"}, "Outrun Tyres, Dock Road NM7 2LS"),
    "warning": ({"kind": "weapons", "text": "carries a knife", "noted_on": "3 Feb 2024"}, "Weapons: carries a knife"),
    "custody": ({"kind": "remand", "place": "HMP Stonewick", "from_on": "1 Nov 2026"}, "In custody since 1 November 2026"),
}


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


def test_restrict_name_and_end(officer: Officer, client_for: ClientFor, callum: Person, session: Session) -> None:
    other = client_for(Role.ORDERS_DESK, name="Jamal Edwards")
    path = f"/people/{callum.reference}/access"
    form = page(officer.get(path)).inputs
    assert "Enter why" in page(officer.post(path, data={"access": "restricted", "version": form["version"]})).problems
    assert officer.post(path, data={"access": "restricted", "reason": "Witness", "version": form["version"]}).status_code == 302
    assert other.get(f"/people/{callum.reference}").status_code == 403
    officer.post(f"/people/{callum.reference}/purpose", data={"reason": "Supervision"})
    last = page(officer.post(f"{path}/1/end", data={"reason": "Moved", "version": "1"}))
    assert "Name somebody else first" in last.problems
    named = {"naming-who": f"user:{other.user.username}", "naming-reason": "Investigating"}
    assert officer.post(f"{path}/name", data=named).status_code == 302
    assert "is named on this record already" in page(officer.post(f"{path}/name", data=named)).problems
    assert other.get(f"/people/{callum.reference}").status_code == 302
    assert officer.post(f"{path}/2/end", data={"reason": "Done", "version": "1"}).status_code == 302
    assert other.get(f"/people/{callum.reference}").status_code == 403
    rows = session.scalars(select(AuditEvent.reason).where(AuditEvent.subject_type == "access_grants").order_by(AuditEvent.id)).all()
    assert rows == ["Witness", "Investigating", "Done"]


def test_only_those_who_may_set_access_can(client_for: ClientFor, callum: Person) -> None:
    desk = client_for(Role.ORDERS_DESK)
    assert desk.get(f"/people/{callum.reference}/access").status_code == 403
    assert desk.post(f"/people/{callum.reference}/access", data={"access": "sealed", "reason": "x"}).status_code == 403
    patrol = client_for(Role.PATROL)
    assert patrol.get("/people/new").status_code == 403
    assert patrol.get(f"/people/{callum.reference}/details").status_code == 403


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


def test_every_answer_is_checked_as_it_will_be_kept(officer: Officer) -> None:
    lives = {"lines": "9 Dock Road", "postcode": "nm72ls", "from_on": "1 May 2026"}
    check = _answered(officer, WHO | {"notes": "Works nights"}, {"pnc": "06/118234f", "local": "nm-1"}, lives)
    shown = page(officer.get(check))
    for words in ("Notes Works nights", "PNC 2006/0118234F, Local NM-1", "9 Dock Road NM7 2LS, from 1 May 2026"):
        assert words in shown.main
    assert ("Back", check.replace("check", "address")) in shown.links


def test_changing_an_answer_leads_back_to_the_check(officer: Officer) -> None:
    check = _answered(officer, WHO, {}, {})
    change = next(href for text, href in page(officer.get(check)).links if text.startswith("Change") and "/numbers" in href)
    assert ("Back", check) in page(officer.get(change)).links
    assert officer.post(change, data={"pnc": "06/118234F"}).location == check


def test_what_was_begun_is_listed_and_can_be_thrown_away(officer: Officer, client_for: ClientFor, session: Session) -> None:
    check = _answered(officer, WHO, {}, {})
    assert ("WHITAKER, Callum", check) in page(officer.get("/people")).links
    assert "WHITAKER" not in page(client_for(Role.ORDERS_DESK).get("/people")).main
    assert client_for(Role.ORDERS_DESK).post(check.replace("check", "remove")).status_code == 404
    assert officer.post(check.replace("check", "remove")).location == "/people"
    assert "WHITAKER" not in page(officer.get("/people")).main
    assert session.scalar(select(func.count(Draft.id))) == 0


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


def test_whoever_ends_their_own_naming_is_told_and_led_away(officer: Officer, client_for: ClientFor, callum: Person) -> None:
    other = client_for(Role.ORDERS_SUPERVISOR)
    path = f"/people/{callum.reference}/access"
    officer.post(path, data={"access": "sealed", "reason": "Witness", "version": page(officer.get(path)).inputs["version"]})
    officer.post(f"{path}/name", data={"naming-who": f"user:{other.user.username}", "naming-reason": "Takes over"})
    officer.post(f"/people/{callum.reference}/purpose", data={"reason": "Hand over"})
    assert "you could not open the record any more" in page(officer.get(f"{path}/1/end")).main
    assert "any more" not in page(officer.get(f"{path}/2/end")).main
    done = officer.post(f"{path}/1/end", data={"reason": "Moved", "version": "1"})
    assert done.location == "/people"
    assert f"You cannot open {callum.reference} any more" in page(officer.get("/people")).main
    assert officer.get(f"/people/{callum.reference}").status_code == 404


def test_an_ended_warning_says_so(officer: Officer, callum: Person) -> None:
    details = f"/people/{callum.reference}/details"
    ended = {"kind": "weapons", "text": "carries a knife", "noted_on": "3 Feb 2024", "ended_on": "1 Mar 2026", "source": "PNC"}
    officer.post(f"{details}/warning/new", data=ended)
    assert "PNC, 3 February 2024. Ended 1 March 2026" in page(officer.get(details)).main

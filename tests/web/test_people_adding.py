"""Adding a person: each page, the check beside possible duplicates, and what was begun and not saved."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import Address, Draft, Identifier, Person
from orders_app.rules.access import Access, Role
from orders_app.services.new_people import Identity, NewPerson
from orders_app.services.people import record_person
from tests.conftest import Acting
from tests.web.callum import CALLUM, WHO
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import page
from tests.web.searches import search_people


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

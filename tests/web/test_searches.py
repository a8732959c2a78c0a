"""Searching: what is typed is kept on the server for whoever typed it, and is in no address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Draft
from orders_app.rules.access import Role
from orders_app.services.clean_up import SEARCHES_KEPT, clean_up
from orders_app.services.new_people import Identity, NewPerson
from orders_app.services.people import record_people
from tests.conftest import NOW, Acting
from tests.factories import a_person, an_order
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import page
from tests.web.searches import address_of_search, narrow_orders, search_people

NAME = "Whittaker"


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.ORDERS_DESK)


@pytest.fixture
def many(acting: Acting) -> None:
    with acting() as work:
        record_people(work, [NewPerson(Identity(NAME, f"P{number}")) for number in range(30)])


def _leads(officer: Officer, address: str) -> list[str]:
    return [href for _text, href in page(officer.get(address)).links]


def test_nothing_typed_is_in_any_address(officer: Officer, many: None) -> None:
    address = address_of_search(officer, NAME, born="", role="")
    assert address.startswith("/people/found/")
    assert not any(NAME.lower() in href.lower() for href in (address, *_leads(officer, address)))
    assert page(officer.get(address)).inputs["q"] == NAME


def test_a_search_is_paged_shown_again_and_exported_by_its_token(officer: Officer, many: None) -> None:
    address = address_of_search(officer, NAME)
    assert "?page=2" in _leads(officer, address)
    assert f"{address}/people.csv" in _leads(officer, address)
    assert "Showing 26 to 30 of 30 people" in page(officer.get(f"{address}?page=2")).main
    assert officer.get(address).get_data() == officer.get(address).get_data()
    assert len(officer.get(f"{address}/people.csv").get_data(as_text=True).splitlines()) == 31


def test_a_search_finds_who_is_there_now(officer: Officer, acting: Acting) -> None:
    address = address_of_search(officer, NAME)
    assert page(officer.get(address)).title.startswith(f"{NAME}: 0 people")
    with acting() as work:
        record_people(work, [NewPerson(Identity(NAME))])
    assert page(officer.get(address)).title.startswith(f"{NAME}: 1 person")


@pytest.mark.parametrize("ending", ["", "?page=2", "/people.csv"])
def test_somebody_elses_search_reads_like_none_at_all(client_for: ClientFor, officer: Officer, many: None, ending: str) -> None:
    address, other = address_of_search(officer, NAME), client_for(Role.ORDERS_DESK)
    theirs, none = other.get(address + ending), other.get("/people/found/no-such-search" + ending)
    assert theirs.status_code == none.status_code == 404
    assert page(theirs).main == page(none).main


def test_an_old_address_with_words_in_it_searches_for_nothing(officer: Officer, many: None, session: Session) -> None:
    shown = page(officer.get(f"/people?q={NAME}&born=1988"))
    assert (shown.inputs["q"], shown.inputs["born"]) == ("", "")
    assert NAME not in shown.main
    assert session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.action == "person.searched")) == 0


@pytest.mark.parametrize("typed", [{}, {"q": "  "}, {"q": "", "born": " ", "role": "subject"}])
def test_nothing_typed_keeps_nothing(officer: Officer, session: Session, typed: dict[str, str]) -> None:
    assert officer.post("/people", data=typed).location == "/people"
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_the_box_in_the_header_sends_and_a_whole_reference_still_finds(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        person = a_person(work, surname="Okafor")
        order = an_order(work, person=person)
    boxes = [values for tag, values in page(officer.get("/people")).tags if tag == "form" and values.get("role") == "search"]
    assert [(box["action"], box["method"]) for box in boxes] == [("/people", "post")] * 2
    for typed in (person.reference, order.reference, order.reference.lower()):
        assert "OKAFOR" in page(search_people(officer, typed)).main


def test_what_could_not_be_used_is_kept_in_its_box(officer: Officer) -> None:
    shown = page(search_people(officer, "", born="31/02/1988"))
    assert "February 1988 has 29 days" in shown.main
    assert shown.inputs["born"] == "31/02/1988"


def test_sending_a_search_needs_its_token(officer: Officer) -> None:
    assert officer.post("/people", data={"q": NAME}, csrf=False).status_code == 400


def test_old_searches_are_cleaned_away_before_other_drafts(officer: Officer, acting: Acting, session: Session) -> None:
    address = address_of_search(officer, NAME)
    with acting(now=NOW + SEARCHES_KEPT) as work:
        assert clean_up(work)["drafts"] == 0
    with acting(now=NOW + SEARCHES_KEPT + timedelta(seconds=1)) as work:
        work.session.add(Draft(token="t", kind="new_person", user_id=officer.user.id, data={}, created_at=NOW, changed_at=NOW))
        work.session.flush()
        assert clean_up(work)["drafts"] == 1
    assert session.scalars(select(Draft.kind)).all() == ["new_person"]
    assert officer.get(address).status_code == 404


def test_words_that_narrow_the_list_of_orders_are_in_no_address(officer: Officer, client_for: ClientFor, acting: Acting) -> None:
    with acting() as work:
        an_order(work, person=a_person(work, surname=NAME))
        an_order(work, person=a_person(work, surname="Okafor"))
    address = narrow_orders(officer, NAME, tab="all", type="", team="")
    shown = page(officer.get(address))
    assert (NAME.upper() in shown.main, "OKAFOR" in shown.main, shown.inputs["q"]) == (True, False, NAME)
    assert not any(NAME.lower() in href.lower() for href in (address, *_leads(officer, address)))
    assert "OKAFOR" not in officer.get(address.replace("/orders?", "/orders.csv?")).get_data(as_text=True)
    assert client_for(Role.ORDERS_DESK).get(address).status_code == 404
    assert client_for(Role.ORDERS_DESK).get(address.replace("/orders?", "/orders.csv?")).status_code == 404
    assert "OKAFOR" in page(officer.get(f"/orders?tab=all&q={NAME}")).main


def test_narrowing_by_no_words_keeps_none(officer: Officer, session: Session) -> None:
    assert narrow_orders(officer, "  ", tab="ended", type="spo", area="N", sort="-made") == "/orders?tab=ended&type=spo&area=N&sort=-made"
    assert session.scalar(select(func.count(Draft.id))) == 0


@pytest.mark.parametrize("path", ["", NAME])
def test_the_list_of_orders_needs_at_most_twelve_statements(officer: Officer, acting: Acting, statements: Statements, path: str) -> None:
    with acting() as work:
        an_order(work, person=a_person(work, surname=NAME))
    address = narrow_orders(officer, path, tab="all")
    with statements() as seen:
        assert officer.get(address).status_code == 200
    assert len(seen) <= 11, "\n".join(seen)  # and one more once a minute, to note when the session was last used


def test_the_person_of_a_new_order_is_found_without_a_name_in_the_address(officer: Officer, client_for: ClientFor, many: None) -> None:
    sent = officer.post("/orders/new", data={"q": NAME, "type": "spo"})
    assert (sent.status_code, NAME in sent.location, "type=spo" in sent.location) == (303, False, True)
    assert NAME.upper() in page(officer.get(sent.location)).main
    assert client_for(Role.ORDERS_DESK).get(sent.location).status_code == 404
    assert "Enter a name" in page(officer.post("/orders/new", data={"q": " "})).problems
    assert NAME.upper() not in page(officer.get(f"/orders/new?q={NAME}")).main

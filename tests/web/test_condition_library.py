"""The pages of the standard conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Condition, LibraryCondition, Person
from orders_app.queries import condition_library
from orders_app.rules.access import Role
from orders_app.services.condition_library import change_template
from tests.conftest import Acting
from tests.factories import a_person, a_team
from tests.web.conftest import ClientFor, Officer
from tests.web.drafts import COURT, OWNER, TERM, begun, problems
from tests.web.reading import Page
from tests.web.typed import day

pytestmark = pytest.mark.on_sqlite

KENNEL: dict[str, Any] = {
    "label": "Not to keep {device} at {address}",
    "words": "Not to keep {device} at {address}.",
    "short_form": "No {device} at {address}",
    "kind": "prohibition",
    "order_types": ["spo", "shpo"],
    "reason": "Asked for by legal services",
}


@pytest.fixture
def sergeant(client_for: ClientFor, acting: Acting) -> Officer:
    with acting() as work:
        team = a_team(work, name="Orders desk")
    return client_for(Role.ORDERS_SUPERVISOR, name="Tomasz Nowak", team=team)


@pytest.fixture
def person(acting: Acting) -> Person:
    with acting() as work:
        return a_person(work, surname="Demir", forenames="Yusuf", born_on=date(1994, 5, 9))


@pytest.fixture
def ann(acting: Acting) -> Person:
    with acting() as work:
        return a_person(work, surname="Joseph", forenames="Ann")


def changed(**answers: Any) -> dict[str, Any]:
    return KENNEL | {"version": "1"} | answers


def test_the_list_can_be_narrowed_to_one_type(sergeant: Officer) -> None:
    everything, dvpo = Page(sergeant.get("/library").text), Page(sergeant.get("/library?order_type=dvpo").text)
    assert "Not to have more than amount in cash" in everything.text
    assert "cash" not in dvpo.main
    assert "Domestic violence protection order: 6 conditions" in dvpo.text
    assert Page(sergeant.get("/library?order_type=nonsense").text).text == everything.text


def test_a_condition_is_added_changed_and_retired(sergeant: Officer, session: Session) -> None:
    added = sergeant.post("/library/new", data=KENNEL)
    address = added.location
    assert "Added to the library" in Page(sergeant.get(address).text).text
    assert sergeant.post(f"{address}/change", data=changed(words="Not to keep any {device} at {address}.")).status_code == 302
    assert sergeant.post(f"{address}/retire", data={"reason": "Never used", "version": "2"}).status_code == 302
    page = Page(sergeant.get(address).text)
    assert all(words in page.text for words in ("Retired", "Offer it again", "Never used", "Asked for by legal services", "Tomasz Nowak"))
    assert "Not to keep device at address" in Page(sergeant.get("/library").text).text
    assert list(session.scalars(select(LibraryCondition.version).order_by(LibraryCondition.version))) == [1, 2, 3]


def test_what_is_wrong_stands_beside_its_box_and_nothing_typed_is_lost(sergeant: Officer) -> None:
    page = Page(
        sergeant.post("/library/new", data=KENNEL | {"words": "Not to {fly}.", "order_types": ["dvpo"], "kind": "requirement"}).text
    )
    assert "there is no blank {fly}" in page.problems
    assert "Crime and Security Act 2010" in page.problems
    assert page.inputs["label"] == KENNEL["label"]


def test_two_who_change_the_same_condition_see_both(sergeant: Officer) -> None:
    address = sergeant.post("/library/new", data=KENNEL).location
    sergeant.post(f"{address}/change", data=changed(words="Not to keep one {device} at {address}."))
    answer = Page(sergeant.post(f"{address}/change", data=changed(words="Not to keep two of {device} at {address}.")).text)
    assert "changed after you opened it" in answer.problems
    assert "Not to keep one {device}" in answer.text
    assert "Not to keep two of {device}" in answer.text
    again = sergeant.post(f"{address}/change", data=changed(words="Not to keep two of {device} at {address}.", version="2"))
    assert again.status_code == 302


def test_retiring_what_was_changed_meanwhile_asks_to_look_again(sergeant: Officer, session: Session) -> None:
    address = sergeant.post("/library/new", data=KENNEL).location
    sergeant.post(f"{address}/change", data=changed(words="Not to keep one {device} at {address}."))
    sergeant.post(f"{address}/retire", data={"reason": "Never used", "version": "1"})
    assert "It was changed after you opened the form" in Page(sergeant.get(address).text).text
    assert not session.scalars(select(LibraryCondition).where(LibraryCondition.is_retired)).all()


def test_whoever_reads_orders_reads_the_library_and_only_some_change_it(client_for: ClientFor) -> None:
    desk = client_for(Role.ORDERS_DESK)
    page = Page(desk.get("/library/contact").text)
    assert "Shipped with Orderwatch" in page.text
    assert "Change it" not in page.text
    assert desk.get("/library/contact/change").status_code == 403
    assert desk.get("/library/nowhere").status_code == 404


def test_a_label_is_words_and_never_markup(sergeant: Officer) -> None:
    address = sergeant.post("/library/new", data=KENNEL | {"label": "<b>Not</b> to contact {person}"}).location
    assert "&lt;b&gt;Not&lt;/b&gt; to contact <em>person</em>" in sergeant.get(address).text


def test_a_condition_says_which_standard_one_it_began_from_and_a_change_of_the_library_leaves_it(
    sergeant: Officer, person: Person, ann: Person, session: Session, acting: Acting
) -> None:
    base = begun(sergeant, person, "spo")
    filled = Page(sergeant.post(f"{base}/conditions", data={"library": "follow", "blank_person": "Ann Joseph", "do": "use"}).text)
    assert filled.inputs["began_from"] == "follow:1"
    kept = TERM | {"words": "Not to follow Ann Joseph.", "library": "follow", "began_from": "follow:1", "do": "next"}
    sergeant.post(f"{base}/conditions", data=kept)
    with acting("library.changed") as work:
        standing = next(template for template in condition_library.as_it_stands(work.session) if template.key == "follow")
        change_template(work, version=1, template=replace(standing, words="Not to watch {person}."), reason="The court's new wording")
    sergeant.post(f"{base}/court", data=COURT | day("made_on", "20 11 2026"))
    sergeant.post(f"{base}/ends", data={"end_kind": "until_further_order", "do": "next"})
    sergeant.post(f"{base}/follows", data={"follows": "none", "do": "next"})
    sergeant.post(f"{base}/protected", data={"person": ann.reference, "do": "next"})
    sergeant.post(f"{base}/owner", data=OWNER)
    assert sergeant.post(f"{base}/check", data={}).status_code == 302
    made = session.scalars(select(Condition)).one()
    assert (made.text, made.template_key, made.template_version) == ("Not to follow Ann Joseph.", "follow", 1)


@pytest.mark.parametrize("said", ["follow:9", "follow:", "nothing:1", "follow:x", ":1", "cash:1"])
def test_only_a_version_that_is_offered_can_be_named_as_the_beginning(sergeant: Officer, person: Person, said: str) -> None:
    base = begun(sergeant, person, "spo")
    page = Page(sergeant.post(f"{base}/conditions", data={"library": "own", "began_from": said, "words": "x", "do": "add"}).text)
    assert page.inputs["began_from"] == ""


def test_a_condition_with_a_blank_left_open_is_not_saved(sergeant: Officer, person: Person) -> None:
    base = begun(sergeant, person, "spo")
    opened = TERM | {"words": "Not to contact …, by any means.", "library": "contact", "began_from": "contact:1", "do": "add"}
    assert "A blank is still open" in problems(sergeant.post(f"{base}/conditions", data=opened))

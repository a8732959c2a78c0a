"""A court varies or renews an order: a draft of the next version, its terms changed, taken out, put back and added, and saved once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Draft, Order
from orders_app.queries.orders import WholeOrder, find_order
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.facts import EndKind
from orders_app.services.orders import NewCondition
from tests.conftest import Acting
from tests.order_cases import NO_CONTACT, a_made_order
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.two_officers import Stale, Two, two_at_the_desk
from tests.web.typed import day

NO_ENTRY = NewCondition("Not to enter Foundry Lane.", "Not Foundry Lane", ends_on=date(2027, 10, 1))
TERM = {"library": "own", "kind": "prohibition", "end": "order"}
DOCK_ROAD = TERM | {"words": "Not to enter Dock Road.", "short_form": "Not Dock Road"}


@pytest.fixture
def two(client_for: ClientFor, acting: Acting) -> Two:
    return two_at_the_desk(client_for, acting)


@pytest.fixture
def officer(two: Two) -> Officer:
    return two.officer


@pytest.fixture
def reference(acting: Acting) -> str:
    with acting() as work:
        return a_made_order(
            work, served_on=date(2026, 10, 5), end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1), conditions=(NO_CONTACT, NO_ENTRY)
        ).reference


def begun(officer: Officer, reference: str, **answers: str) -> str:
    """A draft of a variation with what the court did answered: its address up to the step."""
    base: str = officer.post(f"/orders/{reference}/vary", data={"kind": answers.pop("kind", "varied")}).location.rsplit("/", 1)[0]
    typed = {
        **day("varied_on", "20 11 2026"),
        **day("renewed_on", "20 11 2026"),
        "court": "Northmere",
        "end": "same",
        "summary": "One term",
    }
    done = officer.post(f"{base}/variation", data=typed | answers | {"do": "next"})
    assert done.status_code == 302, Page(done.text).problems
    return base


def saved(officer: Officer, base: str) -> Any:
    officer.post(f"{base}/conditions", data={"do": "next"})
    return officer.post(f"{base}/check", data={})


def whole(session: Session, reference: str) -> WholeOrder:
    session.rollback()
    found = find_order(session, SYSTEM, reference)
    assert found is not None
    return found


def standing(session: Session, reference: str) -> list[tuple[int, str]]:
    order = whole(session, reference).order
    return [(c.number, c.text) for c in order.conditions if c.from_version <= order.version_number and c.until_version is None]


def test_a_variation_is_a_new_version_with_its_own_terms_and_end(officer: Officer, reference: str, session: Session) -> None:
    base = begun(officer, reference, end="fixed", **day("ends_on", "1 10 2031"))
    officer.post(f"{base}/conditions", data={"do": "remove-1"})
    officer.post(
        f"{base}/conditions", data=TERM | {"words": "Not to enter Dock Road.", "short_form": "Not Dock Road", "editing": "1", "do": "add"}
    )
    officer.post(f"{base}/conditions", data=TERM | {"words": "Not to enter Mill Row.", "short_form": "Not Mill Row", "do": "next"})
    check = Page(officer.get(f"{base}/check").text)
    for words in (
        "Changed. Prohibition.",
        "Before: Not to enter Foundry Lane.",
        "Added. Prohibition.",
        "Taken out (1)",
        "Save this version",
    ):
        assert words in check.main
    answer = officer.post(f"{base}/check", data={})
    assert answer.status_code == 302, Page(answer.text).problems
    page = Page(officer.get(answer.location).text).main
    for words in ("2, as varied Friday 20 November 2026", "Conditions (2)", "Wednesday 1 October 2031, 24:00", "Saved: version 2 of"):
        assert words in page
    assert standing(session, reference) == [(2, "Not to enter Dock Road."), (3, "Not to enter Mill Row.")]
    assert session.scalars(select(Draft)).all() == []


def test_what_is_left_alone_stays_the_same_row_and_keeps_its_own_end(officer: Officer, reference: str, session: Session) -> None:
    base = begun(officer, reference, kind="renewed", end="fixed", **day("ends_on", "1 10 2031"))
    assert saved(officer, base).status_code == 302
    assert [(c.from_version, c.ends_on) for c in whole(session, reference).order.conditions] == [(1, None), (1, date(2027, 10, 1))]
    assert whole(session, reference).order.ends_on == date(2031, 10, 1)


def test_a_term_taken_out_by_mistake_is_put_back_in_its_place(officer: Officer, reference: str, session: Session) -> None:
    base = begun(officer, reference)
    officer.post(f"{base}/conditions", data={"do": "remove-1"})
    assert "Put back condition 1" in Page(officer.get(f"{base}/conditions").text).main
    officer.post(f"{base}/conditions", data={"do": "back-1"})
    page = Page(officer.get(f"{base}/conditions").text).main
    assert "Conditions so far (2)" in page
    assert "Taken out" not in page
    assert "Add condition 3" in page


def test_an_end_the_law_refuses_is_refused_beside_it_and_every_word_is_kept(officer: Officer, reference: str) -> None:
    base = begun(officer, reference)
    typed = {**day("varied_on", "20 11 2026"), "court": "Northmere", "end": "fixed", **day("ends_on", "1 10 2027"), "summary": "Shorter"}
    page = Page(officer.post(f"{base}/variation", data=typed | {"do": "next"}).text)
    assert "s.3(2)" in page.problems
    assert page.inputs["ends_on-year"] == "2027"
    assert "Shorter" in page.main


def test_a_term_the_law_refuses_is_refused_beside_it(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        shpo = a_made_order(work, order_type="shpo", conditions=(NO_CONTACT,)).reference
    travel = TERM | {"words": "Not to leave the United Kingdom.", "short_form": "No travel", "is_travel": "y", "do": "add"}
    page = Page(officer.post(f"{begun(officer, shpo)}/conditions", data=travel).text)
    assert "s.103D" in page.problems
    assert "Not to leave the United Kingdom." in page.main


def test_the_drafts_say_what_they_would_do(officer: Officer, reference: str) -> None:
    begun(officer, reference, kind="renewed")
    assert f"Record a renewal: {reference}" in Page(officer.get("/orders/drafts").text).main


# Two officers


@pytest.fixture
def both(two: Two, reference: str) -> Stale:
    """The other took condition 1 out and saved; the officer changed condition 2."""
    mine, theirs = begun(two.officer, reference, summary="Dock Road too"), begun(two.other, reference, summary="Contact allowed")
    two.other.post(f"{theirs}/conditions", data={"do": "remove-1"})
    two.officer.post(f"{mine}/conditions", data=DOCK_ROAD | {"editing": "2", "do": "next"})
    assert saved(two.other, theirs).status_code == 302
    return Stale(two.officer, f"{mine}/check", saved(two.officer, mine))


def test_a_variation_stands_beside_theirs_term_by_term(both: Stale) -> None:
    for words in (
        "recorded “Varied by the court”", "Varied by the court: choose what to keep",
        "Contact allowed", "Dock Road too", "Condition 1", "Taken out", "As before",
        "Changed to: Not to enter Dock Road.", "as version 3: the court changed it twice",
    ):  # fmt: skip
        assert words in both.says
    assert both.ways == ["correct", "save", "edit", "drop"]


@pytest.mark.parametrize(
    ("way", "version", "terms"),
    [
        ("correct", 4, [(1, NO_CONTACT.text), (2, "Not to enter Dock Road.")]),
        ("save", 3, [(2, "Not to enter Dock Road.")]),
        ("drop", 2, [(2, "Not to enter Foundry Lane.")]),
    ],
)
def test_a_variation_may_correct_theirs_or_go_upon_it_or_be_dropped(
    both: Stale, reference: str, session: Session, way: str, version: int, terms: list[tuple[int, str]]
) -> None:
    assert both.choose(way).status_code == 302
    assert whole(session, reference).order.version_number == version
    assert standing(session, reference) == terms
    assert session.scalars(select(Draft)).all() == []


def test_a_variation_kept_as_a_draft_is_shown_beside_theirs_again(both: Stale, session: Session) -> None:
    assert "Check your answers" in Page(both.choose("edit").text).heading
    again = Stale(both.officer, both.address, both.officer.post(both.address, data={}))
    assert "correct" in again.ways
    assert len(session.scalars(select(Order)).all()) == 1


def test_what_theirs_took_out_cannot_be_changed_upon_it(two: Two, reference: str) -> None:
    mine, theirs = begun(two.officer, reference), begun(two.other, reference)
    two.other.post(f"{theirs}/conditions", data={"do": "remove-1"})
    changed = TERM | {"words": "Not to contact Ann Joseph by post.", "short_form": "No post", "editing": "1", "do": "next"}
    two.officer.post(f"{mine}/conditions", data=changed)
    assert saved(two.other, theirs).status_code == 302
    refused = Stale(two.officer, f"{mine}/check", saved(two.officer, mine)).choose("save")
    assert "Condition 1 is not a term of the order as it stands" in Page(refused.text).problems

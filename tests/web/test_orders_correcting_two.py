"""Corrections of an order beside the standard conditions, and two officers who correct or record at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Condition, Draft
from orders_app.rules.condition_library import SHIPPED
from orders_app.services.condition_library import change_template
from orders_app.services.orders import NewCondition
from tests.conftest import Acting
from tests.order_cases import NO_CONTACT, a_made_order
from tests.web.conftest import ClientFor, Officer
from tests.web.corrections import COURT, ROW, TERM, an_spo_of_three_years, begun, put, stored
from tests.web.reading import Page
from tests.web.two_officers import Stale, Two, two_at_the_desk
from tests.web.typed import day, opened


@pytest.fixture
def two(client_for: ClientFor, acting: Acting) -> Two:
    return two_at_the_desk(client_for, acting)


@pytest.fixture
def officer(two: Two) -> Officer:
    return two.officer


@pytest.fixture
def reference(acting: Acting) -> str:
    return an_spo_of_three_years(acting)


@pytest.mark.parametrize("what", ["vary", "correct"])
def test_a_standard_condition_can_be_added_and_is_remembered(officer: Officer, reference: str, session: Session, what: str) -> None:
    if what == "vary":
        base = officer.post(f"/orders/{reference}/vary", data={"kind": "varied"}).location.rsplit("/", 1)[0]
        typed = {**day("varied_on", "20 11 2026"), "court": "Northmere", "end": "same", "summary": "One term", "do": "next"}
        assert officer.post(f"{base}/variation", data=typed).status_code == 302
    else:
        base = begun(officer, reference, "conditions-1")
    asked = Page(officer.post(f"{base}/conditions", data={"library": "follow", "do": "use"}).text)
    assert "Fill the blanks" in asked.main
    filled = Page(officer.post(f"{base}/conditions", data={"library": "follow", "blank_person": "Ann Joseph", "do": "use"}).text)
    assert "Not to follow, watch or spy upon Ann Joseph." in filled.main
    term = TERM | {"library": "follow", "blank_person": "Ann Joseph", "words": "Not to follow, watch or spy upon Ann Joseph."}
    add = term | {"short_form": "Not to follow", "began_from": filled.inputs["began_from"]}
    put(officer, base, "conditions", **add)
    assert officer.post(f"{base}/check", data={}).status_code == 302
    session.rollback()
    added = session.scalars(select(Condition).where(Condition.number == 3)).one()
    assert (added.template_key, added.template_version) == ("follow", 1)


def test_a_term_that_began_from_a_retired_condition_remembers_it(officer: Officer, acting: Acting, session: Session) -> None:
    template = next(one for one in SHIPPED if one.key == "follow")
    words, short = template.filled({"person": "Ann Jospeh"})
    with acting() as work:
        change_template(work, version=1, template=replace(template, is_retired=True), reason="Not used here")
        wrong = NewCondition(words, short, template_key="follow", template_version=1)
        reference = a_made_order(work, conditions=(wrong,)).reference
    base = begun(officer, reference, "conditions-1")
    page = Page(officer.get(f"{base}/conditions?editing=1").text)
    assert page.inputs["began_from"] == "follow:1"
    right = TERM | {"words": words.replace("Jospeh", "Joseph"), "short_form": "Not to follow", "began_from": "follow:1", "editing": "1"}
    put(officer, base, "conditions", **right)
    assert officer.post(f"{base}/check", data={}).status_code == 302
    session.rollback()
    term = session.scalars(select(Condition)).one()
    assert (term.text, term.template_key, term.template_version) == ("Not to follow, watch or spy upon Ann Joseph.", "follow", 1)


def test_a_condition_is_put_right_though_the_rest_was_never_recorded_whole(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        reference = a_made_order(work, order_type="ro_conviction", court="", conditions=(NO_CONTACT,)).reference
    base = begun(officer, reference, "conditions-1")
    right = TERM | {"words": "Not to contact Ann Joseph.", "short_form": "No contact", "editing": "1"}
    check = Page(put(officer, base, "conditions", **right).text)
    assert "What is put right (1)" in check.main
    saved = officer.post(f"{base}/check", data={})
    assert saved.status_code == 302, Page(saved.text).problems
    assert (stored(session, reference).court, stored(session, reference).made_under) == ("", "")


# Two officers


@pytest.fixture
def both(two: Two, reference: str) -> Stale:
    """The other put the court right and saved; the officer put the court and condition 2 right."""
    mine, theirs = begun(two.officer, reference), begun(two.other, reference)
    put(two.other, theirs, "court", **(COURT | {"court": "Westholme", "court_reference": "WH 1"}))
    put(two.officer, mine, "court", **COURT)
    put(two.officer, mine, "conditions", **ROW)
    assert two.other.post(f"{theirs}/check", data={}).status_code == 302
    return Stale(two.officer, f"{mine}/check", two.officer.post(f"{mine}/check", data={}))


def test_a_correction_stands_beside_theirs_and_nothing_typed_is_lost(both: Stale) -> None:
    for words in (
        "Jamal Edwards corrected what was recorded of the order", "Westholme", "Eastbridge", "WH 1", "Not to enter Foundry Row.",
        "Correct what was recorded: choose what to keep",
    ):  # fmt: skip
        assert words in both.says, words
    assert both.ways == ["save", "edit", "drop"]


@pytest.mark.parametrize(("way", "court"), [("save", "Eastbridge"), ("drop", "Westholme")])
def test_a_correction_goes_over_theirs_and_leaves_what_it_did_not_touch(
    both: Stale, reference: str, session: Session, way: str, court: str
) -> None:
    assert both.choose(way).status_code == 302
    order = stored(session, reference)
    assert (order.court, order.court_reference) == (court, "WH 1")
    assert session.scalars(select(Draft)).all() == []


def test_a_correction_kept_as_a_draft_is_whole(both: Stale) -> None:
    page = Page(both.choose("edit").text)
    assert "Check your answers" in page.heading
    assert "Eastbridge" in page.main


def test_something_recorded_meanwhile_is_told_and_mine_is_saved_upon_it(two: Two, reference: str, session: Session) -> None:
    mine = begun(two.officer, reference)
    put(two.officer, mine, "court", **COURT)
    breach = f"/orders/{reference}/record/breach_reported"
    report = {**day("breach_reported_on", "21 11 2026", "19:05"), "what": "Message sent"}
    assert two.other.post(breach, data=report | opened(two.other, breach)).status_code == 302
    stale = Stale(two.officer, f"{mine}/check", two.officer.post(f"{mine}/check", data={}))
    assert "recorded “Breach reported”" in stale.says
    assert "Typed by you, not saved" in stale.says
    assert stale.choose("save").status_code == 302
    assert stored(session, reference).court == "Eastbridge"

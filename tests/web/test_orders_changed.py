"""Two officers at once on one order: on every form the second sees theirs beside hers, loses nothing typed, and has ways out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from orders_app.rules.facts import EventKind as E
from orders_app.services.orders import NewEvent, NewOrder, record_order
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_made_order, a_served_notice
from tests.web.conftest import ClientFor
from tests.web.reading import Page
from tests.web.two_officers import Stale, Two, live, two_at_the_desk
from tests.web.typed import day, opened

TOLD = {"how": "telephone", "officer": "DC 3318 Mei-Ling Hargreaves", "meets": "other"}
LEFT_WORD = {**TOLD, **day("protected_person_told_on", "3 10 2026", "16:10"), "note": "Left word with her sister"}
TOLD_HER = {**TOLD, **day("protected_person_told_on", "4 10 2026", "09:00"), "note": "Told her myself"}


@pytest.fixture
def two(client_for: ClientFor, acting: Acting) -> Two:
    return two_at_the_desk(client_for, acting)


def an_spo(acting: Acting, **values: Any) -> str:
    with acting() as work:
        return a_made_order(work, **values).reference


# One more event


@pytest.fixture
def told(two: Two, acting: Acting) -> Stale:
    return two.at(f"/orders/{an_spo(acting)}/record/protected_person_told", LEFT_WORD, TOLD_HER)


def test_an_event_stands_beside_theirs_and_every_word_is_kept(told: Stale, session: Session) -> None:
    for words in (
        "This was changed after you opened it",
        "Jamal Edwards recorded “Protected person told”, Saturday 3 October 2026, 16:10. Saved 08:14 today.",
        "You opened the form at 08:14 today. Nothing you typed is lost and nothing of yours is saved yet.",
        "Jamal Edwards, 08:14 today", "Left word with her sister", "Told her myself",
    ):  # fmt: skip
        assert words in told.says
    assert told.page.inputs["note"] == "Told her myself"
    assert len(live(session, E.PROTECTED_PERSON_TOLD)) == 1


@pytest.mark.parametrize(
    ("way", "notes"),
    [
        ("save", ["Left word with her sister", "Told her myself"]),
        ("correct", ["Told her myself"]),
        ("drop", ["Left word with her sister"]),
    ],
)
def test_an_event_may_be_added_or_correct_theirs_or_be_dropped(told: Stale, session: Session, way: str, notes: list[str]) -> None:
    assert told.choose(way).status_code == 302
    assert [event.note for event in live(session, E.PROTECTED_PERSON_TOLD)] == notes


def test_an_event_to_be_changed_first_comes_back_as_typed_and_then_beside_theirs_again(told: Stale, session: Session) -> None:
    form = Page(told.choose("edit").text)
    assert form.heading == "Record that the protected person was told"
    assert "Told her myself" in form.main
    again = told.officer.post(told.address, data={**TOLD_HER, "note": "Told her twice", "opened": form.inputs["opened"]})
    assert Stale(told.officer, told.address, again).choose("correct").status_code == 302
    assert [event.note for event in live(session, E.PROTECTED_PERSON_TOLD)] == ["Told her twice"]


def test_what_says_the_same_as_theirs_is_first_offered_not_to_be_saved(two: Two, acting: Acting) -> None:
    stale = two.at(f"/orders/{an_spo(acting)}/record/protected_person_told", LEFT_WORD, LEFT_WORD)
    assert "Yours says the same as theirs" in stale.says
    assert stale.ways[0] == "drop"


def test_a_third_officer_in_between_is_shown_too(told: Stale, two: Two, session: Session) -> None:
    two.other.post(told.address, data=LEFT_WORD | {"note": "Rang her brother"} | opened(two.other, told.address))
    again = Stale(told.officer, told.address, told.choose("save"))
    assert "Rang her brother" in again.says
    assert again.choose("save").status_code == 302
    assert len(live(session, E.PROTECTED_PERSON_TOLD)) == 3


def test_a_correction_of_theirs_that_the_law_refuses_is_said_there_with_the_ways_still_open(two: Two, acting: Acting) -> None:
    future = {**TOLD_HER, **day("protected_person_told_on", "4 10 2027", "09:00")}
    stale = two.at(f"/orders/{an_spo(acting)}/record/protected_person_told", LEFT_WORD, future)
    refused = Stale(two.officer, stale.address, stale.choose("correct"))
    assert "This is in the future" in refused.page.problems
    assert "correct" in refused.ways


def test_another_kind_of_event_is_told_and_has_nothing_beside_it(two: Two, acting: Acting, session: Session) -> None:
    reference = an_spo(acting)
    address = f"/orders/{reference}/record/protected_person_told"
    seen = opened(two.officer, address)
    breach = f"/orders/{reference}/record/breach_reported"
    report = {**day("breach_reported_on", "21 11 2026", "19:05"), "what": "Message sent"}
    assert two.other.post(breach, data=report | opened(two.other, breach)).status_code == 302
    stale = Stale(two.officer, address, two.officer.post(address, data=TOLD_HER | seen))
    assert "recorded “Breach reported”" in stale.says
    assert "Typed by you, not saved" in stale.says
    assert stale.ways == ["save", "edit", "drop"]
    assert stale.choose("save").status_code == 302
    assert len(live(session, E.PROTECTED_PERSON_TOLD)) == 1


def test_what_happens_once_can_only_correct_theirs(two: Two, acting: Acting, session: Session) -> None:
    address = f"/orders/{an_spo(acting)}/record/discharged"
    theirs = {**day("discharged_on", "19 11 2026"), "court": "Northmere", "consent": "both"}
    stale = two.at(address, theirs, theirs | day("discharged_on", "20 11 2026") | {"court": "Eastbridge"})
    assert "Thursday 19 November 2026" in stale.says
    assert stale.ways == ["correct", "edit", "drop"]
    assert stale.choose("correct").status_code == 302
    assert [event.happened_on for event in live(session, E.DISCHARGED)] == [date(2026, 11, 20)]


# A hearing


def heard(result: str, note: str = "", **more: str) -> dict[str, str]:
    return {**day("hearing_held_on", "21 11 2026", "10:30"), "court": "Northmere", "result": result, "note": note, **more}


@pytest.fixture
def applied_for(acting: Acting) -> str:
    with acting() as work:
        lodged = NewEvent(E.APPLICATION_LODGED, date(2026, 11, 2))
        return record_order(work, NewOrder("spo", a_person(work).id, events=(lodged,), court="Northmere")).reference


def test_a_hearing_stands_beside_theirs(two: Two, applied_for: str) -> None:
    adjourned = heard("adjourned", "Interpreter ill", **day("next_hearing", "4 12 2026", "10:00"))
    stale = two.at(f"/orders/{applied_for}/hearing", adjourned, heard("refused", "Bench not satisfied"))
    for words in (
        "Jamal Edwards recorded “Hearing adjourned”", "Adjourned without being heard", "Refused", "Interpreter ill", "Bench not satisfied",
        "Friday 4 December 2026, 10:00", "Court Same",
    ):  # fmt: skip
        assert words in stale.says
    assert stale.ways == ["save", "correct", "edit", "drop"]


@pytest.mark.parametrize(("way", "adjourned", "refused"), [("save", 1, 1), ("correct", 0, 1), ("drop", 1, 0)])
def test_a_hearing_may_be_another_or_correct_theirs_or_be_dropped(
    two: Two, applied_for: str, session: Session, way: str, adjourned: int, refused: int
) -> None:
    theirs = heard("heard_adjourned", **day("next_hearing", "4 12 2026", "10:00"))
    stale = two.at(f"/orders/{applied_for}/hearing", theirs, heard("refused"))
    assert stale.choose(way).status_code == 302
    assert len(live(session, E.ADJOURNED)) == len(live(session, E.HEARING_LISTED)) == adjourned
    assert len(live(session, E.APPLICATION_REFUSED)) == refused


def test_a_result_that_closed_the_case_leaves_mine_to_correct_it_and_keeps_it(two: Two, acting: Acting, session: Session) -> None:
    with acting() as work:
        reference = a_served_notice(work).reference
    address = f"/orders/{reference}/hearing"
    this_morning = day("hearing_held_on", "22 11 2026", "08:00")
    stale = two.at(address, heard("granted") | this_morning, heard("refused") | this_morning)
    assert stale.ways == ["correct", "edit", "drop"]
    assert "Refused" in Page(stale.choose("edit").text).main
    assert stale.choose("correct").status_code == 302
    assert live(session, E.APPLICATION_GRANTED) == []
    assert len(live(session, E.APPLICATION_REFUSED)) == 1


# Correcting and striking out


@pytest.fixture
def served(acting: Acting) -> str:
    return f"/orders/{an_spo(acting, served_on=date(2026, 10, 5))}/events/2"


def service(time: str, why: str, **more: str) -> dict[str, str]:
    typed = {**day("served_at", "5 10 2026", time), "where": "1 Ashcombe Terrace", "officer": "PC 5120", "how": "in_person"}
    return typed | {"why_corrected": why} | more


@pytest.mark.parametrize(("way", "hour"), [("save", 18), ("drop", 16)])
def test_a_correction_stands_beside_theirs_and_goes_over_it_or_not(two: Two, served: str, session: Session, way: str, hour: int) -> None:
    stale = two.at(served, service("17:25", "Misread the pocket book"), service("19:25", "Body-worn video"))
    for words in (
        "Jamal Edwards corrected “Served”", "Reason: Misread the pocket book", "Save mine over theirs",
        "Monday 5 October 2026, 17:25", "Monday 5 October 2026, 19:25",
    ):  # fmt: skip
        assert words in stale.says
    assert stale.ways == ["save", "edit", "drop"]
    assert stale.choose(way).status_code == 302
    (event,) = live(session, E.SERVED)
    assert event.happened_at is not None
    assert event.happened_at.hour == hour


def test_a_correction_of_what_was_struck_out_meanwhile_may_be_a_new_entry(two: Two, served: str, session: Session) -> None:
    stale = two.at(served, service("17:25", "Another person", do="void"), service("19:25", "Body-worn video"))
    assert "Jamal Edwards struck out “Served”" in stale.says
    assert "Strike it out: it never happened" in stale.says
    assert stale.ways == ["save", "drop"]
    assert stale.choose("save").status_code == 302
    assert len(live(session, E.SERVED)) == 1


def test_striking_out_what_was_corrected_meanwhile_asks_again(two: Two, served: str, session: Session) -> None:
    stale = two.at(served, service("17:25", "Misread"), service("17:25", "Another person", do="void"))
    assert "Strike it out all the same" in stale.says
    assert len(live(session, E.SERVED)) == 1
    assert stale.choose("save").status_code == 302
    assert live(session, E.SERVED) == []


def test_what_both_strike_out_needs_nothing_more(two: Two, served: str, session: Session) -> None:
    stale = two.at(served, service("17:25", "Another person", do="void"), service("17:25", "Wrong order", do="void"))
    assert stale.ways == ["drop"]
    assert stale.choose("drop").status_code == 302
    assert live(session, E.SERVED) == []

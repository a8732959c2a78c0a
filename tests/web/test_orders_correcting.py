"""What was recorded of an order is corrected: part by part, checked before it is saved, told apart from a variation, and never lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Draft, Order, OrderCorrection
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, record_order
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import NO_CONTACT, a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.two_officers import Stale, Two, two_at_the_desk
from tests.web.typed import day, opened

NO_ENTRY = NewCondition("Not to enter Foundry Lane.", "Not Foundry Lane")
TERM = {"library": "own", "kind": "prohibition", "end": "order"}
ROW = TERM | {"words": "Not to enter Foundry Row.", "short_form": "Not Foundry Row", "editing": "2", "do": "next"}
COURT = {"court": "Eastbridge", "is_present_or_represented": "no", "is_without_notice": "no", "do": "next", **day("made_on", "2 10 2026")}
NOW_SAYS, WILL_SAY = "Recorded now", "After the correction"
WHY = "The sealed order says otherwise"


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


def begun(officer: Officer, reference: str, part: str = "court") -> str:
    """A draft of a correction: its address up to the step."""
    answer = officer.post(f"/orders/{reference}/correct", data={"part": part})
    assert answer.location.endswith(part.partition("-")[0])
    base: str = answer.location.rsplit("/", 1)[0]
    return base


def put(desk: Officer, base: str, step: str, **typed: str) -> Any:
    """Answer one step and the reason."""
    answer = desk.post(f"{base}/{step}", data={"do": "next"} | typed)
    assert answer.status_code == 302, Page(answer.text).problems
    desk.post(f"{base}/reason", data={"reason": WHY, "do": "next"})
    return desk.get(f"{base}/check")


def stored(session: Session, reference: str) -> Order:
    session.rollback()
    return session.scalars(select(Order).where(Order.reference == reference)).one()


def test_a_correction_is_checked_and_saved_with_the_deadlines_it_moves(officer: Officer, reference: str, session: Session) -> None:
    page = Page(officer.get(f"/orders/{reference}").text)
    assert ("Correct what was recorded", f"/orders/{reference}/correct?version=1") in page.links
    base = begun(officer, reference, "ends")
    check = Page(put(officer, base, "ends", end_kind="fixed", **day("ends_on", "1 10 2028")).text)
    for words in (
        "What is put right (1)", f"Last day of the order {NOW_SAYS} Monday 1 October 2029 {WILL_SAY} Sunday 1 October 2028", WHY,
        f"Order ends Due now Monday 1 October 2029, 24:00 {WILL_SAY} Sunday 1 October 2028, 24:00", "Save this correction",
    ):  # fmt: skip
        assert words in check.main, words
    assert stored(session, reference).ends_on == date(2029, 10, 1)
    saved = officer.post(f"{base}/check", data={})
    assert saved.status_code == 302, Page(saved.text).problems
    page = Page(officer.get(saved.location).text)
    for words in (
        "Correction saved: 3 deadlines moved", "What was recorded of the order was corrected",
        "Order ends: moved from Monday 1 October 2029",
        "Last day: Sunday 1 October 2028. It said: Monday 1 October 2029", f"Reason: {WHY}", "1, as made. Never varied",
    ):  # fmt: skip
        assert words in page.text, words
    assert stored(session, reference).ends_on == date(2028, 10, 1)
    rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "order.corrected")).all()
    assert {row.reason for row in rows} == {WHY}
    assert session.scalars(select(Draft)).all() == []


def test_a_condition_says_on_the_order_what_it_said_before(officer: Officer, reference: str, session: Session) -> None:
    base = begun(officer, reference, "conditions-1")
    put(officer, base, "conditions", **ROW)
    check = Page(officer.get(f"{base}/check").text).main
    assert f"Condition 2 {NOW_SAYS} Not Foundry Lane: “Not to enter Foundry Lane.” Prohibition." in check
    assert "No deadline moves" in check
    assert officer.post(f"{base}/check", data={}).status_code == 302
    page = Page(officer.get(f"/orders/{reference}").text).main
    assert "by PC" in page.partition("It said: words Not to enter Foundry Lane.; short form Not Foundry Lane. Reason:")[0]
    assert f"It said: words Not to enter Foundry Lane.; short form Not Foundry Lane. Reason: {WHY}" in page


@pytest.mark.parametrize(
    ("step", "typed", "section"),
    [
        ("ends", {"end_kind": "fixed", **day("ends_on", "1 10 2027")}, "s.3(2)"),
        ("ends", {"end_kind": "fixed", **day("ends_on", "1 10 2026")}, "Enter"),
        ("court", COURT | day("made_on", "23 11 2026"), "future"),
        ("court", COURT | {"court": ""}, "Enter the court"),
        ("court", COURT | day("made_on", "31 2 2026"), "day from 1 to 28"),
    ],
)
def test_what_is_refused_stands_beside_the_field_and_every_word_is_kept(
    officer: Officer, reference: str, step: str, typed: dict[str, str], section: str
) -> None:
    base = begun(officer, reference, step)
    page = Page(officer.post(f"{base}/{step}", data=typed | {"do": "next"}).text)
    assert section in page.problems
    assert page.inputs.items() >= {name: value for name, value in typed.items() if name.endswith(("-year", "-day"))}.items()


def test_what_only_the_whole_breaks_is_said_before_anybody_saves(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        dvpo = a_made_order(work, order_type="dvpo", made_on=date(2026, 11, 10), end_kind=EndKind.FIXED, stated_ends_on=date(2026, 12, 7))
    base = begun(officer, dvpo.reference)
    check = Page(put(officer, base, "court", **(COURT | day("made_on", "9 11 2026"))).text)
    assert "s.28(10)" in check.problems
    assert "The law does not allow the order as corrected" in check.main
    refused = officer.post(f"{base}/check", data={})
    assert "s.28(10)" in Page(refused.text).problems
    assert stored(session, dvpo.reference).made_on == date(2026, 11, 10)
    put(officer, base, "ends", **day("ends_on", "6 12 2026"))
    assert officer.post(f"{base}/check", data={}).status_code == 302
    assert stored(session, dvpo.reference).ends_on == date(2026, 12, 6)


def test_a_correction_without_a_change_or_a_reason_is_not_saved(officer: Officer, reference: str, session: Session) -> None:
    base = begun(officer, reference)
    page = Page(officer.post(f"{base}/check", data={}).text)
    assert "Put right what was recorded wrongly" in page.problems
    assert "Enter why it is being corrected" in page.problems
    assert "Nothing is different from what is recorded" in page.main
    session.rollback()
    assert session.scalars(select(OrderCorrection)).all() == []
    assert "Choose what was recorded wrongly" in Page(officer.post(f"/orders/{reference}/correct", data={}).text).problems


def test_an_authority_that_is_not_enough_is_refused_of_a_notice(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        notice = a_served_notice(work)
    typed = {**day("authorised_at", "21 11 2026", "20:15"), "authorised_rank": "inspector", "officer": "Insp Ashworth", "do": "next"}
    base = begun(officer, notice.reference)
    assert "superintendent" in Page(officer.post(f"{base}/court", data=typed).text).problems
    put(officer, base, "court", **(typed | {"authorised_rank": "chief_superintendent", "officer": "Ch Supt Bell"}))
    assert officer.post(f"{base}/check", data={}).status_code == 302
    page = Page(officer.get(f"/orders/{notice.reference}").text).main
    assert "authorised by: chief superintendent. it said: superintendent" in page.lower()
    assert stored(session, notice.reference).authorised_rank == "chief_superintendent"


def test_of_an_application_only_what_is_recorded_of_it_is_asked(officer: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        lodged = NewEvent(EventKind.APPLICATION_LODGED, date(2026, 11, 2))
        reference = record_order(work, NewOrder("spo", a_person(work).id, events=(lodged,), court="Northmere")).reference
    assert "How it ends" not in Page(officer.get(f"/orders/{reference}/correct").text).main
    base = begun(officer, reference)
    page = Page(officer.get(f"{base}/court").text)
    assert ("made_on-day" in page.inputs, "application_lodged_on-day" in page.inputs) == (False, True)
    empty = day("application_lodged_on", "2 11 2026") | {"application_lodged_on-day": "", "application_lodged_on-month": ""}
    gone = empty | {"application_lodged_on-year": ""}
    nothing = Page(officer.post(f"{base}/court", data={"court": "Northmere", "do": "next", **gone}).text)
    assert "Enter the day of the application" in nothing.problems
    put(officer, base, "court", court="Northmere", **day("application_lodged_on", "3 11 2026"))
    assert officer.post(f"{base}/check", data={}).status_code == 302
    assert stored(session, reference).applied_on == date(2026, 11, 3)


def test_protected_people_are_put_right_and_a_sealed_one_leaves_no_trace(
    officer: Officer, client_for: ClientFor, acting: Acting, session: Session
) -> None:
    with acting() as work:
        ann, eve = (a_person(work, surname=name, forenames="Ann") for name in ("Joseph", "Quillfeather"))
        reference = a_made_order(work, protected=[ann]).reference
    base = begun(officer, reference, "protected")
    officer.post(f"{base}/protected", data={"do": "remove-1"})
    check = Page(put(officer, base, "protected", person=eve.reference, relationship="mother").text).main
    assert f"Protected people {NOW_SAYS} JOSEPH, Ann, former partner {WILL_SAY} QUILLFEATHER, Ann, mother" in check
    saved = officer.post(f"{base}/check", data={})
    assert saved.status_code == 302, Page(saved.text).problems
    other = client_for(Role.ORDERS_SUPERVISOR)
    page = Page(other.get(f"/orders/{reference}").text).main
    assert "Protected person QUILLFEATHER, Ann: mother. It said: not named" in page
    with acting("access.set") as work:
        work.session.get_one(type(eve), eve.id).access = Access.SEALED
    page = Page(other.get(f"/orders/{reference}").text).main
    assert ("QUILLFEATHER" in page, "mother" in page, "Protected person JOSEPH, Ann: not named" in page) == (False, False, True)
    with acting("access.set") as work:
        work.session.get_one(type(eve), eve.id).access = Access.RESTRICTED
    page = Page(other.get(f"/orders/{reference}").text).main
    assert ("QUILLFEATHER" in page, "Protected person Restricted: mother" in page) == (False, True)


def test_terms_of_an_earlier_version_are_put_right_where_they_stand(officer: Officer, reference: str, session: Session) -> None:
    base = officer.post(f"/orders/{reference}/vary", data={"kind": "varied"}).location.rsplit("/", 1)[0]
    typed = {**day("varied_on", "20 11 2026"), "court": "Northmere", "end": "same", "summary": "One term", "do": "next"}
    officer.post(f"{base}/variation", data=typed)
    officer.post(f"{base}/conditions", data=ROW | {"words": "Not to enter Dock Road.", "short_form": "Not Dock Road"})
    assert officer.post(f"{base}/check", data={}).status_code == 302
    choices = Page(officer.get(f"/orders/{reference}/correct?version=1").text).main
    assert "Conditions of version 2, from Friday 20 November 2026" in choices
    base = begun(officer, reference, "conditions-1")
    assert "The terms of version 1" in Page(officer.get(f"{base}/conditions").text).main
    put(officer, base, "conditions", **ROW)
    assert officer.post(f"{base}/check", data={}).status_code == 302
    assert "Not to enter Foundry Row." in Page(officer.get(f"/orders/{reference}?on=9+October+2026").text).main
    now = Page(officer.get(f"/orders/{reference}").text).main
    conditions = now.partition("Terms on a day")[2].partition("Deadlines (")[0]
    assert ("Not to enter Dock Road." in conditions, "It said" in conditions) == (True, False)


def test_who_may_only_look_is_offered_no_correction(client_for: ClientFor, officer: Officer, reference: str) -> None:
    for role in (Role.PATROL, Role.AUDITOR):
        reader = client_for(role)
        assert "Correct what was recorded" not in reader.get(f"/orders/{reference}").text
        assert reader.post(f"/orders/{reference}/correct", data={"part": "court"}).status_code == 403
    with_draft = begun(officer, reference)
    assert client_for(Role.ORDERS_DESK).get(f"{with_draft}/court").status_code == 404
    assert f"Correct what was recorded: {reference}" in Page(officer.get("/orders/drafts").text).main


def test_an_order_kept_from_the_officer_is_not_there(officer: Officer, acting: Acting) -> None:
    with acting() as work:
        sealed = a_made_order(work, access=Access.SEALED).reference
    assert officer.get(f"/orders/{sealed}/correct").status_code == 404
    assert officer.post(f"/orders/{sealed}/correct", data={"part": "court"}).status_code == 404


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

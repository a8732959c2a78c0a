"""What was recorded of an order is corrected: part by part, checked before it is saved, told apart from a variation, and never lost."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Draft, OrderCorrection
from orders_app.rules.access import Access, Role
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.orders import NewEvent, NewOrder, record_order
from tests.conftest import Acting
from tests.factories import a_person
from tests.order_cases import a_made_order, a_served_notice
from tests.web.conftest import ClientFor, Officer
from tests.web.corrections import COURT, NOW_SAYS, ROW, WHY, WILL_SAY, an_spo_of_three_years, begun, put, stored
from tests.web.reading import Page
from tests.web.two_officers import Two, two_at_the_desk
from tests.web.typed import day


@pytest.fixture
def two(client_for: ClientFor, acting: Acting) -> Two:
    return two_at_the_desk(client_for, acting)


@pytest.fixture
def officer(two: Two) -> Officer:
    return two.officer


@pytest.fixture
def reference(acting: Acting) -> str:
    return an_spo_of_three_years(acting)


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

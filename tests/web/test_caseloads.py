"""A caseload is handed over page by page: from wherever one comes, with every answer kept, checked before it is saved."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Absence, CaseloadHandOver, Draft, Order, Record, User
from orders_app.rules.access import Role
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline, utc
from tests.services.caseload_cases import Teams
from tests.web.caseload_walk import NOTE, Walk, owners
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import Page, page


@pytest.fixture
def teams(acting: Acting) -> Teams:
    with acting() as work:
        return Teams(work)


@pytest.fixture
def helen(teams: Teams, signed_in_as: SignedInAs) -> Officer:
    return signed_in_as(teams.helen)


def test_the_whole_way_to_one_officer(helen: Officer, teams: Teams, session: Session, signed_in_as: SignedInAs) -> None:
    walk = Walk(helen)
    shown = walk.page("records").main
    for words in (
        "Priya Ramanathan, MOSOVO West",
        "Domestic violence protection notice",
        "Registrations",
        "Deadlines on records of others",
    ):
        assert words in shown, words
    assert "Everything: 4 records" in shown
    checked = walk.answered()
    for words in ("4 records, with", "Katarzyna Lis, MOSOVO East", NOTE, "Now no open deadline", "MARSH, Gareth"):
        assert words in checked.main, words
    assert owners(session, teams) == {teams.priya.id}, "nothing is saved before it is checked"
    summary = Page(helen.get(walk.hand_over()).text)
    assert owners(session, teams) == {teams.lis.id}
    assert "4 records handed over" in summary.main
    assert "I have seen this" not in summary.main, "whoever did it need not be told"
    assert session.scalars(select(Draft)).all() == []
    taker = signed_in_as(teams.lis)
    listed = page(taker.get("/work"))
    assert "4 records, 4 of them yours now" in listed.main
    assert listed.main.count("I have seen this") == 1
    assert page(taker.get("/caseloads/HO-2026-0001")).main.index("ADAMS") < page(taker.get("/caseloads/HO-2026-0001")).main.index("MARSH")
    taker.post("/caseloads/HO-2026-0001/seen")
    assert "I have seen this" not in page(taker.get("/work")).main
    assert "You: 4 records, 1 overdue" in page(taker.get("/caseloads/HO-2026-0001")).main


def test_shared_out_among_some_officers_of_a_team(helen: Officer, teams: Teams, session: Session, acting: Acting) -> None:
    with acting() as work:
        a_user(work, Role.OFFENDER_MANAGER, team=teams.west, username="farooq", name="Mohammed Farooq")
    walk = Walk(helen)
    checked = walk.answered(to="share:MOSOVO West", among=["officer:owen", "officer:farooq"])
    assert "Shared out in MOSOVO West" in checked.main
    walk.hand_over()
    assert len(owners(session, teams)) == 2


def test_a_team_takes_it(helen: Officer, teams: Teams, session: Session) -> None:
    walk = Walk(helen)
    checked = walk.answered(to="team:MOSOVO East").main
    assert "The team hears together" in checked
    assert "their deadlines on it alone, which go back to its owner" in checked
    summary = page(helen.get(walk.hand_over())).main
    assert "Whoever owns the record: 1 record" in summary
    assert owners(session, teams) == {None}


def test_ticks_are_kept_with_every_button_and_what_has_none_stays(helen: Officer, teams: Teams, session: Session) -> None:
    walk = Walk(helen)
    assert walk.answer("records", goes="some").endswith("/choose")
    everything = [record.reference for record in (*teams.owned, teams.others)]
    assert walk.answer("choose", shown=everything, goes=everything[1:], kind="registration", do="show").endswith(
        "/choose?kind=registration"
    )
    narrowed = walk.page("choose?kind=registration").main
    assert (teams.registration.reference in narrowed, teams.bare.reference in narrowed) == (True, False)
    assert "3 of 4 records ticked" in narrowed
    walk.answer("choose", shown=[teams.registration.reference], do="go")
    assert walk.at.endswith("/to")
    assert "2 of 4 records ticked" in walk.page("choose").main
    walk.answer("to", to="officer:lis")
    walk.answer("note", note=NOTE)
    assert "2 records left out" in walk.page("check").main
    walk.hand_over()
    session.rollback()
    assert session.get_one(Record, teams.order.id).owner_id == teams.priya.id
    assert session.get_one(Record, teams.bare.id).owner_id == teams.lis.id
    assert "2 records still with" in page(helen.get("/caseloads/HO-2026-0001")).main


def test_all_that_is_listed_is_ticked_or_not_in_one_go_and_nothing_at_all_is_refused(helen: Officer, teams: Teams) -> None:
    walk = Walk(helen)
    assert walk.answer("choose?due=overdue", do="none").endswith("choose?due=overdue")
    assert "3 of 4 records ticked" in walk.page("choose").main
    walk.answer("choose", do="none")
    assert walk.answer("choose", do="go") == "Tick at least one record, or cancel"
    walk.answer("choose", do="all")
    assert "4 of 4 records ticked" in walk.page("choose?part=goes").main


def test_four_hundred_are_listed_fifty_a_page(helen: Officer, teams: Teams, acting: Acting, statements: Statements) -> None:
    with acting() as work:
        for number in range(120):
            order = an_order(work, person=a_person(work, surname=f"Person {number:03}"), owner_id=teams.priya.id, team_id=teams.west.id)
            a_deadline(work, act_by_at=utc(2026, 12, 1), order=order)
    walk = Walk(helen)
    first = walk.page("choose").main
    assert "Showing 1 to 50 of 124 records" in first
    assert "PERSON 060" not in first
    assert walk.answer("choose", do="next").endswith("choose?page=2")
    assert "PERSON 060" in walk.page("choose?page=2").main
    assert "Showing 101 to 124 of 124" in walk.page("choose?page=99").main
    walk.answered()
    for step in ("records", "choose", "to", "note", "check"):
        with statements() as seen:
            walk.page(step)
        assert len(seen) <= 12, (step, seen)
    with statements() as seen:
        helen.get(walk.hand_over())
    with statements() as seen:
        page(helen.get("/caseloads/HO-2026-0001"))
    assert len(seen) <= 12, seen


@pytest.mark.parametrize(
    ("step", "data", "message"),
    [
        ("records", {}, "Choose whether everything goes"),
        ("to", {}, "Choose an officer or a team"),
        ("to", {"to": "officer:priya"}, "Who takes it over: choose one of the answers listed"),
        ("note", {"note": " "}, "Enter what whoever takes it over should know"),
        ("note", {"note": "x" * 1001}, "1,000 characters or fewer"),
        ("note", {"note": "Card 4539 5787 6362 1486"}, "card number"),
    ],
)
def test_what_is_missing_is_said_beside_the_question(helen: Officer, teams: Teams, step: str, data: dict[str, str], message: str) -> None:
    assert message in Walk(helen).answer(step, **data)


def test_what_was_changed_meanwhile_is_named_and_every_answer_is_kept(
    helen: Officer, teams: Teams, acting: Acting, session: Session
) -> None:
    walk = Walk(helen)
    sent = walk.answered().inputs["gives"]
    with acting() as work:
        work.session.get_one(Order, teams.bare.id).court = "Elsewhere"
        work.session.get_one(Order, teams.order.id).owner_id = teams.owen.id
    answer = helen.post(f"{walk.root}/check", data={"gives": sent})
    assert answer.status_code == 409
    said = page(answer).main
    assert f"{teams.bare.reference} was changed since. It is below as it is now" in said
    assert f"{teams.order.reference} does not go any more" in said
    assert NOTE in said
    assert session.scalars(select(CaseloadHandOver)).all() == []
    assert walk.answer("check", gives=page(answer).inputs["gives"]) == "/caseloads/HO-2026-0001"


@pytest.mark.parametrize("gives", ["", "x", "[1]", '[["SPO-1","1","officer:lis"]]', '[["SPO-1",1]]', "{}"])
def test_a_plan_that_is_not_as_it_was_sent_out_is_refused(helen: Officer, teams: Teams, session: Session, gives: str) -> None:
    walk = Walk(helen)
    walk.answered()
    walk.answer("check", gives=gives)
    assert session.scalars(select(CaseloadHandOver)).all() == []


def test_a_draft_is_gone_on_with_or_thrown_away_and_is_nobody_elses(helen: Officer, teams: Teams, signed_in_as: SignedInAs) -> None:
    walk = Walk(helen)
    walk.answer("records", goes="all")
    begun = page(helen.get("/caseloads/hand-over"))
    assert (f"{teams.priya.display_name}", f"{walk.root}/to") in begun.links
    other = signed_in_as(teams.ruth)
    assert "Begun and not finished" not in page(other.get("/caseloads/hand-over")).main
    assert other.get(f"{walk.root}/to").status_code == 404
    assert walk.answer("check") == f"{walk.root}/to", "what is not answered is asked first"
    helen.post(f"{walk.root}/remove")
    assert "Begun and not finished" not in page(helen.get("/caseloads/hand-over")).main


def test_whose_caseload_may_be_handed_over_by_whom(teams: Teams, signed_in_as: SignedInAs, client_for: ClientFor, session: Session) -> None:
    own = page(signed_in_as(teams.priya).get("/caseloads/hand-over")).main
    assert ("Priya Ramanathan" in own, "Owen Tranter" in own) == (True, False)
    assert "Nobody has anything that you may hand over" in page(signed_in_as(teams.lis).get("/caseloads/hand-over")).main
    signed_in_as(teams.lis).post("/caseloads/hand-over", data={"username": "priya"})
    assert session.scalars(select(Draft)).all() == []
    for role in (Role.PATROL, Role.ADMINISTRATOR, Role.AUDITOR, Role.PERFORMANCE):
        assert client_for(role).get("/caseloads/hand-over").status_code == 403


def test_a_supervisor_of_orders_leaves_registrations_where_they_are(teams: Teams, client_for: ClientFor) -> None:
    walk = Walk(client_for(Role.ORDERS_SUPERVISOR))
    assert "1 registration stays with them" in walk.page("records").main
    assert teams.registration.reference not in walk.answered().main


def test_the_ways_that_lead_to_it(helen: Officer, teams: Teams, acting: Acting, signed_in_as: SignedInAs) -> None:
    address = "/caseloads/hand-over?officer=priya"
    assert ("Hand over a caseload", "/caseloads/hand-over") in page(helen.get("/work")).links
    assert address in [href for _text, href in page(helen.get("/work?tab=team")).links]
    assert address not in [href for _text, href in page(signed_in_as(teams.owen).get("/work?tab=team")).links]
    assert 'value="priya" selected' in helen.get(address).text
    with acting() as work:
        work.session.add(Absence(user_id=teams.priya.id, from_on=NOW.date(), until_on=utc(2026, 12, 19).date()))
        work.session.add(Absence(user_id=teams.owen.id, from_on=NOW.date(), until_on=utc(2026, 12, 18).date()))
    away = [href for _text, href in page(helen.get("/time-away")).links]
    assert address not in away, "27 days are covered, not handed over"
    with acting() as work:
        work.session.scalars(select(Absence).where(Absence.user_id == teams.priya.id)).one().until_on = utc(2026, 12, 20).date()
    assert address in [href for _text, href in page(helen.get("/time-away")).links]


def test_whoever_may_leave_still_has_records_and_the_page_says_who_hands_them_over(
    teams: Teams, client_for: ClientFor, acting: Acting, statements: Statements
) -> None:
    administrator = client_for(Role.ADMINISTRATOR)
    with statements() as seen:
        shown = page(administrator.get("/admin/users/priya")).main
    assert len(seen) <= 12, seen
    assert "still has 4 records. Have them handed over first" in shown
    assert f"{teams.helen.display_name} can hand them over in one go" in shown
    assert "still has" not in page(client_for(Role.ADMINISTRATOR).get("/admin/users/lis")).main
    both = page(client_for(Role.ADMINISTRATOR, Role.MOSOVO_SUPERVISOR).get("/admin/users/priya"))
    assert ("Hand over the caseload", "/caseloads/hand-over?officer=priya") in both.links
    with acting() as work:
        work.session.get_one(User, teams.priya.id).is_active = False
        work.session.get_one(Order, teams.bare.id).access = "sealed"
    left = page(client_for(Role.ADMINISTRATOR).get("/admin/users/priya")).main
    assert "What they still have" in left
    assert "open to all: 3 records" in left


def test_the_timeline_of_each_record_shows_it(helen: Officer, teams: Teams) -> None:
    walk = Walk(helen)
    walk.answered()
    walk.hand_over()
    for address in (f"/orders/{teams.order.reference}", f"/registrations/{teams.registration.reference}"):
        shown = page(helen.get(address)).main
        for words in ("Handed over to", "Katarzyna Lis, MOSOVO East", NOTE, "HO-2026-0001"):
            assert words in shown, (address, words)
    others = page(helen.get(f"/orders/{teams.others.reference}")).main
    assert "1 open deadline handed over to" in others


def test_an_officer_of_another_team_may_not_read_the_summary(teams: Teams, helen: Officer, acting: Acting, client_for: ClientFor) -> None:
    walk = Walk(helen)
    walk.answered()
    summary = walk.hand_over()
    with acting() as work:
        elsewhere = a_team(work, name="Elsewhere")
    assert client_for(Role.OFFENDER_MANAGER, team=elsewhere).get(summary).status_code == 404
    assert client_for(Role.OFFENDER_MANAGER, team=elsewhere).post(f"{summary}/seen").status_code == 404
    assert client_for(Role.MOSOVO_SUPERVISOR, team=elsewhere).get(summary).status_code == 200

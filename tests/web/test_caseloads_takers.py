"""Who a caseload can be given to: who is here, may see each record and may record on it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Absence, CaseloadHandOver, Record, User
from tests.conftest import NOW, Acting
from tests.factories import a_team, a_user
from tests.services.alert_cases import utc
from tests.services.caseload_cases import Teams
from tests.web.caseload_walk import Walk, owners
from tests.web.conftest import Officer, SignedInAs
from tests.web.reading import page

USER_DESK = select(User.id).where(User.username == "desk")


@pytest.fixture
def teams(acting: Acting) -> Teams:
    with acting() as work:
        return Teams(work)


@pytest.fixture
def helen(teams: Teams, signed_in_as: SignedInAs) -> Officer:
    return signed_in_as(teams.helen)


def test_nobody_to_share_it_is_refused(helen: Officer, teams: Teams) -> None:
    walk = Walk(helen)
    walk.answer("to", to="share:MOSOVO West")
    assert walk.answer("among") == "Choose at least one officer"


def test_who_is_away_is_refused_with_the_day_they_are_back_and_their_cover(helen: Officer, teams: Teams, acting: Acting) -> None:
    walk = Walk(helen)
    with acting() as work:
        away = {"from_on": NOW.date(), "until_on": utc(2026, 12, 3).date(), "covered_by_id": teams.owen.id}
        work.session.add(Absence(user_id=teams.lis.id, **away))
    listed = helen.get(f"{walk.root}/to").text
    assert re.search(
        r'value="officer:lis" disabled>[^<]*Katarzyna Lis \(away until Thursday 3 December 2026, covered by [^<]*Owen Tranter\)', listed
    )
    said = walk.answer("to", to="officer:lis")
    assert "is away and back on Friday 4 December 2026" in said
    assert "Owen Tranter, who covers for them" in said
    walk.answer("to", to="share:MOSOVO East")
    assert "Katarzyna Lis: away until Thursday 3 December 2026, covered by" in walk.page("among").main


@pytest.mark.parametrize(
    ("to", "among", "because"),
    [
        ("officer:desk", [], "Dana Desk, Orders desk may not work on registrations. It stays with"),
        ("team:Orders desk", [], "Nobody at work in Orders desk may work on registrations"),
        ("share:Orders desk", ["officer:desk"], "None of those who share it may work on registrations"),
    ],
)
def test_what_a_taker_may_not_record_on_cannot_go(
    helen: Officer, teams: Teams, acting: Acting, session: Session, to: str, among: list[str], because: str
) -> None:
    with acting() as work:
        a_user(work, team=a_team(work, name="Orders desk"), username="desk", name="Dana Desk", rank="", collar_number="")
    walk = Walk(helen)
    checked = walk.answered(to=to, **({"among": among} if among else {}))
    assert "Cannot go (1)" in checked.main
    assert because in checked.main
    walk.hand_over()
    assert owners(session, teams) == {teams.priya.id, None if to.startswith("team") else session.scalars(USER_DESK).one()}
    assert session.get_one(Record, teams.registration.id).owner_id == teams.priya.id


def test_somebody_who_went_away_after_being_chosen_is_said_on_the_page_to_check(helen: Officer, teams: Teams, acting: Acting) -> None:
    walk = Walk(helen)
    walk.answered()
    with acting() as work:
        work.session.get_one(User, teams.lis.id).is_active = False
    checked = walk.page("check")
    assert "Choose again who takes it over" in checked.problems
    assert checked.inputs.get("gives") is None


def test_a_second_window_and_back_are_told_that_it_is_handed_over_already(
    helen: Officer, teams: Teams, session: Session, signed_in_as: SignedInAs
) -> None:
    walk = Walk(helen)
    gives = walk.answered().inputs["gives"]
    walk.hand_over()
    for answer in (helen.get(f"{walk.root}/check"), helen.post(f"{walk.root}/check", data={"gives": gives}), helen.get(f"{walk.root}/to"),
                   helen.post(f"{walk.root}/remove")):  # fmt: skip
        assert answer.location == "/caseloads/HO-2026-0001"
    assert "Handed over already: HO-2026-0001. Nothing was handed over twice" in page(helen.get("/caseloads/HO-2026-0001")).main
    assert len(session.scalars(select(CaseloadHandOver)).all()) == 1
    assert signed_in_as(teams.ruth).get(f"{walk.root}/check").status_code == 404


def test_who_shares_it_is_asked_only_where_it_is_shared(helen: Officer, teams: Teams) -> None:
    walk = Walk(helen)
    assert helen.get(f"{walk.root}/among").location == f"{walk.root}/records"
    walk.answer("records", goes="all")
    assert helen.post(f"{walk.root}/among", data={"among": "officer:owen"}).location == f"{walk.root}/to"
    walk.answer("to", to="officer:lis")
    assert helen.get(f"{walk.root}/among").location == f"{walk.root}/note"

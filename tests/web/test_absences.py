"""Time away: an officer enters their own, a leader their team's, and nobody anybody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Absence
from orders_app.rules.access import Role
from tests.conftest import Acting
from tests.factories import a_team, a_user
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page, page
from tests.web.typed import day

TODAY = day("from_on", "22 11 2026")
WEEK = {**day("from_on", "30 11 2026"), **day("until_on", "6 12 2026")}


def test_an_officer_enters_days_away_sees_them_and_takes_them_back(client_for: ClientFor, acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work, name="Orders desk")
        cover = a_user(work, team=team, name="Cora Cover")
    officer = client_for(Role.ORDERS_DESK, team=team)
    assert "Nobody is away" in page(officer.get("/time-away")).main
    answer = officer.post("/time-away/add", data=WEEK | {"username": officer.user.username, "cover": cover.username})
    listed = Page(officer.get(answer.location).text)
    assert "Monday 30 November 2026" in listed.text
    assert "Cora Cover" in listed.text
    number = session.scalars(select(Absence.id)).one()
    officer.post(f"/time-away/{number}/end")
    assert "Nobody is away" in page(officer.get("/time-away")).main


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Enter the first day away"),
        (WEEK | day("until_on", "29 11 2026"), "The last day must be Monday 30 November 2026 or later"),
        (WEEK | day("until_on", "31 11 2026"), "November 2026 has 30 days"),
        (WEEK | {"username": "colleague"}, "Who is away: choose one of the answers listed"),
        (WEEK | {"cover": "me"}, "Choose an officer who is here and works alerts, or nobody"),
    ],
)
def test_what_is_refused_is_said_beside_the_field_and_nothing_typed_is_lost(
    client_for: ClientFor, acting: Acting, typed: dict[str, str], message: str
) -> None:
    with acting() as work:
        team = a_team(work, name="Orders desk")
        a_user(work, team=team, username="colleague")
    officer = client_for(Role.ORDERS_DESK, team=team)
    named = {"username": officer.user.username, **typed}
    answer = Page(officer.post("/time-away/add", data=named | ({"cover": officer.user.username} if typed.get("cover") else {})).text)
    assert message in answer.problems
    kept = {name: value for name, value in typed.items() if name.startswith(("from_on", "until_on"))}
    assert kept.items() <= answer.inputs.items()


def test_a_leader_sees_the_days_of_the_team_and_another_officer_does_not(client_for: ClientFor, acting: Acting) -> None:
    with acting() as work:
        team, elsewhere = a_team(work, name="Orders desk"), a_team(work, name="MOSOVO north")
        away = a_user(work, team=team, name="Ann Away")
    leader = client_for(Role.ORDERS_SUPERVISOR, team=team, leads_team=True)
    leader.post("/time-away/add", data=WEEK | {"username": away.username})
    assert "Ann Away" in page(leader.get("/time-away")).main
    other = client_for(Role.ORDERS_SUPERVISOR, team=elsewhere, leads_team=True)
    assert "Ann Away" not in page(other.get("/time-away")).main
    assert other.post("/time-away/1/end").status_code == 404
    assert "Ann Away" in page(client_for(Role.ADMINISTRATOR).get("/time-away")).main


def test_whoever_hears_of_no_alerts_has_nothing_to_cover(client_for: ClientFor) -> None:
    assert "No alerts come to you" in page(client_for(Role.PATROL).get("/time-away/add")).main


LEAVE = day("until_on", "11 12 2026")


def entered(officer: Officer, **more: str) -> str:
    return page(officer.post("/time-away/add", data=WEEK | {"username": officer.user.username} | more, follow_redirects=True)).main


def test_what_was_saved_says_who_hears_and_what_was_taken_out_that_nothing_moves(client_for: ClientFor, acting: Acting) -> None:
    with acting() as work:
        team = a_team(work, name="Orders desk")
        a_user(work, username="cora", name="Cora Cover")
    officer, alone = client_for(Role.ORDERS_DESK, team=team), client_for(Role.ORDERS_DESK)
    assert "Nobody covers, so alerts go to the team, Orders desk, from the first day" in entered(officer)
    assert "Nobody covers, so alerts go to the team of each record from the first day" in entered(alone)
    taken = page(officer.post("/time-away/1/end", follow_redirects=True)).main
    assert "Time away taken out" in taken
    assert "Alerts stay where they are" in taken
    again = officer.post("/time-away/1/end", follow_redirects=True)
    assert again.status_code == 200
    assert "was taken out already" in page(again).main
    assert "Alerts go to PC" in entered(officer, **TODAY, cover="cora")
    assert "Time away ended. Alerts come back with the next check" in page(officer.post("/time-away/3/end", follow_redirects=True)).main


def test_days_away_are_lengthened_and_those_begun_keep_their_first_day(client_for: ClientFor, acting: Acting, session: Session) -> None:
    with acting() as work:
        a_user(work, username="cora", name="Cora Cover")
    officer = client_for(Role.ORDERS_DESK)
    entered(officer, **TODAY)
    shown = page(officer.get("/time-away/1/change"))
    assert "Away since Sunday 22 November 2026" in shown.main
    assert "from_on-day" not in shown.inputs
    late = {**LEAVE, "cover": "cora", "former": shown.inputs["former"]}
    changed = page(officer.post("/time-away/1/change", data=late, follow_redirects=True)).main
    assert "Alerts go to" in changed
    assert "Friday 11 December 2026" in changed
    assert session.scalars(select(Absence.from_on)).one().isoformat() == "2026-11-22"
    assert officer.post("/time-away/1/change", data=late).status_code == 409
    too_long = {**day("until_on", "11 12 2028"), "former": page(officer.get("/time-away/1/change")).inputs["former"]}
    assert "Enter a year at most" in Page(officer.post("/time-away/1/change", data=too_long).text).problems
    officer.post("/time-away/1/end")
    assert "taken out already" in page(officer.post("/time-away/1/change", data=too_long, follow_redirects=True)).main
    assert client_for(Role.ORDERS_DESK).get("/time-away/1/change").status_code == 404


def test_whoever_covers_then_is_warned_before_they_go_away_and_the_list_says_so(client_for: ClientFor, acting: Acting) -> None:
    with acting() as work:
        team = a_team(work, name="Orders desk")
        away = a_user(work, team=team, name="Ann Away", username="ann")
        cover = a_user(work, team=team, name="Cora Cover", username="cora")
    leader = client_for(Role.ORDERS_SUPERVISOR, team=team, leads_team=True)
    leader.post("/time-away/add", data=WEEK | {"username": "ann", "cover": "cora"})
    days = {**day("from_on", "6 12 2026"), **day("until_on", "8 12 2026"), "username": "cora"}
    warned = Page(leader.post("/time-away/add", data=days).text)
    assert f"They cover for {away.display_name} from Monday 30 November 2026 to Sunday 6 December 2026" in warned.problems
    assert "leaves_uncovered" in warned.inputs
    saved = page(leader.post("/time-away/add", data=days | {"leaves_uncovered": "y"}, follow_redirects=True)).main
    assert f"{cover.display_name} Away themselves from Sunday 6 December 2026 to Tuesday 8 December 2026: the team hears then" in saved

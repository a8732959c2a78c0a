"""My team: what it has, by officer, and who of it is not here."""

from __future__ import annotations

from datetime import date, timedelta

from orders_app.models import Absence
from orders_app.rules.access import Role
from orders_app.services.alerts import raise_alerts
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_user, lock_out
from tests.order_cases import a_served_notice
from tests.services.alert_cases import utc
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page
from tests.web.work_desk import STAGES, Desk


def test_a_team_s_list_is_told_by_officer(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        desk.row(work, "theirs", utc(2026, 11, 21), surname="Okafor", owner_id=None)
        desk.row(work, "ben's", utc(2026, 11, 27), surname="Sefton", assigned_to_id=desk.colleague.id)
        raise_alerts(work, stages=STAGES)
    team = Page(aisha.get("/work?tab=team").text)
    assert "Everybody (5)" in team.main
    for officer, count in ((desk.officer, 3), (desk.colleague, 1)):
        assert f"{officer.display_name} ({count})" in team.main
    assert ("2 overdue, " not in team.main, "The team, nobody in person (1)" in team.main) == (True, True)
    narrowed = Page(aisha.get("/work?tab=team&officer=ben").text)
    assert [name for name in ("TIDESWELL", "OKAFOR", "SEFTON") if name in narrowed.main] == ["SEFTON"]
    assert "All kinds (1)" in narrowed.main
    assert "OKAFOR" in Page(aisha.get("/work?tab=team&officer=-").text).main
    assert "Nothing matches" in Page(aisha.get("/work?tab=team&officer=somebody-else").text).main
    assert "TIDESWELL" in Page(aisha.get("/work?officer=ben").text).main


def test_somebody_in_no_team_is_offered_no_team_s_list(client_for: ClientFor) -> None:
    assert "My team" not in Page(client_for(Role.ORDERS_DESK).get("/work").text).main


def test_somebody_in_no_team_has_no_team_s_work(client_for: ClientFor, acting: Acting) -> None:
    with acting() as work:
        a_served_notice(work, person=a_person(work, surname="Whittaker"))
        raise_alerts(work, stages=STAGES)
    shown = Page(client_for(Role.ORDERS_DESK).get("/work?tab=team").text).main
    assert "Nothing of your team’s falls due in the next 30 days" in shown
    assert "WHITTAKER" not in shown


def test_who_is_away_or_cannot_sign_in_is_said_above_the_list_and_beside_what_they_have(aisha: Officer, desk: Desk, acting: Acting) -> None:
    with acting() as work:
        desk.row(work, "ben's", utc(2026, 12, 20), surname="Sefton", assigned_to_id=desk.colleague.id)
        paused = a_user(work, team=desk.team, username="paul", name="Paul Paused")
        a_user(work, username="elsewhere", name="Eve Elsewhere")
        work.session.add(Absence(user_id=desk.colleague.id, from_on=NOW.date(), until_on=date(2026, 12, 3), covered_by_id=desk.officer.id))
        for username in ("paul", "elsewhere"):
            lock_out(work, username, until=NOW + timedelta(minutes=60))
    team = Page(aisha.get("/work?tab=team").text).main
    away, ben = f"way until Thursday 3 December 2026, covered by {desk.officer.display_name}", desk.colleague.display_name
    above, beside = f"{ben}: a{away}", f"{ben} A{away}"
    for words in ("Not here now (2)", above, beside, f"{paused.display_name}: cannot sign in until 09:14 today"):
        assert words in team, words
    assert "Eve Elsewhere" not in team
    assert "Not here now" not in Page(aisha.get("/work").text).main

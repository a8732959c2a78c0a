"""Pages of the administrator: users, teams, areas, sessions, who may do what."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Area, AuditEvent, SignInThrottle, Team, User, UserRole, UserSession
from orders_app.rules.access import Role
from tests.conftest import NOW, Acting
from tests.factories import a_team, a_user, an_area, lock_out
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import page

pytestmark = pytest.mark.on_sqlite

AISHA = {
    "name": "Aisha Rahman",
    "rank": "PC",
    "collar_number": "4471",
    "username": "arahman",
    "email": "a.rahman@police.invalid",
    "roles": ["orders_desk"],
}


@pytest.fixture
def administrator(client_for: ClientFor) -> Officer:
    return client_for(Role.ADMINISTRATOR, name="Ana Clerk", username="clerk", rank="", collar_number="")


def test_a_user_is_added_and_their_password_shown_once(administrator: Officer, session: Session) -> None:
    answer = page(administrator.post("/admin/users/new", data=AISHA))
    assert answer.heading == "First password for PC 4471 Aisha Rahman"
    user = session.scalars(select(User).where(User.username == "arahman")).one()
    assert user.must_change_password
    assert "This is shown once" in answer.main
    assert "First password" not in page(administrator.get("/admin/users/arahman")).main


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the person's name"),
        ({"username": "has space"}, "The user name must be 2 to 80 letters"),
        ({"username": "clerk"}, "Somebody already has this user name. Choose another"),
        ({"roles": []}, "Choose one role or more"),
        ({"roles": ["emperor"]}, "Roles: choose one of the answers listed"),
        ({"email": "no address"}, "Enter an e-mail address such as"),
        ({"leads_team": "y"}, "Choose the team this person leads"),
    ],
)
def test_wrong_answers_are_named_and_nothing_is_lost(administrator: Officer, session: Session, wrong: dict[str, object], said: str) -> None:
    answer = page(administrator.post("/admin/users/new", data={**AISHA, **wrong}))
    assert said in answer.problems
    assert answer.title.startswith("Error: ")
    assert answer.inputs["collar_number"] == "4471"
    assert session.scalars(select(User.username)).all() == ["clerk"]


def test_a_user_is_changed(administrator: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work, name="Orders desk")
        user = a_user(work, Role.PATROL, username="arahman")
    data = {**AISHA, "team": str(team.id), "leads_team": "y", "roles": ["orders_desk", "auditor"], "version": str(user.version)}
    assert administrator.post("/admin/users/arahman/edit", data=data).location == "/admin/users/arahman"
    changed = session.get_one(User, user.id)
    assert (changed.name, changed.team_id, changed.leads_team) == ("Aisha Rahman", team.id, True)
    assert set(session.scalars(select(UserRole.role).where(UserRole.user_id == user.id))) == {"orders_desk", "auditor"}
    said = page(administrator.get("/admin/users/arahman/history")).main
    assert "Roles: from Patrol officer to Auditor, Orders desk" in said
    assert "Team: Orders desk" in said


def test_two_administrators_at_once(administrator: Officer, acting: Acting) -> None:
    with acting() as work:
        user = a_user(work, Role.PATROL, username="arahman")
    assert administrator.post("/admin/users/arahman/edit", data={**AISHA, "version": str(user.version)}).status_code == 302
    assert administrator.post("/admin/users/arahman/edit", data={**AISHA, "version": str(user.version)}).status_code == 409


def test_nobody_changes_their_own_roles(administrator: Officer) -> None:
    answer = administrator.post("/admin/users/clerk/edit", data={**AISHA, "username": "clerk", "version": "1"})
    assert "You cannot change your own roles. Another administrator can" in page(answer).problems


def test_nobody_deactivates_themselves(administrator: Officer, session: Session) -> None:
    answer = administrator.post("/admin/users/clerk/deactivate", follow_redirects=True)
    assert "You cannot deactivate yourself" in page(answer).main
    assert session.get_one(User, administrator.user.id).is_active


def test_deactivating_ends_sessions(administrator: Officer, signed_in_as: SignedInAs, acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work, Role.PATROL, username="arahman")
    browser = signed_in_as(user)
    assert browser.get("/account").status_code == 200
    administrator.post("/admin/users/arahman/deactivate")
    assert browser.get("/account").status_code == 302
    assert session.scalars(select(UserSession.ended_because).where(UserSession.user_id == user.id)).all() == ["deactivated"]
    administrator.post("/admin/users/arahman/reactivate")
    session.rollback()
    assert session.get_one(User, user.id).is_active


def test_sign_out_everywhere_and_one_session(administrator: Officer, signed_in_as: SignedInAs, acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work, Role.PATROL, username="arahman")
    first, second, third = signed_in_as(user), signed_in_as(user), signed_in_as(user)
    reference = session.scalars(select(UserSession).where(UserSession.user_id == user.id).order_by(UserSession.id)).first().reference
    administrator.post(f"/admin/users/arahman/sessions/{reference}/end")
    assert [browser.get("/account").status_code for browser in (first, second, third)] == [302, 200, 200]
    answer = administrator.post("/admin/users/arahman/sessions/end", follow_redirects=True)
    assert "2 sessions ended" in page(answer).main
    assert [browser.get("/account").status_code for browser in (first, second, third)] == [302, 302, 302]


def test_a_new_password_ends_sessions_and_the_lock(
    administrator: Officer, signed_in_as: SignedInAs, acting: Acting, session: Session
) -> None:
    with acting() as work:
        user = a_user(work, Role.PATROL, username="arahman")
        lock_out(work, "arahman", until=NOW.replace(hour=9))
    browser = signed_in_as(user)
    assert "Locked" in page(administrator.get("/admin/users/arahman")).main
    answer = page(administrator.post("/admin/users/arahman/password"))
    assert answer.heading.startswith("New password for ")
    assert browser.get("/account").status_code == 302
    assert session.scalars(select(SignInThrottle)).all() == []


def test_unlock(administrator: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        a_user(work, Role.PATROL, username="arahman")
        lock_out(work, "arahman", until=NOW.replace(hour=9))
    administrator.post("/admin/users/arahman/unlock")
    assert session.scalars(select(SignInThrottle)).all() == []
    assert "user.unlocked" in session.scalars(select(AuditEvent.action)).all()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Aisha Rahman", "Ana Clerk"]), ("q=rahman", ["Aisha Rahman"]), ("q=4471", ["Aisha Rahman"]),
        ("role=administrator", ["Ana Clerk"]),
        ("state=left", ["Gone Officer"]), ("state=all", ["Aisha Rahman", "Ana Clerk", "Gone Officer"]), ("q=nobody", []),
        ("team=x&role=x&state=x&page=x", ["Aisha Rahman", "Ana Clerk"]), ("q=%25", []), ("page=99999999999", ["Aisha Rahman", "Ana Clerk"]),
    ],
)  # fmt: skip
def test_users_are_found(administrator: Officer, acting: Acting, query: str, found: list[str]) -> None:
    with acting() as work:
        a_user(work, Role.PATROL, username="arahman", name="Aisha Rahman", collar_number="4471")
        a_user(work, Role.PATROL, name="Gone Officer", is_active=False)
    shown = page(administrator.get(f"/admin/users?{query}"))
    names = ("Aisha Rahman", "Ana Clerk", "Gone Officer")
    assert [name for name in names if any(name in text for text, href in shown.links if href.startswith("/admin/users/"))] == found


def test_teams_and_areas(administrator: Officer, session: Session) -> None:
    administrator.post("/admin/areas/new", data={"name": "Northmere North", "code": "N"})
    area_id = session.scalars(select(Area.id)).one()
    session.rollback()
    administrator.post("/admin/teams/new", data={"name": "Orders / desk", "area": str(area_id)})
    administrator.post("/admin/teams/edit/Orders / desk", data={"name": "Orders desk", "area": ""})
    administrator.post("/admin/areas/edit/N", data={"name": "North", "code": "NN"})
    assert [(team.name, team.area_id) for team in session.scalars(select(Team))] == [("Orders desk", None)]
    said = page(administrator.get("/admin/teams")).main
    assert "Orders desk The whole force" in said.replace("Area ", "")
    assert "North" in said


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("/admin/teams/new", {"name": "Desk", "area": ""}, "There is a team of this name already"),
        ("/admin/teams/new", {"name": " ", "area": ""}, "Enter the name of the team"),
        ("/admin/areas/new", {"name": "North", "code": "N"}, "Another area has this code"),
        ("/admin/areas/new", {"name": "North", "code": ""}, "Enter a short code for the area"),
    ],
)
def test_wrong_teams_and_areas(administrator: Officer, acting: Acting, path: str, data: dict[str, str], said: str) -> None:
    with acting() as work:
        a_team(work, name="Desk")
        an_area(work, code="N", name="Nether")
    assert said in page(administrator.post(path, data=data)).problems


@pytest.mark.parametrize("path", ["/admin/users/nobody", "/admin/users/nobody/edit", "/admin/teams/edit/None", "/admin/areas/edit/None"])
def test_what_is_not_there_is_not_found(administrator: Officer, path: str) -> None:
    assert administrator.get(path).status_code == 404


def test_who_may_do_what(administrator: Officer) -> None:
    said = page(administrator.get("/admin/roles")).main
    assert "MOSOVO supervisor" in said
    assert "Read who looked at what, and who changed it" in said


def test_many_users_cost_no_more_statements(administrator: Officer, acting: Acting, statements: Statements) -> None:
    with acting() as work:
        team = a_team(work)
        for _ in range(40):
            a_user(work, Role.PATROL, Role.AUDITOR, team=team)
    for path in ("/admin/users", "/admin/sessions", "/admin/teams", "/admin/users/clerk"):
        with statements() as seen:
            shown = administrator.get(path)
        assert shown.status_code == 200
        assert len(seen) <= 12, (path, seen)
    assert "Showing 1 to 25 of 41 users" in page(administrator.get("/admin/users")).main


def test_two_administrators_at_once_lose_nothing_typed(administrator: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work, Role.PATROL, username="both", name="Before", collar_number="1")
        answers = {"name": "Mine", "username": "both", "roles": ["patrol"], "version": str(user.version)}
    with acting() as work:
        work.session.get_one(User, user.id).name = "Theirs"
    answer = administrator.post("/admin/users/both/edit", data=answers)
    assert answer.status_code == 409
    assert "This was changed after you opened it" in answer.text
    assert "Theirs" in answer.text
    assert 'value="Mine"' in answer.text
    newest = re.search(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"', answer.text)
    assert newest
    assert administrator.post("/admin/users/both/edit", data={**answers, "version": newest[1] or newest[2]}).status_code == 302
    session.expire_all()
    assert session.scalars(select(User.name).where(User.username == "both")).one() == "Mine"

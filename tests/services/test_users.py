"""Users, teams and areas as the services keep them."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, SignInThrottle, User, UserRole
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.services import passwords, teams, users
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.sign_in import name_key
from orders_app.services.users import UserDetails
from orders_app.services.work import Actor
from tests.conftest import NOW, Acting
from tests.factories import PASSWORD, a_user

AISHA = UserDetails(
    username=" A.Rahman ", name="Aisha Rahman", roles=frozenset({Role.PATROL, Role.AUDITOR}), rank="PC", collar_number="4471"
)


def test_a_user_is_created(acting: Acting, session: Session) -> None:
    with acting("user.created") as work:
        users.create_user(work, details=AISHA, password=PASSWORD)
    user = session.scalars(select(User)).one()
    assert (user.username, user.display_name, user.must_change_password) == ("a.rahman", "PC 4471 Aisha Rahman", True)
    assert passwords.is_right(user.password_hash, PASSWORD)
    assert set(session.scalars(select(UserRole.role))) == {"patrol", "auditor"}


def test_every_refusal_is_said_at_once(acting: Acting) -> None:
    with acting() as work, pytest.raises(RulesBroken) as broken:
        users.create_user(work, details=UserDetails(username="", name=" ", roles=frozenset(), leads_team=True), password="short")
    assert [problem.field for problem in broken.value.problems] == ["username", "name", "roles", "team", "password"]


def test_a_user_is_edited_at_the_version_seen(acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work, Role.PATROL, username="a.rahman")
    with acting("user.changed") as work:
        users.edit_user(work, username="a.rahman", version=user.version, details=AISHA)
    with acting() as work, pytest.raises(ChangedMeanwhile):
        users.edit_user(work, username="a.rahman", version=user.version, details=AISHA)
    with acting() as work, pytest.raises(NotFound):
        users.edit_user(work, username="nobody", version=1, details=AISHA)
    change = session.scalars(select(AuditEvent.changes).where(AuditEvent.action == "user.roles_changed")).one()
    assert change == {"roles": {"from": ["patrol"], "to": ["auditor", "patrol"]}}


def test_the_last_administrator_stays(acting: Acting) -> None:
    with acting() as work:
        first = a_user(work, Role.ADMINISTRATOR, username="first")
        second = a_user(work, Role.ADMINISTRATOR, username="second")
    with acting() as work:
        users.deactivate(work, username="second")
    with acting() as work, pytest.raises(RuleBroken, match="last active administrator"):
        users.deactivate(work, username="first")
    demoted = UserDetails(username="first", name="First", roles=frozenset({Role.PATROL}))
    with acting() as work, pytest.raises(RulesBroken, match="last active administrator"):
        users.edit_user(work, username="first", version=first.version, details=demoted)
    with acting() as work:
        users.reactivate(work, username="second")
        users.edit_user(work, username="first", version=first.version, details=demoted)
    assert second.id != first.id


def test_nobody_raises_themselves(acting: Acting) -> None:
    with acting() as work:
        user = a_user(work, Role.ADMINISTRATOR, username="first")
    me = Actor(user.id, "First", SYSTEM)
    with acting(actor=me) as work, pytest.raises(RulesBroken, match="your own roles"):
        users.edit_user(work, username="first", version=1, details=UserDetails(username="first", name="First", roles=frozenset(Role)))
    with acting(actor=me) as work, pytest.raises(RuleBroken, match="deactivate yourself"):
        users.deactivate(work, username="first")


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("wrong password", "a new long password", "current"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "short", "new"),
        (PASSWORD, "maple.rahman.42", "new"),
    ],
)
def test_a_change_of_password_is_refused(acting: Acting, current: str, new: str, field: str) -> None:
    with acting() as work:
        user = users.create_user(work, details=AISHA, password=PASSWORD)
    with acting() as work, pytest.raises(RuleBroken) as broken:
        users.change_password(work, user_id=user.id, current=current, new=new)
    assert broken.value.field == field


def test_a_password_is_changed_and_never_logged(acting: Acting, session: Session) -> None:
    with acting("user.created") as work:
        user = users.create_user(work, details=AISHA, password=PASSWORD)
    with acting("user.password_changed") as work:
        users.change_password(work, user_id=user.id, current=PASSWORD, new="three quiet otters")
    with acting("user.password_reset") as work:
        _user, given = users.reset_password(work, username="a.rahman")
    kept = session.get_one(User, user.id)
    assert passwords.is_right(kept.password_hash, given)
    assert kept.must_change_password
    logged = str(session.scalars(select(AuditEvent.changes)).all())
    assert not [secret for secret in (PASSWORD, "otters", given, "argon2") if secret in logged]


def test_unlocking_somebody_who_is_not_locked_does_nothing(acting: Acting, session: Session) -> None:
    with acting() as work:
        a_user(work, Role.PATROL, username="a.rahman")
        work.session.add(SignInThrottle(key=name_key("a.rahman"), failures=5, last_failed_at=NOW))
    for _ in range(2):
        with acting("user.unlocked") as work:
            users.unlock_user(work, username="A.Rahman")
    assert session.scalars(select(AuditEvent.action).where(AuditEvent.action == "user.unlocked")).all() == ["user.unlocked"]


def test_teams_and_areas(acting: Acting) -> None:
    with acting() as work:
        area = teams.save_area(work, former_code="", code="N", name="North")
        teams.save_team(work, former_name="", name="Desk", area_id=area.id)
        assert teams.save_team(work, former_name="Desk", name="Desk", area_id=None).area_id is None
        assert teams.save_area(work, former_code="N", code="N", name="Northmere North").name == "Northmere North"
    for refused in (
        lambda: teams.save_team(work, former_name="", name="Desk", area_id=None),
        lambda: teams.save_team(work, former_name="", name=" ", area_id=None),
        lambda: teams.save_area(work, former_code="", code="N", name="Nether"),
        lambda: teams.save_area(work, former_code="", code="", name="Nether"),
        lambda: teams.save_area(work, former_code="", code="X", name=""),
    ):
        with acting() as work, pytest.raises(RuleBroken):
            refused()
    for missing in (
        lambda: teams.save_team(work, former_name="None", name="X", area_id=None),
        lambda: teams.save_area(work, former_code="None", code="X", name="X"),
    ):
        with acting() as work, pytest.raises(NotFound):
            missing()

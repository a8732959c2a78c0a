"""Users, what they may do, and the teams and areas they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from orders_app.models import AuditEvent, User, UserRole
from orders_app.models.audit import audit_row
from orders_app.rules.access import Role
from orders_app.rules.emails import NOT_AN_EMAIL, is_email
from orders_app.services import passwords
from orders_app.services.calendars import end_address
from orders_app.services.deliveries import send_again
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.sign_in import end_session, end_sessions, folded, unlock
from orders_app.services.work import Work

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")
LONGEST = {"name": 120, "rank": 40, "collar_number": 20, "email": 200}


@dataclass(frozen=True)
class UserDetails:
    """What is known of a user. `roles` may be several; `leads_team` makes them hear of their team's unanswered alerts."""

    username: str
    name: str
    roles: frozenset[Role]
    rank: str = ""
    collar_number: str = ""
    email: str = ""
    team_id: int | None = None
    leads_team: bool = field(default=False)


def create_user(work: Work, *, details: UserDetails, password: str, must_change_password: bool = True) -> User:
    """Add a user who can sign in with `password`. Raises RulesBroken with every refusal."""
    refusals = list(_refusals(work, details))
    try:
        passwords.refuse_weak(password, field="password", names=(details.username, details.name))
    except RuleBroken as weak:
        refusals.append(weak)
    if refusals:
        raise RulesBroken(tuple(refusals))
    user = User(
        username=folded(details.username), password_hash=passwords.hash_password(password), created_at=work.now,
        must_change_password=must_change_password, roles=[UserRole(role=role) for role in sorted(details.roles)], **_columns(details),
    )  # fmt: skip
    work.session.add(user)
    work.session.flush()
    _log(work, user, "user.roles_changed", {"roles": {"from": None, "to": sorted(details.roles)}})
    return user


def edit_user(work: Work, *, username: str, version: int | None, details: UserDetails) -> User:
    """Change a user; e-mail that was refused goes to the new address. Raises RulesBroken, NotFound, or ChangedMeanwhile when `version` is
    not the newest.
    """
    user = _user(work, username)
    if version != user.version:
        raise ChangedMeanwhile(username)
    held = {role.role for role in user.roles}
    refusals = list(_refusals(work, details, user))
    if held != set(details.roles):
        refusals += _role_refusals(work, user, details.roles)
    if refusals:
        raise RulesBroken(tuple(refusals))
    former_email = user.email
    user.username = folded(details.username)
    for column, value in _columns(details).items():
        setattr(user, column, value)
    kept = [role for role in user.roles if role.role in details.roles]
    user.roles = kept + [UserRole(role=role) for role in sorted(details.roles - held)]
    work.session.flush()
    if held != set(details.roles):
        _log(work, user, "user.roles_changed", {"roles": {"from": sorted(held), "to": sorted(details.roles)}})
    if user.email and user.email != former_email:
        send_again(work, user_id=user.id)
    return user


def deactivate(work: Work, *, username: str) -> User:
    """Let a user sign in no more, and end their sessions and their calendar. What they own stays theirs; its alerts fall to their team."""
    user = _user(work, username)
    if user.id == work.actor.id:
        raise RuleBroken("username", "You cannot deactivate yourself. Another administrator can")
    _keep_an_administrator(work, user)
    user.is_active = False
    end_sessions(work, user_id=user.id, because="deactivated")
    end_address(work, user_id=user.id, because="deactivated")
    return user


def reactivate(work: Work, *, username: str) -> User:
    """Let a user sign in again, with the password they had."""
    user = _user(work, username)
    user.is_active = True
    return user


def reset_password(work: Work, *, username: str) -> tuple[User, str]:
    """Give a user a new password to change at first use; end their sessions and any lock. The password is shown once."""
    user = _user(work, username)
    password = passwords.new_password()
    user.password_hash = passwords.hash_password(password)
    user.must_change_password = True
    _log(work, user, "user.password_changed", {})
    end_sessions(work, user_id=user.id, because="password_changed")
    unlock(work, username=user.username)
    return user, password


def change_password(work: Work, *, user_id: int, current: str, new: str, session_id: int | None = None) -> None:
    """A user's own change of password; every session but `session_id` ends. Raises RuleBroken on current or new."""
    user = work.session.get_one(User, user_id)
    if not passwords.is_right(user.password_hash, current):
        raise RuleBroken("current", "That is not your current password")
    if current == new:
        raise RuleBroken("new", "Choose a password that is not the one you have now")
    passwords.refuse_weak(new, field="new", names=(user.username, user.name))
    user.password_hash = passwords.hash_password(new)
    user.must_change_password = False
    _log(work, user, "user.password_changed", {})
    end_sessions(work, user_id=user.id, because="password_changed", except_session=session_id)


def unlock_user(work: Work, *, username: str) -> None:
    """Forget a user's wrong tries at signing in."""
    user = _user(work, username)
    if unlock(work, username=user.username):
        _log(work, user, "user.unlocked", {})


def sign_out_everywhere(work: Work, *, username: str) -> int:
    """End every session of a user; return how many there were."""
    user = _user(work, username)
    return end_sessions(work, user_id=user.id, because="ended_by_administrator")


def end_one_session(work: Work, *, username: str, reference: str) -> None:
    """End one session of a user. Raises NotFound."""
    user = _user(work, username)
    end_session(work, user_id=user.id, reference=reference, because="ended_by_administrator")


def _user(work: Work, username: str) -> User:
    found = select(User).where(User.username == folded(username)).options(selectinload(User.roles))
    user = work.session.scalar(found)
    if user is None:
        raise NotFound(username)
    return user


def _columns(details: UserDetails) -> dict[str, object]:
    return {
        "name": details.name.strip(), "rank": details.rank.strip(), "collar_number": details.collar_number.strip(),
        "email": details.email.strip(), "team_id": details.team_id, "leads_team": details.leads_team,
    }  # fmt: skip


def _refusals(work: Work, details: UserDetails, user: User | None = None) -> Iterable[RuleBroken]:
    username = folded(details.username)
    if not USERNAME.fullmatch(username):
        yield RuleBroken(
            "username", "The user name must be 2 to 80 letters, figures or . _ - @, without spaces, and begin with a letter or a figure"
        )
    taken = select(User.id).where(User.username == username, User.id != (user.id if user else 0))
    if work.session.scalar(taken) is not None:
        yield RuleBroken("username", "Somebody already has this user name. Choose another")
    if not details.name.strip():
        yield RuleBroken("name", "Enter the person's name")
    yield from _refused_texts(details)
    if not details.roles:
        yield RuleBroken("roles", "Choose one role or more")
    if details.leads_team and details.team_id is None:
        yield RuleBroken("team", "Choose the team this person leads")


def _refused_texts(details: UserDetails) -> Iterable[RuleBroken]:
    for column, longest in LONGEST.items():
        if len(getattr(details, column).strip()) > longest:
            yield RuleBroken(column, f"Must be {longest} characters or fewer")
    if details.email.strip() and not is_email(details.email.strip()):
        yield RuleBroken("email", NOT_AN_EMAIL)


def _role_refusals(work: Work, user: User, roles: frozenset[Role]) -> list[RuleBroken]:
    if user.id == work.actor.id:
        return [RuleBroken("roles", "You cannot change your own roles. Another administrator can")]
    try:
        if Role.ADMINISTRATOR not in roles:
            _keep_an_administrator(work, user)
    except RuleBroken as refusal:
        return [refusal]
    return []


def _keep_an_administrator(work: Work, user: User) -> None:
    """Refuse to lose the last one. Their rows are locked, so that two cannot remove each other at once."""
    administrators = select(User).join(UserRole).where(UserRole.role == Role.ADMINISTRATOR, User.is_active).order_by(User.id)
    active = [row.id for row in work.session.scalars(administrators.with_for_update(of=User))]
    if active == [user.id]:
        raise RuleBroken("roles", "This is the last active administrator. Make somebody else an administrator first")


def _log(work: Work, user: User, action: str, changes: dict[str, object]) -> None:
    row = audit_row(work, subject_type="users", subject_id=user.id, action=action, changes=changes)
    work.session.execute(insert(AuditEvent), [row])

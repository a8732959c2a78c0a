"""Who can sign in, where they are signed in, and the teams and areas they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from orders_app.models import SignInThrottle, Team, User, UserRole, UserSession
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Permission, Role


@dataclass(frozen=True)
class LiveSession:
    """A session that may be used now, and whose it is."""

    session_id: int
    last_seen_at: datetime
    user_id: int
    username: str
    display_name: str
    team_id: int | None
    team_name: str
    area_id: int | None
    roles: frozenset[Role]
    must_change_password: bool


def live_session(session: Session, token_hash: str, *, now: datetime, idle: timedelta) -> LiveSession | None:
    """Return the session of this token, unless it was ended, ran out or lay idle, or its user was made inactive. One statement."""
    question = (
        select(UserSession, User, Team, UserRole.role)
        .join(User, User.id == UserSession.user_id)
        .outerjoin(Team, Team.id == User.team_id)
        .outerjoin(UserRole, UserRole.user_id == User.id)
        .where(UserSession.token_hash == token_hash, User.is_active, *_is_live(now, idle))
    )
    rows = session.execute(question).all()
    if not rows:
        return None
    found, user, team, _role = rows[0]
    return LiveSession(
        session_id=found.id, last_seen_at=found.last_seen_at, user_id=user.id, username=user.username, display_name=user.display_name,
        team_id=user.team_id, team_name=team.name if team else "", area_id=team.area_id if team else None,
        roles=frozenset(Role(row.role) for row in rows if row.role), must_change_password=user.must_change_password,
    )  # fmt: skip


def why_ended(session: Session, token_hash: str, *, now: datetime, idle: timedelta) -> str:
    """Return why a session can no longer be used: idle, expired, or the reason it was ended for; empty if there was none."""
    found = session.scalar(select(UserSession).where(UserSession.token_hash == token_hash))
    if found is None:
        return ""
    if found.ended_at:
        return found.ended_because
    if found.expires_at <= now:
        return "expired"
    return "idle" if found.last_seen_at <= now - idle else ""


def whose_session(session: Session, token_hash: str) -> int | None:
    """Return whose session this is or was."""
    return session.scalar(select(UserSession.user_id).where(UserSession.token_hash == token_hash))


def by_id(session: Session, user_id: int) -> User:
    """Return one user with team and roles."""
    return session.scalars(select(User).where(User.id == user_id).options(joinedload(User.team), selectinload(User.roles))).one()


def live_sessions(session: Session, user_id: int, *, now: datetime, idle: timedelta) -> list[UserSession]:
    """Return where a user is signed in now, last used first."""
    mine = select(UserSession).where(UserSession.user_id == user_id, *_is_live(now, idle))
    return list(session.scalars(mine.order_by(UserSession.last_seen_at.desc(), UserSession.id)))


def _is_live(now: datetime, idle: timedelta) -> tuple[ColumnElement[bool], ...]:
    return UserSession.ended_at.is_(None), UserSession.expires_at > now, UserSession.last_seen_at > now - idle


@dataclass(frozen=True)
class UserFilter:
    """Which users to list. Empty words and None mean all."""

    words: str = ""
    team_id: int | None = None
    role: Role | None = None
    is_active: bool | None = True


def listed(session: Session, wanted: UserFilter, *, first: int, count: int) -> list[User]:
    """Return users with team and roles, by name, from `first` on."""
    rows = select(User).where(*_wanted(wanted)).options(joinedload(User.team), selectinload(User.roles))
    return list(session.scalars(rows.order_by(User.name, User.id).offset(first).limit(count)))


def how_many(session: Session, wanted: UserFilter) -> int:
    """Return how many users there are to list."""
    return session.scalar(select(func.count(User.id)).where(*_wanted(wanted))) or 0


def by_username(session: Session, username: str) -> User | None:
    """Return one user with team and roles."""
    return session.scalar(select(User).where(User.username == username).options(joinedload(User.team), selectinload(User.roles)))


def seen_to_by(viewer: Viewer, *, everybody: Permission) -> Select[int]:
    """Keys of the users somebody sees to: themselves, their team if they lead it, and with one permission everybody."""
    if viewer.may(everybody):
        return select(User.id)
    leads = select(User.team_id).where(User.id == viewer.user_id, User.leads_team, User.is_active)
    return select(User.id).where(or_(User.id == viewer.user_id, User.team_id.in_(leads)))


def locked_until(session: Session, user_id: int, now: datetime) -> datetime | None:
    """Return until when signing in is paused for a user, if it is."""
    until = select(SignInThrottle.blocked_until_at).where(SignInThrottle.user_id == user_id, SignInThrottle.blocked_until_at > now)
    return session.scalar(until)


def everywhere_signed_in(session: Session, *, now: datetime, idle: timedelta, first: int, count: int) -> list[UserSession]:
    """Return the live sessions of everybody with their users, last used first."""
    live = select(UserSession).where(*_is_live(now, idle)).options(joinedload(UserSession.user).joinedload(User.team))
    return list(session.scalars(live.order_by(UserSession.last_seen_at.desc(), UserSession.id).offset(first).limit(count)))


def how_many_signed_in(session: Session, *, now: datetime, idle: timedelta) -> int:
    """Return how many sessions are live."""
    return session.scalar(select(func.count(UserSession.id)).where(*_is_live(now, idle))) or 0


def _wanted(wanted: UserFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for word in wanted.words.casefold().split():
        columns = (User.name, User.username, User.collar_number)
        conditions.append(or_(*(func.lower(column).contains(word, autoescape=True) for column in columns)))
    if wanted.team_id is not None:
        conditions.append(User.team_id == wanted.team_id)
    if wanted.role is not None:
        conditions.append(User.id.in_(select(UserRole.user_id).where(UserRole.role == wanted.role)))
    if wanted.is_active is not None:
        conditions.append(User.is_active == wanted.is_active)
    return conditions

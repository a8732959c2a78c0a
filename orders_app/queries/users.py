"""Who can sign in, where they are signed in, and the teams and areas they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from orders_app.models import Team, User, UserRole, UserSession
from orders_app.rules.access import Role


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


def by_id(session: Session, user_id: int) -> User:
    """Return one user with team and roles."""
    return session.scalars(select(User).where(User.id == user_id).options(joinedload(User.team), selectinload(User.roles))).one()


def live_sessions(session: Session, user_id: int, *, now: datetime, idle: timedelta) -> list[UserSession]:
    """Return where a user is signed in now, last used first."""
    mine = select(UserSession).where(UserSession.user_id == user_id, *_is_live(now, idle))
    return list(session.scalars(mine.order_by(UserSession.last_seen_at.desc(), UserSession.id)))


def _is_live(now: datetime, idle: timedelta) -> tuple[ColumnElement[bool], ...]:
    return UserSession.ended_at.is_(None), UserSession.expires_at > now, UserSession.last_seen_at > now - idle

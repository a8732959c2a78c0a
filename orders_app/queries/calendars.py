"""Whose calendar an address opens, and what it last said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import CalendarAddress, CalendarEntry, Team, User, UserRole
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role


@dataclass(frozen=True)
class OpenCalendar:
    """An address that works, and the officer who made it."""

    address_id: int
    display_name: str
    viewer: Viewer


def opened_by(session: Session, token_hash: str) -> OpenCalendar | None:
    """Return what a token opens; None for a wrong one, one that was ended, and one whose officer has left. One statement."""
    question = (
        select(CalendarAddress.id, User, Team.area_id, UserRole.role)
        .join(User, User.id == CalendarAddress.user_id)
        .outerjoin(Team, Team.id == User.team_id)
        .outerjoin(UserRole, UserRole.user_id == User.id)
        .where(CalendarAddress.token_hash == token_hash, CalendarAddress.ended_at.is_(None), User.is_active)
    )
    rows = session.execute(question).all()
    if not rows:
        return None
    address_id, user, area_id, _role = rows[0]
    roles = frozenset(Role(row.role) for row in rows if row.role)
    return OpenCalendar(address_id, user.display_name, Viewer(user.id, team_id=user.team_id, area_id=area_id, roles=roles))


def address_of(session: Session, user_id: int | None) -> CalendarAddress | None:
    """Return the address of an officer that works now, if there is one."""
    return session.scalar(select(CalendarAddress).where(CalendarAddress.user_id == user_id, CalendarAddress.ended_at.is_(None)))


def name_of(address: CalendarAddress | None) -> str:
    """A name that tells an officer's addresses apart and opens nothing: when it was made. Empty for none."""
    return address.made_at.isoformat() if address else ""


def entries_of(session: Session, user_id: int) -> list[CalendarEntry]:
    """Return what the officer's calendar last said, earliest first: as the table has it now, whatever this session read before."""
    found = select(CalendarEntry).where(CalendarEntry.user_id == user_id).execution_options(populate_existing=True)
    return list(session.scalars(found.order_by(CalendarEntry.act_by_at, CalendarEntry.id)))

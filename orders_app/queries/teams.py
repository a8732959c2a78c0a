"""Teams and policing areas."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from orders_app.models import Area, Team, User


@dataclass(frozen=True)
class Sized:
    """A team with how many active users it has."""

    row: Team
    count: int


def all_teams(session: Session) -> list[Team]:
    """Return every team with its area, by name."""
    return list(session.scalars(select(Team).options(joinedload(Team.area)).order_by(Team.name)))


def all_areas(session: Session) -> list[Area]:
    """Return every area, by name."""
    return list(session.scalars(select(Area).order_by(Area.name)))


def teams_with_members(session: Session) -> list[Sized]:
    """Return every team with its area and how many active users it has."""
    members = select(func.count(User.id)).where(User.team_id == Team.id, User.is_active).scalar_subquery()
    rows = session.execute(select(Team, members).options(joinedload(Team.area)).order_by(Team.name))
    return [Sized(team, count) for team, count in rows]


def team(session: Session, name: str) -> Team | None:
    """Return one team by its name."""
    return session.scalar(select(Team).where(Team.name == name))


def area(session: Session, code: str) -> Area | None:
    """Return one area by its code."""
    return session.scalar(select(Area).where(Area.code == code))

"""Who a deadline can be given to: officers who are here, work alerts and may see the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from orders_app.models import Team, User
from orders_app.queries.alert_routes import deadlines, facing_of, may_see, people_at_work

users, teams = cast(Table, User.__table__), cast(Table, Team.__table__)


@dataclass(frozen=True)
class Assignee:
    """One officer to choose, with the team they are found under."""

    username: str
    display_name: str
    team_name: str


def may_be_given(deadline_id: int) -> Select[Any]:
    """The users a deadline can be given to, with the name of each one's team."""
    facing = facing_of(deadlines.c.id == deadline_id, also={}, joined=deadlines)
    source = users.join(facing, may_see(users, facing)).outerjoin(teams, teams.c.id == users.c.team_id)
    return select(User, teams.c.name).select_from(source).where(users.c.id.in_(people_at_work()))


def assignees(session: Session, deadline_id: int, *, team_id: int | None) -> list[Assignee]:
    """Return the officers a deadline can be given to, those of one team first, then by team and name. One statement."""
    rows = session.execute(may_be_given(deadline_id).order_by(teams.c.name.nulls_last(), User.name, User.id)).all()
    officers = [(user.team_id != team_id, Assignee(user.username, user.display_name, team_name or "No team")) for user, team_name in rows]
    return [officer for _, officer in sorted(officers, key=lambda pair: pair[0])]

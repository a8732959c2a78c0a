"""Who a deadline or a whole record can be given to: officers who are here, work alerts and may see it, and their teams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Subquery, Table, and_, select
from sqlalchemy.orm import Session

from orders_app.models import Team, User
from orders_app.queries.alert_routes import deadlines, facing_of, may_see, people, records
from orders_app.queries.availability import people_at_work
from orders_app.rules.access import Access

NO_TEAM = "No team"
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


def may_hold(record_id: int) -> Select[Any]:
    """The users who can own a record, with the name of each one's team."""
    facing = records_facing(records.c.id == record_id)
    source = users.join(facing, may_see(users, facing)).outerjoin(teams, teams.c.id == users.c.team_id)
    return select(User, teams.c.name).select_from(source).where(users.c.id.in_(people_at_work()))


def holders(session: Session, record_id: int, *, team_id: int | None) -> list[Assignee]:
    """Return the officers who can own a record, those of one team first, then by team and name. One statement."""
    return _ordered(session, may_hold(record_id), team_id)


def records_facing(wanted: ColumnElement[bool]) -> Subquery:
    """What `may_see` needs to know of some records."""
    columns = (
        records.c.id.label("record_id"), people.c.id.label("person_id"), records.c.access.label("record_access"),
        people.c.access.label("person_access"), and_(records.c.access == Access.OPEN, people.c.access == Access.OPEN).label("is_open"),
    )  # fmt: skip
    found = select(*columns).join_from(records, people, people.c.id == records.c.person_id)
    return found.where(wanted).subquery("facing")


def assignees(session: Session, deadline_id: int, *, team_id: int | None) -> list[Assignee]:
    """Return the officers a deadline can be given to, those of one team first, then by team and name. One statement."""
    return _ordered(session, may_be_given(deadline_id), team_id)


def _ordered(session: Session, wanted: Select[Any], team_id: int | None) -> list[Assignee]:
    rows = session.execute(wanted.order_by(teams.c.name.nulls_last(), User.name, User.id)).all()
    officers = [(user.team_id != team_id, Assignee(user.username, user.display_name, team_name or NO_TEAM)) for user, team_name in rows]
    return [officer for _, officer in sorted(officers, key=lambda pair: pair[0])]

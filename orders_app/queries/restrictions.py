"""Who is named on a person or a record, and whom and which teams one could name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from orders_app.models import AccessGrant, Team, User
from orders_app.queries.availability import people_at_work
from orders_app.rules.access import ALLOWED, Permission

LOOKING_ROLES = tuple(role for role, allowed in ALLOWED.items() if Permission.PERSON_VIEW in allowed)


@dataclass(frozen=True)
class Naming:
    """One officer or team named on a person or a record. `number` tells it from the others there, ended ones included."""

    number: int
    who: str
    granted_at: datetime
    granted_by: str
    reason: str
    ended_at: datetime | None


def namings(session: Session, *, person_id: int | None = None, record_id: int | None = None) -> list[Naming]:
    """Return everybody ever named on a person or on a record, in the order they were. One statement."""
    giver = aliased(User)
    about = AccessGrant.record_id == record_id if record_id else AccessGrant.person_id == person_id
    rows = (
        select(AccessGrant, User, Team, giver)
        .outerjoin(User, User.id == AccessGrant.user_id)
        .outerjoin(Team, Team.id == AccessGrant.team_id)
        .outerjoin(giver, giver.id == AccessGrant.granted_by_id)
    )
    return [
        Naming(number, _called(user, team), grant.granted_at, by.display_name if by else "Orderwatch", grant.reason, grant.ended_at)
        for number, (grant, user, team, by) in enumerate(session.execute(rows.where(about).order_by(AccessGrant.id)), 1)
    ]


def who_can_be_named(session: Session) -> list[tuple[str, str, str]]:
    """Return the officers whose role lets them look at people, and all teams, as (kind, value, words); kind is user or team.

    One statement.
    """
    nothing = cast(null(), String)
    users = select(literal("user").label("kind"), User.username.label("value"), User.name.label("name"), User.rank, User.collar_number)
    teams = select(literal("team"), Team.name, Team.name, nothing, nothing)
    found = union_all(users.where(User.id.in_(people_at_work(LOOKING_ROLES))), teams).subquery()
    rows = session.execute(select(found).order_by(found.c.kind.desc(), found.c.name, found.c.value))
    return [(row.kind, row.value, " ".join(part for part in (row.rank, row.collar_number, row.name) if part)) for row in rows]


def _called(user: Any, team: Any) -> str:
    return user.display_name if user else f"Everybody in {team.name}"

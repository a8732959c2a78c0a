"""Who can take over from somebody: officers who work alerts, whether they are away, and which of a caseload's records each may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from orders_app.models import Absence, HandOver, Team, User
from orders_app.queries.alert_routes import may_see, records
from orders_app.queries.assignees import records_facing, users
from orders_app.queries.availability import absences_on, people_at_work
from orders_app.queries.caseloads import Held, gives_away
from orders_app.queries.visibility import Viewer
from orders_app.rules.sharing import Going

OFFICER, TEAM = "officer", "team"


@dataclass(frozen=True)
class Colleague:
    """An officer who works alerts, with their team and, while they are away, the absence and whoever covers."""

    user: User
    team: Team | None
    absence: Absence | None
    cover: User | None

    @property
    def key(self) -> str:
        """What stands for them among the takers."""
        return f"{OFFICER}:{self.user.username}"


def colleagues(session: Session, today: date) -> list[Colleague]:
    """Return everybody who works alerts, by team and name. One statement."""
    cover = aliased(User)
    found = select(User, Team, Absence, cover).outerjoin(Team, Team.id == User.team_id)
    found = found.outerjoin(Absence, and_(Absence.user_id == User.id, Absence.id.in_(absences_on(today)))).outerjoin(
        cover, cover.id == Absence.covered_by_id
    )
    found = found.where(User.id.in_(people_at_work())).order_by(Team.name.nulls_last(), User.name, User.id)
    return [Colleague(*row) for row in session.execute(found)]


def team_key(name: str) -> str:
    """What stands for a team among the takers."""
    return f"{TEAM}:{name}"


def at_work_in(everybody: Iterable[Colleague], team_id: int) -> list[Colleague]:
    """The officers of a team who are not away."""
    return [one for one in everybody if one.user.team_id == team_id and one.absence is None]


def going(session: Session, viewer: Viewer, found: Sequence[Held], takers: Mapping[str, frozenset[int]]) -> list[Going]:
    """Return the records with which of the takers may have each: those one of whose officers may see it.

    Nobody may have what the viewer may not give away. `takers` has the keys of the officers of each. At most one statement.
    """
    closed = [one.record_id for one in found if not one.is_open_to_all]
    seen = _who_may_see(session, closed, frozenset().union(*takers.values())) if closed else {}

    def able(one: Held) -> frozenset[str]:
        if not gives_away(viewer, one.kind):
            return frozenset()
        if one.is_open_to_all:
            return frozenset(takers)
        return frozenset(taker for taker, officers in takers.items() if officers & seen.get(one.record_id, frozenset()))

    return [Going(one.reference, one.person_id, one.load.deadlines, able(one)) for one in found]


def told_of(session: Session, caseload_id: int, concerned: Iterable[int], leaders_of: Iterable[int]) -> list[int]:
    """Return who is to hear of a caseload: those concerned, and whoever leads one of the teams, who are here and may see some of it."""
    of_it = select(HandOver.record_id).where(HandOver.caseload_id == caseload_id)
    facing = records_facing(records.c.id.in_(of_it))
    is_told = users.c.id.in_(list(concerned)) | and_(users.c.leads_team, users.c.team_id.in_(list(leaders_of)))
    found = select(users.c.id).select_from(users.join(facing, may_see(users, facing))).where(is_told, users.c.id.in_(people_at_work()))
    return list(session.scalars(found.distinct().order_by(users.c.id)))


def _who_may_see(session: Session, record_ids: Iterable[int], user_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    facing = records_facing(records.c.id.in_(list(record_ids)))
    found = select(facing.c.record_id, users.c.id).select_from(users.join(facing, may_see(users, facing)))
    seen: dict[int, frozenset[int]] = {}
    for record_id, user_id in session.execute(found.where(users.c.id.in_(list(user_ids)))):
        seen[record_id] = seen.get(record_id, frozenset()) | {user_id}
    return seen

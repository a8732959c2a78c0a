"""Who can take over from somebody: which of a caseload's records each may have, and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from orders_app.models import HandOver
from orders_app.queries.alert_routes import may_see, records
from orders_app.queries.assignees import TEAM, Colleague, records_facing, users
from orders_app.queries.availability import people_at_work
from orders_app.queries.caseloads import Held, gives_away
from orders_app.queries.visibility import Viewer
from orders_app.rules.sharing import Going


def team_key(name: str) -> str:
    """What stands for a team among the takers."""
    return f"{TEAM}:{name}"


def going(session: Session, viewer: Viewer, found: Sequence[Held], takers: Mapping[str, Sequence[Colleague]]) -> list[Going]:
    """Return the records with which of the takers may have each: those one of whose officers may see it and record on it.

    Nobody may have what the viewer may not give away. `takers` has the officers of each. At most one statement.
    """
    closed = [one.record_id for one in found if not one.is_open_to_all]
    everybody = frozenset(officer.user.id for officers in takers.values() for officer in officers)
    seen = _who_may_see(session, closed, everybody) if closed else {}

    def can_have(officer: Colleague, one: Held) -> bool:
        return one.kind in officer.kinds and (one.is_open_to_all or officer.user.id in seen.get(one.record_id, ()))

    def able(one: Held) -> frozenset[str]:
        if not gives_away(viewer, one.kind):
            return frozenset()
        return frozenset(taker for taker, officers in takers.items() if any(can_have(officer, one) for officer in officers))

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

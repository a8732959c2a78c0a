"""Who can be given a deadline, a record or a whole caseload: one rule for all of them.

It takes somebody who works alerts, may see the record and may record on its kind. While they are away or their signing in
is paused they are known, and can be given nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, Table, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from orders_app.models import Absence, SignInThrottle, Team, User
from orders_app.queries.alert_routes import may_see, people, records
from orders_app.queries.availability import absences_on, people_at_work, people_reachable
from orders_app.queries.moments import instant
from orders_app.rules.access import RECORDING, Access, Role, roles_with

NO_TEAM = "No team"
OFFICER, TEAM = "officer", "team"
users = cast(Table, User.__table__)
WHO_RECORDS: dict[str, tuple[Role, ...]] = {kind: roles_with(permission) for kind, permission in RECORDING.items()}


@dataclass(frozen=True)
class Colleague:
    """An officer who works alerts, with their team and the kinds of record they may record on.

    While they can be given nothing: the absence, with whoever covers if they can be reached, or until when their signing in is paused.
    """

    user: User
    team: Team | None
    absence: Absence | None
    cover: User | None
    paused_until: datetime | None
    kinds: frozenset[str]

    @property
    def key(self) -> str:
        """What stands for them among the takers."""
        return f"{OFFICER}:{self.user.username}"

    @property
    def team_name(self) -> str:
        """The team they are found under."""
        return self.team.name if self.team else NO_TEAM

    @property
    def is_here(self) -> bool:
        """Whether they could look at what they are given."""
        return self.absence is None and self.paused_until is None


def colleagues(session: Session, now: datetime, among: ColumnElement[bool] | None = None) -> list[Colleague]:
    """Return everybody who works alerts, or those `among` them, by team and name. One statement."""
    at, cover = instant(now), aliased(User)
    paused = select(func.max(SignInThrottle.blocked_until_at)).where(
        SignInThrottle.user_id == User.id, SignInThrottle.blocked_until_at > at.at
    )
    records_on = [User.id.in_(people_at_work(roles)) for roles in WHO_RECORDS.values()]
    found = select(User, Team, Absence, cover, paused.correlate(User).scalar_subquery(), *records_on).outerjoin(
        Team, Team.id == User.team_id
    )
    found = found.outerjoin(Absence, and_(Absence.user_id == User.id, Absence.id.in_(absences_on(at.day))))
    found = found.outerjoin(cover, and_(cover.id == Absence.covered_by_id, cover.id.in_(people_reachable(at)))).where(
        User.id.in_(people_at_work()), true() if among is None else among
    )
    rows = session.execute(found.order_by(Team.name.nulls_last(), User.name, User.id))
    return [Colleague(*row[:5], frozenset(kind for kind, may in zip(WHO_RECORDS, row[5:], strict=True) if may)) for row in rows]


def who_can_have(session: Session, record_id: int, now: datetime, *, team_id: int | None = None) -> list[Colleague]:
    """Return who can be given a record or one of its deadlines, and who could if they were here; those of one team first. One statement."""
    found = colleagues(session, now, User.id.in_(_can_have(record_id)))
    return sorted(found, key=lambda one: one.user.team_id != team_id)


def find_taker(session: Session, record_id: int, username: str, now: datetime) -> Colleague | None:
    """Return the officer of this user name if they are among those of `who_can_have`."""
    found = colleagues(session, now, and_(User.username == username, User.id.in_(_can_have(record_id))))
    return found[0] if found else None


def not_here(session: Session, now: datetime, *, team_id: int | None, besides: Iterable[int] = ()) -> list[Colleague]:
    """Return who of a team, and `besides` of some other officers, is away or cannot sign in. One statement."""
    found = colleagues(session, now, or_(User.team_id == team_id, User.id.in_(list(besides))))
    return [one for one in found if not one.is_here]


def those_who_see(record_id: int) -> Select[tuple[int]]:
    """Keys of those at work who may see a record, whether or not they may record on it."""
    who, facing = users.alias("who"), records_facing(records.c.id == record_id)
    found = select(who.c.id).select_from(who.join(facing, may_see(who, facing))).where(who.c.id.in_(people_at_work()))
    return found.correlate(None)


def records_facing(wanted: ColumnElement[bool]) -> Subquery:
    """What `may_see` needs to know of some records, and their kind."""
    columns = (
        records.c.id.label("record_id"), records.c.kind, people.c.id.label("person_id"), records.c.access.label("record_access"),
        people.c.access.label("person_access"), and_(records.c.access == Access.OPEN, people.c.access == Access.OPEN).label("is_open"),
    )  # fmt: skip
    found = select(*columns).join_from(records, people, people.c.id == records.c.person_id)
    return found.where(wanted).subquery("facing")


def at_work_in(everybody: Iterable[Colleague], team_id: int) -> list[Colleague]:
    """The officers of a team who are here."""
    return [one for one in everybody if one.user.team_id == team_id and one.is_here]


def _can_have(record_id: int) -> Select[tuple[int]]:
    who, facing = users.alias("taker"), records_facing(records.c.id == record_id)
    found = select(who.c.id).select_from(who.join(facing, may_see(who, facing))).where(_records_on(who, facing.c.kind))
    return found.correlate(None)


def _records_on(who: FromClause, kind: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(*(and_(kind == code, who.c.id.in_(people_at_work(roles))) for code, roles in WHO_RECORDS.items()))

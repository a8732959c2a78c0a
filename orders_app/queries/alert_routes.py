"""Who hears of a deadline: the officer it was given to, else the record's owner, else the team, else the duty inspector.

Only people who are still here, may work alerts and may see the record are asked. Everything is built as SQL, so that a
whole sweep is one statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, Subquery, and_, case, exists, false, func, null, or_, select

from orders_app.models import AccessGrant, Deadline, Person, Record, Team, User, UserRole
from orders_app.rules.access import ALLOWED, Access, Permission, Role

deadlines = Deadline.__table__
records = Record.__table__
people = Person.__table__
users = User.__table__
_grants = AccessGrant.__table__
WORKING_ROLES = tuple(role for role, allowed in ALLOWED.items() if Permission.ALERT_WORK in allowed)


def people_at_work(roles: Iterable[Role] = WORKING_ROLES) -> Select[tuple[int]]:
    """Keys of the users who are active and hold one of the roles: unless told otherwise, one that may work alerts."""
    holder, held = users.alias("holder"), UserRole.__table__
    holds = holder.join(held, held.c.user_id == holder.c.id)
    return select(holder.c.id).select_from(holds).where(holder.c.is_active, held.c.role.in_(tuple(roles))).correlate(None)


def routes(wanted: ColumnElement[bool], *, also: Mapping[str, ColumnElement[Any]], joined: FromClause = deadlines) -> Subquery:
    """One row for each wanted deadline: deadline_id, recipient_id, team_id, and the columns given in `also`.

    recipient_id is null where the team hears; both are null where nobody at all can. `joined` is `deadlines`, or
    `deadlines` joined with what `wanted` and `also` speak of.
    """
    able = _able(facing_of(wanted, also=also, joined=joined), also)
    team_hears = _is_team_staffed(able)
    stand_in = case((able.c.is_open, duty_inspector_id(able)), else_=func.coalesce(_anybody_named(able), duty_inspector_id(able)))
    recipient = case((able.c.officer_id.is_not(None), able.c.officer_id), (team_hears, null()), else_=stand_in)
    team = case((or_(able.c.officer_id.is_not(None), team_hears), able.c.team_id), else_=null())
    kept = [able.c[name] for name in also]
    return select(able.c.deadline_id, recipient.label("recipient_id"), team.label("team_id"), *kept).subquery("routes")


def facing_of(wanted: ColumnElement[bool], *, also: Mapping[str, ColumnElement[Any]], joined: FromClause) -> Subquery:
    """What `supervisor_id` and `duty_inspector_id` need to know of each wanted deadline, and the columns given in `also`."""
    assigned, owner = users.alias("assigned"), users.alias("owner")
    source = joined.join(records, records.c.id == deadlines.c.record_id).join(people, people.c.id == deadlines.c.person_id)
    source = source.outerjoin(assigned, assigned.c.id == deadlines.c.assigned_to_id).outerjoin(owner, owner.c.id == records.c.owner_id)
    columns = {
        "deadline_id": deadlines.c.id,
        "record_id": deadlines.c.record_id,
        "person_id": deadlines.c.person_id,
        "record_access": records.c.access,
        "person_access": people.c.access,
        "is_open": and_(records.c.access == Access.OPEN, people.c.access == Access.OPEN),
        "area_id": records.c.area_id,
        "assigned_id": assigned.c.id,
        "owner_id": owner.c.id,
        "assigned_team_id": assigned.c.team_id,
        "owner_team_id": owner.c.team_id,
        "record_team_id": records.c.team_id,
    }
    return select(*(column.label(name) for name, column in {**columns, **also}.items())).select_from(source).where(wanted).subquery("facing")


def supervisor_id(facing: Subquery, team: ColumnElement[int | None], besides: ColumnElement[int | None]) -> ScalarSelect[int | None]:
    """Whoever leads the team and may see the record, other than `besides`; null where there is none."""
    leader = users.alias("leader")
    leads = and_(leader.c.team_id == team, leader.c.leads_team, leader.c.id.in_(people_at_work()), may_see(leader, facing))
    found = select(func.min(leader.c.id)).where(leads, leader.c.id != func.coalesce(besides, 0))
    return found.correlate_except(leader).scalar_subquery()


def duty_inspector_id(facing: Subquery) -> ColumnElement[int | None]:
    """A duty inspector who may see the record, of its own area where there is one; null where there is none."""
    inspector, team = users.alias("inspector"), Team.__table__.alias("inspectors_team")
    can = and_(inspector.c.id.in_(people_at_work((Role.DUTY_INSPECTOR,))), may_see(inspector, facing))
    anywhere = select(func.min(inspector.c.id)).where(can)
    here = select(func.min(inspector.c.id)).select_from(inspector.join(team, team.c.id == inspector.c.team_id))
    here = here.where(can, team.c.area_id == facing.c.area_id)
    return func.coalesce(*(found.correlate_except(inspector, team).scalar_subquery() for found in (here, anywhere)))


def may_see(who: FromClause, facing: Subquery) -> ColumnElement[bool]:
    """Condition: this user may see the record of the deadline, and its person."""
    return _is_known_to(facing, who.c.id, who.c.team_id)


def _able(facing: Subquery, also: Mapping[str, ColumnElement[Any]]) -> Subquery:
    c = facing.c
    assigned_can = _can_take(facing, c.assigned_id, c.assigned_team_id)
    officer = case((assigned_can, c.assigned_id), (_can_take(facing, c.owner_id, c.owner_team_id), c.owner_id), else_=null())
    team = func.coalesce(case((assigned_can, c.assigned_team_id), else_=null()), c.record_team_id, c.owner_team_id, c.assigned_team_id)
    kept = [c[name] for name in ("deadline_id", "record_id", "person_id", "record_access", "person_access", "is_open", "area_id", *also)]
    return select(*kept, officer.label("officer_id"), team.label("team_id")).subquery("able")


def _can_take(facing: Subquery, user_id: ColumnElement[Any], team_id: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(user_id.in_(people_at_work()), _is_known_to(facing, user_id, team_id))


def _is_known_to(facing: Subquery, user_id: ColumnElement[Any], team_id: ColumnElement[Any]) -> ColumnElement[bool]:
    person_named = or_(facing.c.person_access == Access.OPEN, _named(user_id, team_id, _grants.c.person_id == facing.c.person_id))
    record_named = or_(facing.c.record_access == Access.OPEN, _named(user_id, team_id, _grants.c.record_id == facing.c.record_id))
    return or_(facing.c.is_open, and_(person_named, record_named))


def _is_team_staffed(able: Subquery) -> ColumnElement[bool]:
    """Whether somebody of the team is at work and, where the record is not open to all, is named on it."""
    staff, member = users.alias("staff"), users.alias("member")
    staffed = select(staff.c.team_id).where(staff.c.id.in_(people_at_work()), staff.c.team_id.is_not(None)).correlate(None)
    named = select(member.c.id).where(member.c.team_id == able.c.team_id, member.c.id.in_(people_at_work()), may_see(member, able))
    return case((able.c.is_open, func.coalesce(able.c.team_id.in_(staffed), false())), else_=exists(named.correlate_except(member)))


def _anybody_named(able: Subquery) -> ScalarSelect[int | None]:
    anybody = users.alias("anybody")
    found = select(func.min(anybody.c.id)).where(anybody.c.id.in_(people_at_work()), may_see(anybody, able))
    return found.correlate_except(anybody).scalar_subquery()


def _named(user_id: ColumnElement[Any], team_id: ColumnElement[Any], about: ColumnElement[bool]) -> ColumnElement[bool]:
    is_named = or_(_grants.c.user_id == user_id, _grants.c.team_id == team_id)
    return exists(select(_grants.c.id).where(about, is_named, _grants.c.ended_at.is_(None)).correlate_except(_grants))

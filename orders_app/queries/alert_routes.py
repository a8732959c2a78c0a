"""Who hears of a deadline: the officer it was given to, else the record's owner, else the team, else the duty inspector.

Only people who are still here, are not away that day, can sign in, may work alerts and may see the record are asked. Whoever
covers for an officer who is away hears in their place; of a restricted or sealed record the team does. What is passed up goes
to whoever covers for a supervisor or a duty inspector who is away, if they may see the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    Subquery,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)

from orders_app.models import AccessGrant, Deadline, Person, Record, Team
from orders_app.queries.availability import absences, covers_on, heard_for, is_away_on, people_reachable, users
from orders_app.queries.moments import Day, Instant
from orders_app.rules.access import Access, Role

deadlines = cast(Table, Deadline.__table__)
records = cast(Table, Record.__table__)
people = cast(Table, Person.__table__)
_grants = cast(Table, AccessGrant.__table__)
Facing = Subquery | CTE
ANYWHERE = 0


def routes(
    wanted: ColumnElement[bool], *, when: Instant, also: Mapping[str, ColumnElement[Any]], joined: FromClause = deadlines
) -> Subquery:
    """One row for each wanted deadline: deadline_id, recipient_id, team_id, and the columns given in `also`.

    recipient_id is null where the team hears; both are null where nobody at all can. `joined` is `deadlines`, or
    `deadlines` joined with what `wanted` and `also` speak of. Open records, nearly all there are, take plain joins; the
    few restricted and sealed ones are asked one by one who is named on them.
    """
    return union_all(_open_routes(wanted, when, also, joined), _closed_routes(wanted, when, also, joined)).subquery("routes")


def facing_of(wanted: ColumnElement[bool], *, also: Mapping[str, ColumnElement[Any]], joined: FromClause) -> Subquery:
    """What `supervisor_id` and `duty_inspector_id` need to know of each wanted deadline, and the columns given in `also`."""
    assigned, owner = users.alias("assigned"), users.alias("owner")
    source = _with_record(joined).outerjoin(assigned, assigned.c.id == deadlines.c.assigned_to_id)
    source = source.outerjoin(owner, owner.c.id == records.c.owner_id)
    columns = {
        "deadline_id": deadlines.c.id,
        "record_id": deadlines.c.record_id,
        "person_id": deadlines.c.person_id,
        "record_access": records.c.access,
        "person_access": people.c.access,
        "is_open": _is_open(),
        "area_id": records.c.area_id,
        "assigned_id": assigned.c.id,
        "owner_id": owner.c.id,
        "assigned_team_id": assigned.c.team_id,
        "owner_team_id": owner.c.team_id,
        "record_team_id": records.c.team_id,
    }
    found = select(*_labelled({**columns, **also})).select_from(source)
    return found.where(wanted).subquery("facing")


def supervisor_id(
    facing: Facing, team: ColumnElement[int | None], besides: ColumnElement[int | None], when: Instant
) -> ScalarSelect[int | None]:
    """Whoever leads the team, or covers for them, and may see the record, other than `besides`; null where there is none."""
    told = heard_for(when)
    leads = and_(told.c.leads_team, told.c.for_team_id == team, told.c.id != func.coalesce(besides, 0))
    return _first_told(told, facing, leads)


def duty_inspector_id(facing: Facing, when: Instant) -> ColumnElement[int | None]:
    """A duty inspector, or whoever covers for one, who may see the record, of its own area where there is one; null where there is none."""
    told, team = heard_for(when, (Role.DUTY_INSPECTOR,)), cast(Table, Team.__table__).alias("inspectors_team")
    of_area = select(team.c.id).where(team.c.area_id == facing.c.area_id).correlate_except(team)
    return func.coalesce(_first_told(told, facing, told.c.for_team_id.in_(of_area)), _first_told(told, facing, true()))


def _first_told(told: CTE, facing: Facing, who: ColumnElement[bool]) -> ScalarSelect[int | None]:
    found = select(told.c.id).where(who, may_see(told, facing)).order_by(told.c.for_id).limit(1)
    return found.correlate_except(told).scalar_subquery()


def stands_for(told_id: ColumnElement[int | None], is_one: Callable[[FromClause], ColumnElement[bool]], today: Day) -> ColumnElement[bool]:
    """Condition: somebody is a leader (or whatever else `is_one` says of an officer), or covers for one who is away that day."""
    officer, away = users.alias("stood_for"), absences.alias("stood_for_while")
    themselves = select(officer.c.id).where(officer.c.id == told_id, is_one(officer)).correlate_except(officer)
    covered = select(away.c.id).select_from(away.join(officer, officer.c.id == away.c.user_id)).where(is_one(officer))
    covered = covered.where(away.c.covered_by_id == told_id, is_away_on(today, away)).correlate_except(officer, away)
    return or_(exists(themselves), exists(covered))


def may_see(who: FromClause, facing: Facing) -> ColumnElement[bool]:
    """Condition: this user may see the record of the deadline, and its person."""
    return _is_known_to(facing, who.c.id, who.c.team_id)


def _open_routes(wanted: ColumnElement[bool], when: Instant, also: Mapping[str, ColumnElement[Any]], joined: FromClause) -> Select[Any]:
    staff, inspectors = _staff(when), _inspectors(when)
    assigned, owner, near, any_of_them = (
        staff.alias("assigned"),
        staff.alias("owner"),
        inspectors.alias("near"),
        inspectors.alias("any_of_them"),
    )
    officer = func.coalesce(assigned.c.hears_id, owner.c.hears_id)
    team = func.coalesce(
        case((assigned.c.is_here, assigned.c.team_id), else_=null()), records.c.team_id, owner.c.team_id, assigned.c.team_id
    )
    staffed = (
        select(staff.c.team_id).where(staff.c.is_here, staff.c.team_id.is_not(None)).distinct().cte("staffed").prefix_with("MATERIALIZED")
    )
    source = _with_record(joined)
    source = source.outerjoin(assigned, assigned.c.id == deadlines.c.assigned_to_id).outerjoin(owner, owner.c.id == records.c.owner_id)
    source = source.outerjoin(staffed, staffed.c.team_id == team)
    source = source.outerjoin(near, near.c.area_id == records.c.area_id).outerjoin(any_of_them, any_of_them.c.area_id == ANYWHERE)
    recipient = case(
        (officer.is_not(None), officer), (staffed.c.team_id.is_not(None), null()), else_=func.coalesce(near.c.id, any_of_them.c.id)
    )
    team_hears = case((or_(officer.is_not(None), staffed.c.team_id.is_not(None)), team), else_=null())
    found = select(deadlines.c.id.label("deadline_id"), recipient.label("recipient_id"), team_hears.label("team_id"), *_labelled(also))
    return found.select_from(source).where(wanted, _is_open())


def _closed_routes(wanted: ColumnElement[bool], when: Instant, also: Mapping[str, ColumnElement[Any]], joined: FromClause) -> Select[Any]:
    facing = facing_of(and_(wanted, not_(_is_open())), also=also, joined=joined)
    able = _able(facing, when, also)
    team_hears = _has_named_member(able, when)
    stand_in = func.coalesce(_anybody_named(able, when), duty_inspector_id(able, when))
    recipient = case((able.c.officer_id.is_not(None), able.c.officer_id), (team_hears, null()), else_=stand_in)
    team = case((or_(able.c.officer_id.is_not(None), team_hears), able.c.team_id), else_=null())
    return select(able.c.deadline_id, recipient.label("recipient_id"), team.label("team_id"), *(able.c[name] for name in also))


def _staff(when: Instant) -> CTE:
    """Every user, with whether they are here and work alerts, and who hears for them: they, or whoever covers."""
    covers, is_here = covers_on(when), users.c.id.in_(people_reachable(when))
    hears = case((is_here, users.c.id), (users.c.is_active, covers.c.cover_id), else_=null())
    source = users.outerjoin(covers, covers.c.user_id == users.c.id)
    found = select(users.c.id, users.c.team_id, is_here.label("is_here"), hears.label("hears_id")).select_from(source)
    return found.cte("staff").prefix_with("MATERIALIZED")


def _inspectors(when: Instant) -> CTE:
    """Who hears as the duty inspector of each area, and under ANYWHERE for areas that have none."""
    told, team = heard_for(when, (Role.DUTY_INSPECTOR,)), cast(Table, Team.__table__).alias("inspectors_team")
    first = func.min(told.c.for_id).label("for_id")
    of_area = select(team.c.area_id, first).select_from(told.join(team, team.c.id == told.c.for_team_id))
    of_area = of_area.where(team.c.area_id.is_not(None)).group_by(team.c.area_id)
    firsts = union_all(of_area, select(literal(ANYWHERE).label("area_id"), first)).subquery("firsts")
    found = select(firsts.c.area_id, told.c.id).select_from(firsts.join(told, told.c.for_id == firsts.c.for_id))
    return found.cte("inspectors").prefix_with("MATERIALIZED")


def _with_record(joined: FromClause) -> FromClause:
    return joined.join(records, records.c.id == deadlines.c.record_id).join(people, people.c.id == deadlines.c.person_id)


def _is_open() -> ColumnElement[bool]:
    return and_(records.c.access == Access.OPEN, people.c.access == Access.OPEN)


def _labelled(columns: Mapping[str, ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [column.label(name) for name, column in columns.items()]


def _able(facing: Facing, when: Instant, also: Mapping[str, ColumnElement[Any]]) -> CTE:
    c = facing.c
    assigned_can = _can_take(facing, c.assigned_id, c.assigned_team_id, when)
    officer = case((assigned_can, c.assigned_id), (_can_take(facing, c.owner_id, c.owner_team_id, when), c.owner_id), else_=null())
    team = func.coalesce(case((assigned_can, c.assigned_team_id), else_=null()), c.record_team_id, c.owner_team_id, c.assigned_team_id)
    kept = [c[name] for name in ("deadline_id", "record_id", "person_id", "record_access", "person_access", "is_open", "area_id", *also)]
    return select(*kept, officer.label("officer_id"), team.label("team_id")).cte("able").prefix_with("MATERIALIZED")


def _can_take(facing: Facing, user_id: ColumnElement[Any], team_id: ColumnElement[Any], when: Instant) -> ColumnElement[bool]:
    return and_(user_id.in_(people_reachable(when)), _is_known_to(facing, user_id, team_id))


def _is_known_to(facing: Facing, user_id: ColumnElement[Any], team_id: ColumnElement[Any]) -> ColumnElement[bool]:
    person_named = or_(facing.c.person_access == Access.OPEN, _named(user_id, team_id, _grants.c.person_id == facing.c.person_id))
    record_named = or_(facing.c.record_access == Access.OPEN, _named(user_id, team_id, _grants.c.record_id == facing.c.record_id))
    return or_(facing.c.is_open, and_(person_named, record_named))


def _has_named_member(able: CTE, when: Instant) -> ColumnElement[bool]:
    """Whether somebody of the team is at work and is named on the record."""
    member = users.alias("member")
    named = select(member.c.id).where(member.c.team_id == able.c.team_id, member.c.id.in_(people_reachable(when)), may_see(member, able))
    return exists(named.correlate_except(member))


def _anybody_named(able: CTE, when: Instant) -> ScalarSelect[int | None]:
    anybody = users.alias("anybody")
    found = select(func.min(anybody.c.id)).where(anybody.c.id.in_(people_reachable(when)), may_see(anybody, able))
    return found.correlate_except(anybody).scalar_subquery()


def _named(user_id: ColumnElement[Any], team_id: ColumnElement[Any], about: ColumnElement[bool]) -> ColumnElement[bool]:
    is_named = or_(_grants.c.user_id == user_id, _grants.c.team_id == team_id)
    return exists(select(_grants.c.id).where(about, is_named, _grants.c.ended_at.is_(None)).correlate_except(_grants))

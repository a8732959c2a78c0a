"""Who is there to hear of something: here, not away that day, and able to sign in; and who hears in the place of whoever is not.

All of it as SQL, so that a sweep is one statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sqlalchemy import CTE, ColumnElement, FromClause, Select, Subquery, Table, and_, case, func, select

from orders_app.models import Absence, SignInThrottle, User, UserRole
from orders_app.queries.moments import Day, Instant, Moment
from orders_app.rules.access import Permission, Role, roles_with

users = cast(Table, User.__table__)
absences = cast(Table, Absence.__table__)
_throttles = cast(Table, SignInThrottle.__table__)
_holder = users.alias("holder")
WORKING_ROLES = roles_with(Permission.ALERT_WORK)


def people_at_work(roles: Iterable[Role] = WORKING_ROLES, *, today: Day | None = None) -> Select[tuple[int]]:
    """Keys of the users who are active and hold one of the roles: unless told otherwise, one that may work alerts.

    With `today` only those who are not away that day.
    """
    held = cast(Table, UserRole.__table__)
    holds = _holder.join(held, held.c.user_id == _holder.c.id)
    found = select(_holder.c.id).select_from(holds).where(_holder.c.is_active, held.c.role.in_(tuple(roles))).correlate(None)
    return found if today is None else found.where(_holder.c.id.not_in(people_away(today)))


def people_reachable(when: Instant, roles: Iterable[Role] = WORKING_ROLES) -> Select[tuple[int]]:
    """Keys of those who are at work that day and whose signing in is not paused at that moment."""
    return people_at_work(roles, today=when.day).where(_holder.c.id.not_in(people_locked_out(when.at)))


def people_away(today: Day) -> Select[tuple[int]]:
    """Keys of the users who are away on a day."""
    return select(absences.c.user_id).where(is_away_on(today))


def people_locked_out(at: Moment) -> Select[tuple[int]]:
    """Keys of the users whose signing in is paused at a moment, after too many wrong passwords."""
    return select(_throttles.c.user_id).where(_throttles.c.user_id.is_not(None), _throttles.c.blocked_until_at > at)


def absences_on(today: Day) -> Select[tuple[int]]:
    """Keys of the absences that hold on a day, one an officer: where two were entered for the same days, the later one."""
    return select(func.max(absences.c.id)).where(is_away_on(today)).group_by(absences.c.user_id)


def covers_on(when: Instant) -> Subquery:
    """Whoever is away and has somebody reachable to cover: user_id, and cover_id of whoever covers. One row an officer."""
    found = select(absences.c.user_id, absences.c.covered_by_id.label("cover_id")).where(absences.c.id.in_(absences_on(when.day)))
    return found.where(absences.c.covered_by_id.in_(people_reachable(when))).subquery("covers")


def heard_for(when: Instant, roles: Iterable[Role] = WORKING_ROLES) -> CTE:
    """Who hears what is said to each holder of the roles: they, or while they are away whoever covers; nobody otherwise.

    One row for each officer who is heard for: their for_id, for_team_id and leads_team, and id and team_id of whoever hears.
    """
    held, covers = tuple(roles), covers_on(when)
    officer, hearer = users.alias("officer"), users.alias("hearer")
    hears_id = case((officer.c.id.in_(people_reachable(when, held)), officer.c.id), else_=covers.c.cover_id)
    source = officer.outerjoin(covers, covers.c.user_id == officer.c.id).join(hearer, hearer.c.id == hears_id)
    whose = (officer.c.id.label("for_id"), officer.c.team_id.label("for_team_id"), officer.c.leads_team)
    found = select(*whose, hearer.c.id, hearer.c.team_id).select_from(source).where(officer.c.id.in_(people_at_work(held)))
    return found.cte().prefix_with("MATERIALIZED")


def is_away_on(today: Day, absence: FromClause = absences) -> ColumnElement[bool]:
    """Condition: an absence holds on a day."""
    return and_(absence.c.from_on <= today, absence.c.until_on >= today, absence.c.taken_back_at.is_(None))

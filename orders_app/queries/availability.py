"""Who is there to hear of something: here, not away that day, and able to sign in. All of it as SQL, so that a sweep is one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, select

from orders_app.models import Absence, SignInThrottle, User, UserRole
from orders_app.queries.moments import Day, Instant, Moment
from orders_app.rules.access import ALLOWED, Permission, Role

users = cast(Table, User.__table__)
absences = cast(Table, Absence.__table__)
_throttles = cast(Table, SignInThrottle.__table__)
_holder = users.alias("holder")
WORKING_ROLES = tuple(role for role, allowed in ALLOWED.items() if Permission.ALERT_WORK in allowed)


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


def is_away_on(today: Day, absence: FromClause = absences) -> ColumnElement[bool]:
    """Condition: an absence holds on a day."""
    return and_(absence.c.from_on <= today, absence.c.until_on >= today, absence.c.taken_back_at.is_(None))

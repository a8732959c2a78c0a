"""Who hears of an open alert now: its officer, whoever it was passed up to, or everybody at work in the team who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CTE, ColumnElement, Select, Subquery, Table, and_, false, func, literal, or_, select, union_all

from orders_app.models import Alert
from orders_app.queries.alert_routes import deadlines, may_see, people, records
from orders_app.queries.alert_stages import is_at, is_live
from orders_app.queries.availability import people_at_work, users
from orders_app.rules.access import Access
from orders_app.rules.alerting import AlertClass, Stage, last_stages, midnight_ending
from orders_app.rules.london import london_day
from orders_app.rules.record_spec import RuleClass

alerts = cast(Table, Alert.__table__)
OWN, PASSED_UP, WITH_TEAM = 0, 1, 2
WITH_RECORDS = (
    alerts.join(deadlines, deadlines.c.id == alerts.c.deadline_id)
    .join(records, records.c.id == deadlines.c.record_id)
    .join(people, people.c.id == deadlines.c.person_id)
)
is_open_to_all = and_(records.c.access == Access.OPEN, people.c.access == Access.OPEN)
is_unanswered = alerts.c.acknowledged_at.is_(None)
of_an_hour_clock = deadlines.c.alert_class == AlertClass.HOUR_CLOCK


def hearers(wanted: ColumnElement[bool], now: datetime, among: ColumnElement[bool]) -> Subquery:
    """One row for each open alert and officer at work who hears of it: alert_id, user_id, and how (OWN, PASSED_UP, WITH_TEAM).

    `wanted` is a condition on the tables of WITH_RECORDS, `among` one on `users`. Whoever hears in two ways is there once.
    """
    heard, staff = _heard(wanted, now), _staff(now, among)
    ways = (
        _way(OWN, heard, staff, staff.c.id == heard.c.recipient_id),
        _way(PASSED_UP, heard, staff, staff.c.id == heard.c.escalated_to_id),
        _way(WITH_TEAM, heard, staff, and_(heard.c.recipient_id.is_(None), staff.c.team_id == heard.c.team_id)),
    )
    found = union_all(*ways).subquery()
    return (
        select(found.c.alert_id, found.c.user_id, func.min(found.c.how).label("how")).group_by(found.c[0], found.c[1]).subquery("hearers")
    )


def is_awake(now: datetime) -> ColumnElement[bool]:
    """Condition on `alerts`: nobody has quietened it for today."""
    return or_(alerts.c.snoozed_until_on.is_(None), alerts.c.snoozed_until_on <= london_day(now))


def is_for_the_officer(now: datetime) -> ColumnElement[bool]:
    """Condition on `alerts` and `deadlines`: it does not wait on somebody else, or all the same says something new or falls due today."""
    return or_(deadlines.c.waiting_on == "", is_unanswered, deadlines.c.act_by_at <= midnight_ending(now, 0))


def must_be_told(stages: Sequence[Stage], now: datetime) -> ColumnElement[bool]:
    """Condition on `alerts` and `deadlines`: at a last stage of a date that the law sets, and neither answered nor quietened."""
    is_last = or_(false(), *(is_at(stage) for stage in last_stages(stages)))
    return and_(is_unanswered, is_awake(now), deadlines.c.rule_class == RuleClass.LAW, is_last)


def _heard(wanted: ColumnElement[bool], now: datetime) -> CTE:
    columns: dict[str, ColumnElement[Any]] = {
        "alert_id": alerts.c.id, "recipient_id": alerts.c.recipient_id, "escalated_to_id": alerts.c.escalated_to_id,
        "team_id": alerts.c.team_id, "record_id": deadlines.c.record_id, "person_id": deadlines.c.person_id,
        "record_access": records.c.access, "person_access": people.c.access, "is_open": is_open_to_all,
    }  # fmt: skip
    found = select(*(column.label(name) for name, column in columns.items())).select_from(WITH_RECORDS)
    return found.where(alerts.c.closed_at.is_(None), is_live(now), wanted).cte("heard").prefix_with("MATERIALIZED")


def _staff(now: datetime, among: ColumnElement[bool]) -> CTE:
    found = select(users.c.id, users.c.team_id).where(users.c.id.in_(people_at_work(today=london_day(now))), among)
    return found.cte("listeners").prefix_with("MATERIALIZED")


def _way(how: int, heard: CTE, staff: CTE, hears: ColumnElement[bool]) -> Select[Any]:
    found = select(heard.c.alert_id, staff.c.id.label("user_id"), literal(how).label("how"))
    return found.select_from(heard.join(staff, hears)).where(may_see(staff, heard))

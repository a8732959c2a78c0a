"""Say an alert again, higher up, while nobody has acknowledged it: first to the team's supervisor, then to the duty inspector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, false, func, insert, null, or_, select, update

from orders_app.models import AuditEvent
from orders_app.models.audit import audit_row
from orders_app.queries import alert_routes
from orders_app.queries.alert_routes import deadlines
from orders_app.queries.alert_stages import is_at, is_live
from orders_app.rules.alerting import Stage
from orders_app.services.alerts import alerts, changed, is_open
from orders_app.services.work import Work

SUPERVISOR, DUTY_INSPECTOR = 1, 2
_WITH_ALERTS = deadlines.join(alerts, alerts.c.deadline_id == deadlines.c.id)


@dataclass(frozen=True)
class Escalated:
    """What one run did. `nobody_above` counts alerts past their time for which there is nobody higher to tell."""

    to_supervisors: int
    to_duty_inspectors: int
    nobody_above: int

    def counts(self) -> dict[str, int]:
        """The numbers, for the job page."""
        return asdict(self)


def escalate(work: Work, *, stages: Sequence[Stage]) -> Escalated:
    """Pass up what has stayed unacknowledged past its stage's time. Safe to run any number of times; writes one audit row."""
    has_left = and_(alerts.c.escalated_to_id.is_not(None), alerts.c.escalated_to_id.not_in(alert_routes.people_at_work(today=work.today)))
    changed(work, update(alerts).where(is_open, has_left).values(escalation=0, escalated_to_id=null(), escalated_at=null()))
    unheard, unanswered = _silent(work, stages, level=0), _silent(work, stages, level=SUPERVISOR)
    to_supervisors = _pass_up(work, unheard, _supervisor, level=SUPERVISOR)
    to_inspectors = _pass_up(work, unheard, alert_routes.duty_inspector_id, level=DUTY_INSPECTOR)
    to_inspectors += _pass_up(work, unanswered, alert_routes.duty_inspector_id, level=DUTY_INSPECTOR)
    done = Escalated(to_supervisors, to_inspectors, _count(work, unheard) + _count(work, unanswered))
    row = audit_row(work, subject_type="alerts", changes=done.counts(), action="alerts.escalated")
    work.session.connection().execute(insert(AuditEvent).values(row))
    return done


def _silent(work: Work, stages: Sequence[Stage], *, level: int) -> ColumnElement[bool]:
    """Open, at this level, neither acknowledged nor snoozed, and past the time its stage allows."""
    too_long = or_(false(), *(_is_past(stage, work, level) for stage in stages))
    awake = or_(alerts.c.snoozed_until_on.is_(None), alerts.c.snoozed_until_on <= work.today)
    return and_(is_open, alerts.c.acknowledged_at.is_(None), alerts.c.escalation == level, awake, is_live(work.now), too_long)


def _is_past(stage: Stage, work: Work, level: int) -> ColumnElement[bool]:
    if level == SUPERVISOR:
        is_past = alerts.c.escalated_at <= work.now - stage.duty_inspector_after
    else:
        is_past = alerts.c.raised_at <= work.now - stage.escalate_after
    return and_(is_at(stage), is_past)


def _supervisor(facing: Subquery, today: date) -> ColumnElement[Any]:
    return alert_routes.supervisor_id(facing, facing.c.alert_team_id, facing.c.recipient_id, today)


def _pass_up(work: Work, silent: ColumnElement[bool], who: Callable[[Subquery, date], ColumnElement[Any]], *, level: int) -> int:
    also = {"alert_id": alerts.c.id, "alert_team_id": alerts.c.team_id, "recipient_id": alerts.c.recipient_id}
    facing = alert_routes.facing_of(silent, also=also, joined=_WITH_ALERTS)
    above = select(facing.c.alert_id, who(facing, work.today).label("user_id")).subquery("above")
    passed = update(alerts).where(alerts.c.id == above.c.alert_id, above.c.user_id.is_not(None))
    return changed(work, passed.values(escalation=level, escalated_to_id=above.c.user_id, escalated_at=work.now))


def _count(work: Work, silent: ColumnElement[bool]) -> int:
    return work.session.connection().scalar(select(func.count()).select_from(_WITH_ALERTS).where(silent)) or 0

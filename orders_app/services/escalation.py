"""Say an alert again, higher up, while nobody has acknowledged it: first to the team's supervisor, then to the duty inspector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    exists,
    false,
    func,
    insert,
    not_,
    null,
    or_,
    select,
    update,
)

from orders_app.models import AlertEscalation, AuditEvent
from orders_app.models.audit import audit_row
from orders_app.queries import alert_routes
from orders_app.queries.alert_routes import deadlines
from orders_app.queries.alert_stages import is_at, is_live
from orders_app.queries.availability import people_at_work
from orders_app.queries.moments import NOW, OF_THE_RUN, TODAY, Instant, ago, values_at
from orders_app.rules.access import Role
from orders_app.rules.alerting import Stage
from orders_app.services.alerts import KEPT_AT_MOST, alerts, changed, is_open
from orders_app.services.work import Work

SUPERVISOR, DUTY_INSPECTOR = 1, 2
steps = cast(Table, AlertEscalation.__table__)
_WITH_ALERTS = deadlines.join(alerts, alerts.c.deadline_id == deadlines.c.id)


def _leads_its_team(officer: FromClause) -> ColumnElement[bool]:
    return and_(officer.c.leads_team, officer.c.team_id == alerts.c.team_id)


def _is_duty_inspector(officer: FromClause) -> ColumnElement[bool]:
    return officer.c.id.in_(people_at_work((Role.DUTY_INSPECTOR,)))


HEIGHTS: dict[int, Callable[[FromClause], ColumnElement[bool]]] = {SUPERVISOR: _leads_its_team, DUTY_INSPECTOR: _is_duty_inspector}


@dataclass(frozen=True)
class Escalated:
    """What one run did. `nobody_above` counts alerts past their time for which there is nobody higher to tell."""

    to_supervisors: int
    to_duty_inspectors: int
    nobody_above: int

    def counts(self) -> dict[str, int]:
        """The numbers, for the job page."""
        return asdict(self)


@dataclass(frozen=True)
class _Statements:
    """What a run asks of the database, in this order; the moment is handed in (queries.moments)."""

    tell_whoever_is_there: tuple[tuple[int, Executable], ...]
    take_back_from_the_gone: Executable
    pass_up: tuple[tuple[int, Executable], ...]
    note_each_step: Executable
    nobody_above: tuple[Select[int], ...]


def escalate(work: Work, *, stages: Sequence[Stage]) -> Escalated:
    """Pass up what has stayed unacknowledged past its stage's time. Safe to run any number of times; writes one audit row."""
    said = _statements(tuple(stages))
    at = values_at(work.now, chain.from_iterable((stage.escalate_after, stage.duty_inspector_after) for stage in stages))
    passed: Counter[int] = Counter()
    for level, statement in said.tell_whoever_is_there:
        passed[level] += changed(work, statement, at)
    changed(work, said.take_back_from_the_gone, at)
    for level, statement in said.pass_up:
        passed[level] += changed(work, statement, at)
    changed(work, said.note_each_step, at)
    nobody_above = sum(work.session.connection().scalar(count, at) or 0 for count in said.nobody_above)
    done = Escalated(passed[SUPERVISOR], passed[DUTY_INSPECTOR], nobody_above)
    row = audit_row(work, subject_type="alerts", changes=done.counts(), action="alerts.escalated")
    work.session.connection().execute(insert(AuditEvent).values(row))
    return done


@lru_cache(maxsize=KEPT_AT_MOST)
def _statements(stages: tuple[Stage, ...]) -> _Statements:
    unheard, unanswered = _silent(stages, level=0), _silent(stages, level=SUPERVISOR)
    return _Statements(
        tell_whoever_is_there=(
            _tell_whoever_is_there(SUPERVISOR, _supervisor),
            _tell_whoever_is_there(DUTY_INSPECTOR, alert_routes.duty_inspector_id),
        ),
        take_back_from_the_gone=_take_back_from_the_gone(),
        pass_up=(
            (SUPERVISOR, _pass_up(unheard, _supervisor, level=SUPERVISOR)),
            (DUTY_INSPECTOR, _pass_up(unheard, alert_routes.duty_inspector_id, level=DUTY_INSPECTOR)),
            (DUTY_INSPECTOR, _pass_up(unanswered, alert_routes.duty_inspector_id, level=DUTY_INSPECTOR)),
        ),
        note_each_step=_note_each_step(),
        nobody_above=(_count(unheard), _count(unanswered)),
    )


def _note_each_step() -> Executable:
    """Whoever was told this moment, for good: the next step takes their place on the alert."""
    told_now = and_(is_open, alerts.c.escalated_to_id.is_not(None), alerts.c.escalated_at == NOW)
    is_noted = exists(select(steps.c.id).where(steps.c.alert_id == alerts.c.id, steps.c.told_at == NOW))
    found = select(alerts.c.id, alerts.c.escalation, alerts.c.escalated_to_id, alerts.c.escalated_at).where(told_now, not_(is_noted))
    return insert(steps).from_select(["alert_id", "level", "told_id", "told_at"], found)


def _tell_whoever_is_there(level: int, who: Callable[[Subquery, Instant], ColumnElement[Any]]) -> tuple[int, Executable]:
    """What was said to somebody who is gone, or does not cover any more, is said again at the same height."""
    unanswered = and_(is_open, alerts.c.acknowledged_at.is_(None), alerts.c.escalation == level)
    return level, _pass_up(and_(unanswered, or_(_has_left(), not_(_is_theirs(level)))), who, level=level)


def _take_back_from_the_gone() -> Executable:
    """Where nobody else is at that height it begins again below."""
    is_over = and_(
        alerts.c.acknowledged_at.is_(None), or_(*(and_(alerts.c.escalation == level, not_(_is_theirs(level))) for level in HEIGHTS))
    )
    return update(alerts).where(is_open, or_(_has_left(), is_over)).values(escalation=0, escalated_to_id=null(), escalated_at=null())


def _has_left() -> ColumnElement[bool]:
    return and_(alerts.c.escalated_to_id.is_not(None), alerts.c.escalated_to_id.not_in(people_at_work(today=TODAY)))


def _is_theirs(level: int) -> ColumnElement[bool]:
    """Whoever was told is at that height still, or covers for somebody who is."""
    return alert_routes.stands_for(alerts.c.escalated_to_id, HEIGHTS[level], TODAY)


def _silent(stages: Sequence[Stage], *, level: int) -> ColumnElement[bool]:
    """Open, at this level, neither acknowledged nor snoozed, and past the time its stage allows."""
    too_long = or_(false(), *(_is_past(stage, level) for stage in stages))
    awake = or_(alerts.c.snoozed_until_on.is_(None), alerts.c.snoozed_until_on <= TODAY)
    return and_(is_open, alerts.c.acknowledged_at.is_(None), alerts.c.escalation == level, awake, is_live(NOW), too_long)


def _is_past(stage: Stage, level: int) -> ColumnElement[bool]:
    if level == SUPERVISOR:
        is_past = alerts.c.escalated_at <= ago(stage.duty_inspector_after)
    else:
        is_past = alerts.c.raised_at <= ago(stage.escalate_after)
    return and_(is_at(stage), is_past)


def _supervisor(facing: Subquery, when: Instant) -> ColumnElement[Any]:
    return alert_routes.supervisor_id(facing, facing.c.alert_team_id, facing.c.recipient_id, when)


def _pass_up(silent: ColumnElement[bool], who: Callable[[Subquery, Instant], ColumnElement[Any]], *, level: int) -> Executable:
    also = {"alert_id": alerts.c.id, "alert_team_id": alerts.c.team_id, "recipient_id": alerts.c.recipient_id}
    facing = alert_routes.facing_of(silent, also=also, joined=_WITH_ALERTS)
    above = select(facing.c.alert_id, who(facing, OF_THE_RUN).label("user_id")).subquery("above")
    passed = update(alerts).where(alerts.c.id == above.c.alert_id, above.c.user_id.is_not(None))
    return passed.values(escalation=level, escalated_to_id=above.c.user_id, escalated_at=NOW)


def _count(silent: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(_WITH_ALERTS).where(silent)

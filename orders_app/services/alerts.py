"""Raise and close alerts for every deadline at once: a handful of statements, whatever the number of records.

What is open afterwards depends on the deadlines and the furthest moment checked, never on how often this ran or what it
missed. Alerts are written by Core statements: they are their own log, and each run leaves one audit row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, cast

from sqlalchemy import Executable, Table, and_, case, exists, func, insert, literal, not_, null, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from orders_app.models import Alert, AuditEvent
from orders_app.models.audit import audit_row
from orders_app.models.deadlines import IS_NOT_CLOSED
from orders_app.queries import alert_routes, alert_stages
from orders_app.queries.alert_routes import deadlines, people, records
from orders_app.rules.access import Access
from orders_app.rules.alerting import PASSES_BY_ITSELF, Cutoff, Stage, cutoffs
from orders_app.services.work import Work

alerts = cast(Table, Alert.__table__)
NAMED_AT_MOST = 20
is_open = alerts.c.closed_at.is_(None)
of_its_deadline = deadlines.c.id == alerts.c.deadline_id


@dataclass(frozen=True)
class Sweep:
    """What one run did. `nobody_hears` names the records whose alerts have no living recipient, as far as they may be named."""

    deadlines: int
    raised: int
    closed: int
    rerouted: int
    without_recipient: int
    nobody_hears: tuple[str, ...] = field(default=())

    def counts(self) -> dict[str, int]:
        """The numbers alone, for the job page."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}


def raise_alerts(work: Work, *, stages: Sequence[Stage]) -> Sweep:
    """Close what is done or overtaken, raise the furthest stage each deadline has reached, and see that somebody hears.

    Safe to run at any time and any number of times. Writes one audit row.
    """
    reached = cutoffs(stages, work.now, work.law.holidays)
    closed = _close_what_ended(work) + _close_what_a_later_stage_replaces(work, stages, reached)
    raised = _raise(work, reached)
    rerouted = _follow_the_people(work)
    count, names = _unheard(work)
    sweep = Sweep(_count_live(work), raised, closed, rerouted, count, names)
    row = audit_row(work, subject_type="alerts", changes=sweep.counts(), action="alerts.raised")
    work.session.connection().execute(insert(AuditEvent).values(row))
    return sweep


def _close_what_ended(work: Work) -> int:
    has_passed = and_(deadlines.c.word == PASSES_BY_ITSELF, deadlines.c.act_by_at <= work.now)
    why = case(
        (deadlines.c.met_by_id.is_not(None), literal("met")),
        (deadlines.c.cancelled_at.is_not(None), literal("cancelled")),
        (deadlines.c.act_by_at != alerts.c.for_at, literal("moved")),
        else_=literal("passed"),
    )
    is_done = or_(deadlines.c.met_by_id.is_not(None), deadlines.c.cancelled_at.is_not(None))
    over = or_(is_done, deadlines.c.act_by_at != alerts.c.for_at, has_passed)
    return changed(work, update(alerts).where(of_its_deadline, is_open, over).values(closed_at=work.now, closed_because=why))


def _close_what_a_later_stage_replaces(work: Work, stages: Sequence[Stage], reached: Sequence[Cutoff]) -> int:
    overtaken = alert_stages.rank_reached(reached) > alert_stages.rank_raised(stages)
    found = update(alerts).where(of_its_deadline, is_open, alert_stages.has_reached_a_stage(reached), overtaken)
    return changed(work, found.values(closed_at=work.now, closed_because="superseded"))


def _raise(work: Work, reached: Sequence[Cutoff]) -> int:
    has_one = exists(select(alerts.c.id).where(of_its_deadline, is_open).correlate(deadlines))
    wanted = and_(alert_stages.is_live(work.now), alert_stages.has_reached_a_stage(reached), not_(has_one))
    route = alert_routes.routes(
        wanted, today=work.today, also={"stage": alert_stages.stage_reached(reached), "for_at": deadlines.c.act_by_at}
    )
    values = {
        "deadline_id": route.c.deadline_id,
        "stage": route.c.stage,
        "for_at": route.c.for_at,
        "recipient_id": route.c.recipient_id,
        "team_id": route.c.team_id,
        "raised_at": literal(work.now, alerts.c.raised_at.type),
        "escalation": literal(0),
        "snooze_reason": literal(""),
        "closed_because": literal(""),
    }
    rows = select(*values.values()).select_from(route).where(true()).order_by(route.c.deadline_id)
    insert_new: Callable[[Table], Any] = sqlite.insert if work.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert_new(alerts).from_select(list(values), rows, include_defaults=False)
    return changed(work, statement.on_conflict_do_nothing(index_elements=["deadline_id"], index_where=IS_NOT_CLOSED))


def _follow_the_people(work: Work) -> int:
    """Send open alerts to whoever answers for the deadline now, and reopen what was acknowledged by somebody who has gone or is away."""
    has_gone = and_(
        alerts.c.acknowledged_by_id.is_not(None), alerts.c.acknowledged_by_id.not_in(alert_routes.people_at_work(today=work.today))
    )
    changed(work, update(alerts).where(is_open, has_gone).values(acknowledged_at=null(), acknowledged_by_id=null()))
    current = alerts.alias("current")
    joined = deadlines.join(current, current.c.deadline_id == deadlines.c.id)
    to = alert_routes.routes(current.c.closed_at.is_(None), today=work.today, also={"alert_id": current.c.id}, joined=joined)
    differs = or_(alerts.c.recipient_id.is_distinct_from(to.c.recipient_id), alerts.c.team_id.is_distinct_from(to.c.team_id))
    moved = update(alerts).where(alerts.c.id == to.c.alert_id, differs)
    return changed(work, moved.values(recipient_id=to.c.recipient_id, team_id=to.c.team_id))


def _unheard(work: Work) -> tuple[int, tuple[str, ...]]:
    """How many open alerts nobody can hear of, and the references of the records. A sealed record is never named."""
    of_record = alerts.join(deadlines, of_its_deadline).join(records, records.c.id == deadlines.c.record_id)
    of_record = of_record.join(people, people.c.id == deadlines.c.person_id)
    unheard = and_(is_open, alerts.c.recipient_id.is_(None), alerts.c.team_id.is_(None))
    connection = work.session.connection()
    count = connection.scalar(select(func.count()).select_from(alerts).where(unheard)) or 0
    if not count:
        return 0, ()
    may_be_named = and_(records.c.access != Access.SEALED, people.c.access != Access.SEALED)
    names = select(records.c.reference).select_from(of_record).where(unheard, may_be_named).distinct()
    return count, tuple(connection.scalars(names.order_by(records.c.reference).limit(NAMED_AT_MOST)))


def _count_live(work: Work) -> int:
    return work.session.connection().scalar(select(func.count()).select_from(deadlines).where(alert_stages.is_live(work.now))) or 0


def changed(work: Work, statement: Executable) -> int:
    """Run one set-based statement; return how many rows it wrote. Core, because alerts are their own log."""
    connection = work.session.connection()
    written = connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount
    return written if written >= 0 else connection.scalar(select(func.changes())) or 0  # SQLite's driver counts none that begin with WITH

"""Raise and close alerts for every deadline at once: a handful of statements, whatever the number of records.

What is open afterwards depends on the deadlines and the furthest moment checked, never on how often this ran or what it
missed. Alerts are written by Core statements: they are their own log, and each run leaves one audit row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from orders_app.models import Alert, AlertMove, AuditEvent
from orders_app.models.audit import audit_row
from orders_app.models.deadlines import IS_NOT_CLOSED
from orders_app.queries import alert_routes, alert_stages
from orders_app.queries.alert_routes import deadlines, people, records
from orders_app.queries.availability import people_at_work, people_away, people_locked_out, users
from orders_app.queries.moments import NOW, OF_THE_RUN, TODAY, Values, ago, values_at
from orders_app.rules.access import Access
from orders_app.rules.alerting import PASSES_BY_ITSELF, Stage, WhyMoved, cutoffs
from orders_app.services.work import Work

alerts = cast(Table, Alert.__table__)
moves = cast(Table, AlertMove.__table__)
NAMED_AT_MOST = 20
KEPT_AT_MOST = 8  # one policy on one kind of database in earnest; tests have a few
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


@dataclass(frozen=True)
class _Statements:
    """What a run asks of the database, in this order; the moment is handed in (queries.moments)."""

    nothing_began_later: Executable
    close_what_ended: Executable
    close_what_a_later_stage_replaces: Executable
    raise_new: Executable
    note_what_moves: Executable
    follow_the_people: Executable
    count_live: Select[int]


def raise_alerts(work: Work, *, stages: Sequence[Stage]) -> Sweep:
    """Close what is done or overtaken, raise the furthest stage each deadline has reached, and see that somebody hears.

    Safe to run at any time and any number of times. Writes one audit row.
    """
    said = _statements(tuple(stages), work.session.get_bind().dialect.name)
    at = {
        **values_at(work.now, (stage.again_after for stage in stages)),
        **alert_stages.reached_at(cutoffs(stages, work.now, work.law.holidays)),
    }
    changed(work, said.nothing_began_later, at)
    closed = changed(work, said.close_what_ended, at) + changed(work, said.close_what_a_later_stage_replaces, at)
    raised = changed(work, said.raise_new, at)
    changed(work, said.note_what_moves, at)
    rerouted = changed(work, said.follow_the_people, at)
    unheard, names = _unheard(work)
    live = work.session.connection().scalar(said.count_live, at) or 0
    sweep = Sweep(live, raised, closed, rerouted, unheard, names)
    row = audit_row(work, subject_type="alerts", changes=sweep.counts(), action="alerts.raised")
    work.session.connection().execute(insert(AuditEvent).values(row))
    return sweep


@lru_cache(maxsize=KEPT_AT_MOST)
def _statements(stages: tuple[Stage, ...], dialect: str) -> _Statements:
    return _Statements(
        nothing_began_later=_nothing_began_later(),
        close_what_ended=_close_what_ended(),
        close_what_a_later_stage_replaces=_close_what_a_later_stage_replaces(stages),
        raise_new=_raise(stages, dialect),
        note_what_moves=_note_what_moves(stages, dialect),
        follow_the_people=_follow_the_people(),
        count_live=select(func.count()).select_from(deadlines).where(alert_stages.is_live(NOW)),
    )


def _nothing_began_later() -> Executable:
    """An alert that a run for a later day raised, or passed up, has waited since now: or nobody would hear of it until that day."""
    now_at_latest = {name: case((alerts.c[name] > NOW, NOW), else_=alerts.c[name]) for name in ("raised_at", "escalated_at")}
    return update(alerts).where(is_open, or_(alerts.c.raised_at > NOW, alerts.c.escalated_at > NOW)).values(**now_at_latest)


def _close_what_ended() -> Executable:
    has_passed = and_(deadlines.c.word == PASSES_BY_ITSELF, deadlines.c.act_by_at <= NOW)
    why = case(
        (deadlines.c.met_by_id.is_not(None), literal("met")),
        (deadlines.c.cancelled_at.is_not(None), literal("cancelled")),
        (deadlines.c.act_by_at != alerts.c.for_at, literal("moved")),
        else_=literal("passed"),
    )
    is_done = or_(deadlines.c.met_by_id.is_not(None), deadlines.c.cancelled_at.is_not(None))
    over = or_(is_done, deadlines.c.act_by_at != alerts.c.for_at, has_passed)
    return update(alerts).where(of_its_deadline, is_open, over).values(closed_at=NOW, closed_because=why)


def _close_what_a_later_stage_replaces(stages: Sequence[Stage]) -> Executable:
    overtaken = alert_stages.rank_reached(stages) > alert_stages.rank_raised(stages)
    found = update(alerts).where(of_its_deadline, is_open, alert_stages.has_reached_a_stage(stages), overtaken)
    return found.values(closed_at=NOW, closed_because="superseded")


def _raise(stages: Sequence[Stage], dialect: str) -> Executable:
    has_one = exists(select(alerts.c.id).where(of_its_deadline, is_open).correlate(deadlines))
    wanted = and_(alert_stages.is_live(NOW), alert_stages.has_reached_a_stage(stages), not_(has_one))
    also = {"stage": alert_stages.stage_reached(stages), "for_at": deadlines.c.act_by_at}
    route = alert_routes.routes(wanted, when=OF_THE_RUN, also=also)
    values = {
        "deadline_id": route.c.deadline_id,
        "stage": route.c.stage,
        "for_at": route.c.for_at,
        "recipient_id": route.c.recipient_id,
        "team_id": route.c.team_id,
        "raised_at": NOW,
        "escalation": literal(0),
        "snooze_reason": literal(""),
        "closed_because": literal(""),
    }
    rows = select(*values.values()).select_from(route).where(true()).order_by(route.c.deadline_id)
    statement = _insert(dialect)(alerts).from_select(list(values), rows, include_defaults=False)
    return cast(Executable, statement.on_conflict_do_nothing(index_elements=["deadline_id"], index_where=IS_NOT_CLOSED))


def _note_what_moves(stages: Sequence[Stage], dialect: str) -> Executable:
    """One row for each open alert that goes to somebody else, or whose acknowledgement no longer counts.

    Somebody who cannot sign in for an hour has not gone: what they acknowledged stays acknowledged.
    """
    former = users.alias("former")
    also = {
        "alert_id": alerts.c.id,
        "from_id": alerts.c.recipient_id,
        "from_team_id": alerts.c.team_id,
        "acknowledged_by_id": case((_counts_no_longer(stages), alerts.c.acknowledged_by_id), else_=null()),
        "was_raised_at": alerts.c.raised_at,
    }
    joined = deadlines.join(alerts, of_its_deadline)
    to = alert_routes.routes(is_open, when=OF_THE_RUN, also=also, joined=joined)
    opens_again = to.c.acknowledged_by_id.is_not(None)
    values = {
        **{name: to.c[name] for name in also},
        "to_id": to.c.recipient_id,
        "to_team_id": to.c.team_id,
        "moved_at": NOW,
        "because": _why(former.c.id, opens_again),
    }
    source = to.outerjoin(former, former.c.id == func.coalesce(to.c.acknowledged_by_id, to.c.from_id))
    is_elsewhere = or_(to.c.from_id.is_distinct_from(to.c.recipient_id), to.c.from_team_id.is_distinct_from(to.c.team_id))
    rows = select(*values.values()).select_from(source).where(or_(is_elsewhere, opens_again)).order_by(to.c.alert_id)
    statement = _insert(dialect)(moves).from_select(list(values), rows, include_defaults=False)
    again = {name: statement.excluded[name] for name in values if name not in ("alert_id", "moved_at")}
    return cast(Executable, statement.on_conflict_do_update(index_elements=["moved_at", "alert_id"], set_=again))


def _counts_no_longer(stages: Sequence[Stage]) -> ColumnElement[bool]:
    """Whoever acknowledged it is not here to answer for it; or it was long ago, and no later stage will say anything more."""
    is_long_ago = (
        and_(alert_stages.is_at(stage), alerts.c.acknowledged_at <= ago(stage.again_after)) for stage in stages if stage.again_after
    )
    return or_(alerts.c.acknowledged_by_id.not_in(people_at_work(today=TODAY)), *is_long_ago)


def _why(user_id: ColumnElement[Any], opens_again: ColumnElement[bool]) -> ColumnElement[str]:
    """Why somebody does not hear of an alert any more, or hears of it again; empty where they could, and nobody for nobody."""
    return case(
        (user_id.not_in(people_at_work()), literal(WhyMoved.LEFT.value)),
        (user_id.in_(people_away(TODAY)), literal(WhyMoved.AWAY.value)),
        (opens_again, literal(WhyMoved.SAID_AGAIN.value)),
        (user_id.in_(people_locked_out(NOW)), literal(WhyMoved.LOCKED_OUT.value)),
        else_=literal(""),
    )


def _follow_the_people() -> Executable:
    """Send open alerts where the rows of this run say.

    What somebody quietened who is not here speaks again, and whoever has it now has its whole time to answer. What is said
    again begins from the bottom.
    """
    is_where_it_was = and_(
        alerts.c.recipient_id.is_not_distinct_from(moves.c.from_id), alerts.c.team_id.is_not_distinct_from(moves.c.from_team_id)
    )
    is_said_again, is_given_on = moves.c.because == WhyMoved.SAID_AGAIN, moves.c.because.in_((WhyMoved.LEFT, WhyMoved.AWAY))
    changes = (
        (moves.c.acknowledged_by_id.is_not(None), {"acknowledged_at": null(), "acknowledged_by_id": null()}),
        (is_given_on, {"snoozed_until_on": null(), "snooze_reason": literal("")}),
        (is_said_again, {"escalation": literal(0), "escalated_at": null(), "escalated_to_id": null()}),
        (or_(is_said_again, and_(is_given_on, alerts.c.escalation == 0)), {"raised_at": NOW}),
    )
    changed_columns = {name: case((when, value), else_=alerts.c[name]) for when, values in changes for name, value in values.items()}
    moved = update(alerts).where(moves.c.alert_id == alerts.c.id, moves.c.moved_at == NOW, is_open, is_where_it_was)
    return moved.values(recipient_id=moves.c.to_id, team_id=moves.c.to_team_id, **changed_columns)


def _insert(dialect: str) -> Callable[[Table], Any]:
    return sqlite.insert if dialect == "sqlite" else postgresql.insert


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


def changed(work: Work, statement: Executable, at: Values) -> int:
    """Run one set-based statement for a moment; return how many rows it wrote. Core, because alerts are their own log."""
    connection = work.session.connection()
    written = connection.execute(statement, at, execution_options={"preserve_rowcount": True}).rowcount
    return written if written >= 0 else connection.scalar(select(func.changes())) or 0  # SQLite's driver counts none that begin with WITH

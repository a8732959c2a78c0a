"""What is open, compared with the rule whenever a run of the alerts has finished, while everybody goes on working."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, and_, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config.reference import Reference
from orders_app.models import Alert, AuditEvent, Deadline, JobRun, SignInThrottle
from orders_app.models.deadlines import IS_NOT_CLOSED
from orders_app.rules.alerting import Cutoff, cutoffs
from scheduler.runner import DONE, WITH_PROBLEMS
from scheduler.simulation.watch import Open, Watch
from tests.endurance.browser import Traffic


@dataclass
class Seen:
    """What all looks came to. `compared` counts deadlines, `left_out` those on records that somebody had just changed, and
    `locked_out` how often somebody was found who could not sign in.
    """

    looks: int = 0
    compared: int = 0
    left_out: int = 0
    locked_out: int = 0
    lost: int = 0
    doubled: int = 0
    early: int = 0
    unheard: int = 0
    named: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was wrong."""
        return not (self.lost or self.doubled or self.early or self.unheard)


class Onlooker:
    """Looks from outside, at one snapshot of the database each time."""

    def __init__(self, engine: Engine, reference: Reference, traffic: Traffic) -> None:
        self.engine = engine.execution_options(isolation_level="REPEATABLE READ")
        self.stages, self.holidays = reference.stages, reference.law.holidays
        self.watch = Watch(reference.stages, reference.law.holidays)
        self.traffic = traffic
        self.seen = Seen()
        self._last_run = 0
        self._suspected: dict[int, datetime] = {}

    def look(self) -> bool:
        """Compare once, where a run has finished since the last look. False where none has, or the database is away."""
        try:
            with Session(self.engine) as session:
                run = self._last_finished(session)
                if run is None or run.id == self._last_run:
                    return False
                self._last_run = run.id
                self._compare(session, run)
                return True
        except DBAPIError:
            return False

    def _last_finished(self, session: Session) -> JobRun | None:
        done = select(JobRun).where(JobRun.job == "raise_alerts", JobRun.outcome.in_((DONE, WITH_PROBLEMS)))
        return session.scalars(done.order_by(JobRun.finished_at.desc()).limit(1)).first()

    def _compare(self, session: Session, run: JobRun) -> None:
        assert run.finished_at is not None
        settled_at = min(run.started_at, self.traffic.since(run.started_at))
        moved = self._changed_since(session, settled_at)
        records = dict(session.execute(select(Deadline.id, Deadline.record_id)).all())
        standing: dict[int, list[str]] = {}
        for deadline_id, stage in session.execute(select(Alert.deadline_id, Alert.stage).where(IS_NOT_CLOSED)):
            standing.setdefault(deadline_id, []).append(stage)
        before, after = (self._open_at(session, at) for at in (run.started_at, run.finished_at))
        span = Span(cutoffs(self.stages, run.started_at, self.holidays), cutoffs(self.stages, run.finished_at, self.holidays))
        self.seen.looks += 1
        self._judge_who_hears(session, run, settled_at, {key for key, record_id in records.items() if record_id in moved})
        for deadline_id in before.keys() | after.keys() | standing.keys():
            if records[deadline_id] in moved:
                self.seen.left_out += 1
            else:
                self._judge(deadline_id, span, before.get(deadline_id), after.get(deadline_id), standing.get(deadline_id, []), run)

    def _judge_who_hears(self, session: Session, run: JobRun, settled_at: datetime, left_out: set[int]) -> None:
        """Nobody whose signing in was paused the whole run through is left to hear of anything.

        `settled_at`: what was done before is in the database. Of a wrong password that was still being looked at nobody knows.
        """
        throttle = SignInThrottle
        was_locked = (throttle.last_failed_at < settled_at, throttle.blocked_until_at > run.finished_at)
        locked_out = select(throttle.user_id).where(throttle.user_id.is_not(None), *was_locked)
        nobody = or_(and_(Alert.recipient_id.is_(None), Alert.team_id.is_(None)), Alert.recipient_id.in_(locked_out))
        for deadline_id in set(session.scalars(select(Alert.deadline_id).where(IS_NOT_CLOSED, nobody))) - left_out:
            self.seen.unheard += 1
            self.seen.named.append(f"run {run.id} ({run.started_at}): nobody heard of deadline {deadline_id}")
        self.seen.locked_out += len(session.scalars(locked_out).all())

    def _open_at(self, session: Session, at: datetime) -> dict[int, Open]:
        return {one.id: one for one in self.watch.open_deadlines(session, at)}

    def _judge(self, deadline_id: int, span: Span, before: Open | None, after: Open | None, stages: list[str], run: JobRun) -> None:
        self.seen.compared += 1
        allowed = span.stages_of(before, after)
        stage = stages[0] if stages else None
        if len(stages) > 1:
            self.seen.doubled += 1
        elif stage in allowed:
            self._suspected.pop(deadline_id, None)
            return
        elif stage is None or allowed != {None}:
            self.seen.lost += 1
        elif not self._is_still_early(deadline_id, run):
            return
        else:
            self.seen.early += 1
        self.seen.named.append(f"run {run.id} ({run.started_at}): deadline {deadline_id} was at one of {allowed}, its alerts said {stages}")

    def _is_still_early(self, deadline_id: int, run: JobRun) -> bool:
        """A scheduler that stood still just before its commit may raise what has passed meanwhile; the next run must put it right."""
        since = self._suspected.setdefault(deadline_id, run.finished_at or run.started_at)
        return run.started_at > since

    def _changed_since(self, session: Session, at: datetime) -> set[int | None]:
        """The records somebody has changed since then; what is done about an alert changes no stage."""
        changed = select(AuditEvent.record_id).where(AuditEvent.at >= at, AuditEvent.subject_type.in_(("deadlines", "events", "orders")))
        return set(session.scalars(changed.distinct()))


@dataclass(frozen=True)
class Span:
    """The time between the start of a run and its end, in which it worked at some moment."""

    first: list[Cutoff]
    last: list[Cutoff]

    def stages_of(self, before: Open | None, after: Open | None) -> set[str | None]:
        """The stages a deadline may have been at: those from the one it was at first to the one it was at last."""
        low, high = self._rank(self.first, before), self._rank(self.last, after or before)
        one = after or before
        between = {cutoff.stage for cutoff in self.last if one and _covers(cutoff, one) and low <= cutoff.rank <= high}
        return between | ({None} if low == 0 or after is None else set())

    def _rank(self, reached: list[Cutoff], one: Open | None) -> int:
        ranks = (cutoff.rank for cutoff in reached if one and _covers(cutoff, one) and one.act_by_at <= cutoff.at)
        return max(ranks, default=0)


def _covers(cutoff: Cutoff, one: Open) -> bool:
    return cutoff.covers(one.alert_class, one.record_type)

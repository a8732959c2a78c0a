"""What must be so after every run of the alerts, worked out from the rules alone and compared with the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from orders_app.models import Absence, Alert, Deadline, SignInThrottle, User
from orders_app.models.deadlines import IS_NOT_CLOSED
from orders_app.rules.alerting import PASSES_BY_ITSELF, AlertClass, Stage, cutoffs, furthest
from orders_app.rules.holidays import Holidays
from orders_app.rules.london import london_day

AHEAD = timedelta(days=140)
ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Open:
    """A deadline that nothing has met: its key, its class and type of record, and the moment to act by."""

    id: int
    alert_class: AlertClass
    record_type: str
    act_by_at: datetime


@dataclass
class Tally:
    """What was found wrong, and how late the latest alert was: in all, and while a scheduler was there to raise it."""

    lost: int = 0
    doubled: int = 0
    early: int = 0
    unheard: int = 0
    latest: timedelta = timedelta(0)
    latest_while_running: timedelta = timedelta(0)
    named: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was wrong."""
        return not (self.lost or self.doubled or self.early or self.unheard)


class Watch:
    """Looks at the deadlines and the alerts after every run."""

    def __init__(self, stages: tuple[Stage, ...], holidays: Holidays) -> None:
        self.stages, self.holidays = stages, holidays
        self.tally = Tally()
        self._known_since: dict[tuple[int, datetime], datetime] = {}
        self._last_alert = 0
        self._reached_from = lru_cache(maxsize=None)(self._worked_out)

    def open_deadlines(self, session: Session, now: datetime) -> list[Open]:
        """Every deadline that may still be warned of, noting since when it has stood at its moment."""
        is_over = and_(Deadline.word == PASSES_BY_ITSELF, Deadline.act_by_at <= now)
        rows = session.execute(
            select(Deadline.id, Deadline.alert_class, Deadline.record_type, Deadline.act_by_at).where(
                Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None), ~is_over
            )
        )
        found = [Open(row.id, AlertClass(row.alert_class), row.record_type, row.act_by_at) for row in rows]
        known = self._known_since
        self._known_since = {(one.id, one.act_by_at): known.get((one.id, one.act_by_at), now) for one in found}
        return found

    def next_stage_at(self, deadlines: Iterable[Open], now: datetime) -> datetime | None:
        """The next moment at which any of them reaches a stage."""
        coming = (
            at for one in deadlines for at in self._reached_from(one.alert_class, one.record_type, one.act_by_at).values() if at > now
        )
        return min(coming, default=None)

    def look(self, session: Session, now: datetime, up_since: datetime) -> None:
        """Compare what is open with what the rules say at `now`. `up_since` is when a scheduler last came back."""
        deadlines = self.open_deadlines(session, now)
        reached = cutoffs(self.stages, now, self.holidays)
        expected = {
            one.id: stage for one in deadlines if (stage := furthest(reached, one.alert_class, one.act_by_at, record_type=one.record_type))
        }
        standing = session.execute(select(Alert.deadline_id, Alert.stage).where(IS_NOT_CLOSED)).all()
        self._compare(expected, [(row.deadline_id, row.stage) for row in standing])
        self._count_unheard(session, now)
        self._measure(session, {one.id: one for one in deadlines}, up_since)

    def count_repeated(self, session: Session) -> None:
        """Count every alert that says again what an earlier one had said, though nothing had happened between."""
        again = (
            select(func.count() - 1)
            .where(Alert.closed_because.in_(("superseded", "")))
            .group_by(Alert.deadline_id, Alert.stage, Alert.for_at, Alert.closed_because)
        )
        repeated = again.having(func.count() > 1).subquery()
        self.tally.doubled += session.scalar(select(func.coalesce(func.sum(repeated.c[0]), 0))) or 0

    def _compare(self, expected: dict[int, str], standing: list[tuple[int, str]]) -> None:
        alerts = dict(standing)
        self.tally.doubled += len(standing) - len(alerts)
        for deadline_id, stage in expected.items():
            if alerts.get(deadline_id) != stage:
                self.tally.lost += 1
                self.tally.named.append(f"deadline {deadline_id} had reached {stage}, its alert said {alerts.get(deadline_id)}")
        self.tally.early += len(alerts.keys() - expected.keys())

    def _count_unheard(self, session: Session, now: datetime) -> None:
        today = london_day(now)
        away = select(Absence.user_id).where(Absence.from_on <= today, Absence.until_on >= today, Absence.taken_back_at.is_(None))
        paused = select(SignInThrottle.user_id).where(SignInThrottle.user_id.is_not(None), SignInThrottle.blocked_until_at > now)
        gone = select(User.id).where(or_(User.is_active.is_(False), User.id.in_(away), User.id.in_(paused)))
        nobody = or_(and_(Alert.recipient_id.is_(None), Alert.team_id.is_(None)), Alert.recipient_id.in_(gone))
        self.tally.unheard += session.scalar(select(func.count()).select_from(Alert).where(IS_NOT_CLOSED, nobody)) or 0

    def _measure(self, session: Session, deadlines: dict[int, Open], up_since: datetime) -> None:
        new = session.execute(
            select(Alert.id, Alert.deadline_id, Alert.stage, Alert.for_at, Alert.raised_at).where(Alert.id > self._last_alert)
        ).all()
        for row in new:
            self._last_alert = max(self._last_alert, row.id)
            one = deadlines.get(row.deadline_id)
            if one is None or one.act_by_at != row.for_at:
                continue
            reached = self._reached_from(one.alert_class, one.record_type, one.act_by_at)[row.stage]
            could_be_at = max(reached, self._known_since[one.id, one.act_by_at])
            self.tally.latest = max(self.tally.latest, row.raised_at - could_be_at)
            while_running = row.raised_at - max(could_be_at, up_since)
            self.tally.latest_while_running = max(self.tally.latest_while_running, while_running)

    def _worked_out(self, alert_class: AlertClass, record_type: str, act_by_at: datetime) -> dict[str, datetime]:
        """The first moment at which each stage of a deadline is reached, found by asking the rule."""
        mine = [stage for stage in self.stages if stage.covers(alert_class, record_type)]
        return {stage.name: self._first_moment(stage, act_by_at) for stage in mine}

    def _first_moment(self, stage: Stage, act_by_at: datetime) -> datetime:
        low, high = act_by_at - AHEAD, act_by_at + AHEAD
        while high - low > ONE_SECOND:
            middle = low + (high - low) / 2
            (cutoff,) = cutoffs([stage], middle, self.holidays)
            low, high = (low, middle) if act_by_at <= cutoff.at else (middle, high)
        return high

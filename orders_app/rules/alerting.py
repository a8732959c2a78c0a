"""The stages of an alert, and when each is reached.

A deadline has reached a stage once the moment to act by is no further away than the stage's lead. Turned round, every
deadline to act by at or before `cutoff` has reached it: one moment for each class and stage, worked out once for a
whole sweep. Asking `<=`, never `==`, is why a missed run is late and never lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from orders_app.rules.periods import LONDON, Holidays, HoursLeavingOut


class AlertClass(StrEnum):
    """Kinds of deadline that are warned of alike."""

    HOUR_CLOCK = "hour_clock"
    NOTIFICATION = "notification"
    SERVICE = "service"
    EXPIRY = "expiry"
    REVIEW = "review"


class LeadUnit(StrEnum):
    """What a lead is counted in. Countable hours leave out the days the hour clocks leave out."""

    DAYS = "days"
    COUNTABLE_HOURS = "countable_hours"
    DAYS_PAST = "days_past"


@dataclass(frozen=True)
class Stage:
    """A stage of one class of deadline, `lead` units before the moment to act by (or, in DAYS_PAST, after it).

    `rank` orders the stages: the furthest reached is the one that counts. `escalate_after` is how long it may stay
    unacknowledged before the supervisor hears.
    """

    alert_class: AlertClass
    name: str
    rank: int
    lead: int
    unit: LeadUnit
    escalate_after: timedelta


@dataclass(frozen=True)
class Cutoff:
    """Every open deadline of `alert_class` to act by at or before `at` (UTC) has reached `stage`."""

    alert_class: AlertClass
    stage: str
    rank: int
    at: datetime


def cutoffs(stages: Iterable[Stage], now: datetime, holidays: Holidays) -> list[Cutoff]:
    """Return the cut-off of every stage at the moment `now` (aware UTC)."""
    return [Cutoff(s.alert_class, s.name, s.rank, _cutoff(s, now, holidays)) for s in stages]


def stage_reached(stages: Iterable[Stage], alert_class: AlertClass, act_by_at: datetime, now: datetime, holidays: Holidays) -> str | None:
    """Return the name of the furthest stage a deadline has reached at `now`, or None before the first."""
    reached = [c for c in cutoffs(stages, now, holidays) if c.alert_class == alert_class and act_by_at <= c.at]
    return max(reached, key=lambda c: c.rank).stage if reached else None


def _cutoff(stage: Stage, now: datetime, holidays: Holidays) -> datetime:
    match stage.unit:
        case LeadUnit.COUNTABLE_HOURS:
            return HoursLeavingOut(stage.lead).ends_at(now, holidays)
        case LeadUnit.DAYS:
            return _midnight_ending(now, stage.lead)
        case LeadUnit.DAYS_PAST:
            return _midnight_ending(now, -stage.lead) if stage.lead else now


def _midnight_ending(now: datetime, days_on: int) -> datetime:
    day = now.astimezone(LONDON).date() + timedelta(days=days_on + 1)
    return datetime.combine(day, time(), LONDON).astimezone(UTC)

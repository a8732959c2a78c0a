"""The stages of an alert, and when each is reached.

A deadline has reached a stage once the moment to act by is no further away than the stage's lead. Turned round, every
deadline to act by at or before `cutoff` has reached it: one moment for each class and stage, worked out once for a
whole sweep. Asking `<=`, never `==`, is why a missed run is late and never lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from orders_app.rules.london import london_day, midnight_after
from orders_app.rules.periods import Holidays, HoursLeavingOut, OutsideTable

PASSES_BY_ITSELF = "until"  # a deadline said with this word is over when its moment comes, and nobody has failed
SOON_DAYS = 7
SHOWN_AHEAD_DAYS = 30
LONGEST_SNOOZE_DAYS, LONGEST_SNOOZE_OVERDUE_DAYS = 28, 7
A_MICROSECOND = timedelta(microseconds=1)
LEAST_BEFORE_DUTY_INSPECTOR = timedelta(hours=1)


class AlertClass(StrEnum):
    """Kinds of deadline that are warned of alike."""

    HOUR_CLOCK = "hour_clock"
    HEARING = "hearing"
    NOTIFICATION = "notification"
    SERVICE = "service"
    EXPIRY = "expiry"
    REVIEW = "review"


class LeadUnit(StrEnum):
    """What a lead is counted in. Countable hours leave out the days the hour clocks leave out."""

    DAYS = "days"
    COUNTABLE_HOURS = "countable_hours"
    DAYS_PAST = "days_past"


class Band(StrEnum):
    """How near a deadline is, in the three words every list uses."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


class WhyMoved(StrEnum):
    """Why a run sends an alert on or opens it again. Whoever left is not here any more, or does not work alerts any more.

    Said again is what was acknowledged long ago, at the last stage there is, and is still not met.
    """

    LEFT = "left"
    AWAY = "away"
    LOCKED_OUT = "locked_out"
    SAID_AGAIN = "said_again"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which deadlines something is for: those of a class, on records of `record_type`, or where that is empty of any but `but_types`."""

    alert_class: AlertClass
    record_type: str = ""
    but_types: frozenset[str] = frozenset()

    def covers(self, alert_class: AlertClass, record_type: str) -> bool:
        """Whether a deadline of this class, on a record of this type, is one of them."""
        is_type = record_type == self.record_type if self.record_type else record_type not in self.but_types
        return alert_class == self.alert_class and is_type


@dataclass(frozen=True, kw_only=True)
class Stage(Scope):
    """A stage of one class of deadline, `lead` units before the moment to act by (or, in DAYS_PAST, after it).

    `rank` orders the stages: the furthest reached is the one that counts. `escalate_after` is how long it may stay
    unacknowledged before the supervisor hears. After the last one nothing more would be said of what somebody acknowledged:
    it is opened again `again_after` each acknowledgement. Nought is never.
    """

    name: str
    rank: int
    lead: int
    unit: LeadUnit
    escalate_after: timedelta
    again_after: timedelta = timedelta(0)

    @property
    def is_overdue(self) -> bool:
        """Whether the moment to act by has gone when this stage is reached."""
        return self.unit is LeadUnit.DAYS_PAST

    @property
    def duty_inspector_after(self) -> timedelta:
        """How long the supervisor may be silent in turn: as long again as the officer, and never under an hour."""
        return max(self.escalate_after, LEAST_BEFORE_DUTY_INSPECTOR)


@dataclass(frozen=True, kw_only=True)
class Cutoff(Scope):
    """Every open deadline within the scope, to act by at or before `at` (UTC), has reached `stage`."""

    stage: str
    rank: int
    at: datetime


def policy_of(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return the stages with each told which types it is not for: a type with stages of its own for a class has only those."""
    stages = tuple(stages)
    own = {kind: frozenset(s.record_type for s in stages if s.alert_class is kind and s.record_type) for kind in AlertClass}
    return tuple(stage if stage.record_type else replace(stage, but_types=own[stage.alert_class]) for stage in stages)


def cutoffs(stages: Iterable[Stage], now: datetime, holidays: Holidays) -> list[Cutoff]:
    """Return the cut-off of every stage at the moment `now` (aware UTC)."""
    return [
        Cutoff(
            alert_class=s.alert_class, record_type=s.record_type, but_types=s.but_types,
            stage=s.name, rank=s.rank, at=_cutoff(s, now, holidays),
        )
        for s in stages
    ]  # fmt: skip


def last_stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return, of each scope, the last stage before the moment to act by, and those after it: where the law sets the date, officers
    are told of these whatever they chose.
    """
    by_scope: dict[tuple[AlertClass, str], list[Stage]] = {}
    for stage in stages:
        by_scope.setdefault((stage.alert_class, stage.record_type), []).append(stage)
    return tuple(stage for found in by_scope.values() for stage in found if stage.is_overdue or stage is _last_before(found))


def _last_before(stages: list[Stage]) -> Stage | None:
    return max((stage for stage in stages if not stage.is_overdue), key=lambda stage: stage.rank, default=None)


def stage_reached(
    stages: Iterable[Stage], alert_class: AlertClass, act_by_at: datetime, now: datetime, holidays: Holidays, *, record_type: str = ""
) -> str | None:
    """Return the name of the furthest stage a deadline has reached at `now`, or None before the first."""
    return furthest(cutoffs(stages, now, holidays), alert_class, act_by_at, record_type=record_type)


def furthest(reached: Iterable[Cutoff], alert_class: AlertClass, act_by_at: datetime, *, record_type: str = "") -> str | None:
    """The same, for a moment whose cut-offs are worked out already."""
    mine = [cutoff for cutoff in reached if cutoff.covers(alert_class, record_type) and act_by_at <= cutoff.at]
    return max(mine, key=lambda cutoff: cutoff.rank).stage if mine else None


def next_stage(
    stages: Iterable[Stage], alert_class: AlertClass, act_by_at: datetime, now: datetime, holidays: Holidays, *, record_type: str = ""
) -> tuple[Stage, date] | None:
    """Return the first stage that a deadline has not reached at `now`, and the London day on which it will; None after the last."""
    ahead = [stage for stage in stages if stage.covers(alert_class, record_type) and act_by_at > _cutoff(stage, now, holidays)]
    if not ahead:
        return None
    stage, on = min(ahead, key=lambda stage: stage.rank), london_day(now)
    while act_by_at > _cutoff(stage, midnight_after(on) - A_MICROSECOND, holidays):
        on += timedelta(days=1)
    return stage, on


def band_of(act_by_at: datetime, now: datetime) -> Band:
    """The band of a deadline: overdue once its moment has come, soon for today and the six days after it."""
    if act_by_at <= now:
        return Band.OVERDUE
    return Band.SOON if act_by_at <= soon_until(now) else Band.LATER


def soon_until(now: datetime) -> datetime:
    """The London midnight (UTC) that ends the band of deadlines due soon."""
    return midnight_ending(now, SOON_DAYS - 1)


def shown_until(now: datetime) -> datetime:
    """The London midnight (UTC) up to which deadlines are listed before any alert has been raised for them."""
    return midnight_ending(now, SHOWN_AHEAD_DAYS)


def midnight_ending(now: datetime, days_on: int) -> datetime:
    """The London midnight, in UTC, that ends the day `days_on` days from today."""
    return midnight_after(london_day(now) + timedelta(days=days_on))


@dataclass(frozen=True)
class Snoozing:
    """Until which day an alert may be quietened at most, and why no longer; or why it may not be quietened at all."""

    last_on: date | None = None
    because: str = ""
    refusal: str = ""


def snoozing(act_by_at: datetime, *, is_law: bool, next_statutory_on: date | None, now: datetime) -> Snoozing:
    """Say how long an alert may be quiet: never past a date that the law sets on the record, and never for long."""
    today = london_day(now)
    if is_law and act_by_at <= now:
        return Snoozing(refusal="It cannot be snoozed: the law set this date, and it has passed")
    if next_statutory_on and next_statutory_on <= today:
        return Snoozing(refusal="It cannot be snoozed: the law sets a date on this record today")
    days = LONGEST_SNOOZE_OVERDUE_DAYS if act_by_at <= now else LONGEST_SNOOZE_DAYS
    longest_on = today + timedelta(days=days)
    if next_statutory_on and next_statutory_on <= longest_on:
        return Snoozing(next_statutory_on, "the law sets a date on this record that day")
    overdue = " once the date has passed" if act_by_at <= now else ""
    return Snoozing(longest_on, f"an alert may be quiet for {days} days at most{overdue}")


def problems_with(stages: Iterable[Stage], record_types: Iterable[str] = ()) -> list[str]:
    """Say what makes a policy unusable: a class without stages, a type that no record has, and in any one scope no stage for
    when the deadline has passed, a last stage that is not said again, a name or rank used twice, or stages out of order.
    """
    by_scope: dict[tuple[AlertClass, str], list[Stage]] = {(alert_class, ""): [] for alert_class in AlertClass}
    for stage in stages:
        by_scope.setdefault((stage.alert_class, stage.record_type), []).append(stage)
    known = {"", *record_types}
    unknown = [f"{alert_class}: no record is of the type {code}" for alert_class, code in by_scope if code not in known]
    return unknown + [problem for (alert_class, code), found in by_scope.items() for problem in _problems_of(alert_class, code, found)]


def _problems_of(alert_class: AlertClass, record_type: str, stages: list[Stage]) -> Iterator[str]:
    of = f"{alert_class} of {record_type}" if record_type else alert_class
    if not any(stage.is_overdue for stage in stages):
        yield f"{of}: has no stage for when the deadline has passed"
    if stages and not max(stages, key=lambda stage: stage.rank).again_after:
        yield f"{of}: its last stage does not say after how many days it is said again"
    for column, values in (("rank", [str(s.rank) for s in stages]), ("stage", [s.name for s in stages])):
        yield from (f"{of}: {column} {value} is used more than once" for value, times in Counter(values).items() if times > 1)
    if any(stage.lead < 0 or min(stage.escalate_after, stage.again_after) < timedelta(0) for stage in stages):
        yield f"{of}: a lead, a time before escalation or before it is said again is below nought"
    leads = [_days_ahead(stage) for stage in sorted(stages, key=lambda s: s.rank)]
    if leads != sorted(leads, reverse=True):
        yield f"{of}: a stage of a higher rank comes no later than one of a lower rank"


def _days_ahead(stage: Stage) -> float:
    days = {LeadUnit.DAYS: stage.lead, LeadUnit.COUNTABLE_HOURS: stage.lead / 24, LeadUnit.DAYS_PAST: -stage.lead - 0.001}
    return days[stage.unit]


def _cutoff(stage: Stage, now: datetime, holidays: Holidays) -> datetime:
    match stage.unit:
        case LeadUnit.COUNTABLE_HOURS:
            return _countable_hours_on(stage.lead, now, holidays)
        case LeadUnit.DAYS:
            return midnight_ending(now, stage.lead)
        case LeadUnit.DAYS_PAST:
            return midnight_ending(now, -stage.lead) if stage.lead else now


def _countable_hours_on(hours: int, now: datetime, holidays: Holidays) -> datetime:
    """Past the end of the table no clock can have been worked out, so its end is far enough: too early rather than not at all."""
    try:
        return HoursLeavingOut(hours).ends_at(now, holidays)
    except OutsideTable:
        return max(now, midnight_after(holidays.covers_until))

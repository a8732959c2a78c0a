"""A duty's period counted from one start, on each reading of the law: the date worked to, and the one lateness is judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC

from orders_app.rules.counts import Count
from orders_app.rules.facts import Event
from orders_app.rules.holidays import Calendar, Holidays
from orders_app.rules.periods import ContinuedWhileAway, DaysAtLiberty, HoursBefore, HoursLeavingOut, Period
from orders_app.rules.readings import (
    Readings,
    clock_time_kept,
    cut_short,
    or_if_earlier,
    readings_of,
    two_periods,
    two_starts,
)
from orders_app.rules.spec import Duty, Start
from orders_app.rules.wording import day_words


class MissingTime(ValueError):
    """A clock in hours cannot run from an event of which only the day is known."""

    def __init__(self, duty: Duty, event: Event) -> None:
        self.duty_key = duty.key
        self.event_kind = event.kind
        kind = event.kind.replace("_", " ")
        super().__init__(f"Enter the time it was {kind} on {day_words(event.on)}: '{duty.title}' is counted in hours")


@dataclass(frozen=True)
class Reckoning:
    """`plain` is the count by the table of holidays as enacted; `safe` the earliest reading, to act by; `judged` the latest, by
    which lateness is judged. All three are the same where the law can be read one way only."""

    plain: Count
    safe: Count
    judged: Count

    @property
    def is_judged_otherwise(self) -> bool:
        """Whether lateness is judged by another date than the plain count gives."""
        return (self.judged.on, self.judged.at) != (self.plain.on, self.plain.at)


def reckon(duty: Duty, start: Start, holidays: Holidays) -> Reckoning | None:
    """The dates alone; None while the clock stands still. Raises MissingTime, and OutsideTable past the holiday table."""
    plain = _reached(duty, duty.period, start, holidays.statutory)
    safe = _reached(duty, duty.safe_period or duty.period, start, holidays.safe)
    if plain is None or safe is None:
        return None
    return Reckoning(plain, cut_short(safe, start), _judged(duty, start, plain, holidays))


def reckon_whole(duty: Duty, start: Start, holidays: Holidays) -> Reckoning:
    """The same with every step of each count, for a clock that is known not to stand still, as that of every deadline is."""
    plain = _whole(duty, duty.period, start, holidays.statutory)
    safe = _whole(duty, duty.safe_period or duty.period, start, holidays.safe)
    return Reckoning(plain, cut_short(safe, start), _judged(duty, start, plain, holidays))


def readings(duty: Duty, start: Start, found: Reckoning, holidays: Holidays) -> Readings:
    """Every reading side by side, and what they differ about; empty where there is one alone."""
    if start.later_on:
        return two_starts(start, found.judged, found.safe)
    if duty.safe_period:
        return two_periods(duty.period, duty.safe_period, found.plain, found.safe, duty.two_readings)
    if not isinstance(duty.period, HoursLeavingOut):
        return Readings()
    if start.not_after and start.not_after == found.safe.at:
        return or_if_earlier(start, found.judged, found.safe)
    return readings_of(found.plain, found.safe, _kept(duty.period, start, found.plain, holidays))


def _judged(duty: Duty, start: Start, plain: Count, holidays: Holidays) -> Count:
    """The latest reading: from the later start, or with the time on the clock kept, where the law can be read so."""
    if start.later_on:
        return _whole(duty, duty.period, replace(start, on=start.later_on), holidays.statutory)
    kept = _kept(duty.period, start, plain, holidays) if isinstance(duty.period, HoursLeavingOut) else None
    return kept or plain


def _kept(period: HoursLeavingOut, start: Start, plain: Count, holidays: Holidays) -> Count | None:
    return clock_time_kept(period, start, plain, holidays.statutory)


def _reached(duty: Duty, period: Period | None, start: Start, calendar: Calendar) -> Count | None:
    """The date alone; a count of whole days leaves nothing out, so its steps are not needed for it."""
    if period is None or isinstance(period, HoursLeavingOut | HoursBefore | DaysAtLiberty | ContinuedWhileAway):
        return _count(duty, period, start, calendar)
    return Count(period.last_day(start.on), None, ())


def _whole(duty: Duty, period: Period | None, start: Start, calendar: Calendar) -> Count:
    return _count(duty, period, start, calendar) or Count(start.on, None, ())


def _count(duty: Duty, period: Period | None, start: Start, calendar: Calendar) -> Count | None:
    """The whole count; None while the clock stands still and nobody knows until when."""
    match period:
        case None:
            return Count(start.on, start.at.astimezone(UTC) if start.at else None, ())
        case HoursLeavingOut():
            if start.at is None:
                raise MissingTime(duty, start.event)
            return period.count(start.at, calendar)
        case HoursBefore():
            return period.count(start.on, start.at)
        case DaysAtLiberty() | ContinuedWhileAway():
            return period.count(start.on, start.away)
    return period.count(start.on)

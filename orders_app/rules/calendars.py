"""What an officer's calendar says of a deadline: when, a reference and a link. No name, no duty, no court, no address.

Days are whole days in the calendar; the moments of hour clocks are quarters of an hour that end when the clock does, so that
one that ends at midnight stands on the day that it ends. RFC 5545, sections 3.6.1 (events) and 3.8.6 (alarms):
https://www.rfc-editor.org/rfc/rfc5545
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from orders_app.rules.alerting import midnight_ending
from orders_app.rules.london import last_day_before
from orders_app.rules.messages import Line
from orders_app.rules.wording import ONE_DAY

AHEAD_DAYS = 400  # a year, and the month in which next year's dates are planned
KEPT_CANCELLED = timedelta(days=60)
READ_EVERY = timedelta(minutes=15)  # hour clocks are to be seen within a quarter of an hour
NO_LONGER_DUE = "No longer due"
SHOWN_FOR = timedelta(minutes=15)
HOUR_CLOCK_ALARM = SHOWN_FOR - timedelta(hours=1)  # counted from where the entry begins: an hour before the clock ends
MORNING_ALARM = timedelta(hours=8)


@dataclass(frozen=True)
class Span:
    """From when to when an entry stands in the calendar. Two days (the second left out) or two moments (UTC)."""

    starts: date | datetime
    ends: date | datetime


@dataclass(frozen=True)
class Due:
    """An open deadline as a calendar is told of it. `number` tells it from others of its record in addresses."""

    deadline_id: int
    reference: str
    number: int
    act_by_at: datetime
    is_hour_clock: bool
    is_law: bool

    @property
    def summary(self) -> str:
        """DVPO-2026-0042: due."""
        return f"{self.reference}: due"

    @property
    def path(self) -> str:
        """The address of the deadline's page, without the program's own."""
        return Line(self.reference, self.number, self.act_by_at).link("")

    @property
    def alarm(self) -> timedelta | None:
        """How long after the entry's beginning (below nought: before it) a calendar may ring; none for what no law sets."""
        if self.is_hour_clock:
            return HOUR_CLOCK_ALARM
        return MORNING_ALARM if self.is_law else None

    @property
    def digest(self) -> str:
        """The same for the same words at the same time, and another for anything else said."""
        span = span_of(self.act_by_at, is_hour_clock=self.is_hour_clock)
        said = (self.summary, self.path, span.starts.isoformat(), span.ends.isoformat(), str(self.alarm))
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def span_of(act_by_at: datetime, *, is_hour_clock: bool) -> Span:
    """Where in the calendar a deadline stands that is to be met by an instant (aware UTC)."""
    if is_hour_clock:
        return Span(act_by_at - SHOWN_FOR, act_by_at)
    day = last_day_before(act_by_at)
    return Span(day, day + ONE_DAY)


def told_until(now: datetime) -> datetime:
    """The London midnight (UTC) up to which a calendar is told of deadlines."""
    return midnight_ending(now, AHEAD_DAYS)

"""Days and moments in London: the calendar day of an instant, and the midnights between days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from orders_app.rules.wording import LONDON, ONE_DAY


def london_day(at: datetime) -> date:
    """Return the calendar day in London of an aware instant."""
    return at.astimezone(LONDON).date()


def midnight_after(day: date) -> datetime:
    """Return the instant, in UTC, at which a London day ends."""
    return datetime.combine(day + ONE_DAY, time(), LONDON).astimezone(UTC)


def last_day_before(end: datetime) -> date:
    """Return the last London day with any time before an instant: what ends at midnight ends at 24:00 of the day before."""
    return london_day(end - timedelta(microseconds=1))

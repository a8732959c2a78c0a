"""Periods counted in hours: forwards, leaving days out, and backwards from a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from orders_app.rules.counts import Count, CountLine, LeftOut
from orders_app.rules.holidays import LeavesOut
from orders_app.rules.london import last_day_before, london_day, midnight_after
from orders_app.rules.wording import LONDON, at_words, length_words, short_day_words


@dataclass(frozen=True)
class HoursLeavingOut:
    """'48 hours after': the clock stands still on Sundays, Christmas Day, Good Friday and, unless told otherwise, bank holidays.

    A start inside a left-out day begins to run at 00:00 of the next day that counts: the earlier of the two readings.
    `strictly_before` is for 'before the end of the period of 24 hours beginning with': the last moment itself is too late.
    """

    hours: int
    strictly_before: bool = False
    bank_holidays_too: bool = True

    def ends_at(self, start: datetime, calendar: LeavesOut) -> datetime:
        """The last moment, in UTC. Raises OutsideTable when the clock runs past the table."""
        return self.count(start, calendar).at or start

    def count(self, start: datetime, calendar: LeavesOut) -> Count:
        """Walks the days as the law does, keeping each step."""
        lines: list[CountLine] = []
        left_out: list[LeftOut] = []
        whole = left = timedelta(hours=self.hours)
        here = start.astimezone(UTC)
        while left:
            day, midnight = _day_and_its_end(here)
            name = calendar.left_out(day, bank_holidays_too=self.bank_holidays_too)
            if name:
                left_out.append(LeftOut(day, name))
                lines.append(_left_out_line(here, midnight, name, whole - left))
            else:
                used = min(left, midnight - here)
                left -= used
                lines.append(_counted_line(here, here + used, used, whole - left))
                midnight = here + used
            here = midnight
        return Count(last_day_before(here), here, tuple(lines), tuple(left_out))

    def __str__(self) -> str:
        return f"{self.hours} hours {'beginning with' if self.strictly_before else 'after'}"


@dataclass(frozen=True)
class HoursBefore:
    """'not less than 12 hours before that date': back from the moment where it is known, else from the beginning of the day.

    `of_the_day` counts from the beginning of the day even where the moment is known: the earlier reading.
    """

    hours: int
    of_the_day: bool = False

    def count(self, day: date, at: datetime | None) -> Count:
        """The last moment, in UTC, and how it was reached. Nothing is left out."""
        begins = datetime.combine(day, time(), LONDON)
        back_from = begins if at is None or self.of_the_day else at
        last = back_from.astimezone(UTC) - timedelta(hours=self.hours)
        lines = (
            CountLine(at_words(back_from), "the moment counted back from"),
            CountLine(at_words(last), f"{self.hours} hours earlier"),
        )
        return Count(london_day(last), last, lines)

    def __str__(self) -> str:
        return f"{self.hours} hours before{' the beginning of' if self.of_the_day else ''}"


def _day_and_its_end(here: datetime) -> tuple[date, datetime]:
    day = london_day(here)
    return day, midnight_after(day)


def _counted_line(start: datetime, end: datetime, used: timedelta, total: timedelta) -> CountLine:
    day = london_day(start)
    what = f"counts: {length_words(used)}, total {length_words(total)}"
    return CountLine(short_day_words(day), what, _span(start, end), length_words(used), length_words(total))


def _left_out_line(start: datetime, end: datetime, name: str, total: timedelta) -> CountLine:
    day = london_day(start)
    return CountLine(short_day_words(day), f"left out: {name}", _span(start, end), "0", length_words(total), is_left_out=True)


def _span(start: datetime, end: datetime) -> str:
    local_end = end.astimezone(LONDON)
    until = "24:00" if local_end.time() == time() else f"{local_end:%H:%M}"
    return f"{start.astimezone(LONDON):%H:%M} to {until}"

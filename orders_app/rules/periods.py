"""How long the law gives. One class for each statutory way of counting, named after its wording."""

from __future__ import annotations

import calendar as gregorian
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from orders_app.rules.away import ContinuedWhileAway, DaysAtLiberty
from orders_app.rules.counts import Count, CountLine, LeftOut
from orders_app.rules.holidays import Holidays, OutsideTable
from orders_app.rules.hour_periods import HoursBefore, HoursLeavingOut
from orders_app.rules.wording import LONDON, ONE_DAY, day_words, months_words, short_day_words

__all__ = [
    "LONDON",
    "ContinuedWhileAway",
    "Count",
    "CountLine",
    "DayPeriod",
    "DaysAfter",
    "DaysAtLiberty",
    "DaysBefore",
    "DaysBeginningWith",
    "Holidays",
    "HoursBefore",
    "HoursLeavingOut",
    "LeftOut",
    "MonthsAfter",
    "MonthsBefore",
    "MonthsBeginningWith",
    "OutsideTable",
    "Period",
    "WeeksBefore",
]

SHOWN_IN_FULL = 7  # a longer count of days shows its first and last days only


class _Days(ABC):
    """What all periods of whole days share: nothing is left out, and the last day ends at 24:00."""

    @abstractmethod
    def last_day(self, start: date) -> date:
        """The last day of the period."""

    @abstractmethod
    def lines(self, start: date) -> Iterator[CountLine]:
        """The steps of the count, to be shown."""

    def count(self, start: date) -> Count:
        return Count(self.last_day(start), None, tuple(self.lines(start)))


@dataclass(frozen=True)
class DaysBeginningWith(_Days):
    """'within the period of 3 days beginning with the day': that day is day 1."""

    days: int

    def last_day(self, start: date) -> date:
        return start + timedelta(days=self.days - 1)

    def lines(self, start: date) -> Iterator[CountLine]:
        return _day_lines(start, self.days)

    def __str__(self) -> str:
        return f"{_days(self.days)} beginning with"


@dataclass(frozen=True)
class DaysAfter(_Days):
    """'within 7 days after the day': the day itself does not count."""

    days: int

    def last_day(self, start: date) -> date:
        return start + timedelta(days=self.days)

    def lines(self, start: date) -> Iterator[CountLine]:
        yield CountLine(short_day_words(start), "not counted: the period is after this day")
        yield from _day_lines(start + ONE_DAY, self.days)

    def __str__(self) -> str:
        return f"{_days(self.days)} after"


@dataclass(frozen=True)
class DaysBefore(_Days):
    """'not less than 7 days before the date': the day that many days earlier is the last day."""

    days: int

    def last_day(self, start: date) -> date:
        return start - timedelta(days=self.days)

    def lines(self, start: date) -> Iterator[CountLine]:
        yield CountLine(short_day_words(start), "the day counted back from")
        yield CountLine(day_words(self.last_day(start)), f"{_days(self.days)} earlier")

    def __str__(self) -> str:
        return f"{_days(self.days)} before"


@dataclass(frozen=True)
class WeeksBefore(_Days):
    """'12 weeks before the end'. A local review point, not a statutory wording."""

    weeks: int

    def last_day(self, start: date) -> date:
        return start - timedelta(weeks=self.weeks)

    def lines(self, start: date) -> Iterator[CountLine]:
        yield CountLine(short_day_words(start), "the day counted back from")
        yield CountLine(day_words(self.last_day(start)), f"{self.weeks} weeks earlier")

    def __str__(self) -> str:
        return f"{self.weeks} weeks before"


@dataclass(frozen=True)
class MonthsBeginningWith(_Days):
    """'2 years beginning with the day': ends the day before the corresponding date, or at the month's end where there is none."""

    months: int

    def last_day(self, start: date) -> date:
        match = _corresponding(start, self.months)
        return match - ONE_DAY if match else _month_end(start, self.months)

    def lines(self, start: date) -> Iterator[CountLine]:
        yield CountLine(day_words(start), "day 1")
        match = _corresponding(start, self.months)
        if match:
            yield CountLine(day_words(match), f"the corresponding date {months_words(self.months)} on: outside the period")
            yield CountLine(day_words(match - ONE_DAY), "the last day, ends at 24:00")
        else:
            yield _no_match(start, self.months)

    def __str__(self) -> str:
        return f"{months_words(self.months)} beginning with"


@dataclass(frozen=True)
class MonthsAfter(_Days):
    """'within one year after the day': the day itself does not count, so the corresponding date is the last day."""

    months: int

    def last_day(self, start: date) -> date:
        return _corresponding(start, self.months) or _month_end(start, self.months)

    def lines(self, start: date) -> Iterator[CountLine]:
        yield CountLine(day_words(start), "not counted: the period is after this day")
        match = _corresponding(start, self.months)
        yield _corresponding_line(match) if match else _no_match(start, self.months)

    def __str__(self) -> str:
        return f"{months_words(self.months)} after"


@dataclass(frozen=True)
class MonthsBefore(_Days):
    """'9 months before the end'. A local review point, not a statutory wording."""

    months: int

    def last_day(self, start: date) -> date:
        return _corresponding(start, -self.months) or _month_end(start, -self.months)

    def lines(self, start: date) -> Iterator[CountLine]:
        yield CountLine(day_words(start), "the day counted back from")
        yield CountLine(day_words(self.last_day(start)), f"{months_words(self.months)} earlier")

    def __str__(self) -> str:
        return f"{months_words(self.months)} before"


DayPeriod = DaysBeginningWith | DaysAfter | DaysBefore | WeeksBefore | MonthsBeginningWith | MonthsAfter | MonthsBefore
Period = DayPeriod | HoursLeavingOut | HoursBefore | DaysAtLiberty | ContinuedWhileAway


def _day_lines(start: date, days: int) -> Iterator[CountLine]:
    shown = range(1, days + 1) if days <= SHOWN_IN_FULL else (1, days)
    for number in shown:
        ending = ", ends at 24:00" if number == days else ""
        yield CountLine(short_day_words(start + timedelta(days=number - 1)), f"day {number}{ending}")


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _month_reached(start: date, months: int) -> tuple[int, int]:
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return year, month0 + 1


def _corresponding(start: date, months: int) -> date | None:
    """The same day of the month that many months on, where that month has one."""
    year, month = _month_reached(start, months)
    return date(year, month, start.day) if start.day <= gregorian.monthrange(year, month)[1] else None


def _month_end(start: date, months: int) -> date:
    year, month = _month_reached(start, months)
    return date(year, month, gregorian.monthrange(year, month)[1])


def _corresponding_line(match: date) -> CountLine:
    return CountLine(day_words(match), "the corresponding date is the last day, ends at 24:00")


def _no_match(start: date, months: int) -> CountLine:
    last = _month_end(start, months)
    return CountLine(day_words(last), f"the last day, ends at 24:00: {last:%B %Y} has no day {start.day}")

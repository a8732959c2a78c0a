"""Time that does not count because somebody is in custody, in hospital or abroad, and the periods that stand still for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from orders_app.rules.counts import Count, CountLine, LeftOut
from orders_app.rules.wording import ONE_DAY, day_words


@dataclass(frozen=True)
class Away:
    """Days that do not count, from the first to the day on which it ended, which counts again; None while it goes on."""

    from_on: date
    until_on: date | None
    what: str

    def covers(self, day: date) -> bool:
        """Whether the day does not count."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def left_out(self) -> LeftOut | None:
        """The span as days left out, once it is over."""
        return LeftOut(self.from_on, self.what, self.until_on - ONE_DAY) if self.until_on else None


class CountedInDays(Protocol):
    """A period of whole days, as rules.periods has them."""

    def last_day(self, start: date) -> date: ...
    def count(self, start: date) -> Count: ...


@dataclass(frozen=True)
class DaysAtLiberty:
    """'within the period of 3 days beginning with', where time in custody, in hospital or abroad is disregarded."""

    days: int

    def count(self, start: date, away: Sequence[Away]) -> Count | None:
        """The last of the days that count; None while the clock stands still and nobody knows until when."""
        lines: list[CountLine] = []
        left_out: list[LeftOut] = []
        day, number = start, 0
        while number < self.days:
            span = span_over(away, day)
            if span is None:
                number += 1
                lines.append(_day_line(day, number, self.days))
                day += ONE_DAY
            elif span.until_on is None or span.left_out is None:
                return None
            else:
                left_out.append(span.left_out)
                lines.append(_left_out_line(day, span.until_on, span.what))
                day = span.until_on
        return Count(day - ONE_DAY, None, tuple(lines), tuple(left_out))

    def __str__(self) -> str:
        return f"{self.days} days beginning with"


@dataclass(frozen=True)
class ContinuedWhileAway:
    """'within one year after', treated as going on to the end of 3 days from return where it would end while somebody is away."""

    period: CountedInDays
    days: int = 3

    def count(self, start: date, away: Sequence[Away]) -> Count | None:
        """The last day; None while the period goes on because somebody is away and nobody knows until when."""
        own = self.period.count(start)
        span = span_over(away, own.on)
        if span is None:
            return own
        if span.until_on is None:
            return None
        last = span.until_on + timedelta(days=self.days - 1)
        return Count(last, None, (*own.lines, *self._continued(span, span.until_on)), (span.left_out,) if span.left_out else ())

    def _continued(self, span: Away, back_on: date) -> Iterator[CountLine]:
        yield _left_out_line(span.from_on, back_on, f"{span.what}, so the period goes on")
        yield from (_day_line(back_on + timedelta(days=n - 1), n, self.days) for n in range(1, self.days + 1))

    def __str__(self) -> str:
        return str(self.period)


def span_over(away: Iterable[Away], day: date) -> Away | None:
    """The time away that the day falls in."""
    return next((span for span in away if span.covers(day)), None)


def _day_line(day: date, number: int, days: int) -> CountLine:
    return CountLine(day_words(day), f"day {number}{', ends at 24:00' if number == days else ''}")


def _left_out_line(first: date, back_on: date, what: str) -> CountLine:
    return CountLine(f"{day_words(first)} to {day_words(back_on - ONE_DAY)}", f"not counted: {what}", is_left_out=True)

"""How to check a date with a calendar and a pencil: the steps, in the order in which a hand would take them."""

from __future__ import annotations

from orders_app.rules.away import CountedInDays
from orders_app.rules.counts import Count
from orders_app.rules.periods import (
    ContinuedWhileAway,
    DayPeriod,
    DaysAfter,
    DaysAtLiberty,
    DaysBefore,
    DaysBeginningWith,
    HoursBefore,
    HoursLeavingOut,
    MonthsAfter,
    MonthsBefore,
    MonthsBeginningWith,
    Period,
    WeeksBefore,
)
from orders_app.rules.spec import Start
from orders_app.rules.wording import LONDON, at_words, day_words, listed, months_words

EVERY_DAY = "Saturdays, Sundays and bank holidays too"


def by_hand(period: Period | None, start: Start, count: Count, left_out: str) -> tuple[str, ...]:
    """The steps from the start to the date. `left_out` names the days that the rule leaves out, for an hour clock."""
    match period:
        case None:
            return ("Read the date from what was recorded. Nothing is counted",)
        case HoursLeavingOut():
            return _hours(start, count, left_out)
        case HoursBefore():
            return tuple(f"{line.when}: {line.what}" for line in count.lines)
        case DaysAtLiberty(days):
            return _at_liberty(days, start, count)
        case ContinuedWhileAway(period=own):
            return _continued(own, start, count)
    return _whole_days(period, start, count)


def _whole_days(period: DayPeriod, start: Start, count: Count) -> tuple[str, ...]:
    match period:
        case DaysBeginningWith(days):
            return (f"Find {day_words(start.on)} in a calendar. It is day 1", *_counted_on(days, count))
        case DaysAfter(days):
            return (f"Find {day_words(start.on)} in a calendar. It does not count. The day after it is day 1", *_counted_on(days, count))
        case DaysBefore() | WeeksBefore() | MonthsBefore():
            return (f"Find {day_words(start.on)} in a calendar", f"Go back {_length(period)}: {day_words(count.on)}", *_ends(count))
        case MonthsBeginningWith(months) | MonthsAfter(months):
            return (*_same_date(period, months, start), f"That is {day_words(count.on)}", *_ends(count))


def _hours(start: Start, count: Count, left_out: str) -> tuple[str, ...]:
    begun = start.at or count.at
    counted = [line for line in count.lines if not line.is_left_out]
    parts = listed([f"{line.used} on {line.when}" for line in counted])
    return (
        f"Write down the start: {at_words(begun) if begun else day_words(start.on)}",
        f"Strike out {left_out}",
        f"Count the hours of the days that are left: {parts}. Together {counted[-1].total}",
        f"The last of them ends on {at_words(count.at) if count.at else day_words(count.on)}",
        _clock_change(count, start),
    )


def _at_liberty(days: int, start: Start, count: Count) -> tuple[str, ...]:
    struck = listed([f"{day_words(span.on)} to {day_words(span.until or span.on)} ({span.name})" for span in count.left_out])
    return (
        f"Find {day_words(start.on)} in a calendar",
        f"Strike out the days away: {struck}" if struck else "Strike out the days away: none",
        f"Count the days that are left, {EVERY_DAY}, up to day {days}: {day_words(count.on)}",
        *_ends(count),
    )


def _continued(own: CountedInDays, start: Start, count: Count) -> tuple[str, ...]:
    own_last_day = own.last_day(start.on)
    counted = f"Find {day_words(start.on)} in a calendar, and the last day of the period of {own} it: {day_words(own_last_day)}"
    if count.on == own_last_day:
        return counted, *_ends(count)
    return counted, f"The person was away on that day. Count 3 days from the return: {day_words(count.on)}", *_ends(count)


def _clock_change(count: Count, start: Start) -> str:
    before, after = (moment.astimezone(LONDON).utcoffset() if moment else None for moment in (start.at, count.at))
    if before == after:
        return "The clocks do not change between the two, so no hour is lost or gained"
    return "The clocks change in the night before a Sunday in between, which is left out, so the time on the clock stays the same"


def _counted_on(days: int, count: Count) -> tuple[str, ...]:
    return (f"Count every day, {EVERY_DAY}, up to day {days}: {day_words(count.on)}", *_ends(count))


def _ends(count: Count) -> tuple[str, ...]:
    return (f"{day_words(count.on)} ends at midnight, written 24:00",)


def _length(period: DaysBefore | WeeksBefore | MonthsBefore) -> str:
    if isinstance(period, MonthsBefore):
        return f"{months_words(period.months)} to the same date of the month, or to the end of the month where it has none"
    return f"{period.weeks} weeks to the same day of the week" if isinstance(period, WeeksBefore) else _days(period.days)


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _same_date(period: MonthsBeginningWith | MonthsAfter, months: int, start: Start) -> tuple[str, ...]:
    found = f"Find {day_words(start.on)}, and the same date {months_words(months)} on"
    which = "The day before it is the last day" if isinstance(period, MonthsBeginningWith) else "It is itself the last day"
    return found, f"{which}. Where that month has no such date, its own last day is the last day"

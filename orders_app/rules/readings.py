"""Where the law can be read two ways: each reading worked out whole, which one to work to, and which one lateness is judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from orders_app.rules.counts import Count, CountLine, LeftOut
from orders_app.rules.holidays import Calendar, OutsideTable
from orders_app.rules.london import london_day
from orders_app.rules.periods import HoursLeavingOut, Period
from orders_app.rules.spec import Start
from orders_app.rules.wording import LONDON, ONE_DAY, at_words, day_words, end_of_day_words, listed, short_day_words

WORK_TO = "Work to this one"
JUDGE_BY = "Lateness is judged by this one"
NEITHER = "Neither worked to nor judged by"


@dataclass(frozen=True)
class Reading:
    """One way of reading the law: what it does, the date it gives, the count, and what the date is good for."""

    name: str
    answer: str
    on: date
    at: datetime | None
    counting: tuple[CountLine, ...]
    use: str


@dataclass(frozen=True)
class Readings:
    """All readings of one clock, the earliest last, and in words what they differ about. Empty where there is one alone."""

    each: tuple[Reading, ...] = ()
    about: tuple[str, ...] = ()


def readings_of(statutory: Count, safe: Count, kept: Count | None) -> Readings:
    """The readings of an hour clock: bank holidays that are unsure, and a start inside a day that is left out.

    `kept` is the count that keeps the time on the clock, None for any other start.
    """
    differs = statutory.at != safe.at
    if not differs and kept is None:
        return Readings()
    unsure = _unsure_days(statutory, safe)
    each, about = [], []
    if kept:
        each.append(_reading("The time on the clock is kept", kept, JUDGE_BY))
        about.append(_about_start(statutory, kept))
    if differs:
        each.append(_reading(f"{unsure} left out", statutory, NEITHER if kept else JUDGE_BY))
        about.append(_about_days(unsure, statutory, safe))
    name = f"{unsure} counted" if differs else "The hours start at 00:00"
    return Readings((*each, _reading(name, safe, WORK_TO)), tuple(about))


def two_starts(start: Start, judged: Count, safe: Count) -> Readings:
    """The readings of a period that may begin a day later: the earlier start is worked to."""
    later_on = day_words(start.later_on) if start.later_on else ""
    later = _reading(f"Counted from {later_on}", judged, JUDGE_BY)
    return Readings((later, _reading(f"Counted from {day_words(start.on)}", safe, WORK_TO)), (start.unsure,))


def or_if_earlier(start: Start, judged: Count, safe: Count) -> Readings:
    """A clock that the Act ends earlier where something else comes first: that is worked to, the clock is judged by."""
    later = _reading("The hours of the clock", judged, JUDGE_BY)
    return Readings((later, _reading("Whichever is earlier", safe, WORK_TO)), (start.unsure,))


def cut_short(count: Count, start: Start) -> Count:
    """The count, ended by what the Act says comes before its end, where that is known and earlier."""
    if start.not_after is None or count.at is None or start.not_after >= count.at:
        return count
    at = start.not_after.astimezone(UTC)
    line = CountLine(at_words(at), "ends here: the Act says so where this is earlier")
    return replace(count, on=london_day(at), at=at, lines=(*count.lines, line))


def two_periods(period: Period | None, safe_period: Period, statutory: Count, safe: Count, about: str) -> Readings:
    """The readings of a period whose length itself can be read two ways: the stricter one is worked to."""
    later = _reading(f"Counted as {period}", statutory, JUDGE_BY)
    return Readings((later, _reading(f"Counted as {safe_period}", safe, WORK_TO)), (about,))


def moment_words(count: Count) -> str:
    """The date as read aloud: a clock time, or 24:00 of a day."""
    return at_words(count.at) if count.at else end_of_day_words(count.on)


def left_out_words(day: LeftOut) -> str:
    """Sunday 22 November; Friday 3 April (Good Friday); 3 May 2026 to 9 May 2026, with their weekdays (on remand)."""
    if day.until:
        return f"{day_words(day.on)} to {day_words(day.until)} ({day.name})"
    said = short_day_words(day.on)
    return said if day.name == "Sunday" else f"{said} ({day.name})"


def _reading(name: str, count: Count, use: str) -> Reading:
    return Reading(name, moment_words(count), count.on, count.at, count.lines, use)


def _unsure_days(statutory: Count, safe: Count) -> str:
    unsure = {day.on: day for day in statutory.left_out if day not in safe.left_out}
    return listed([short_day_words(day) for day in unsure])


def _about_days(unsure: str, statutory: Count, safe: Count) -> str:
    names = listed(list(dict.fromkeys(day.name for day in statutory.left_out if day not in safe.left_out)))
    return (
        f"{unsure} may or may not be a day to leave out ({names}). If it is left out, the time runs to {moment_words(statutory)}; "
        f"if it counts, to {moment_words(safe)}. Act by the earlier: it is in time on either reading."
    )


def _about_start(earlier: Count, kept: Count) -> str:
    running = next(line for line in earlier.lines if not line.is_left_out)
    return (
        f"The clock would start inside a day that is left out. Orderwatch starts it at 00:00 on {running.when}, the first day that counts. "
        f"The Act can also be read to keep the time on the clock, which would give {moment_words(kept)}. No court is known to have said "
        "which is right. Act by the earlier: it is in time on either reading."
    )


def clock_time_kept(period: HoursLeavingOut, start: Start, statutory: Count, calendar: Calendar) -> Count | None:
    """The later reading of a start inside a left-out day: the same time on the first day that counts. None for any other start."""
    if start.at is None or not statutory.lines[0].is_left_out:
        return None
    skipped = statutory.lines[: _first_counted(statutory)]
    last_skipped = statutory.left_out[len(skipped) - 1].on
    local = start.at.astimezone(LONDON)
    try:
        count = period.count(datetime.combine(last_skipped + ONE_DAY, local.time(), LONDON), calendar)
    except OutsideTable:
        return None
    return replace(count, lines=skipped + count.lines, left_out=statutory.left_out[: len(skipped)] + count.left_out)


def _first_counted(count: Count) -> int:
    return next(number for number, line in enumerate(count.lines) if not line.is_left_out)

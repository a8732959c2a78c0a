"""Where the law can be read two ways: each reading worked out whole, which one to work to, and which one lateness is judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from orders_app.rules.counts import Count, CountLine, LeftOut
from orders_app.rules.holidays import Calendar, OutsideTable
from orders_app.rules.periods import HoursLeavingOut, Period
from orders_app.rules.spec import Start
from orders_app.rules.wording import LONDON, ONE_DAY, at_words, day_words, end_of_day_words, listed, short_day_words

WORK_TO = "Work to this one"
JUDGE_BY = "Lateness is judged by this one"
NOT_RELIED_ON = "Do not rely on this one"


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


def readings_of(period: HoursLeavingOut, start: Start, statutory: Count, safe: Count, calendar: Calendar) -> Readings:
    """The readings of an hour clock: bank holidays that are unsure, and a start inside a day that is left out."""
    differs = statutory.at != safe.at
    kept = _clock_time_kept(period, start, statutory, calendar)
    if not differs and kept is None:
        return Readings()
    unsure = _unsure_days(statutory, safe)
    each, about = [], []
    if kept:
        each.append(_reading("The time on the clock is kept", kept, NOT_RELIED_ON))
        about.append(_about_start(statutory, kept))
    if differs:
        each.append(_reading(f"{unsure} left out", statutory, JUDGE_BY))
        about.append(_about_days(unsure, statutory, safe))
    name = f"{unsure} counted" if differs else "The hours start at 00:00"
    return Readings((*each, _reading(name, safe, WORK_TO if differs else f"{WORK_TO}. {JUDGE_BY}")), tuple(about))


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


def _clock_time_kept(period: HoursLeavingOut, start: Start, statutory: Count, calendar: Calendar) -> Count | None:
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

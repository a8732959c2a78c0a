"""What met a deadline, and how much in time or too late it was."""

from __future__ import annotations

from datetime import timedelta

from orders_app.rules.counts import Count
from orders_app.rules.facts import Event
from orders_app.rules.spec import Duty, Word
from orders_app.rules.unused_events import kind_words, recorded_words
from orders_app.rules.wording import length_words, listed

NO_TIME = timedelta(0)
LATER_READING = " on the later reading, by which it is judged"


def is_late(duty: Duty, count: Count, event: Event) -> bool:
    """Whether an event met the duty too late. A hearing is not late for having begun after the time in the list."""
    if count.at is None or event.at is None or duty.word is Word.AT:
        return event.on > count.on
    return event.at >= count.at if duty.word is Word.BEFORE else event.at > count.at


def met_words(duty: Duty, count: Count, event: Event | None, *, on_the_later: bool = False) -> str:
    """Hearing held Tuesday 24 November 2026, 10:00: in time, 12 h 40 min before the end. Or what would meet it.

    `count` is the reading by which lateness is judged, `on_the_later` says that it is the later of several.
    """
    if event is None:
        return _would_meet(duty)
    if duty.word is Word.AT:
        return recorded_words(event)
    return f"{recorded_words(event)}: {_margin(duty, count, event)}{LATER_READING if on_the_later else ''}"


def _would_meet(duty: Duty) -> str:
    if not duty.met_by:
        return "Nothing: this date passes by itself"
    kinds = sorted(kind_words(kind) for kind in duty.met_by)
    return f"Nothing recorded meets it yet. What would: {listed(kinds)}".replace(" and ", " or ")


def _margin(duty: Duty, count: Count, event: Event) -> str:
    late = is_late(duty, count, event)
    if count.at and event.at:
        return _hours_apart(count.at - event.at, late)
    return _days_apart((count.on - event.on).days, late)


def _hours_apart(left: timedelta, late: bool) -> str:
    if left == NO_TIME:
        return "late: the time must end before this very minute" if late else "in time, at the last moment"
    return f"late, {length_words(-left)} after the end" if late else f"in time, {length_words(left)} before the end"


def _days_apart(left: int, late: bool) -> str:
    days = "1 day" if abs(left) == 1 else f"{abs(left)} days"
    if late:
        return f"late by {days}"
    return f"in time, {days} before the last day" if left else "in time, on the last day"

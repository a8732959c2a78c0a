"""Dates and times as people type them, day first. Nothing is guessed: what can be read two ways is refused, and the words say what to type.

Used by the forms and by the import, so that both read a date in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time

from orders_app.rules.wording import LONDON, day_words, plain_day_words

FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

TYPE_A_DATE = "Enter a date with day, month and year, such as 8 April 2026 or 08/04/2026"
TYPE_A_TIME = "Enter a time in the 24-hour clock, such as 22:40"

_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}")
_YEAR = re.compile(r"[0-9]{4}")
_YEAR_FIRST = re.compile(r"([0-9]{4})\s*-\s*([0-9]{1,2})\s*-\s*([0-9]{1,2})")
_DAY_FIRST = re.compile(
    r"(?:([a-z]+)[\s,]+)?([0-9]{1,2}(?:st|nd|rd|th)?)\s*[\s/.\-]\s*([0-9]{1,2}|[a-z]+)\.?,?\s*[\s/.\-]\s*([0-9]+)",
    re.IGNORECASE,
)
_TIME = re.compile(r"([0-9]{1,2})\s*[:.]\s*([0-9]{2})(?::00)?\s*(?:h|hrs|hours)?|([0-9]{2})([0-9]{2})\s*(?:h|hrs|hours)?", re.IGNORECASE)
_HALF_DAY_TIME = re.compile(r"([0-9]{1,2})(?:\s*[:.]\s*([0-9]{2}))?\s*([ap])\.?\s*m\.?", re.IGNORECASE)
_LONGEST = 60


class NotADate(ValueError):
    """What was typed is not a day. `message` says what to type; `parts` names the boxes to mend: day, month, year."""

    def __init__(self, message: str, parts: Collection[str] = ("day", "month", "year")) -> None:
        super().__init__(message)
        self.message = message
        self.parts = tuple(parts)


class NotATime(ValueError):
    """What was typed is not a time of day. `message` says what to type."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ClocksChanged(NotATime):
    """The local time does not exist, or (`came_twice`) came twice, because the clocks changed that day."""

    def __init__(self, message: str, *, came_twice: bool) -> None:
        super().__init__(message)
        self.came_twice = came_twice


def day_from_parts(day: str, month: str, year: str) -> date:
    """The day typed in three boxes; the month as a number or a name. Raises NotADate, naming the boxes to mend."""
    typed = {"day": _tidy(day), "month": _tidy(month), "year": _tidy(year)}
    missing = [part for part, text in typed.items() if not text]
    if missing:
        raise NotADate(f"Enter {_listed(missing)}", missing)
    year_number = _year_number(typed["year"])
    month_number = _month_number(typed["month"])
    day_number = _day_number(typed["day"])
    last = _days_in(month_number, year_number)
    if day_number > last:
        raise NotADate(f"{MONTHS[month_number - 1]} {year_number} has {last} days. Enter a day from 1 to {last}", ["day"])
    return date(year_number, month_number, day_number)


def day_from_text(text: str) -> date:
    """The day typed in one box: 2026-04-08, 08/04/2026, 8.4.2026, 8 Apr 2026, 8 April 2026. Raises NotADate."""
    typed = _tidy(text)
    if len(typed) > _LONGEST:
        raise NotADate(TYPE_A_DATE)
    year_first = _YEAR_FIRST.fullmatch(typed)
    if year_first:
        return day_from_parts(year_first[3], year_first[2], year_first[1])
    day_first = _DAY_FIRST.fullmatch(typed)
    if not day_first:
        raise NotADate(TYPE_A_DATE)
    found = day_from_parts(day_first[2], day_first[3], day_first[4])
    if day_first[1]:
        _check_weekday(day_first[1], found)
    return found


def time_from_text(text: str) -> time:
    """The time of day: 22:40, 2240, 22.40, 10.40pm. Raises NotATime."""
    typed = _tidy(text)
    if not typed or len(typed) > _LONGEST:
        raise NotATime(TYPE_A_TIME)
    half_day = _HALF_DAY_TIME.fullmatch(typed)
    if half_day:
        return _half_day_time(int(half_day[1]), int(half_day[2] or 0), half_day[3].lower())
    whole_day = _TIME.fullmatch(typed)
    if not whole_day:
        raise NotATime(TYPE_A_TIME)
    hour, minute = int(whole_day[1] or whole_day[3]), int(whole_day[2] or whole_day[4])
    if (hour, minute) == (24, 0):
        raise NotATime("24:00 is the start of the next day. Enter 00:00 and the date of the next day")
    if hour > 23 or minute > 59:
        raise NotATime(f"{TYPE_A_TIME}. The last minute of the day is 23:59")
    return time(hour, minute)


def moment(on: date, at: time, which: str = "") -> datetime:
    """The instant, in UTC, of a local time in England and Wales.

    `which` is "first" or "second" for a time that came twice when the clocks went back. Raises ClocksChanged for a
    time that came twice without it, and for one that the clocks jumped over.
    """
    first = datetime.combine(on, at, LONDON).replace(fold=0)
    second = first.replace(fold=1)
    shift = second.utcoffset() != first.utcoffset()
    if shift and first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != first.replace(tzinfo=None):
        jumped = f"The clocks went forward on {day_words(on)}: there was no {at:%H:%M}. Enter a time before 01:00, or 02:00 or later"
        raise ClocksChanged(jumped, came_twice=False)
    if shift and which not in ("first", "second"):
        twice = f"The clocks went back on {day_words(on)}, so {at:%H:%M} came twice. Choose the first (in summer time) or the second (GMT)"
        raise ClocksChanged(twice, came_twice=True)
    return (second if shift and which == "second" else first).astimezone(UTC)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _listed(parts: Collection[str]) -> str:
    *rest, last = [f"a {part}" for part in parts]
    return f"{', '.join(rest)} and {last}" if rest else last


def _year_number(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise NotADate("Enter the year as four figures, such as 2026", ["year"])
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise NotADate(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}", ["year"])
    return int(text)


def _month_number(text: str) -> int:
    if _NUMBER.fullmatch(text) and 1 <= int(text) <= 12:
        return int(text)
    name = text.rstrip(".").lower()
    found = [number for number, month in enumerate(MONTHS, 1) if name in (month.lower(), month[:3].lower(), "sept" if number == 9 else "")]
    if len(name) < 3 or not found:
        raise NotADate("Enter a month from 1 to 12, or its name, such as April", ["month"])
    return found[0]


def _day_number(text: str) -> int:
    found = _DAY.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 31:
        raise NotADate("Enter a day from 1 to 31", ["day"])
    return int(found[1])


def _days_in(month: int, year: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def _check_weekday(word: str, on: date) -> None:
    named = [name for name in WEEKDAYS if len(word) >= 3 and name.lower().startswith(word.lower())]
    if not named:
        raise NotADate(TYPE_A_DATE)
    actual = WEEKDAYS[on.weekday()]
    if actual not in named:
        raise NotADate(f"{plain_day_words(on)} is a {actual}, not a {named[0]}. Check the day and the date", ["day"])


def _half_day_time(hour: int, minute: int, half: str) -> time:
    if not 1 <= hour <= 12 or minute > 59:
        raise NotATime(f"{TYPE_A_TIME}, without am or pm")
    return time(hour % 12 + (12 if half == "p" else 0), minute)

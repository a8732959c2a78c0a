"""Dates, nearness, numbers and names in words: pure functions, and the template filters of the same names.

Stored instants are UTC; everything read is London time. The rules of wording are those officers use: a day duty ends at
24:00, an hour clock that lands on midnight is said both ways, and nobody is told there is more time than there is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask, current_app, url_for

from orders_app.rules.london import last_day_before, london_day
from orders_app.rules.schedule import ALERTS_EVERY, ALERTS_LATE_AFTER
from orders_app.rules.wording import LONDON, ONE_DAY, day_words, end_of_day_words, plain_day_words, short_day_words
from orders_app.web.fields import form_problems
from orders_app.web.wording import TAG_COLOURS, page_numbers, tag_colour

SOON_DAYS = 7
ONE_MINUTE = timedelta(minutes=1)
STILL_RIGHT = (
    "Dates on the pages are right: they are worked out from the records. "
    "New alerts and escalations may be late. Nothing is lost: the next check catches up."
)


def day(on: date | None) -> str:
    """Tuesday 7 April 2026."""
    return day_words(on) if on else ""


def day_short(on: date | None) -> str:
    """7 April 2026: for days gone by, in dense tables."""
    return plain_day_words(on) if on else ""


def day_of_year(on: date | None) -> str:
    """Tuesday 7 April: where the year has just been said."""
    return short_day_words(on) if on else ""


def day_beside(on: date | None, known: date) -> str:
    """Tuesday 7 April; with its year where a known day, today or one just said, is of another: Friday 1 January 2027."""
    return (day_of_year if on and on.year == known.year else day)(on)


def clock(at: datetime | None) -> str:
    """22:40 in London; with BST or GMT in the hour that came twice."""
    if at is None:
        return ""
    local = _local(at)
    came_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M}{' ' + (local.tzname() or '') if came_twice else ''}"


def at(when: datetime | None) -> str:
    """Monday 5 October 2026, 18:25."""
    return f"{day(london_day(when))}, {clock(when)}" if when else ""


def at_short(when: datetime | None) -> str:
    """5 October 2026, 18:25."""
    return f"{day_short(london_day(when))}, {clock(when)}" if when else ""


def at_second(when: datetime | None) -> str:
    """5 October 2026, 18:25:07."""
    return f"{day_short(london_day(when))}, {clock(when)[:5]}:{_local(when):%S}{clock(when)[5:]}" if when else ""


def at_about(when: datetime | None, now: datetime) -> str:
    """08:10 today, 23:10 yesterday, 05:30 tomorrow, else the day and the time."""
    if when is None:
        return ""
    words = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((london_day(when) - london_day(now)).days)
    return f"{clock(when)} {words}" if words else at(when)


def deadline_when(on: date | None, due_at: datetime | None = None) -> str:
    """The day with 24:00 for a day duty; the day and time of an hour clock, with both names of a midnight."""
    if due_at is None:
        return end_of_day_words(on) if on else ""
    local = _local(due_at)
    if (local.hour, local.minute) == (0, 0):
        return f"{at(due_at)} (24:00 {local.date() - ONE_DAY:%A})"
    return at(due_at)


def iso(when: date | datetime | None) -> str:
    """For the datetime attribute of a time element: 2026-04-07, or 2026-10-05T18:25+01:00."""
    if isinstance(when, datetime):
        return _local(when).isoformat(timespec="minutes")
    return when.isoformat() if when else ""


def nearness(on: date, due_at: datetime | None, now: datetime) -> str:
    """How near: "7 days overdue", "due today", "tomorrow", "in 3 days"; on an hour clock "in 38 hours", "in 2 days 14 hours"."""
    if due_at is None:
        return _days_near((on - london_day(now)).days)
    left = due_at - now
    if abs(left) < ONE_MINUTE:
        return "due now"
    return f"in {_time_left(left)}" if left > timedelta(0) else f"{_time_over(-left)} overdue"


def band(on: date, due_at: datetime | None, now: datetime, word: str = "by") -> str:
    """overdue, soon (today and the 6 days after it) or later. "before" is missed at its very minute, "by" only after it."""
    today = london_day(now)
    if due_at is not None:
        if due_at < now or (word == "before" and due_at == now):
            return "overdue"
        on = last_day_before(due_at)
    elif on < today:
        return "overdue"
    return "soon" if (on - today).days < SOON_DAYS else "later"


def lasts(from_on: date, until_on: date) -> str:
    """How long an order lasts, first and last day counted: "3 years", "6 months", "28 days"."""
    following = until_on + ONE_DAY
    months = (following.year - from_on.year) * 12 + following.month - from_on.month
    if following.day != from_on.day or months < 1:
        return plural((following - from_on).days, "day")
    return plural(months // 12, "year") if months % 12 == 0 else plural(months, "month")


def days_left(ends_on: date, today: date, from_on: date | None = None) -> str:
    """1,044 days left; with the day it began, "3 years, 1,044 days left". "ends today" on the last day, then "ended"."""
    left = (ends_on - today).days
    words = f"{plural(left, 'day')} left" if left > 0 else "ends today" if left == 0 else "ended"
    return f"{lasts(from_on, ends_on)}, {words}" if from_on else words


def took(time: timedelta) -> str:
    """2 minutes 4 seconds; under 1 second; 1 hour 5 minutes."""
    seconds = int(time.total_seconds())
    if seconds < 1:
        return "under 1 second"
    hours, minutes, seconds = seconds // 3600, seconds % 3600 // 60, seconds % 60
    if hours:
        return _two((hours, "hour"), (minutes, "minute"))
    return _two((minutes, "minute"), (seconds, "second"))


def number(value: int | float | str | None) -> str:
    """14,208; a minus is a true minus sign. Words pass through."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:,}".replace("-", "\N{MINUS SIGN}")


def plural(count: int, one: str, many: str = "") -> str:
    """1 breach, 2 breaches, 1,044 days."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def person_name(surname: str, forenames: str = "") -> str:
    """O'DONOVAN, Liam: how lists and banners name people."""
    return ", ".join(part for part in (surname.strip().upper(), forenames.strip()) if part)


def age(born_on: date, today: date) -> int:
    """Whole years; somebody born on 29 February is a year older on 1 March of other years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def born(born_on: date | None, today: date) -> str:
    """14 March 1988 (38)."""
    return f"{day_short(born_on)} ({age(born_on, today)})" if born_on else "not known"


def upper_first(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text with a small first letter, to go on in a sentence."""
    return text[:1].lower() + text[1:]


FILTERS = (
    age, at, at_about, at_second, at_short, band, born, clock, day, day_of_year, day_short, days_left, deadline_when, iso, lasts,
    nearness, number, person_name, plural, took, upper_first,
)  # fmt: skip


def alerts_checked(checked_at: datetime | None, now: datetime) -> dict[str, Any]:
    """When alerts were last checked: `text` for the footer, `is_late`, and `words` (title, text) for the warning then."""
    if checked_at is None:
        return _late("Alerts have not been checked yet.", "Alerts have not been checked yet", STILL_RIGHT)
    when = at_about(checked_at, now)
    if now - checked_at <= ALERTS_LATE_AFTER:
        return {"text": f"Alerts last checked {when}.", "is_late": False, "words": {}}
    said = f"Alerts last checked {when}. This is late: they should be checked every {ALERTS_EVERY.minutes} minutes."
    return _late(said, f"Alerts have not been checked for {_time_over(now - checked_at)}", f"The last check was {when}. {STILL_RIGHT}")


def address_of(endpoint: str) -> str:
    """The address of a page, or nothing where the program has no such page."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def set_up_filters(app: Flask) -> None:
    """Make the functions above template filters of the same names, and give templates the words they share.

    A state that is not in the list of words is drawn grey in use; while developing and testing it is an error.
    """
    is_strict = app.testing or app.debug

    def colour(word: str) -> str:
        return tag_colour(word) if is_strict else TAG_COLOURS.get(word, "grey")

    app.jinja_env.filters |= {function.__name__: function for function in FILTERS}
    app.jinja_env.globals |= {"tag_colour": colour, "page_numbers": page_numbers, "form_problems": form_problems, "address_of": address_of}


def _late(said: str, title: str, text: str) -> dict[str, Any]:
    return {"text": said, "is_late": True, "words": {"title": title, "text": text}}


def _local(at: datetime) -> datetime:
    return at.astimezone(UTC).astimezone(LONDON)


def _days_near(days: int) -> str:
    if days < 0:
        return f"{plural(-days, 'day')} overdue"
    return {0: "due today", 1: "tomorrow"}.get(days) or f"in {plural(days, 'day')}"


def _time_left(left: timedelta) -> str:
    hours = int(left.total_seconds()) // 3600
    if hours < 1:
        return plural(int(left.total_seconds()) // 60, "minute")
    if hours < 48:
        return plural(hours, "hour")
    return _two((2, "day"), (hours - 48, "hour")) if hours < 72 else plural(hours // 24, "day")


def _time_over(over: timedelta) -> str:
    hours = int(over.total_seconds()) // 3600
    if hours < 1:
        return plural(int(over.total_seconds()) // 60, "minute")
    return plural(hours, "hour") if hours < 48 else plural(hours // 24, "day")


def _two(first: tuple[int, str], second: tuple[int, str]) -> str:
    return " ".join(plural(count, unit) for count, unit in (first, second) if count)

"""Days, times and lengths in the words an officer reads. Local time in England and Wales throughout."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
# Not strftime: its names follow the machine's language, and it is ten times slower.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
AWAITS_LEGAL_CHECK = "Not yet checked by legal services"


def day_words(day: date) -> str:
    """Tuesday 24 November 2026."""
    return f"{short_day_words(day)} {day.year}"


def short_day_words(day: date) -> str:
    """Tuesday 24 November."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def plain_day_words(day: date) -> str:
    """24 November 2026, for use inside a sentence that names the weekday already."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def at_words(moment: datetime) -> str:
    """Tuesday 24 November 2026, 22:40. Midnight is said both ways, because it ends one day and begins the next."""
    local = moment.astimezone(LONDON)
    said = f"{day_words(local.date())}, {local:%H:%M}"
    if local.hour or local.minute or local.second:
        return said
    return f"{said} (24:00 {WEEKDAYS[(local.date() - ONE_DAY).weekday()]})"


def end_of_day_words(day: date) -> str:
    """Tuesday 24 November 2026, 24:00."""
    return f"{day_words(day)}, 24:00"


def length_words(length: timedelta) -> str:
    """1 h 20 min. Seconds are not counted in words."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = ([f"{hours} h"] if hours or not minutes else []) + ([f"{minutes} min"] if minutes else [])
    return " ".join(parts)


def months_words(months: int) -> str:
    """24 months is said as 2 years; 18 months stays months."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return _counted(months, "month")
    return _counted(years, "year")


def listed(things: list[str]) -> str:
    """One; one and two; one, two and three."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def with_article(noun: str) -> str:
    """An inspector; a superintendent."""
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

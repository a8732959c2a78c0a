"""The bank holidays of a year that nobody has appointed anything special for: what Schedule 1 says, and what is usually proclaimed."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY, SATURDAY, SUNDAY = calendar.MONDAY, calendar.SATURDAY, calendar.SUNDAY


@dataclass(frozen=True)
class UsualDay:
    """One day left out of hour clocks. `is_named`: an Act names it itself. `is_sure`: every reading of the law leaves it out."""

    on: date
    name: str
    is_named: bool = False
    is_sure: bool = True


def usual_days(year: int) -> list[UsualDay]:
    """Every day of a year but its Sundays that hour clocks leave out, in order.

    By Schedule 1 to the Banking and Financial Dealings Act 1971: Easter Monday, the last Monday of May and of August,
    26 December if it is no Sunday, 27 December if the 25th or the 26th is one. Proclaimed by usage: New Year's Day or the
    Monday after, the first Monday of May, a substitute for a Christmas holiday at a weekend.
    """
    easter = easter_sunday(year)
    found = [
        UsualDay(easter - timedelta(days=2), "Good Friday", is_named=True),
        UsualDay(easter + timedelta(days=1), "Easter Monday, bank holiday"),
        _new_year(year),
        UsualDay(_first_monday(year, 5), "Early May bank holiday"),
        UsualDay(_last_monday(year, 5), "Spring bank holiday"),
        UsualDay(_last_monday(year, 8), "Summer bank holiday"),
        UsualDay(date(year, 12, 25), "Christmas Day", is_named=True),
        *_after_christmas(year),
    ]
    return sorted(found, key=lambda day: day.on)


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm that Meeus gives."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _new_year(year: int) -> UsualDay:
    first = date(year, 1, 1)
    if first.weekday() in (SATURDAY, SUNDAY):
        return UsualDay(_on_or_after(first, MONDAY), "New Year’s Day substitute, bank holiday")
    return UsualDay(first, "New Year’s Day, bank holiday")


def _after_christmas(year: int) -> list[UsualDay]:
    boxing_day = date(year, 12, 26)
    if boxing_day.weekday() == SATURDAY:
        substitute = UsualDay(date(year, 12, 28), "Boxing Day substitute, bank holiday")
        return [UsualDay(boxing_day, "26 December, bank holiday by Schedule 1", is_sure=False), substitute]
    by_schedule = UsualDay(date(year, 12, 27), "27 December, bank holiday")
    if boxing_day.weekday() == SUNDAY:
        return [by_schedule, UsualDay(date(year, 12, 28), "28 December, substitute bank holiday")]
    own = UsualDay(boxing_day, "Boxing Day, bank holiday")
    return [own, by_schedule] if boxing_day.weekday() == MONDAY else [own]


def _first_monday(year: int, month: int) -> date:
    return _on_or_after(date(year, month, 1), MONDAY)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=last.weekday())


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)

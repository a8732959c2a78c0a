"""A birth as it is searched for: a day, a month, a year, some years, or about a year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from orders_app.rules.typed_dates import day_from_parts, day_from_text

YEARS_ABOUT = 1

_YEAR = r"(?:19|20)[0-9]{2}"
_ABOUT = re.compile(rf"(?:about|around|abt|circa|ca|c|~)\.?\s*({_YEAR})|({_YEAR})\s*ish", re.IGNORECASE)
_YEARS = re.compile(rf"({_YEAR})(?:\s*(?:-|–|to|and)\s*({_YEAR}))?", re.IGNORECASE)
_MONTH = re.compile(rf"([a-z]{{3,9}}|[0-9]{{1,2}})\s*[\s/.-]\s*({_YEAR})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"([a-z]{{3,9}})\s+([0-9]{{1,2}})(?:st|nd|rd|th)?[\s,]+({_YEAR})", re.IGNORECASE)
_FIGURES = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")


def birth_sought(text: str) -> tuple[date, date]:
    """Return the first and the last day of birth that a text asks for. Raises NotADate where it asks for none."""
    typed = " ".join(text.split())
    if about := _ABOUT.fullmatch(typed):
        year = int(about[1] or about[2])
        return date(year - YEARS_ABOUT, 1, 1), date(year + YEARS_ABOUT, 12, 31)
    if years := _YEARS.fullmatch(typed):
        first, last = sorted((int(years[1]), int(years[2] or years[1])))
        return date(first, 1, 1), date(last, 12, 31)
    if month := _MONTH.fullmatch(typed):
        return _whole_month(day_from_parts("1", month[1], month[2]))
    day = _day(typed)
    return day, day


def _day(typed: str) -> date:
    if figures := _FIGURES.fullmatch(typed):
        return day_from_parts(figures[1], figures[2], figures[3])
    if month_first := _MONTH_FIRST.fullmatch(typed):
        return day_from_parts(month_first[2], month_first[1], month_first[3])
    return day_from_text(typed)


def _whole_month(first: date) -> tuple[date, date]:
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)

"""What people have to be told in time about the tables of law: that one ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from orders_app.rules.holidays import Holidays
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables
from orders_app.rules.provisions import InForce, Provisions
from orders_app.rules.wording import day_words, listed

WARN_BEFORE = timedelta(days=90)


@dataclass(frozen=True)
class LawWarning:
    """Something that ends: in a line, and what it means for those who rely on it."""

    title: str
    text: str


def law_warnings(law: LawTables, today: date) -> list[LawWarning]:
    """Everything that ends within 90 days, the table of bank holidays first; and that table when it has ended."""
    holidays = holidays_warning(law.holidays, today)
    return [*([holidays] if holidays else []), *_provisions_that_end(law.provisions, today)]


def holidays_warning(holidays: Holidays, today: date) -> LawWarning | None:
    """The warning that the table of bank holidays runs out, from 90 days before its last day on."""
    until = holidays.covers_until
    if until - today > WARN_BEFORE:
        return None
    runs = "ended" if until < today else "ends"
    return LawWarning(
        f"The table of bank holidays {runs} on {day_words(until)}",
        "An hour clock that reaches past it cannot be worked out, and is refused. Add the years after it.",
    )


def _provisions_that_end(provisions: Provisions, today: date) -> Iterator[LawWarning]:
    for code, known in PROVISIONS.items():
        rows = [row for row in provisions.of(code) if row.covers(today) and _ends_soon(row, today)]
        ending = [row for row in rows if not _goes_on(row, provisions)]
        for last_on in sorted({row.in_force_until for row in ending if row.in_force_until}):
            areas = [row.area for row in ending if row.in_force_until == last_on]
            advice = f"In {listed(areas)}. Look for regulations that extend it."
            yield LawWarning(f"{known.name}: in force until {day_words(last_on)}", advice)


def _ends_soon(row: InForce, today: date) -> bool:
    return row.in_force_until is not None and row.in_force_until - today <= WARN_BEFORE


def _goes_on(row: InForce, provisions: Provisions) -> bool:
    """Whether another row of the same law takes over on the day after."""
    return row.in_force_until is not None and provisions.in_force(row.code, row.area, row.in_force_until + timedelta(days=1))

"""What is entered into the tables of law beside what was shipped, what may not be, and the tables that come of it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from orders_app.rules.holiday_years import UsualDay, usual_days
from orders_app.rules.holidays import Calendar, Holidays
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables
from orders_app.rules.provisions import InForce, Provisions, same_area
from orders_app.rules.wording import day_words, short_day_words

MOST_YEARS_AT_ONCE = 10
RowKey = tuple[str, str, date]


@dataclass(frozen=True)
class ProvisionEntry:
    """A row of provisions in force. It takes the place of the row of that provision and area with the same first day.

    Withdrawn: there is no such row, because it was entered by mistake.
    """

    row: InForce
    is_withdrawn: bool = False


@dataclass(frozen=True)
class DayEntry:
    """A day that is a bank holiday on one reading of the law or on both; on neither, one that is none after all."""

    on: date
    name: str
    is_statutory: bool
    is_safe: bool

    @property
    def is_withdrawn(self) -> bool:
        """Whether it says that the day is no bank holiday."""
        return not (self.is_statutory or self.is_safe)


@dataclass(frozen=True)
class Entry:
    """What was entered at one time. `covers_until` is a new last day of the table of bank holidays, None where it is the same."""

    provisions: tuple[ProvisionEntry, ...] = ()
    days: tuple[DayEntry, ...] = ()
    covers_until: date | None = None


@dataclass(frozen=True)
class NotAllowed:
    """Why something cannot be entered, and beside which field that stands."""

    field: str
    message: str


def as_amended(shipped: LawTables, entries: Iterable[Entry]) -> LawTables:
    """The tables as they stand: those that were shipped, and then every entry, oldest first. A later one wins."""
    tables = shipped
    for entry in entries:
        tables = LawTables(_with_days(tables.holidays, entry), _with_rows(tables.provisions, entry.provisions))
    return tables


def key_of(row: InForce) -> RowKey:
    """What tells rows apart: the provision, the area and the first day."""
    return row.code, row.area.strip().casefold(), row.in_force_from


def refusals(law: LawTables, entry: Entry) -> list[NotAllowed]:
    """Everything that keeps an entry from being added to these tables. Empty when it may be."""
    rows = [found for new in entry.provisions for found in _row_refusals(law.provisions, new)]
    days = [found for day in entry.days for found in _day_refusals(law.holidays, day)]
    years = list(_year_refusals(law.holidays, entry.covers_until)) if entry.covers_until else []
    return [*rows, *days, *years]


def days_added(holidays: Holidays, covers_until: date) -> list[UsualDay]:
    """The days that covering the years up to a day would add, to be looked at before they are relied on."""
    years = range(holidays.covers_until.year + 1, covers_until.year + 1)
    return [day for year in years for day in usual_days(year)]


def _with_rows(provisions: Provisions, entries: tuple[ProvisionEntry, ...]) -> Provisions:
    rows = {key_of(row): row for row in provisions.rows}
    for entry in entries:
        if entry.is_withdrawn:
            rows.pop(key_of(entry.row), None)
        else:
            rows[key_of(entry.row)] = entry.row
    return Provisions(tuple(rows.values()))


def _with_days(holidays: Holidays, entry: Entry) -> Holidays:
    longer = _covering(holidays, entry.covers_until) if entry.covers_until else holidays
    statutory = {day.on: day.name if day.is_statutory else "" for day in entry.days}
    safe = {day.on: day.name if day.is_safe else "" for day in entry.days}
    return Holidays(_with_bank(longer.statutory, statutory), _with_bank(longer.safe, safe))


def _covering(holidays: Holidays, until: date) -> Holidays:
    days = days_added(holidays, until)
    return Holidays(_longer(holidays.statutory, days, until), _longer(holidays.safe, [day for day in days if day.is_sure], until))


def _longer(table: Calendar, days: Iterable[UsualDay], until: date) -> Calendar:
    named = {day.on: day.name for day in days if day.is_named}
    bank = {day.on: day.name for day in days if not day.is_named}
    return replace(table, named={**table.named, **named}, bank={**table.bank, **bank}, covers_until=until)


def _with_bank(table: Calendar, names: Mapping[date, str]) -> Calendar:
    kept = {on: name for on, name in table.bank.items() if on not in names}
    return replace(table, bank={**kept, **{on: name for on, name in names.items() if name}})


def _row_refusals(provisions: Provisions, entry: ProvisionEntry) -> Iterator[NotAllowed]:
    row, stands = entry.row, {key_of(one): one for one in provisions.rows}.get(key_of(entry.row))
    if row.code not in PROVISIONS:
        yield NotAllowed("code", "Choose one of the provisions that the program knows")
    if entry.is_withdrawn:
        if stands is None:
            yield NotAllowed("areas", f"There is no such row for {row.area}")
        return
    if row.in_force_until and row.in_force_until < row.in_force_from:
        yield NotAllowed("in_force_until", f"The last day must be {day_words(row.in_force_from)} or later")
    if stands and replace(stands, citation=row.citation, url=row.url, note=row.note, area=row.area) == row:
        yield NotAllowed("in_force_until", f"Nothing would be different in {row.area}")
    others = [one for one in provisions.rows if one.code == row.code and same_area(one.area, row.area) and key_of(one) != key_of(row)]
    yield from (_overlap(other) for other in others if _overlaps(other, row))


def _overlaps(row: InForce, other: InForce) -> bool:
    begins_in_time = other.in_force_until is None or row.in_force_from <= other.in_force_until
    return begins_in_time and (row.in_force_until is None or other.in_force_from <= row.in_force_until)


def _overlap(other: InForce) -> NotAllowed:
    until = f"until {day_words(other.in_force_until)}" if other.in_force_until else "with no end"
    message = f"{other.area} has a row from {day_words(other.in_force_from)} {until}. Change the end of that one, or begin after it"
    return NotAllowed("in_force_from", message)


def _day_refusals(holidays: Holidays, day: DayEntry) -> Iterator[NotAllowed]:
    statutory, safe = holidays.statutory, holidays.safe
    if not holidays.covers_from <= day.on <= holidays.covers_until:
        span = f"{day_words(holidays.covers_from)} to {day_words(holidays.covers_until)}"
        yield NotAllowed("on", f"The table runs from {span}. Enter a day within it, or add the years first")
    elif day.on in statutory.named:
        yield NotAllowed("on", f"{short_day_words(day.on)} is {statutory.named[day.on]}, which the Acts name themselves")
    elif day.on.weekday() == calendar.SUNDAY:
        yield NotAllowed("on", f"{short_day_words(day.on)} is a Sunday, which hour clocks leave out already")
    elif (day.is_statutory, day.is_safe) == (day.on in statutory.bank, day.on in safe.bank):
        yield NotAllowed("on", f"{short_day_words(day.on)} is {'no' if day.is_withdrawn else 'such a'} bank holiday already")
    elif day.is_safe and not day.is_statutory:
        yield NotAllowed("readings", "The safe reading leaves out only days that the words of the Act leave out")


def _year_refusals(holidays: Holidays, covers_until: date) -> Iterator[NotAllowed]:
    years = covers_until.year - holidays.covers_until.year
    if (covers_until.month, covers_until.day) != (12, 31) or not 1 <= years <= MOST_YEARS_AT_ONCE:
        first = holidays.covers_until.year + 1
        yield NotAllowed("year", f"Enter a year from {first} to {first + MOST_YEARS_AT_ONCE - 1}")

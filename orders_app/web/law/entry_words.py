"""Entries of law in words: on the page that asks whether they are right, and in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables
from orders_app.rules.law_entries import DayEntry, Entry, ProvisionEntry, RowKey, key_of
from orders_app.rules.provisions import InForce
from orders_app.web.filters import day, day_short


def entry_lines(entry: Entry, before: LawTables | None = None) -> list[str]:
    """What an entry says, a line for each row, day or span of years; with what stood before, where that is given."""
    stood = {key_of(row): row for row in before.provisions.rows} if before else {}
    names = dict.fromkeys(new.row.code for new in entry.provisions)
    rows = [line for code in names for line in _of_provision(code, entry, stood)]
    days = [_day_line(one) for one in entry.days]
    years = [f"The table of bank holidays runs to {day(entry.covers_until)}"] if entry.covers_until else []
    return [*rows, *days, *years]


def provision_name(code: str) -> str:
    """The provision behind a code, with its section; the code where a later program knows it no more."""
    known = PROVISIONS.get(code)
    return f"{known.name} ({known.citation})" if known else code


def span_words(begins: date, until: date | None) -> str:
    """From 27 November 2024 to 24 November 2026."""
    return f"from {day_short(begins)} {f'to {day_short(until)}' if until else 'with no end'}"


def _of_provision(code: str, entry: Entry, stood: Mapping[RowKey, InForce]) -> list[str]:
    rows = [_row_line(new, stood.get(key_of(new.row))) for new in entry.provisions if new.row.code == code]
    return [provision_name(code), *rows]


def _row_line(new: ProvisionEntry, stood: InForce | None) -> str:
    row = new.row
    if new.is_withdrawn:
        return f"{row.area}: the row {span_words(row.in_force_from, row.in_force_until)} is taken away"
    was = f" (was {f'to {day_short(stood.in_force_until)}' if stood.in_force_until else 'with no end'})" if stood else ""
    return f"{row.area}: {span_words(row.in_force_from, row.in_force_until)}{was}"


def _day_line(entry: DayEntry) -> str:
    if entry.is_withdrawn:
        return f"{day(entry.on)}: no bank holiday. Hour clocks run on it"
    readings = "on both readings" if entry.is_safe else "on the words of the Act; it counts on the safe reading"
    return f"{day(entry.on)}: {entry.name}. Hour clocks leave it out {readings}"

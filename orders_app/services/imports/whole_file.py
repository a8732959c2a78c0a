"""A whole file at once: people first, then the orders that point at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from orders_app.rules.spreadsheets import PEOPLE
from orders_app.services.imports.finding import PeopleOnFile
from orders_app.services.imports.order_rows import import_orders
from orders_app.services.imports.people_rows import import_people
from orders_app.services.imports.problems import Problems
from orders_app.services.imports.reading import read_file
from orders_app.services.imports.tables import Book, Table, read_book
from orders_app.services.work import Work

MOST_LINKS = 50
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Outcome:
    """What a file did, or would do: counts by kind and what became of the rows, and everything that is wrong with it."""

    rows: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    references: Mapping[str, list[str]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    sheets_not_read: tuple[str, ...] = ()
    columns_not_read: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The outcome without its problems, as plain values."""
        return {
            "rows": self.rows,
            "counts": {kind: dict(counts) for kind, counts in self.counts.items()},
            "references": {kind: list(references) for kind, references in self.references.items()},
            "errors": self.problems.count,
            "sheets_not_read": list(self.sheets_not_read),
            "columns_not_read": list(self.columns_not_read),
        }


def read_whole(content: bytes, kind: str) -> Book:
    """Return a file's tables, every cell read. Raises FileRefused."""
    return read_book(read_file(content), kind)


def import_whole(work: Work, book: Book, *, is_dry_run: bool, progress: Progress = lambda done: None) -> Outcome:
    """Check a whole file and record what is new in it. The caller undoes the work where the outcome has problems, and after a dry run.

    `progress` hears of the rows done so far.
    """
    counted = _Counting(progress)
    people = PeopleOnFile(work)
    counts: dict[str, Counter[str]] = {}
    references: dict[str, list[str]] = {}
    people_table = book.tables.get(PEOPLE.code)
    if people_table:
        counts["people"], recorded = import_people(work, people_table, people, counted)
        references["people"] = [person.reference for person in recorded[:MOST_LINKS]]
    others = _others(book.tables)
    if others:
        done = import_orders(work, others, people, is_dry_run=is_dry_run, progress=counted)
        counts["orders"] = done.counts
        references["orders"] = done.references[:MOST_LINKS]
    nothing_kept = is_dry_run or bool(book.problems)
    return Outcome(
        book.row_count,
        counts,
        {} if nothing_kept else references,
        book.problems,
        book.sheets_not_read,
        book.columns_not_read,
    )


def _others(tables: Mapping[str, Table]) -> dict[str, Table]:
    return {code: table for code, table in tables.items() if code != PEOPLE.code}


class _Counting:
    """Adds up the rows that each step says it has done."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0

    def __call__(self, done: int) -> None:
        self._done += done
        self._progress(self._done)

"""Which column of a file is which: by its heading, in any order, written in any of the usual ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from orders_app.rules.spreadsheets.columns import Column, SheetKind
from orders_app.rules.spreadsheets.folding import by_name, found, nearest


@dataclass(frozen=True)
class HeadingProblem:
    """A heading that cannot be used as it stands. `position` counts from 0; None for one that is missing."""

    position: int | None
    heading: str
    message: str


@dataclass(frozen=True)
class Headings:
    """`columns`: position in the file and column, in the order of the file. `not_read`: headings that nobody asked for."""

    columns: tuple[tuple[int, Column], ...]
    problems: tuple[HeadingProblem, ...]
    not_read: tuple[str, ...]


def known_headings(kind: SheetKind, headings: Sequence[str]) -> int:
    """Return how many of these are headings of the kind."""
    table = _table(kind)
    return sum(1 for heading in headings if heading and found(table, heading))


def match_headings(kind: SheetKind, headings: Sequence[str]) -> Headings:
    """Match the headings of a file with the columns of its kind.

    A heading like none of ours is not read, and said; one that looks like a slip for one of ours is a problem, because
    a column would be lost by it. So are a missing one that is needed and two for the same column.
    """
    table = _table(kind)
    by_key = {column.key: column for column in kind.columns}
    keys = [found(table, heading) if heading else None for heading in headings]
    problems = list(_twice(headings, keys, by_key))
    unknown = [(position, heading) for position, heading in enumerate(headings) if heading and keys[position] is None]
    slips = {position: problem for position, heading in unknown if (problem := _slip(kind, position, heading, set(keys)))}
    problems += slips.values()
    problems += _missing(kind, set(keys), [heading for _, heading in unknown])
    columns = tuple((position, by_key[key]) for position, key in enumerate(keys) if key and key not in keys[:position])
    return Headings(columns, tuple(problems), tuple(heading for position, heading in unknown if position not in slips))


@cache
def _table(kind: SheetKind) -> dict[str, str]:
    return by_name((name, column.key) for column in kind.columns for name in (column.heading, column.key, *column.also_called))


def _twice(headings: Sequence[str], keys: Sequence[str | None], by_key: dict[str, Column]) -> list[HeadingProblem]:
    problems = []
    for position, key in enumerate(keys):
        if key and key in keys[:position]:
            first, again = headings[keys.index(key)], headings[position]
            message = f"'{again}' and '{first}' are both read as '{by_key[key].heading}'. Keep one of them"
            problems.append(HeadingProblem(position, again, message))
    return problems


def _slip(kind: SheetKind, position: int, heading: str, present: set[str | None]) -> HeadingProblem | None:
    absent = [column.heading for column in kind.columns if column.key not in present]
    near = nearest(heading, absent)
    if not near:
        return None
    message = f"'{heading}' is not a column. Did you mean '{near}'? Write '{near}', or take the column out"
    return HeadingProblem(position, heading, message)


def _missing(kind: SheetKind, present: set[str | None], unknown: Sequence[str]) -> list[HeadingProblem]:
    return [_missing_one(column, unknown) for column in kind.columns if column.is_required and column.key not in present]


def _missing_one(column: Column, unknown: Sequence[str]) -> HeadingProblem:
    near = nearest(column.heading, unknown)
    hint = f"The nearest heading in the file is '{near}'" if near else "Add it to the row of headings"
    return HeadingProblem(None, column.heading, f"There is no column '{column.heading}'. {hint}")

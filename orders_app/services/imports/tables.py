"""Sheets as tables: which kind each is, which column is which, and every cell read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from orders_app.rules.spreadsheets import KINDS, SheetKind
from orders_app.rules.spreadsheets.cells import Cell, CellRefused, Value, read_cell, text_of
from orders_app.rules.spreadsheets.columns import Column
from orders_app.rules.spreadsheets.folding import by_name, found
from orders_app.rules.spreadsheets.headings import Headings, known_headings, match_headings
from orders_app.services.imports.blank_files import GUIDE
from orders_app.services.imports.problems import FileRefused, Problems, RowProblem, column_letter
from orders_app.services.imports.raw_sheets import Place, RawSheet
from orders_app.services.imports.reading import EMPTY

TITLE_ROWS = 20
NOTHING_BELOW = "There is nothing under the headings. Enter a row for each record"
SHEET_NAMES = by_name((name, kind.code) for kind in KINDS.values() for name in (kind.sheet_name, kind.code))


@dataclass(frozen=True)
class Row:
    """One row read: its number in the sheet, and what its cells say by column key. Empty cells are left out."""

    number: int
    values: Mapping[str, Value]

    def get(self, key: str, default: Any = None) -> Any:
        """What a column says in this row."""
        return self.values.get(key, default)


@dataclass
class Table:
    """One sheet of a known kind, and where its problems go. `bad` numbers the rows with a problem; `spoilt` is what was read of them."""

    kind: SheetKind
    name: str
    problems: Problems
    headings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    spoilt: list[Row] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    @property
    def row_count(self) -> int:
        """How many rows hold anything."""
        return len(self.rows) + len(self.spoilt)

    def refuse(self, row: int, key: str, message: str, citation: object = None) -> None:
        """Note a problem of one cell, under the heading the file has for that column."""
        heading, letter = self.headings.get(key, (self.kind.column(key).heading if self.kind.has(key) else key, ""))
        self.bad.add(row)
        self.problems.add(RowProblem(self.name, row, heading, message, letter, str(citation) if citation else ""))


@dataclass(frozen=True)
class Book:
    """A whole file: its tables by kind, the names of sheets that were not read, and headings that were not read."""

    tables: Mapping[str, Table]
    problems: Problems
    sheets_not_read: tuple[str, ...] = ()
    columns_not_read: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """How many rows hold anything."""
        return sum(table.row_count for table in self.tables.values())


def read_book(sheets: Sequence[RawSheet], kind_code: str) -> Book:
    """Read every sheet that is named after a kind; where none is, the first sheet that holds anything, as the kind asked for.

    Raises FileRefused where there is nothing to read.
    """
    chosen = _choose(sheets, kind_code)
    problems = Problems()
    tables: dict[str, Table] = {}
    columns_not_read: list[str] = []
    for code, sheet in chosen:
        if code in tables:
            raise FileRefused(f"Two sheets hold {KINDS[code].sheet_name.lower()}. Put them on one")
        tables[code], not_read = _read_table(KINDS[code], sheet, problems)
        columns_not_read += not_read
    book = Book(tables, problems, _not_read(sheets, [sheet for _, sheet in chosen]), tuple(columns_not_read))
    if not (book.row_count or problems):
        raise FileRefused(NOTHING_BELOW)
    return book


def _choose(sheets: Sequence[RawSheet], kind_code: str) -> list[tuple[str, RawSheet]]:
    """Nobody sees what is on a hidden sheet, so it is not read."""
    filled = [sheet for sheet in sheets if _rows_in(sheet) and not sheet.is_hidden]
    if not filled:
        raise FileRefused(EMPTY)
    named = [(code, sheet) for sheet in filled if sheet.name and (code := found(SHEET_NAMES, sheet.name))]
    named = [(code, sheet) for code, sheet in named if code == kind_code or _rows_in(sheet) > 1]
    if any(code == kind_code for code, _ in named):
        return named
    if named:
        called = ", ".join(_called(sheet) for sheet in sheets if _rows_in(sheet))
        raise FileRefused(f"The workbook has no sheet named '{KINDS[kind_code].sheet_name}' with anything on it. Its sheets are: {called}")
    return [(kind_code, filled[0])]


def _not_read(sheets: Sequence[RawSheet], chosen: Sequence[RawSheet]) -> tuple[str, ...]:
    """The names of sheets that hold something and were left aside, but for the guide in our own blank files."""
    return tuple(_called(sheet) for sheet in sheets if sheet not in chosen and _holds_something(sheet))


def _holds_something(sheet: RawSheet) -> bool:
    headings = 1 if found(SHEET_NAMES, sheet.name) else 0
    return sheet.name != GUIDE and _rows_in(sheet) > headings


def _called(sheet: RawSheet) -> str:
    return f"{sheet.name} (hidden)" if sheet.is_hidden else sheet.name


def _read_table(kind: SheetKind, sheet: RawSheet, problems: Problems) -> tuple[Table, tuple[str, ...]]:
    position = _heading_row(kind, sheet)
    texts = [" ".join(text_of(cell).split()) for cell in sheet.rows[position]]
    headings = match_headings(kind, texts)
    name = sheet.name or kind.sheet_name
    places = {column.key: (texts[at], column_letter(at)) for at, column in headings.columns}
    table = Table(kind, name, problems, places)
    for problem in headings.problems:
        letter = "" if problem.position is None else column_letter(problem.position)
        problems.add(RowProblem(name, position + 1, problem.heading, problem.message, letter))
    if not headings.problems:
        _refuse_merged(table, sheet, position, headings)
        _read_rows(table, sheet.rows, position, headings)
    return table, headings.not_read


def _refuse_merged(table: Table, sheet: RawSheet, heading_row: int, headings: Headings) -> None:
    """Of cells drawn as one only the first has the value: read as they are, the others would be lost without a word."""
    read = {at: column.key for at, column in headings.columns}
    for first, last in sheet.merged:
        key = next((read[at] for at in range(first[1], last[1] + 1) if at in read), "")
        if key and last[0] > heading_row:
            message = f"{_cell(first)} to {_cell(last)} are merged. Unmerge them, and give every row its own value"
            table.refuse(max(first[0], heading_row + 1) + 1, key, message)


def _cell(place: Place) -> str:
    return f"{column_letter(place[1])}{place[0] + 1}"


def _heading_row(kind: SheetKind, sheet: RawSheet) -> int:
    """The row of headings: the one of the first few with most headings we know, since a title may stand above it."""
    first = range(min(TITLE_ROWS, len(sheet.rows)))
    known = {at: known_headings(kind, [text_of(cell) for cell in sheet.rows[at]]) for at in first}
    best = max(first, key=lambda at: known[at], default=0)
    if known.get(best):
        return best
    return next((at for at in first if _is_filled(sheet.rows[at])), 0)


def _read_rows(table: Table, rows: Sequence[Sequence[Cell]], heading_row: int, headings: Headings) -> None:
    width = len(rows[heading_row])
    for number, cells in enumerate(rows[heading_row + 1 :], heading_row + 2):
        if not _is_filled(cells):
            continue
        if _is_filled(cells[width:]):
            table.refuse(number, "", "This row has more cells than there are headings. Check its commas and quotation marks")
        values = {column.key: _read(table, number, column, cells[at] if at < len(cells) else None) for at, column in headings.columns}
        row = Row(number, {key: value for key, value in values.items() if value is not None})
        (table.spoilt if number in table.bad else table.rows).append(row)


def _read(table: Table, number: int, column: Column, cell: Cell) -> Value:
    try:
        return read_cell(column, cell)
    except CellRefused as refused:
        table.refuse(number, column.key, refused.message)
        return None


def _rows_in(sheet: RawSheet) -> int:
    """How many rows hold anything, looking no further than the second."""
    return sum(1 for _ in islice(filter(_is_filled, sheet.rows), 2))


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(cell is not None and not (isinstance(cell, str) and not cell.strip()) for cell in cells)

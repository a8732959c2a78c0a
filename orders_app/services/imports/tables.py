"""Sheets as tables: which kind each is, which column is which, and every cell read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orders_app.rules.spreadsheets import KINDS, SheetKind
from orders_app.rules.spreadsheets.cells import Cell, CellRefused, Value, read_cell, text_of
from orders_app.rules.spreadsheets.columns import Column
from orders_app.rules.spreadsheets.folding import by_name, found
from orders_app.rules.spreadsheets.headings import Headings, known_headings, match_headings
from orders_app.services.imports.problems import FileRefused, Problems, RowProblem, column_letter
from orders_app.services.imports.reading import RawSheet

TITLE_ROWS = 20
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
    names = {id(sheet) for _, sheet in chosen}
    return Book(tables, problems, tuple(sheet.name for sheet in sheets if id(sheet) not in names), tuple(columns_not_read))


def _choose(sheets: Sequence[RawSheet], kind_code: str) -> list[tuple[str, RawSheet]]:
    named = [(code, sheet) for sheet in sheets if sheet.name and (code := found(SHEET_NAMES, sheet.name))]
    named = [(code, sheet) for code, sheet in named if code == kind_code or _has_rows(sheet)]
    if any(code == kind_code for code, _ in named):
        return named
    if named:
        sheet_name = KINDS[kind_code].sheet_name
        raise FileRefused(f"The workbook has no sheet named '{sheet_name}'. Its sheets are: {', '.join(sheet.name for sheet in sheets)}")
    first = next((sheet for sheet in sheets if any(_is_filled(row) for row in sheet.rows)), None)
    if first is None:
        raise FileRefused("The file is empty. Choose a file with a row of headings and a row for each record")
    return [(kind_code, first)]


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
        _read_rows(table, sheet.rows, position, headings)
    return table, headings.not_read


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


def _has_rows(sheet: RawSheet) -> bool:
    return sum(1 for row in sheet.rows[:TITLE_ROWS] if _is_filled(row)) > 1


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(cell is not None and not (isinstance(cell, str) and not cell.strip()) for cell in cells)

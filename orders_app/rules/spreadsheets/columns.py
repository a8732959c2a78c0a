"""The shape of a declared column, and of a sheet of them. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    LINES = "lines"  # several values in one cell, one a line
    DAY = "day"
    DAY_OR_MOMENT = "day_or_moment"  # a day, with the time of day where it is known
    TIME = "time"
    YES_NO = "yes_no"
    CHOICE = "choice"
    END = "end"  # a last day, or words for an order without one


@dataclass(frozen=True)
class Choice:
    """One answer of a column: what is stored, how it is written, and what else officers call it."""

    value: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet.

    key: how the program calls it. heading: what the template says; also_called: other headings that are read as it.
    description: what goes in, for the template and the page. longest: of text, or of each line.
    """

    key: str
    heading: str
    description: str
    examples: tuple[str, ...]
    kind: CellKind = CellKind.TEXT
    is_required: bool = False
    longest: int = 300
    choices: tuple[Choice, ...] = ()
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SheetKind:
    """One kind of sheet: its name in commands, its name on a sheet, what a row is, and its columns in order."""

    code: str
    sheet_name: str
    one_row_is: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """Return the column with this key. Raises KeyError."""
        return {column.key: column for column in self.columns}[key]

    def has(self, key: str) -> bool:
        """Whether the sheet has such a column."""
        return any(column.key == key for column in self.columns)

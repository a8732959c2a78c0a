"""What is wrong with a file, by sheet, row and column, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

LONGEST_LIST = 10_000
LETTERS = 26


class FileRefused(ValueError):
    """The file as a whole cannot be read. `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class RowProblem:
    """One thing to mend. `row` counts as the spreadsheet does; `letter` is the column's letter there, empty where it has none."""

    sheet: str
    row: int | None
    column: str
    message: str
    letter: str = ""
    citation: str = ""

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values, for storing and for the command line."""
        return asdict(self)


@dataclass
class Problems:
    """Everything wrong with a file. Counts them all, and keeps the first ten thousand."""

    kept: list[RowProblem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: RowProblem) -> None:
        """Note one more."""
        self.count += 1
        if len(self.kept) < LONGEST_LIST:
            self.kept.append(problem)

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[RowProblem]:
        """In the order in which somebody goes through the file: by sheet, row and column."""
        sheets = list(dict.fromkeys(problem.sheet for problem in self.kept))
        return iter(
            sorted(self.kept, key=lambda problem: (sheets.index(problem.sheet), problem.row or 0, len(problem.letter), problem.letter))
        )


def column_letter(position: int) -> str:
    """The letter over a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters

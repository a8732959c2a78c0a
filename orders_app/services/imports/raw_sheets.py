"""A sheet as it stands in the file, before anything in it is understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orders_app.rules.spreadsheets.cells import Cell

Place = tuple[int, int]


@dataclass(frozen=True)
class RawSheet:
    """One sheet: the first of its rows is row 1. A CSV file is one sheet without a name.

    `merged` are areas drawn as one cell, each from and to (row, column), counted from 0: only the first cell has the value.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[Place, Place]] = ()
    is_hidden: bool = False

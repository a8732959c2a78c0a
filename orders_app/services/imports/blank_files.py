"""Blank spreadsheets to fill in: a row of headings, and a sheet that says what goes in each column."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from orders_app.rules.spreadsheets import CellKind, Column, SheetKind

GUIDE = "How to fill in"
GUIDE_HEADINGS = ("Column", "Needed", "What goes in", "Examples")
HOW_CELLS_ARE_READ = {
    CellKind.DAY: "Day first, year with four figures: 08/04/2026, 8 Apr 2026 or 2026-04-08",
    CellKind.DAY_OR_MOMENT: "Day first, year with four figures; a time may follow: 8 Apr 2026 22:40",
    CellKind.TIME: "24-hour clock: 22:40",
}


def blank_csv(kind: SheetKind) -> bytes:
    """Return a CSV file with the headings of a kind, in a form that Excel opens with its accents right."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.heading for column in kind.columns])
    return text.getvalue().encode("utf-8-sig")


def blank_xlsx(kind: SheetKind) -> bytes:
    """Return a workbook with the headings of a kind, and a second sheet that describes each column."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(kind.sheet_name)
        for place, column in enumerate(kind.columns):
            sheet.set_column(place, place, max(12, len(column.heading) + 2), plain if _is_text(column) else None)
            sheet.write_string(0, place, column.heading, heading)
        sheet.freeze_panes(1, 0)
        guide = book.add_worksheet(GUIDE)
        guide.set_column(0, 0, 26)
        guide.set_column(1, 1, 9)
        guide.set_column(2, 3, 60)
        for place, text in enumerate(GUIDE_HEADINGS):
            guide.write_string(0, place, text, heading)
        for row, column in enumerate(kind.columns, 1):
            for place, text in enumerate(described(column)):
                guide.write_string(row, place, text, wrapped)
        guide.freeze_panes(1, 0)
    return content.getvalue()


def described(column: Column) -> Sequence[str]:
    """Return a column's heading, whether it is needed, what goes in, and examples, in words."""
    parts = [column.description[:1].upper() + column.description[1:]]
    if column.choices:
        parts.append(f"One of: {', '.join(choice.name for choice in column.choices)}")
    if column.kind in HOW_CELLS_ARE_READ:
        parts.append(HOW_CELLS_ARE_READ[column.kind])
    return column.heading, "Needed" if column.is_required else "", ". ".join(parts).replace("?.", "?"), " or ".join(column.examples)


def _is_text(column: Column) -> bool:
    """A reference such as 00417 must not turn into a number as it is typed."""
    return column.kind in (CellKind.TEXT, CellKind.LINES, CellKind.CHOICE)

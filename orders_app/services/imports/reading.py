"""A file's bytes as sheets of cells: CSV in the encodings and with the separators that forces use, and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from orders_app.rules.spreadsheets.cells import Cell
from orders_app.services.imports.excel import excel_sheets
from orders_app.services.imports.problems import FileRefused

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_8, UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = ",;\t"
LONGEST_CELL = 100_000


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it stands: the first row is row 1. A CSV file is one sheet without a name."""

    name: str
    rows: Sequence[Sequence[Cell]]


def read_file(content: bytes) -> list[RawSheet]:
    """Return the sheets of a CSV or XLSX file, by what it is and not by what it is called. Raises FileRefused."""
    if content.startswith(ZIP):
        return [RawSheet(name, rows) for name, rows in excel_sheets(content)]
    if content.startswith(OLD_EXCEL):
        raise FileRefused(
            "This is an Excel file in the old format, or one with a password. Save it as an Excel workbook (.xlsx) without a password"
        )
    return [RawSheet("", _csv_rows(_decoded(content)))]


def _decoded(content: bytes) -> str:
    if content.startswith(UTF_16):
        return _decoded_as(content, "utf-16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decoded_as(content, "cp1252")
    if "\x00" in text:
        raise FileRefused("This is not a spreadsheet. Save it as CSV or as an Excel workbook (.xlsx)")
    return text


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        message = "The file has characters that are neither UTF-8 nor Windows-1252. Save it from Excel as 'CSV UTF-8'"
        raise FileRefused(message) from None


def _csv_rows(text: str) -> list[list[Cell]]:
    if not text.strip():
        raise FileRefused("The file is empty. Choose a file with a row of headings and a row for each record")
    separator, text = _separator(text)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(list(row))
    except csv.Error:
        raise FileRefused(f"Row {len(rows) + 1} cannot be read: check its quotation marks. One that opens must close") from None
    return rows


def _separator(text: str) -> tuple[str, str]:
    """The separator the first line uses most, or names in Excel's own way (sep=;), which is then taken off."""
    first, _, rest = text.partition("\n")
    named = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and len(named) == 1:
        return named, rest
    lines = [line for line in text[:LONGEST_CELL].splitlines() if line.strip()][:20]
    return max(SEPARATORS, key=lambda separator: max(_fields(line, separator) for line in lines)), text


def _fields(line: str, separator: str) -> int:
    return len(next(csv.reader([line], delimiter=separator), []))

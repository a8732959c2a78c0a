"""A file's bytes as sheets of cells: CSV in the encodings and with the separators that forces use, and XLSX."""

from __future__ import annotations

import csv
import io

from orders_app.rules.spreadsheets import KINDS
from orders_app.rules.spreadsheets.cells import Cell
from orders_app.rules.spreadsheets.headings import known_headings
from orders_app.services.imports.excel import excel_sheets
from orders_app.services.imports.problems import FileRefused
from orders_app.services.imports.raw_sheets import RawSheet

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_8, UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
SOMETHING_ELSE = {
    b"%PDF": "a PDF document", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"{\\rtf": "a text document",
    b"<": "a web page, or a report saved as one",
}  # fmt: skip
SAVE_IT_AS = "Save the table as CSV or as an Excel workbook (.xlsx)"
SEPARATORS = ",;\t|"
FIRST_LINES = 20
EMPTY = "The file is empty. Choose a file with a row of headings and a row for each record"


def read_file(content: bytes) -> list[RawSheet]:
    """Return the sheets of a CSV or XLSX file, by what it is and not by what it is called. Raises FileRefused."""
    if content.startswith(ZIP):
        return excel_sheets(content)
    if content.startswith(OLD_EXCEL):
        raise FileRefused(
            "This is an Excel file in the old format, or one with a password. Save it as an Excel workbook (.xlsx) without a password"
        )
    return [RawSheet("", _csv_rows(_decoded(content)))]


def _decoded(content: bytes) -> str:
    if content.startswith(UTF_16):
        return _decoded_as(content, "utf-16")
    _refuse_something_else(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded_as(content, "cp1252")


def _refuse_something_else(content: bytes) -> None:
    begins = content.removeprefix(UTF_8).lstrip()
    for mark, what in SOMETHING_ELSE.items():
        if begins.startswith(mark):
            raise FileRefused(f"This is {what}, not a spreadsheet. {SAVE_IT_AS}, and choose that")
    if b"\x00" in content:
        raise FileRefused(f"This is not a spreadsheet. {SAVE_IT_AS}, and choose that")


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        message = "The file has characters that are neither UTF-8 nor Windows-1252. Save it from Excel as 'CSV UTF-8'"
        raise FileRefused(message) from None


def _csv_rows(text: str) -> list[list[Cell]]:
    if not text.strip():
        raise FileRefused(EMPTY)
    separator, text = _separator(text)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(list(row))
    except csv.Error:
        raise FileRefused(f"Row {len(rows) + 1} cannot be read: check its quotation marks. One that opens must close") from None
    return rows


def _separator(text: str) -> tuple[str, str]:
    """The separator that makes most headings of one of the first lines. Excel may name it (sep=;): that line is taken off."""
    first, _, rest = text.partition("\n")
    named = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and len(named) == 1:
        return named, rest
    lines = [line for line in io.StringIO(text, newline=None) if line.strip()][:FIRST_LINES]
    return max(SEPARATORS, key=lambda separator: max(_headings(line, separator) for line in lines)), text


def _headings(line: str, separator: str) -> tuple[int, int]:
    """How many cells of a line are headings of some kind of sheet, and how many cells it has."""
    cells = next(csv.reader([line], delimiter=separator), [])
    return max(known_headings(kind, cells) for kind in KINDS.values()), len(cells)

"""Excel workbooks: looked over before they are opened, so that a small file cannot fill the memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from orders_app.services.imports.problems import FileRefused
from orders_app.services.imports.raw_sheets import RawSheet

LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_RATIO = 250
MOST_PARTS = 2_000
MOST_CELLS = 20_000_000
SMALL_PART = 1024 * 1024
CHUNK = 1024 * 1024
LONGEST_PLACE = 40
BOOK, SHEETS = "xl/workbook.xml", "xl/worksheets/"
NOT_XLSX = "This is not an Excel workbook (.xlsx). Save it as one, or as CSV"
_PLACE = re.compile(rb"\br=[\"']([A-Za-z]{0,3})([0-9]{1,7})[\"']")


def excel_sheets(content: bytes) -> list[RawSheet]:
    """Return every sheet. Formulas give the values they had when saved. Raises FileRefused."""
    _look_over(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible is not SheetVisibleEnum.Visible}
            return [_sheet(book, name, name in hidden) for name in book.sheet_names]
    except (CalamineError, ValueError):
        raise FileRefused("The workbook is damaged. Open it in Excel, save it again and choose it here") from None


def _sheet(book: CalamineWorkbook, name: str, is_hidden: bool) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    return RawSheet(name, sheet.to_python(skip_empty_area=False), tuple(sheet.merged_cell_ranges or ()), is_hidden)


def _look_over(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _check_sizes(parts.infolist())
            if BOOK not in parts.namelist():
                raise FileRefused(NOT_XLSX)
            for part in parts.infolist():
                if part.filename.startswith(SHEETS) and part.filename.endswith(".xml"):
                    _check_extent(parts, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise FileRefused(NOT_XLSX) from None


def _check_sizes(parts: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed_hard = any(part.file_size > SMALL_PART and part.file_size > LARGEST_RATIO * part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or packed_hard:
        raise FileRefused("The workbook unpacks to far more than it holds. Copy the rows into a new workbook, or save it as CSV")


def _check_extent(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A lone cell in the far corner makes a sheet of billions: the furthest row and column are found before it is opened."""
    rows = columns = 0
    for place in _places(parts, part):
        rows = max(rows, int(place[2]))
        columns = max(columns, _column_number(place[1].upper()))
        if rows * columns > MOST_CELLS:
            raise FileRefused(
                "A cell far to the right or far below makes the sheet too large. Delete the empty rows and columns around the table"
            )


def _places(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[re.Match[bytes]]:
    unread = b""
    with parts.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text = unread + chunk
            yield from _PLACE.finditer(text)
            unread = text[-LONGEST_PLACE:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number

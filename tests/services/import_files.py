"""Files to import, as forces write them, and one call that imports them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from orders_app.queries.visibility import SYSTEM
from orders_app.services.imports.runs import import_content
from orders_app.services.imports.whole_file import Outcome, read_whole
from orders_app.services.work import Actor
from tests.conftest import Acting

Import = Callable[..., Outcome]
NOBODY = Actor(None, "Test", SYSTEM)
PEOPLE_HEADINGS = ("Our key", "Surname", "Forenames", "Date of birth", "PNC")
CALLUM = ("N-1", "Whittaker", "Callum", "14/03/1988", "")
ANNA = ("N-2", "Marsh", "Anna", "03/02/2001", "")


def a_csv(headings: Sequence[str], *rows: Sequence[Any], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def people(*rows: Sequence[Any]) -> bytes:
    """A people sheet with the usual headings."""
    return a_csv(PEOPLE_HEADINGS, *(rows or (CALLUM, ANNA)))


def orders(*rows: dict[str, Any]) -> bytes:
    """An orders sheet with the headings that the rows have."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return a_csv(headings, *([row.get(name, "") for name in headings] for row in rows))


def a_workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook; a name's underscores are spaces. Dates are written as Excel dates."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return content.getvalue()


def importer(acting: Acting) -> Import:
    """Return a function that imports a file, as the system unless told otherwise."""

    def run(content: bytes, kind: str = "people", *, is_dry_run: bool = False, actor: Actor = NOBODY) -> Outcome:
        return import_content(acting, actor, read_whole(content, kind), is_dry_run=is_dry_run)

    return run


def said(outcome: Outcome) -> list[tuple[int | None, str, str]]:
    """The problems as row, column and message."""
    return [(problem.row, problem.column, problem.message) for problem in outcome.problems]


DVPN = {
    "Our reference": "D/1", "Type": "DVPN", "Subject": "N-1", "Authorised": "21/11/2026 20:00", "Authorised rank": "Superintendent",
    "Served": "21/11/2026 22:40", "Conditions": "Not to contact Anna Marsh\nNot to go to 12 Alder Row", "Protected people": "N-2; wife",
}  # fmt: skip
SPO = {"Our reference": "S/1", "Type": "SPO", "Subject": "N-1", "Made": "01/03/2025", "Served": "02/03/2025", "Ends": "until further order"}
DVPO = {"Our reference": "D/2", "Type": "DVPO", "Subject": "N-1", "Made": "10/11/2026", "Served": "10/11/2026", "Ends": "07/12/2026"}

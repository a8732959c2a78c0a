"""Rows as a CSV file that opens cleanly in a spreadsheet program and runs nothing there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Return an answer that saves these rows under `name`. The mark at the front lets Excel read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(f"\ufeff{out.getvalue()}", mimetype="text/csv; charset=utf-8", headers=headers)


def safe_cell(text: str) -> str:
    """The text, with a quote before it where a spreadsheet program would run it as a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text

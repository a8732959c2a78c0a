"""The form a spreadsheet is handed in with."""

from __future__ import annotations

from flask_wtf import FlaskForm

from orders_app.rules.spreadsheets import KINDS
from orders_app.web.fields import FileField, RadiosField, Required, SubmitField, choice


class ImportForm(FlaskForm):
    """What the file holds, and the file. One check for the user before anything is kept."""

    kind = RadiosField(
        "What does the file hold?",
        [Required("Choose what the file holds")],
        choices=[choice(kind.code, kind.sheet_name, f"Each row is {kind.one_row_is}") for kind in KINDS.values()],
        hint="An Excel workbook whose sheets have these names is taken whole",
    )
    file = FileField("Spreadsheet", [Required("Choose a file")], hint="CSV, or an Excel workbook (.xlsx)", accept=".csv,.xlsx,.txt")
    save = SubmitField("Check the file")

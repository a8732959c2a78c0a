"""What the law refuses, put beside the question of the calculator that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import Field

from orders_app.rules.event_problems import field_of
from orders_app.rules.orders import Problem
from orders_app.web.fields import CitedText
from orders_app.web.law.forms import CaseForm
from orders_app.web.law.rows import WhenRow

ASKED_AS = {"subject_born_on": "subject_age", "protected": "protected_age"}
FURTHER = {"term": "term_months"}
CONDITION_PARTS = {"starts_on": "starts", "ends_on": "ends"}


def refuse_all(form: CaseForm, problems: Iterable[Problem]) -> None:
    """Put every refusal on its field; on the form as a whole where it is about nothing that is asked."""
    for problem in problems:
        text = CitedText(problem.message, problem.citation)
        field = _field(form, problem.field)
        if field is None:
            form.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]


def _field(form: CaseForm, name: str) -> Field | None:
    asked = ASKED_AS.get(name, name)
    if asked in form:
        return form[asked]
    if name.startswith("conditions."):
        return _condition_field(form, name)
    return _event_field(form, name)


def _condition_field(form: CaseForm, name: str) -> Field | None:
    _, number, *part = name.split(".")
    rows = [row.form for row in form.further_rows]
    if not number.isdigit() or int(number) > len(rows):
        return None
    field: Field = rows[int(number) - 1][CONDITION_PARTS.get(part[0], "kind") if part else "ends"]
    return field


def _event_field(form: CaseForm, name: str) -> Field | None:
    """A further answer of that name in a row; else the row of the last event of the kind that the field is named after."""
    rows = [row.form for row in form.event if row.form.event_kind and not row.form.is_blank]
    further: list[Field] = [field for row in rows for field in row.further.values() if field.short_name == FURTHER.get(name, name)]
    named = [row for row in rows if field_of(row.event_kind) == name]
    if further:
        return further[-1]
    return _part(named[-1], name) if named else None


def _part(row: WhenRow, name: str) -> Field:
    """The time where the time is what is missing, else the day."""
    field: Field = row.time if name.endswith("_at") and not row.time.data else row.day
    return field

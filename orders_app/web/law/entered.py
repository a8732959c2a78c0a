"""What was typed into the calculator, in words: for the printed sheet, which has no form."""

from __future__ import annotations

from wtforms import Field

from orders_app.web.fields import CheckboxField, DayTextField
from orders_app.web.filters import day
from orders_app.web.law.forms import CaseForm
from orders_app.web.orders.event_words import EVENT_WORDS, when_words


def entered(form: CaseForm) -> list[tuple[str, str]]:
    """Each answer: what it is of, and what was answered."""
    events = [(EVENT_WORDS[event.kind].happened, when_words(event.on, event.at)) for event in form.events()]
    conditions = [
        (f"Condition {number}", _row_words([row.form.kind, row.form.starts, row.form.ends, row.form.before]))
        for number, row in enumerate(form.further_rows, 1)
        if not row.form.is_blank
    ]
    facts = [(str(field.label.text), _words(field)) for field in form.facts_asked if field.data]
    return [*events, *facts, *conditions]


def _row_words(fields: list[Field]) -> str:
    return ", ".join(f"{field.label.text.partition(',')[0].lower()} {_words(field)}" for field in fields if field.data)


def _words(field: Field) -> str:
    if isinstance(field, DayTextField):
        return day(field.day)
    if isinstance(field, CheckboxField):
        return "Yes"
    chosen = [option.label for option in field.offered() if option.selected] if hasattr(field, "offered") else [str(field.data)]
    return ", ".join(chosen)

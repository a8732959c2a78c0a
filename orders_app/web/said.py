"""What was answered in a form, in words: to check before saving, and to lay beside what somebody else saved."""

from __future__ import annotations

from wtforms import Field

from orders_app.web.fields import CheckboxField, ConfirmField, DateField, DateTimeField
from orders_app.web.filters import at, day


def said(field: Field) -> str:
    """An answer in words; empty where there is none."""
    if isinstance(field, DateTimeField):
        return at(field.data) or day(field.day)
    if isinstance(field, DateField):
        return day(field.data)
    if isinstance(field, ConfirmField):
        return "Yes" if field.data else ""
    if isinstance(field, CheckboxField):
        return "Yes" if field.data else "No"
    if hasattr(field, "iter_choices"):
        return ", ".join(str(option.label) for option in field.iter_choices() if option.selected and option.value)
    return str(field.data or "")

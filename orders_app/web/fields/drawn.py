"""What every field shares: its label, hint and errors, drawn by a macro of templates/components/fields.html."""

from __future__ import annotations

from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import Field, Form
from wtforms.validators import StopValidation

MARKUP = "components/fields.html"


def draw(field: Drawn) -> Markup:
    """The whole form group as HTML."""
    macro = getattr(current_app.jinja_env.get_template(MARKUP).module, field.macro)
    return Markup(macro(field))


class Drawn(Field):
    """Stands before the WTForms field in the list of a field's parents.

    hint: small text under the label. label_size: "s", "m", "l", or "" for a plain label. is_heading: the label is
    the page's h1. name_in_errors: how messages call the field, where the label is a question.
    """

    macro = "text_input"
    widget: Any = staticmethod(draw)
    label: Any
    id: str
    errors: Any
    process_errors: list[str]

    def __init__(
        self,
        label: str | None = None,
        validators: Any = None,
        *,
        hint: str = "",
        label_size: str = "s",
        is_heading: bool = False,
        name_in_errors: str = "",
        **settings: Any,
    ) -> None:
        super().__init__(label, validators, **settings)
        self.hint = hint
        self.label_size = label_size
        self.is_heading = is_heading
        self.name_in_errors = name_in_errors

    @property
    def called(self) -> str:
        """What the field is called in a message."""
        return self.name_in_errors or str(self.label.text).rstrip("?")

    @property
    def focus_id(self) -> str:
        """The id of the box that a link in the error summary goes to."""
        return self.id

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for aria-describedby; empty where there are none."""
        ids = [f"{self.id}-hint"] if self.hint else []
        if self.errors:
            ids.append(f"{self.id}-error")
        return " ".join(ids)


class Required:
    """The field must be answered. The message says what to enter. A fault in what was typed is said instead of it."""

    field_flags: dict[str, Any] = {}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        if field.errors:
            raise StopValidation()
        is_answered = field.data is False or bool(field.data.strip() if isinstance(field.data, str) else field.data)
        if not is_answered:
            raise StopValidation(self.message)

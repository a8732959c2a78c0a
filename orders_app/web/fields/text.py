"""Text typed by people: one line, several lines, e-mail, password, search."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from orders_app.rules.emails import NOT_AN_EMAIL, is_email
from orders_app.rules.plain_text import without_invisible_marks
from orders_app.web.fields.drawn import Drawn


class TextField(Drawn, wtforms.StringField):
    """One line of text, without spaces around it.

    width: GOV.UK width in characters (2, 3, 4, 5, 10, 20, 30), or "full". has_count: show how many characters are left
    of max_length. prefix and suffix are drawn beside the box.
    """

    input_type = "text"

    def __init__(
        self,
        label: str | None = None,
        validators: Any = None,
        *,
        max_length: int | None = None,
        has_count: bool = False,
        width: int | str = "full",
        inputmode: str = "",
        autocomplete: str = "off",
        spellcheck: bool = False,
        suffix: str = "",
        **settings: Any,
    ) -> None:
        super().__init__(label, validators, **settings)
        self.max_length = max_length
        self.has_count = has_count and max_length is not None
        self.width = width
        self.inputmode = inputmode
        self.autocomplete = autocomplete
        self.spellcheck = spellcheck
        self.suffix = suffix

    @property
    def described_by(self) -> str:
        """Hint, error and, where characters are counted, the count."""
        return f"{super().described_by} {self.id}-info".strip() if self.has_count else super().described_by

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep the first value, with line ends as the database keeps them. A NUL cannot be stored and is refused."""
        typed = self.tidied(str(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")) if valuelist else ""
        self.data = typed.replace("\x00", "")
        if "\x00" in typed:
            raise ValueError(f"{self.called}: a character that cannot be stored was taken out. Check the text")

    def tidied(self, typed: str) -> str:
        """What was typed, without spaces around it and without marks that cannot be seen."""
        return without_invisible_marks(typed).strip()

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse text longer than the record can hold."""
        length = len(self.data or "")
        if self.max_length is not None and length > self.max_length:
            too_many = length - self.max_length
            raise ValidationError(f"{self.called} must be {self.max_length:,} characters or fewer. Take out {too_many:,} of {length:,}")


class EmailField(TextField):
    """An e-mail address."""

    input_type = "email"

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **{"max_length": 200, "autocomplete": "email", **settings})

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what cannot be an address."""
        super().pre_validate(form)
        if self.data and not is_email(self.data):
            raise StopValidation(NOT_AN_EMAIL)


class PasswordField(TextField):
    """A password or a code: kept as typed, never shown again."""

    input_type = "password"

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **{"max_length": 1000, "autocomplete": "current-password", "width": 20, **settings})

    def tidied(self, typed: str) -> str:
        """A space may be part of a password."""
        return typed

    def _value(self) -> str:
        return ""


class SearchField(TextField):
    """Words to search for."""

    input_type = "search"

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **{"max_length": 200, "label_size": "", **settings})


class TextareaField(TextField):
    """Several lines of text."""

    macro = "textarea"

    def __init__(self, label: str | None = None, validators: Any = None, *, rows: int = 4, **settings: Any) -> None:
        super().__init__(label, validators, **{"spellcheck": True, **settings})
        self.rows = rows

"""What to look for in the log."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from orders_app.rules.typed_dates import NotADate, day_from_text
from orders_app.web.audit.wording import KIND_WORDS
from orders_app.web.fields import SearchField, SelectField, TextField, choice


class DayField(TextField):
    """A day in one box, as a filter has room for: 8 April 2026, 08/04/2026. `day` is the date, or None."""

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **{"label_size": "", "width": 10, "max_length": 40, **settings})
        self.day: date | None = None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not a day."""
        super().pre_validate(form)
        if self.data:
            try:
                self.day = day_from_text(self.data)
            except NotADate as fault:
                raise StopValidation(f"{self.called}: {fault.message}") from fault


class AuditFilterForm(FlaskForm):
    """Officer, reference, days, kind. The answers stay in the address."""

    class Meta:
        csrf = False

    officer = SearchField("Officer: name, user name or collar number")
    reference = SearchField("Person or record, such as P-10482")
    since = DayField("From day")
    until = DayField("To day")
    kind = SelectField("What", label_size="", choices=[choice(code, words) for code, words in KIND_WORDS.items()])

"""A day, or a time of day, in one box, as people type it: for rows of several, where three boxes each would be too many."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from orders_app.rules.typed_dates import NotADate, NotATime, day_from_text, time_from_text
from orders_app.web.fields.text import TextField


class DayTextField(TextField):
    """A day in one box: 21 Nov 2026, 21/11/2026 or 2026-11-21. `day` is what was read; data stays as it was typed."""

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **{"width": 10, "max_length": 60, **settings})
        self.day: date | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. A fault says what to type."""
        super().process_formdata(valuelist)
        self.day = None
        if not self.data:
            return
        try:
            self.day = day_from_text(self.data)
        except NotADate as fault:
            raise ValueError(_said(self.called, fault.message)) from fault


class TimeTextField(TextField):
    """A time of day in one box: 22:40, 2240 or 10.40pm. `time` is what was read; data stays as it was typed."""

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **{"width": 5, "max_length": 20, **settings})
        self.time: time | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. A fault says what to type."""
        super().process_formdata(valuelist)
        self.time = None
        if not self.data:
            return
        try:
            self.time = time_from_text(self.data)
        except NotATime as fault:
            raise ValueError(_said(self.called, fault.message)) from fault


def _said(called: str, message: str) -> str:
    """A message that follows the name of its field goes on in small letters where it asks for something."""
    return f"{called}: {message[0].lower()}{message[1:]}" if message.startswith("Enter") else f"{called}: {message}"

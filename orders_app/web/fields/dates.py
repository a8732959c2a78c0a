"""A day in three boxes, and a day with a time. What was typed is kept exactly, and the box to mend is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import wtforms
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from orders_app.rules.london import london_day
from orders_app.rules.typed_dates import ClocksChanged, NotADate, NotATime, day_from_parts, day_from_text, moment, time_from_text
from orders_app.web.fields.drawn import Drawn, Required

LONDON = ZoneInfo("Europe/London")
PARTS = ("day", "month", "year")


class DateField(Drawn, wtforms.Field):
    """A day, typed in three boxes named `<name>-day`, `-month` and `-year`; data is a date or None.

    Also reads a whole date posted under the plain name, as an address may carry: `?from=2026-04-08`.
    """

    macro = "date_input"
    boxes: tuple[str, ...] = PARTS

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **settings)
        self.typed: dict[str, str] = dict.fromkeys(self.boxes, "")
        self.wrong_parts: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the record's value, then whatever was posted, however many values that is."""
        self.process_errors = []
        self.raw_data = []
        self.wrong_parts = ()
        self.object_data = self.data = self._given(data)
        self.typed = self._as_typed(self.data)
        if formdata:
            self.typed = self._posted(formdata)
            self.raw_data = [text for text in self.typed.values() if text]
            self.data = None
            self._read()

    def pre_validate(self, form: BaseForm) -> None:
        """A fault in what was typed is the only message: nothing else can be said about a date that is not one."""
        if self.process_errors:
            raise StopValidation()

    @property
    def focus_id(self) -> str:
        """The first wrong box; the first box where all are."""
        return f"{self.id}-{(self.wrong_parts or self.boxes)[0]}"

    def is_wrong(self, part: str) -> bool:
        """Whether to draw this box as wrong: those named, or all where the whole date is refused."""
        return bool(self.errors) and part in (self.wrong_parts or self.boxes)

    def _given(self, data: Any) -> Any:
        if data is wtforms.utils.unset_value:
            data = self.default() if callable(self.default) else self.default
        return data

    def _as_typed(self, value: date | None) -> dict[str, str]:
        texts = (str(value.day), str(value.month), str(value.year)) if value else ("", "", "")
        return dict.fromkeys(self.boxes, "") | dict(zip(PARTS, texts, strict=True))

    def _posted(self, formdata: Any) -> dict[str, str]:
        typed = {box: _first(formdata, f"{self.name}-{box}") for box in self.boxes}
        whole = _first(formdata, self.name)
        if whole and not any(typed.values()):
            typed |= self._split(whole)
        return typed

    def _split(self, whole: str) -> Mapping[str, str]:
        try:
            return self._as_typed(day_from_text(whole))
        except NotADate:
            return {"day": whole}

    def _read(self) -> None:
        if any(text.strip() for text in self.typed.values()):
            self.data = self._read_day()

    def _read_day(self) -> date | None:
        try:
            return day_from_parts(*(self.typed[part] for part in PARTS))
        except NotADate as fault:
            self._wrong(fault.message, fault.parts)
            return None

    def _wrong(self, message: str, parts: tuple[str, ...]) -> None:
        self.wrong_parts += parts
        said = f"{message[0].lower()}{message[1:]}" if message.startswith("Enter") else message
        self.process_errors.append(f"{self.called}: {said}")


class DateTimeField(DateField):
    """A day and a time of day in England and Wales; data is an instant in UTC, or None.

    `day` is the date alone: with is_time_optional a day without a time is an answer, and data stays None.
    A time that came twice when the clocks went back asks which of the two was meant.
    """

    macro = "date_time"
    boxes = (*PARTS, "time", "which")

    def __init__(self, label: str | None = None, validators: Any = None, *, is_time_optional: bool = False, **settings: Any) -> None:
        super().__init__(label, validators, **settings)
        self.is_time_optional = is_time_optional
        self.day: date | None = None
        self.came_twice = False

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """As for a day; the record's value is an aware instant, or the day alone where no time is known."""
        self.day = None
        self.came_twice = False
        super().process(formdata, data, extra_filters)
        if self.data and not formdata:
            self._take(self.data)

    def _take(self, value: date) -> None:
        if isinstance(value, datetime):
            self.day = london_day(value)
        else:
            self.day, self.data = value, None

    def _as_typed(self, value: Any) -> dict[str, str]:
        if not isinstance(value, datetime):
            return super()._as_typed(value)
        local = value.astimezone(LONDON)
        shifted = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        which = ("second" if local.fold else "first") if shifted else ""
        return super()._as_typed(local.date()) | {"time": f"{local:%H:%M}", "which": which}

    def _read(self) -> None:
        if not any(self.typed[part].strip() for part in (*PARTS, "time")):
            return
        self.day = self._read_day()
        time_text = self.typed["time"]
        if not time_text.strip() and self.is_time_optional:
            return
        try:
            at = time_from_text(time_text)
            if self.day:
                self.data = moment(self.day, at, self.typed["which"])
        except ClocksChanged as fault:
            self.came_twice = fault.came_twice
            self._wrong(fault.message, ("which",) if fault.came_twice else ("time",))
        except NotATime as fault:
            self._wrong(fault.message, ("time",))


class DayRequired(Required):
    """The day must be answered; the time may be left open, and the law says where it may not."""

    def __call__(self, form: Any, field: Any) -> None:
        if getattr(field, "day", None) is None or field.errors:
            super().__call__(form, field)


def _first(formdata: Any, name: str) -> str:
    values = formdata.getlist(name)
    return str(values[0]) if values else ""

"""The forms by which law is entered. Each gives the entry it makes and the authority it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_wtf import FlaskForm

from orders_app.rules.law_entries import DayEntry, Entry, ProvisionEntry
from orders_app.rules.provisions import ENGLAND_AND_WALES, InForce
from orders_app.services.errors import RuleBroken
from orders_app.services.law import Authority
from orders_app.web.fields import (
    CheckboxesField,
    DateField,
    RadiosField,
    Required,
    SelectField,
    SubmitField,
    TextareaField,
    TextField,
    VersionField,
    choice,
)
from orders_app.web.law.entry_words import span_words

EVERYWHERE, SOME = "everywhere", "some"
EVERY_ROW = "every"
NEW_END, NO_END, MISTAKE = "until", "open", "mistake"
BOTH, STATUTORY = "both", "statutory"
LONGEST_AREA, MOST_AREAS = 100, 100
CITATION_HINT = "Such as: SI 2026/342 reg.2"
ADDRESS_HINT = "Such as: https://www.legislation.gov.uk/uksi/2026/342"


class EntryForm(FlaskForm):
    """On what authority law is entered, and why now. `version` is the last entry that the page was made from."""

    citation = TextField("Instrument and provision", [Required("Enter what it rests on")], max_length=200, hint=CITATION_HINT)
    url = TextField("Its address", [Required("Enter its address")], max_length=300, hint=ADDRESS_HINT)
    note = TextareaField("Note, if one helps the reader", rows=2, max_length=1000)
    reason = TextareaField(
        "Why is it entered now, and who confirmed it?",
        [Required("Enter why it is entered, and who confirmed it")],
        rows=2,
        max_length=1000,
        hint="Kept in the log",
    )
    version = VersionField()
    send = SubmitField("Continue")

    def authority(self) -> Authority:
        """What it rests on, as typed."""
        return Authority(self.citation.data or "", self.url.data or "", self.reason.data or "", self.note.data or "")

    def entry(self) -> Entry:
        """What would be entered: nothing, until a form asks for it. Raises RuleBroken where the answers do not make one."""
        return Entry()


class RowForm(EntryForm):
    """A provision comes into force somewhere."""

    where = RadiosField(
        "Where is it in force?", [Required("Choose where it is in force")],
        choices=[choice(EVERYWHERE, f"In all of {ENGLAND_AND_WALES}"), choice(SOME, "In some areas only", "Name them below")],
    )  # fmt: skip
    areas = TextareaField("Areas, one to a line", rows=4, max_length=5000, hint="As officers name them on orders, such as Croydon")
    in_force_from = DateField("First day in force", [Required("Enter the first day in force")])
    in_force_until = DateField("Last day in force, if one is set")

    def __init__(self, code: str, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.code = code

    def entry(self) -> Entry:
        """One row for each area."""
        if self.in_force_from.data is None:
            raise RuleBroken("in_force_from", "Enter the first day in force")
        begins, until = self.in_force_from.data, self.in_force_until.data
        rows = [self._row(area, begins, until) for area in self._areas()]
        return Entry(tuple(ProvisionEntry(row) for row in rows))

    def _row(self, area: str, begins: date, until: date | None) -> InForce:
        source = self.authority()
        return InForce(self.code, area, begins, until, source.citation, source.url, source.note)

    def _areas(self) -> list[str]:
        if self.where.data == EVERYWHERE:
            return [ENGLAND_AND_WALES]
        typed = {line.strip().casefold(): line.strip() for line in (self.areas.data or "").splitlines() if line.strip()}
        if not typed or len(typed) > MOST_AREAS or any(len(area) > LONGEST_AREA for area in typed):
            raise RuleBroken("areas", f"Enter 1 to {MOST_AREAS} areas, one to a line")
        return list(typed.values())


class ChangeRowsForm(EntryForm):
    """Rows that are there end on another day, never, or were entered by mistake."""

    rows = CheckboxesField("Which rows?", [Required("Choose at least one row")])
    what = RadiosField(
        "What is different?", [Required("Choose what is different")],
        choices=[
            choice(NEW_END, "They end on another day", "Enter it below"),
            choice(NO_END, "They have no end"),
            choice(MISTAKE, "They were entered by mistake", "They are taken away, as if they had never been law"),
        ],
    )  # fmt: skip
    in_force_until = DateField("Last day in force")

    def __init__(self, known: Sequence[InForce], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.known: Mapping[str, InForce] = {row_key(row): row for row in known}
        each = [choice(key, row_words(row)) for key, row in self.known.items()]
        self.rows.choices = [choice(EVERY_ROW, "Every row"), *each] if len(each) > 1 else each

    def entry(self) -> Entry:
        """The same rows with another end, or withdrawn."""
        until = self.in_force_until.data
        if self.what.data == NEW_END and until is None:
            raise RuleBroken("in_force_until", "Enter the last day in force")
        ticked = self.rows.data or []
        chosen = [row for key, row in self.known.items() if key in ticked or EVERY_ROW in ticked]
        return Entry(tuple(self._changed(row, until if self.what.data == NEW_END else None) for row in chosen))

    def _changed(self, row: InForce, until: date | None) -> ProvisionEntry:
        if self.what.data == MISTAKE:
            return ProvisionEntry(row, is_withdrawn=True)
        source = self.authority()
        return ProvisionEntry(replace(row, in_force_until=until, citation=source.citation, url=source.url, note=source.note))


class DayForm(EntryForm):
    """A day is proclaimed a bank holiday."""

    on = DateField("Day", [Required("Enter the day")])
    name = TextField("What it is", [Required("Enter what it is")], max_length=120, hint="Such as: Coronation bank holiday")
    readings = RadiosField(
        "Is there any doubt?", [Required("Choose whether there is any doubt")],
        choices=[
            choice(BOTH, "No: it is proclaimed", "Hour clocks leave it out on both readings"),
            choice(STATUTORY, "Yes: it can be read two ways", "Lateness is judged with the day left out; the date to act by counts it"),
        ],
    )  # fmt: skip

    def entry(self) -> Entry:
        """One day."""
        if self.on.data is None:
            raise RuleBroken("on", "Enter the day")
        return Entry(days=(DayEntry(self.on.data, self.name.data or "", True, self.readings.data == BOTH),))


class WithdrawDayForm(EntryForm):
    """A day is no bank holiday after all."""

    def __init__(self, on: date, name: str, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.day, self.name = on, name

    def entry(self) -> Entry:
        """One day, on neither reading."""
        return Entry(days=(DayEntry(self.day, self.name, False, False),))


class YearsForm(EntryForm):
    """The table of bank holidays is made to cover more years."""

    year = SelectField("Up to the end of which year?", [Required("Choose a year")])

    def __init__(self, covers_until: date, years: int, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        after = range(covers_until.year + 1, covers_until.year + years + 1)
        self.year.choices = [choice("", "Choose"), *(choice(str(year), str(year)) for year in after)]

    def entry(self) -> Entry:
        """The new last day."""
        return Entry(covers_until=date(int(self.year.data), 12, 31))


def row_key(row: InForce) -> str:
    """How a row is named in a form."""
    return f"{row.in_force_from.isoformat()} {row.area.casefold()}"


def row_words(row: InForce) -> str:
    """Croydon, from 27 November 2024 to 24 November 2026."""
    return f"{row.area}, {span_words(row.in_force_from, row.in_force_until)}"

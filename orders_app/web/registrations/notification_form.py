"""The form of a notification given at a police station: what was given, what had changed, what is to change, and how the year runs on.

A change and its notification are recorded together. A change is filled in under its own heading, and left empty where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.notifications import CHANGE, TYPES
from orders_app.services.new_orders import NewEvent
from orders_app.web.fields import (
    CheckboxesField,
    CheckboxField,
    DateField,
    DateTimeField,
    DayRequired,
    RadiosField,
    Required,
    TextareaField,
    TextField,
    choice,
)
from orders_app.web.orders.opened import OpenedField
from orders_app.web.registrations.changed import OF_A_CHANGE
from orders_app.web.registrations.event_forms import ASK_WHEN
from orders_app.web.registrations.vocabulary import ANSWERS, HELD, QUESTIONS
from orders_app.web.said import said

GIVEN = field_of(E.NOTIFIED)
NONE, HOME = "none", "address"
HELD_ELSEWHERE = {
    "bank": "Bank accounts and cards",
    "identity": "Passport or identity document",
    "prints": "Fingerprints and photograph taken",
}


@dataclass(frozen=True)
class Told:
    """A change that may be notified: its heading, and the question beside its day (a line of text, or one of a few answers)."""

    kind: E
    heading: str
    asks: str
    label: str
    missing: str

    @property
    def day_name(self) -> str:
        """The name of the box with its day."""
        return field_of(self.kind)

    @property
    def answer_name(self) -> str:
        """The name of the box beside it."""
        return f"{self.kind}{OF_A_CHANGE}{self.asks}"


CHANGES = (
    Told(E.ADDRESS_CHANGED, "A new home address", "address", "New home address", "Enter the new home address"),
    Told(E.NAME_CHANGED, "A new name", "name", "New name", "Enter the new name"),
    Told(E.STAYED, "A stay of 7 days somewhere else", "premises", "Address of the place", "Enter the address of the place"),
    Told(E.CHILD_HOUSEHOLD_BEGAN, "Living or staying with a child", "premises", "Address of the place", "Enter the address of the place"),
    Told(
        E.CHILD_HOUSEHOLD_ENDED,
        "No longer living or staying with a child",
        "premises",
        "Address of the place",
        "Enter the address of the place",
    ),
    Told(E.FINANCE_CHANGED, "A bank account or card", "finance", "What happened?", "Choose what happened"),
    Told(E.IDENTITY_DOCUMENT_CHANGED, "A passport or identity document", "document", "What happened?", "Choose what happened"),
)
STAY_ENDS = f"{E.STAYED}{OF_A_CHANGE}until"


class NotificationForm(FlaskForm):
    """What every notification asks. The boxes of changes are added by `notification_form`."""

    where = TextField("Police station", [Required("Enter the police station")], width=30, max_length=200)
    officer = TextField("Officer who took it", [Required("Enter the officer who took it")], width=30, max_length=200)
    type = RadiosField(
        "Given under", [Required("Choose under which section it was given")], choices=[choice(*one) for one in TYPES.items()]
    )
    residence = RadiosField(
        "Where does the person live?",
        [Required("Choose where the person lives")],
        choices=[
            choice(HOME, "At a home address", "The one notified before, or a new one below"),
            choice(NONE, "No sole or main residence", "Where they can regularly be found. They notify every 7 days"),
        ],
    )
    held = CheckboxesField(
        "Also notified",
        choices=[choice(*one) for one in HELD_ELSEWHERE.items()],
        hint="Tick only. The numbers are held on ViSOR, never here",
    )
    specified_on = DateField(QUESTIONS["specified_on"], hint="The change may come 2 days before it to 2 days after it")
    of = RadiosField("What is to change?", choices=[choice(*one) for one in ANSWERS["of"].items()])
    to_be = TextField("To what?", hint="The new name, the new home address, or the address of the stay", max_length=200)
    not_happened = CheckboxField("It is reported that a change notified in advance did not happen")
    resets_annual = RadiosField(
        QUESTIONS["resets_annual"], choices=[choice(*one) for one in ANSWERS["resets_annual"].items()], is_inline=True
    )
    resets_reason = TextField("Why not", hint="Needed where it does not", max_length=300)
    note = TextareaField("Anything else", max_length=4000, rows=2, hint="Never a bank, card or passport number")
    opened = OpenedField()

    def validate(self, extra_validators: Any = None) -> bool:
        """As for any form; and half a change is no change."""
        is_valid = super().validate(extra_validators)
        faults = [fault for told in CHANGES for fault in self._halves(self[told.day_name], self[told.answer_name], told.missing)]
        faults += [*self._halves(self.specified_on, self.of, "Choose what is to change")]
        for field, message in faults:
            field.errors = [*field.errors, message]
        return is_valid and not faults

    @property
    def in_advance(self) -> list[Field]:
        """The questions about a change to come."""
        return [self.specified_on, self.of, self.to_be]

    def groups(self) -> list[tuple[str, list[Field], bool]]:
        """Each change with its heading, its boxes, and whether to show them at once."""
        return [(told.heading, boxes, _is_used(boxes)) for told in CHANGES for boxes in [self._boxes(told)]]

    @property
    def is_ahead(self) -> bool:
        """Whether any of those is filled in or refused."""
        return _is_used(self.in_advance)

    def in_words(self) -> dict[str, str]:
        """Every answer in words, by its question; a change under its heading."""
        whole = (
            self[GIVEN],
            self.where,
            self.officer,
            self.type,
            self.residence,
            *self.in_advance,
            self.resets_annual,
            self.resets_reason,
            self.note,
        )
        changes = {told.heading: ", ".join(words for box in self._boxes(told) if (words := said(box))) for told in CHANGES}
        return {str(field.label.text): said(field) for field in whole} | changes

    def events(self) -> list[NewEvent]:
        """The changes, then the notification, then what was notified for a day to come. Call it on a form that validated."""
        changes = [self._change(told) for told in CHANGES if self[told.day_name].data]
        return [*changes, self._notification(changes), *self._reported(), *self._ahead()]

    def _boxes(self, told: Told) -> list[Field]:
        also = [self[STAY_ENDS]] if told.kind is E.STAYED else []
        return [self[told.day_name], *also, self[told.answer_name]]

    def _halves(self, day: Field, answer: Field, missing: str) -> Iterator[tuple[Field, str]]:
        if day.data and not answer.data:
            yield answer, missing
        if answer.data and not day.data and not day.errors:
            yield day, "Enter the day, or clear the answer below it"

    def _change(self, told: Told) -> NewEvent:
        until = self[STAY_ENDS].data if told.kind is E.STAYED else None
        details = {told.asks: str(self[told.answer_name].data), "until": until.isoformat() if until else ""}
        return NewEvent(told.kind, self[told.day_name].data, details=_answered(details))

    def _notification(self, changes: list[NewEvent]) -> NewEvent:
        moved = any(change.kind is E.ADDRESS_CHANGED for change in changes)
        stays = [change.details["premises"] for change in changes if change.kind is E.STAYED]
        details = {
            "type": self.type.data,
            "residence": HOME if moved else self.residence.data,
            "premises": stays[0] if stays else "",
            **({"resets_annual": "no", "resets_reason": self.resets_reason.data} if self.resets_annual.data == "no" else {}),
            **{key: "yes" for key in self.held.data or ()},
        }
        return self._given(details, self.note.data or "")

    def _reported(self) -> list[NewEvent]:
        """That a change notified in advance did not happen: it meets that duty alone, and starts nothing again."""
        if not self.not_happened.data:
            return []
        why = "It reports only that a change did not happen"
        return [self._given({"type": CHANGE, "reported": "yes", "meets": "advance_notice", "resets_annual": "no", "resets_reason": why})]

    def _ahead(self) -> list[NewEvent]:
        if not self.specified_on.data:
            return []
        said_of = {"premises" if self.of.data == "stay" else str(self.of.data): self.to_be.data}
        return [self._given({"type": CHANGE, "specified_on": self.specified_on.data.isoformat(), "of": self.of.data, **said_of})]

    def _given(self, details: dict[str, Any], note: str = "") -> NewEvent:
        given: DateTimeField = self[GIVEN]
        if given.day is None:
            raise ValueError("the day of the notification is not known")
        taken = {"where": self.where.data, "officer": self.officer.data}
        return NewEvent(E.NOTIFIED, given.day, given.data, _answered(taken | details), note)


def notification_form() -> type[NotificationForm]:
    """The form with the boxes of every change that may be notified."""
    boxes: dict[str, Any] = {GIVEN: DateTimeField(ASK_WHEN[E.NOTIFIED], [DayRequired("Enter the day it was given")], is_time_optional=True)}
    for told in CHANGES:
        boxes[told.day_name] = DateField(ASK_WHEN[told.kind], name_in_errors=told.heading)
        boxes[told.answer_name] = _answer(told)
    boxes[STAY_ENDS] = DateField("Last day of the stay", hint="Leave empty while it goes on", name_in_errors="Last day of the stay")
    return type("NotificationOfChangesForm", (NotificationForm,), boxes)


def _answer(told: Told) -> Any:
    if told.asks in ANSWERS:
        return RadiosField(told.label, choices=[choice(*one) for one in ANSWERS[told.asks].items()], hint=HELD)
    return TextField(told.label, max_length=200)


def _answered(details: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if value}


def _is_used(fields: list[Field]) -> bool:
    return any(field.data or field.errors for field in fields)

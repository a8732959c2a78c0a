"""The form of each kind of event: when it happened, what is asked about it, a note. Ordinary classes made from one table of questions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from orders_app.queries.orders import WholeOrder
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import OrderType
from orders_app.services.orders import NewEvent
from orders_app.web.fields import (
    CheckboxesField,
    CheckboxField,
    ConfirmField,
    DateField,
    DateTimeField,
    DayRequired,
    TextareaField,
)
from orders_app.web.filters import upper_first
from orders_app.web.orders.event_questions import QUESTIONS, questions_of_the_order
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.late_listing import TooLate, ask_about, too_late_for
from orders_app.web.orders.opened import OpenedField
from orders_app.web.said import said

DAY_ONLY = frozenset(
    {
        E.CONSIDERED, E.APPLICATION_LODGED, E.HEARING_LISTED, E.NAME_CHANGED, E.ADDRESS_CHANGED, E.DETAILS_CHANGED,
        E.AUTHORISED_INDIVIDUAL_LEFT, E.VARIATION_APPLIED, E.RENEWAL_APPLIED,
        E.DISCHARGE_APPLIED, E.DISCHARGED, E.CONTINUED_PENDING_PROSECUTION, E.REPLACED, E.LAPSED, E.ENDED, E.DETERMINED,
        E.CAME_INTO_FORCE, E.REVIEW_DONE, E.EXPIRY_DECIDED, E.BRIEFED, E.REFERRED, E.UNDERTAKING_GIVEN, E.PROSECUTION_ENDED,
        E.BREACH_PROVED, E.BREACH_NOT_PROVED,
    }
)  # fmt: skip
WHEN_LABELS = {
    E.SERVED: "When was it served?",
    E.SERVICE_ATTEMPTED: "When was the attempt made?",
    E.ARRESTED: "When was the arrest?",
    E.PRODUCED: "When was the person before the court?",
    E.NAME_CHANGED: "First day the new name was used",
    E.ADDRESS_CHANGED: "Day of the change",
    E.DETAILS_CHANGED: "Day of the change",
    E.AUTHORISED_INDIVIDUAL_LEFT: "Day on which that individual left",
    E.COMPLIANCE_CHECKED: "When was the check made?",
    E.NOTIFIED: "When was the notification given?",
    E.PROTECTED_PERSON_TOLD: "When was the protected person told?",
    E.AUTHORISED: "When was it authorised?",
    E.HEARING_LISTED: "Day the court listed it",
}
FIXED_NAMES = frozenset({"opened", "note", "csrf_token", "why_corrected"})


class EventForm(FlaskForm):
    """What the forms of all events share."""

    kind: E
    note: Any
    opened: OpenedField

    @property
    def when(self) -> DateField:
        """The question about the day."""
        question: DateField = self[field_of(self.kind)]
        return question

    @property
    def answers(self) -> list[Field]:
        """The questions of this kind, in order."""
        return [field for field in self if field.name not in FIXED_NAMES and field.type != "SubmitField"]

    def in_words(self) -> dict[str, str]:
        """Every answer in words, by its question."""
        return {str(field.label.text): said(field) for field in (*self.answers, self.note)}

    def event(self) -> NewEvent:
        """What was typed, as an event. Call it on a form that validated."""
        on, at = (self.when.day, self.when.data) if isinstance(self.when, DateTimeField) else (self.when.data, None)
        if on is None:
            raise ValueError("the day of the event is not known")
        answers = {field.name: stored(field) for field in self.answers if field is not self.when}
        return NewEvent(self.kind, on, at, {key: value for key, value in answers.items() if value}, self.note.data or "")


class ListingForm(EventForm):
    """The form of a hearing that the court listed."""

    hearing_at: DateTimeField
    late_is_known: ConfirmField
    too_late: TooLate

    def validate(self, extra_validators: Any = None) -> bool:
        """The answers, and whether it is known that the hearing is too late where it is."""
        is_answered = super().validate(extra_validators)
        return ask_about(self.hearing_at, self.late_is_known, self.too_late) and is_answered


def stored(field: Field) -> str:
    """An answer as an event keeps it: text, codes with spaces between, or a day or moment in ISO form."""
    if isinstance(field, DateTimeField):
        when = field.data or field.day
        return when.isoformat() if when else ""
    if isinstance(field, CheckboxField):
        return "yes" if field.data else ""
    if isinstance(field, CheckboxesField):
        return " ".join(field.data or ())
    return str(field.data or "")


def event_form_for(kind: E, whole: WholeOrder, terms: int, duties: list[tuple[str, str]]) -> type[EventForm]:
    """The form of a kind of event on this order and that version of its terms.

    `duties` are the open ones that it may meet: key and title.
    """
    questions: dict[str, Any] = {"kind": kind, field_of(kind): _when(kind, whole.case.order_type)}
    questions |= {key: maker() for key, maker in (*QUESTIONS.get(kind, ()), *questions_of_the_order(kind, whole, terms, duties))}
    if kind is E.HEARING_LISTED:
        questions["too_late"] = staticmethod(too_late_for(whole.case))
    questions["note"] = TextareaField("Anything else", max_length=4000, rows=3)
    questions["opened"] = OpenedField()
    return type(f"{kind.value.title().replace('_', '')}Form", (FORMS.get(kind, EventForm),), questions)


FORMS: dict[E, type[EventForm]] = {E.HEARING_LISTED: ListingForm}


def as_recorded(event: Any) -> dict[str, Any]:
    """The values that a form of the event's kind would have had when it was recorded."""
    answers = {key: _answer(value) for key, value in event.details.items()}
    return answers | {field_of(E(event.kind)): event.happened_at or event.happened_on, "note": event.note}


def _answer(value: Any) -> Any:
    """A stored day or moment as a date box takes it; anything else as it is."""
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def _when(kind: E, order_type: OrderType) -> Any:
    label = WHEN_LABELS.get(kind, "When was it?")
    named = {"hint": _when_hint(kind, order_type), "name_in_errors": upper_first(EVENT_WORDS[kind].happened.lower())}
    required = [DayRequired("Enter the day it happened")]
    return DateField(label, required, **named) if kind in DAY_ONLY else DateTimeField(label, required, is_time_optional=True, **named)


def _when_hint(kind: E, order_type: OrderType) -> str:
    """Why the minute matters, where it does."""
    if kind is E.SERVED and order_type.is_notice:
        return "Day and time. The court’s 48 hours run from this minute"
    if kind is E.ARRESTED and any(E.PRODUCED in duty.met_by for duty in order_type.duties):
        return "Day and time. The hours to court run from this minute"
    return "When the court dealt with it, not when the van arrived" if kind is E.PRODUCED else ""

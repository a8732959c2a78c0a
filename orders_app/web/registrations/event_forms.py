"""The form of each kind of event of a registration. They are made as the forms of an order's events are, from their own questions."""

from __future__ import annotations

from typing import Any

from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind as E
from orders_app.web.fields import DateField, DateTimeField, DayRequired, TextareaField
from orders_app.web.orders.event_forms import EventForm
from orders_app.web.orders.opened import OpenedField
from orders_app.web.registrations.questions import About, questions_for

WITH_A_TIME = frozenset({E.NOTIFIED, E.TRAVEL_NOTIFIED, E.RETURN_NOTIFIED, E.LEFT_UK, E.ARRESTED})
ASK_WHEN = {
    E.CONVICTED: "Day of the conviction",
    E.FINDING_MADE: "Day of the finding",
    E.CAUTIONED: "Day of the caution",
    E.SERVED: "Day the order was served",
    E.NOTICE_GIVEN: "Day the notice was given",
    E.SENTENCED: "Day of the sentence",
    E.NOTIFIED: "When was it given?",
    E.NAME_CHANGED: "First day the new name was used",
    E.ADDRESS_CHANGED: "Day of the change",
    E.STAYED: "First day of the stay",
    E.CHILD_HOUSEHOLD_BEGAN: "First day",
    E.CHILD_HOUSEHOLD_ENDED: "Last day",
    E.FINANCE_CHANGED: "Day of the change",
    E.IDENTITY_DOCUMENT_CHANGED: "Day of the change",
    E.TRAVEL_PLANNED: "Day police learned of it",
    E.TRAVEL_CHANGED: "Day police learned of the change",
    E.TRAVEL_NOTIFIED: "When was it notified?",
    E.LEFT_UK: "When did the person leave?",
    E.RETURNED_TO_UK: "Day of the return",
    E.RETURN_NOTIFIED: "When was the return notified?",
    E.NEW_NAME_PLANNED: "Day police learned of it",
    E.ABSENCE_PLANNED: "Day police learned of it",
    E.CHILD_PREMISES_PLANNED: "Day police learned of it",
    E.REVIEW_APPLIED: "Day the application was received",
    E.REVIEW_REFUSED: "Day the notice of refusal was given",
    E.REVIEW_GRANTED: "Day of the decision",
    E.BREACH_REPORTED: "Day it was reported, or found",
}
HINTS = {
    E.TRAVEL_NOTIFIED: "Day and time: notice shortly before departure is counted in hours",
    E.RETURNED_TO_UK: "The return is notified within 3 days, the day of return counted",
    E.BREACH_REPORTED: "It goes on the record for a decision. Nobody is said to be in breach",
}


def registration_form_for(kind: E, about: About) -> type[EventForm]:
    """The form of one kind of event: when, what is asked about it, a note, and the registration as the reader saw it."""
    questions: dict[str, Any] = {"kind": kind, field_of(kind): when_field(kind)}
    questions |= {key: maker() for key, maker in questions_for(kind, about)}
    questions["note"] = TextareaField("Anything else", max_length=4000, rows=3, hint="Never a bank, card or passport number")
    questions["opened"] = OpenedField()
    return type(f"{kind.value.title().replace('_', '')}Form", (EventForm,), questions)


def when_field(kind: E) -> Any:
    """The question about the day of one kind of event."""
    label, required = ASK_WHEN.get(kind, "When was it?"), [DayRequired("Enter the day it happened")]
    hint = HINTS.get(kind, "")
    return (
        DateTimeField(label, required, is_time_optional=True, hint=hint) if kind in WITH_A_TIME else DateField(label, required, hint=hint)
    )

"""The form of each kind of event: when it happened, what is asked about it, a note. Ordinary classes made from one table of questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from orders_app.queries.facts import is_current
from orders_app.queries.orders import WholeOrder
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import OrderType
from orders_app.services.orders import NewEvent
from orders_app.web.fields import (
    DateField,
    DateTimeField,
    RadiosField,
    Required,
    SelectField,
    TextareaField,
    TextField,
    choice,
)
from orders_app.web.filters import upper_first
from orders_app.web.orders.event_words import EVENT_WORDS, VALUE_WORDS
from orders_app.web.orders.opened import OpenedField
from orders_app.web.said import said

DAY_ONLY = frozenset(
    {
        E.CONSIDERED, E.APPLICATION_LODGED, E.HEARING_LISTED, E.NAME_CHANGED, E.ADDRESS_CHANGED, E.DETAILS_CHANGED,
        E.AUTHORISED_INDIVIDUAL_LEFT, E.VARIATION_APPLIED, E.RENEWAL_APPLIED,
        E.DISCHARGE_APPLIED, E.DISCHARGED, E.CONTINUED_PENDING_PROSECUTION, E.REPLACED, E.LAPSED, E.ENDED, E.DETERMINED,
        E.CAME_INTO_FORCE, E.REVIEW_DONE, E.EXPIRY_DECIDED, E.BRIEFED,
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
WHEN_HINTS = {
    E.SERVED: "Day and time. For a notice the court’s 48 hours run from this minute",
    E.ARRESTED: "Day and time. The hours to court run from this minute",
    E.PRODUCED: "When the court dealt with it, not when the van arrived",
}
FIXED_NAMES = frozenset({"opened", "note", "csrf_token", "why_corrected"})
Maker = Callable[[], Any]


def text(label: str, hint: str = "", required: str = "", width: str | int = "full", max_length: int = 200) -> Maker:
    """A line of text; `required` is the message where it must be answered."""
    return lambda: TextField(label, [Required(required)] if required else [], hint=hint, width=width, max_length=max_length)


def one_of(label: str, codes: tuple[str, ...], required: str = "", hint: str = "") -> Maker:
    """One of a few answers, whose words are in VALUE_WORDS."""
    choices = [choice(code, VALUE_WORDS[code]) for code in codes]
    return lambda: RadiosField(label, [Required(required)] if required else [], choices=choices, hint=hint)


def hearing_at() -> Any:
    """When a hearing is to be."""
    return DateTimeField(
        "When is the hearing?", [DayRequired("Enter the day of the hearing")], is_time_optional=True, name_in_errors="Hearing"
    )


class DayRequired(Required):
    """The day must be answered; the time may be left open, and the law says where it may not."""

    def __call__(self, form: Any, field: Any) -> None:
        if getattr(field, "day", None) is None or field.errors:
            super().__call__(form, field)


OFFICER = text("Officer", "Rank, number and name", "Enter the officer’s rank, number and name", 30)
WHERE = text("Where")
COURT = text("Court", required="Enter the court", width=30)
APPLIED_BY = one_of("Who applied?", ("police", "subject", "protected", "prosecution", "other"), "Choose who applied")

QUESTIONS: Mapping[E, tuple[tuple[str, Maker], ...]] = {
    E.CONSIDERED: (("reason", text("Why it was considered")),),
    E.AUTHORISED: (("officer", OFFICER), ("grounds", text("Grounds, in short"))),
    E.AUTHORITY_REFUSED: (("officer", OFFICER), ("reason", text("Why", required="Enter why authority was refused"))),
    E.NOTICE_WITHDRAWN: (("reason", text("Why", required="Enter why the notice was withdrawn")),),
    E.SERVICE_ATTEMPTED: (
        ("where", text("Where", required="Enter where the attempt was made")),
        ("officer", OFFICER),
        ("result", one_of("What happened?", ("not_at_home", "no_reply", "refused_entry", "other"), "Choose what happened")),
    ),
    E.SERVED: (
        ("where", text("Where", required="Enter where it was served")),
        ("officer", OFFICER),
        ("how", one_of("How?", ("in_person", "in_court", "at_address", "by_post", "as_court_directed"), "Choose how it was served")),
    ),
    E.APPLICATION_LODGED: (("court", COURT), ("applied_by", APPLIED_BY)),
    E.HEARING_LISTED: (("hearing_at", hearing_at), ("court", COURT)),
    E.ARRESTED: (("where", WHERE), ("officer", OFFICER), ("condition", text("Which condition, by number", width=5))),
    E.PRODUCED: (("court", COURT), ("result", text("What the court did"))),
    E.RELEASED_OUT_OF_TIME: (("where", WHERE), ("reason", text("Why the time ran out", required="Enter why the time ran out"))),
    E.REMANDED: (("court", COURT), ("custody_kind", one_of("Where to?", ("remand", "other"), "Choose remand in custody, or another way"))),
    E.CHARGED: (("what", text("Charged with", required="Enter the offence charged")),),
    E.NOTIFIED: (
        ("where", text("Police station", required="Enter the police station")),
        ("officer", OFFICER),
        ("what", text("What was notified", "Names, address, or the change", "Enter what was notified")),
    ),
    E.NAME_CHANGED: (("name", text("New name", required="Enter the new name")), ("source", text("How police know"))),
    E.DETAILS_CHANGED: (
        (
            "what",
            text("What changed", "A telephone, a vehicle, an employer. Never a bank or card number", "Enter what changed"),
        ),
        ("source", text("How police know")),
    ),
    E.AUTHORISED_INDIVIDUAL_LEFT: (("name", text("Who left", required="Enter who left")), ("source", text("How police know"))),
    E.ADDRESS_CHANGED: (("address", text("New home address", required="Enter the new address")), ("source", text("How police know"))),
    E.VARIATION_APPLIED: (("applied_by", APPLIED_BY), ("court", COURT)),
    E.RENEWAL_APPLIED: (("applied_by", APPLIED_BY), ("court", COURT)),
    E.DISCHARGE_APPLIED: (("applied_by", APPLIED_BY), ("court", COURT)),
    E.DISCHARGED: (("court", COURT),),
    E.CONTINUED_PENDING_PROSECUTION: (("court", COURT),),
    E.REPLACED: (("reference", text("Reference of the order that replaced it", width=20)),),
    E.LAPSED: (("reason", text("Why", required="Enter why it lapsed")),),
    E.ENDED: (("reason", text("How it ended", required="Enter how it ended")),),
    E.DETERMINED: (("court", COURT), ("result", text("What the court decided", required="Enter what the court decided"))),
    E.BREACH_REPORTED: (
        ("condition", text("Which condition, by number", width=5)),
        ("what", text("What happened", required="Enter what happened", max_length=1000)),
        ("source", text("Who reported it")),
    ),
    E.CUSTODY_STARTED: (
        ("custody_kind", one_of("What kind?", ("remand", "sentence", "recall", "hospital", "other"), "Choose the kind of custody")),
        ("place", text("Where")),
    ),
    E.CUSTODY_ENDED: (("place", text("From where")),),
    E.PROTECTED_PERSON_TOLD: (
        ("how", one_of("How?", ("in_person", "telephone", "letter", "other"), "Choose how the protected person was told")),
        ("officer", OFFICER),
    ),
    E.COMPLIANCE_CHECKED: (
        (
            "check",
            one_of("Kind of check", ("unannounced_visit", "planned_visit", "office", "telephone", "records"), "Choose the kind of check"),
        ),
        ("where", WHERE),
    ),
    E.BRIEFED: (("what", text("Who was briefed, and about what", required="Enter who was briefed")),),
    E.REVIEW_DONE: (
        ("decision", one_of("What was decided?", ("keep", "vary", "discharge", "other"), "Choose what was decided")),
        ("reason", text("Why", required="Enter the reasons")),
    ),
    E.EXPIRY_DECIDED: (
        ("decision", one_of("What was decided?", ("let_expire", "renew", "vary", "other_order"), "Choose what was decided")),
        ("decided_by", OFFICER),
        ("reason", text("Why", required="Enter the reasons")),
    ),
}
NAMES_ITS_DUTY = (E.NOTIFIED, E.REVIEW_DONE)


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
        answers = {field.name: _stored(field) for field in self.answers if field is not self.when}
        return NewEvent(self.kind, on, at, {key: value for key, value in answers.items() if value}, self.note.data or "")


def _stored(field: Field) -> str:
    """An answer as an event keeps it: text, or a day or moment in ISO form."""
    if isinstance(field, DateTimeField):
        when = field.data or field.day
        return when.isoformat() if when else ""
    return str(field.data or "")


def event_form_for(kind: E, whole: WholeOrder, terms: int, duties: list[tuple[str, str]]) -> type[EventForm]:
    """The form of a kind of event on this order and that version of its terms.

    `duties` are the open ones that it may meet: key and title.
    """
    questions: dict[str, Any] = {"kind": kind, field_of(kind): _when(kind)}
    questions |= {key: maker() for key, maker in (*QUESTIONS.get(kind, ()), *_of_the_order(kind, whole, terms, duties))}
    questions["note"] = TextareaField("Anything else", max_length=4000, rows=3)
    questions["opened"] = OpenedField()
    return type(f"{kind.value.title().replace('_', '')}Form", (EventForm,), questions)


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


def _when(kind: E) -> Any:
    label = WHEN_LABELS.get(kind, "When was it?")
    named = {"hint": WHEN_HINTS.get(kind, ""), "name_in_errors": upper_first(EVENT_WORDS[kind].happened.lower())}
    required = [DayRequired("Enter the day it happened")]
    return DateField(label, required, **named) if kind in DAY_ONLY else DateTimeField(label, required, is_time_optional=True, **named)


def _of_the_order(kind: E, whole: WholeOrder, terms: int, duties: list[tuple[str, str]]) -> list[tuple[str, Maker]]:
    """Questions that depend on the order itself: its conditions, its open duties, the bar on discharge."""
    if kind is E.COMPLIANCE_CHECKED:
        current = [c for c in whole.order.conditions if is_current(c, terms)]
        return [(f"condition_{c.number}", _checked(f"Condition {c.number}: {c.short_form or c.text[:60]}")) for c in current]
    if kind is E.SERVED and whole.case.order_type.is_notice:
        return [("address_given", text("Address given for notice of the hearing", "The officer must ask. Leave empty if none was given"))]
    bar = whole.case.order_type.discharge_bar
    if kind is E.DISCHARGED and bar and bar.consent_lifts:
        return [
            ("consent", one_of("Do the subject and the chief officer both consent?", ("both", "not_both"), "Choose whether both consent"))
        ]
    if kind is E.ARRESTED and whole.case.order_type.arrest_powers:
        return [("power", _arrest_power(whole.case.order_type))]
    if kind in NAMES_ITS_DUTY and len(duties) > 1:
        return [
            (
                "meets",
                lambda: SelectField("Which duty does it meet?", choices=[choice("", "All that are open"), *(choice(*d) for d in duties)]),
            )
        ]
    return []


def _arrest_power(order_type: OrderType) -> Maker:
    choices = [choice(*power) for power in order_type.arrest_powers]
    return lambda: RadiosField("Power", [Required("Choose the power of arrest")], choices=choices)


def _checked(label: str) -> Maker:
    codes = ("complied", "in_part", "not_checked")
    choices = [choice(code, VALUE_WORDS[code]) for code in codes]
    return lambda: RadiosField(label, [Required(f"{label}: choose what was found")], choices=choices, is_inline=True, label_size="")

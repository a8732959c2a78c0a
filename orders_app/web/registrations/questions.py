"""What is asked about each kind of event of a registration, besides when it happened: one table, and what depends on the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.bases import relevant_date_of
from orders_app.rules.registrations.ends import CARRY_ON
from orders_app.rules.registrations.facts import HarmOrder
from orders_app.web.fields import DateField, DateTimeField, DayRequired, RadiosField, Required, SelectField, TextField, choice
from orders_app.web.filters import day
from orders_app.web.orders.event_questions import COURT, OFFICER, Maker, Question, text
from orders_app.web.registrations.vocabulary import ANSWERS, DISPOSAL_WORDS, QUESTIONS, TERM_HINTS

NOT_KNOWN_YET = "Not sentenced yet, or not known"
UNITS = ("years", "months", "days")
SOURCE: Question = ("source", text("How police know"))
PREMISES: Question = ("premises", text("Address of the place", required="Enter the address of the place"))
DECIDED: tuple[Question, ...] = (("decided_by", OFFICER), ("reason", text("Why", required="Enter the reasons")))


@dataclass(frozen=True)
class About:
    """What the questions depend on: the person's orders that bear on it, and the days of convictions and findings."""

    orders: tuple[HarmOrder, ...] = ()
    convicted_on: tuple[str, ...] = ()


class WholeNumber:
    """A whole number of two or three figures, or nothing."""

    field_flags: Mapping[str, object] = {}

    def __call__(self, form: BaseForm, field: Field) -> None:
        typed = field.data or ""
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
            raise ValidationError(f"{field.label.text}: enter a whole number, like 6")


def answers(key: str, label: str, required: str = "") -> Question:
    """A question with a few answers, in the words of the timeline."""
    choices = [choice(code, words) for code, words in ANSWERS[key].items()]
    return key, lambda: RadiosField(label, [Required(required)] if required else [], choices=choices)


def a_day(label: str, hint: str = "", required: str = "") -> Maker:
    """A day, which need not be answered unless `required` says what to enter."""
    return lambda: DateField(label, [Required(required)] if required else [], hint=hint)


def a_moment(label: str, hint: str, required: str) -> Maker:
    """A day, with the time where it is known."""
    return lambda: DateTimeField(label, [DayRequired(required)], is_time_optional=True, hint=hint)


def disposal() -> Maker:
    """What the court did. Nothing chosen means that it is not known yet."""
    choices = [
        choice("", NOT_KNOWN_YET),
        *(choice(code, _with_hint(words, TERM_HINTS.get(code, ""))) for code, words in DISPOSAL_WORDS.items()),
    ]
    return lambda: SelectField("What the court did", choices=choices, hint="The notification period depends on it")


def _with_hint(words: str, hint: str) -> str:
    return f"{words}. {hint}" if hint else words


def term(unit: str, hint: str = "") -> Maker:
    """One part of the length of a sentence or discharge."""
    return lambda: TextField(f"Term: {unit}", [WholeNumber()], width=3, inputmode="numeric", hint=hint)


THE_SENTENCE: tuple[Question, ...] = (
    ("disposal", disposal()),
    ("term_years", term("years", "The length of the sentence or discharge, where there is one. Not the time served")),
    ("term_months", term("months")),
    ("term_days", term("days")),
)
OFFENCE: Question = ("offence", text("Offence", "As in Schedule 3", "Enter the offence"))
JOURNEY: tuple[Question, ...] = (
    ("departs", a_moment("Departs", "Add the time if you know it: late notice is counted in hours", "Enter the day of departure")),
    ("returns_on", a_day("Returns, if known", "Where the return is notified and right, it need not be notified again")),
    ("countries", text("Countries", "In order, with ports of arrival and carriers if given")),
)

ASKED: Mapping[E, tuple[Question, ...]] = {
    E.CONVICTED: (OFFENCE, ("court", COURT), *THE_SENTENCE),
    E.FINDING_MADE: (OFFENCE, ("court", COURT), *THE_SENTENCE),
    E.CAUTIONED: (OFFENCE,),
    E.NOTICE_GIVEN: (
        ("relevant_on", a_day(QUESTIONS["relevant_on"], "The period counts from it", "Enter the day of the conviction abroad")),
        OFFENCE,
        ("countries", text("Country", required="Enter the country")),
        *THE_SENTENCE,
    ),
    E.SENTENCED: (("court", COURT), *THE_SENTENCE),
    E.NOTIFIED: (
        ("where", text("Police station", required="Enter the police station")),
        ("officer", OFFICER),
        answers("type", "Given under", "Choose under which section it was given"),
        answers("residence", "Lives"),
        ("specified_on", a_day(QUESTIONS["specified_on"], "Only for notice given before a change")),
        answers("of", "Notified in advance"),
        answers("resets_annual", QUESTIONS["resets_annual"]),
        ("resets_reason", text("Why not", "Needed where the next one does not count from this one")),
        ("what", text("What was notified", "Never a bank, card or passport number")),
    ),
    E.NAME_CHANGED: (("name", text("New name", required="Enter the new name")), SOURCE),
    E.ADDRESS_CHANGED: (("address", text("New home address", required="Enter the new address")), SOURCE),
    E.STAYED: (PREMISES, ("until", a_day("Last day of the stay", "Leave empty while it goes on")), SOURCE),
    E.CHILD_HOUSEHOLD_BEGAN: (PREMISES, SOURCE),
    E.CHILD_HOUSEHOLD_ENDED: (PREMISES, SOURCE),
    E.FINANCE_CHANGED: (answers("finance", "What happened?", "Choose what happened"), SOURCE),
    E.IDENTITY_DOCUMENT_CHANGED: (answers("document", "What happened?", "Choose what happened"), SOURCE),
    E.TRAVEL_PLANNED: (*JOURNEY, SOURCE),
    E.TRAVEL_CHANGED: (*JOURNEY, ("what", text("What changed", required="Enter what changed"))),
    E.TRAVEL_NOTIFIED: (("where", text("Police station", required="Enter the police station")), ("officer", OFFICER), *JOURNEY),
    E.LEFT_UK: (("where", text("From where")), SOURCE),
    E.RETURNED_TO_UK: (("where", text("Where")), SOURCE),
    E.RETURN_NOTIFIED: (("where", text("Police station", required="Enter the police station")), ("officer", OFFICER)),
    E.NEW_NAME_PLANNED: (("from_on", a_day("From", required="Enter the day")), ("name", text("Name")), SOURCE),
    E.ABSENCE_PLANNED: (("from_on", a_day("First day away", required="Enter the first day")), ("until", a_day("Last day away")), SOURCE),
    E.CHILD_PREMISES_PLANNED: (("from_on", a_day("Day", required="Enter the day")), PREMISES, SOURCE),
    E.REVIEW_APPLIED: (SOURCE,),
    E.REVIEW_ACKNOWLEDGED: (("officer", OFFICER),),
    E.BODIES_TOLD: (("what", text("Which bodies", "Probation, councils, prisons", "Enter which bodies were told")), ("officer", OFFICER)),
    E.REVIEW_REFUSED: (*DECIDED, ("next_from", a_day(QUESTIONS["next_from"], "Only where more than 8 years was set"))),
    E.REVIEW_GRANTED: DECIDED,
    E.BREACH_REPORTED: (
        ("what", text("What was not notified, or was false", required="Enter what happened", max_length=1000)),
        ("source", text("Who reported it")),
    ),
    E.ARRESTED: (("where", text("Where")), ("officer", OFFICER)),
    E.CHARGED: (("what", text("Charged with", required="Enter the offence charged")),),
    E.BRIEFED: (("what", text("Who was briefed, and about what", required="Enter who was briefed")),),
    E.NOTICE_CANCELLED: (("court", COURT),),
    E.ENDED: (("reason", text("What was set aside, by which court", required="Enter what was set aside")),),
}


def about_the_person(whole: WholeRegistration) -> About:
    """What the questions about an event of this registration depend on."""
    facts = whole.case.facts
    convictions = facts.of(E.CONVICTED, E.FINDING_MADE, E.NOTICE_GIVEN)
    return About(facts.orders, tuple(dict.fromkeys(relevant_date_of(event).isoformat() for event in convictions)))


def questions_for(kind: E, about: About) -> tuple[Question, ...]:
    """The questions about one kind of event of one person's registration."""
    return (*ASKED.get(kind, ()), *_of_the_person(kind, about))


def _of_the_person(kind: E, about: About) -> list[Question]:
    known = [order for order in about.orders if order.is_named]
    preventing = [order.reference for order in known if order.order_type in CARRY_ON]
    of_risk = [order.reference for order in known if order.order_type not in CARRY_ON]
    if kind is E.SERVED:
        return [("reference", _which_order("Which order was served?", preventing, "Not in these records"))]
    if kind is E.CONVICTED and of_risk:
        return [("of_breach_of", _which_order("Convicted of breaching a sexual risk order?", of_risk, "No"))]
    if kind is E.SENTENCED and len(about.convicted_on) > 1:
        days = [choice(on, day(date.fromisoformat(on))) for on in about.convicted_on]
        return [("for", lambda: RadiosField(QUESTIONS["for"], [Required("Choose which conviction it is for")], choices=days))]
    return []


def _which_order(label: str, orders: Sequence[str], none: str) -> Maker:
    choices = [choice("", none), *(choice(reference, reference) for reference in orders)]
    return lambda: SelectField(label, choices=choices)

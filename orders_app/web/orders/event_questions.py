"""What is asked about each kind of event, besides when it happened: one table, and what depends on the order itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wtforms.validators import StopValidation

from orders_app.queries.facts import is_current
from orders_app.queries.orders import WholeOrder
from orders_app.rules.answers import NOBODY_TO_ASK
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import OrderType
from orders_app.web.fields import CheckboxesField, DateTimeField, DayRequired, RadiosField, Required, SelectField, TextField, choice
from orders_app.web.orders.event_words import TOLD_ABOUT, VALUE_WORDS, value_words
from orders_app.web.orders.late_listing import KNOWN_LATE, confirm_late

SPEAKERS = frozenset({"i", "me", "myself", "self", "us", "we"})
Maker = Callable[[], Any]
Question = tuple[str, Maker]


class Named:
    """The answer tells others who it was."""

    field_flags: Mapping[str, Any] = {}

    def __call__(self, form: Any, field: Any) -> None:
        if str(field.data).strip().lower() in SPEAKERS:
            raise StopValidation("Enter the rank, number and name: others cannot tell who this was")


def text(label: str, hint: str = "", required: str = "", width: str | int = "full", max_length: int = 200) -> Maker:
    """A line of text; `required` is the message where it must be answered."""
    return lambda: TextField(label, [Required(required)] if required else [], hint=hint, width=width, max_length=max_length)


def one_of(key: str, label: str, codes: tuple[str, ...], required: str) -> tuple[str, Maker]:
    """A question with a few answers, whose words are those of the timeline."""
    choices = [choice(code, value_words(code, key)) for code in codes]
    return key, lambda: RadiosField(label, [Required(required)], choices=choices)


def hearing_at() -> Any:
    """When a hearing is to be."""
    return DateTimeField(
        "When is the hearing?", [DayRequired("Enter the day of the hearing")], is_time_optional=True, name_in_errors="Hearing"
    )


def named(label: str) -> Maker:
    """Whom it was, in words that others can tell by."""
    required = [Required("Enter the rank, number and name"), Named()]
    return lambda: TextField(label, required, hint="Rank, number and name", width=30, max_length=200)


class ToldAboutField(CheckboxesField):
    """The duties done by telling the protected person, by their keys, as an event keeps them: all in one text."""

    def process_data(self, value: Any) -> None:
        super().process_data(value.split() if isinstance(value, str) else value)


def told_about() -> Any:
    """What the protected person was told: one call may be about several things, and does the duty of those alone."""
    choices = [choice(code, words) for code, words in TOLD_ABOUT.items()]
    required = [Required("Choose what they were told about")]
    return ToldAboutField("What were they told about?", required, hint="Choose all that apply", choices=choices)


OFFICER = named("Officer")
WHERE = text("Where")
COURT = text("Court", required="Enter the court", width=30)
APPLIED_BY = one_of("applied_by", "Who applied?", ("police", "subject", "protected", "prosecution", "other"), "Choose who applied")

QUESTIONS: Mapping[E, tuple[tuple[str, Maker], ...]] = {
    E.CONSIDERED: (("reason", text("Why it was considered")),),
    E.AUTHORISED: (("officer", OFFICER), ("grounds", text("Grounds, in short"))),
    E.REFERRED: (("what", text("To whom", "Prosecutor or office, and their reference", "Enter to whom it was referred")),),
    E.AUTHORITY_REFUSED: (("officer", OFFICER), ("reason", text("Why", required="Enter why authority was refused"))),
    E.NOTICE_WITHDRAWN: (("reason", text("Why", required="Enter why the notice was withdrawn")),),
    E.SERVICE_ATTEMPTED: (
        ("where", text("Where", required="Enter where the attempt was made")),
        ("officer", OFFICER),
        one_of("result", "What happened?", ("not_at_home", "no_reply", "refused_entry", "other"), "Choose what happened"),
    ),
    E.SERVED: (
        ("where", text("Where", required="Enter where it was served")),
        ("officer", OFFICER),
        one_of("how", "How?", ("in_person", "in_court", "at_address", "by_post", "as_court_directed"), "Choose how it was served"),
    ),
    E.APPLICATION_LODGED: (("court", COURT), APPLIED_BY),
    E.HEARING_LISTED: (("hearing_at", hearing_at), (KNOWN_LATE, confirm_late), ("court", COURT)),
    E.ARRESTED: (("where", WHERE), ("officer", OFFICER)),
    E.PRODUCED: (("court", COURT), ("result", text("What the court did"))),
    E.RELEASED_OUT_OF_TIME: (("where", WHERE), ("reason", text("Why the time ran out", required="Enter why the time ran out"))),
    E.REMANDED: (
        ("court", COURT),
        one_of("remanded", "How?", ("custody", "bail"), "Choose whether it was in custody or on bail"),
        one_of("remanded_for", "What for?", ("report", "hearing"), "Choose whether it was for a medical report"),
    ),
    E.BREACH_PROVED: (
        ("court", COURT),
        ("result", text("What the court ordered", "Days in custody, or the sum to pay", "Enter what the court ordered")),
    ),
    E.BREACH_NOT_PROVED: (("court", COURT),),
    E.UNDERTAKING_GIVEN: (("court", COURT),),
    E.CHARGED: (("what", text("Charged with", required="Enter the offence charged")),),
    E.NOTIFIED: (
        ("where", text("Police station", required="Enter the police station")),
        ("officer", OFFICER),
        ("what", text("What was notified", "Names, address, or the change", "Enter what was notified")),
    ),
    E.NAME_CHANGED: (("name", text("New name", required="Enter the new name")), ("source", text("How police know"))),
    E.DETAILS_CHANGED: (
        ("what", text("What changed", "A telephone, a vehicle, an employer. Never a bank or card number", "Enter what changed")),
        ("source", text("How police know")),
    ),
    E.AUTHORISED_INDIVIDUAL_LEFT: (("name", text("Who left", required="Enter who left")), ("source", text("How police know"))),
    E.ADDRESS_CHANGED: (("address", text("New home address", required="Enter the new address")), ("source", text("How police know"))),
    E.VARIATION_APPLIED: (APPLIED_BY, ("court", COURT)),
    E.RENEWAL_APPLIED: (APPLIED_BY, ("court", COURT)),
    E.DISCHARGE_APPLIED: (APPLIED_BY, ("court", COURT)),
    E.DISCHARGED: (("court", COURT),),
    E.VARIATION_SERVED: (
        ("where", text("Where", required="Enter where it was served")),
        ("officer", OFFICER),
        one_of("how", "How?", ("in_person", "in_court", "at_address", "by_post", "as_court_directed"), "Choose how it was served"),
    ),
    E.CONTINUED_PENDING_PROSECUTION: (("court", COURT),),
    E.PROSECUTION_ENDED: (
        one_of(
            "result",
            "How did it end?",
            ("order_varied", "new_order", "dealt_with", "acquitted", "charge_withdrawn", "discontinued"),
            "Choose how the prosecution ended",
        ),
    ),
    E.REPLACED: (("reference", text("Reference of the order that replaced it", width=20)),),
    E.LAPSED: (("reason", text("Why it was not heard", required="Enter why it was not heard in time")),),
    E.ENDED: (("reason", text("How it ended", required="Enter how it ended")),),
    E.DETERMINED: (("court", COURT), ("result", text("What the court decided", required="Enter what the court decided"))),
    E.BREACH_REPORTED: (
        ("what", text("What happened", required="Enter what happened", max_length=1000)),
        ("source", text("Who reported it")),
    ),
    E.BREACH_REVIEWED: (
        one_of("reviewer", "Who reviewed it?", ("a_supervisor", "case_officer"), "Choose who reviewed it"),
        one_of("decision", "What was decided?", ("charge", "to_court", "no_further_action", "more_work"), "Choose what was decided"),
        ("decided_by", named("Name of whoever reviewed it")),
        ("reason", text("Why", required="Enter the reasons")),
    ),
    E.CUSTODY_STARTED: (
        one_of("custody_kind", "What kind?", ("remand", "sentence", "recall", "hospital", "other"), "Choose the kind of custody"),
        ("place", text("Where")),
    ),
    E.CUSTODY_ENDED: (("place", text("From where")),),
    E.PROTECTED_PERSON_TOLD: (
        ("meets", told_about),
        one_of("how", "How?", ("in_person", "telephone", "letter", "other"), "Choose how the protected person was told"),
        ("officer", OFFICER),
    ),
    E.COMPLIANCE_CHECKED: (
        one_of(
            "check", "Kind of check", ("unannounced_visit", "planned_visit", "office", "telephone", "records"), "Choose the kind of check"
        ),
        ("where", WHERE),
    ),
    E.BRIEFED: (("what", text("Who was briefed, and about what", required="Enter who was briefed")),),
    E.REVIEW_DONE: (
        one_of("decision", "What was decided?", ("keep", "vary", "discharge", "other"), "Choose what was decided"),
        ("reason", text("Why", required="Enter the reasons")),
    ),
}
NAMES_ITS_DUTY = (E.NOTIFIED, E.REVIEW_DONE, E.PROTECTED_PERSON_TOLD)
NAMES_ITS_CONDITION = (E.ARRESTED, E.BREACH_REPORTED)
OF_ITS_DAY = "A breach is judged by the terms of its day. Those of other versions come last"


def questions_of_the_order(kind: E, whole: WholeOrder, terms: int, duties: list[tuple[str, str]]) -> list[tuple[str, Maker]]:
    """Questions that depend on the order itself: its conditions, its open duties, the bar on discharge."""
    if kind is E.COMPLIANCE_CHECKED:
        current = [c for c in whole.order.conditions if is_current(c, terms)]
        return [(f"condition_{c.number}", _checked(f"Condition {c.number}: {c.short_form or c.text[:60]}")) for c in current]
    if kind is E.EXPIRY_DECIDED:
        return [*_view(whole), *_decision(whole.case.order_type)]
    if kind is E.SERVED and whole.case.order_type.is_notice:
        return [("address_given", text("Address given for notice of the hearing", "The officer must ask. Leave empty if none was given"))]
    bar = whole.case.order_type.discharge_bar
    if kind is E.DISCHARGED and bar and bar.consent_lifts:
        return [
            one_of("consent", "Do the subject and the chief officer both consent?", ("both", "not_both"), "Choose whether both consent")
        ]
    if kind in NAMES_ITS_CONDITION:
        return [("condition", _which_condition(whole, terms)), *_power(kind, whole.case.order_type)]
    if kind in NAMES_ITS_DUTY and kind is not E.PROTECTED_PERSON_TOLD and len(duties) > 1:
        return [
            (
                "meets",
                lambda: SelectField("Which duty does it meet?", choices=[choice("", "All that are open"), *(choice(*d) for d in duties)]),
            )
        ]
    return []


def _power(kind: E, order_type: OrderType) -> list[tuple[str, Maker]]:
    """By which power an arrest was made, where the type knows several."""
    if kind is not E.ARRESTED or not order_type.arrest_powers:
        return []
    choices = [choice(*power) for power in order_type.arrest_powers]
    return [("power", lambda: RadiosField("Power", [Required("Choose the power of arrest")], choices=choices))]


def _which_condition(whole: WholeOrder, terms: int) -> Maker:
    """One of the conditions by number, those of earlier versions too: what was done is judged by the terms of its day.

    Beside them whatever an event that may be corrected says instead.
    """
    current = {str(c.number): _term_words(c) for c in whole.order.conditions if is_current(c, terms)}
    earlier = {f"{c.number} ({_version_words(c)})": c for c in whole.order.conditions if not is_current(c, terms)}
    terms_in_words = current | {value: f"{_term_words(c)} ({_version_words(c)})" for value, c in earlier.items()}
    said = {str(event.details.get("condition", "")) for event in whole.recorded} - terms_in_words.keys() - {""}
    options = terms_in_words | {text: text for text in sorted(said)}
    choices = [choice("", "Not known"), *(choice(*option) for option in options.items())]
    return lambda: SelectField("Which condition?", hint=OF_ITS_DAY if earlier else "", choices=choices)


def _term_words(condition: Any) -> str:
    return f"{condition.number}. {condition.short_form or condition.text[:60]}"


def _version_words(condition: Any) -> str:
    """version 1; versions 1 to 3."""
    last = (condition.until_version or condition.from_version + 1) - 1
    return f"version {last}" if last == condition.from_version else f"versions {condition.from_version} to {last}"


def _view(whole: WholeOrder) -> list[tuple[str, Maker]]:
    """What the protected person says of it. That there is nobody to ask can be said only of an order that names nobody."""
    nobody = () if whole.protected else (NOBODY_TO_ASK,)
    codes = ("wants_more", "content", "no_view", "not_reached", *nobody)
    return [
        one_of("view", "What does the protected person say?", codes, "Choose what the protected person says"),
        ("view_words", text("In their own words, or how they were asked")),
    ]


def _decision(order_type: OrderType) -> list[tuple[str, Maker]]:
    """What becomes of an order that ends, among the ways that the law has for its type: a DVPO can be neither renewed nor varied."""
    ways = {E.RENEWAL_APPLIED: "renew", E.VARIATION_APPLIED: "vary"}
    lawful = tuple(code for kind, code in ways.items() if kind in order_type.events)
    return [
        one_of("decision", "What was decided?", ("let_expire", *lawful, "other_order"), "Choose what was decided"),
        ("decided_by", named("Who decided?")),
        ("reason", text("Why", "Say what the decision makes of the protected person’s view", "Enter the reasons")),
    ]


def _checked(label: str) -> Maker:
    codes = ("complied", "in_part", "not_checked")
    choices = [choice(code, VALUE_WORDS[code]) for code in codes]
    return lambda: RadiosField(label, [Required(f"{label}: choose what was found")], choices=choices, is_inline=True, label_size="")

"""What each kind of event is called: in the timeline, and as something an officer can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orders_app.rules.facts import EventKind as E
from orders_app.rules.starts import hearing_of
from orders_app.web.filters import at, day, lower_first, upper_first
from orders_app.web.registrations import vocabulary


@dataclass(frozen=True)
class EventWords:
    """`happened` stands in the timeline; `do` is the link to its form, empty where the form of another kind records it."""

    happened: str
    do: str = ""
    mark: str = ""


EVENT_WORDS: dict[E, EventWords] = {
    E.CONSIDERED: EventWords("Considered", "Record that it was considered"),
    E.AUTHORISED: EventWords("Authorised", "Record authority"),
    E.REFERRED: EventWords("Referred to the prosecution", "Record that it was referred to the prosecution"),
    E.AUTHORITY_REFUSED: EventWords("Authority refused", "Record that authority was refused"),
    E.NOTICE_WITHDRAWN: EventWords("Notice withdrawn before service", "Record that the notice was withdrawn before service"),
    E.SERVICE_ATTEMPTED: EventWords("Service attempted", "Record an attempt to serve"),
    E.SERVED: EventWords("Served", "Record service"),
    E.APPLICATION_LODGED: EventWords("Application lodged at court", "Record the application to the court"),
    E.HEARING_LISTED: EventWords("Hearing listed", "Record a hearing date"),
    E.HEARING_HELD: EventWords("Hearing held", "Record what the court decided"),
    E.ADJOURNED: EventWords("Hearing adjourned"),
    E.APPLICATION_GRANTED: EventWords("Application granted"),
    E.APPLICATION_REFUSED: EventWords("Application refused"),
    E.APPLICATION_WITHDRAWN: EventWords("Application withdrawn"),
    E.UNDERTAKING_GIVEN: EventWords("Undertaking given: no order was made", "Record that an undertaking was given instead"),
    E.DETERMINED: EventWords("Main application determined", "Record that the main application was determined"),
    E.MADE: EventWords("Order made", "Record that the order was made"),
    E.CAME_INTO_FORCE: EventWords("Came into force", "Record that it came into force"),
    E.ARRESTED: EventWords("Arrested for breach", "Record an arrest for breach", "red"),
    E.PRODUCED: EventWords("Produced in court", "Record production in court"),
    E.RELEASED_OUT_OF_TIME: EventWords("Released: time to produce ran out", "Record release because time ran out", "red"),
    E.REMANDED: EventWords("Remanded", "Record a remand"),
    E.BREACH_PROVED: EventWords("Breach proved", "Record that the court found the breach proved"),
    E.BREACH_NOT_PROVED: EventWords("Breach not proved", "Record that the court did not find the breach proved"),
    E.CHARGED: EventWords("Charged", "Record a charge", "red"),
    E.NOTIFIED: EventWords("Notification given", "Record a notification given to police"),
    E.NAME_CHANGED: EventWords("Used a new name", "Record a new name"),
    E.ADDRESS_CHANGED: EventWords("Changed home address", "Record a change of home address"),
    E.DETAILS_CHANGED: EventWords("Changed another detail to be notified", "Record a change of another detail"),
    E.AUTHORISED_INDIVIDUAL_LEFT: EventWords("Authorised individual left", "Record that the authorised individual left"),
    E.VARIATION_APPLIED: EventWords("Application to vary lodged", "Record an application to vary"),
    E.RENEWAL_APPLIED: EventWords("Application to renew lodged", "Record an application to renew"),
    E.DISCHARGE_APPLIED: EventWords("Application to discharge lodged", "Record an application to discharge"),
    E.VARIED: EventWords("Varied by the court", "Record a variation the court made"),
    E.RENEWED: EventWords("Renewed by the court", "Record a renewal the court made"),
    E.VARIATION_SERVED: EventWords("Varied order served", "Record service of the varied order"),
    E.DISCHARGED: EventWords("Discharged by the court", "Record a discharge"),
    E.CONTINUED_PENDING_PROSECUTION: EventWords(
        "Continued until the prosecution ends", "Record that the court continued it pending prosecution"
    ),
    E.PROSECUTION_ENDED: EventWords("The prosecution ended", "Record that the prosecution ended"),
    E.REPLACED: EventWords("Replaced by another order", "Record that another order replaced it"),
    E.LAPSED: EventWords("Ended: not heard in time", "Record that the time for the hearing ran out"),
    E.ENDED: EventWords("Ended", "Record that it ended in another way"),
    E.BREACH_REPORTED: EventWords("Breach reported", "Report a breach", "red"),
    E.BREACH_REVIEWED: EventWords("Breach reviewed", "Record a review of a breach"),
    E.CUSTODY_STARTED: EventWords("Taken into custody", "Record that custody began"),
    E.CUSTODY_ENDED: EventWords("Released from custody", "Record release from custody"),
    E.PROTECTED_PERSON_TOLD: EventWords("Protected person told", "Record that the protected person was told"),
    E.COMPLIANCE_CHECKED: EventWords("Compliance checked", "Record a compliance check"),
    E.BRIEFED: EventWords("Officers briefed", "Record a briefing"),
    E.REVIEW_DONE: EventWords("Reviewed", "Record a review"),
    E.EXPIRY_DECIDED: EventWords("Decision about the end of the order", "Record the decision about the end"),
    E.CONVICTED: EventWords("Convicted"),
    E.FINDING_MADE: EventWords("Finding made"),
    E.CAUTIONED: EventWords("Cautioned"),
    E.SENTENCED: EventWords("Sentenced"),
    E.NOTICE_GIVEN: EventWords("Notice given after a conviction abroad"),
    E.NOTICE_CANCELLED: EventWords("Notice cancelled"),
    E.STAYED: EventWords("Stayed away from home"),
    E.CHILD_HOUSEHOLD_BEGAN: EventWords("Living or staying with a child"),
    E.CHILD_HOUSEHOLD_ENDED: EventWords("No longer living or staying with a child"),
    E.FINANCE_CHANGED: EventWords("Bank account or card changed"),
    E.IDENTITY_DOCUMENT_CHANGED: EventWords("Passport or identity document changed"),
    E.TRAVEL_PLANNED: EventWords("Travel abroad known of"),
    E.TRAVEL_CHANGED: EventWords("Travel abroad changed"),
    E.TRAVEL_NOTIFIED: EventWords("Travel abroad notified"),
    E.LEFT_UK: EventWords("Left the United Kingdom"),
    E.RETURNED_TO_UK: EventWords("Returned to the United Kingdom"),
    E.RETURN_NOTIFIED: EventWords("Return notified"),
    E.NEW_NAME_PLANNED: EventWords("Means to use a new name"),
    E.ABSENCE_PLANNED: EventWords("Means to be away from home"),
    E.CHILD_PREMISES_PLANNED: EventWords("Means to enter premises where a child is"),
    E.REVIEW_APPLIED: EventWords("Review applied for"),
    E.REVIEW_ACKNOWLEDGED: EventWords("Application for review acknowledged"),
    E.BODIES_TOLD: EventWords("Responsible bodies told of the application"),
    E.REVIEW_REFUSED: EventWords("Review refused"),
    E.REVIEW_GRANTED: EventWords("Review granted: no longer subject"),
}
OFTEN = (
    E.PRODUCED, E.SERVED, E.SERVICE_ATTEMPTED, E.HEARING_HELD, E.HEARING_LISTED, E.MADE, E.BREACH_REPORTED, E.ARRESTED,
    E.COMPLIANCE_CHECKED, E.NOTIFIED, E.PROTECTED_PERSON_TOLD, E.EXPIRY_DECIDED, E.REVIEW_DONE, E.VARIED,
)  # fmt: skip
DETAIL_WORDS = {
    "court": "Court", "court_reference": "Court reference", "where": "Where", "officer": "Officer", "how": "How", "result": "Result",
    "address_given": "Address given for notice of the hearing", "applicant": "Applicant", "applied_by": "Applied for by",
    "decision": "Decision", "decided_by": "Decided by", "reason": "Reason", "name": "Name", "address": "Address", "source": "Source",
    "what": "What", "custody_kind": "Custody", "place": "Place", "consent": "Consent", "power": "Power", "check": "Kind of check",
    "rank": "Rank", "ends_on": "New end", "end_kind": "New end", "summary": "What changed", "reference": "Reference",
    "condition": "Condition", "view": "The protected person", "view_words": "In their words",
    "late_is_known": "Later than the law allows",
    "grounds": "Grounds", "reviewer": "Reviewed by", "meets": "Told about", "remanded": "Remanded", "remanded_for": "For",
    **vocabulary.QUESTIONS,
}  # fmt: skip
VALUE_WORDS = {
    "in_person": "In person", "in_court": "In court", "at_address": "Left at the address", "by_post": "By post",
    "as_court_directed": "As the court directed", "not_at_home": "Not at home", "no_reply": "No reply",
    "refused_entry": "Refused entry", "both": "The subject and the chief officer both consent", "not_both": "Not both consent",
    "complied": "Complied with", "in_part": "Kept in part", "not_checked": "Not checked", "unannounced_visit": "Unannounced visit",
    "planned_visit": "Planned visit", "telephone": "By telephone", "letter": "By letter", "office": "At a police office",
    "records": "From records or social media", "let_expire": "Let it end on its date", "renew": "Apply to renew",
    "vary": "Apply to vary", "other_order": "Seek another order", "keep": "Keep it as it is", "discharge": "Apply to discharge",
    "police": "Police", "subject": "The subject", "protected": "The protected person", "prosecution": "The prosecution",
    "yes": "Yes", "other": "Another way", "until_further_order": "Until further order (no end date)",
    "order_varied": "Convicted, and the order varied", "new_order": "Convicted, and a new order made",
    "dealt_with": "Dealt with, and the order neither varied nor made again", "acquitted": "Acquitted",
    "charge_withdrawn": "The charge was withdrawn", "discontinued": "Proceedings were discontinued",
    "charge": "To charge", "to_court": "To put it before the court", "no_further_action": "No further action",
    "more_work": "More work before a decision", "a_supervisor": "A supervisor: a sergeant or above, or staff who supervise",
    "case_officer": "The officer in the case",
    "occupation_order": "Power attached to an occupation order", "remand": "On remand", "sentence": "Serving a sentence",
    "recall": "Recalled", "hospital": "In hospital", "initial": "Initial notification", "name_change": "New name",
    "address_change": "Change of address", "custody": "In custody", "bail": "On bail", "report": "A medical report",
    "hearing": "The hearing to go on", "wants_more": "Wants protection to go on", "content": "Is content that it ends",
    "no_view": "Gave no view", "not_reached": "Could not be reached", "nobody_to_ask": "The order protects no one person",
}  # fmt: skip
TOLD_ABOUT = {
    "victim_contact": "The order", "breach_contact": "A breach of it", "end_told": "When it ends", "other": "Something else",
}  # fmt: skip
OTHER = "other"
OTHER_WORDS = {
    "applied_by": "Somebody else", "result": "Something else", "decision": "Something else", "custody_kind": "Another kind",
    "power": "Another power",
}  # fmt: skip
UNSAID = vocabulary.UNSAID | {"hearing_at"}


def happened_words(event: Any) -> str:
    """The title of an event's row in the timeline, with the hearing's own date where it lists one."""
    kind = E(event.kind)
    if kind is E.HEARING_LISTED:
        return f"Hearing listed for {hearing_words(event)}"
    return EVENT_WORDS[kind].happened


def what_and_when(event: Any, when: str) -> str:
    """An event in the middle of a sentence: order made Thursday 12 November; hearing listed Thursday 12 November for another day."""
    if event.kind == E.HEARING_LISTED:
        return f"hearing listed {when} for {hearing_words(event)}"
    return f"{lower_first(happened_words(event))} {when}"


def when_words(on: date, moment: datetime | None) -> str:
    """The day, with the time where it is known."""
    return at(moment) if moment else day(on)


def hearing_words(event: Any) -> str:
    """When a listed hearing is."""
    return when_words(*hearing_of(event))


def detail_lines(details: dict[str, Any]) -> list[str]:
    """What was recorded with an event, a line each, in words."""
    known = [
        (DETAIL_WORDS.get(key, upper_first(key.replace("_", " "))), value_words(str(value), key))
        for key, value in details.items()
        if value and key not in UNSAID
    ]
    return [f"{name}: {words}" for name, words in known if words]


def value_words(value: str, key: str = "") -> str:
    """A stored answer in words: a code from the forms, a day, or the text itself. `key` is the question's, where that decides.

    Empty for the key of a duty that stands for itself.
    """
    if key == "meets":
        return ". ".join(TOLD_ABOUT[code] for code in value.split() if code in TOLD_ABOUT)
    if value == OTHER and key in OTHER_WORDS:
        return OTHER_WORDS[key]
    if value in vocabulary.ANSWERS.get(key, {}):
        return vocabulary.ANSWERS[key][value]
    if value in VALUE_WORDS:
        return VALUE_WORDS[value]
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value

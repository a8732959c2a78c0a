"""Words for the events of a registration: what can be recorded, the questions asked about it, and the answers that are codes."""

from __future__ import annotations

from collections.abc import Mapping

from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.notification_periods import Disposal
from orders_app.rules.registrations.notifications import TYPES

DO: Mapping[E, str] = {
    E.NOTIFIED: "Record a notification",
    E.TRAVEL_NOTIFIED: "Record that travel abroad was notified",
    E.RETURN_NOTIFIED: "Record that the return was notified",
    E.BREACH_REPORTED: "Report a possible breach",
    E.ADDRESS_CHANGED: "Record a change of home address not notified",
    E.NAME_CHANGED: "Record a new name not notified",
    E.STAYED: "Record a stay away from home",
    E.CHILD_HOUSEHOLD_BEGAN: "Record living or staying with a child",
    E.CHILD_HOUSEHOLD_ENDED: "Record no longer living or staying with a child",
    E.FINANCE_CHANGED: "Record a change of bank account or card",
    E.IDENTITY_DOCUMENT_CHANGED: "Record a change of passport or identity document",
    E.TRAVEL_PLANNED: "Record travel abroad that police know of",
    E.TRAVEL_CHANGED: "Record a change of travel that was notified",
    E.LEFT_UK: "Record that the person left the United Kingdom",
    E.RETURNED_TO_UK: "Record a return to the United Kingdom",
    E.NEW_NAME_PLANNED: "Record that the person means to use a new name",
    E.ABSENCE_PLANNED: "Record that the person means to be away from home",
    E.CHILD_PREMISES_PLANNED: "Record that the person means to enter premises where a child is",
    E.REVIEW_APPLIED: "Record an application for review",
    E.REVIEW_ACKNOWLEDGED: "Record that the application was acknowledged",
    E.BODIES_TOLD: "Record that the responsible bodies were told",
    E.REVIEW_GRANTED: "Record that the review was granted",
    E.REVIEW_REFUSED: "Record that the review was refused",
    E.SENTENCED: "Record the sentence",
    E.CONVICTED: "Record another conviction",
    E.FINDING_MADE: "Record a finding",
    E.CAUTIONED: "Record a caution",
    E.SERVED: "Record that a prevention order was served",
    E.NOTICE_GIVEN: "Record a notice after a conviction abroad",
    E.ARRESTED: "Record an arrest",
    E.CHARGED: "Record a charge",
    E.BRIEFED: "Record a briefing",
    E.NOTICE_CANCELLED: "Record that the notice was cancelled",
    E.ENDED: "Record that the conviction or finding was set aside",
}
OFTEN = (
    E.NOTIFIED, E.TRAVEL_NOTIFIED, E.RETURN_NOTIFIED, E.STAYED, E.SENTENCED, E.REVIEW_APPLIED, E.REVIEW_ACKNOWLEDGED, E.BODIES_TOLD,
    E.REVIEW_GRANTED, E.REVIEW_REFUSED, E.BREACH_REPORTED,
)  # fmt: skip
DISPOSAL_WORDS = {
    Disposal.IMPRISONMENT: "Imprisonment or detention",
    Disposal.SUSPENDED: "Suspended sentence",
    Disposal.EXTENDED: "Extended sentence",
    Disposal.LIFE: "Life, or imprisonment for public protection",
    Disposal.DETENTION_AND_TRAINING: "Detention and training order",
    Disposal.HOSPITAL_RESTRICTED: "Hospital order with a restriction order",
    Disposal.HOSPITAL: "Hospital order without a restriction order",
    Disposal.CONDITIONAL_DISCHARGE: "Conditional discharge",
    Disposal.CAUTION: "Caution",
    Disposal.OTHER: "Community order, fine or any other",
}
TERM_HINTS = {
    Disposal.IMPRISONMENT: "Add consecutive terms",
    Disposal.SUSPENDED: "It counts by its term",
    Disposal.EXTENDED: "Count custody and extension together",
    Disposal.DETENTION_AND_TRAINING: "Count the detention part only",
    Disposal.CONDITIONAL_DISCHARGE: "Registered as long as the discharge lasts",
}
QUESTIONS = {
    "type": "Given under", "residence": "Lives", "resets_annual": "Next notification counts from this one", "resets_reason": "Why not",
    "specified_on": "Day specified in advance", "of": "Notified in advance", "premises": "Address of the place", "until": "Until",
    "departs": "Departs", "returns_on": "Returns", "countries": "Countries", "disposal": "What the court did",
    "term_years": "Term, years", "term_months": "Term, months", "term_days": "Term, days", "for": "For the conviction of",
    "relevant_on": "Convicted, found or cautioned abroad", "of_breach_of": "Breach of", "initial": "Initial notification",
    "offence": "Offence", "bank": "Bank accounts and cards", "identity": "Passport or identity document", "prints": "Prints and photograph",
    "next_from": "Next application from",
    "finance": "Bank account or card", "document": "Passport or identity document", "from_on": "From", "reported": "Reported",
}  # fmt: skip
HELD = "Notified, held on ViSOR"
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "type": TYPES,
    "residence": {"address": "At the home address notified", "none": "No sole or main residence"},
    "resets_annual": {"yes": "Yes", "no": "No"},
    "of": {"name": "A new name", "address": "A change of address", "stay": "A stay of 7 days"},
    "disposal": {str(code): words for code, words in DISPOSAL_WORDS.items()},
    "initial": {"before_records": "Given before this record began"},
    "bank": {"yes": HELD},
    "identity": {"yes": HELD},
    "prints": {"yes": "Taken"},
    "reported": {"yes": "A change notified in advance did not happen"},
    "finance": {"opened": "Opened or obtained", "changed": "Changed", "closed": "Closed or no longer held"},
    "document": {"obtained": "Obtained", "changed": "Changed or renewed", "gone": "Lost or no longer held"},
}
UNSAID = frozenset({"period"})

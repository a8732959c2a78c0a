"""What actions, tables and columns are called when the log is read."""

from __future__ import annotations

from orders_app.rules.access import Role
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.web.role_words import ROLE_NAMES

KIND_WORDS = {
    "": "Everything",
    "views": "Looked at",
    "changes": "Changed",
    "searches": "Searched for",
    "exports": "Exported",
    "sign_ins": "Signed in",
}
ACTION_WORDS = {
    "audit.read": "Read the log",
    "person.viewed": "Opened",
    "order.viewed": "Opened",
    "registration.viewed": "Opened",
    "person.purpose_given": "Said why",
    "person.searched": "Searched",
    "order.searched": "Searched",
    "order.corrected": "Corrected what was recorded",
    "order.handed_over": "Handed over",
    "registration.handed_over": "Handed over",
    "caseload.handed_over": "Handed over with a caseload",
    "hand_over.noted": "Saw that it was handed over",
    "people.searched": "Searched",
    "deadline.viewed": "Opened",
    "person.exported": "Exported",
    "orders.exported": "Exported",
    "access.set": "Access set",
    "access.named": "Somebody named on it",
    "access.naming_ended": "Somebody named on it no longer",
    "law.entered": "Law entered",
    "deliveries.queued": "E-mails queued",
    "mail.tried": "Trial e-mail sent",
    "absence.entered": "Time away entered",
    "absence.changed": "Time away changed",
    "absence.ended": "Time away ended",
    "calendar.address_made": "Calendar address made",
    "calendar.address_ended": "Calendar address ended",
    "user.channels_chosen": "Chose how alerts reach them",
    "user.signed_in": "Signed in",
    "user.signed_out": "Signed out",
    "user.sign_in_failed": "Sign-in refused",
    "user.sign_in_locked": "Sign-in paused",
    "user.session_ended": "Ended a session",
    "user.sessions_ended": "Ended sessions",
    "user.password_changed": "Password changed",
    "user.password_reset": "Password given anew",
    "user.roles_changed": "Roles changed",
    "user.created": "User added",
    "user.changed": "User changed",
    "user.deactivated": "User deactivated",
    "user.reactivated": "User activated again",
    "user.unlocked": "Sign-in unlocked",
}
SUBJECT_WORDS = {
    "absences": "time away",
    "people": "person",
    "aliases": "other name",
    "identifiers": "identifier",
    "addresses": "address",
    "markers": "warning marker",
    "custody_periods": "time in custody",
    "orders": "order",
    "registrations": "registration",
    "conditions": "condition",
    "order_versions": "version of the order",
    "protected_people": "protected person",
    "events": "event",
    "event_corrections": "former values of an event",
    "order_corrections": "correction of the order",
    "hand_overs": "hand-over",
    "caseload_hand_overs": "caseload handed over",
    "caseload_notices": "notice of a caseload handed over",
    "hand_over_notices": "notice of a hand-over",
    "deadlines": "deadline",
    "deadline_notes": "note",
    "alerts": "alert",
    "deliveries": "e-mail",
    "access_grants": "who may open it",
    "user_roles": "role",
    "users": "user",
    "teams": "team",
    "areas": "area",
    "law_changes": "entry in the tables of law",
    "provision_rows": "provision in force",
    "bank_holidays": "bank holiday",
}
COLUMN_WORDS = {
    "access": "Access",
    "from_on": "From",
    "until_on": "Until",
    "covered_by_id": "Covered by",
    "taken_back_at": "Taken back",
    "born_on": "Born",
    "collar_number": "Collar number",
    "email": "E-mail",
    "is_active": "May sign in",
    "leads_team": "Leads the team",
    "wants_digest": "E-mail each morning",
    "wants_hour_clocks": "E-mail at once for hour clocks",
    "must_change_password": "Must choose a password",
    "username": "User name",
    "happened_on": "Happened on",
    "happened_at": "Happened at",
    "order_type": "Type of order",
    "end_kind": "How it ends",
    "stated_ends_on": "Ends on",
    "owner_id": "Owner",
    "text": "Words",
}
TERM_WORDS = {"terms": "Looked for", "recipient": "For", "address": "From network address"}
CODED = {"kind", "access", "end_kind", "order_type", "role", "roles", "because", "outcome", "state", "band"}
COUNTS_EVERY_RECORD = {"alerts.raised", "alerts.escalated", "deliveries.queued"}  # also those that the reader of the log may not know of
NOT_SAID = {
    "id", "version", "created_at", "changed_at", "recorded_at", "what", "results", "person_id", "record_id", "order_id", "user_id",
    "made_upon", "caseload_id", "of_user_id", "given_to_id", "handed_by_id",
}  # fmt: skip


def code_words(code: str) -> str:
    """A stored code as words: 'until_further_order' is Until further order."""
    if code in ORDER_TYPES:
        return ORDER_TYPES[code].name
    if code in set(Role):
        return ROLE_NAMES[Role(code)]
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]

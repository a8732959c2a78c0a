"""Words that many declarations share: sets of events, citations of local policy, and links to the statute book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import Citation, ExtraField, FieldKind

LEGISLATION = "https://www.legislation.gov.uk"
SUBJECT_OR_CHIEF_OFFICER = (("police", "subject"), "the subject, or a chief officer of the area or who applied for it")
VARYING = (E.VARIATION_APPLIED, E.VARIED, E.VARIATION_SERVED)
RENEWING = (E.RENEWAL_APPLIED, E.RENEWED)
DISCHARGING = (E.DISCHARGE_APPLIED, E.DISCHARGED)
CHANGES = (*VARYING, *RENEWING, *DISCHARGING)
EXTENSION_STEPS = frozenset(RENEWING)
CHANGE_STEPS = frozenset(CHANGES)
APPLICATION = frozenset(
    {
        E.CONSIDERED,
        E.AUTHORISED,
        E.AUTHORITY_REFUSED,
        E.APPLICATION_LODGED,
        E.HEARING_LISTED,
        E.HEARING_HELD,
        E.ADJOURNED,
        E.APPLICATION_REFUSED,
        E.APPLICATION_WITHDRAWN,
        E.MADE,
    }
)
SERVICE = frozenset({E.SERVICE_ATTEMPTED, E.SERVED})
NOTICE = frozenset(
    {
        E.CONSIDERED,
        E.AUTHORISED,
        E.AUTHORITY_REFUSED,
        E.NOTICE_WITHDRAWN,
        E.APPLICATION_LODGED,
        E.HEARING_LISTED,
        E.HEARING_HELD,
        E.ADJOURNED,
        E.APPLICATION_GRANTED,
        E.APPLICATION_REFUSED,
        E.DETERMINED,
        E.LAPSED,
        E.ENDED,
        E.PROTECTED_PERSON_TOLD,
        E.CUSTODY_STARTED,
        E.CUSTODY_ENDED,
    }
)
ARREST = frozenset({E.BREACH_REPORTED, E.BREACH_REVIEWED, E.ARRESTED, E.PRODUCED, E.RELEASED_OUT_OF_TIME, E.REMANDED})
OFFENCE = frozenset({E.BREACH_REPORTED, E.BREACH_REVIEWED, E.ARRESTED, E.CHARGED})
WATCHING = frozenset({E.PROTECTED_PERSON_TOLD, E.COMPLIANCE_CHECKED, E.REVIEW_DONE, E.EXPIRY_DECIDED, E.CUSTODY_STARTED, E.CUSTODY_ENDED})
VARIATION = frozenset({E.VARIATION_APPLIED, E.VARIED, E.VARIATION_SERVED, E.DISCHARGE_APPLIED, E.DISCHARGED})
RENEWAL = frozenset({E.RENEWAL_APPLIED, E.RENEWED})
NOTIFICATION = frozenset({E.NOTIFIED, E.NAME_CHANGED, E.ADDRESS_CHANGED})
CLOSING = frozenset({E.DISCHARGED, E.ENDED})
SUPERSEDED = frozenset({E.REPLACED})  # only where a new order of the type ends the earlier one
INTERIM_CLOSING = frozenset({E.DETERMINED, E.DISCHARGED, E.ENDED})

AWARE_FROM = ExtraField(
    key="aware_from",
    label="When did the subject learn of the order?",
    kind=FieldKind.DATE,
    hint="For an order made without notice: a breach is an offence only from then on",
    required=False,
)


def policy(rule: str) -> Citation:
    """A rule of the force's own. It has no link, because it is not law."""
    return Citation("Local policy:", rule)


def sections(by_citation: Mapping[Citation, tuple[E, ...]]) -> dict[E, Citation]:
    """The section about each step, written the other way round: a section and the steps it is about."""
    return {kind: citation for citation, kinds in by_citation.items() for kind in kinds}


class Cites:
    """Makes citations of one Act: call it with a provision, and with the page of the section on the statute book."""

    def __init__(self, act: str, address: str) -> None:
        self._act, self._address = act, address

    def __call__(self, provision: str, page: str) -> Citation:
        return Citation(self._act, provision, f"{LEGISLATION}/{self._address}/{page}")

    def unread(self, provision: str, page: str) -> Citation:
        """The same for a provision whose text was not seen when it was written down here."""
        return replace(self(provision, page), is_unread=True)

"""Registration as a kind of record: its events, its duties, and what falls due."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.duties import DueDuty, duties_within
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import LawTables
from orders_app.rules.registrations.bases import BEGINNINGS
from orders_app.rules.registrations.citations import offences
from orders_app.rules.registrations.coming_duties import COMING_DUTIES, COMING_EVENTS
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.notification_duties import NOTIFICATION_DUTIES
from orders_app.rules.registrations.review_duties import REVIEW_DUTIES
from orders_app.rules.registrations.starts import registration_end
from orders_app.rules.registrations.travel_duties import TRAVEL_DUTIES
from orders_app.rules.spec import Breach, Duty, RecordType, Word

CHANGES = frozenset(
    {
        E.NAME_CHANGED,
        E.ADDRESS_CHANGED,
        E.STAYED,
        E.CHILD_HOUSEHOLD_BEGAN,
        E.CHILD_HOUSEHOLD_ENDED,
        E.FINANCE_CHANGED,
        E.IDENTITY_DOCUMENT_CHANGED,
    }
)
TRAVEL = frozenset({E.TRAVEL_PLANNED, E.TRAVEL_CHANGED, E.TRAVEL_NOTIFIED, E.LEFT_UK, E.RETURNED_TO_UK, E.RETURN_NOTIFIED})
REVIEW = frozenset({E.REVIEW_APPLIED, E.REVIEW_ACKNOWLEDGED, E.BODIES_TOLD, E.REVIEW_REFUSED, E.REVIEW_GRANTED})
CUSTODY = frozenset({E.CUSTODY_STARTED, E.CUSTODY_ENDED})
WATCHING = frozenset({E.BREACH_REPORTED, E.ARRESTED, E.CHARGED, E.BRIEFED})
ENDINGS = frozenset({E.NOTICE_CANCELLED, E.REVIEW_GRANTED, E.ENDED})

ENDS = Duty(
    key="registration_ends",
    title="Registration ends",
    sentence="The duty to notify ends at the end of this day",
    starts=registration_end,
    period=None,
    met_by=frozenset(),
    citation=offences("s.82, s.103G", "section/82"),
    alert_class=AlertClass.EXPIRY,
    word=Word.UNTIL,
    moves="A longer sentence, another conviction, finding or caution, or a sexual harm prevention order made, renewed or ended",
)

REGISTRATION = RecordType(
    code="registration",
    prefix="REG",
    name="Registration under the Sexual Offences Act 2003 Part 2",
    short_name="registration",
    citation=offences("s.80", "section/80"),
    events=frozenset(BEGINNINGS) | {E.SENTENCED, E.NOTIFIED} | CHANGES | TRAVEL | REVIEW | CUSTODY | WATCHING | ENDINGS,
    ended_by=ENDINGS,
    duties=(*NOTIFICATION_DUTIES, *TRAVEL_DUTIES, *REVIEW_DUTIES, *COMING_DUTIES, ENDS),
    dated_events=COMING_EVENTS,
)


OFFENCE = Breach(
    is_offence=True,
    words=(
        "Failing to notify without reasonable excuse, or notifying what is known to be false, is an offence: up to 5 years on "
        "indictment. It goes on until it is put right, and each failure is prosecuted once"
    ),
    power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
    citation=offences("s.91", "section/91"),
)


def due_duties(facts: RegistrationFacts, law: LawTables) -> list[DueDuty]:
    """Everything that the facts of a registration ask for, met or open. Holidays move none of it."""
    end = period_end(facts)
    return duties_within(REGISTRATION, facts, end.ends if end else None, law)

"""What can be recorded about a registration now, and what the law does not allow, with the reason why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import LawTables, is_law
from orders_app.rules.registrations.bases import bases_of
from orders_app.rules.registrations.citations import FINANCE_NOT_HELD, offences
from orders_app.rules.registrations.declaration import CUSTODY, REGISTRATION
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.reviews import WHO, review_position
from orders_app.rules.registrations.status import RegistrationStatus, status_on
from orders_app.rules.spec import Refusal
from orders_app.rules.wording import day_words

AFTER_THE_END = frozenset({E.BREACH_REPORTED, E.ARRESTED, E.CHARGED, E.NOTIFIED, E.RETURN_NOTIFIED}) | CUSTODY
STEPS_OF_A_REVIEW = frozenset({E.REVIEW_ACKNOWLEDGED, E.BODIES_TOLD, E.REVIEW_REFUSED, E.REVIEW_GRANTED})
EARLY_END = Refusal(
    "End the registration early",
    "The period runs by itself. Only a review of an indefinite period, a cancelled notice or a conviction set aside ends it.",
    offences("s.82, s.91A", "section/82"),
)
NUMBERS = Refusal(
    "Keep bank, card or passport numbers here",
    "Record only that they were notified. The numbers are held on ViSOR.",
    FINANCE_NOT_HELD,
)
BY_TELEPHONE = Refusal(
    "Take a notification by telephone, letter or e-mail",
    "The person must attend a police station that the chief officer has published, or where an officer directs.",
    offences("s.87(1)", "section/87"),
    until="cpa_virtual_notification",
)
REFUSALS = (EARLY_END, BY_TELEPHONE, NUMBERS)


def possible_events(facts: RegistrationFacts, day: date, law: LawTables) -> list[E]:
    """The kinds of event that may be recorded on a day, in the order of EventKind."""
    if status_on(facts, day) is RegistrationStatus.ENDED:
        return [kind for kind in E if kind in AFTER_THE_END]
    dated = [events.kinds for events in REGISTRATION.dated_events if is_law(events, law, facts.area, day)]
    allowed = set(REGISTRATION.events.union(*dated))
    if not any(basis.event.kind is E.NOTICE_GIVEN for basis in bases_of(facts)):
        allowed -= {E.NOTICE_CANCELLED}
    position = review_position(facts, day)
    if position is None or not position.may_apply_on(day) or _is_review_open(facts):
        allowed -= {E.REVIEW_APPLIED}
    if not _is_review_open(facts):
        allowed -= STEPS_OF_A_REVIEW
    return [kind for kind in E if kind in allowed]


def not_allowed(facts: RegistrationFacts, day: date, law: LawTables) -> list[Refusal]:
    """What the law refuses on this day, to be said where the button would have been."""
    refused = [*_about_review(facts, day), *_about_end(facts, day), BY_TELEPHONE, NUMBERS]
    return [refusal for refusal in refused if is_law(refusal, law, facts.area, day)]


def _about_review(facts: RegistrationFacts, day: date) -> Iterator[Refusal]:
    end, position = period_end(facts), review_position(facts, day)
    if end is None or end.closed_by:
        return
    if position is None:
        why = "The period has an end of its own. Only an indefinite period is reviewed."
        yield Refusal("Apply for a review", why, WHO)
    elif position.barred_by:
        yield Refusal("Apply for a review", f"Not while {position.barred_by.name} has effect.", WHO)
    elif _is_review_open(facts):
        yield Refusal("Apply for a review again", "Not while an application waits for its decision.", WHO)
    elif position.from_on is None or position.from_on > day:
        when = f"Not before {day_words(position.from_on)}. " if position.from_on else ""
        yield Refusal("Apply for a review", f"{when}{position.because}.", position.citation)


def _about_end(facts: RegistrationFacts, day: date) -> Iterator[Refusal]:
    if status_on(facts, day) is RegistrationStatus.REGISTERED:
        yield EARLY_END


def _is_review_open(facts: RegistrationFacts) -> bool:
    """Whether an application waits for its decision."""
    steps = facts.of(E.REVIEW_APPLIED, E.REVIEW_REFUSED, E.REVIEW_GRANTED)
    return bool(steps) and steps[-1].kind is E.REVIEW_APPLIED

"""Everything that is wrong with what has been recorded of a registration, each beside the field it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import events_ever
from orders_app.rules.problems import Problem
from orders_app.rules.registrations.advance_notice import ADDRESS, MAY_BE_NOTIFIED_AHEAD
from orders_app.rules.registrations.bases import BEGINNINGS, subject_since
from orders_app.rules.registrations.citations import offences, sentencing, travel
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.facts import RegistrationFacts, detail_day, moment_said
from orders_app.rules.registrations.notification_periods import CUSTODIAL, HAS_A_TERM, SECTION_82, Disposal, Term, term_of
from orders_app.rules.registrations.notifications import TYPES, type_of
from orders_app.rules.registrations.reviews import WHO, review_position
from orders_app.rules.spec import Citation
from orders_app.rules.wording import day_words

SENTENCES = (*BEGINNINGS, E.SENTENCED)
LONGEST_DISCHARGE = Term(months=36)
NOT_SUBJECT = offences("s.134", "section/134")
IN_ADVANCE = offences("s.84(2)", "section/84")
STAYS = offences("s.84(1)(c), (6)", "section/84")
JOURNEYS = travel("reg. 5", "regulation/5")
ONLY_WHILE_SUBJECT = frozenset({E.NOTIFIED, E.NAME_CHANGED, E.ADDRESS_CHANGED, E.STAYED})

Check = Callable[[RegistrationFacts], Iterator[Problem]]


def problems(facts: RegistrationFacts) -> list[Problem]:
    """Everything wrong, in the order of the pages on which it is typed. Empty when all is well."""
    return [problem for check in CHECKS for problem in check(facts)]


def _kinds(facts: RegistrationFacts) -> Iterator[Problem]:
    for kind in dict.fromkeys(event.kind for event in facts.events if event.kind not in events_ever(REGISTRATION)):
        message = f"A registration cannot be recorded as {kind.replace('_', ' ')}: the law has no such step for it"
        yield Problem(field_of(kind), message, REGISTRATION.citation)


def _beginning(facts: RegistrationFacts) -> Iterator[Problem]:
    """Something must make the person subject; a second thing must come before the first has run out."""
    begun = facts.of(*BEGINNINGS)
    if facts.events and not begun:
        yield Problem(
            "basis", "Enter the conviction, finding, caution, order or notice that makes the person notify", REGISTRATION.citation
        )
    for event in begun[1:]:
        earlier = period_end(replace(facts, events=tuple(e for e in facts.events if e.on < event.on)))
        over_on = earlier.ends.on if earlier else None
        if over_on and over_on < event.on:
            message = f"The registration had ended on {day_words(over_on)}. Register the person again"
            yield Problem(field_of(event.kind), message, REGISTRATION.citation)


def _sequence(facts: RegistrationFacts) -> Iterator[Problem]:
    """Nothing is notified, or changes, before the duty begins."""
    since = subject_since(facts)
    early = [event for event in facts.of(*ONLY_WHILE_SUBJECT) if since and event.on < since]
    for event in early:
        message = f"This was before {day_words(since or event.on)}, from when the person had to notify. Check both days"
        yield Problem(field_of(event.kind), message, REGISTRATION.citation)


def _disposals(facts: RegistrationFacts) -> Iterator[Problem]:
    """What the court did: known, with a term where it has one, and no absolute discharge."""
    for event in facts.of(*SENTENCES):
        stated = event.details.get("disposal", "")
        if not stated:
            continue
        if stated not in set(Disposal):
            yield Problem("disposal", f"Choose what the court did. '{stated}' is none of: {', '.join(Disposal)}", SECTION_82)
            continue
        yield from _term(event, Disposal(stated))
    for sentence in facts.of(E.SENTENCED):
        yield from _sentence_day(facts, sentence)


def _term(event: Event, disposal: Disposal) -> Iterator[Problem]:
    try:
        term = term_of(event.details)
    except ValueError:
        yield Problem("term", "Enter the term in whole years, months and days", SECTION_82)
        return
    if disposal is Disposal.ABSOLUTE_DISCHARGE:
        yield Problem("disposal", "Nobody has to notify after an absolute discharge", NOT_SUBJECT)
    elif disposal in HAS_A_TERM and term == Term():
        what = "how long the sentence is" if disposal in CUSTODIAL else "how long the discharge is"
        yield Problem("term", f"Enter {what}: the notification period depends on it", SECTION_82)
    elif disposal is Disposal.CONDITIONAL_DISCHARGE and (term.days or term.months > LONGEST_DISCHARGE.months):
        yield Problem("term", "A conditional discharge is for whole months, 3 years at most", sentencing("s.80(3)", "section/80"))


def _sentence_day(facts: RegistrationFacts, sentence: Event) -> Iterator[Problem]:
    if not any(event.on <= sentence.on for event in facts.of(*BEGINNINGS)):
        message = "It cannot be sentenced before the conviction or finding. Check both days"
        yield Problem(field_of(E.SENTENCED), message, SECTION_82)


def _notifications(facts: RegistrationFacts) -> Iterator[Problem]:
    """The section it was given under; a day specified in advance that is to come; a reason where the year does not start again."""
    for event in facts.of(E.NOTIFIED):
        if type_of(event) not in ("", *TYPES):
            yield Problem("type", "Choose under which section it was given: 83, 84 or 85", offences("s.83 to s.85", "section/85"))
        specified = detail_day(event, "specified_on")
        if specified and specified < event.on:
            yield Problem("specified_on", "Enter a day to come: notice in advance names one", IN_ADVANCE)
        if specified and event.details.get("of", ADDRESS) not in MAY_BE_NOTIFIED_AHEAD:
            yield Problem("of", "Choose what was notified in advance: a name, an address or a stay", IN_ADVANCE)
        if event.details.get("resets_annual") == "no" and not event.details.get("resets_reason", "").strip():
            message = "Enter why the next periodic notification does not count from this one"
            yield Problem("resets_reason", message, offences("s.85(2)", "section/85"))


def _spans(facts: RegistrationFacts) -> Iterator[Problem]:
    """Stays and journeys that end before they begin."""
    for event in facts.of(E.STAYED):
        last = detail_day(event, "until")
        if last and last < event.on:
            yield Problem("until", f"The stay would end before it begins. Enter {day_words(event.on)} or later", STAYS)
    for event in facts.of(E.TRAVEL_PLANNED, E.TRAVEL_CHANGED, E.TRAVEL_NOTIFIED):
        departs, back = moment_said(event, "departs")[0], detail_day(event, "returns_on")
        if departs is None:
            yield Problem("departs", "Enter the day of departure", JOURNEYS)
        elif back and back < departs:
            yield Problem("returns_on", f"The return is before the departure. Enter {day_words(departs)} or later", JOURNEYS)


def _reviews(facts: RegistrationFacts) -> Iterator[Problem]:
    """An application by somebody who may not apply, or not yet."""
    for event in facts.of(E.REVIEW_APPLIED):
        stood = replace(facts, events=tuple(e for e in facts.events if (e.on, e.id) < (event.on, event.id)))
        message, citation = _why_no_review(stood, event.on)
        if message:
            yield Problem(field_of(E.REVIEW_APPLIED), message, citation)


def _why_no_review(facts: RegistrationFacts, day: date) -> tuple[str, Citation]:
    position = review_position(facts, day)
    if position is None:
        return "Only an indefinite period is reviewed", WHO
    if position.barred_by:
        return f"No application may be made while {position.barred_by.name} has effect", WHO
    if position.from_on is None or position.from_on > day:
        when = f"from {day_words(position.from_on)}" if position.from_on else "once a notification after release is recorded"
        return f"An application may be made {when}. {position.because}", position.citation
    return "", WHO


CHECKS: tuple[Check, ...] = (_kinds, _beginning, _sequence, _disposals, _notifications, _spans, _reviews)

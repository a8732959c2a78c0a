"""The registration page in words: its header, and what makes the person notify. What the rules return is said, never worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import url_for

from orders_app.queries.registration_facts import RegistrationCase
from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.duties import DueDuty
from orders_app.rules.registrations.bases import Basis, bases_of, subject_since
from orders_app.rules.registrations.dates import FROM, LAST_DAY, REVIEW
from orders_app.rules.registrations.ends import PeriodEnd, period_end
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.residence import has_no_residence
from orders_app.rules.registrations.reviews import ReviewPosition, review_position
from orders_app.rules.registrations.status import away_on
from orders_app.rules.wording import end_of_day_words
from orders_app.web.filters import day, days_left, upper_first
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.order_words import HeaderFact

PERIODIC = ("annual_notification", "weekly_notification", "initial_notification")


def header_facts(whole: WholeRegistration, duties: list[DueDuty], today: date) -> list[HeaderFact]:
    """Since when and until when, what is due by routine, where the person is, and who holds it."""
    facts, row = whole.case.facts, whole.registration
    return [
        replace(since_fact(facts), why_href=url_for("registrations.why", reference=row.reference, duty_key=FROM)),
        ends_fact(whole.case, today),
        next_periodic(duties),
        whereabouts_fact(facts, today),
        *_review(row.reference, review_position(facts, today)),
        HeaderFact("Owner", row.owner.display_name if row.owner else "Nobody", row.team.name if row.team else ""),
    ]


def since_fact(facts: RegistrationFacts) -> HeaderFact:
    """From when the person must notify, and what made it so."""
    bases = bases_of(facts)
    return HeaderFact("Registered from", day(subject_since(facts)) or "Not yet", _begun_by(bases[0]) if bases else "")


def ends_fact(case: RegistrationCase, today: date) -> HeaderFact:
    """The last day, or why there is none, with the way to its reasoning."""
    end = period_end(case.facts)
    if end is None:
        return HeaderFact("Ends", "Nothing recorded makes the person notify")
    why = url_for("registrations.why", reference=case.registration.reference, duty_key=LAST_DAY)
    is_over = end.closed_by is not None or (end.last_day is not None and end.last_day < today)
    return HeaderFact("Ended" if is_over else "Ends", end.words, _end_note(end, today), why_href=why)


def _end_note(end: PeriodEnd, today: date) -> str:
    """How it ended early, what carries it on, or how long is left."""
    if end.closed_by:
        return EVENT_WORDS[end.closed_by.kind].happened
    carried = f"Carried on by {end.carried_on_by.name}" if end.carried_on_by else ""
    left = days_left(end.last_day, today) if end.last_day and end.last_day >= today else ""
    return ", ".join(part for part in (carried, left) if part)


def next_periodic(duties: list[DueDuty]) -> HeaderFact:
    """The notification that comes by itself: the first, then yearly or weekly."""
    waiting = sorted((due for due in duties if due.key in PERIODIC and due.met_by is None), key=lambda due: due.act_by_on)
    if not waiting:
        return HeaderFact("Next periodic notification", "None due")
    return HeaderFact("Next periodic notification", end_of_day_words(waiting[0].due_on), waiting[0].title)


def whereabouts_fact(facts: RegistrationFacts, today: date) -> HeaderFact:
    """At liberty, or since when not; and whether there is a home to notify."""
    span = away_on(facts, today)
    if span is None:
        home = "No sole or main residence: notifies weekly" if has_no_residence(facts, today) else "Has a home address"
        return HeaderFact("Where", "At liberty", home)
    return HeaderFact("Where", upper_first(span.what), f"From {day(span.from_on)}. The clocks stand still, the period does not")


def _review(reference: str, position: ReviewPosition | None) -> list[HeaderFact]:
    if position is None:
        return []
    why = url_for("registrations.why", reference=reference, duty_key=REVIEW)
    barred = f"Not while {position.barred_by.name} has effect" if position.barred_by else ""
    return [HeaderFact("Review may be applied for", f"From {day(position.from_on)}" if position.from_on else "Not known", barred, "", why)]


def basis_rows(facts: RegistrationFacts) -> list[dict[str, str]]:
    """Each conviction, finding, caution, order or notice: what it was, what the court did, and the period it gives."""
    return [_basis_row(basis) for basis in bases_of(facts)]


def _basis_row(basis: Basis) -> dict[str, str]:
    details = basis.event.details
    return {
        "what": f"{_begun_by(basis)} {day(basis.event.on)}",
        "offence": details.get("offence", ""),
        "did": _did(basis),
        "age": "Under 18" if basis.is_child else "18 or over",
        "period": upper_first(basis.row.length(is_child=basis.is_child)) if basis.row else _without_row(basis),
        "ends": end_of_day_words(basis.last_day) if basis.last_day else "No end date" if basis.is_indefinite else "",
    }


def _begun_by(basis: Basis) -> str:
    reference = basis.event.details.get("reference", "")
    return f"Served with {reference}" if reference else EVENT_WORDS[basis.event.kind].happened


def _did(basis: Basis) -> str:
    if basis.row is None:
        return "Not recorded yet" if basis.is_open else ""
    term = f" ({basis.term})" if str(basis.term) else ""
    return f"{basis.row.words}{term}"


def _without_row(basis: Basis) -> str:
    return "Not known until what the court did is recorded" if basis.is_open else "As long as the order has effect"

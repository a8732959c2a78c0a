"""Review of an indefinite period: who may apply, and from when (sections 91A and 91B)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orders_app.rules.counts import CountLine
from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import MonthsBeginningWith
from orders_app.rules.registrations.bases import Basis, bases_of
from orders_app.rules.registrations.citations import offences
from orders_app.rules.registrations.ends import CARRY_ON, period_end
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts, detail_day
from orders_app.rules.registrations.time_away import releases
from orders_app.rules.spec import Citation
from orders_app.rules.wording import ONE_DAY, day_words

ADULT_WAIT, CHILD_WAIT, AFTER_REFUSAL = MonthsBeginningWith(180), MonthsBeginningWith(96), MonthsBeginningWith(96)
WHO = offences("s.91A(2)", "section/91A")
FIRST = offences("s.91B(2)", "section/91B")
AGAIN = offences("s.91B(3)", "section/91B")


@dataclass(frozen=True)
class ReviewPosition:
    """Whether, and from which day, the person may apply for a review.

    `from_on` is None where no notification is known to count from; `counted_from` is that notification, or the refusal;
    `barred_by` an order that keeps them from applying while it has effect; `counting` shows the steps.
    """

    from_on: date | None
    because: str
    citation: Citation
    counted_from: Event | None = None
    barred_by: HarmOrder | None = None
    counting: tuple[CountLine, ...] = ()

    def may_apply_on(self, day: date) -> bool:
        """Whether an application may be made on this day."""
        return self.from_on is not None and self.from_on <= day and self.barred_by is None


def review_position(facts: RegistrationFacts, day: date) -> ReviewPosition | None:
    """Where the person stands on a day; None where the period is not indefinite, for there is nothing to review."""
    end = period_end(facts)
    if end is None or not end.is_indefinite or end.closed_by:
        return None
    barring = next((order for order in facts.orders if order.order_type in CARRY_ON and order.has_effect_on(day)), None)
    refused = facts.of(E.REVIEW_REFUSED)
    return _after_refusal(refused[-1], barring) if refused else _first_time(facts, end.basis, barring)


def indefinite_basis(facts: RegistrationFacts) -> Basis | None:
    """What made the period indefinite."""
    return next((basis for basis in bases_of(facts) if basis.is_indefinite), None)


def relevant_notification(facts: RegistrationFacts, basis: Basis) -> Event | None:
    """The first notification after release, or after the relevant date where nobody was kept in."""
    released = [event for event in releases(facts) if event.on >= basis.relevant_on]
    since = released[0].on if released else basis.relevant_on
    return next((event for event in facts.of(E.NOTIFIED) if event.on >= since), None)


def _first_time(facts: RegistrationFacts, basis: Basis, barring: HarmOrder | None) -> ReviewPosition:
    event = relevant_notification(facts, basis)
    if event is None:
        return ReviewPosition(None, "No notification after release is recorded, so no day can be counted from", FIRST, barred_by=barring)
    wait = CHILD_WAIT if basis.is_child else ADULT_WAIT
    age = "under 18" if basis.is_child else "18 or over"
    because = f"The day after {wait} the first notification after release, {day_words(event.on)}: {age} on the relevant date"
    return _counted(event, wait, because, FIRST, barring)


def _after_refusal(refused: Event, barring: HarmOrder | None) -> ReviewPosition:
    later = detail_day(refused, "next_from")
    if later:
        return ReviewPosition(later, f"The day set when the last application was refused, {day_words(refused.on)}", AGAIN, refused, barring)
    because = f"The day after {AFTER_REFUSAL} the day of the last refusal, {day_words(refused.on)}"
    return _counted(refused, AFTER_REFUSAL, because, AGAIN, barring)


def _counted(event: Event, wait: MonthsBeginningWith, because: str, citation: Citation, barring: HarmOrder | None) -> ReviewPosition:
    last_day = wait.last_day(event.on)
    lines = (*wait.lines(event.on), CountLine(day_words(last_day + ONE_DAY), "the first day on which an application may be made"))
    return ReviewPosition(last_day + ONE_DAY, because, citation, event, barring, lines)

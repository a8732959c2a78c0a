"""When a registration ends: the last of its periods, carried on by a sexual harm prevention order, or cut short by law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orders_app.rules.ends import Ends
from orders_app.rules.facts import EndKind, Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.bases import Basis, bases_of
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts
from orders_app.rules.wording import end_of_day_words

CARRY_ON = frozenset({"shpo", "interim_shpo"})
INDEFINITE = "No end date: indefinite, until a review ends it"
NOT_KNOWN = "Not known until the sentence is recorded"


@dataclass(frozen=True)
class PeriodEnd:
    """When it ends and why. `last_day` is None where there is no end or none is known; `section_82_last_day` leaves orders aside.

    `basis` is the one that lasts longest; `carried_on_by` the order that makes it longer; `closed_by` the event that ended it.
    """

    basis: Basis
    last_day: date | None
    section_82_last_day: date | None
    is_indefinite: bool = False
    is_open: bool = False
    carried_on_by: HarmOrder | None = None
    closed_by: Event | None = None

    @property
    def words(self) -> str:
        """The last day, or why there is none."""
        if self.closed_by:
            return end_of_day_words(self.closed_by.on)
        if self.last_day:
            return end_of_day_words(self.last_day)
        if self.is_indefinite:
            return INDEFINITE
        return f"As long as {self.carried_on_by.name} has effect (no end date)" if self.carried_on_by else NOT_KNOWN

    @property
    def ends(self) -> Ends:
        """The same, as the engine of duties asks."""
        on = self.closed_by.on if self.closed_by else self.last_day
        kind = EndKind.FIXED if self.last_day else EndKind.NONE
        return Ends(kind, on, None, self.basis.event, self.closed_by, self.words)


def period_end(facts: RegistrationFacts) -> PeriodEnd | None:
    """How the registration ends, from everything recorded; None while nothing makes the person subject."""
    bases = bases_of(facts)
    if not bases:
        return None
    standing = [basis for basis in bases if _lifted_by(basis, facts) is None]
    if not standing:
        lifting = [event for basis in bases if (event := _lifted_by(basis, facts))]
        return PeriodEnd(bases[-1], None, None, closed_by=max(lifting, key=lambda event: (event.on, event.id)))
    return _carried_on(_longest(standing), facts)


def _longest(bases: list[Basis]) -> PeriodEnd:
    """Subject until the last of them ends."""
    for basis in bases:
        if basis.is_indefinite:
            return PeriodEnd(basis, None, None, is_indefinite=True)
    for basis in bases:
        if basis.last_day is None:
            return PeriodEnd(basis, None, None, is_open=basis.is_open, carried_on_by=basis.order)
    last = max(bases, key=lambda basis: (basis.last_day or basis.relevant_on, basis.event.id))
    return PeriodEnd(last, last.last_day, last.last_day if last.row else None, carried_on_by=last.order)


def _carried_on(own: PeriodEnd, facts: RegistrationFacts) -> PeriodEnd:
    """One who is subject when the order is made remains so while it has effect, s.103G(1)."""
    last_day, by = own.last_day, own.carried_on_by
    for order in sorted(facts.orders, key=lambda order: order.begins_on):
        if last_day is None:
            break
        if order.order_type in CARRY_ON and order.begins_on <= last_day and (order.last_day is None or order.last_day > last_day):
            last_day, by = order.last_day, order
    return PeriodEnd(own.basis, last_day, own.section_82_last_day, own.is_indefinite, own.is_open, by)


def _lifted_by(basis: Basis, facts: RegistrationFacts) -> Event | None:
    """The event that took this basis away: a conviction quashed, a notice cancelled, a review of an indefinite period granted."""
    ended = [event for event in facts.of(E.ENDED) if event.on >= basis.relevant_on]
    if basis.event.kind is E.NOTICE_GIVEN:
        ended += [event for event in facts.of(E.NOTICE_CANCELLED) if event.on >= basis.event.on]
    if basis.is_indefinite:
        ended += [event for event in facts.of(E.REVIEW_GRANTED) if event.on >= basis.event.on]
    return min(ended, key=lambda event: (event.on, event.id), default=None)

"""What makes somebody subject to notification, from when, and for how long by section 82 or by an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import MonthsBeginningWith
from orders_app.rules.registrations.citations import offences
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts, detail_day
from orders_app.rules.registrations.notification_periods import ADULT, SECTION_82, Disposal, PeriodRow, Term, disposal_of, row_for
from orders_app.rules.spec import Citation

BEGINNINGS = (E.CONVICTED, E.FINDING_MADE, E.CAUTIONED, E.SERVED, E.NOTICE_GIVEN)
RELEVANT_DATE_WORDS = {
    E.CONVICTED: "the relevant date, the day of conviction",
    E.FINDING_MADE: "the relevant date, the day of the finding",
    E.CAUTIONED: "the relevant date, the day of the caution",
    E.SERVED: "the relevant date, the day the order was served",
    E.NOTICE_GIVEN: "the day the notice was given",
}
NO_TERM = Term()
BY_ORDER = offences("s.103G(2), (3), or Sentencing Act 2020 s.352", "section/103G")
BY_BREACH = offences("s.122I", "section/122I")


@dataclass(frozen=True)
class Basis:
    """One conviction, finding, caution, order or foreign notice.

    `relevant_on` is the relevant date, from which the period counts; `notify_from` the day the first notification counts from,
    which differs only for a foreign notice. `row` is the row of section 82; None where an order sets the end or nothing was
    recorded yet of what the court did (`is_open`). `last_day` is None where the period has no end or none is known.
    """

    event: Event
    relevant_on: date
    notify_from: date
    citation: Citation
    is_child: bool = False
    row: PeriodRow | None = None
    term: Term = NO_TERM
    order: HarmOrder | None = None
    last_day: date | None = None
    is_open: bool = False

    @property
    def is_indefinite(self) -> bool:
        """Whether section 82 sets no end."""
        return self.row is not None and self.row.months is None

    @property
    def period(self) -> MonthsBeginningWith | None:
        """The period of section 82, where it has an end."""
        return self.row.period(is_child=self.is_child) if self.row else None


def bases_of(facts: RegistrationFacts) -> list[Basis]:
    """Everything that makes the person subject, earliest first. A conviction that ended in an absolute discharge makes nobody so."""
    found = [_basis(facts, event) for event in facts.of(*BEGINNINGS)]
    return sorted((basis for basis in found if basis), key=lambda basis: (basis.notify_from, basis.event.id))


def subject_since(facts: RegistrationFacts) -> date | None:
    """The first day on which the person had to notify; None where nothing recorded says."""
    return next((basis.notify_from for basis in bases_of(facts)), None)


def relevant_date_of(event: Event) -> date:
    """The relevant date that follows from an event. Of a foreign notice it is the day of the conviction, finding or caution abroad."""
    return (detail_day(event, "relevant_on") if event.kind is E.NOTICE_GIVEN else None) or event.on


def is_under_18(born_on: date | None, day: date) -> bool:
    """Whether somebody was under 18 on a day. One whose date of birth is not known counts as 18 or over."""
    return born_on is not None and MonthsBeginningWith(ADULT * 12).last_day(born_on) >= day


def sentence_of(facts: RegistrationFacts, event: Event) -> Event:
    """The event that says what the court did about a conviction or finding: a sentence passed later, else the event itself."""
    passed = [sentence for sentence in facts.of(E.SENTENCED) if _is_for(facts, sentence, event)]
    return passed[-1] if passed else event


def _basis(facts: RegistrationFacts, event: Event) -> Basis | None:
    relevant_on = relevant_date_of(event)
    is_child = is_under_18(facts.born_on, relevant_on)
    if event.kind is E.SERVED:
        return _by_order(facts, event, BY_ORDER, is_child)
    if event.details.get("of_breach_of"):
        return _by_order(facts, event, BY_BREACH, is_child)
    sentence = sentence_of(facts, event)
    known = (Disposal.CAUTION, NO_TERM) if event.kind is E.CAUTIONED else disposal_of(sentence.details)
    if known is None:
        return Basis(event, relevant_on, event.on, SECTION_82, is_child, is_open=True)
    disposal, term = known
    row = row_for(disposal, term, sentence.on)
    if row is None:
        return None
    period = row.period(is_child=is_child)
    counted_from = sentence.on if disposal is Disposal.CONDITIONAL_DISCHARGE else relevant_on
    last_day = period.last_day(counted_from) if period else None
    return Basis(event, relevant_on, event.on, SECTION_82, is_child, row, term, last_day=last_day)


def _by_order(facts: RegistrationFacts, event: Event, citation: Citation, is_child: bool) -> Basis:
    """Subject for as long as an order has effect."""
    reference = event.details.get("of_breach_of") or event.details.get("reference", "")
    running = [order for order in facts.orders if reference == order.reference or (not reference and order.has_effect_on(event.on))]
    order = running[0] if running else None
    last_day = order.last_day if order else None
    return Basis(event, event.on, event.on, citation, is_child, order=order, last_day=last_day, is_open=order is None)


def _is_for(facts: RegistrationFacts, sentence: Event, event: Event) -> bool:
    meant = detail_day(sentence, "for")
    if meant:
        return meant == relevant_date_of(event)
    before = [other for other in facts.of(E.CONVICTED, E.FINDING_MADE, E.NOTICE_GIVEN) if other.on <= sentence.on]
    return bool(before) and before[-1].id == event.id

"""What is legally wrong with the events themselves: kinds the law does not know, wrong order, missing times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from orders_app.rules.duties import is_law_for
from orders_app.rules.ends import begun_by, by_its_own_terms, closed_by, discharge_barred_until
from orders_app.rules.facts import Event, EventKind, Facts
from orders_app.rules.holidays import Holidays, OutsideTable
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.periods import HoursLeavingOut
from orders_app.rules.problems import Problem
from orders_app.rules.sections import declared_refusal, section_of
from orders_app.rules.spec import Duty, OrderType, Start
from orders_app.rules.wording import at_words, day_words

E = EventKind
FIELDS = {E.SERVED: "served_at", E.ARRESTED: "arrested_at", E.PRODUCED: "produced_at", E.AUTHORISED: "authorised_at"}
NOTICE_ORDER = ((E.AUTHORISED, E.SERVED), (E.SERVED, E.APPLICATION_GRANTED), (E.SERVED, E.DETERMINED), (E.SERVED, E.APPLICATION_REFUSED))
ORDER_ORDER = (
    (E.AUTHORISED, E.APPLICATION_LODGED),
    (E.APPLICATION_LODGED, E.MADE),
    (E.MADE, E.SERVED),
    (E.MADE, E.VARIED),
    (E.MADE, E.RENEWED),
    (E.MADE, E.DISCHARGED),
    (E.MADE, E.REPLACED),
    (E.MADE, E.ENDED),
    (E.MADE, E.CAME_INTO_FORCE),
    (E.VARIED, E.VARIATION_SERVED),
    (E.CHARGED, E.CONTINUED_PENDING_PROSECUTION),
)
BOTH_ORDER = ((E.ARRESTED, E.PRODUCED), (E.ARRESTED, E.REMANDED))
CHANGES = (E.VARIED, E.RENEWED, E.DISCHARGED)


def field_of(kind: EventKind) -> str:
    """The name of the form field in which an event's day or time is typed."""
    return FIELDS.get(kind, f"{kind}_on")


def check_kinds(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """Events that the Act does not know for this type, or did not on their day: a DVPO cannot be varied."""
    unknown = [event for event in facts.events if event.kind not in order_type.events]
    for kind in dict.fromkeys(event.kind for event in unknown if not _is_dated(order_type, facts, law, event)):
        message = f"This {order_type.short_name} cannot be recorded as {kind.replace('_', ' ')}: the law has no such step for it"
        refusal = declared_refusal(order_type, kind)
        yield Problem(field_of(kind), message, refusal.citation if refusal else order_type.citation)


def check_sequence(order_type: OrderType, facts: Facts, _: LawTables) -> Iterator[Problem]:
    """Events in an order that cannot be: served before authorised, discharged before made."""
    pairs = (NOTICE_ORDER if order_type.is_notice else ORDER_ORDER) + BOTH_ORDER
    for earlier_kind, later_kind in pairs:
        earlier, later = facts.first(earlier_kind), facts.first(later_kind)
        if earlier and later and _is_before(later, earlier):
            said, before = later_kind.replace("_", " "), earlier_kind.replace("_", " ")
            message = f"It cannot be {said} before it was {before}, {_moment(earlier)}. Check both"
            yield Problem(field_of(later_kind), message, section_of(order_type, later_kind))


def check_changes(order_type: OrderType, facts: Facts, _: LawTables) -> Iterator[Problem]:
    """Changes made by a court after the order had ended, and discharge within the bar without both consents."""
    begun = begun_by(order_type, facts)
    if begun is None or order_type.is_notice:
        return
    for event in facts.of(*CHANGES):
        over_on = _over_before(order_type, facts, event, begun)
        if over_on:
            message = f"The order had ended on {day_words(over_on)}. The law gives no power to revive an order that has ended"
            yield Problem(field_of(event.kind), message, section_of(order_type, event.kind))
    yield from _check_discharge(order_type, facts)


def check_times(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """Hour clocks with no time to run from, or that run past the holiday table."""
    for duty in order_type.duties:
        if isinstance(duty.period, HoursLeavingOut):
            for start in (start for start in duty.starts(order_type, facts) if is_law_for(duty, start, facts, law)):
                yield from _check_clock(duty, duty.period, start, law.holidays)


def _is_dated(order_type: OrderType, facts: Facts, law: LawTables, event: Event) -> bool:
    """Whether a provision in force on the day of the event makes it known for this type."""
    return event.kind in as_law_on(order_type, law, facts.area, event.on).events


def _check_clock(duty: Duty, period: HoursLeavingOut, start: Start, holidays: Holidays) -> Iterator[Problem]:
    kind, citation = start.event.kind, duty.leaves_out or duty.citation
    if start.at is None:
        yield Problem(field_of(kind), f"Enter the time as well as the day: the {period.hours} hours run from the minute", duty.citation)
        return
    try:
        period.count(start.at, holidays.statutory)
    except OutsideTable as outside:
        yield Problem(field_of(kind), str(outside), citation)


def _check_discharge(order_type: OrderType, facts: Facts) -> Iterator[Problem]:
    bar, until, discharged = order_type.discharge_bar, discharge_barred_until(order_type, facts), facts.first(E.DISCHARGED)
    if bar is None or until is None or discharged is None or discharged.on > until:
        return
    if not bar.consent_lifts:
        message = f"Until {day_words(until)}, 24:00 the court may not discharge it. Check the date"
        yield Problem(field_of(E.DISCHARGED), message, bar.citation)
    elif discharged.details.get("consent") != "both":
        message = f"Until {day_words(until)}, 24:00 the court may discharge it only if the subject and the chief officer both consent"
        yield Problem(field_of(E.DISCHARGED), f"{message}. Record both consents, or check the date", bar.citation)


def _over_before(order_type: OrderType, facts: Facts, event: Event, begun: Event) -> date | None:
    """The day the order was over, if it was when the event happened; as things stood before that event."""
    earlier = tuple(e for e in facts.events if e is not event and not _is_before(event, e))
    stood = replace(facts, events=earlier)
    ends, closed = by_its_own_terms(order_type, stood, begun), closed_by(order_type, stood)
    if ends.on and event.on > ends.on:
        return ends.on
    return closed.on if closed and closed.on < event.on else None


def _is_before(event: Event, other: Event) -> bool:
    if event.at and other.at:
        return event.at < other.at
    return event.on < other.on


def _moment(event: Event) -> str:
    return at_words(event.at) if event.at else day_words(event.on)

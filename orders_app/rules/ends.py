"""When an order begins and ends: by its own terms, and by what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil

from orders_app.rules.facts import EndKind, Event, EventKind, Facts
from orders_app.rules.spec import OrderType
from orders_app.rules.wording import LONDON, at_words, end_of_day_words

CHANGES_OF_END = (EventKind.VARIED, EventKind.RENEWED)
NEVER_BEGAN = (EventKind.AUTHORITY_REFUSED, EventKind.NOTICE_WITHDRAWN, EventKind.APPLICATION_REFUSED, EventKind.APPLICATION_WITHDRAWN)


@dataclass(frozen=True)
class Ends:
    """How and when an order ends. `on` is its last day, None while it has no end date; `at` a stated clock time on that day.

    `set_by` is the event that fixed this end (making, a variation, a renewal); `closed_by` the event that ended the
    order early or altogether (discharge, determination, replacement).
    """

    kind: EndKind
    on: date | None
    at: datetime | None
    set_by: Event
    closed_by: Event | None = None
    words: str = ""


@dataclass(frozen=True)
class Begins:
    """The first day in force, in words what sets it, and the recorded event behind it."""

    on: date
    words: str
    set_by: Event


def begun_by(order_type: OrderType, facts: Facts) -> Event | None:
    """The event that brings it into being: service of a notice, the making of an order."""
    return facts.first(EventKind.SERVED if order_type.is_notice else EventKind.MADE)


def in_force_from(order_type: OrderType, facts: Facts) -> date | None:
    """The first day on which any part is in force; None where it has not begun or waits for release."""
    found = begins(order_type, facts)
    return found.on if found else None


def begins(order_type: OrderType, facts: Facts) -> Begins | None:
    """The first day on which any part is in force, and why that day; None where it has not begun or waits for release."""
    begun = begun_by(order_type, facts)
    if begun is None:
        return None
    came_into_force = facts.first(EventKind.CAME_INTO_FORCE)
    if came_into_force:
        return Begins(came_into_force.on, "the day it came into force, as recorded", came_into_force)
    if facts.in_force_from_on:
        return Begins(facts.in_force_from_on, "the first day that the order states", begun)
    if facts.starts_on_release:
        released = [event for event in facts.of(EventKind.CUSTODY_ENDED) if event.on >= begun.on]
        return Begins(released[0].on, "the day of release, on which the order starts", released[0]) if released else None
    earliest = _first_provision(facts)
    if earliest:
        return Begins(earliest, "the start of the earliest condition, each of which has its own", begun)
    return Begins(begun.on, f"the day it was {'served' if order_type.is_notice else 'made'}", begun)


def fully_in_force_from(order_type: OrderType, facts: Facts) -> date | None:
    """The first day on which every part is in force, where parts start at different times."""
    begins = in_force_from(order_type, facts)
    if begins is None:
        return None
    return max([begins, *(c.starts_on for c in facts.conditions if c.starts_on)])


def ends_on(order_type: OrderType, facts: Facts) -> Ends | None:
    """How it ends, from everything recorded; None before it has begun."""
    begun = begun_by(order_type, facts)
    if begun is None:
        return None
    own = by_its_own_terms(order_type, facts, begun)
    closed = closed_by(order_type, facts)
    if closed is None or (own.on is not None and closed.on > own.on):
        return own
    return Ends(own.kind, closed.on, closed.at, own.set_by, closed, end_of_day_words(closed.on))


def closed_by(order_type: OrderType, facts: Facts) -> Event | None:
    """The event that ended it, or that stopped it from ever beginning, if one did."""
    kinds = order_type.ended_by if begun_by(order_type, facts) else {*order_type.ended_by, *NEVER_BEGAN}
    return facts.first(*kinds)


def discharge_barred_until(order_type: OrderType, facts: Facts) -> date | None:
    """The last day on which discharge is barred, where the Act sets such a bar and the order has been made."""
    bar, begun = order_type.discharge_bar, begun_by(order_type, facts)
    if bar is None or begun is None or (bar.spares_travel_only and is_travel_only(facts)):
        return None
    if bar.period:
        return bar.period.last_day(begun.on)
    last_day = by_its_own_terms(order_type, facts, begun).on
    return _last_day_of_share(begun.on, last_day, bar.share) if bar.share and last_day else None


def is_travel_only(facts: Facts) -> bool:
    """Whether every condition is a foreign travel prohibition."""
    return bool(facts.conditions) and all(condition.is_travel for condition in facts.conditions)


def continues(facts: Facts) -> bool:
    """Whether a court has let the order run on until a prosecution ends (Serious Crime Act 2007 s.22E)."""
    return facts.first(EventKind.CONTINUED_PENDING_PROSECUTION) is not None


def by_its_own_terms(order_type: OrderType, facts: Facts, begun: Event) -> Ends:
    """The end that the order itself, or its last variation or renewal, states; whatever ended it early is left aside."""
    if order_type.is_notice:
        return Ends(EndKind.EVENT, None, None, begun, words="When the application is determined")
    kind, last_day, set_by = facts.end_kind, facts.stated_ends_on, begun
    for event in facts.of(*CHANGES_OF_END):
        if "ends_on" in event.details:
            kind, last_day, set_by = EndKind.FIXED, date.fromisoformat(event.details["ends_on"]), event
        elif "end_kind" in event.details:
            kind, last_day, set_by = EndKind(event.details["end_kind"]), None, event
    if continues(facts):
        return Ends(EndKind.EVENT, None, None, set_by, words="When the prosecution ends")
    if kind is EndKind.PER_CONDITION:
        last_day = _last_condition(facts)
    return _stated(kind, last_day, set_by, facts)


def _last_day_of_share(first_day: date, last_day: date, share: Fraction) -> date:
    """The day on which at least that share of the days has passed."""
    days = (last_day - first_day).days + 1
    return first_day + timedelta(days=ceil(days * share) - 1)


def _stated(kind: EndKind, last_day: date | None, set_by: Event, facts: Facts) -> Ends:
    if last_day is not None and kind in (EndKind.FIXED, EndKind.PER_CONDITION, EndKind.NONE):
        at = _stated_moment(last_day, facts.stated_end_time)
        return Ends(EndKind.FIXED if kind is EndKind.NONE else kind, last_day, at, set_by, words=_end_words(last_day, at))
    if kind is EndKind.EVENT:
        return Ends(kind, None, None, set_by, words=facts.stated_event or "On the event named in the order")
    words = "End not recorded" if kind in (EndKind.FIXED, EndKind.NONE) else "Until further order (no end date)"
    return Ends(kind, None, None, set_by, words=words)


def _stated_moment(last_day: date, stated: time | None) -> datetime | None:
    return datetime.combine(last_day, stated, LONDON) if stated else None


def _end_words(last_day: date, at: datetime | None) -> str:
    return at_words(at) if at else end_of_day_words(last_day)


def _first_provision(facts: Facts) -> date | None:
    """The earliest start, where every condition has a start of its own."""
    starts = [condition.starts_on for condition in facts.conditions]
    stated = [start for start in starts if start]
    return min(stated) if stated and len(stated) == len(starts) else None


def _last_condition(facts: Facts) -> date | None:
    """The last end; None while any condition runs until further order."""
    ends = [condition.ends_on for condition in facts.conditions]
    stated = [end for end in ends if end]
    return max(stated) if stated and len(stated) == len(ends) else None

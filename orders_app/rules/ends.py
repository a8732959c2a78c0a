"""When an order begins and ends: by its own terms, and by what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil

from orders_app.rules.facts import EndKind, Event, EventKind, Facts
from orders_app.rules.spec import OrderType, StartKind
from orders_app.rules.wording import LONDON, at_words, end_of_day_words

CHANGES_OF_END = (EventKind.VARIED, EventKind.RENEWED)
NEVER_BEGAN = (
    EventKind.AUTHORITY_REFUSED,
    EventKind.NOTICE_WITHDRAWN,
    EventKind.APPLICATION_REFUSED,
    EventKind.APPLICATION_WITHDRAWN,
    EventKind.UNDERTAKING_GIVEN,
)


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


@dataclass(frozen=True)
class Continuation:
    """A court let the order run on until a prosecution ends: the event that said so, and the end of the prosecution."""

    begun: Event
    over: Event | None


def begun_by(order_type: OrderType, facts: Facts) -> Event | None:
    """The event that brings it into being: service of a notice, the making of an order."""
    return facts.first(EventKind.SERVED if order_type.is_notice else EventKind.MADE)


def in_force_from(order_type: OrderType, facts: Facts) -> date | None:
    """The first day on which any part is in force; None where it has not begun, or waits for release or for another order's end."""
    found = begins(order_type, facts)
    return found.on if found else None


def begins(order_type: OrderType, facts: Facts) -> Begins | None:
    """The first day on which any part is in force, and why that day; None where it has not begun, or waits for something."""
    begun = begun_by(order_type, facts)
    if begun is None:
        return None
    came_into_force = facts.first(EventKind.CAME_INTO_FORCE)
    if came_into_force:
        return Begins(came_into_force.on, "the day it came into force, as recorded", came_into_force)
    if facts.in_force_from_on:
        return Begins(facts.in_force_from_on, "the first day that the order states", begun)
    if facts.starts_on_other_end:
        over_on = facts.other_order_over_on
        return Begins(over_on, "the day on which the earlier order no longer has effect", begun) if over_on else None
    if facts.starts_on_release:
        released = [event for event in facts.of(EventKind.CUSTODY_ENDED) if event.on >= begun.on]
        return Begins(released[0].on, "the day of release, on which the order starts", released[0]) if released else None
    earliest = _first_provision(facts)
    if earliest:
        return Begins(earliest, "the start of the earliest condition, each of which has its own", begun)
    return Begins(begun.on, f"the day it was {'served' if order_type.is_notice else 'made'}", begun)


def may_start(order_type: OrderType, kind: StartKind) -> bool:
    """Whether the Act lets an order of the type start later in this way. Where it is silent a court may state a day."""
    if order_type.late_starts:
        return kind in order_type.late_starts.kinds
    return kind is StartKind.STATED_DAY and not order_type.is_interim and not order_type.is_notice


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
    begun = begun_by(order_type, facts)
    kinds = order_type.ended_by if begun else {*order_type.ended_by, *NEVER_BEGAN}
    closing = [event for event in (facts.first(*kinds), _outlived_by(facts, begun)) if event]
    return min(closing, key=lambda event: event.on, default=None)


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


def continuation(facts: Facts) -> Continuation | None:
    """Whether and how long a court has let the order run on until a prosecution ends (Serious Crime Act 2007 s.22E)."""
    begun = facts.first(EventKind.CONTINUED_PENDING_PROSECUTION)
    if begun is None:
        return None
    over = [event for event in facts.of(EventKind.PROSECUTION_ENDED) if event.on >= begun.on]
    return Continuation(begun, over[0] if over else None)


def by_its_own_terms(order_type: OrderType, facts: Facts, begun: Event) -> Ends:
    """The end that the order itself, or its last variation or renewal, states; whatever ended it early is left aside."""
    if order_type.is_notice:
        return Ends(EndKind.EVENT, None, None, begun, words="When the application is determined")
    kind, last_day, set_by = _as_last_stated(facts, begun)
    run_on = continuation(facts)
    if run_on and (run_on.over is None or _outlived_by(facts, begun)):
        return Ends(EndKind.EVENT, None, None, set_by, words="When the prosecution ends")
    return _stated(kind, last_day, set_by, facts)


def _as_last_stated(facts: Facts, begun: Event) -> tuple[EndKind, date | None, Event]:
    """The kind of end and the last day of the order or its last change, and the event that stated them."""
    kind, last_day, set_by = facts.end_kind, facts.stated_ends_on, begun
    for event in facts.of(*CHANGES_OF_END):
        if "ends_on" in event.details:
            kind, last_day, set_by = EndKind.FIXED, date.fromisoformat(event.details["ends_on"]), event
        elif "end_kind" in event.details:
            kind, last_day, set_by = EndKind(event.details["end_kind"]), None, event
    return kind, _last_condition(facts) if kind is EndKind.PER_CONDITION else last_day, set_by


def _outlived_by(facts: Facts, begun: Event | None) -> Event | None:
    """The end of a prosecution that kept alive an order whose own last day had passed: the order ends with it."""
    run_on = continuation(facts)
    last_day = _as_last_stated(facts, begun)[1] if begun else None
    return run_on.over if run_on and run_on.over and last_day and run_on.over.on > last_day else None


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

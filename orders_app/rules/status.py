"""The one word for where an order stands on a day. Never stored: it follows from a few dated facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from orders_app.rules.ends import NEVER_BEGAN, begun_by, closed_by, continuation, ends_on, fully_in_force_from, in_force_from, may_start
from orders_app.rules.facts import Event, EventKind, Facts
from orders_app.rules.spec import OrderType, StartKind


class Status(StrEnum):
    """The words of the status tag."""

    DRAFT = "Draft"
    CONSIDERED = "Considered"
    REFERRED = "Referred"
    AUTHORISED = "Authorised"
    APPLIED_FOR = "Applied for"
    REQUESTED = "Requested"
    LISTED = "Listed"
    NOTICE_IN_FORCE = "Notice in force"
    INTERIM_IN_FORCE = "Interim in force"
    MADE_NOT_SERVED = "Made, not served"
    AWAITING_RELEASE = "Awaiting release"
    STARTS_LATER = "Starts later"
    IN_FORCE = "In force"
    PARTLY_IN_FORCE = "Partly in force"
    CONTINUES = "Continues pending prosecution"
    ENDED = "Ended"
    EXPIRED = "Expired"
    DISCHARGED = "Discharged"
    REPLACED = "Replaced"
    LAPSED = "Lapsed"
    REFUSED = "Refused"
    WITHDRAWN = "Withdrawn"
    UNDERTAKING = "Undertaking given"


LIVE = frozenset(
    {
        Status.NOTICE_IN_FORCE,
        Status.INTERIM_IN_FORCE,
        Status.MADE_NOT_SERVED,
        Status.IN_FORCE,
        Status.PARTLY_IN_FORCE,
        Status.CONTINUES,
    }
)
FINISHED = frozenset(
    {
        Status.ENDED,
        Status.EXPIRED,
        Status.DISCHARGED,
        Status.REPLACED,
        Status.LAPSED,
        Status.REFUSED,
        Status.WITHDRAWN,
        Status.UNDERTAKING,
    }
)
CLOSED_AS = {
    EventKind.DISCHARGED: Status.DISCHARGED,
    EventKind.REPLACED: Status.REPLACED,
    EventKind.AUTHORITY_REFUSED: Status.REFUSED,
    EventKind.NOTICE_WITHDRAWN: Status.WITHDRAWN,
    EventKind.UNDERTAKING_GIVEN: Status.UNDERTAKING,
}
OPENING = {Status.CONSIDERED: EventKind.CONSIDERED, Status.REFERRED: EventKind.REFERRED, Status.AUTHORISED: EventKind.AUTHORISED}
STOPPED_AS = {EventKind.APPLICATION_REFUSED: Status.REFUSED, EventKind.APPLICATION_WITHDRAWN: Status.WITHDRAWN}


@dataclass(frozen=True)
class StatusDates:
    """All that a status depends on, as dates: the same questions can be asked of columns in SQL.

    `begun_on` is service of a notice or the making of an order; `last_day` its end by its own terms; `closed_on` and
    `closed_as` an event that ended it or kept it from beginning; `live_as` the word while it runs; `continued_on` and
    `continued_until` the days between which a court let it run on until a prosecution ends (the second no longer counts).
    """

    considered_on: date | None
    referred_on: date | None
    authorised_on: date | None
    applied_on: date | None
    listed_on: date | None
    begun_on: date | None
    served_on: date | None
    in_force_from: date | None
    fully_in_force_from: date | None
    continued_on: date | None
    continued_until: date | None
    last_day: date | None
    closed_on: date | None
    closed_as: Status
    applied_as: Status
    live_as: Status
    expires_as: Status
    waits_as: Status
    must_be_served: bool


def states_of(order_type: OrderType) -> list[Status]:
    """Every status that an order of this type can have, in the order of its life."""
    opening = [status for status, kind in OPENING.items() if kind in order_type.events]
    if order_type.is_notice:
        begins: tuple[Status, ...] = (Status.NOTICE_IN_FORCE,)
    else:
        begins = (applied_as(order_type), Status.LISTED)
        begins += (Status.MADE_NOT_SERVED,) if order_type.needs_service else ()
        begins += (Status.INTERIM_IN_FORCE, Status.LAPSED) if order_type.is_interim else _full_states(order_type)
    finishes = [CLOSED_AS.get(kind, Status.ENDED) for kind in EventKind if kind in order_type.ended_by]
    stops = [CLOSED_AS.get(kind) or STOPPED_AS[kind] for kind in NEVER_BEGAN if kind in order_type.events]
    return list(dict.fromkeys([Status.DRAFT, *opening, *begins, *finishes, *stops]))


def applied_as(order_type: OrderType) -> Status:
    """The word while an order is asked for and not listed: nobody applies for one that the prosecution requests."""
    return Status.REQUESTED if order_type.is_requested else Status.APPLIED_FOR


def status_dates(order_type: OrderType, facts: Facts) -> StatusDates:
    """The dated facts behind the status, from everything recorded."""
    begun = begun_by(order_type, facts)
    ends = ends_on(order_type, facts)
    closed = ends.closed_by if ends else closed_by(order_type, facts)
    run_on = continuation(facts)
    return StatusDates(
        considered_on=_day(facts.first(EventKind.CONSIDERED)),
        referred_on=_day(facts.first(EventKind.REFERRED)),
        authorised_on=_day(facts.first(EventKind.AUTHORISED)),
        applied_on=None if order_type.is_notice else _day(facts.first(EventKind.APPLICATION_LODGED)),
        listed_on=None if order_type.is_notice else _day(facts.first(EventKind.HEARING_LISTED)),
        begun_on=_day(begun),
        served_on=_day(facts.first(EventKind.SERVED)),
        in_force_from=in_force_from(order_type, facts),
        fully_in_force_from=fully_in_force_from(order_type, facts),
        continued_on=_day(run_on.begun) if run_on else None,
        continued_until=_day(run_on.over) if run_on else None,
        last_day=ends.on if ends and closed is None else None,
        closed_on=_day(closed),
        closed_as=_closed_as(closed, begun),
        applied_as=applied_as(order_type),
        live_as=live_as(order_type),
        expires_as=Status.LAPSED if order_type.is_interim else Status.EXPIRED,
        waits_as=Status.AWAITING_RELEASE if facts.starts_on_release else Status.STARTS_LATER,
        must_be_served=order_type.needs_service and not (order_type.presence_binds and facts.is_present_or_represented),
    )


def status_from(dates: StatusDates, day: date) -> Status:
    """The status on a day. A closing event counts from its own day, a last day until 24:00."""
    if _reached(dates.closed_on, day):
        return dates.closed_as
    if not _reached(dates.begun_on, day):
        return _before_it_begins(dates, day)
    if dates.last_day is not None and day > dates.last_day:
        return dates.expires_as
    if not _reached(dates.in_force_from, day):
        return dates.waits_as
    return _while_it_runs(dates, day)


def status_on(order_type: OrderType, facts: Facts, day: date) -> Status:
    """The status on a day, from everything recorded about the order."""
    return status_from(status_dates(order_type, facts), day)


def _full_states(order_type: OrderType) -> tuple[Status, ...]:
    released = (Status.AWAITING_RELEASE,) if may_start(order_type, StartKind.RELEASE) else ()
    is_late = any(may_start(order_type, kind) for kind in (StartKind.STATED_DAY, StartKind.OTHER_END))
    later = (Status.STARTS_LATER,) if is_late else ()
    continued = (Status.CONTINUES,) if EventKind.CONTINUED_PENDING_PROSECUTION in order_type.events else ()
    return (*released, *later, Status.PARTLY_IN_FORCE, Status.IN_FORCE, *continued, Status.EXPIRED)


def _before_it_begins(dates: StatusDates, day: date) -> Status:
    steps = (
        (dates.listed_on, Status.LISTED),
        (dates.applied_on, dates.applied_as),
        (dates.authorised_on, Status.AUTHORISED),
        (dates.referred_on, Status.REFERRED),
        (dates.considered_on, Status.CONSIDERED),
    )
    return next((status for on, status in steps if _reached(on, day)), Status.DRAFT)


def _while_it_runs(dates: StatusDates, day: date) -> Status:
    if dates.must_be_served and not _reached(dates.served_on, day):
        return Status.MADE_NOT_SERVED
    if _reached(dates.continued_on, day) and not _reached(dates.continued_until, day):
        return Status.CONTINUES
    return dates.live_as if _reached(dates.fully_in_force_from, day) else Status.PARTLY_IN_FORCE


def _closed_as(closed: Event | None, begun: Event | None) -> Status:
    if closed is None:
        return Status.ENDED
    if begun is None and closed.kind in STOPPED_AS:
        return STOPPED_AS[closed.kind]
    return CLOSED_AS.get(closed.kind, Status.ENDED)


def live_as(order_type: OrderType) -> Status:
    """The word while one of this type is wholly in force."""
    if order_type.is_notice:
        return Status.NOTICE_IN_FORCE
    return Status.INTERIM_IN_FORCE if order_type.is_interim else Status.IN_FORCE


def _day(event: Event | None) -> date | None:
    return event.on if event else None


def _reached(on: date | None, day: date) -> bool:
    return on is not None and on <= day

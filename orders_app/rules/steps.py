"""Which steps can be recorded about an order on a day; which cannot, why not, and where the law says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from orders_app.rules.ends import begun_by, closed_by, ends_on, in_force_from
from orders_app.rules.facts import Event, EventKind, Facts
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.running_out import time_left
from orders_app.rules.sections import declared_refusal, section_of
from orders_app.rules.spec import Citation, OrderType
from orders_app.rules.status import FINISHED, Status, status_on
from orders_app.rules.wording import day_words

E = EventKind
NOTICE_BEFORE = frozenset(
    {
        E.CONSIDERED,
        E.AUTHORISED,
        E.AUTHORITY_REFUSED,
        E.NOTICE_WITHDRAWN,
        E.SERVICE_ATTEMPTED,
        E.SERVED,
        E.APPLICATION_LODGED,
        E.HEARING_LISTED,
        E.CUSTODY_STARTED,
        E.CUSTODY_ENDED,
    }
)
ORDER_BEFORE = frozenset(
    {
        E.CONSIDERED,
        E.REFERRED,
        E.AUTHORISED,
        E.AUTHORITY_REFUSED,
        E.APPLICATION_LODGED,
        E.HEARING_LISTED,
        E.HEARING_HELD,
        E.ADJOURNED,
        E.APPLICATION_REFUSED,
        E.APPLICATION_WITHDRAWN,
        E.UNDERTAKING_GIVEN,
        E.MADE,
        E.CUSTODY_STARTED,
        E.CUSTODY_ENDED,
    }
)
NOT_ONCE_BEGUN = frozenset({E.CONSIDERED, E.REFERRED, E.AUTHORISED, E.AUTHORITY_REFUSED, E.NOTICE_WITHDRAWN, E.MADE})
NOT_ONCE_MADE = frozenset(
    {E.APPLICATION_LODGED, E.APPLICATION_GRANTED, E.APPLICATION_REFUSED, E.APPLICATION_WITHDRAWN, E.UNDERTAKING_GIVEN}
)
ONLY_ONCE = frozenset({E.REFERRED, E.AUTHORISED, E.MADE, E.SERVED, E.CAME_INTO_FORCE, E.CONTINUED_PENDING_PROSECUTION})
EVEN_AFTER_THE_END = frozenset(
    {
        E.SERVED,
        E.BREACH_REPORTED,
        E.BREACH_REVIEWED,
        E.BREACH_PROVED,
        E.BREACH_NOT_PROVED,
        E.ARRESTED,
        E.PRODUCED,
        E.RELEASED_OUT_OF_TIME,
        E.REMANDED,
        E.CHARGED,
        E.NOTIFIED,
        E.PROTECTED_PERSON_TOLD,
        E.CUSTODY_STARTED,
        E.CUSTODY_ENDED,
    }
)
NOTICE_NEEDS = {
    E.NOTICE_WITHDRAWN: (E.AUTHORISED,),
    E.SERVICE_ATTEMPTED: (E.AUTHORISED,),
    E.SERVED: (E.AUTHORISED,),
    E.APPLICATION_LODGED: (E.AUTHORISED,),
    E.HEARING_LISTED: (E.AUTHORISED,),
}
NEEDS = {
    E.PRODUCED: (E.ARRESTED,),
    E.RELEASED_OUT_OF_TIME: (E.ARRESTED,),
    E.REMANDED: (E.ARRESTED,),
    E.BREACH_PROVED: (E.PRODUCED,),
    E.BREACH_NOT_PROVED: (E.PRODUCED,),
    E.BREACH_REVIEWED: (E.BREACH_REPORTED, E.ARRESTED),
    E.VARIATION_SERVED: (E.VARIED, E.RENEWED),
    E.CONTINUED_PENDING_PROSECUTION: (E.CHARGED,),
    E.PROSECUTION_ENDED: (E.CONTINUED_PENDING_PROSECUTION,),
}


@dataclass(frozen=True)
class NotNow:
    """A step that cannot be recorded now, why not, and the section."""

    kind: EventKind
    why: str
    citation: Citation


@dataclass(frozen=True)
class Asked:
    """What is asked: whether this step can be recorded about this order on this day. `stood` is its type as the law is that day."""

    kind: EventKind
    order_type: OrderType
    stood: OrderType
    facts: Facts
    day: date
    law: LawTables
    status: Status
    begun: Event | None


def possible_events(order_type: OrderType, facts: Facts, day: date, law: LawTables) -> list[EventKind]:
    """The kinds of event that may be recorded on a day, in the order of EventKind. What the law lacks is never offered."""
    known = as_law_on(order_type, law, facts.area, day).events
    return [kind for kind in EventKind if kind in known and why_not(order_type, facts, kind, day, law) is None]


def not_now(order_type: OrderType, facts: Facts, day: date, law: LawTables) -> list[NotNow]:
    """The steps that the law knows for this type, and that cannot be recorded on this day, each with its reason."""
    known = as_law_on(order_type, law, facts.area, day).events
    return [refused for kind in EventKind if kind in known and (refused := why_not(order_type, facts, kind, day, law))]


def why_not(order_type: OrderType, facts: Facts, kind: EventKind, day: date, law: LawTables) -> NotNow | None:
    """Why a step cannot be recorded on a day; None where it can."""
    stood = as_law_on(order_type, law, facts.area, day)
    asked = Asked(kind, order_type, stood, facts, day, law, status_on(order_type, facts, day), begun_by(order_type, facts))
    refusal = declared_refusal(stood, kind) if kind not in stood.events else None
    if refusal:
        return NotNow(kind, refusal.why, refusal.citation)
    why = next((why for check in CHECKS if (why := check(asked))), "")
    return NotNow(kind, why, section_of(order_type, kind)) if why else None


def resting_on_nothing(order_type: OrderType, facts: Facts) -> list[EventKind]:
    """The kinds of event recorded that need another recorded first, which is not: compliance with an order that was not made."""
    begun = begun_by(order_type, facts)
    recorded = dict.fromkeys(event.kind for event in facts.events)
    return [kind for kind in recorded if (begun is None and _needs_beginning(order_type, kind)) or _missing(order_type, facts, kind)]


def _unknown(asked: Asked) -> str:
    return "" if asked.kind in asked.stood.events else f"The law has no such step for this {asked.order_type.short_name}"


def _over(asked: Asked) -> str:
    """Nothing changes an order that has ended; what comes to light afterwards can still be recorded."""
    if asked.status not in FINISHED or (asked.begun and asked.kind in EVEN_AFTER_THE_END):
        return ""
    closed, ends = closed_by(asked.order_type, asked.facts), ends_on(asked.order_type, asked.facts)
    on = closed.on if closed else ends.on if ends else None
    return f"{asked.status.value}{f' {day_words(on)}' if on else ''}: the law gives no power to revive or change it"


def _not_begun(asked: Asked) -> str:
    if asked.begun or not _needs_beginning(asked.order_type, asked.kind):
        return ""
    return "The notice has not been served yet" if asked.order_type.is_notice else "The order has not been made yet"


def _needs_beginning(order_type: OrderType, kind: EventKind) -> bool:
    return kind not in (NOTICE_BEFORE if order_type.is_notice else ORDER_BEFORE)


def _begun_already(asked: Asked) -> str:
    is_notice = asked.order_type.is_notice
    if asked.begun is None or asked.kind not in (NOT_ONCE_BEGUN if is_notice else NOT_ONCE_BEGUN | NOT_ONCE_MADE):
        return ""
    if asked.kind is E.NOTICE_WITHDRAWN:
        return "A notice that was served goes on until the court decides the application"
    return f"It was {'served' if is_notice else 'made'} on {day_words(asked.begun.on)}"


def _again(asked: Asked) -> str:
    first = asked.facts.first(asked.kind) if asked.kind in ONLY_ONCE else None
    if first:
        return f"It is recorded already, {day_words(first.on)}. Correct that entry if it is wrong"
    given = asked.facts.first(E.AUTHORISED) if asked.kind is E.AUTHORITY_REFUSED else None
    return f"Authority was given on {day_words(given.on)}" if given else ""


def _lacks(asked: Asked) -> str:
    needed = _missing(asked.order_type, asked.facts, asked.kind)
    if not needed:
        return ""
    return f"Nothing is recorded that it could follow: {' or '.join(kind.replace('_', ' ') for kind in needed)}"


def _missing(order_type: OrderType, facts: Facts, kind: EventKind) -> tuple[EventKind, ...]:
    """Of which events one must have happened before this, where none is recorded."""
    needed = NEEDS.get(kind) or (NOTICE_NEEDS.get(kind) if order_type.is_notice else None)
    return () if needed is None or facts.first(*needed) else needed


def _answered(asked: Asked) -> str:
    """Production and release answer an arrest, each arrest once."""
    if asked.kind not in (E.PRODUCED, E.RELEASED_OUT_OF_TIME):
        return ""
    arrests, answers = asked.facts.of(E.ARRESTED), asked.facts.of(E.PRODUCED, E.RELEASED_OUT_OF_TIME)
    return "" if len(answers) < len(arrests) else "Every arrest has its production in court or its release already"


def _decided_elsewhere(asked: Asked) -> str:
    if asked.kind is E.DETERMINED and asked.order_type.is_notice:
        return "Record whether the court granted or refused the application"
    begins_on = in_force_from(asked.order_type, asked.facts) if asked.kind is E.CAME_INTO_FORCE else None
    return f"It is in force from {day_words(begins_on)}" if begins_on else ""


def _time_left(asked: Asked) -> str:
    return time_left(asked.order_type, asked.facts, asked.kind, asked.day, asked.law)


CHECKS: tuple[Callable[[Asked], str], ...] = (
    _unknown,
    _over,
    _not_begun,
    _begun_already,
    _again,
    _lacks,
    _answered,
    _decided_elsewhere,
    _time_left,
)

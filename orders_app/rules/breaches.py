"""Breaches: four numbers that are never mixed, which terms a day is judged by, and whether the order bound the subject then."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from orders_app.rules.ends import begun_by, ends_on, in_force_from
from orders_app.rules.facts import EventKind, Facts
from orders_app.rules.spec import OrderType
from orders_app.rules.wording import day_words


@dataclass(frozen=True)
class BreachNumbers:
    """Breaches reported, arrests for breach, orders with a breach reported, and the people whom those orders bind."""

    reported: int
    arrests: int
    orders: int
    people: int


def breach_numbers(orders: Iterable[tuple[Hashable, Facts]]) -> BreachNumbers:
    """Count the breaches of these orders, each given with its subject: one person with two breached orders is one person."""
    orders = list(orders)
    breached = [subject for subject, facts in orders if facts.of(EventKind.BREACH_REPORTED)]
    return BreachNumbers(
        reported=_how_many(orders, EventKind.BREACH_REPORTED),
        arrests=_how_many(orders, EventKind.ARRESTED),
        orders=len(breached),
        people=len(set(breached)),
    )


def version_on(versions: Iterable[tuple[int, date]], day: date) -> int:
    """The number of the version of the terms that bound on a day, of versions by number and first day; the first for days before it."""
    return max((number for number, begins_on in versions if number == 1 or begins_on <= day), default=1)


def why_not_bound(order_type: OrderType, facts: Facts, day: date) -> str:
    """Why what was done on a day was no breach of the order, as far as the record tells; empty where the order bound the subject."""
    begins_on, ends = in_force_from(order_type, facts), ends_on(order_type, facts)
    if begun_by(order_type, facts) is None or begins_on is None or day < begins_on:
        return "The order was not in force yet on that day"
    if ends and ends.on and day > ends.on:
        return f"The order had ended on {day_words(ends.on)}"
    served = facts.first(EventKind.SERVED)
    if not binds_unserved(order_type, facts) and (served is None or day < served.on):
        return "The subject was neither in court nor represented, and had not been served: the order did not bind yet"
    return _why_not_aware(facts, day)


def binds_unserved(order_type: OrderType, facts: Facts) -> bool:
    """Whether the order binds without service: all do, but those that bind only somebody who was in court, represented or served."""
    return not order_type.presence_binds or facts.is_present_or_represented


def aware_from(facts: Facts) -> date | None:
    """The first day on which the subject is known to have known of the order: as recorded, or that of service."""
    served = facts.first(EventKind.SERVED)
    known = [on for on in (facts.aware_from_on, served.on if served else None) if on]
    return min(known, default=None)


def _why_not_aware(facts: Facts, day: date) -> str:
    if not facts.is_without_notice:
        return ""
    known_from = aware_from(facts)
    if known_from and day >= known_from:
        return ""
    since = f", {day_words(known_from)}" if known_from else ". It is not recorded when that was"
    return f"The order was made without notice: a breach counts only from when the subject knew of it{since}"


def _how_many(orders: Iterable[tuple[Hashable, Facts]], kind: EventKind) -> int:
    return sum(len(facts.of(kind)) for _, facts in orders)

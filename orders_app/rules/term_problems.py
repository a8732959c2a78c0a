"""What is legally wrong with the terms of an order: their kind, and how long each may last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from orders_app.rules.ends import CHANGES_OF_END, begun_by, by_its_own_terms, in_force_from
from orders_app.rules.facts import ConditionFacts, ConditionKind, Facts
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.problems import Problem, day_of_decision, limit_for, limits_when_made
from orders_app.rules.spec import LengthLimit, Limits, OrderType
from orders_app.rules.wording import ONE_DAY, day_words


def check_conditions(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """Each condition: whether the order may have one of its kind, and how long it may last."""
    shortest = _shortest_of_terms(order_type, facts, law)
    order_type = replace(order_type, limits=_limits_of_terms(order_type, facts, law))
    begun = begun_by(order_type, facts)
    last_day = by_its_own_terms(order_type, facts, begun).on if begun else None
    for condition in facts.conditions:
        yield from _check_kind(order_type, condition)
        yield from _check_dates(condition, last_day, order_type)
        starts_on = condition.starts_on or condition.set_on or in_force_from(order_type, facts)
        if starts_on:
            counted_from = _counted_from(condition, starts_on, facts)
            yield from _check_special_length(order_type, condition, counted_from, condition.ends_on or last_day)
        if shortest and begun:
            yield from _check_shortest(shortest, condition, begun.on)


def _check_kind(order_type: OrderType, condition: ConditionFacts) -> Iterator[Problem]:
    limits, field = order_type.limits, f"conditions.{condition.number}"
    if condition.kind is ConditionKind.REQUIREMENT and limits.requirements_refused:
        yield Problem(f"{field}.kind", limits.requirements_refused.why, limits.requirements_refused.citation)
    elif condition.kind is ConditionKind.REQUIREMENT and limits.supervisor and not condition.supervisor:
        yield Problem(f"{field}.supervisor", "Enter the person named in the order to supervise this requirement", limits.supervisor)
    if condition.is_electronic_monitoring and limits.monitoring_refused:
        yield Problem(f"{field}.is_electronic_monitoring", limits.monitoring_refused.why, limits.monitoring_refused.citation)


def _check_dates(condition: ConditionFacts, last_day: date | None, order_type: OrderType) -> Iterator[Problem]:
    field = f"conditions.{condition.number}.ends_on"
    if condition.starts_on and condition.ends_on and condition.ends_on < condition.starts_on:
        message = f"The condition would end before it starts. Enter {day_words(condition.starts_on)} or later"
        yield Problem(field, message, order_type.limits.end_citation)
    if last_day and condition.ends_on and condition.ends_on > last_day:
        message = f"A condition cannot outlast the order. Enter {day_words(last_day)} or earlier"
        yield Problem(field, message, order_type.limits.end_citation)


def _check_special_length(order_type: OrderType, condition: ConditionFacts, counted_from: date, ends_on: date | None) -> Iterator[Problem]:
    """A term that the Act lets last so long only, whether it ends on a day of its own, with the order, or not at all."""
    limits = order_type.limits
    special = (
        (condition.is_travel, limits.longest_travel, "A foreign travel prohibition"),
        (condition.is_electronic_monitoring, limits.longest_monitoring, "Electronic monitoring"),
    )
    for applies, limit, what in special:
        latest = limit.period.last_day(counted_from) if limit else None
        if applies and limit and latest and (ends_on is None or ends_on > latest):
            may = "may be extended for" if condition.former_ends_on else "may last"
            message = f"{what} {may} {limit.period} {day_words(counted_from)}. Enter {day_words(latest)} or earlier"
            cited = limit.extension if condition.former_ends_on and limit.extension else limit.citation
            yield Problem(f"conditions.{condition.number}.ends_on", message, cited)


def _counted_from(condition: ConditionFacts, starts_on: date, facts: Facts) -> date:
    """The day from which the longest length of a term counts: its start, or the day after its former end where a court extended it.

    A term that had ended before the court changed it begins again with the change.
    """
    before = condition.former_ends_on or (_order_end_before(facts) if condition.ends_on is None else None)
    if before is None:
        return starts_on
    extended_from = before + ONE_DAY
    return max(extended_from, condition.set_on) if condition.set_on else extended_from


def _order_end_before(facts: Facts) -> date | None:
    """The last day of the order as it stood before the court last changed it; None where it never did."""
    changes = facts.of(*CHANGES_OF_END)
    if not changes:
        return None
    ends = [date.fromisoformat(event.details["ends_on"]) for event in changes[:-1] if "ends_on" in event.details]
    return ends[-1] if ends else facts.stated_ends_on


def _check_shortest(limit: LengthLimit, condition: ConditionFacts, made_on: date) -> Iterator[Problem]:
    """A term with a period of its own that is shorter than the Act lets any be. One that a court added later is not measured."""
    is_measured = not (condition.is_travel or condition.is_electronic_monitoring or condition.set_on)
    start = condition.starts_on or made_on
    earliest = limit.period.last_day(start)
    if is_measured and condition.ends_on and condition.ends_on < earliest:
        message = (
            f"A condition with a period of its own must last at least {limit.period} {day_words(start)}. "
            f"Enter {day_words(earliest)} or later, or let it end with the order"
        )
        yield Problem(f"conditions.{condition.number}.ends_on", message, limit.citation)


def _shortest_of_terms(order_type: OrderType, facts: Facts, law: LawTables) -> LengthLimit | None:
    """The shortest length where the Act sets it for each term, and not for the order alone."""
    limit = limit_for(limits_when_made(order_type, facts, law).shortest, order_type, facts)
    return limit if limit and limit.is_for_each_term else None


def _limits_of_terms(order_type: OrderType, facts: Facts, law: LawTables) -> Limits:
    """The limits on terms, which a court may set when it makes the order and whenever it changes it.

    A term that one of those days allowed stays lawful when its provision ends.
    """
    days = [day_of_decision(order_type, facts), *(event.on for event in facts.of(*CHANGES_OF_END))]
    stood = [as_law_on(order_type, law, facts.area, day).limits for day in days]
    return next((limits for limits in reversed(stood) if limits.monitoring_refused is None), stood[-1])

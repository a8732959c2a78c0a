"""What the law allows for the end of the order in a draft, and the count behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from orders_app.rules.orders import LawfulEnd, in_force_from, lawful_ends
from orders_app.rules.spec import RuleClass
from orders_app.web.filters import day, deadline_when, plural
from orders_app.web.orders.draft_answers import Answers


@dataclass(frozen=True)
class AllowedEnd:
    """One line of 'What the law allows'."""

    words: str
    when: str
    is_refused: bool = False


@dataclass(frozen=True)
class RefusedEnd:
    """A last day that the law does not allow."""

    on: date
    is_too_late: bool


def allowed_ends(answers: Answers) -> list[AllowedEnd]:
    """The earliest and latest lawful last day, and the day typed where it is neither within them."""
    order_type, facts = answers.order_type, answers.facts()
    if order_type is None:
        return []
    limits = lawful_ends(order_type, facts, answers.known.law)
    rows = [AllowedEnd(f"{'Longest' if end.is_latest else 'Shortest'}, {_length(end)}", deadline_when(end.on)) for end in limits]
    refused, made = refused_end(answers), answers.made_on()
    if refused and made:
        entered = f"You entered, {plural((refused.on - made).days + 1, 'day')}"
        rows.append(AllowedEnd(entered, deadline_when(refused.on), is_refused=True))
    return rows


def refused_end(answers: Answers) -> RefusedEnd | None:
    """The last day answered, where it is neither within the shortest nor the longest length."""
    order_type, facts = answers.order_type, answers.facts()
    typed = facts.stated_ends_on
    broken = [end for end in lawful_ends(order_type, facts, answers.known.law) if typed and _breaks(end, typed)] if order_type else []
    return RefusedEnd(typed, broken[0].is_latest) if typed and broken else None


def why_length(answers: Answers) -> dict[str, Any] | None:
    """The count behind the longest lawful end (else the shortest), for 'Why this date?'; with the day typed where that is refused."""
    order_type, facts, made = answers.order_type, answers.facts(), answers.made_on()
    limits = lawful_ends(order_type, facts, answers.known.law) if order_type else []
    if order_type is None or not limits or made is None:
        return None
    end = limits[-1]
    first_day = in_force_from(order_type, facts) if end.limit.from_first_day_in_force else None
    lines = [(line.when, line.what) for line in end.limit.period.count(first_day or made).lines]
    return {
        "answer": f"The {'latest' if end.is_latest else 'earliest'} lawful last day is {day(end.on)}.",
        "duty": order_type.limits.end_refusal,
        "words": end.rule,
        "starts": f"{day(first_day)}, the first day in force" if first_day else f"{day(made)}, the day the court made it",
        "left_out": "None. Sundays and bank holidays count",
        "counting": [*lines, *_counted_too_far(answers, first_day or made)],
        "rule": RuleClass.LAW.value,
        "cites": [(str(end.citation), end.citation.url)],
    }


def _counted_too_far(answers: Answers, start: date) -> list[tuple[str, str]]:
    refused = refused_end(answers)
    return [(day(refused.on), f"day {(refused.on - start).days + 1:,}: not allowed")] if refused else []


def _breaks(end: LawfulEnd, typed: date) -> bool:
    return typed > end.on if end.is_latest else typed < end.on


def _length(end: LawfulEnd) -> str:
    return str(end.limit.period).replace(" beginning with", "")

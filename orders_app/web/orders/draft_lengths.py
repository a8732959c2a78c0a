"""What the law allows for the end of the order in a draft, and the count behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from orders_app.rules.orders import LawfulEnd, lawful_ends
from orders_app.rules.spec import RuleClass
from orders_app.web.filters import day, deadline_when, plural
from orders_app.web.orders.draft_answers import Answers


@dataclass(frozen=True)
class AllowedEnd:
    """One line of 'What the law allows'."""

    words: str
    when: str
    is_refused: bool = False


def allowed_ends(answers: Answers) -> list[AllowedEnd]:
    """The earliest and latest lawful last day, and the day typed where it is neither within them."""
    order_type, facts = answers.order_type, answers.facts()
    if order_type is None:
        return []
    limits = lawful_ends(order_type, facts, answers.known.law)
    rows = [AllowedEnd(f"{'Longest' if end.is_latest else 'Shortest'}, {_length(end)}", deadline_when(end.on)) for end in limits]
    typed, made = facts.stated_ends_on, answers.made_on()
    if typed and made and any(_breaks(end, typed) for end in limits):
        rows.append(AllowedEnd(f"You entered, {plural((typed - made).days + 1, 'day')}", deadline_when(typed), is_refused=True))
    return rows


def why_length(answers: Answers) -> dict[str, Any] | None:
    """The count behind the longest lawful end (else the shortest), for 'Why this date?'."""
    order_type, facts = answers.order_type, answers.facts()
    limits = lawful_ends(order_type, facts, answers.known.law) if order_type else []
    if not limits or order_type is None:
        return None
    end = limits[-1]
    start = answers.made_on()
    if start is None:
        return None
    count = end.limit.period.count(facts.in_force_from_on if end.limit.from_first_day_in_force and facts.in_force_from_on else start)
    return {
        "answer": f"The {'latest' if end.is_latest else 'earliest'} lawful last day is {day(end.on)}.",
        "duty": order_type.limits.end_refusal,
        "words": end.rule,
        "starts": f"{day(start)}, the day the court made it",
        "left_out": "None. Sundays and bank holidays count",
        "counting": [(line.when, line.what) for line in count.lines],
        "rule": RuleClass.LAW.value,
        "cite": str(end.citation),
        "cite_href": end.citation.url,
    }


def _breaks(end: LawfulEnd, typed: date) -> bool:
    return typed > end.on if end.is_latest else typed < end.on


def _length(end: LawfulEnd) -> str:
    return str(end.limit.period).replace(" beginning with", "")

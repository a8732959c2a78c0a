"""The questions asked about an order, gathered in one place. Every answer follows from the type, the facts and a day."""

from __future__ import annotations

from orders_app.rules import availability, change_problems, event_problems, term_problems
from orders_app.rules import problems as checks
from orders_app.rules.ends import Ends, ends_on, in_force_from
from orders_app.rules.facts import Facts
from orders_app.rules.law import LawTables
from orders_app.rules.offers import not_allowed
from orders_app.rules.problems import LawfulEnd, Problem, lawful_ends
from orders_app.rules.spec import OrderType, Refusal
from orders_app.rules.status import FINISHED, LIVE, Status, StatusDates, states_of, status_dates, status_from, status_on
from orders_app.rules.steps import NotNow, not_now, possible_events, why_not

__all__ = [
    "FINISHED",
    "LIVE",
    "Ends",
    "LawfulEnd",
    "NotNow",
    "Problem",
    "Refusal",
    "Status",
    "StatusDates",
    "ends_on",
    "in_force_from",
    "lawful_ends",
    "not_allowed",
    "not_now",
    "possible_events",
    "problems",
    "states_of",
    "status_dates",
    "status_from",
    "status_on",
    "why_not",
]

CHECKS: tuple[checks.Check, ...] = (
    event_problems.check_kinds,
    event_problems.check_sequence,
    checks.check_authority,
    checks.check_ages,
    availability.check_available,
    availability.check_power,
    change_problems.check_court,
    change_problems.check_start,
    checks.check_end,
    term_problems.check_conditions,
    event_problems.check_changes,
    change_problems.check_applicants,
    event_problems.check_times,
)


def problems(order_type: OrderType, facts: Facts, law: LawTables) -> list[Problem]:
    """Everything legally wrong with what is recorded, in the order of the pages on which it is typed. Empty when all is well."""
    return [problem for check in CHECKS for problem in check(order_type, facts, law)]

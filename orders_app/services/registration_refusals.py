"""Refuse a change of a registration for what the law says against it, beside the fields it was typed in."""

from __future__ import annotations

from collections.abc import Iterable

from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.problems import problems
from orders_app.services.errors import RuleBroken, RulesBroken
from orders_app.services.new_orders import NewEvent
from orders_app.services.refusals import in_the_future
from orders_app.services.work import Work


def registration_problems(facts: RegistrationFacts) -> list[RuleBroken]:
    """Return everything wrong with these facts."""
    return [RuleBroken(problem.field, problem.message, problem.citation) for problem in problems(facts)]


def refuse_new_registration_problems(work: Work, before: RegistrationFacts, after: RegistrationFacts, news: Iterable[NewEvent]) -> None:
    """Raise RulesBroken for what a change makes wrong. What was wrong already does not stand in its way."""
    known = {(problem.field, problem.message) for problem in registration_problems(before)}
    new = [problem for problem in registration_problems(after) if (problem.field, problem.message) not in known]
    broken = [*in_the_future(work, news), *new]
    if broken:
        raise RulesBroken(tuple(broken))

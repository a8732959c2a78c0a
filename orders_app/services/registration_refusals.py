"""Refuse a change of a registration for what the law says against it, beside the fields it was typed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.problems import problems
from orders_app.services.errors import RuleBroken, RulesBroken
from orders_app.services.new_orders import NewEvent
from orders_app.services.numbers_not_kept import number_refused
from orders_app.services.refusals import in_the_future
from orders_app.services.work import Work


def registration_problems(facts: RegistrationFacts) -> list[RuleBroken]:
    """Return everything wrong with these facts."""
    return [RuleBroken(problem.field, problem.message, problem.citation) for problem in problems(facts)]


def numbers_refused(news: Iterable[NewEvent]) -> list[RuleBroken]:
    """Return a refusal for each answer or note with such a number in it, once where several events say the same."""
    typed = dict.fromkeys((field, str(text)) for event in news for field, text in (*event.details.items(), ("note", event.note)))
    return [refusal for field, text in typed for refusal in number_refused(field, text)]


def refuse_new_registration_problems(work: Work, before: RegistrationFacts, after: RegistrationFacts, news: Sequence[NewEvent]) -> None:
    """Raise RulesBroken for what a change makes wrong. What was wrong already does not stand in its way."""
    known = {(problem.field, problem.message) for problem in registration_problems(before)}
    new = [problem for problem in registration_problems(after) if (problem.field, problem.message) not in known]
    broken = [*in_the_future(work, news), *numbers_refused(news), *new]
    if broken:
        raise RulesBroken(tuple(broken))

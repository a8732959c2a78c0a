"""Refuse a change for what the law says against it, beside the fields it was typed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orders_app.rules import facts as rules
from orders_app.rules.answers import wrong_answers
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EventKind
from orders_app.rules.orders import problems, why_not
from orders_app.rules.spec import OrderType
from orders_app.services.errors import RuleBroken, RulesBroken
from orders_app.services.events import UNSAVED, rule_event
from orders_app.services.new_orders import NewEvent
from orders_app.services.work import Work

MAY_BE_IN_FUTURE = frozenset({EventKind.HEARING_LISTED})


def legal_problems(work: Work, order_type: OrderType, facts: rules.Facts) -> list[RuleBroken]:
    """Return everything legally wrong with these facts."""
    found = problems(order_type, facts, work.law)
    return [RuleBroken(problem.field, problem.message, problem.citation) for problem in found]


def refuse_new_problems(work: Work, order_type: OrderType, before: rules.Facts, after: rules.Facts, news: Sequence[NewEvent]) -> None:
    """Raise RulesBroken for what a change makes wrong. What was wrong already does not stand in its way."""
    refuse_all(new_problems(work, order_type, before, after, news))


def refuse_all(broken: Iterable[RuleBroken]) -> None:
    """Raise RulesBroken for these problems, if there are any."""
    found = tuple(broken)
    if found:
        raise RulesBroken(found)


def new_problems(work: Work, order_type: OrderType, before: rules.Facts, after: rules.Facts, news: Sequence[NewEvent]) -> list[RuleBroken]:
    """Return what a change makes wrong, without what was wrong already."""
    known = {(problem.field, problem.message) for problem in legal_problems(work, order_type, before)}
    new = [problem for problem in legal_problems(work, order_type, after) if (problem.field, problem.message) not in known]
    return [*in_the_future(work, news), *answers_refused(news), *new]


def refuse_step(work: Work, order_type: OrderType, facts: rules.Facts, kind: EventKind, field: str = "kind") -> None:
    """Raise RuleBroken, with the reason and the section, for a step that cannot be recorded as the order stands."""
    refused = why_not(order_type, facts, kind, work.today, work.law)
    if refused:
        raise RuleBroken(
            field, f"This {order_type.short_name} cannot be recorded as {kind.value.replace('_', ' ')}. {refused.why}", refused.citation
        )


def answers_refused(news: Iterable[NewEvent]) -> list[RuleBroken]:
    """Return what these events cannot say, by the force's own rules."""
    wrong = [answer for new in news for answer in wrong_answers(rule_event(new, UNSAVED))]
    return [RuleBroken(answer.field, answer.message) for answer in wrong]


def in_the_future(work: Work, news: Iterable[NewEvent]) -> list[RuleBroken]:
    """Refuse what has not happened yet. A listing is recorded on its own day and names the hearing's day."""
    late = [new for new in news if new.kind not in MAY_BE_IN_FUTURE and (new.on > work.today or (new.at and new.at > work.now))]
    return [RuleBroken(field_of(new.kind), "This is in the future. Enter when it happened") for new in late]

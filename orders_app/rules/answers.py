"""What an event must say to do a duty, where one of its kind may also say less: a check of nothing, a review that decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import Start

OF_A_CONDITION = "condition_"
NOT_CHECKED = "not_checked"
CHECKED_NOTHING = "It checked none of the conditions"
UNDECIDED = "more_work"
NOBODY_TO_ASK = "nobody_to_ask"
NOT_A_SUPERVISOR = "case_officer"
DECIDED_NOTHING = "It is not the decision of a supervisor"


@dataclass(frozen=True)
class WrongAnswer:
    """One answer that cannot stand: the question it belongs to, and what to do about it in words."""

    field: str
    message: str


def wrong_answers(event: Event) -> list[WrongAnswer]:
    """What is wrong with what an event says by the force's own rules, whatever else is recorded."""
    check = CHECKS.get(event.kind)
    return list(check(event)) if check else []


def checked_something(event: Event, _: Start | None = None) -> bool:
    """Whether a compliance check says of any condition whether it was kept. One that says nothing of conditions was a check."""
    found = _of_conditions(event).values()
    return not found or any(answer != NOT_CHECKED for answer in found)


def decided_by_a_supervisor(event: Event, _: Start | None = None) -> bool:
    """Whether a review of a breach is a supervisor's decision. One on file that does not say who reviewed it, or what came of it, is."""
    return event.details.get("decision") != UNDECIDED and event.details.get("reviewer") != NOT_A_SUPERVISOR


def _checked_nothing(event: Event) -> Iterator[WrongAnswer]:
    if not checked_something(event):
        message = "Say of at least one condition what was found. If none could be checked, write a note on the deadline: it stays due"
        yield WrongAnswer(next(iter(_of_conditions(event))), message)


def _decided_by_an_officer(event: Event) -> Iterator[WrongAnswer]:
    decision = event.details.get("decision", UNDECIDED)
    if decision != UNDECIDED and event.details.get("reviewer") == NOT_A_SUPERVISOR:
        message = "A supervisor decides about a breach. Choose more work before a decision, or say that a supervisor reviewed it"
        yield WrongAnswer("decision", message)


def _of_conditions(event: Event) -> dict[str, str]:
    return {key: answer for key, answer in event.details.items() if key.startswith(OF_A_CONDITION)}


CHECKS: dict[E, Callable[[Event], Iterator[WrongAnswer]]] = {
    E.COMPLIANCE_CHECKED: _checked_nothing,
    E.BREACH_REVIEWED: _decided_by_an_officer,
}

"""What the law says of the facts typed into the calculator: deadlines with their reasons, limits, states, refusals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from orders_app.rules.absent_duties import AbsentDuty, absent_duties
from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.facts import Facts
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.law import LawTables
from orders_app.rules.order_dates import order_dates
from orders_app.rules.orders import Refusal, not_allowed, status_on
from orders_app.rules.spec import OrderType, RuleClass
from orders_app.rules.status_history import StateFrom, status_history
from orders_app.web.deadline_words import DateInWords, DeadlineWords, date_in_words, due_duty_words, why_words


@dataclass(frozen=True)
class Deadline:
    """One deadline in words, with its reasoning, which is unfolded where `is_open`."""

    words: DeadlineWords
    why: dict[str, Any]
    is_open: bool


@dataclass(frozen=True)
class Answer:
    """Everything that follows. `fault` says why deadlines cannot be worked out, where that is so."""

    deadlines: list[Deadline]
    fault: str
    absent: list[AbsentDuty]
    dates: list[DateInWords]
    states: list[StateFrom]
    status: str
    not_allowed: list[Refusal]


def answer(order_type: OrderType, facts: Facts, law: LawTables, on: date, now: datetime) -> Answer:
    """What follows from the facts. `on` is the day whose state is asked."""
    found, fault = _worked_out(order_type, facts, law)
    duties = sorted(found, key=_act_by)
    opened = _first_of_law(duties)
    return Answer(
        deadlines=[_deadline(due, now, due is opened) for due in duties],
        fault=fault,
        absent=[] if fault else absent_duties(order_type, facts, duties, law),
        dates=[date_in_words(date) for date in order_dates(order_type, facts, law)],
        states=status_history(order_type, facts),
        status=status_on(order_type, facts, on).value,
        not_allowed=not_allowed(order_type, facts, on, law),
    )


def _worked_out(order_type: OrderType, facts: Facts, law: LawTables) -> tuple[list[DueDuty], str]:
    try:
        return due_duties(order_type, facts, law), ""
    except (MissingTime, OutsideTable) as fault:
        return [], str(fault)


def _deadline(due: DueDuty, now: datetime, is_open: bool) -> Deadline:
    """Nobody is late in a case that is only thought of: how near a date is to today is not said, but whether it was met."""
    met = ("met late" if due.is_late else "met") if due.met_by else ""
    words = replace(due_duty_words(due, now), band="overdue" if due.is_late else "later", rel=met)
    return Deadline(words, why_words(due.working), is_open)


def _first_of_law(duties: list[DueDuty]) -> DueDuty | None:
    """The one to unfold: the first that the law sets and nothing has met."""
    return next((due for due in duties if due.rule_class is RuleClass.LAW and due.met_by is None), None)


def _act_by(due: DueDuty) -> tuple[str, str]:
    return due.act_by_on.isoformat(), due.act_by_at.isoformat() if due.act_by_at else "9"

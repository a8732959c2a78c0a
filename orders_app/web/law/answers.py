"""What the calculator shows of a case: deadlines with their reasons, limits, states, refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from orders_app.rules.absent_duties import AbsentDuty
from orders_app.rules.duties import DueDuty
from orders_app.rules.orders import Refusal
from orders_app.rules.spec import RuleClass
from orders_app.web.deadline_words import DateInWords, DeadlineWords, due_duty_words, why_words


class State(Protocol):
    """A state and its first day."""

    @property
    def on(self) -> date: ...
    @property
    def status(self) -> StrEnum: ...


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
    states: Sequence[State]
    status: str
    not_allowed: list[Refusal]


def in_words(duties: list[DueDuty], now: datetime) -> list[Deadline]:
    """The deadlines in the order of their dates; the first that the law sets and nothing has met is unfolded."""
    sorted_duties = sorted(duties, key=_act_by)
    opened = next((due for due in sorted_duties if due.rule_class is RuleClass.LAW and due.met_by is None), None)
    return [_deadline(due, now, due is opened) for due in sorted_duties]


def _deadline(due: DueDuty, now: datetime, is_open: bool) -> Deadline:
    """Nobody is late in a case that is only thought of: how near a date is to today is not said, but whether it was met."""
    met = ("met late" if due.is_late else "met") if due.met_by else ""
    words = replace(due_duty_words(due, now), band="overdue" if due.is_late else "later", rel=met)
    return Deadline(words, why_words(due.working), is_open)


def _act_by(due: DueDuty) -> tuple[str, str]:
    return due.act_by_on.isoformat(), due.act_by_at.isoformat() if due.act_by_at else "9"

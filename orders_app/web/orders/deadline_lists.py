"""The deadlines of one record in words, of whatever kind: open ones with their reasons, and those that were met or have passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from orders_app.rules.absent_duties import AbsentDuty
from orders_app.rules.duties import DueDuty
from orders_app.rules.facts import Event
from orders_app.rules.spec import RuleClass
from orders_app.web.deadline_words import DeadlineWords, due_duty_words, is_done, why_words
from orders_app.web.filters import deadline_when
from orders_app.web.orders.event_words import EVENT_WORDS, when_words
from orders_app.web.steps import NOTHING_TO_DO, Step

DONE_SHOWN = 6


@dataclass(frozen=True)
class OpenDeadline:
    """A deadline to be met: its tag, its reasoning, and the forms that meet it (none where nothing does today)."""

    due: DueDuty
    words: DeadlineWords
    why: dict[str, Any]
    why_href: str
    steps: list[Step]

    @property
    def is_law(self) -> bool:
        """Whether a rule of law, and no policy, sets the date."""
        return self.due.rule_class is RuleClass.LAW

    @property
    def nothing_to_do(self) -> str:
        """That the date passes by itself, where it does."""
        return "" if self.due.can_be_overdue else NOTHING_TO_DO


@dataclass(frozen=True)
class DoneDeadline:
    """A deadline that was met, or one that passed by itself. `why` is its reasoning in place, kept for what the law sets."""

    title: str
    due: str
    done: str
    is_late: bool
    cite: str
    why_href: str
    why: dict[str, Any] | None


@dataclass(frozen=True)
class RecordDeadlines:
    """All deadlines of one record, and duties of law without a date that need a reason. `fault`: why none can be worked out."""

    open: list[OpenDeadline] = field(default_factory=list)
    done: list[DoneDeadline] = field(default_factory=list)
    absent: list[AbsentDuty] = field(default_factory=list)
    fault: str = ""
    shown: int = DONE_SHOWN  # of those done; the rest are folded


@dataclass(frozen=True)
class Links:
    """Where a deadline leads: the address of its reasoning, and the forms that meet it."""

    why: Callable[[DueDuty], str]
    do: Callable[[DueDuty], list[Step]]


def in_words(duties: Iterable[DueDuty], events: Iterable[Event], links: Links, now: datetime) -> RecordDeadlines:
    """Open deadlines, the nearest first, and those done with, the latest first. `events` are those that may have met one."""
    by_day = sorted(duties, key=_act_by)
    happened = {event.id: event for event in events}
    return RecordDeadlines(
        open=[_open(due, links, now) for due in by_day if not is_done(due, now)],
        done=[_done(due, happened, links) for due in reversed(by_day) if is_done(due, now)],
    )


def _act_by(due: DueDuty) -> tuple[str, str]:
    return due.act_by_on.isoformat(), due.act_by_at.isoformat() if due.act_by_at else "9"


def _open(due: DueDuty, links: Links, now: datetime) -> OpenDeadline:
    href = links.why(due)
    return OpenDeadline(due, due_duty_words(due, now), why_words(due.working, href), href, links.do(due))


def _done(due: DueDuty, happened: dict[int, Event], links: Links) -> DoneDeadline:
    met = happened.get(due.met_by) if due.met_by else None
    what = f"{EVENT_WORDS[met.kind].happened.lower()} {when_words(met.on, met.at)}" if met else "the date has passed"
    href = links.why(due)
    why = why_words(due.working, href) if due.rule_class is RuleClass.LAW else None
    return DoneDeadline(due.title, deadline_when(due.late_after_on, due.late_after_at), what, due.is_late, str(due.citation), href, why)

"""Every act of the robots, with what became of it as far as they could tell, and what the database says of it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, Text, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, DeadlineNote, Event, Order


class Became(StrEnum):
    """What the robot was told."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unanswered"


@dataclass(frozen=True)
class Act:
    """One thing done over HTTP. `mark` is a word nobody else used; without one, who did it to which record tells it apart."""

    what: str
    became: Became
    mark: str = ""
    officer_id: int = 0
    reference: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass
class Verdict:
    """What the database says of all acts together."""

    answered_and_lost: int = 0
    refused_and_done: int = 0
    done_twice: int = 0
    half_done: int = 0
    named: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether every answer was the truth."""
        return not (self.answered_and_lost or self.refused_and_done or self.done_twice or self.half_done)


class Ledger:
    """Written by all robots at once."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self._lock = threading.Lock()

    def write(self, act: Act) -> None:
        """Add one."""
        with self._lock:
            self.acts.append(act)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each kind became what."""
        counted = Counter((act.what, act.became.value) for act in self.acts)
        found: dict[str, dict[str, int]] = {}
        for (what, became), count in sorted(counted.items()):
            found.setdefault(what, {})[became] = count
        return found

    def verdict(self, session: Session) -> Verdict:
        """Look every act up."""
        verdict = Verdict()
        for act in self.acts:
            if act.what in MARKED:
                judge(verdict, act, session.scalar(MARKED[act.what](act.mark)) or 0, _logged(session, act.mark))
            elif act.became is Became.DONE and not session.scalar(_traces(act)):
                verdict.answered_and_lost += 1
                verdict.named.append(f"{act.what} on {act.reference} was answered and left no trace")
        return verdict


def judge(verdict: Verdict, act: Act, rows: int, logged: bool) -> None:
    """Count an act that is not in the database as its answer said: so many rows, and whether the log tells of it."""
    if rows > 1:
        verdict.done_twice += 1
    elif bool(rows) != logged:
        verdict.half_done += 1
    elif act.became is Became.DONE and not rows:
        verdict.answered_and_lost += 1
    elif act.became is Became.REFUSED and rows:
        verdict.refused_and_done += 1
    else:
        return
    verdict.named.append(f"{act.what} {act.mark}: {act.became}, {rows} rows, {'logged' if logged else 'not logged'}")


def _logged(session: Session, mark: str) -> bool:
    told = or_(AuditEvent.reason.contains(mark), cast(AuditEvent.changes, Text).contains(mark))
    return bool(session.scalar(select(exists().where(told))))


def _traces(act: Act) -> Select[bool]:
    order = select(Order.id).where(Order.reference == act.reference).scalar_subquery()
    mine = (AuditEvent.actor_id == act.officer_id, AuditEvent.record_id == order, AuditEvent.action == act.what)
    return select(exists().where(*mine, AuditEvent.at >= act.since, AuditEvent.at <= act.until))


def unlogged_rows(session: Session) -> dict[str, int]:
    """How many rows of each table have no line in the log, or lines in the log no row: their transaction came apart."""
    found = {}
    for table in (Event, DeadlineNote, Order):
        logged = session.scalars(select(AuditEvent.subject_id).where(AuditEvent.subject_type == table.__tablename__))
        found[table.__tablename__] = len(set(logged) ^ set(session.scalars(select(table.id))))
    return found


MARKED: dict[str, Callable[[str], Select[int]]] = {
    "note": lambda mark: select(func.count()).select_from(DeadlineNote).where(DeadlineNote.text == mark),
    "event": lambda mark: select(func.count()).select_from(Event).where(Event.note == mark),
    "order": lambda mark: select(func.count()).select_from(Order).where(Order.court == mark),
    "snooze": lambda mark: select(func.count()).where(AuditEvent.reason == mark, AuditEvent.subject_type == "alerts"),
}

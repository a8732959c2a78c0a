"""What the database says of every run of a job: each once, each finished, each with the effect of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, JobRun
from scheduler.runner import DONE, WITH_PROBLEMS

# Each run of these leaves one line in the log, in the transaction in which it says that it is over.
LOGGED = {"raise_alerts": "alerts.raised", "escalate_alerts": "alerts.escalated"}


@dataclass
class Runs:
    """`done_twice` and `done_by_nobody` count runs whose effect is there once too often, or not at all."""

    outcomes: dict[str, dict[str, int]] = field(default_factory=dict)
    twice_claimed: int = 0
    unfinished: int = 0
    done_twice: int = 0
    done_by_nobody: int = 0
    failures: dict[str, int] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether every run was done exactly once."""
        return not (self.twice_claimed or self.unfinished or self.done_twice or self.done_by_nobody)


def runs_of(session: Session) -> Runs:
    """Count them."""
    counted = select(JobRun.job, JobRun.outcome, func.count()).group_by(JobRun.job, JobRun.outcome).order_by(JobRun.job)
    found = Runs()
    for job, outcome, count in session.execute(counted):
        found.outcomes.setdefault(job, {})[outcome] = count
    times: Counter[tuple[str, datetime]] = Counter(session.execute(select(JobRun.job, JobRun.nominal_at)).all())
    found.twice_claimed = sum(count - 1 for count in times.values())
    found.unfinished = session.scalar(select(func.count()).where(JobRun.finished_at.is_(None))) or 0
    found.failures = dict(session.execute(_failures()).all())
    for job, action in LOGGED.items():
        effects = session.scalar(select(func.count()).where(AuditEvent.action == action)) or 0
        runs = sum(found.outcomes.get(job, {}).get(outcome, 0) for outcome in (DONE, WITH_PROBLEMS))
        found.done_twice += max(effects - runs, 0)
        found.done_by_nobody += max(runs - effects, 0)
    return found


def _failures() -> Select[str, int]:
    return select(JobRun.detail, func.count()).where(JobRun.outcome == "failed").group_by(JobRun.detail)

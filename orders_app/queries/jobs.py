"""What the scheduler did and is about to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from orders_app.models import JobRequest, JobRun

SUCCEEDED = ("done", "problems")
SHOWN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class JobHistory:
    """The last finished run of a job, the one under way, and the request nobody has answered yet."""

    last: JobRun | None = None
    running: JobRun | None = None
    request: JobRequest | None = None


def last_success(session: Session, job: str) -> datetime | None:
    """Return when the job last did its work, or None if it never did. A run for another day than today is no check."""
    return session.scalar(select(succeeded(job)))


def succeeded(job: str) -> ScalarSelect[datetime | None]:
    """When the job last did its work, as part of another statement."""
    done = select(JobRun.finished_at).where(JobRun.job == job, JobRun.outcome.in_(SUCCEEDED))
    return done.order_by(JobRun.started_at.desc()).limit(1).scalar_subquery()


def outcome_of(session: Session, run_id: int) -> dict[str, Any]:
    """Return how a run ended: outcome, counts and detail."""
    run = session.get_one(JobRun, run_id)
    return {"outcome": run.outcome, "counts": run.counts, "detail": run.detail}


def histories(session: Session, names: list[str]) -> dict[str, JobHistory]:
    """Return what is known of each job, in three statements however many runs there were."""
    last = _newest(session, select(func.max(JobRun.id)).where(JobRun.finished_at.is_not(None)).group_by(JobRun.job))
    running = _newest(session, select(func.max(JobRun.id)).where(JobRun.finished_at.is_(None)).group_by(JobRun.job))
    waiting = select(JobRequest).where(JobRequest.taken_at.is_(None)).order_by(JobRequest.id)
    requests = {request.job: request for request in session.scalars(waiting)}
    return {name: JobHistory(last.get(name), running.get(name), requests.get(name)) for name in names}


def count_runs(session: Session, *, job: str, now: datetime) -> int:
    """Return how many runs the last 90 days had, of one job or of all."""
    return session.scalar(_runs(select(func.count(JobRun.id)), job, now)) or 0


def runs_page(session: Session, *, job: str, now: datetime, first: int, at_most: int) -> list[JobRun]:
    """Return one page of those runs, newest first."""
    rows = _runs(select(JobRun), job, now).order_by(JobRun.started_at.desc(), JobRun.id.desc())
    return list(session.scalars(rows.offset(first).limit(at_most)))


def _newest(session: Session, ids: Select[Any]) -> dict[str, JobRun]:
    return {run.job: run for run in session.scalars(select(JobRun).where(JobRun.id.in_(ids)))}


def _runs(statement: Select[Any], job: str, now: datetime) -> Select[Any]:
    found = statement.where(JobRun.started_at > now - SHOWN_FOR)
    return found.where(JobRun.job == job) if job else found

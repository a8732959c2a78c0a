"""What the scheduler did and is about to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from orders_app.models import JobRequest, JobRun

SUCCEEDED = ("done", "problems")
FAILED, WITH_PROBLEMS = "failed", "problems"
SHOWN_FOR = timedelta(days=90)
CLOCKS_DIFFER_BY = timedelta(minutes=1)  # those of two machines


@dataclass(frozen=True)
class Failing:
    """How often a job has failed since it last did its work, and when it last did."""

    times: int
    last_at: datetime


@dataclass(frozen=True)
class Untold:
    """Of how many runs of a job, since when, the service outside was not told although it was to be."""

    times: int
    since: datetime


@dataclass(frozen=True)
class JobHistory:
    """The last finished run of a job, the one under way, and the request nobody has answered yet.

    `failing` says how often it has failed since it last did its work, if it has.
    """

    last: JobRun | None = None
    running: JobRun | None = None
    request: JobRequest | None = None
    failing: Failing | None = None


@dataclass(frozen=True)
class PastRun:
    """A run, and the time of the run before it that the clock asked for. `nominal_at` is when it was to run."""

    run: JobRun
    before_at: datetime | None


def last_success(session: Session, job: str, now: datetime) -> datetime | None:
    """Return when the job last did its work, or None if it never did. A run for another day than today is no check."""
    return session.scalar(select(succeeded(job, now)))


def succeeded(job: str, now: datetime) -> ScalarSelect[datetime | None]:
    """When the job last did its work, as part of another statement. A run that a wrong clock dated ahead says nothing of today."""
    has_been = JobRun.finished_at <= now + CLOCKS_DIFFER_BY
    done = select(JobRun.finished_at).where(JobRun.job == job, JobRun.outcome.in_(SUCCEEDED), has_been)
    return done.order_by(JobRun.started_at.desc()).limit(1).scalar_subquery()


def has_done_a_run_of(job: str, first: datetime, last: datetime) -> ColumnElement[bool]:
    """Whether the job has done its work for a moment between these, as part of another statement."""
    return exists().where(JobRun.job == job, JobRun.nominal_at.between(first, last), JobRun.outcome.in_(SUCCEEDED))


def outcome_of(session: Session, run_id: int) -> dict[str, Any]:
    """Return how a run ended: outcome, counts and detail."""
    run = session.get_one(JobRun, run_id)
    return {"outcome": run.outcome, "counts": run.counts, "detail": run.detail}


def histories(session: Session, names: list[str]) -> dict[str, JobHistory]:
    """Return what is known of each job, in four statements however many runs there were."""
    last = _newest(session, select(func.max(JobRun.id)).where(JobRun.finished_at.is_not(None)).group_by(JobRun.job))
    running = _newest(session, select(func.max(JobRun.id)).where(JobRun.finished_at.is_(None)).group_by(JobRun.job))
    waiting = select(JobRequest).where(JobRequest.taken_at.is_(None)).order_by(JobRequest.id)
    requests = {request.job: request for request in session.scalars(waiting)}
    failures = failing(session)
    return {name: JobHistory(last.get(name), running.get(name), requests.get(name), failures.get(name)) for name in names}


def failing(session: Session) -> dict[str, Failing]:
    """Return the jobs that have failed since they last did their work."""
    earlier = aliased(JobRun)
    worked = select(func.max(earlier.id)).where(earlier.job == JobRun.job, earlier.outcome.in_(SUCCEEDED)).correlate(JobRun)
    failed = and_(JobRun.outcome == FAILED, JobRun.id > func.coalesce(worked.scalar_subquery(), 0))
    rows = session.execute(select(JobRun.job, func.count(), func.max(JobRun.finished_at)).where(failed).group_by(JobRun.job))
    return {job: Failing(times, last_at) for job, times, last_at in rows if last_at}


def untold_outside(session: Session, job: str) -> Untold | None:
    """Return for how long the service outside has not been told of this job, or None where it was told the last time."""
    earlier = aliased(JobRun)
    told = select(func.max(earlier.id)).where(earlier.job == job, earlier.outside_fault == "").scalar_subquery()
    not_told = select(func.count(), func.min(JobRun.started_at))
    rows = not_told.where(JobRun.job == job, JobRun.outside_fault != "", JobRun.id > func.coalesce(told, 0))
    times, since = session.execute(rows).one()
    return Untold(times, since) if times else None


def count_runs(session: Session, *, job: str, now: datetime) -> int:
    """Return how many runs the last 90 days had, of one job or of all."""
    return session.scalar(_runs(select(func.count(JobRun.id)), job, now)) or 0


def runs_page(session: Session, *, job: str, now: datetime, first: int, at_most: int) -> list[PastRun]:
    """Return one page of those runs, newest first."""
    rows = _runs(select(JobRun, _before()), job, now).order_by(JobRun.started_at.desc(), JobRun.id.desc())
    return [PastRun(*row) for row in session.execute(rows.offset(first).limit(at_most))]


def runs_since(session: Session, moment: datetime, *, regular: Iterable[str]) -> list[PastRun]:
    """Return the runs that began since a moment, oldest first: all of the regular jobs, of others what went wrong or found something to
    see to, and what put that right.
    """
    last = aliased(JobRun)
    wrong_until = select(last.job, func.max(last.id).label("id")).where(_went_wrong(last)).group_by(last.job).subquery("wrong_until")
    later = aliased(JobRun)
    since = select(func.min(later.id)).join(wrong_until, and_(wrong_until.c.job == later.job, later.id > wrong_until.c.id))
    put_right = JobRun.id.in_(since.where(later.outcome == "done").group_by(later.job))
    told_of = or_(JobRun.job.in_(tuple(regular)), _went_wrong(JobRun), put_right)
    rows = select(JobRun, _before()).where(JobRun.started_at > moment, told_of)
    return [PastRun(*row) for row in session.execute(rows.order_by(JobRun.started_at, JobRun.id))]


def _went_wrong(run: Any) -> ColumnElement[bool]:
    return or_(run.outcome.in_((FAILED, WITH_PROBLEMS)), run.takeovers > 0)


def _before() -> ScalarSelect[Any]:
    earlier = aliased(JobRun)
    by_the_clock = (earlier.job == JobRun.job, earlier.nominal_at < JobRun.nominal_at, earlier.requested_by == "")
    return select(func.max(earlier.nominal_at)).where(*by_the_clock).correlate(JobRun).scalar_subquery()


def _newest(session: Session, ids: Select[Any]) -> dict[str, JobRun]:
    return {run.job: run for run in session.scalars(select(JobRun).where(JobRun.id.in_(ids)))}


def _runs(statement: Select[Any], job: str, now: datetime) -> Select[Any]:
    found = statement.where(JobRun.started_at > now - SHOWN_FOR)
    return found.where(JobRun.job == job) if job else found

"""Who runs what: one row for each job and time, and whoever inserts it runs it.

The claim lasts as long as its lease is renewed. When the owner dies, another scheduler takes it over; an owner that only
slept cannot finish what somebody else has taken, and what it did is rolled back with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import JobRequest, JobRun
from orders_app.rules.schedule import BY_NAME

LEASE = timedelta(seconds=60)
RUNNING = "running"
runs = cast(Table, JobRun.__table__)
requests = cast(Table, JobRequest.__table__)
Sessions = sessionmaker[Session]


class LostClaim(RuntimeError):
    """Another scheduler has taken this run over: nothing done here may be kept."""


@dataclass(frozen=True)
class Claim:
    """A run that is this scheduler's to do."""

    run_id: int
    job: str
    owner: str


def claim(sessions: Sessions, *, job: str, nominal_at: datetime, owner: str, now: datetime, requested_by: str = "") -> Claim | None:
    """Claim the run of a job for one time. None when somebody has it already."""
    with sessions.begin() as session:
        return _insert(session, job=job, nominal_at=nominal_at, owner=owner, now=now, requested_by=requested_by)


def take_requests(sessions: Sessions, *, owner: str, now: datetime, at_most: int) -> list[Claim]:
    """Claim a run for each of so many 'Run now' that nobody has answered yet. Several requests for one job are one run."""
    with sessions.begin() as session:
        waiting = session.execute(
            select(requests).where(requests.c.taken_at.is_(None), requests.c.job.in_(BY_NAME)).order_by(requests.c.id).limit(at_most)
        ).all()
        taken = [row for row in waiting if _take(session, row.id, now)]
        by_job = {row.job: row for row in taken}
        claims = [
            _insert(session, job=row.job, nominal_at=row.requested_at, owner=owner, now=now, requested_by=row.requested_by)
            for row in by_job.values()
        ]
        return [one for one in claims if one]


def take_abandoned(sessions: Sessions, *, owner: str, now: datetime, at_most: int) -> list[Claim]:
    """Take over so many runs whose owners have stopped renewing their leases."""
    with sessions.begin() as session:
        left = (runs.c.finished_at.is_(None), runs.c.lease_until_at < now, runs.c.job.in_(BY_NAME))
        found = session.execute(select(runs.c.id, runs.c.job).where(*left).order_by(runs.c.id).limit(at_most)).all()
        mine = (
            update(runs).where(*left).values(claimed_by=owner, started_at=now, lease_until_at=now + LEASE, takeovers=runs.c.takeovers + 1)
        )
        return [Claim(row.id, row.job, owner) for row in found if _rows(session, mine.where(runs.c.id == row.id))]


def renew(sessions: Sessions, mine: Claim, *, now: datetime) -> bool:
    """Keep the claim a while longer; False when it is no longer ours."""
    with sessions.begin() as session:
        return bool(_rows(session, _held(mine).values(lease_until_at=now + LEASE)))


def finish(session: Session, mine: Claim, *, now: datetime, outcome: str, counts: dict[str, Any], detail: str) -> None:
    """Write down what became of the run, in the transaction that did it. Raises LostClaim."""
    if not _rows(session, _held(mine).values(finished_at=now, outcome=outcome, counts=counts, detail=detail)):
        raise LostClaim(mine.job)


def add_detail(sessions: Sessions, done: Claim, words: str) -> None:
    """Say something more of a run that is over."""
    said = case((runs.c.detail == "", words), else_=runs.c.detail + " " + words)
    with sessions.begin() as session:
        session.execute(update(runs).where(runs.c.id == done.run_id).values(detail=said))


def note_outside(sessions: Sessions, done: Claim, fault: str) -> None:
    """Whether the service outside was told of a run: an empty `fault`, or what stood in the way."""
    with sessions.begin() as session:
        session.execute(update(runs).where(runs.c.id == done.run_id).values(outside_fault=fault))


def claimed_times(sessions: Sessions) -> dict[str, datetime]:
    """The last time each job was claimed for by the clock, whoever has it."""
    with sessions() as session:
        last = select(runs.c.job, func.max(runs.c.nominal_at)).where(runs.c.requested_by == "").group_by(runs.c.job)
        return {row[0]: row[1] for row in session.execute(last)}


def _insert(session: Session, *, job: str, nominal_at: datetime, owner: str, now: datetime, requested_by: str) -> Claim | None:
    new_row: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {"job": job, "nominal_at": nominal_at, "claimed_by": owner, "lease_until_at": now + LEASE, "started_at": now}
    values |= {"outcome": RUNNING, "counts": {}, "detail": "", "requested_by": requested_by, "takeovers": 0}
    statement = new_row(runs).values(values).on_conflict_do_nothing(index_elements=["job", "nominal_at"]).returning(runs.c.id)
    run_id = session.execute(statement).scalar()
    return Claim(run_id, job, owner) if run_id is not None else None


def _take(session: Session, request_id: int, now: datetime) -> bool:
    return bool(_rows(session, update(requests).where(requests.c.id == request_id, requests.c.taken_at.is_(None)).values(taken_at=now)))


def _held(mine: Claim) -> Any:
    return update(runs).where(runs.c.id == mine.run_id, runs.c.claimed_by == mine.owner, runs.c.finished_at.is_(None))


def _rows(session: Session, statement: Any) -> int:
    return session.connection().execute(statement).rowcount

"""What the scheduler did and is about to do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import JobRun


def last_success(session: Session, job: str) -> datetime | None:
    """Return when the job last finished well, or None if it never did."""
    done = select(JobRun.finished_at).where(JobRun.job == job, JobRun.outcome == "done")
    return session.scalar(done.order_by(JobRun.finished_at.desc()).limit(1))

"""Ask the scheduler for a run."""

from __future__ import annotations

from sqlalchemy import insert, select

from orders_app.models import AuditEvent, JobRequest
from orders_app.models.audit import audit_row
from orders_app.rules.schedule import BY_NAME
from orders_app.services import deliveries
from orders_app.services.errors import NotFound
from orders_app.services.work import Work

MADE_READY_BY = {"send_mail": deliveries.try_now}


def make_ready(work: Work, *, job: str) -> None:
    """Before a run that somebody asks for: what waits for a later time waits no longer."""
    if job in MADE_READY_BY:
        MADE_READY_BY[job](work)


def request_run(work: Work, *, job: str) -> JobRequest:
    """Ask for a run of a job, which does all that waits; it starts within a minute. Asking again while one waits changes nothing.

    Raises NotFound.
    """
    if job not in BY_NAME:
        raise NotFound(job)
    make_ready(work, job=job)
    waiting = work.session.scalar(select(JobRequest).where(JobRequest.job == job, JobRequest.taken_at.is_(None)).limit(1))
    if waiting:
        return waiting
    request = JobRequest(job=job, requested_at=work.now, requested_by_id=work.actor.id, requested_by=work.actor.name)
    work.session.add(request)
    work.session.flush()
    row = audit_row(work, subject_type="job_requests", subject_id=request.id, changes={"job": {"from": None, "to": job}})
    work.session.connection().execute(insert(AuditEvent).values(row))
    return request

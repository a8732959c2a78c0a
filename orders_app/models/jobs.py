"""What the scheduler ran, is running, and has been asked to run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from orders_app.db import Base


class JobRun(Base):
    """One firing of one job. The row is the claim: whoever inserts it runs it, and renews the lease while running.

    `takeovers` counts how often it was begun again because whoever had it stopped in the middle. `outside_fault` says what stood in
    the way of telling the service outside: empty where it was told, nothing where it was not to be, or has not answered yet.
    """

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("job", "nominal_at"), Index("ix_job_runs_job_started_at", "job", "started_at"))
    job: Mapped[str] = mapped_column(String(60))
    nominal_at: Mapped[datetime]
    claimed_by: Mapped[str] = mapped_column(String(100))
    lease_until_at: Mapped[datetime]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="running")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    detail: Mapped[str] = mapped_column(Text, default="")
    requested_by: Mapped[str] = mapped_column(String(160), default="")
    takeovers: Mapped[int] = mapped_column(default=0)
    outside_fault: Mapped[str | None] = mapped_column(String(80))


class JobRequest(Base):
    """Somebody pressed 'Run now'. The scheduler answers within a minute."""

    __tablename__ = "job_requests"
    job: Mapped[str] = mapped_column(String(60))
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    requested_by: Mapped[str] = mapped_column(String(160))
    taken_at: Mapped[datetime | None] = mapped_column(index=True)

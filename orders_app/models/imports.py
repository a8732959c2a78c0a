"""Spreadsheets handed in, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from orders_app.db import Base
from orders_app.models.audit import Audited


class ImportRun(Audited, Base):
    """One file: `state` is waiting, running, checked (dry run), done, refused (errors) or failed.

    `seen_at` is when the run last showed that it is alive. `errors` may name people, and is for whoever started it.
    """

    __tablename__ = "import_runs"
    token: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    is_dry_run: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(20), index=True)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    errors: Mapped[list[Any]] = mapped_column(JSON, default=list)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    not_audited = frozenset({"content", "rows_done", "seen_at", "errors"})

"""The two numbers that stand on every page: what waits for the reader, and when alerts were last checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from orders_app.queries.jobs import succeeded
from orders_app.queries.visibility import Viewer
from orders_app.queries.work_lists import mine_counted
from orders_app.rules.access import Permission
from orders_app.rules.schedule import CHECK


@dataclass(frozen=True)
class Frame:
    """`mine` is 0 for whoever works no alerts; `alerts_checked_at` is None where they never were checked."""

    mine: int
    alerts_checked_at: datetime | None


def frame(session: Session, viewer: Viewer, now: datetime) -> Frame:
    """Return both in one statement, for every page pays for it."""
    mine = mine_counted(viewer, now) if viewer.may(Permission.ALERT_WORK) else literal(0)
    return Frame(*session.execute(select(mine, succeeded(CHECK, now))).one())

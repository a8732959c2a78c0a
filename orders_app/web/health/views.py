"""/health: 200 when all is well, 503 when something is not. It says nothing about anybody, so everybody may ask."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from sqlalchemy.exc import SQLAlchemyError

from config.migrations import newest_version
from orders_app.queries import health, jobs
from orders_app.rules.access import Permission
from orders_app.rules.schedule import ALERTS_LATE_AFTER, CHECK
from orders_app.web.access import requires
from orders_app.web.session import now, read_session

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@requires(Permission.PUBLIC)
def index() -> tuple[Any, int]:
    """The database answers, its tables are in the newest form, and alerts were checked within 30 minutes."""
    try:
        checks = {"database": True, **_checks()}
    except SQLAlchemyError:
        checks = {"database": False, "migrations": False, "alerts": False, "alerts_last_checked": None}
    is_well = all(checks[name] for name in ("database", "migrations", "alerts"))
    return jsonify({"status": "ok" if is_well else "failing", "checks": checks}), 200 if is_well else 503


def _checks() -> dict[str, Any]:
    are_current = health.tables_version(read_session()) == newest_version()
    checked_at = jobs.last_success(read_session(), CHECK, now()) if are_current else None
    return {
        "migrations": are_current,
        "alerts": checked_at is not None and now() - checked_at <= ALERTS_LATE_AFTER,
        "alerts_last_checked": checked_at.isoformat(timespec="seconds") if checked_at else None,
    }

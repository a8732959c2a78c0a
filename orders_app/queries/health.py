"""Whether the database answers, and which form its tables are in."""

from __future__ import annotations

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session


def tables_version(session: Session) -> str:
    """Return the number of the last migration that was applied; empty before the first. Fails when the database does not answer."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return ""
    return session.execute(text("SELECT max(version_num) FROM alembic_version")).scalar() or ""

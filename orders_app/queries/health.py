"""Whether the database answers, and which form its tables are in."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def tables_version(session: Session) -> str:
    """Return the number of the last migration that was applied; empty before the first. Fails when the database does not answer."""
    return session.execute(text("SELECT max(version_num) FROM alembic_version")).scalar() or ""

"""Whom an officer opened last."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent
from orders_app.queries.people import WholePerson, people_with_keys
from orders_app.queries.visibility import Viewer

SHOWN = 10
LOOKS_READ = 300


def recently_opened(session: Session, viewer: Viewer) -> list[WholePerson]:
    """Return the people whose pages this viewer opened last and may still open, latest first. Two statements."""
    looks = select(AuditEvent.id, AuditEvent.person_id).where(AuditEvent.actor_id == viewer.user_id, AuditEvent.action == "person.viewed")
    latest = looks.order_by(AuditEvent.id.desc()).limit(LOOKS_READ).subquery()
    last = func.max(latest.c.id)
    people = (
        select(latest.c.person_id).where(latest.c.person_id.is_not(None)).group_by(latest.c.person_id).order_by(last.desc()).limit(SHOWN)
    )
    keys = [key for key in session.scalars(people) if key is not None]
    found = people_with_keys(session, viewer, keys)
    return [found[key] for key in keys if key in found]

"""Why an officer opens a record that is not open to all, as they said it last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent
from orders_app.queries.visibility import Viewer

PURPOSE_GIVEN = "person.purpose_given"


def purpose_given(session: Session, viewer: Viewer, person_id: int, since: datetime) -> str:
    """Return the purpose this viewer gave for a person since a moment, the latest where several; empty if none. One statement."""
    given = select(AuditEvent.reason).where(AuditEvent.person_id == person_id, AuditEvent.action == PURPOSE_GIVEN)
    mine = given.where(AuditEvent.actor_id == viewer.user_id, AuditEvent.at > since)
    return session.scalar(mine.order_by(AuditEvent.id.desc()).limit(1)) or ""

"""What tells an event from others of its record in addresses."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from orders_app.models import Event


def number_of_event() -> ColumnElement[int]:
    """The place of the event selected on its record: the first recorded is 1. Events are never deleted, so it never changes."""
    earlier = Event.__table__.alias("earlier")
    found = select(func.count()).where(earlier.c.record_id == Event.record_id, earlier.c.id <= Event.id)
    return found.correlate_except(earlier).scalar_subquery()

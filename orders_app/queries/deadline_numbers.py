"""What tells a deadline from others of its record in addresses."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from orders_app.models import Deadline


def number_of(record_id: ColumnElement[int], deadline_id: ColumnElement[int]) -> ColumnElement[int]:
    """Its place on the record. Deadlines are never deleted, so it never changes."""
    earlier = Deadline.__table__.alias("earlier")
    found = select(func.count()).where(earlier.c.record_id == record_id, earlier.c.id <= deadline_id)
    return found.correlate_except(earlier).scalar_subquery()

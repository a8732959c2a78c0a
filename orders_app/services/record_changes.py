"""What ends every change of a record, of whatever kind."""

from __future__ import annotations

from sqlalchemy.orm.attributes import flag_modified

from orders_app.models import Record
from orders_app.services.deadlines import sync_deadlines
from orders_app.services.work import Work


def close_change(work: Work, record: Record) -> None:
    """Count the change in the record's version and bring its deadlines in line."""
    record.changed_at = work.now
    flag_modified(record, "changed_at")  # two changes in one moment are still two
    work.session.flush()
    sync_deadlines(work, [record.id])

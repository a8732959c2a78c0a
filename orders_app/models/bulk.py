"""Many rows of one audited table with their audit rows, in two statements: what a session would write, at a fraction of its cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from orders_app.db import next_keys
from orders_app.models.audit import AuditEvent, NobodyIsActing, WorkLike, audit_row, audit_row_of, inserted, updated


def insert_audited(session: Session, table_class: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, all with the same columns. Left out are columns with a default and those that may be empty.

    Raises NobodyIsActing outside a piece of Work.
    """
    if not rows:
        return
    table = table_class.__table__
    work = _work_in(session, table.name)
    defaults = {column.key: column.default.arg for column in table.columns if column.default is not None and column.default.is_scalar}
    keys = next_keys(session, table, len(rows))
    whole = [{**defaults, **row, "id": key} for row, key in zip(rows, keys, strict=True)]
    connection = session.connection()
    connection.execute(insert(table), whole)
    audit = [
        audit_row(
            work,
            subject_type=table.name,
            subject_id=row["id"],
            person_id=row.get("person_id"),
            record_id=row.get("record_id") or row.get("order_id"),
            changes=inserted(table_class, row),
        )
        for row in whole
    ]
    connection.execute(insert(AuditEvent), audit)


def update_audited(session: Session, table_class: type[Any], changes: Sequence[tuple[Any, Mapping[str, Any]]]) -> None:
    """Give stored rows, read and locked, new values of the same columns; the rows in hand have them afterwards.

    A row that has its values already is not written and not logged. Raises NobodyIsActing outside a piece of Work.
    """
    logged = [(row, values, updated(row, values)) for row, values in changes]
    logged = [(row, values, said) for row, values, said in logged if said]
    if not logged:
        return
    table = table_class.__table__
    work = _work_in(session, table.name)
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in logged[0][1]}
    statement = update(table).where(table.c.id == bindparam("of_row")).values(columns)
    connection = session.connection()
    connection.execute(
        statement, [{"of_row": row.id} | {f"new_{name}": value for name, value in values.items()} for row, values, _ in logged]
    )
    connection.execute(insert(AuditEvent), [audit_row_of(work, row, said) for row, _, said in logged])
    for row, values, _ in logged:
        for name, value in values.items():
            set_committed_value(row, name, value)


def _work_in(session: Session, table: str) -> WorkLike:
    work: WorkLike | None = session.info.get("work")
    if work is None:
        raise NobodyIsActing(f"{table} changed outside begin_work()")
    return work

"""The log of who did what, to which record, when and why; and the hook that writes it.

Every changed row of a table marked `Audited` leaves one row here in the same transaction. The Work in hand gives it
its meaning. Rows are only ever added: triggers in the migration refuse anything else.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any, ClassVar, Protocol

from sqlalchemy import JSON, Index, String, Text, event, insert, inspect, text
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from orders_app.db import Base, Key

LONGEST_ACTOR = 160
VIEWS, SEARCHES, EXPORTS = "views", "searches", "exports"  # subject types of rows about looking; all others are names of tables
IS_CHANGE = text("subject_type NOT IN ('views', 'searches', 'exports')")


class NobodyIsActing(RuntimeError):
    """A row was changed outside a piece of Work."""


class BulkWriteForbidden(RuntimeError):
    """A bulk update or delete would slip past the audit hook."""


class Audited:
    """Mark of a table whose every change is logged. `not_audited` names columns too large or too busy to log."""

    not_audited: ClassVar[frozenset[str]] = frozenset()


class AuditEvent(Base):
    """One change or one look. `person_id` and `record_id` say whose trail it belongs to; they outlive the rows."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_record_id_id", "record_id", "id"),
        Index("ix_audit_events_person_id_id", "person_id", "id"),
        Index("ix_audit_events_actor_id_id", "actor_id", "id"),
        Index("ix_audit_events_subject", "subject_type", "subject_id"),
        Index("ix_audit_events_at_id", "at", "id"),
        Index("ix_audit_events_subject_type_id", "subject_type", "id"),
        Index("ix_audit_events_changes", "id", sqlite_where=IS_CHANGE, postgresql_where=IS_CHANGE),
    )
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(Key)
    actor: Mapped[str] = mapped_column(String(LONGEST_ACTOR))
    action: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text, default="")
    subject_type: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[int | None] = mapped_column(Key)
    person_id: Mapped[int | None] = mapped_column(Key)
    record_id: Mapped[int | None] = mapped_column(Key)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ActorLike(Protocol):
    """Who acts: the shape services.work.Actor has."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


class WorkLike(Protocol):
    """What the hook reads of a Work."""

    @property
    def actor(self) -> ActorLike: ...
    @property
    def action(self) -> str: ...
    @property
    def now(self) -> datetime: ...
    @property
    def reason(self) -> str: ...


def audit_row(work: WorkLike, *, subject_type: str = "", subject_id: int | None = None, person_id: int | None = None,
              record_id: int | None = None, changes: dict[str, Any] | None = None, action: str = "") -> dict[str, Any]:  # fmt: skip
    """Return the values of one audit row about the Work in hand."""
    return {
        "at": work.now, "actor_id": work.actor.id, "actor": work.actor.name[:LONGEST_ACTOR], "action": action or work.action,
        "reason": work.reason,
        "subject_type": subject_type, "subject_id": subject_id, "person_id": person_id, "record_id": record_id, "changes": changes or {},
    }  # fmt: skip


@event.listens_for(Session, "after_flush")
def _write_audit_rows(session: Session, _context: UOWTransaction) -> None:
    touched: list[tuple[Any, dict[str, Any]]] = [(row, _values(row, "to")) for row in session.new if isinstance(row, Audited)]
    touched += [(row, changes) for row in session.dirty if isinstance(row, Audited) and (changes := _changes(row))]
    touched += [(row, _values(row, "from")) for row in session.deleted if isinstance(row, Audited)]
    if not touched:
        return
    work = session.info.get("work")
    if work is None:
        raise NobodyIsActing(f"{touched[0][0].__tablename__} changed outside begin_work()")
    session.connection().execute(insert(AuditEvent), [audit_row_of(work, row, changes) for row, changes in touched])


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_writes(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    if issubclass(state.bind_mapper.class_, (Audited, AuditEvent)):
        raise BulkWriteForbidden(state.bind_mapper.class_.__name__)


def audit_row_of(work: WorkLike, row: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the audit row about one changed row of an audited table."""
    kind = row.__tablename__
    person_id = row.id if kind == "people" else getattr(row, "person_id", None)
    record_id = getattr(row, "record_id", None) or getattr(row, "order_id", None)
    return audit_row(work, subject_type=kind, subject_id=row.id, person_id=person_id, record_id=record_id, changes=changes)


def _changes(row: Any) -> dict[str, Any]:
    state = inspect(row)
    changes: dict[str, Any] = {}
    for key in _kept_columns(row.__class__):
        history = state.attrs[key].history
        old, new = _value(history.deleted), _value(history.added)
        if history.has_changes() and old != new:
            changes[key] = {"from": old, "to": new}
    return changes


def _values(row: Any, side: str) -> dict[str, Any]:
    """Every value of a row that is new ("to") or gone ("from")."""
    other = "from" if side == "to" else "to"
    return {key: {other: None, side: value} for key, value in _filled(row.__class__, row.__dict__)}


def inserted(table: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that a new row of an audited table is logged as."""
    return {key: {"from": None, "to": value} for key, value in _filled(table, values)}


def updated(row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that a row is logged with once it has these values: none where it has them already. Its version is not said."""
    counted = inspect(row.__class__).version_id_col
    kept = _kept_columns(row.__class__) - {counted.key if counted is not None else ""}
    sides = {key: (_plain(getattr(row, key)), _plain(value)) for key, value in values.items() if key in kept}
    return {key: {"from": old, "to": new} for key, (old, new) in sides.items() if old != new}


def _filled(table: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    kept = _kept_columns(table)
    return ((key, _plain(value)) for key, value in values.items() if value is not None and key in kept)


@cache
def _kept_columns(table: Hashable) -> frozenset[str]:
    mapped: Any = table
    return frozenset(column.key for column in inspect(mapped).column_attrs if column.key not in mapped.not_audited)


def _value(values: Any) -> Any:
    return _plain(values[0]) if values else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value

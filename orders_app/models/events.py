"""What happened: the facts of a case, what starts and meets duties, and the timeline, in one table."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited
from orders_app.models.users import User


class Event(Audited, Base):
    """One thing that happened to one record. `kind` is one of rules.facts.EventKind.

    Corrected with a reason, never deleted: the row keeps its id and its former values go to event_corrections.
    `voided_at` marks one recorded by mistake; the rules never see it.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_record_id_happened_on_id", "record_id", "happened_on", "id"),
        Index("ix_events_person_id_happened_on_id", "person_id", "happened_on", "id"),
    )
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    happened_at: Mapped[datetime | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    corrected_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]

    recorded_by: Mapped[User | None] = relationship(lazy="raise")


class EventCorrection(Audited, Base):
    """What an event said before it was corrected, by whom and why."""

    __tablename__ = "event_corrections"
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    corrected_at: Mapped[datetime]
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text)
    former: Mapped[dict[str, Any]] = mapped_column(JSON)

    corrected_by: Mapped[User | None] = relationship(lazy="raise")

"""Who is named on a restricted or sealed person or record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from orders_app.db import Base
from orders_app.models.audit import Audited


class AccessGrant(Audited, Base):
    """Names one user or one team on one person or one record, until it is ended."""

    __tablename__ = "access_grants"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (record_id IS NULL)", name="person_or_record"),
        CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name="user_or_team"),
        Index("ix_access_grants_user_id", "user_id"),
        Index("ix_access_grants_team_id", "team_id"),
        Index("ix_access_grants_person_id", "person_id"),
        Index("ix_access_grants_record_id", "record_id"),
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(300))
    ended_at: Mapped[datetime | None]

"""Days on which an officer is away, and who covers for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited
from orders_app.models.users import User


class Absence(Audited, Base):
    """From a first to a last day, both London days. `taken_back_at` is when it was struck out before its time."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_until_on_user_id", "until_on", "user_id"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    covered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    taken_back_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])
    covered_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[covered_by_id])

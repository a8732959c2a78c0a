"""Records handed from one officer or team to another, and who is to be told of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import LONGEST_ACTOR, Audited

IS_UNSEEN = text("seen_at IS NULL")


class HandOver(Audited, Base):
    """One record handed over. Never changed. `made_upon` is the record's version then, `deadlines` how many went with it.

    `held_by`, `given_to` and `handed_by` are what the officers and teams were called on the day.
    """

    __tablename__ = "hand_overs"
    __table_args__ = (Index("ix_hand_overs_record_id", "record_id"),)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    made_upon: Mapped[int]
    handed_at: Mapped[datetime]
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_by: Mapped[str] = mapped_column(String(LONGEST_ACTOR))
    held_by: Mapped[str] = mapped_column(String(300))
    given_to: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text)
    deadlines: Mapped[int]


class HandOverNotice(Audited, Base):
    """A hand-over that one officer has to know of. It stands in their My work until they say that they have seen it."""

    __tablename__ = "hand_over_notices"
    __table_args__ = (
        UniqueConstraint("hand_over_id", "user_id"),
        Index("ix_hand_over_notices_unseen", "user_id", sqlite_where=IS_UNSEEN, postgresql_where=IS_UNSEEN),
    )
    hand_over_id: Mapped[int] = mapped_column(ForeignKey("hand_overs.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    seen_at: Mapped[datetime | None]

    hand_over: Mapped[HandOver] = relationship(lazy="raise")

    @property
    def record_id(self) -> int | None:
        """The record that was handed over, where the hand-over was loaded with the notice."""
        handed: HandOver | None = self.__dict__.get("hand_over")
        return handed.record_id if handed else None

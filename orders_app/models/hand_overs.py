"""Records handed from one officer or team to another, by themselves or with a whole caseload, and who is to be told of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import LONGEST_ACTOR, Audited

IS_UNSEEN = text("seen_at IS NULL")
OF_A_CASELOAD = text("caseload_id IS NOT NULL")


class CaseloadHandOver(Audited, Base):
    """What one officer had, handed over in one go: the parent of a row of `hand_overs` for each record. Never changed.

    `of_officer` and `handed_by` are what they were called on the day. Nothing is counted here: how many records there
    are is for each reader to be told as far as they may see them. `draft_token` was the draft it was checked as.
    """

    __tablename__ = "caseload_hand_overs"
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    of_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    of_officer: Mapped[str] = mapped_column(String(300))
    handed_at: Mapped[datetime]
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_by: Mapped[str] = mapped_column(String(LONGEST_ACTOR))
    note: Mapped[str] = mapped_column(Text)
    draft_token: Mapped[str | None] = mapped_column(String(40), unique=True)


class CaseloadNotice(Audited, Base):
    """A caseload's hand-over that one officer has to know of, until they say that they have seen it."""

    __tablename__ = "caseload_notices"
    __table_args__ = (
        UniqueConstraint("caseload_id", "user_id"),
        Index("ix_caseload_notices_unseen", "user_id", sqlite_where=IS_UNSEEN, postgresql_where=IS_UNSEEN),
    )
    caseload_id: Mapped[int] = mapped_column(ForeignKey("caseload_hand_overs.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    seen_at: Mapped[datetime | None]


class HandOver(Audited, Base):
    """One record handed over. Never changed. `made_upon` is the record's version then, `deadlines` how many went with it.

    `held_by`, `given_to` and `handed_by` are what the officers and teams were called on the day; `given_to_id` is the
    officer who took it, if one did. Where not `is_whole`, only deadlines went that somebody had on another's record.
    """

    __tablename__ = "hand_overs"
    __table_args__ = (
        Index("ix_hand_overs_record_id", "record_id"),
        Index("ix_hand_overs_caseload_id", "caseload_id", sqlite_where=OF_A_CASELOAD, postgresql_where=OF_A_CASELOAD),
    )
    caseload_id: Mapped[int | None] = mapped_column(ForeignKey("caseload_hand_overs.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    made_upon: Mapped[int]
    handed_at: Mapped[datetime]
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_by: Mapped[str] = mapped_column(String(LONGEST_ACTOR))
    held_by: Mapped[str] = mapped_column(String(300))
    given_to: Mapped[str] = mapped_column(String(300))
    given_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[str] = mapped_column(Text)
    deadlines: Mapped[int]
    is_whole: Mapped[bool] = mapped_column(default=True)

    caseload: Mapped[CaseloadHandOver | None] = relationship(lazy="raise")


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

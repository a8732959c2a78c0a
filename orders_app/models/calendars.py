"""Where an officer's calendar is read from, and what was last said there of each deadline."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from orders_app.db import Base

IS_LIVE = text("ended_at IS NULL")


class CalendarAddress(Base):
    """An address that opens one officer's calendar. Only a hash of its token is kept; an officer has at most one that works."""

    __tablename__ = "calendar_addresses"
    __table_args__ = (Index("uq_calendar_addresses_live", "user_id", unique=True, sqlite_where=IS_LIVE, postgresql_where=IS_LIVE),)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime]
    last_read_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(String(40), default="")


class CalendarEntry(Base):
    """What an officer's calendar last said of one deadline: when, and a digest of all that was said.

    `uid` names the entry to calendar programs and is drawn by lot; `sequence` counts what was said after the first.
    `cancelled_at` is set while the calendar says that it is no longer due.
    """

    __tablename__ = "calendar_entries"
    __table_args__ = (UniqueConstraint("user_id", "deadline_id"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"))
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    act_by_at: Mapped[datetime]
    is_hour_clock: Mapped[bool]
    said: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

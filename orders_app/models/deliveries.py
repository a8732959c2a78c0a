"""E-mails that are to be sent, are being sent, or were: who is told, about what, and what became of it. Never what they said."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from orders_app.db import Base

IS_ABOUT_A_DAY = text("alert_id IS NULL")
IS_ABOUT_AN_ALERT = text("alert_id IS NOT NULL")
IS_UNSETTLED = text("settled_at IS NULL")


class Delivery(Base):
    """One e-mail to one officer: of a kind once for a London day, or once for an alert. The row is its own log.

    No text, address or reference is kept: a message is composed when it is sent, from what is so then. `state` is one of
    rules.deliveries.State. `taken_by` has it until `lease_until_at`; a waiting one is tried at `next_try_at`.
    `problem` and `reply_code` say what stood in the way last; `settled_at` is when nothing more was to be done.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "uq_deliveries_of_a_day", "user_id", "kind", "for_on", unique=True, sqlite_where=IS_ABOUT_A_DAY, postgresql_where=IS_ABOUT_A_DAY
        ),
        Index(
            "uq_deliveries_of_an_alert", "alert_id", "user_id", "kind", unique=True,
            sqlite_where=IS_ABOUT_AN_ALERT, postgresql_where=IS_ABOUT_AN_ALERT,
        ),
        Index("ix_deliveries_unsettled", "next_try_at", "id", sqlite_where=IS_UNSETTLED, postgresql_where=IS_UNSETTLED),
        Index("ix_deliveries_settled_at", "settled_at"),
    )  # fmt: skip
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20))
    for_on: Mapped[date]
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alerts.id"))
    state: Mapped[str] = mapped_column(String(20))
    queued_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(String(140), default="")
    lease_until_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(40), default="")
    reply_code: Mapped[int | None]
    settled_at: Mapped[datetime | None]

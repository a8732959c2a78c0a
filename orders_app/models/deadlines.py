"""Deadlines, which can be worked out again at any time, and alerts, which can exist only once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited
from orders_app.models.users import Team, User

IS_OPEN = text("met_by_id IS NULL AND cancelled_at IS NULL")
IS_NOT_CLOSED = text("closed_at IS NULL")


class Deadline(Audited, Base):
    """This duty, started by this event.

    due_on is the London day it falls due and due_at the instant (hour clocks only): lateness is judged by these.
    act_by_at is the instant to work to: the safe reading where the law has two, and for a duty counted in days the
    London midnight that ends the day. Lists are sorted and alerts raised by it. `record_type` is the
    type of the order, or the kind of any other record: the alert policy may have stages for one type alone. `waiting_on`
    names who has to act before the officer can.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        UniqueConstraint("started_by_id", "duty_key"),
        Index("ix_deadlines_record_id", "record_id"),
        Index("ix_deadlines_open", "alert_class", "act_by_at", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_deadlines_open_record", "record_id", "act_by_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_deadlines_open_person", "person_id", "act_by_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_deadlines_open_assigned", "assigned_to_id", "act_by_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    started_by_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    duty_key: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    word: Mapped[str] = mapped_column(String(10), default="by")
    rule_class: Mapped[str] = mapped_column(String(20))
    alert_class: Mapped[str] = mapped_column(String(20))
    record_type: Mapped[str] = mapped_column(String(40), default="")
    citation: Mapped[str] = mapped_column(String(200), default="")
    because: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    due_at: Mapped[datetime | None]
    act_by_at: Mapped[datetime]
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    cancelled_at: Mapped[datetime | None]
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    waiting_on: Mapped[str] = mapped_column(String(200), default="")
    waiting_since_at: Mapped[datetime | None]

    assigned_to: Mapped[User | None] = relationship(lazy="raise")


class OfDeadline:
    """What hangs on a deadline says whose trail its changes belong to, as long as the deadline was loaded with it."""

    @property
    def record_id(self) -> int | None:
        """The record the deadline is on."""
        deadline: Deadline | None = self.__dict__.get("deadline")
        return deadline.record_id if deadline else None

    @property
    def person_id(self) -> int | None:
        """The person the record is about."""
        deadline: Deadline | None = self.__dict__.get("deadline")
        return deadline.person_id if deadline else None


class Alert(OfDeadline, Audited, Base):
    """A stage that a deadline has reached. A deadline has at most one open alert: the furthest stage reached.

    It has a living recipient: the officer, else the team. Closed when the deadline is met, moved, cancelled or passed,
    or when a later stage takes its place; the closed rows are the history, so a deadline that comes back warns again.
    `escalation` counts how far up it went: 0 owner, 1 supervisor, 2 duty inspector.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        Index("ix_alerts_deadline_id", "deadline_id"),
        Index("uq_alerts_open_deadline", "deadline_id", unique=True, sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED),
        Index("ix_alerts_open_recipient", "recipient_id", sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED),
        Index("ix_alerts_open_escalated_to", "escalated_to_id", sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED),
        Index("ix_alerts_open_team", "team_id", sqlite_where=IS_NOT_CLOSED, postgresql_where=IS_NOT_CLOSED),
    )
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"))
    stage: Mapped[str] = mapped_column(String(30))
    for_at: Mapped[datetime]
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    raised_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    escalation: Mapped[int] = mapped_column(default=0)
    escalated_at: Mapped[datetime | None]
    escalated_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    snoozed_until_on: Mapped[date | None]
    snooze_reason: Mapped[str] = mapped_column(String(300), default="")
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str] = mapped_column(String(40), default="")

    deadline: Mapped[Deadline] = relationship(lazy="raise")
    recipient: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[recipient_id])
    acknowledged_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[acknowledged_by_id])
    escalated_to: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[escalated_to_id])
    team: Mapped[Team | None] = relationship(lazy="raise")


class AlertEscalation(Base):
    """An alert that was passed up, one row for each step. It is its own log: the alert itself knows the last step alone."""

    __tablename__ = "alert_escalations"
    __table_args__ = (UniqueConstraint("alert_id", "told_at"),)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    level: Mapped[int]
    told_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    told_at: Mapped[datetime]


class AlertMove(Base):
    """An alert that a run of the alerts sent to somebody else, or opened again. Its own log.

    `from_…` and `to_…` are the recipient and the team before and after, `was_raised_at` when their time had begun before.
    `acknowledged_by_id` is whoever had acknowledged it, where that no longer counts. `because` says why
    (rules.alerting.WhyMoved); it is empty where somebody else answers for the deadline now.
    """

    __tablename__ = "alert_moves"
    __table_args__ = (UniqueConstraint("moved_at", "alert_id"),)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    moved_at: Mapped[datetime]
    from_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    from_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    to_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    because: Mapped[str] = mapped_column(String(20), default="")
    was_raised_at: Mapped[datetime | None]


class DeadlineNote(OfDeadline, Audited, Base):
    """What somebody wrote beside a deadline. Never changed."""

    __tablename__ = "deadline_notes"
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"), index=True)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(Text)

    deadline: Mapped[Deadline] = relationship(lazy="raise")
    written_by: Mapped[User] = relationship(lazy="raise")

"""What orders, and later registrations, disclosures and breaches, have in common."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited
from orders_app.models.hand_overs import HandOver
from orders_app.models.people import IS_CLOSED, Person
from orders_app.models.users import Area, Team, User


class Record(Audited, Base):
    """A record about one person: who it binds or concerns, who owns it, and who may see it.

    `changed_at` is set by every service that adds to the record, so that `version` counts events and conditions too.
    """

    __tablename__ = "records"
    __table_args__ = (
        Index("ix_records_person_id_id", "person_id", "id"),
        Index("ix_records_owner_id_id", "owner_id", "id"),
        Index("ix_records_team_id_id", "team_id", "id"),
        Index("ix_records_closed", "id", sqlite_where=IS_CLOSED, postgresql_where=IS_CLOSED),
    )
    kind: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    access: Mapped[str] = mapped_column(String(20), default="open")
    source_key: Mapped[str | None] = mapped_column(String(100), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(lazy="raise")
    owner: Mapped[User | None] = relationship(lazy="raise")
    team: Mapped[Team | None] = relationship(lazy="raise")
    area: Mapped[Area | None] = relationship(lazy="raise")
    handed_over: Mapped[list[HandOver]] = relationship(lazy="raise", viewonly=True, order_by="HandOver.id")

    __mapper_args__ = {"polymorphic_on": kind, "version_id_col": version}

    @property
    def record_id(self) -> int:
        """Its own key: a change to a record is on that record's trail."""
        return self.id


class ReferenceCounter(Base):
    """The last number given out under each prefix, such as 'SPO-2026'."""

    __tablename__ = "reference_counters"
    prefix: Mapped[str] = mapped_column(String(30), unique=True)
    last: Mapped[int] = mapped_column(default=0)

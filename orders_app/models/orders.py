"""Orders and notices, their terms version by version, and the people they protect."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base, Key
from orders_app.models.audit import Audited
from orders_app.models.people import Person
from orders_app.models.records import Record


class Order(Record):
    """An order or a notice of any type in rules.order_types.

    Typed in: what the court or the authorising officer said. Derived by services.deadlines from the events, for
    lists and figures, and checked by the nightly sync: made_on (for a notice, the day it was authorised), served_on,
    in_force_from, ends_on (the last day, by all that is recorded), ended_on (the same, once it has ended).
    `end_kind` is one of rules.facts.EndKind; there is never a far-future date.
    """

    __tablename__ = "orders"
    __table_args__: tuple[Index, ...] = (  # type: ignore[assignment]
        Index("ix_orders_order_type_made_on_id", "order_type", "made_on", "id"),
        Index("ix_orders_ends_on_id", "ends_on", "id"),
        Index("ix_orders_served_on_made_on_id", "served_on", "made_on", "id"),
        Index("ix_orders_follows_id", "follows_id"),
    )
    id: Mapped[int] = mapped_column(Key, ForeignKey("records.id"), primary_key=True)
    order_type: Mapped[str] = mapped_column(String(40))
    made_under: Mapped[str] = mapped_column(String(40), default="")
    court: Mapped[str] = mapped_column(String(120), default="")
    court_reference: Mapped[str] = mapped_column(String(60), default="")
    authorised_rank: Mapped[str] = mapped_column(String(40), default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))

    end_kind: Mapped[str] = mapped_column(String(30), default="fixed")
    stated_ends_on: Mapped[date | None]
    stated_end_time: Mapped[time | None]
    stated_event: Mapped[str] = mapped_column(String(300), default="")
    stated_in_force_from: Mapped[date | None]
    starts_on_release: Mapped[bool] = mapped_column(default=False)
    is_without_notice: Mapped[bool] = mapped_column(default=False)
    is_present_or_represented: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    made_on: Mapped[date | None]
    served_on: Mapped[date | None]
    in_force_from: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    version_number: Mapped[int] = mapped_column(default=1)

    follows: Mapped[Order | None] = relationship(lazy="raise", remote_side=[id], foreign_keys=[follows_id])
    conditions: Mapped[list[Condition]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Condition.number, Condition.id"
    )
    protected: Mapped[list[ProtectedPerson]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="ProtectedPerson.id")
    versions: Mapped[list[OrderVersion]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="OrderVersion.number")

    __mapper_args__ = {"polymorphic_identity": "order"}


class OrderVersion(Audited, Base):
    """The order as made (1) and as each variation left it. Exactly one is current: the highest number."""

    __tablename__ = "order_versions"
    __table_args__ = (UniqueConstraint("order_id", "number"),)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    number: Mapped[int]
    made_on: Mapped[date]
    in_force_from: Mapped[date]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    court: Mapped[str] = mapped_column(String(120), default="")
    end_kind: Mapped[str] = mapped_column(String(30))
    stated_ends_on: Mapped[date | None]
    summary: Mapped[str] = mapped_column(Text, default="")


class Condition(Audited, Base):
    """One term in the court's own words. It belongs to the versions from `from_version` until before `until_version`.

    `template_key` and `template_version` say which standard condition its words began from, where they began from one.
    """

    __tablename__ = "conditions"
    __table_args__ = (Index("ix_conditions_order_id_number", "order_id", "number"),)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    short_form: Mapped[str] = mapped_column(String(64), default="")
    kind: Mapped[str] = mapped_column(String(20), default="prohibition")
    supervisor: Mapped[str] = mapped_column(String(120), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    is_travel: Mapped[bool] = mapped_column(default=False)
    is_electronic_monitoring: Mapped[bool] = mapped_column(default=False)
    template_key: Mapped[str] = mapped_column(String(40), default="")
    template_version: Mapped[int | None]
    from_version: Mapped[int] = mapped_column(default=1)
    until_version: Mapped[int | None]


class ProtectedPerson(Audited, Base):
    """A person an order protects: a role on this record, never a mark on the person."""

    __tablename__ = "protected_people"
    __table_args__ = (UniqueConstraint("order_id", "person_id"), Index("ix_protected_people_person_id", "person_id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    relationship_to_subject: Mapped[str] = mapped_column(String(80), default="")
    told_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")

"""Orders and notices, their terms version by version, and the people they protect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint, column, select, table
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from orders_app.db import Base, Key
from orders_app.models.audit import Audited
from orders_app.models.people import Person
from orders_app.models.records import Record
from orders_app.models.users import User
from orders_app.rules.names import LONGEST_NAME

ASKED_BY_LISTS = ("ended_on", "ends_on", "in_force_from", "made_on", "served_on", "order_type", "is_present_or_represented")
_followed = table(
    "orders", column("id"), column("order_type", String), column("served_on", Date), column("ends_on", Date), column("ended_on", Date),
    column("closed_as", String),
).alias("followed")  # fmt: skip


def _of_followed(name: str, follows_id: Any) -> Any:
    """One column of the order that an order follows, read with the order itself."""
    return column_property(select(_followed.c[name]).where(_followed.c.id == follows_id).scalar_subquery(), expire_on_flush=False)


def _list_index(name: str, *sorted_by: str, also: str = "") -> Index:
    """An index that puts orders in the order of a list and answers what every tab of it asks, so that rows need not be read."""
    asked = [column for column in ASKED_BY_LISTS if column not in sorted_by]
    return Index(name, *sorted_by, "id", *asked, *([also] if also else []))


@dataclass(frozen=True)
class Followed:
    """What matters of an order or a notice to the order that follows it."""

    order_type: str
    served_on: date | None
    ends_on: date | None
    ended_on: date | None
    closed_as: str | None

    @property
    def over_on(self) -> date | None:
        """The first day on which it no longer has effect, so far as is known."""
        if self.closed_as:
            return self.ended_on
        return self.ends_on + timedelta(days=1) if self.ends_on else None


class Order(Record):
    """An order or a notice of any type in rules.order_types.

    Typed in: what the court or the authorising officer said. Derived by services.deadlines from the events, for
    lists and figures, and checked by the nightly sync: made_on (for a notice, the day it was authorised), served_on,
    in_force_from, ends_on (the last day, by all that is recorded), ended_on (the same, once it has ended), the folded names of
    the person it binds (subject_surname, subject_forenames), which services.person_index keeps too, and the days that
    queries.order_status needs besides: closed_as is the status that an event closed it with, empty where none did.
    `end_kind` is one of rules.facts.EndKind; there is never a far-future date.
    """

    __tablename__ = "orders"
    __table_args__: tuple[Index, ...] = (  # type: ignore[assignment]
        Index("ix_orders_order_type_made_on_id", "order_type", "made_on", "id"),
        _list_index("ix_orders_by_made", "made_on"),
        _list_index("ix_orders_by_ends", "ends_on"),
        _list_index("ix_orders_by_subject", "subject_surname", "subject_forenames", also="court_reference"),
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
    starts_on_other_end: Mapped[bool] = mapped_column(default=False)
    is_without_notice: Mapped[bool] = mapped_column(default=False)
    is_present_or_represented: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    made_on: Mapped[date | None]
    served_on: Mapped[date | None]
    in_force_from: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    considered_on: Mapped[date | None]
    referred_on: Mapped[date | None]
    authorised_on: Mapped[date | None]
    applied_on: Mapped[date | None]
    listed_on: Mapped[date | None]
    fully_in_force_from: Mapped[date | None]
    continued_on: Mapped[date | None]
    continued_until: Mapped[date | None]
    closed_as: Mapped[str] = mapped_column(String(40), default="")
    version_number: Mapped[int] = mapped_column(default=1)
    subject_surname: Mapped[str] = mapped_column(String(LONGEST_NAME), default="", server_default="")
    subject_forenames: Mapped[str] = mapped_column(String(LONGEST_NAME), default="", server_default="")

    # Read with every order: joined in whole, the order it follows would be looked for among all records on SQLite.
    follows_type: Mapped[str | None] = _of_followed("order_type", follows_id)
    follows_served_on: Mapped[date | None] = _of_followed("served_on", follows_id)
    follows_ends_on: Mapped[date | None] = _of_followed("ends_on", follows_id)
    follows_ended_on: Mapped[date | None] = _of_followed("ended_on", follows_id)
    follows_closed_as: Mapped[str | None] = _of_followed("closed_as", follows_id)
    follows: Mapped[Order | None] = relationship(lazy="raise", remote_side=[id], foreign_keys=[follows_id])
    conditions: Mapped[list[Condition]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Condition.number, Condition.id"
    )
    protected: Mapped[list[ProtectedPerson]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="ProtectedPerson.id")
    versions: Mapped[list[OrderVersion]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="OrderVersion.number")

    __mapper_args__ = {"polymorphic_identity": "order"}
    not_audited = frozenset({"follows_type", "follows_served_on", "subject_surname", "subject_forenames"})

    @property
    def first_days(self) -> dict[int, date]:
        """The first day of each version of its terms, by number; empty where the versions are not loaded."""
        return {version.number: version.in_force_from for version in self.versions} if "versions" in self.__dict__ else {}

    @property
    def as_followed(self) -> Followed:
        """What matters of this order to one that follows it."""
        return Followed(self.order_type, self.served_on, self.ends_on, self.ended_on, self.closed_as)

    @property
    def followed(self) -> Followed | None:
        """What matters of the order it follows, itself saved or not yet."""
        if "follows" in self.__dict__:
            return self.follows.as_followed if self.follows else None
        if self.follows_type is None:
            return None
        return Followed(self.follows_type, self.follows_served_on, self.follows_ends_on, self.follows_ended_on, self.follows_closed_as)


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


class OrderCorrection(Audited, Base):
    """What was recorded of an order before it was put right, by whom and why. `made_upon` is the order's version then.

    `changes` has what was said and what is said now, part by part (services.corrections), and `moved` the deadlines that
    got another date by it. Both are in the log row by row already. What was put right about a protected person stands in a row
    of its own, with their key: others may know of that person only so far as they may be known.
    """

    __tablename__ = "order_corrections"
    __table_args__ = (Index("ix_order_corrections_order_id", "order_id"),)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_upon: Mapped[int]
    corrected_at: Mapped[datetime]
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    moved: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    corrected_by: Mapped[User | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise")

    not_audited = frozenset({"changes", "moved"})

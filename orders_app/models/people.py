"""Anyone on file, in whatever role. Whether someone is a subject or a protected person is said by each record."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited

IS_CLOSED = text("access <> 'open'")


class Person(Audited, Base):
    """A person on file.

    `access` is one of rules.access.Access: open; restricted (known of, details for those named);
    sealed (does not exist for those not named).
    """

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_surname_forenames_id", "surname", "forenames", "id"),
        Index("ix_people_born_on", "born_on"),
        Index("ix_people_closed", "id", sqlite_where=IS_CLOSED, postgresql_where=IS_CLOSED),
    )
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    surname: Mapped[str] = mapped_column(String(100))
    forenames: Mapped[str] = mapped_column(String(150), default="")
    born_on: Mapped[date | None]
    sex: Mapped[str] = mapped_column(String(20), default="")
    access: Mapped[str] = mapped_column(String(20), default="open")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    notes: Mapped[str] = mapped_column(Text, default="")
    source_key: Mapped[str | None] = mapped_column(String(100), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    aliases: Mapped[list[Alias]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="Alias.id")
    identifiers: Mapped[list[Identifier]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="Identifier.id")
    addresses: Mapped[list[Address]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="Address.id")
    markers: Mapped[list[Marker]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="Marker.id")
    custody_periods: Mapped[list[CustodyPeriod]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="CustodyPeriod.id")

    __mapper_args__ = {"version_id_col": version}


class Alias(Audited, Base):
    """Another name: `kind` is also_known_as, former, online or spelling."""

    __tablename__ = "aliases"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="also_known_as")
    surname: Mapped[str] = mapped_column(String(100), default="")
    forenames: Mapped[str] = mapped_column(String(150), default="")
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]


class Identifier(Audited, Base):
    """A number from another system, in canonical form: `kind` is pnc, cro, visor or local."""

    __tablename__ = "identifiers"
    __table_args__ = (Index("ix_identifiers_value_kind", "value", "kind"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(40))


class Address(Audited, Base):
    """Where somebody lives, works or can be found, from one day to another."""

    __tablename__ = "addresses"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="home")
    lines: Mapped[str] = mapped_column(String(300))
    postcode: Mapped[str] = mapped_column(String(10), default="", index=True)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(100), default="")
    is_notified: Mapped[bool] = mapped_column(default=False)


class Marker(Audited, Base):
    """A warning to whoever meets the person, with where it came from and when."""

    __tablename__ = "markers"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(100), default="")
    noted_on: Mapped[date]
    ended_on: Mapped[date | None]


class CustodyPeriod(Audited, Base):
    """Time not at liberty: `kind` is police, remand, sentence, recall or hospital."""

    __tablename__ = "custody_periods"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(100), default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    expected_release_on: Mapped[date | None]
    licence_until_on: Mapped[date | None]


class PersonName(Base):
    """One word of one of a person's names, folded for searching (see rules.names)."""

    __tablename__ = "person_names"
    __table_args__ = (UniqueConstraint("token", "person_id"), Index("ix_person_names_person_id", "person_id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    token: Mapped[str] = mapped_column(String(60))


class NameKey(Base):
    """A key under which a name word is found when it is typed wrongly: how it sounds, or with a letter left out."""

    __tablename__ = "name_keys"
    __table_args__ = (UniqueConstraint("key", "token"), Index("ix_name_keys_token", "token"))
    key: Mapped[str] = mapped_column(String(60))
    token: Mapped[str] = mapped_column(String(60))


class AddressWord(Base):
    """One telling word or number of one address, folded for searching (see rules.names)."""

    __tablename__ = "address_words"
    __table_args__ = (UniqueConstraint("token", "address_id"), Index("ix_address_words_address_id", "address_id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    token: Mapped[str] = mapped_column(String(60))

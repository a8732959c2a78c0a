"""What was entered into the tables of law beside what was shipped. Rows are only added: a later one takes an earlier one's place."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited
from orders_app.models.users import User


class LawChange(Audited, Base):
    """One entry: who made it, when, on what authority and why. It holds rows of provisions, days, or the years covered."""

    __tablename__ = "law_changes"
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    citation: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text)
    covers_until: Mapped[date | None]

    entered_by: Mapped[User | None] = relationship(lazy="raise")
    provisions: Mapped[list[ProvisionRow]] = relationship(lazy="raise", order_by="ProvisionRow.id", back_populates="change")
    days: Mapped[list[BankHoliday]] = relationship(lazy="raise", order_by="BankHoliday.id", back_populates="change")


class ProvisionRow(Audited, Base):
    """A provision of rules.known_provisions in force in an area, or everywhere, from a day until a day; or such a row taken away."""

    __tablename__ = "provision_rows"
    __table_args__ = (Index("ix_provision_rows_change_id", "change_id"),)
    change_id: Mapped[int] = mapped_column(ForeignKey("law_changes.id"))
    code: Mapped[str] = mapped_column(String(40))
    area: Mapped[str] = mapped_column(String(100))
    in_force_from: Mapped[date]
    in_force_until: Mapped[date | None]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)

    change: Mapped[LawChange] = relationship(lazy="raise", back_populates="provisions")


class BankHoliday(Audited, Base):
    """A day that is a bank holiday on one reading of the law or on both; on neither, one that is none after all."""

    __tablename__ = "bank_holidays"
    __table_args__ = (Index("ix_bank_holidays_change_id", "change_id"),)
    change_id: Mapped[int] = mapped_column(ForeignKey("law_changes.id"))
    falls_on: Mapped[date]
    name: Mapped[str] = mapped_column(String(120))
    is_statutory: Mapped[bool]
    is_safe: Mapped[bool]

    change: Mapped[LawChange] = relationship(lazy="raise", back_populates="days")

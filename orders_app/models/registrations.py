"""Registration of a person under Part 2 of the Sexual Offences Act 2003."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from orders_app.db import Key
from orders_app.models.records import Record


class Registration(Record):
    """One unbroken time for which a person must notify. All that is known of it is in its events.

    Every column is derived by services.deadlines, for lists, and checked by the nightly sync: registered_from; ends_on
    (the last day, by all that is recorded; none where it is indefinite or not known yet) and is_indefinite; ended_on, once
    it has ended; has_no_residence and whereabouts (rules.registrations.status.Whereabouts) as they are now. Numbers of
    accounts, cards and passports are kept nowhere.
    """

    __tablename__ = "registrations"
    __table_args__: tuple[Index, ...] = (Index("ix_registrations_ended_on_ends_on", "ended_on", "ends_on"),)  # type: ignore[assignment]
    id: Mapped[int] = mapped_column(Key, ForeignKey("records.id"), primary_key=True)
    registered_from: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    is_indefinite: Mapped[bool] = mapped_column(default=False)
    has_no_residence: Mapped[bool] = mapped_column(default=False)
    whereabouts: Mapped[str] = mapped_column(String(20), default="at_liberty")

    __mapper_args__ = {"polymorphic_identity": "registration"}

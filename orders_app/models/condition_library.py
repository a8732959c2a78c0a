"""What the force made of the standard conditions: a row for each version, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders_app.db import Base
from orders_app.models.audit import Audited
from orders_app.models.users import User


class LibraryCondition(Audited, Base):
    """One version of one standard condition. The highest version of a key stands; one shipped with the program is below them all.

    Blanks stand in braces: see rules.condition_library. `order_types` is a list of codes.
    """

    __tablename__ = "library_conditions"
    __table_args__ = (UniqueConstraint("key", "version"),)
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)
    short_form: Mapped[str] = mapped_column(String(200))
    order_types: Mapped[list[Any]] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(String(20))
    is_travel: Mapped[bool] = mapped_column(default=False)
    is_electronic_monitoring: Mapped[bool] = mapped_column(default=False)
    is_retired: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    made_by: Mapped[User | None] = relationship(lazy="raise")

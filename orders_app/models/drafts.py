"""Answers typed so far on a form of several pages. Kept on the server, for one user."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from orders_app.db import Base


class Draft(Base):
    """Nothing in a draft is live. `token` names it in addresses; `data` holds the answers by step."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_user_id_kind", "user_id", "kind"),)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

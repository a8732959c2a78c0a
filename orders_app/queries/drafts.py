"""Drafts: forms of several pages that somebody has begun. Nobody sees another's."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import Draft


def find_draft(session: Session, *, user_id: int | None, kind: str, token: str) -> Draft | None:
    """Return the user's own draft of this kind with this token, or None."""
    return session.scalar(select(Draft).where(Draft.token == token, Draft.kind == kind, Draft.user_id == user_id))


def drafts_of(session: Session, *, user_id: int | None, kind: str) -> list[Draft]:
    """Return the user's drafts of this kind, last changed first."""
    return list(
        session.scalars(
            select(Draft).where(Draft.user_id == user_id, Draft.kind == kind).order_by(Draft.changed_at.desc(), Draft.id.desc())
        )
    )


def count_drafts(session: Session, *, user_id: int | None, kind: str) -> int:
    """Return how many drafts of this kind the user has."""
    return session.scalar(select(func.count(Draft.id)).where(Draft.user_id == user_id, Draft.kind == kind)) or 0

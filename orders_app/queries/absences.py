"""Who is away and when, and who may be chosen to cover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from orders_app.models import Absence, User
from orders_app.queries import users
from orders_app.queries.assignees import Colleague, colleagues
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Permission


def to_come(session: Session, viewer: Viewer, today: date) -> list[Absence]:
    """Absences that are not over, of the officers whose days away the viewer sees to, by first day."""
    found = select(Absence).where(Absence.until_on >= today, Absence.taken_back_at.is_(None), Absence.user_id.in_(seen_to_by(viewer)))
    found = found.options(joinedload(Absence.user).joinedload(User.team), joinedload(Absence.covered_by))
    return list(session.scalars(found.order_by(Absence.from_on, Absence.id)))


def seen_to_by(viewer: Viewer) -> Select[int]:
    """Keys of the officers whose days away somebody may enter: their own, their team's if they lead it, everybody's."""
    return users.seen_to_by(viewer, everybody=Permission.USER_EDIT)


def officers_seen_to(session: Session, viewer: Viewer, now: datetime) -> list[Colleague]:
    """The officers whose days away the viewer may enter: those who work alerts, the viewer first, then by name."""
    found = colleagues(session, now, User.id.in_(seen_to_by(viewer)))
    return sorted(found, key=lambda one: (one.user.id != viewer.user_id, one.user.name))


def standing_of(session: Session, user_ids: Iterable[int], today: date) -> list[Absence]:
    """The absences of some officers that are not over."""
    found = select(Absence).where(Absence.user_id.in_(list(user_ids)), Absence.until_on >= today, Absence.taken_back_at.is_(None))
    return list(session.scalars(found.order_by(Absence.from_on)))


def covered_by(session: Session, user_ids: Iterable[int], today: date) -> list[Absence]:
    """The absences that are not over and that some officers are to cover, with whose they are."""
    found = select(Absence).where(Absence.covered_by_id.in_(list(user_ids)), Absence.until_on >= today, Absence.taken_back_at.is_(None))
    return list(session.scalars(found.options(joinedload(Absence.user)).order_by(Absence.from_on, Absence.id)))


def one(session: Session, viewer: Viewer, number: int) -> Absence | None:
    """An absence by its key, over or not, if the viewer sees to the officer's days away."""
    found = select(Absence).where(Absence.id == number, Absence.user_id.in_(seen_to_by(viewer)))
    return session.scalars(found.options(joinedload(Absence.user).joinedload(User.team), joinedload(Absence.covered_by))).one_or_none()

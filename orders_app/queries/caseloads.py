"""What an officer holds: the records they own, and the deadlines they were given on records of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Subquery, Table, and_, case, func, or_, select, union, union_all
from sqlalchemy.orm import Session, joinedload

from orders_app.models import Deadline, Order, Person, Record, Registration, Team, User
from orders_app.queries import users
from orders_app.queries.alert_stages import is_live
from orders_app.queries.availability import people_at_work
from orders_app.queries.visibility import Viewer, person_visible, record_visible
from orders_app.rules.access import RECORDING, Access, Permission
from orders_app.rules.alerting import midnight_ending

DUE_DAYS = 14
records, orders, registrations = (cast(Table, table.__table__) for table in (Record, Order, Registration))
deadlines = cast(Table, Deadline.__table__)


@dataclass(frozen=True)
class Load:
    """How many deadlines are open: all of them, those overdue, and those that fall due in the next DUE_DAYS."""

    deadlines: int = 0
    overdue: int = 0
    soon: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(self.deadlines + other.deadlines, self.overdue + other.overdue, self.soon + other.soon)


@dataclass(frozen=True)
class Held:
    """One record an officer has, with the load of what they have on it and the next moment to act by.

    Not `is_whole`: it is another's, and they have deadlines on it.
    """

    record_id: int
    reference: str
    kind: str
    order_type: str
    version: int
    person_id: int
    surname: str
    forenames: str
    is_whole: bool
    is_open_to_all: bool
    has_ended: bool
    next_at: datetime | None
    load: Load


def handed_over_by(viewer: Viewer) -> Select[int]:
    """Keys of the officers whose caseload somebody may hand over: their own, their team's if they lead it, for supervisors everybody's."""
    return users.seen_to_by(viewer, everybody=Permission.CASELOAD_HAND_OVER)


def gives_away(viewer: Viewer, kind: str) -> bool:
    """Whether the viewer may hand over records of this kind at all."""
    return viewer.may(RECORDING[kind])


def officers(session: Session, viewer: Viewer) -> list[User]:
    """Return those whose caseload the viewer may hand over and who have something the viewer may see, by team and name.

    Somebody who has left is among them. One statement.
    """
    seen = select(records.c.id).join(Person, Person.id == records.c.person_id).where(person_visible(viewer), record_visible(viewer))
    owns = seen.where(records.c.owner_id == User.id).correlate(User)
    has = (
        seen.join(deadlines, deadlines.c.record_id == records.c.id).where(deadlines.c.assigned_to_id == User.id, _is_open()).correlate(User)
    )
    found = select(User).outerjoin(User.team).where(User.id.in_(handed_over_by(viewer)), or_(owns.exists(), has.exists()))
    return list(session.scalars(found.options(joinedload(User.team)).order_by(Team.name.nulls_last(), User.name, User.id)))


def officer(session: Session, viewer: Viewer, username: str) -> User | None:
    """Return the officer, with their team, if the viewer may hand over their caseload."""
    found = select(User).where(User.username == username, User.id.in_(handed_over_by(viewer))).options(joinedload(User.team))
    return session.scalar(found)


def which_of(session: Session, viewer: Viewer, user_ids: Iterable[int]) -> frozenset[str]:
    """Return the user names of those of some officers whose caseload the viewer may hand over."""
    return frozenset(session.scalars(select(User.username).where(User.id.in_(list(user_ids)), User.id.in_(handed_over_by(viewer)))))


def held(session: Session, viewer: Viewer, user_id: int, now: datetime) -> list[Held]:
    """Return what an officer has and the viewer may see, by person and reference. One statement, whatever its length."""
    due = _due([user_id], now)
    given = select(deadlines.c.record_id).where(deadlines.c.assigned_to_id == user_id, is_live(now))
    theirs = union(select(records.c.id).where(records.c.owner_id == user_id), given).subquery()
    is_open = and_(records.c.access == Access.OPEN, Person.access == Access.OPEN)
    columns = (
        records.c.id, records.c.reference, records.c.kind, func.coalesce(orders.c.order_type, ""), records.c.version, records.c.person_id,
        Person.surname, Person.forenames, func.coalesce(records.c.owner_id == user_id, False), is_open,
        func.coalesce(orders.c.ended_on, registrations.c.ended_on).is_not(None), due.c.next_at,
    )  # fmt: skip
    source = records.join(Person.__table__, Person.id == records.c.person_id).outerjoin(orders, orders.c.id == records.c.id)
    source = source.outerjoin(registrations, registrations.c.id == records.c.id).outerjoin(due, due.c.record_id == records.c.id)
    found = select(*columns, *_load_of(due)).select_from(source).where(records.c.id.in_(select(theirs.c[0])))
    found = found.where(person_visible(viewer), record_visible(viewer)).order_by(Person.surname, Person.forenames, records.c.reference)
    return [Held(*(*row[:-3], Load(*row[-3:]))) for row in session.execute(found)]


def loads(session: Session, viewer: Viewer, user_ids: Iterable[int], now: datetime) -> dict[int, Load]:
    """Return how much each of some officers has, as far as the viewer may see it. One statement."""
    keys = list(user_ids)
    due = _due(keys, now)
    source = due.join(records, records.c.id == due.c.record_id).join(Person.__table__, Person.id == records.c.person_id)
    sums = [func.sum(column) for column in _load_of(due)]
    found = select(due.c.holder_id, *sums).select_from(source).where(person_visible(viewer), record_visible(viewer))
    had = {row[0]: Load(*(int(count) for count in row[1:])) for row in session.execute(found.group_by(due.c.holder_id))}
    return {key: had.get(key, Load()) for key in keys}


def open_records_of(session: Session, user_id: int) -> int:
    """Return how many records open to all an officer owns or has deadlines on: for whoever may see none of them, and no more than that."""
    given = select(deadlines.c.record_id).where(deadlines.c.assigned_to_id == user_id, _is_open())
    theirs = union(select(records.c.id).where(records.c.owner_id == user_id), given).subquery()
    source = records.join(Person.__table__, Person.id == records.c.person_id)
    found = select(func.count()).select_from(source).where(records.c.id.in_(select(theirs.c[0])))
    return session.scalar(found.where(records.c.access == Access.OPEN, Person.access == Access.OPEN)) or 0


def who_hands_over(session: Session, officer: User) -> list[User]:
    """Return who at work leads the officer's team, and so may hand over their caseload."""
    leads = select(User).where(User.leads_team, User.team_id == officer.team_id, User.id.in_(people_at_work()), User.id != officer.id)
    return list(session.scalars(leads.order_by(User.name, User.id))) if officer.team_id else []


def _due(user_ids: list[int], now: datetime) -> Subquery:
    """The load of each record of some officers, by officer: what they were given, and what they own and nobody was given."""
    given = select(deadlines.c.assigned_to_id.label("holder_id"), deadlines.c.record_id, deadlines.c.act_by_at)
    given = given.where(deadlines.c.assigned_to_id.in_(user_ids), is_live(now))
    own = select(records.c.owner_id.label("holder_id"), deadlines.c.record_id, deadlines.c.act_by_at)
    own = own.select_from(deadlines.join(records, records.c.id == deadlines.c.record_id))
    # Written so that no index has it: nearly all deadlines are given to nobody, and those of a few records are wanted.
    is_given_to_nobody = func.coalesce(deadlines.c.assigned_to_id, 0) == 0
    own = own.where(records.c.owner_id.in_(user_ids), is_given_to_nobody, is_live(now))
    each = union_all(given, own).subquery("each_one")
    is_overdue = each.c.act_by_at <= now
    is_soon = and_(each.c.act_by_at > now, each.c.act_by_at <= midnight_ending(now, DUE_DAYS))
    counts = (func.count().label("deadlines"), _how_many(is_overdue).label("overdue"), _how_many(is_soon).label("soon"))
    found = select(each.c.holder_id, each.c.record_id, *counts, func.min(each.c.act_by_at).label("next_at"))
    return found.group_by(each.c.holder_id, each.c.record_id).subquery("due")


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _load_of(due: Subquery) -> list[ColumnElement[Any]]:
    return [func.coalesce(due.c[name], 0) for name in ("deadlines", "overdue", "soon")]


def _is_open() -> ColumnElement[bool]:
    return and_(deadlines.c.met_by_id.is_(None), deadlines.c.cancelled_at.is_(None))

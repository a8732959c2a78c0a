"""Reading the log: who did what to whom, as far as the reader may see the people and records it is about.

Rows about a restricted or sealed person or record are left out, and out of every count, for whoever is not named on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from orders_app.db import Base
from orders_app.models import Area, AuditEvent, Person, Record, Team, User
from orders_app.models.audit import EXPORTS, IS_CHANGE, SEARCHES, VIEWS
from orders_app.queries.visibility import Viewer, people_hidden, person_visible, record_visible, records_hidden

MOST_COUNTED = 10_000
KINDS = ("views", "changes", "searches", "exports", "sign_ins")
NAMED_TABLES = {"users": User, "teams": Team, "areas": Area, "people": Person}
Names = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class AuditFilter:
    """Which rows to list. Empty words and None mean all. `since` and `before` are instants."""

    officer: str = ""
    person_id: int | None = None
    record_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    kind: str = ""
    subject: tuple[str, int] | None = None


@dataclass(frozen=True)
class AuditRow:
    """One row of the log with what its person, its record and whoever acted are called; each empty where there is none."""

    event: AuditEvent
    person_reference: str
    person_surname: str
    person_forenames: str
    record_reference: str
    actor_username: str


@dataclass(frozen=True)
class Subject:
    """What a trail is about."""

    person_id: int | None
    record_id: int | None
    reference: str
    surname: str
    forenames: str


def find_person(session: Session, viewer: Viewer, reference: str) -> Subject | None:
    """Return the person of this reference, if the viewer may see them."""
    found = session.scalar(select(Person).where(Person.reference == reference, person_visible(viewer)))
    return Subject(found.id, None, found.reference, found.surname, found.forenames) if found else None


def find_record(session: Session, viewer: Viewer, reference: str) -> Subject | None:
    """Return the record of this reference, if the viewer may see it and its person."""
    columns = select(Record.id, Record.reference, Person.surname, Person.forenames).join(Person, Person.id == Record.person_id)
    row = session.execute(columns.where(Record.reference == reference, person_visible(viewer), record_visible(viewer))).one_or_none()
    return Subject(None, row.id, row.reference, row.surname, row.forenames) if row else None


def how_many(session: Session, viewer: Viewer, wanted: AuditFilter) -> int:
    """Return how many rows there are to list, counting no further than MOST_COUNTED."""
    rows = select(AuditEvent.id).where(*_wanted(wanted), _may_read(viewer)).limit(MOST_COUNTED)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def listed(session: Session, viewer: Viewer, wanted: AuditFilter, *, first: int, count: int) -> list[AuditRow]:
    """Return rows, newest first, from `first` on."""
    named = (
        select(AuditEvent, Person.reference, Person.surname, Person.forenames, Record.reference, User.username)
        .outerjoin(Person, Person.id == AuditEvent.person_id)
        .outerjoin(Record, Record.id == AuditEvent.record_id)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(*_wanted(wanted), _may_read(viewer))
        .order_by(*_newest_first(wanted))
    )
    rows = session.execute(named.offset(first).limit(count)).all()
    return [AuditRow(row[0], *(text or "" for text in row[1:])) for row in rows]


def _newest_first(wanted: AuditFilter) -> list[ColumnElement[Any]]:
    """As written; where days are asked for by the moment first, so that these days alone are read."""
    is_of_days = wanted.since is not None or wanted.before is not None
    return [AuditEvent.at.desc(), AuditEvent.id.desc()] if is_of_days else [AuditEvent.id.desc()]


def names_in(session: Session, viewer: Viewer, events: Iterable[AuditEvent]) -> Names:
    """Return what the users, teams, areas and people are called whose keys stand in these rows. A statement a table."""
    keys: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.subject_type == "users" and event.subject_id:
            keys["users"].add(event.subject_id)
        for column, change in event.changes.items():
            target = target_of(event.subject_type, column)
            if target and isinstance(change, dict):
                keys[target] |= {value for value in (change.get("from"), change.get("to")) if isinstance(value, int)}
    return {(table, key): name for table, wanted in keys.items() for key, name in _names(session, viewer, table, wanted)}


def target_of(table: str, column: str) -> str:
    """Return which named table a column's keys point to; empty if none."""
    found = Base.metadata.tables.get(table)
    if found is None:
        return ""
    if column not in found.c:  # an order's owner stands in its parent row
        return next((target_of(key.column.table.name, column) for key in found.c["id"].foreign_keys), "")
    pointed_at = {key.column.table.name for key in found.c[column].foreign_keys}
    return next((name for name in pointed_at if name in NAMED_TABLES), "")


def _names(session: Session, viewer: Viewer, table: str, keys: set[int]) -> list[tuple[int, str]]:
    if table == "users":
        return [(user.id, user.display_name) for user in session.scalars(select(User).where(User.id.in_(keys)))]
    if table == "people":
        visible = select(Person.id, Person.reference).where(Person.id.in_(keys), person_visible(viewer))
        return [(key, reference) for key, reference in session.execute(visible)]
    model = Team if table == "teams" else Area
    return [(key, name) for key, name in session.execute(select(model.id, model.name).where(model.id.in_(keys)))]


def _may_read(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        or_(AuditEvent.person_id.is_(None), AuditEvent.person_id.not_in(people_hidden(viewer))),
        or_(AuditEvent.record_id.is_(None), AuditEvent.record_id.not_in(records_hidden(viewer))),
    )


def _wanted(wanted: AuditFilter) -> list[Any]:
    conditions: list[Any] = [*_of_kind(wanted.kind), *_by_officer(wanted.officer)]
    if wanted.person_id is not None:
        conditions.append(AuditEvent.person_id == wanted.person_id)
    if wanted.record_id is not None:
        conditions.append(AuditEvent.record_id == wanted.record_id)
    if wanted.since is not None:
        conditions.append(AuditEvent.at >= wanted.since)
    if wanted.before is not None:
        conditions.append(AuditEvent.at < wanted.before)
    if wanted.subject is not None:
        conditions += [AuditEvent.subject_type == wanted.subject[0], AuditEvent.subject_id == wanted.subject[1]]
    return conditions


def _of_kind(kind: str) -> list[Any]:
    signing_in = or_(AuditEvent.action.startswith("user.sign"), AuditEvent.action.startswith("user.session"))
    if kind in (VIEWS, SEARCHES, EXPORTS):
        return [AuditEvent.subject_type == kind]
    if kind == "sign_ins":
        return [AuditEvent.subject_type == "users", signing_in]
    if kind == "changes":
        return [IS_CHANGE, ~signing_in]
    return []


def _by_officer(words: str) -> list[ColumnElement[bool]]:
    if not words:
        return []
    """Whoever has just this user name; where nobody has, all whose name, user name or collar number has these words in it."""
    columns = (User.name, User.username, User.collar_number)
    like = [or_(*(func.lower(column).contains(word, autoescape=True) for column in columns)) for word in words.casefold().split()]
    is_user_name = User.username == words.strip().casefold()
    nobody_has_it = ~select(User.id).where(is_user_name).correlate(None).exists()
    return [AuditEvent.actor_id.in_(select(User.id).where(or_(is_user_name, and_(nobody_has_it, *like))))]

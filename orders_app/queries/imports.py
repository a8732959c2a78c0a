"""What an import looks up, many keys at a time, and the runs a user started.

Rows are those the importer may open, and with `may_open` false those they may only know of. A sealed row they are not
named on is not there at all: its key, its number and its name answer as if nobody had them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from orders_app.models import Area, Identifier, ImportRun, Person, Record, Team, User
from orders_app.queries.visibility import Viewer, person_known_of, person_visible, record_known_of, record_visible

AT_ONCE = 900


@dataclass(frozen=True)
class RunDetails:
    """One run of an import. `errors` are as services.imports.problems.RowProblem writes them."""

    id: int
    token: str
    kind: str
    file_name: str
    is_dry_run: bool
    state: str
    created_at: datetime
    finished_at: datetime | None
    rows_total: int
    rows_done: int
    counts: dict[str, Any]
    errors: list[Any]


@dataclass(frozen=True)
class PersonOnFile:
    """A person that a row may mean."""

    id: int
    reference: str
    source_key: str | None
    surname: str
    forenames: str
    born_on: date | None
    may_open: bool


@dataclass(frozen=True)
class OrderOnFile:
    """An order that a row may mean."""

    id: int
    reference: str
    source_key: str | None
    may_open: bool


def people_by_source_key(session: Session, viewer: Viewer, keys: Collection[str]) -> list[PersonOnFile]:
    """Return the people imported under these keys."""
    return [row for some in _chunks(keys) for row in _people(session, viewer, Person.source_key.in_(some))]


def people_by_reference(session: Session, viewer: Viewer, references: Collection[str]) -> list[PersonOnFile]:
    """Return the people with these references."""
    return [row for some in _chunks(references) for row in _people(session, viewer, Person.reference.in_(some))]


def people_born_on(session: Session, viewer: Viewer, days: Collection[date]) -> list[PersonOnFile]:
    """Return the people born on these days whom the viewer may open."""
    return [row for some in _chunks(days) for row in _people(session, viewer, Person.born_on.in_(some)) if row.may_open]


def people_by_number(session: Session, viewer: Viewer, numbers: Collection[tuple[str, str]]) -> list[tuple[tuple[str, str], PersonOnFile]]:
    """Return who has these numbers (kind and canonical value), each beside its number."""
    found = []
    for some in _chunks({value for _, value in numbers}):
        people = _person_columns(viewer).join(Identifier, Identifier.person_id == Person.id).add_columns(Identifier.kind, Identifier.value)
        for *person, kind, value in session.execute(people.where(Identifier.value.in_(some)).order_by(Person.id)):
            if (kind, value) in numbers:
                found.append(((kind, value), PersonOnFile(*person)))
    return found


def orders_by_source_key(session: Session, viewer: Viewer, keys: Collection[str]) -> list[OrderOnFile]:
    """Return the orders imported under these keys."""
    return [row for some in _chunks(keys) for row in _orders(session, viewer, Record.source_key.in_(some))]


def orders_by_reference(session: Session, viewer: Viewer, references: Collection[str]) -> list[OrderOnFile]:
    """Return the orders with these references."""
    return [row for some in _chunks(references) for row in _orders(session, viewer, Record.reference.in_(some))]


def people_rows(session: Session, ids: Sequence[int]) -> Iterator[Person]:
    """Give people's rows, to be changed."""
    for some in _chunks(ids):
        yield from session.scalars(select(Person).where(Person.id.in_(some)).order_by(Person.id))


def areas(session: Session) -> list[Area]:
    """Return every policing area."""
    return list(session.scalars(select(Area).order_by(Area.name)))


def teams(session: Session) -> list[Team]:
    """Return every team."""
    return list(session.scalars(select(Team).order_by(Team.name)))


def active_users(session: Session) -> list[User]:
    """Return everybody who may be given work."""
    return list(session.scalars(select(User).where(User.is_active).order_by(User.id)))


def user_who_started(session: Session, user_id: int) -> User | None:
    """Return an active user with team and roles, or None."""
    options = (joinedload(User.team), selectinload(User.roles))
    return session.scalars(select(User).where(User.id == user_id, User.is_active).options(*options)).one_or_none()


def find_run(session: Session, viewer: Viewer, token: str) -> ImportRun | None:
    """Return a run this viewer started, or None: the problems of somebody else's file may name people they may not see."""
    return session.scalar(select(ImportRun).where(ImportRun.token == token, _mine(viewer)))


def run_details(session: Session, viewer: Viewer, token: str) -> RunDetails | None:
    """Return the same to be shown, with everything that is wrong."""
    run = find_run(session, viewer, token)
    return _details(run, run.errors) if run else None


def count_runs(session: Session, viewer: Viewer) -> int:
    """Return how many runs this viewer started."""
    return session.scalar(select(func.count()).select_from(ImportRun).where(_mine(viewer))) or 0


def runs_started_by(session: Session, viewer: Viewer, limit: int, offset: int = 0) -> list[RunDetails]:
    """Return one page of the runs this viewer started, newest first and without their problems."""
    mine = select(ImportRun).where(_mine(viewer)).options(defer(ImportRun.errors))
    rows = session.scalars(mine.order_by(ImportRun.id.desc()).limit(limit).offset(offset))
    return [_details(run, []) for run in rows]


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    return true() if viewer.is_system else ImportRun.started_by_id == viewer.user_id


def _details(run: ImportRun, errors: list[Any]) -> RunDetails:
    names = (field.name for field in fields(RunDetails) if field.name != "errors")
    return RunDetails(**{name: getattr(run, name) for name in names}, errors=errors)


def waiting_runs(session: Session) -> list[int]:
    """Return the runs that wait for the scheduler, oldest first."""
    return list(session.scalars(select(ImportRun.id).where(ImportRun.state == "waiting").order_by(ImportRun.id)))


def _people(session: Session, viewer: Viewer, condition: ColumnElement[bool]) -> list[PersonOnFile]:
    return [PersonOnFile(*row) for row in session.execute(_person_columns(viewer).where(condition).order_by(Person.id))]


def _person_columns(viewer: Viewer) -> Any:
    visible = person_visible(viewer)
    columns = (Person.id, Person.reference, Person.source_key, Person.surname, Person.forenames, Person.born_on)
    return select(*columns, visible.label("may_open")).where(or_(visible, person_known_of(viewer)))


def _orders(session: Session, viewer: Viewer, condition: ColumnElement[bool]) -> list[OrderOnFile]:
    may_open = and_(person_visible(viewer), record_visible(viewer))
    known_of = and_(or_(person_visible(viewer), person_known_of(viewer)), or_(record_visible(viewer), record_known_of(viewer)))
    found = select(Record.id, Record.reference, Record.source_key, may_open).join(Person, Person.id == Record.person_id)
    wanted = found.where(condition, known_of, Record.kind == "order").order_by(Record.id)
    return [OrderOnFile(*row) for row in session.execute(wanted)]


def _chunks(keys: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(keys)
    for first in range(0, len(ordered), AT_ONCE):
        yield ordered[first : first + AT_ONCE]


def has_imports_under_way(session: Session) -> bool:
    """Whether any file waits to be read, or was being read when last heard of."""
    under_way = select(ImportRun.id).where(ImportRun.state.in_(("waiting", "running"))).limit(1)
    return session.scalar(under_way) is not None

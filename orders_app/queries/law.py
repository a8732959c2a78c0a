"""What was entered into the tables of law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from orders_app.models import Deadline, Event, LawChange, Order, Record, Registration
from orders_app.queries.visibility import Viewer, records_hidden
from orders_app.rules.alerting import AlertClass
from orders_app.rules.law_entries import DayEntry, Entry, ProvisionEntry
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.provisions import InForce
from orders_app.rules.record_spec import RecordType
from orders_app.rules.registrations.declaration import REGISTRATION


@dataclass(frozen=True)
class Entered:
    """Everything that was entered, oldest first, and the number of the last entry (0 where there is none)."""

    entries: tuple[Entry, ...]
    last: int


def entered(session: Session) -> Entered:
    """Return everything that was entered, in one statement: an entry has rows or days, never both."""
    together = select(LawChange).options(joinedload(LawChange.provisions), joinedload(LawChange.days)).order_by(LawChange.id)
    changes = session.scalars(together).unique().all()
    return Entered(tuple(entry_of(change) for change in changes), changes[-1].id if changes else 0)


def last_entry(session: Session) -> int:
    """Return the number of the last entry, 0 where there is none."""
    return session.scalar(select(func.max(LawChange.id))) or 0


def changes(session: Session) -> Sequence[LawChange]:
    """Return every entry, newest first, with its rows, its days and who made it, in four statements."""
    return session.scalars(_whole().order_by(LawChange.id.desc())).all()


def records_touched(session: Session, viewer: Viewer, entry: Entry) -> Sequence[int]:
    """Return the keys of the records the viewer may see whose deadlines an entry may move: all of them, and some that it does not."""
    found = [_with_clocks_over(entry.days)] if entry.days else []
    if entry.provisions:
        codes = frozenset(new.row.code for new in entry.provisions)
        found += _with_events_since(codes, min(new.row.in_force_from for new in entry.provisions))
    hidden = records_hidden(viewer)
    return sorted({key for statement in found for key in session.scalars(statement.where(Record.id.not_in(hidden)))})


def _with_clocks_over(days: tuple[DayEntry, ...]) -> Select[int]:
    """Records with an hour clock that began before the last of these days was over and ran into the first."""
    first_on, last_on = min(day.on for day in days), max(day.on for day in days)
    clocks = select(Record.id).join(Deadline, Deadline.record_id == Record.id).join(Event, Event.id == Deadline.started_by_id)
    return clocks.where(Deadline.alert_class == AlertClass.HOUR_CLOCK, Deadline.due_on >= first_on, Event.happened_on <= last_on).distinct()


def _with_events_since(codes: frozenset[str], day: date) -> Iterator[Select[int]]:
    """Records of the types whose duties depend on a provision, with anything that happened on or after a day."""
    types = [kind.code for kind in ORDER_TYPES.values() if _depends(kind, codes)]
    if types:
        happened = select(Order.id).join(Event, Event.record_id == Order.id)
        yield happened.where(Order.order_type.in_(types), Event.happened_on >= day).distinct()
    if _depends(REGISTRATION, codes):
        happened = select(Registration.id).join(Event, Event.record_id == Registration.id)
        yield happened.where(Event.happened_on >= day).distinct()


def _depends(kind: RecordType, codes: frozenset[str]) -> bool:
    return any({duty.since, duty.until} & codes for duty in kind.duties)


def entry_of(change: LawChange) -> Entry:
    """Return an entry as the rules read it. Its rows and days are loaded."""
    rows = tuple(
        ProvisionEntry(
            InForce(row.code, row.area, row.in_force_from, row.in_force_until, change.citation, change.url, change.note), row.is_withdrawn
        )
        for row in change.provisions
    )
    days = tuple(DayEntry(day.falls_on, day.name, day.is_statutory, day.is_safe) for day in change.days)
    return Entry(rows, days, change.covers_until)


def _whole() -> Select[LawChange]:
    return select(LawChange).options(joinedload(LawChange.entered_by), selectinload(LawChange.provisions), selectinload(LawChange.days))

"""Whose work is it: the deadlines an officer, or a team, has to see to, earliest first.

A deadline is listed once it has raised an alert, or falls due in the next 30 days. Rows the viewer may not open are in no
list and no count. Every count here comes from the same conditions, so that menu, tab and title agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, false, func, literal, or_, select, true, tuple_, union
from sqlalchemy.orm import Session

from orders_app.models import Alert, Deadline, Order, Person, Record, User
from orders_app.queries.alert_stages import is_live
from orders_app.queries.availability import people_at_work
from orders_app.queries.deadline_numbers import number_of
from orders_app.queries.visibility import (
    Viewer,
    known_but_closed,
    person_visible,
    record_found,
    record_visible,
    records_restricted,
)
from orders_app.rules.access import Access, Permission
from orders_app.rules.alerting import Band, midnight_ending, shown_until, soon_until
from orders_app.rules.calendars import Due
from orders_app.rules.spec import RuleClass

RESTRICTED_SHOWN = 10
TEAM_HAS_IT = 0
orders = Order.__table__
records = Record.__table__
_place: ColumnElement[int] = number_of(Deadline.__table__.c.record_id, Deadline.__table__.c.id)
_open_alert = and_(Alert.deadline_id == Deadline.id, Alert.closed_at.is_(None))


class WorkTab(StrEnum):
    """The views of My work. The values are in addresses."""

    MINE = "mine"
    TEAM = "team"
    WAITING = "waiting"


@dataclass(frozen=True)
class WorkFilter:
    """What the reader narrowed the list to: alert classes (none for all), whose rule it is, and the key of the officer who has it
    (TEAM_HAS_IT)."""

    alert_classes: frozenset[str] = frozenset()
    rule_class: str = ""
    holder_id: int | None = None


@dataclass(frozen=True)
class Tally:
    """How many deadlines of one band, kind and rule one officer of a list has; holder_id is TEAM_HAS_IT where none has."""

    band: Band
    alert_class: str
    rule_class: str
    holder_id: int
    count: int


@dataclass(frozen=True)
class WorkRow:
    """One deadline in a list. `number` tells it from others of its record in addresses; `alert` is the open one, if any.

    `kind` is the kind of the record; `order_type` is empty where it is no order.

    `is_open_to_all`: neither the record nor its person is restricted or sealed. `given_to` is the user name of the officer the
    deadline was given to, empty where it was given to nobody in person.
    """

    deadline: Deadline
    alert: Alert | None
    reference: str
    number: int
    kind: str
    order_type: str
    person_reference: str
    surname: str
    forenames: str
    owner_id: int | None
    is_open_to_all: bool
    given_to: str

    def is_listed(self, now: datetime) -> bool:
        """Whether it has raised an alert or falls due within the days that lists show."""
        return self.alert is not None or self.deadline.act_by_at <= shown_until(now)


def mine_counted(viewer: Viewer, now: datetime) -> ScalarSelect[int]:
    """How many deadlines wait for the viewer, as part of another statement."""
    return _counted(viewer, now, WorkTab.MINE)


def tab_counts(session: Session, viewer: Viewer, now: datetime) -> dict[WorkTab, int]:
    """Return how many deadlines each tab holds, in one statement."""
    counts = [_counted(viewer, now, tab) for tab in WorkTab]
    return dict(zip(WorkTab, session.execute(select(*counts)).one(), strict=True))


def tally(session: Session, viewer: Viewer, now: datetime, tab: WorkTab) -> list[Tally]:
    """Return the numbers behind a tab's bands and filters, in one statement."""
    band = case(
        (Deadline.act_by_at <= now, literal(Band.OVERDUE.value)),
        (Deadline.act_by_at <= soon_until(now), literal(Band.SOON.value)),
        else_=Band.LATER.value,
    )
    by = (band.label("band"), Deadline.alert_class, Deadline.rule_class, _holder().label("holder"))
    groups = _listed(select(*by, func.count()), viewer, now, tab).group_by("band", Deadline.alert_class, Deadline.rule_class, "holder")
    return [Tally(Band(row[0]), *row[1:]) for row in session.execute(groups)]


def work_rows(
    session: Session, viewer: Viewer, now: datetime, tab: WorkTab, wanted: WorkFilter, *, first: int = 0, at_most: int | None = None
) -> list[WorkRow]:
    """Return the rows of one page of a tab, earliest first, in one statement."""
    rows = _narrowed(_listed(_row_columns(), viewer, now, tab), wanted)
    rows = rows.order_by(Deadline.act_by_at, Deadline.id).offset(first).limit(at_most)
    return [_row(row) for row in session.execute(rows)]


def rows_of_person(session: Session, viewer: Viewer, now: datetime, person_id: int) -> list[WorkRow]:
    """Return every open deadline of a person that the viewer may open, earliest first, in one statement."""
    found = _visible(_row_columns(), viewer).where(Deadline.person_id == person_id, is_live(now), record_found(viewer))
    return [_row(row) for row in session.execute(found.order_by(Deadline.act_by_at, Deadline.id))]


def find_row(session: Session, viewer: Viewer, reference: str, number: int) -> WorkRow | None:
    """Return one deadline by its record's reference and its number there, or None if there is none the viewer may open."""
    found = _visible(_row_columns(), viewer).where(records.c.reference == reference.upper(), _place == number)
    row = session.execute(found).one_or_none()
    return _row(row) if row else None


def find_rows(session: Session, viewer: Viewer, wanted: Iterable[tuple[str, int]]) -> list[WorkRow]:
    """Return those of some deadlines, by reference and number, that the viewer may open, in one statement."""
    pairs = sorted(set(wanted))
    found = _visible(_row_columns(), viewer).where(records.c.reference.in_({reference for reference, _ in pairs}))
    return [_row(row) for row in session.execute(found.where(tuple_(records.c.reference, _place).in_(pairs)))]


def next_after(session: Session, viewer: Viewer, now: datetime) -> WorkRow | None:
    """Return the viewer's next deadline beyond those listed, or None."""
    later = and_(is_live(now), Alert.id.is_(None), Deadline.act_by_at > shown_until(now), Deadline.id.in_(_mine(viewer, None)))
    found = _visible(_row_columns(), viewer).where(later).order_by(Deadline.act_by_at, Deadline.id).limit(1)
    row = session.execute(found).one_or_none()
    return _row(row) if row else None


def open_to_all(session: Session, viewer: Viewer, now: datetime, until: datetime) -> list[Due]:
    """Return the viewer's open deadlines up to a moment on records that everybody may see, in one statement.

    What waits on somebody else is among them: its date stands. What is restricted or sealed is not, whoever looks.
    """
    if not viewer.may(Permission.ALERT_WORK):
        return []
    said = (Deadline.act_by_at, Deadline.due_at.is_not(None), Deadline.rule_class == RuleClass.LAW)
    found = _visible(select(Deadline.id, records.c.reference, _place, *said), viewer)
    found = found.where(_is_open_to_all(), is_live(now), Deadline.act_by_at <= until, Deadline.id.in_(_mine(viewer, until)))
    return [Due(*row) for row in session.execute(found.order_by(Deadline.act_by_at, Deadline.id))]


def count_restricted(session: Session, viewer: Viewer, now: datetime, tab: WorkTab) -> int:
    """Return how many 'Restricted' rows to show last: records known of and not to be opened, never sealed ones."""
    rows = _joined(select(Deadline.record_id)).where(
        Deadline.record_id.in_(records_restricted()), known_but_closed(viewer), _in_tab(viewer, now, tab)
    )
    rows = rows.distinct().limit(RESTRICTED_SHOWN)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _counted(viewer: Viewer, now: datetime, tab: WorkTab) -> ScalarSelect[int]:
    return _listed(select(func.count(Deadline.id)), viewer, now, tab).scalar_subquery()


def _holder() -> ColumnElement[int]:
    """Who has a deadline: whoever its alert went to, for that follows who is here; before an alert whoever it was given to or owns it."""
    given = func.coalesce(Deadline.assigned_to_id, records.c.owner_id)
    return func.coalesce(case((Alert.id.is_not(None), Alert.recipient_id), else_=given), TEAM_HAS_IT)


def _row_columns() -> Select[Any]:
    given_to = select(User.username).where(User.id == Deadline.assigned_to_id).correlate(Deadline).scalar_subquery()
    who = (Person.reference, Person.surname, Person.forenames, records.c.owner_id, _is_open_to_all(), func.coalesce(given_to, ""))
    return select(Deadline, Alert, records.c.reference, _place, records.c.kind, func.coalesce(orders.c.order_type, ""), *who)


def _is_open_to_all() -> ColumnElement[bool]:
    return and_(records.c.access == Access.OPEN, Person.access == Access.OPEN)


def _row(row: Any) -> WorkRow:
    return WorkRow(*row)


def _joined(statement: Select[Any]) -> Select[Any]:
    source = Deadline.__table__.join(records, records.c.id == Deadline.record_id).join(Person.__table__, Person.id == Deadline.person_id)
    return statement.select_from(source.outerjoin(orders, orders.c.id == records.c.id).outerjoin(Alert.__table__, _open_alert))


def _visible(statement: Select[Any], viewer: Viewer) -> Select[Any]:
    return _joined(statement).where(person_visible(viewer), record_visible(viewer))


def _listed(statement: Select[Any], viewer: Viewer, now: datetime, tab: WorkTab) -> Select[Any]:
    return _visible(statement, viewer).where(_in_tab(viewer, now, tab))


def _narrowed(statement: Select[Any], wanted: WorkFilter) -> Select[Any]:
    if wanted.alert_classes:
        statement = statement.where(Deadline.alert_class.in_(sorted(wanted.alert_classes)))
    if wanted.rule_class:
        statement = statement.where(Deadline.rule_class == wanted.rule_class)
    if wanted.holder_id is not None:
        statement = statement.where(_holder() == wanted.holder_id)
    return statement


def _in_tab(viewer: Viewer, now: datetime, tab: WorkTab) -> ColumnElement[bool]:
    has_come = or_(Alert.id.is_not(None), Deadline.act_by_at <= shown_until(now))
    until = shown_until(now)
    whose = _of_the_team(viewer, until) if tab is WorkTab.TEAM else _mine(viewer, until)
    return and_(is_live(now), has_come, Deadline.id.in_(whose), _is_waiting(now, tab))


def _is_waiting(now: datetime, tab: WorkTab) -> ColumnElement[bool]:
    """What waits on somebody else comes back to whoever hears of it with each new warning until that is acknowledged, and on the
    day it falls due: nothing is lost by waiting.
    """
    says_nothing_new = or_(Alert.id.is_(None), Alert.acknowledged_at.is_not(None))
    is_waiting = and_(Deadline.waiting_on != "", Deadline.act_by_at > midnight_ending(now, 0), says_nothing_new)
    return {WorkTab.MINE: ~is_waiting, WorkTab.WAITING: is_waiting, WorkTab.TEAM: true()}[tab]


def _mine(viewer: Viewer, until: datetime | None) -> Select[Any]:
    """Deadlines of the officer's up to a moment (or all), and whatever has raised an alert that is theirs to hear."""
    given = select(Deadline.id).where(Deadline.assigned_to_id == viewer.user_id, _is_open(until))
    owned = _of_records(records.c.owner_id == viewer.user_id, until).where(_is_with_nobody_at_work())
    heard = select(Alert.deadline_id).where(Alert.recipient_id == viewer.user_id, Alert.closed_at.is_(None))
    passed_up = select(Alert.deadline_id).where(Alert.escalated_to_id == viewer.user_id, Alert.closed_at.is_(None))
    return _any_of(given, owned, heard, passed_up)


def _is_with_nobody_at_work() -> ColumnElement[bool]:
    """Given to nobody, or to somebody who has left. Asked of the few at work: PostgreSQL would work out who they are for each record."""
    at_work = people_at_work().subquery("at_work")
    return ~select(at_work.c.id).where(at_work.c.id == Deadline.assigned_to_id).exists()


def _of_the_team(viewer: Viewer, until: datetime) -> Select[Any]:
    """Of somebody in no team nothing: whatever has no team either is not theirs."""
    if viewer.team_id is None:
        return select(Deadline.id).where(false())
    members = select(User.id).where(User.team_id == viewer.team_id)
    given = select(Deadline.id).where(Deadline.assigned_to_id.in_(members), _is_open(until))
    held = _of_records(records.c.team_id == viewer.team_id, until)
    owned = _of_records(and_(records.c.owner_id.in_(members), records.c.team_id.is_(None)), until)
    heard = select(Alert.deadline_id).where(Alert.team_id == viewer.team_id, Alert.closed_at.is_(None))
    return _any_of(given, held, owned, heard)


def _of_records(condition: ColumnElement[bool], until: datetime | None) -> Select[Any]:
    source = Deadline.__table__.join(records, records.c.id == Deadline.record_id)
    return select(Deadline.id).select_from(source).where(condition, _is_open(until))


def _any_of(*selections: Select[Any]) -> Select[Any]:
    found = union(*(selection.correlate(None) for selection in selections)).subquery()
    return select(found.c[0])


def _is_open(until: datetime | None) -> ColumnElement[bool]:
    in_time = Deadline.act_by_at <= until if until else true()
    return and_(Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None), in_time)

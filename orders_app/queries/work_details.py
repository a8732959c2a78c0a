"""What a list of deadlines says beside each: whom the order protects, what is listed at court, and the names of officers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from orders_app.models import Alert, Deadline, DeadlineNote, Event, Person, ProtectedPerson, User
from orders_app.queries.visibility import Viewer, person_visible
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.facts import EventKind

_OF_HEARINGS = (
    EventKind.HEARING_LISTED,
    EventKind.HEARING_HELD,
    EventKind.ADJOURNED,
    EventKind.APPLICATION_GRANTED,
    EventKind.APPLICATION_REFUSED,
)


@dataclass(frozen=True)
class WorkDetails:
    """By record: the protected people whom the viewer may see, as (surname, forenames), and the hearing to come. By key: officers."""

    protects: Mapping[int, list[tuple[str, str]]]
    hearings: Mapping[int, Event]
    officers: Mapping[int, str]


def details_of(session: Session, viewer: Viewer, rows: Iterable[WorkRow]) -> WorkDetails:
    """Return what the rows of one page need, in three statements."""
    rows = list(rows)
    record_ids = [row.deadline.record_id for row in rows]
    return WorkDetails(_protects(session, viewer, record_ids), _hearings(session, record_ids), officers(session, _officer_ids(rows)))


def officers(session: Session, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return officers' display names by key."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    return {user.id: user.display_name for user in session.scalars(select(User).where(User.id.in_(wanted)))}


def alerts_of(session: Session, deadline_id: int) -> list[Alert]:
    """Return every alert there ever was of a deadline, newest first, with the people in it."""
    people = (joinedload(Alert.recipient), joinedload(Alert.acknowledged_by), joinedload(Alert.escalated_to), joinedload(Alert.team))
    return list(session.scalars(select(Alert).where(Alert.deadline_id == deadline_id).options(*people).order_by(Alert.id.desc())))


def notes_of(session: Session, deadline_id: int) -> list[DeadlineNote]:
    """Return the notes beside a deadline, newest first, each with its writer."""
    found = select(DeadlineNote).where(DeadlineNote.deadline_id == deadline_id).options(joinedload(DeadlineNote.written_by))
    return list(session.scalars(found.order_by(DeadlineNote.id.desc())))


def username_of(session: Session, deadline: Deadline) -> str:
    """Return the user name of the officer a deadline was given to; empty where it was given to nobody."""
    if deadline.assigned_to_id is None:
        return ""
    return session.scalar(select(User.username).where(User.id == deadline.assigned_to_id)) or ""


def _officer_ids(rows: Iterable[WorkRow]) -> Iterable[int | None]:
    for row in rows:
        yield from (row.owner_id, row.deadline.assigned_to_id)
        if row.alert:
            yield from (row.alert.acknowledged_by_id, row.alert.escalated_to_id, row.alert.recipient_id)


def _protects(session: Session, viewer: Viewer, record_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    found = select(ProtectedPerson.order_id, Person.surname, Person.forenames).join(Person, Person.id == ProtectedPerson.person_id)
    found = found.where(ProtectedPerson.order_id.in_(record_ids), person_visible(viewer)).order_by(ProtectedPerson.id)
    protects: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for order_id, surname, forenames in session.execute(found):
        protects[order_id].append((surname, forenames))
    return protects


def _hearings(session: Session, record_ids: list[int]) -> dict[int, Event]:
    """The hearing each record is waiting for: the last of these events, where it is a listing."""
    found = select(Event).where(Event.record_id.in_(record_ids), Event.kind.in_(_OF_HEARINGS), Event.voided_at.is_(None))
    last = {event.record_id: event for event in session.scalars(found.order_by(Event.happened_on, Event.happened_at, Event.id))}
    return {record_id: event for record_id, event in last.items() if event.kind == EventKind.HEARING_LISTED}

"""What a list of deadlines says beside each: whom the order protects, what happened to it, and the names of officers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from orders_app.models import Deadline, Event, Person, ProtectedPerson, User
from orders_app.queries.visibility import Viewer, person_visible
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.alerting import Snoozing, snoozing
from orders_app.rules.facts import EventKind
from orders_app.rules.london import last_day_before
from orders_app.rules.spec import RuleClass

OF_HEARINGS = (
    EventKind.HEARING_LISTED,
    EventKind.HEARING_HELD,
    EventKind.ADJOURNED,
    EventKind.APPLICATION_GRANTED,
    EventKind.APPLICATION_REFUSED,
)


@dataclass(frozen=True)
class Happened:
    """By record: the hearing to come, how often service was attempted, and breaches reported, in turn. By key: the events that
    started the deadlines."""

    hearings: Mapping[int, Event] = field(default_factory=dict)
    attempts: Mapping[int, int] = field(default_factory=dict)
    events: Mapping[int, Event] = field(default_factory=dict)
    breaches: Mapping[int, Sequence[Event]] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkDetails:
    """By record: the protected people whom the viewer may see, as (surname, forenames), and what happened. By key: officers."""

    protects: Mapping[int, list[tuple[str, str]]]
    happened: Happened
    officers: Mapping[int, str]


@dataclass(frozen=True)
class Holder:
    """An officer who has deadlines: what they are called in addresses and on pages."""

    username: str
    display_name: str


def details_of(session: Session, viewer: Viewer, rows: Iterable[WorkRow]) -> WorkDetails:
    """Return what the rows of one page need, in three statements."""
    rows = list(rows)
    record_ids = [row.deadline.record_id for row in rows]
    return WorkDetails(_protects(session, viewer, record_ids), _happened(session, rows), officers(session, _officer_ids(rows)))


def what_happened(events: Iterable[Event]) -> Happened:
    """Return what lists say of these events, which are in the order in which they happened.

    A record waits for a hearing where the last of what happened about hearings is a listing.
    """
    events = list(events)
    last = {event.record_id: event for event in events if event.kind in OF_HEARINGS}
    listed = {record_id: event for record_id, event in last.items() if event.kind == EventKind.HEARING_LISTED}
    attempts = Counter(event.record_id for event in events if event.kind == EventKind.SERVICE_ATTEMPTED)
    breaches: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind == EventKind.BREACH_REPORTED:
            breaches[event.record_id].append(event)
    return Happened(listed, attempts, {event.id: event for event in events}, breaches)


def officers(session: Session, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return officers' display names by key."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    return {user.id: user.display_name for user in session.scalars(select(User).where(User.id.in_(wanted)))}


def holders(session: Session, user_ids: Iterable[int]) -> dict[int, Holder]:
    """Return officers by key, in order of their names. One statement, or none for nobody."""
    wanted = set(user_ids)
    found = session.scalars(select(User).where(User.id.in_(wanted)).order_by(User.name, User.id)) if wanted else ()
    return {user.id: Holder(user.username, user.display_name) for user in found}


def snoozing_of(session: Session, row: WorkRow, now: datetime) -> Snoozing:
    """Return how long the alert of a deadline may be quiet. One statement."""
    of_law = (Deadline.record_id == row.deadline.record_id, Deadline.rule_class == RuleClass.LAW, Deadline.act_by_at > now)
    first = select(func.min(Deadline.act_by_at)).where(*of_law, Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None))
    at = session.scalar(first)
    next_on = last_day_before(at) if at else None
    return snoozing(row.deadline.act_by_at, is_law=row.deadline.rule_class == RuleClass.LAW, next_statutory_on=next_on, now=now)


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


def _happened(session: Session, rows: list[WorkRow]) -> Happened:
    kinds = (*OF_HEARINGS, EventKind.SERVICE_ATTEMPTED, EventKind.BREACH_REPORTED)
    told_of = and_(Event.record_id.in_({row.deadline.record_id for row in rows}), Event.kind.in_(kinds), Event.voided_at.is_(None))
    started = Event.id.in_({row.deadline.started_by_id for row in rows})
    found = select(Event).where(or_(told_of, started)).order_by(Event.happened_on, Event.happened_at, Event.id)
    return what_happened(session.scalars(found))

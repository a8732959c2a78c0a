"""What a person's page shows beside the person, the orders and what falls due: who is connected, who recorded what, who looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, null, or_, select, union, union_all
from sqlalchemy.orm import Session

from orders_app.models import Alert, AuditEvent, Deadline, Event, Order, Person, ProtectedPerson, Record, Registration, User
from orders_app.queries.visibility import Viewer, order_visible, record_found, record_known_of, records_hidden
from orders_app.rules.access import Permission

CHANGES_SHOWN = 40
OF_A_PERSON = ("people", "aliases", "identifiers", "addresses", "markers", "custody_periods", "access_grants")
LOOKED = ("person.viewed", "order.viewed", "registration.viewed")
_TEXTS = 5


@dataclass(frozen=True)
class Linked:
    """Somebody else in an order: whom it protects, or whom it binds where this person is the one protected."""

    reference: str
    surname: str
    forenames: str
    order_reference: str
    order_type: str


@dataclass(frozen=True)
class Surroundings:
    """Who is connected to a person, who recorded each event (by its key), what the officers are called whom the deadlines name
    (by theirs), who supervises, how many others looked, and how many orders and registrations may only be known of."""

    protected: tuple[Linked, ...]
    protected_from: tuple[Linked, ...]
    recorded_by: Mapping[int, str]
    officers: Mapping[int, str]
    supervisors: tuple[str, ...]
    looked: int
    restricted_orders: int
    restricted_registrations: int


def surroundings(session: Session, viewer: Viewer, person_id: int, looked_since: datetime) -> Surroundings:
    """Return what stands around a person that the viewer may open. One statement."""
    parts = (
        _protected(viewer, person_id),
        _protected_from(viewer, person_id),
        _recorders(person_id),
        _officers(person_id),
        _supervisors(viewer, person_id),
        _looked(viewer, person_id, looked_since),
        _restricted(viewer, person_id),
        _restricted_registrations(viewer, person_id),
    )
    everything = union_all(*parts).subquery()
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(select(everything).order_by(everything.c.part, everything.c.t1, everything.c.t2, everything.c.key)):
        rows[row.part].append(row)
    return Surroundings(
        protected=tuple(_linked(row) for row in rows["protected"]),
        protected_from=tuple(_linked(row) for row in rows["protected_from"]),
        recorded_by={row.key: _called(row) for row in rows["recorder"]},
        officers={row.key: _called(row) for row in rows["officer"]},
        supervisors=tuple(_called(row) for row in rows["supervisor"]),
        looked=rows["looked"][0].key,
        restricted_orders=rows["restricted"][0].key,
        restricted_registrations=rows["restricted_registrations"][0].key,
    )


def changes_to_person(session: Session, person_id: int) -> list[AuditEvent]:
    """Return the latest changes to what is known of a person, newest first. One statement."""
    changes = select(AuditEvent).where(AuditEvent.person_id == person_id, AuditEvent.subject_type.in_(OF_A_PERSON))
    changes = changes.where(AuditEvent.action.not_in(LOOKED))
    return list(session.scalars(changes.order_by(AuditEvent.id.desc()).limit(CHANGES_SHOWN)))


def last_change(session: Session, person_id: int) -> AuditEvent | None:
    """Return the latest change to what is known of a person."""
    return next(iter(changes_to_person(session, person_id)), None)


def _protected(viewer: Viewer, person_id: int) -> Select[Any]:
    """Those whom this person's orders protect. The subject may be opened by the viewer, or the page would not be shown."""
    columns = (Person.reference, Person.surname, Person.forenames, Order.reference, Order.order_type)
    part = _part("protected", ProtectedPerson.id, *columns).select_from(ProtectedPerson)
    part = part.join(Person, Person.id == ProtectedPerson.person_id).join(Order, Order.id == ProtectedPerson.order_id)
    return part.where(Order.person_id == person_id, order_visible(viewer))


def _protected_from(viewer: Viewer, person_id: int) -> Select[Any]:
    columns = (Person.reference, Person.surname, Person.forenames, Order.reference, Order.order_type)
    part = _part("protected_from", ProtectedPerson.id, *columns).select_from(ProtectedPerson)
    part = part.join(Order, Order.id == ProtectedPerson.order_id).join(Person, Person.id == Order.person_id)
    return part.where(ProtectedPerson.person_id == person_id, order_visible(viewer))


def _recorders(person_id: int) -> Select[Any]:
    part = _part("recorder", Event.id, User.rank, User.collar_number, User.name).select_from(Event)
    return part.join(User, User.id == Event.recorded_by_id).where(Event.person_id == person_id)


def _officers(person_id: int) -> Select[Any]:
    """Everybody whom an open deadline of the person names, in whatever part."""
    deadlines = Deadline.__table__.c
    of_person = and_(deadlines.person_id == person_id, deadlines.met_by_id.is_(None), deadlines.cancelled_at.is_(None))
    alerts = select(Alert.recipient_id, Alert.escalated_to_id, Alert.acknowledged_by_id).join(Deadline, Alert.deadline_id == deadlines.id)
    open_alerts = alerts.where(of_person, Alert.closed_at.is_(None)).subquery()
    owners = select(Record.owner_id).where(Record.person_id == person_id)
    named = union(*(select(column) for column in open_alerts.c), select(deadlines.assigned_to_id).where(of_person), owners).subquery()
    return _part("officer", User.id, User.rank, User.collar_number, User.name).where(User.id.in_(select(named.c[0])))


def _supervisors(viewer: Viewer, person_id: int) -> Select[Any]:
    """Who leads a team that holds a record of the person which the viewer may open."""
    teams = select(Record.team_id).where(Record.person_id == person_id, record_found(viewer))
    part = _part("supervisor", User.id, User.rank, User.collar_number, User.name)
    return part.where(User.leads_team, User.is_active, User.team_id.in_(teams))


def _looked(viewer: Viewer, person_id: int, since: datetime) -> Select[Any]:
    """How many others looked at the person, or at a record of theirs that the viewer may open too."""
    looked = func.count(AuditEvent.actor_id.distinct())
    others = _part("looked", looked).where(AuditEvent.actor_id != viewer.user_id, AuditEvent.action.in_(LOOKED), AuditEvent.at >= since)
    seen = or_(AuditEvent.record_id.is_(None), AuditEvent.record_id.not_in(records_hidden(viewer)))
    return others.where(AuditEvent.person_id == person_id, seen)


def _restricted(viewer: Viewer, person_id: int) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [Order.person_id == person_id, record_known_of(viewer)]
    if not viewer.may(Permission.ORDER_VIEW_ENDED):
        conditions.append(Order.ended_on.is_(None))
    return _part("restricted", func.count(Order.id)).select_from(Order).where(*conditions)


def _restricted_registrations(viewer: Viewer, person_id: int) -> Select[Any]:
    part = _part("restricted_registrations", func.count(Registration.id)).select_from(Registration)
    return part.where(Registration.person_id == person_id, record_known_of(viewer))


def _part(name: str, key: Any, *texts: Any) -> Select[Any]:
    padded = [*texts, *(cast(null(), String) for _ in range(_TEXTS - len(texts)))]
    return select(literal(name).label("part"), key.label("key"), *(text.label(f"t{n}") for n, text in enumerate(padded)))


def _called(row: Any) -> str:
    return " ".join(part for part in (row.t0, row.t1, row.t2) if part)


def _linked(row: Any) -> Linked:
    return Linked(row.t0, row.t1, row.t2, row.t3, row.t4)

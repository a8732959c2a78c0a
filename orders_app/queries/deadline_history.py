"""Everything that happened to one deadline: its alerts, who was told, what was written and handed over, and every change of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, literal, select, union, union_all
from sqlalchemy.orm import Session, aliased

from orders_app.models import Alert, AlertEscalation, AlertMove, AuditEvent, Deadline, DeadlineNote, Delivery, Event, HandOver, Team, User
from orders_app.queries.event_numbers import number_of_event
from orders_app.queries.work_details import officers
from orders_app.rules.deliveries import State

WENT = (State.SENT, State.UNCERTAIN, State.REFUSED)
TEXTS = ("by", "whom", "words", "more")
NOTHING, CERTAIN = literal(""), literal(True)


class Part(StrEnum):
    """What kind of thing happened."""

    RAISED = "raised"
    CLOSED = "closed"
    ESCALATED = "escalated"
    MOVED = "moved"
    REOPENED = "reopened"
    NOTED = "noted"
    HANDED_OVER = "handed_over"
    MAILED = "mailed"


@dataclass(frozen=True)
class Happening:
    """One thing that happened. `row_id` is the alert's key where it is about one, `by` whoever did it, `whom` whoever was told or given.

    `words` is the stage, why an alert closed or left somebody, the text of a note, who had a record before, or what became of an
    e-mail; `more` the note of a hand-over, or who had heard an alert. An alert leaves `by`, whom nobody can reach any more.
    `is_certain` is false for a hand-over that took only some deadlines along.
    """

    part: Part
    at: datetime
    row_id: int
    by: str
    whom: str
    words: str
    more: str
    is_certain: bool


@dataclass(frozen=True)
class Meeting:
    """An event that met a deadline, and its number on the record."""

    event: Event
    number: int


@dataclass(frozen=True)
class DeadlineHistory:
    """What happened, the changes that were logged (oldest first), what the officers in them are called, and the events that met
    it, now or before, by key."""

    happenings: Sequence[Happening]
    changes: Sequence[AuditEvent]
    officers: Mapping[int, str]
    met_by: Mapping[int, Meeting]


def history_of(session: Session, deadline: Deadline) -> DeadlineHistory:
    """Return everything that happened to a deadline that the reader may open, in four statements."""
    parts = (
        _raised(deadline.id), _closed(deadline.id), _escalated(deadline.id), _moved(deadline.id), _noted(deadline.id),
        _handed_over(deadline.record_id), _mailed(deadline.id),
    )  # fmt: skip
    happenings = [_happening(row) for row in session.execute(union_all(*parts))]
    changes = list(session.scalars(select(AuditEvent).where(AuditEvent.id.in_(_logged(deadline.id))).order_by(AuditEvent.id)))
    return DeadlineHistory(happenings, changes, officers(session, _officers_in(changes)), _met_by(session, deadline, changes))


def _met_by(session: Session, deadline: Deadline, changes: Iterable[AuditEvent]) -> dict[int, Meeting]:
    logged = [row.changes["met_by_id"] for row in changes if "met_by_id" in row.changes]
    keys = {deadline.met_by_id, *(change["to"] for change in logged)} - {None}
    found = select(Event, number_of_event()).where(Event.id.in_(keys), Event.record_id == deadline.record_id)
    return {event.id: Meeting(event, number) for event, number in session.execute(found)} if keys else {}


def _happening(row: Any) -> Happening:
    part, at, row_id, by, whom, words, more, is_certain = row
    return Happening(Part(part), at, row_id, _tidied(by), _tidied(whom), words, more, bool(is_certain))


def _tidied(name: str) -> str:
    return " ".join(name.split())


def _raised(deadline_id: int) -> Select[Any]:
    hears = func.coalesce(_called(User), Team.name, "")
    first = select(func.min(AlertMove.was_raised_at)).where(AlertMove.alert_id == Alert.id).correlate(Alert).scalar_subquery()
    found = _told(Part.RAISED, func.coalesce(first, Alert.raised_at), Alert.id, whom=hears, words=Alert.stage).select_from(Alert)
    found = found.outerjoin(User, User.id == Alert.recipient_id).outerjoin(Team, Team.id == Alert.team_id)
    return found.where(Alert.deadline_id == deadline_id)


def _closed(deadline_id: int) -> Select[Any]:
    found = _told(Part.CLOSED, Alert.closed_at, Alert.id, words=Alert.closed_because)
    return found.where(Alert.deadline_id == deadline_id, Alert.closed_at.is_not(None))


def _escalated(deadline_id: int) -> Select[Any]:
    told = aliased(User)
    found = _told(Part.ESCALATED, AlertEscalation.told_at, Alert.id, whom=_called(told)).select_from(AlertEscalation)
    found = found.join(Alert, Alert.id == AlertEscalation.alert_id).join(told, told.id == AlertEscalation.told_id)
    return found.where(Alert.deadline_id == deadline_id)


def _moved(deadline_id: int) -> Select[Any]:
    to, former, before = aliased(User), aliased(User), aliased(User)
    to_team, team_before = aliased(Team), aliased(Team)
    part = case((AlertMove.acknowledged_by_id.is_not(None), Part.REOPENED.value), else_=Part.MOVED.value)
    found = _told(
        part, AlertMove.moved_at, Alert.id, by=func.coalesce(_called(former), ""), words=AlertMove.because,
        whom=func.coalesce(_called(to), to_team.name, ""), more=func.coalesce(_called(before), team_before.name, ""),
    ).select_from(AlertMove).join(Alert, Alert.id == AlertMove.alert_id)  # fmt: skip
    found = found.outerjoin(to, to.id == AlertMove.to_id).outerjoin(to_team, to_team.id == AlertMove.to_team_id)
    found = found.outerjoin(before, before.id == AlertMove.from_id).outerjoin(team_before, team_before.id == AlertMove.from_team_id)
    found = found.outerjoin(former, former.id == func.coalesce(AlertMove.acknowledged_by_id, AlertMove.from_id))
    return found.where(Alert.deadline_id == deadline_id)


def _noted(deadline_id: int) -> Select[Any]:
    writer = aliased(User)
    found = _told(Part.NOTED, DeadlineNote.written_at, DeadlineNote.id, by=_called(writer), words=DeadlineNote.text)
    return found.join(writer, writer.id == DeadlineNote.written_by_id).where(DeadlineNote.deadline_id == deadline_id)


def _handed_over(record_id: int) -> Select[Any]:
    said = {"by": HandOver.handed_by, "whom": HandOver.given_to, "words": HandOver.held_by, "more": HandOver.note}
    found = _told(Part.HANDED_OVER, HandOver.handed_at, HandOver.id, is_certain=HandOver.is_whole, **said)
    return found.where(HandOver.record_id == record_id)


def _mailed(deadline_id: int) -> Select[Any]:
    reader = aliased(User)
    found = _told(Part.MAILED, Delivery.settled_at, Alert.id, whom=_called(reader), words=Delivery.state).select_from(Delivery)
    found = found.join(Alert, Alert.id == Delivery.alert_id).join(reader, reader.id == Delivery.user_id)
    return found.where(Alert.deadline_id == deadline_id, Delivery.settled_at.is_not(None), Delivery.state.in_(WENT))


def _told(part: Part | ColumnElement[str], at: Any, row_id: Any, *, is_certain: Any = CERTAIN, **texts: Any) -> Select[Any]:
    """The columns of one part, in the order in which a Happening has them. Texts that are not given are empty."""
    said = (cast(texts.get(name, NOTHING), Text) for name in TEXTS)
    return select(cast(literal(part.value) if isinstance(part, Part) else part, Text), at, row_id, *said, is_certain)


def _called(user: Any) -> ColumnElement[str]:
    name: ColumnElement[str] = user.rank + " " + user.collar_number + " " + user.name
    return name


def _logged(deadline_id: int) -> Any:
    """Keys of the rows of the log about the deadline or one of its alerts: each found by its own index."""
    own = select(AuditEvent.id).where(AuditEvent.subject_type == Deadline.__tablename__, AuditEvent.subject_id == deadline_id)
    alerts = select(Alert.id).where(Alert.deadline_id == deadline_id)
    of_alerts = select(AuditEvent.id).where(AuditEvent.subject_type == Alert.__tablename__, AuditEvent.subject_id.in_(alerts))
    return union(own, of_alerts).subquery().select()


def _officers_in(changes: Iterable[AuditEvent]) -> set[int | None]:
    given = [row.changes[key] for row in changes for key in ("assigned_to_id", "recipient_id") if key in row.changes]
    return {change[side] for change in given for side in ("from", "to")}

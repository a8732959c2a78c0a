"""What goes with a record that is handed over, and the hand-overs that somebody has yet to take note of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from orders_app.models import Alert, Deadline, HandOver, HandOverNotice, Person, Record
from orders_app.queries.visibility import Viewer, person_visible, record_visible

AT_MOST = 50


@dataclass(frozen=True)
class Goes:
    """One open deadline of a record: its row, its open alert if it has one, and whether it goes with the record by itself.

    One that was given to somebody who does not own the record stays with them.
    """

    deadline: Deadline
    alert: Alert | None
    is_owners: bool


@dataclass(frozen=True)
class Notice:
    """A hand-over to be told of, with the record and its person."""

    hand_over: HandOver
    kind: str
    reference: str
    person: Person


def what_goes(session: Session, record: Record) -> list[Goes]:
    """Return the open deadlines of a record, earliest first. One statement."""
    found = session.execute(open_deadlines(record.id).options(joinedload(Deadline.assigned_to)))
    return [Goes(deadline, alert, deadline.assigned_to_id in (None, record.owner_id)) for deadline, alert in found.all()]


def open_deadlines(record_id: int) -> Select[Deadline, Alert]:
    """Every open deadline of a record with its open alert."""
    joined = select(Deadline, Alert).outerjoin(Alert, (Alert.deadline_id == Deadline.id) & Alert.closed_at.is_(None))
    is_open = (Deadline.record_id == record_id, Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None))
    return joined.where(*is_open).order_by(Deadline.act_by_at, Deadline.id)


def notices(session: Session, viewer: Viewer) -> list[Notice]:
    """Return the hand-overs that the viewer has not taken note of, of records they may open, newest first, AT_MOST. One statement."""
    rows = session.execute(_of_viewer(viewer).order_by(HandOver.id.desc()).limit(AT_MOST)).all()
    return [Notice(handed, record.kind, record.reference, record.person) for _notice, handed, record in rows]


def notices_about(session: Session, viewer: Viewer, reference: str) -> Sequence[HandOverNotice]:
    """Return the viewer's own unseen notices about one record."""
    wanted = _of_viewer(viewer).where(Record.reference == reference).options(contains_eager(HandOverNotice.hand_over))
    return [notice for notice, _handed, _record in session.execute(wanted).all()]


def _of_viewer(viewer: Viewer) -> Select[HandOverNotice, HandOver, Record]:
    joined = select(HandOverNotice, HandOver, Record).join(HandOverNotice.hand_over).join(Record, Record.id == HandOver.record_id)
    joined = joined.join(Record.person).options(contains_eager(Record.person))
    mine = (HandOverNotice.user_id == viewer.user_id, HandOverNotice.seen_at.is_(None))
    return joined.where(*mine, person_visible(viewer), record_visible(viewer))

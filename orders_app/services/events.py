"""Rows of events, whatever kind of record they are on: made new, and kept as they were when they are corrected."""

from __future__ import annotations

from orders_app.models import Event, EventCorrection, Record
from orders_app.rules import facts as rules
from orders_app.services.new_orders import NewEvent
from orders_app.services.work import Work

UNSAVED = 1_000_000_000_000  # the key of an event that has none yet: sorts after every stored event of the same day


def new_event(work: Work, record: Record, new: NewEvent) -> Event:
    """Return the row of one event on a record, recorded now by whoever acts."""
    return Event(
        record_id=record.id, person_id=record.person_id, kind=new.kind.value, happened_on=new.on, happened_at=new.at,
        details=dict(new.details), note=new.note, recorded_at=work.now, recorded_by_id=work.actor.id,
    )  # fmt: skip


def rule_event(new: NewEvent, number: int) -> rules.Event:
    """Return an event as the rules read it, before it has a row."""
    return rules.Event(number, new.kind, new.on, new.at, {key: str(value) for key, value in new.details.items()})


def keep_former(work: Work, row: Event, reason: str) -> None:
    """Keep what an event says now, before it is changed or struck out."""
    former = {
        "happened_on": row.happened_on.isoformat(),
        "happened_at": row.happened_at.isoformat() if row.happened_at else None,
        "details": row.details,
        "note": row.note,
    }
    work.session.add(
        EventCorrection(event_id=row.id, corrected_at=work.now, corrected_by_id=work.actor.id, reason=reason.strip(), former=former)
    )
    row.corrected_at = work.now

"""An officer's calendar address: make one, end it, and say what is due to whoever reads it.

The calendar remembers what it last said of each deadline, so that what is no longer due is taken back and not just left
out. A read writes the difference alone, in at most three statements whatever the number of entries.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Table, bindparam, delete, insert, select, update

from orders_app.models import AuditEvent, CalendarAddress, CalendarEntry, User
from orders_app.models.audit import audit_row
from orders_app.queries import calendars, work_lists
from orders_app.rules.calendars import KEPT_CANCELLED, Due, told_until
from orders_app.services.errors import ChangedMeanwhile, NotFound
from orders_app.services.sign_in import ADDRESS_LIMIT, count_try, folded, token_hash
from orders_app.services.work import Work

entries = cast(Table, CalendarEntry.__table__)
addresses = cast(Table, CalendarAddress.__table__)
NO_ADDRESS = "calendar address"


@dataclass(frozen=True)
class Told:
    """One entry to write into a calendar. `due` is None where it is no longer due: then nothing of it is said but that."""

    uid: str
    sequence: int
    act_by_at: datetime
    is_hour_clock: bool
    changed_at: datetime
    due: Due | None


def make_address(work: Work, *, user_id: int, replaces: str | None = None) -> str:
    """Give an officer a new calendar address in place of the one they have; return its token, which is kept nowhere.

    `replaces` names the one they saw when they asked (see queries.calendars.name_of), where that matters. Raises NotFound where the
    officer has left, and ChangedMeanwhile where they have another address since: a page sent twice must not end what it gave.
    """
    officer = work.session.scalar(select(User).where(User.id == user_id, User.is_active).with_for_update())
    if officer is None:
        raise NotFound(NO_ADDRESS)
    if replaces is not None and replaces != calendars.name_of(calendars.address_of(work.session, user_id)):
        raise ChangedMeanwhile(NO_ADDRESS)
    _end(work, user_id, "replaced")
    token = secrets.token_urlsafe(32)
    work.session.add(CalendarAddress(token_hash=token_hash(token), user_id=user_id, made_at=work.now))
    work.session.flush()
    _log(work, user_id, "calendar.address_made")
    return token


def end_address(work: Work, *, user_id: int, because: str) -> bool:
    """End an officer's calendar address; return whether there was one."""
    has_ended = _end(work, user_id, because)
    if has_ended:
        _log(work, user_id, "calendar.address_ended", because=because)
    return has_ended


def end_address_of(work: Work, *, username: str) -> bool:
    """An administrator ends the calendar address of an officer, by user name. Raises NotFound where there is no such officer."""
    user_id = work.session.scalar(select(User.id).where(User.username == folded(username)))
    if user_id is None:
        raise NotFound(username)
    return end_address(work, user_id=user_id, because="ended_by_administrator")


def refuse_wrong_address(work: Work, *, network_address: str) -> None:
    """Count an address that opens nothing. Raises MustWait where too many came from one place: wrong and ended ones alike."""
    count_try(work, f"calendar:{network_address}"[:120], ADDRESS_LIMIT)


def read_calendar(work: Work, *, address_id: int) -> list[Told]:
    """Return what the actor's calendar says now, earliest first, and remember it. Raises NotFound where the address has ended.

    Two reads at once follow one upon the other: the row of the address is locked.
    """
    user_id = _note_read(work, address_id)
    open_now = work_lists.open_to_all(work.session, work.actor.viewer, work.now, told_until(work.now))
    due = {one.deadline_id: one for one in open_now}
    former = calendars.entries_of(work.session, user_id)
    _insert(work, user_id, due, former)
    _update(work, [_said_again(row, due.get(row.deadline_id), work.now) for row in former if _differs(row, due.get(row.deadline_id))])
    _forget(work, user_id, former)
    return [_told(row, due.get(row.deadline_id)) for row in calendars.entries_of(work.session, user_id)]


def _note_read(work: Work, address_id: int) -> int:
    is_open = (addresses.c.id == address_id, addresses.c.ended_at.is_(None))
    noted = update(addresses).where(*is_open).values(last_read_at=work.now).returning(addresses.c.user_id)
    user_id = work.session.connection().scalar(noted)
    if user_id is None:
        raise NotFound(NO_ADDRESS)
    return int(user_id)


def _insert(work: Work, user_id: int, due: Mapping[int, Due], former: Iterable[CalendarEntry]) -> None:
    new = due.keys() - {row.deadline_id for row in former}
    rows = [_first(work, user_id, one) for key, one in due.items() if key in new]
    if rows:
        work.session.connection().execute(insert(entries), rows)


def _first(work: Work, user_id: int, due: Due) -> dict[str, Any]:
    return {"user_id": user_id, "deadline_id": due.deadline_id, "uid": str(uuid4()), "sequence": 0, **_said(due, work.now)}


def _said(due: Due, now: datetime) -> dict[str, Any]:
    moment = {"act_by_at": due.act_by_at, "is_hour_clock": due.is_hour_clock}
    return {**moment, "said": due.digest, "changed_at": now, "cancelled_at": None}


def _differs(row: CalendarEntry, due: Due | None) -> bool:
    if due is None:
        return row.cancelled_at is None
    return row.cancelled_at is not None or row.said != due.digest


def _said_again(row: CalendarEntry, due: Due | None, now: datetime) -> dict[str, Any]:
    """What is due again or at another time; what is not any more stays where it stood, taken back."""
    former = {"act_by_at": row.act_by_at, "is_hour_clock": row.is_hour_clock, "said": row.said}
    said = _said(due, now) if due else {**former, "changed_at": now, "cancelled_at": now}
    return {"key": row.id, "sequence": row.sequence + 1, **said}


def _update(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        work.session.connection().execute(update(entries).where(entries.c.id == bindparam("key")), rows)


def _forget(work: Work, user_id: int, former: Iterable[CalendarEntry]) -> None:
    """What was taken back long ago has reached every calendar that still reads."""
    until = work.now - KEPT_CANCELLED
    if any(row.cancelled_at and row.cancelled_at <= until for row in former):
        work.session.connection().execute(delete(entries).where(entries.c.user_id == user_id, entries.c.cancelled_at <= until))


def _told(row: CalendarEntry, due: Due | None) -> Told:
    return Told(row.uid, row.sequence, row.act_by_at, row.is_hour_clock, row.changed_at, due)


def _end(work: Work, user_id: int, because: str) -> bool:
    live = update(addresses).where(addresses.c.user_id == user_id, addresses.c.ended_at.is_(None))
    ended = live.values(ended_at=work.now, ended_because=because).returning(addresses.c.id)
    return work.session.connection().scalar(ended) is not None


def _log(work: Work, user_id: int, action: str, **changes: object) -> None:
    row = audit_row(work, subject_type="users", subject_id=user_id, action=action, changes=changes)
    work.session.connection().execute(insert(AuditEvent).values(row))

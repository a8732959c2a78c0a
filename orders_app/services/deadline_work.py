"""What an officer does about a deadline short of meeting it: acknowledge, assign, note, snooze, wait on somebody.

None of these meets the deadline: only an event does. Each looks again at the row as it is now, so that two people at
once never undo each other without being told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from orders_app.models import Alert, Deadline, DeadlineNote, User
from orders_app.models.bulk import update_audited
from orders_app.queries import work_details, work_lists
from orders_app.queries.alert_routes import deadlines, routes
from orders_app.queries.assignees import find_taker
from orders_app.queries.moments import instant
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.wording import day_words
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.numbers_not_kept import number_refused
from orders_app.services.takers import refuse_absent
from orders_app.services.work import Work

LONGEST_NOTE = 4000
LONGEST_REASON = 200


class Result(StrEnum):
    """What became of an acknowledgement."""

    DONE = "done"
    ALREADY = "already"
    MOVED_ON = "moved_on"


@dataclass(frozen=True)
class Seen:
    """The alert somebody had on the page: its record's reference, the deadline's number there, the stage it said, and since when.

    `since_at` is when the time of whoever has it began: given to somebody else it is another alert.
    """

    reference: str
    number: int
    stage: str
    since_at: datetime

    @property
    def place(self) -> tuple[str, int]:
        """What tells the deadline from others."""
        return self.reference, self.number


@dataclass(frozen=True)
class Acknowledgement:
    """What became of one: where somebody else was first, who and when."""

    seen: Seen
    result: Result
    by: str = ""
    at: datetime | None = None


def acknowledge(work: Work, *, seen: Sequence[Seen]) -> list[Acknowledgement]:
    """Acknowledge each alert that is still as it was seen. It stops escalation, not the deadline.

    As many statements whatever their number. Raises NotFound when there is none of them that the actor may open.
    """
    found = _as_they_are(work, [one.place for one in seen])
    if not found:
        raise NotFound("none of them")
    alerts = {(row.reference, row.number): row.alert for row in found if row.alert}
    names = work_details.officers(work.session, [alert.acknowledged_by_id for alert in alerts.values()])
    became = [_what_becomes(one, alerts.get(one.place), names) for one in seen]
    mine = {one.seen.place for one in became if one.result is Result.DONE}
    answered = {"acknowledged_at": work.now, "acknowledged_by_id": work.actor.id}
    update_audited(work.session, Alert, [(alert, answered) for key, alert in alerts.items() if key in mine])
    return became


def _what_becomes(seen: Seen, alert: Alert | None, names: Mapping[int, str]) -> Acknowledgement:
    if alert is None or alert.stage != seen.stage:
        return Acknowledgement(seen, Result.MOVED_ON)
    if alert.acknowledged_at:
        return Acknowledgement(seen, Result.ALREADY, names.get(alert.acknowledged_by_id or 0, ""), alert.acknowledged_at)
    return Acknowledgement(seen, Result.DONE if alert.raised_at == seen.since_at else Result.MOVED_ON)


def assign(work: Work, *, reference: str, number: int, username: str, former: str) -> User:
    """Give the deadline to an officer who may see the record; the alert goes along.

    `former` is the user name of whoever had it when the page was made. Raises RuleBroken on username, ChangedMeanwhile, NotFound.
    """
    row = _find_open(work, reference, number, "username", "assign")
    deadline = row.deadline
    if _username(work, deadline.assigned_to_id) != former:
        raise ChangedMeanwhile(reference)
    officer = _officer(work, row, username)
    if officer.id == (deadline.assigned_to_id or row.owner_id):
        raise RuleBroken("username", f"{officer.display_name} has it already. Choose somebody else")
    deadline.assigned_to_id = officer.id
    if row.alert:
        row.alert.recipient_id, row.alert.team_id = officer.id, officer.team_id or row.alert.team_id
        start_again(row.alert, work)
    return officer


def _officer(work: Work, row: WorkRow, username: str) -> User:
    officer = find_taker(work.session, row.deadline.record_id, username, work.now) if username else None
    if officer is None:
        raise RuleBroken("username", "Choose an officer who works alerts, may see this record and may record on it")
    refuse_absent(officer, "username")
    return officer.user


def give_back(work: Work, *, reference: str, number: int, former: str) -> None:
    """Take a deadline back from the officer it was given to: whoever has the record has it again, with their whole time to answer.

    `former` is the user name of that officer. Raises RuleBroken on former, ChangedMeanwhile, NotFound.
    """
    row = _find_open(work, reference, number, "former", "give back")
    if not former or _username(work, row.deadline.assigned_to_id) != former:
        raise ChangedMeanwhile(reference)
    row.deadline.assigned_to_id = None
    work.session.flush()
    if row.alert:
        to = routes(deadlines.c.id == row.deadline.id, when=instant(work.now), also={})
        row.alert.recipient_id, row.alert.team_id = work.session.execute(select(to.c.recipient_id, to.c.team_id)).one()
        start_again(row.alert, work)


def start_again(alert: Alert, work: Work) -> None:
    """Whoever has it now has not acknowledged it yet, unless they gave it to themselves."""
    for name, value in begun_again(work, alert.recipient_id).items():
        setattr(alert, name, value)


def begun_again(work: Work, recipient_id: int | None) -> dict[str, Any]:
    """The columns of an alert that starts again with a recipient: neither acknowledged nor quietened, and not passed up to anybody."""
    is_mine = recipient_id is not None and recipient_id == work.actor.id
    speaks_again = {} if is_mine else {"snoozed_until_on": None, "snooze_reason": ""}
    return speaks_again | {
        "acknowledged_at": work.now if is_mine else None, "acknowledged_by_id": work.actor.id if is_mine else None,
        "raised_at": work.now, "escalation": 0, "escalated_at": None, "escalated_to_id": None,
    }  # fmt: skip


def write_note(work: Work, *, reference: str, number: int, text: str) -> DeadlineNote:
    """Write beside the deadline, also when it is over. Raises RuleBroken on text, NotFound."""
    row = find(work, reference, number)
    if not text.strip():
        raise RuleBroken("text", "Enter the note")
    if len(text) > LONGEST_NOTE:
        raise RuleBroken("text", f"A note must be {LONGEST_NOTE:,} characters or fewer")
    for refusal in number_refused("text", text):
        raise refusal
    if work.actor.id is None:
        raise RuleBroken("text", "A note is written by a person")
    note = DeadlineNote(deadline_id=row.deadline.id, written_at=work.now, written_by_id=work.actor.id, text=text.strip())
    set_committed_value(note, "deadline", row.deadline)
    work.session.add(note)
    work.session.flush()
    return note


def snooze(work: Work, *, reference: str, number: int, until_on: date, reason: str) -> None:
    """Quieten an alert until a day, with a reason. Never past a statutory date. Raises RuleBroken on until_on or reason, NotFound."""
    row = _find_open(work, reference, number, "until_on", "snooze")
    if row.alert is None:
        raise RuleBroken("until_on", "Nothing is warning about this deadline now, so there is nothing to snooze")
    may = work_details.snoozing_of(work.session, row, work.now)
    if may.refusal:
        raise RuleBroken("until_on", may.refusal)
    if until_on <= work.today:
        raise RuleBroken("until_on", "The day must be after today")
    if may.last_on and until_on > may.last_on:
        raise RuleBroken("until_on", f"The day must be on or before {day_words(may.last_on)}: {may.because}")
    row.alert.snoozed_until_on, row.alert.snooze_reason = until_on, _reason(reason, "reason", "Enter why it can wait until then")


def wake(work: Work, *, reference: str, number: int) -> None:
    """End a snooze before its day. Raises RuleBroken on until_on, NotFound."""
    row = _find_open(work, reference, number, "until_on", "wake")
    if row.alert is None or row.alert.snoozed_until_on is None:
        raise RuleBroken("until_on", "It is not quiet any more")
    row.alert.snoozed_until_on, row.alert.snooze_reason = None, ""


def wait_on(work: Work, *, reference: str, number: int, whom: str) -> None:
    """Say who has to act first, or with an empty name that nobody has to any more. It acknowledges the alert.

    Raises RuleBroken on whom, NotFound.
    """
    row = _find_open(work, reference, number, "whom", "wait for")
    deadline = row.deadline
    if not (whom.strip() or deadline.waiting_on):
        raise RuleBroken("whom", "Enter who has to act first")
    deadline.waiting_on = _reason(whom, "whom", "") if whom.strip() else ""
    deadline.waiting_since_at = work.now if deadline.waiting_on else None
    if row.alert and deadline.waiting_on and row.alert.acknowledged_at is None:
        row.alert.acknowledged_at, row.alert.acknowledged_by_id = work.now, work.actor.id


def find(work: Work, reference: str, number: int) -> WorkRow:
    """Return a deadline that the actor may open, with its rows locked and as they are now; with no alert where one of them is over.

    Raises NotFound.
    """
    for row in _as_they_are(work, [(reference, number)]):
        return row
    raise NotFound(reference)


def _find_open(work: Work, reference: str, number: int, field: str, nothing_left: str) -> WorkRow:
    """Return one that is still to be met. Raises RuleBroken on the field, so that what was typed stays, and NotFound."""
    row = find(work, reference, number)
    if _is_over(row.deadline):
        raise RuleBroken(field, f"It was met meanwhile, or is no longer needed: there is nothing left to {nothing_left}")
    return row


def _as_they_are(work: Work, wanted: Sequence[tuple[str, int]]) -> list[WorkRow]:
    """The deadlines with their open alerts, each table locked in the order of its keys, as others do."""
    found = work_lists.find_rows(work.session, work.actor.viewer, [(reference.upper(), number) for reference, number in wanted])
    _lock(work, Deadline, [row.deadline.id for row in found])
    _lock(work, Alert, [row.alert.id for row in found if row.alert])
    for row in found:
        if row.alert:
            set_committed_value(row.alert, "deadline", row.deadline)
    return [row if row.alert and _speaks(row.alert, row.deadline) else replace(row, alert=None) for row in found]


def _lock(work: Work, table: type[Deadline | Alert], keys: Sequence[int]) -> None:
    rows = select(table).where(table.id.in_(keys)).order_by(table.id).with_for_update()
    work.session.scalars(rows, execution_options={"populate_existing": True}).all()


def _speaks(alert: Alert, deadline: Deadline) -> bool:
    return alert.closed_at is None and not _is_over(deadline)


def _is_over(deadline: Deadline) -> bool:
    return deadline.met_by_id is not None or deadline.cancelled_at is not None


def _username(work: Work, user_id: int | None) -> str:
    return work.session.scalar(select(User.username).where(User.id == user_id)) or "" if user_id else ""


def _reason(text: str, field: str, missing: str) -> str:
    if not text.strip():
        raise RuleBroken(field, missing)
    if len(text.strip()) > LONGEST_REASON:
        raise RuleBroken(field, f"Keep this to {LONGEST_REASON} characters: you typed {len(text.strip())}")
    return text.strip()

"""Make the stored deadlines say what the law says today. Safe to run any number of times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline, Record
from orders_app.queries.cases import depending_on, load_cases
from orders_app.rules.access import Access
from orders_app.rules.duties import DueDuty, MissingTime
from orders_app.rules.london import midnight_after
from orders_app.rules.periods import OutsideTable
from orders_app.services.derived import Case, columns_of, duties_of, record_of, type_of
from orders_app.services.work import Work

AT_ONCE = 100
OnFault = Callable[[Case], None]


def sync_deadlines(work: Work, record_ids: Iterable[int]) -> dict[str, int]:
    """Work out the deadlines and the derived columns of these records again, and of those that depend on what changed.

    Return how many rows were new, changed, cancelled. Raises MissingTime and OutsideTable (rules) when a deadline cannot be
    worked out: better no answer than a wrong one.
    """
    counts: dict[str, int] = defaultdict(int)
    _bring_in_line(work, record_ids, counts)
    return dict(counts)


def sync_depending(work: Work, cases: Iterable[Case]) -> None:
    """Work out again what depends on these records, which are new or have just begun or ended."""
    cases = list(cases)
    own = {record_of(case).id for case in cases}
    _bring_in_line(work, depending_on(work.session, cases) - own, defaultdict(int), on_fault=_leave_to_the_night, done=own)


@dataclass
class Synced:
    """What working deadlines out again did. Records that `failed` do not stop the rest; `named` are those that may be named."""

    records: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failed: int = 0
    named: list[str] = field(default_factory=list)


def sync_all(work: Work) -> Synced:
    """Work out every record's deadlines again in one piece of work."""
    done = Synced()
    for ids in record_ids_in_turn(work.session):
        sync_some(work, ids, done)
    return done


def sync_some(work: Work, record_ids: Sequence[int], done: Synced) -> None:
    """Work out some records' deadlines again and add to what was done."""

    def note(case: Case) -> None:
        record = record_of(case)
        done.failed += 1
        done.named += [record.reference] if may_be_named(record) else []

    _bring_in_line(work, record_ids, done.counts, on_fault=note)
    work.session.expunge_all()
    done.records += len(record_ids)


def may_be_named(record: Record) -> bool:
    """Whether anybody may know that there is this record. Its person is loaded."""
    return Access.SEALED not in (record.access, record.person.access)


def record_ids_in_turn(session: Session) -> list[list[int]]:
    """Return the keys of all records, as many at a time as are worked out together.

    Few enough that a piece of work is over before anybody who waits to write notices.
    """
    ids = list(session.scalars(select(Record.id).order_by(Record.id)))
    return [ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)]


def first_deadlines(work: Work, case: Case) -> list[dict[str, object]]:
    """Return the rows of the deadlines of a record that has none yet."""
    record = record_of(case)
    known: dict[str, object] = {"record_id": record.id, "person_id": record.person_id}
    due = {(due.started_by, due.key): due for due in duties_of(case, work.law)}
    own = ({"started_by_id": started_by, "duty_key": key} | _values(work, case, one) for (started_by, key), one in due.items())
    return [known | values for values in own]


def _bring_in_line(
    work: Work, record_ids: Iterable[int], counts: dict[str, int], *, on_fault: OnFault | None = None, done: Iterable[int] = ()
) -> None:
    """Each record once, then those that depend on one whose own columns changed."""
    waiting, finished = set(record_ids), set(done)
    while waiting:
        cases = load_cases(work.session, waiting)
        stored = _stored_deadlines(work, waiting)
        moved = [case for case in cases if _apply(work, case, stored[record_of(case).id], counts, on_fault)]
        work.session.flush()
        finished |= waiting
        waiting = depending_on(work.session, moved) - finished
        on_fault = on_fault or _leave_to_the_night


def _leave_to_the_night(_: Case) -> None:
    """What is wrong with another record of the same person does not stop this one: the nightly run names it."""


def _stored_deadlines(work: Work, record_ids: Iterable[int]) -> dict[int, list[Deadline]]:
    """Return the stored deadlines of these records by record."""
    found: dict[int, list[Deadline]] = defaultdict(list)
    for row in work.session.scalars(select(Deadline).where(Deadline.record_id.in_(record_ids))):
        found[row.record_id].append(row)
    return found


def _apply(work: Work, case: Case, stored: Iterable[Deadline], counts: dict[str, int], on_fault: OnFault | None) -> bool:
    """Bring one record's deadline rows and derived columns in line with its facts; say whether a column changed.

    Writes nothing that is right already.
    """
    try:
        due = duties_of(case, work.law)
    except (MissingTime, OutsideTable):
        if on_fault is None:
            raise
        on_fault(case)
        return False
    _apply_duties(work, case, due, stored, counts)
    return _write(record_of(case), columns_of(case, work.today))


def _apply_duties(work: Work, case: Case, due: Iterable[DueDuty], stored: Iterable[Deadline], counts: dict[str, int]) -> None:
    wanted = {(one.started_by, one.key): one for one in due}
    rows = {(row.started_by_id, row.duty_key): row for row in stored}
    for key, one in wanted.items():
        row = rows.get(key)
        if row is None:
            work.session.add(_new_row(work, case, one))
            counts["new"] += 1
        elif _write(row, _values(work, case, one)):
            counts["changed"] += 1
    for key in rows.keys() - wanted.keys():
        if rows[key].cancelled_at is None:
            rows[key].cancelled_at = work.now
            counts["cancelled"] += 1


def _new_row(work: Work, case: Case, due: DueDuty) -> Deadline:
    record = record_of(case)
    row = Deadline(record_id=record.id, person_id=record.person_id, started_by_id=due.started_by, duty_key=due.key)
    _write(row, _values(work, case, due))
    return row


def _values(work: Work, case: Case, due: DueDuty) -> dict[str, object]:
    act_by_at = due.act_by_at or midnight_after(due.act_by_on)
    passed = not due.can_be_overdue and act_by_at <= work.now
    return {
        "title": due.title,
        "word": due.word.value,
        "rule_class": due.rule_class.value,
        "alert_class": due.alert_class.value,
        "record_type": type_of(case),
        "citation": str(due.citation),
        "because": due.because,
        "due_on": due.late_after_on,
        "due_at": due.late_after_at,
        "act_by_at": act_by_at,
        "met_by_id": due.met_by,
        "cancelled_at": act_by_at if passed else None,
    }


def _write(row: object, values: dict[str, object]) -> bool:
    """Set what differs; say whether anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)

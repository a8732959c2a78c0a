"""What an entry into the tables of law would move, worked out before it is made and written down nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from orders_app.queries.cases import load_cases
from orders_app.rules.duties import DueDuty, MissingTime
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.law import LawTables
from orders_app.services.derived import Case, duties_of, record_of

AT_ONCE = 100
LOOKED_AT_AT_MOST = 1000
Dates = dict[tuple[int, str], DueDuty]


@dataclass
class Moves:
    """What would be different: how many deadlines that are open get another date, appear or go, and how many met ones another date.

    `records` are the references of those with anything different. `not_looked_at` is how many records were too many to work
    out on a page.
    """

    moved: int = 0
    new: int = 0
    gone: int = 0
    met: int = 0
    records: list[str] = field(default_factory=list)
    cannot: list[str] = field(default_factory=list)
    not_looked_at: int = 0

    @property
    def open(self) -> int:
        """How many open deadlines would be different."""
        return self.moved + self.new + self.gone


def what_would_move(session: Session, record_ids: Sequence[int], *, before: LawTables, after: LawTables) -> Moves:
    """Work these records' deadlines out on both tables and say what differs. Reads only."""
    moves = Moves(not_looked_at=max(0, len(record_ids) - LOOKED_AT_AT_MOST))
    looked_at = record_ids[:LOOKED_AT_AT_MOST]
    for first in range(0, len(looked_at), AT_ONCE):
        for case in load_cases(session, looked_at[first : first + AT_ONCE]):
            _compare(case, before, after, moves)
    return moves


def _compare(case: Case, before: LawTables, after: LawTables, moves: Moves) -> None:
    try:
        then, now = _dates(case, before), _dates(case, after)
    except (MissingTime, OutsideTable):
        moves.cannot.append(record_of(case).reference)
        return
    counted = (moves.moved, moves.new, moves.gone, moves.met)
    for key in then.keys() | now.keys():
        _count(moves, then.get(key), now.get(key))
    if counted != (moves.moved, moves.new, moves.gone, moves.met):
        moves.records.append(record_of(case).reference)


def _count(moves: Moves, then: DueDuty | None, now: DueDuty | None) -> None:
    if then and now and _when(then) == _when(now):
        return
    if any(due is not None and due.met_by is not None for due in (then, now)):
        moves.met += 1
    elif then and now:
        moves.moved += 1
    elif now:
        moves.new += 1
    else:
        moves.gone += 1


def _when(due: DueDuty) -> tuple[object, ...]:
    return due.late_after_on, due.late_after_at, due.act_by_on, due.act_by_at, due.met_by, due.is_late


def _dates(case: Case, law: LawTables) -> Dates:
    return {(due.started_by, due.key): due for due in duties_of(case, law)}

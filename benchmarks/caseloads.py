"""Hand a whole caseload over, shared out among four officers. Prints JSON: seconds and statements of planning it and of saving it.

python -m benchmarks.caseloads [--records 55 --records 400] [--size mean] [--on postgresql] [--on sqlite]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, create_engine, event, select, update
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from benchmarks.databases import own_database
from benchmarks.force import LARGEST, MEAN, NOW, Size, build
from config.reference import load_reference
from orders_app.db import Base, writing_sessions
from orders_app.queries import caseload_takers, caseloads
from orders_app.queries.assignees import colleagues
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.sharing import share_out
from orders_app.services.alerts import raise_alerts
from orders_app.services.caseloads import Give, hand_over_caseload
from orders_app.services.work import Actor, Work, begin_work

SIZES = {"mean": MEAN, "largest": LARGEST}
OFFICERS = (1, 2)
SHARED_AMONG = 4
REFERENCE = load_reference()


def measure(kind: str, size: Size, numbers: list[int]) -> Iterator[dict[str, Any]]:
    """Give one row of figures for each number of records: an officer of their own for each."""
    with own_database(kind) as url:
        engine = create_engine(url, poolclass=NullPool)
        build(engine, size)
        sessions = writing_sessions(engine)
        for officer, how_many in enumerate(numbers, start=1):
            _give_records(engine, officer, how_many)
            with _working(sessions, "job.raise_alerts") as work:
                raise_alerts(work, stages=REFERENCE.stages)
            yield {"database": kind, "force": size.name} | _one(engine, sessions, officer)
        engine.dispose()


def _give_records(engine: Engine, officer: int, how_many: int) -> None:
    """Let an officer own just so many records that have open deadlines."""
    records, deadlines = Base.metadata.tables["records"], Base.metadata.tables["deadlines"]
    theirs = select(deadlines.c.record_id).where(deadlines.c.cancelled_at.is_(None)).distinct().order_by(deadlines.c.record_id)
    chosen = theirs.offset((officer - 1) * 1_000).limit(how_many).subquery()
    with engine.begin() as connection:
        connection.execute(update(records).where(records.c.owner_id == officer).values(owner_id=None))
        connection.execute(update(records).where(records.c.id.in_(select(chosen.c[0]))).values(owner_id=officer))


def _one(engine: Engine, sessions: sessionmaker[Session], officer: int) -> dict[str, Any]:
    username = f"officer{officer}"
    with _counted(engine) as planning, sessions() as session:
        gives, deadlines = _plan(session, officer)
    with _counted(engine) as saving, _working(sessions, "caseload.handed_over") as work:
        hand_over_caseload(work, username=username, gives=gives, note="They have left: ring the team")
    with _working(sessions, "job.raise_alerts") as work:
        moved_after = raise_alerts(work, stages=REFERENCE.stages).rerouted
    return {"records": len(gives), "deadlines": deadlines, "plan": planning, "save": saving, "moved_by_the_next_sweep": moved_after}


def _plan(session: Session, officer: int) -> tuple[list[Give], int]:
    found = caseloads.held(session, SYSTEM, officer, NOW)
    others = [one for one in colleagues(session, NOW) if one.user.id not in OFFICERS][:SHARED_AMONG]
    takers = {one.key: [one] for one in others}
    shared = share_out(caseload_takers.going(session, SYSTEM, found, takers), list(takers))
    gives = [Give(one.reference, one.version, shared.gives[one.reference]) for one in found if one.reference in shared.gives]
    return gives, sum(one.load.deadlines for one in found)


@contextmanager
def _working(sessions: sessionmaker[Session], action: str) -> Iterator[Work]:
    with begin_work(sessions, actor=Actor(None, "Benchmark", SYSTEM), action=action, now=NOW, law=REFERENCE.law) as work:
        yield work


@contextmanager
def _counted(engine: Engine) -> Iterator[dict[str, float]]:
    """Count statements and seconds; what is given holds both once the block has ended."""
    figures: dict[str, float] = {"seconds": 0.0, "statements": 0}

    def count(*_: Any) -> None:
        figures["statements"] += 1

    event.listen(engine, "before_cursor_execute", count)
    started = perf_counter()
    yield figures
    figures["seconds"] = round(perf_counter() - started, 2)
    event.remove(engine, "before_cursor_execute", count)


def main() -> None:
    """Measure on each database asked for; both unless told otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, action="append")
    parser.add_argument("--size", choices=tuple(SIZES), default="mean")
    parser.add_argument("--on", action="append", choices=("postgresql", "sqlite"))
    given = parser.parse_args()
    for kind in given.on or ("postgresql", "sqlite"):
        for row in measure(kind, SIZES[given.size], given.records or [55, 400]):
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()

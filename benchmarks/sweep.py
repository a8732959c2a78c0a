"""Raise and pass up alerts over a million open deadlines, and queue e-mail about them. Prints JSON: seconds, statements and peak memory.

python -m benchmarks.sweep [--deadlines 1000000] [--on postgresql] [--on sqlite]
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, create_engine, event, insert, select, text
from sqlalchemy.pool import NullPool

from benchmarks.databases import own_database
from benchmarks.force import AT_ONCE, NOW, TODAY, Size, build
from benchmarks.force.deadlines import DEADLINES, deadline
from benchmarks.force.orders import subject_of
from config.reference import load_reference
from orders_app.db import Base, writing_sessions
from orders_app.models import SignInThrottle, User
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.alerting import AlertClass, Stage
from orders_app.rules.wording import LONDON
from orders_app.services.alerts import raise_alerts
from orders_app.services.deliveries import queue_digests, queue_hour_clocks
from orders_app.services.escalation import escalate
from orders_app.services.work import Actor, Work, begin_work

Stages = tuple[Stage, ...]
Sweep = Callable[[Work, Stages], int]
ORDERS = 20_000
HOUR_CLOCK_EVERY = 997
LOCKED_OUT_ONE_IN = 7  # spread over every team
SIZE = Size("sweep", 2 * ORDERS, ORDERS, 400)


def measure(kind: str, how_many: int) -> list[dict[str, Any]]:
    """Return one row of figures for each sweep, each made twice: the second has nothing to do."""
    with own_database(kind) as url:
        engine = create_engine(url, poolclass=NullPool)
        build(engine, SIZE)
        _add_deadlines(engine, how_many)
        rows = [_run(engine, kind, how_many, name, sweep, at) for name, sweep, at in SWEEPS]
        engine.dispose()
    return rows


def _raise(work: Work, stages: Stages) -> int:
    return raise_alerts(work, stages=stages).raised


def _follow_the_locked_out(work: Work, stages: Stages) -> int:
    """Pause the signing in of one officer in seven, whose alerts go to their teams."""
    until = work.now + timedelta(hours=1)
    for user_id in work.session.scalars(select(User.id).where(User.id % LOCKED_OUT_ONE_IN == 0)).all():
        pause = {"key": f"name:{user_id}", "user_id": user_id, "failures": 11, "last_failed_at": work.now}
        work.session.add(SignInThrottle(**pause, blocked_until_at=until))
    work.session.flush()
    return raise_alerts(work, stages=stages).rerouted


def _escalate(work: Work, stages: Stages) -> int:
    done = escalate(work, stages=stages)
    return done.to_supervisors + done.to_duty_inspectors


def _queue_digests(work: Work, stages: Stages) -> int:
    return queue_digests(work, stages=stages).digests


def _queue_hour_clocks(work: Work, stages: Stages) -> int:
    return queue_hour_clocks(work, stages=stages)


# Three days on everybody has been silent for long enough, and it is morning: the e-mails of the day are due.
LATER = datetime.combine(TODAY + timedelta(days=3), time(7), LONDON)
SWEEPS: tuple[tuple[str, Sweep, datetime], ...] = (
    ("raise, first run", _raise, NOW),
    ("raise, second run", _raise, NOW),
    ("raise, one officer in seven locked out", _follow_the_locked_out, NOW + timedelta(minutes=10)),
    ("escalate, three days on", _escalate, LATER),
    ("escalate, again", _escalate, LATER),
    ("raise, three days on", _raise, LATER),
    ("queue e-mails about hour clocks", _queue_hour_clocks, LATER),
    ("queue them again", _queue_hour_clocks, LATER),
    ("queue morning e-mails", _queue_digests, LATER),
    ("queue those again", _queue_digests, LATER),
)


def _add_deadlines(engine: Engine, how_many: int) -> None:
    table = Base.metadata.tables["deadlines"]
    rows = _rows(how_many)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM deadlines"))
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(table), some)
    with engine.begin() as connection:
        connection.execute(text("UPDATE users SET email = username || '@northmere.invalid'"))
        connection.execute(text("ANALYZE"))


def _rows(how_many: int) -> Iterator[dict[str, Any]]:
    for n in range(how_many):
        record, is_clock = n % ORDERS + 1, n % HOUR_CLOCK_EVERY == 0
        key, alert_class, rule_class = DEADLINES[n % len(DEADLINES)]
        duty = (f"{key}_{n}", AlertClass.HOUR_CLOCK if is_clock else alert_class, rule_class)
        row = deadline(record, subject_of(record, SIZE), duty, TODAY + timedelta(days=n % 1_000 - 10), is_open=True)
        yield row | {"due_at": row["act_by_at"] if is_clock else None}


def _run(engine: Engine, kind: str, how_many: int, name: str, sweep: Sweep, at: datetime) -> dict[str, Any]:
    reference = load_reference()
    law = reference.law
    statements = 0

    def count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    event.listen(engine, "before_cursor_execute", count)
    started = perf_counter()
    with begin_work(writing_sessions(engine), actor=Actor(None, "Benchmark", SYSTEM), action="benchmark", now=at, law=law) as work:
        written = sweep(work, reference.stages)
    seconds = perf_counter() - started
    event.remove(engine, "before_cursor_execute", count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "database": kind, "run": name, "deadlines": how_many, "written": written, "seconds": round(seconds, 2),
        "statements": statements, "process_peak_mb": peak,
    }  # fmt: skip


def main() -> None:
    """Measure on each database asked for; both unless told otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deadlines", type=int, default=1_000_000)
    parser.add_argument("--on", action="append", choices=("postgresql", "sqlite"))
    given = parser.parse_args()
    for kind in given.on or ("postgresql", "sqlite"):
        for row in measure(kind, given.deadlines):
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()

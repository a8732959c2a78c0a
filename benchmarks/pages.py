"""Every main page at full size: SQL statements, median and 95th percentile, beside a bare page and a bare query in the same run.

    python -m benchmarks.pages [--size mean|largest] [--on sqlite] [--on postgresql] [--requests 40]

Prints one line of JSON for each page. `ratio` is the page's median over the bare page's: it holds where seconds do not.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from benchmarks.addresses import BARE_PAGE, addresses
from benchmarks.databases import own_database
from benchmarks.force import LARGEST, MEAN, TODAY, Size, build, settle
from benchmarks.force.orders import LONG_PAGE
from config.reference import load_reference
from config.settings import Mode, Settings
from orders_app import clock
from orders_app.db import db, writing_sessions
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.services.alerts import raise_alerts
from orders_app.services.sign_in import Browser, Candidate, open_session
from orders_app.services.work import Actor, begin_work
from orders_app.web import create_app

SIZES = {"mean": MEAN, "largest": LARGEST}
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
BARE_QUERY = text(
    "SELECT records.reference, people.surname, orders.ends_on FROM orders JOIN records ON records.id = orders.id "
    "JOIN people ON people.id = records.person_id WHERE orders.ends_on >= :day ORDER BY orders.ends_on, orders.id LIMIT 25"
)


def measure(kind: str, size: Size, requests: int) -> Iterator[dict[str, Any]]:
    """Give the figures of each page on one database at one size."""
    with own_database(kind) as url:
        engine = create_engine(url, poolclass=NullPool)
        build(engine, size)
        _raise(engine)
        settle(engine)
        client = _signed_in(url, engine)
        bare = _timed(lambda: _fetch(client, BARE_PAGE), requests)
        yield _row(kind, size, "Bare page", bare, bare)
        yield _row(kind, size, "Bare query", _timed(lambda: _query(engine), requests), bare)
        for name, address in addresses(client, *_long_page(engine)):
            yield _row(kind, size, name, _timed(partial(_fetch, client, address), requests), bare)
        engine.dispose()


Timing = tuple[list[float], int, int]


def _timed(ask: Callable[[], int], requests: int) -> Timing:
    """Return seconds of each request after a warm-up, the most statements of one, and the last answer's status."""
    ask()
    seconds, most, status = [], 0, 0
    for _ in range(requests):
        with _counting() as seen:
            started = perf_counter()
            status = ask()
            seconds.append(perf_counter() - started)
        most = max(most, len(seen))
    return seconds, most, status


def _row(kind: str, size: Size, name: str, timing: Timing, bare: Timing) -> dict[str, Any]:
    seconds, statements, status = timing
    return {
        "database": kind,
        "size": size.name,
        "page": name,
        "status": status,
        "statements": statements,
        "median_ms": round(median(seconds) * 1000, 1),
        "p95_ms": round(quantiles(seconds, n=20)[-1] * 1000, 1),
        "ratio": round(median(seconds) / median(bare[0]), 1),
        "process_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _fetch(client: FlaskClient, address: str) -> int:
    with client.get(address) as answer:
        answer.get_data()
        return answer.status_code


def _query(engine: Engine) -> int:
    with engine.connect() as connection:
        connection.execute(BARE_QUERY, {"day": TODAY}).all()
    return 200


@contextmanager
def _counting() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(NOT_COUNTED):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _raise(engine: Engine) -> None:
    app = create_app(_settings(engine.url.render_as_string(hide_password=False)))
    law = app.extensions["orderwatch"].law.shipped
    actor = Actor(None, "Benchmark", SYSTEM)
    with begin_work(writing_sessions(engine), actor=actor, action="job.raise_alerts", now=clock.now(), law=law) as work:
        raise_alerts(work, stages=load_reference().stages)
    _close(app)


def _long_page(engine: Engine) -> tuple[str, str, str]:
    """The references of an order and of its person, who is bound by several, and of a registration."""
    both = text("SELECT records.reference, people.reference FROM records JOIN people ON people.id = person_id WHERE records.id = :number")
    registered = text(
        "SELECT records.reference FROM records JOIN people ON people.id = person_id "
        "WHERE kind = 'registration' AND records.access = 'open' AND people.access = 'open' ORDER BY records.id LIMIT 1"
    )
    with engine.connect() as connection:
        order, person = connection.execute(both, {"number": LONG_PAGE}).one()
        return order, person, connection.execute(registered).scalar_one()


def _signed_in(url: str, engine: Engine) -> FlaskClient:
    app = create_app(_settings(url))
    client = app.test_client()
    actor = Actor(1, "PC 1 Officer 1", Viewer(1, team_id=2))
    law = app.extensions["orderwatch"].law.shipped
    with begin_work(writing_sessions(engine), actor=actor, action="user.signed_in", now=clock.now(), law=law) as work:
        candidate = Candidate(1, actor.name, "", ("", ""), None)
        token = open_session(work, candidate=candidate, browser=Browser("127.0.0.1", "Benchmark"), lasts=timedelta(hours=12))
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def _settings(url: str) -> Settings:
    return Settings(env=Mode.TEST, secret_key="measured here only", database_url=url, is_https=False)


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def main() -> None:
    """Measure each size on each database asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=tuple(SIZES), action="append")
    parser.add_argument("--on", action="append", choices=("postgresql", "sqlite"))
    parser.add_argument("--requests", type=int, default=40)
    given = parser.parse_args()
    for size in given.size or tuple(SIZES):
        for kind in given.on or ("sqlite", "postgresql"):
            for row in measure(kind, SIZES[size], given.requests):
                print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()

"""The people search alone at 250,000 people: median and 95th percentile by what is typed, beside one indexed look-up in the same run.

    python -m benchmarks.search [--on sqlite] [--on postgresql] [--requests 40]

Prints one line of JSON for each kind. `ratio` is the median over the look-up's: it holds where seconds do not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from benchmarks.databases import own_database
from benchmarks.force import LARGEST, TODAY, Size, build
from orders_app.queries.search import search_people
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.rules.search_terms import read_search

SIZE = Size("250,000 people", LARGEST.people, 2_000, 50)
VIEWER = Viewer(1, team_id=2, roles=frozenset({Role.ORDERS_SUPERVISOR}))
LOOK_UP = text("SELECT surname FROM people WHERE id = 77")
KINDS = (
    ("Common surname", "evans", ""),
    ("Full name", "jordan saunders", ""),
    ("Three words", "jordan matthew saunders", ""),
    ("Typed wrongly", "jordn saundesr", ""),
    ("Local number", "NM-0000077", ""),
    ("Person's reference", "P-10077", ""),
    ("Day of birth", "", "14/03/1988"),
    ("Year of birth", "", "1988"),
    ("Surname and year", "saunders", "1988"),
    ("Postcode", "NM7 5AA", ""),
    ("Address", "77 ford lane", ""),
    ("Half a postcode", "nm7", ""),
    ("Surname and half a postcode", "saunders nm7", ""),
    ("Name and street", "saunders ford", ""),
    ("One letter", "s", ""),
    ("Two initials", "j s", ""),
)


def measure(kind: str, requests: int) -> Iterator[dict[str, Any]]:
    """Give the figures of each kind of search on one database."""
    with own_database(kind) as url:
        engine = create_engine(url)
        build(engine, SIZE)
        look_up = _timed(partial(_look_up, engine), requests)
        yield _row(kind, "Look-up by key", look_up, look_up)
        for name, typed, born in KINDS:
            yield _row(kind, name, _timed(partial(_search, engine, typed, born), requests), look_up)
        engine.dispose()


def _look_up(engine: Engine) -> int:
    with Session(engine) as session:
        return len(session.execute(LOOK_UP).all())


def _search(engine: Engine, typed: str, born: str) -> int:
    with Session(engine) as session:
        return search_people(session, VIEWER, read_search(typed, born, TODAY), TODAY).total


def _timed(ask: Callable[[], int], requests: int) -> tuple[list[float], int]:
    found, seconds = ask(), []
    for _ in range(requests):
        started = perf_counter()
        ask()
        seconds.append(perf_counter() - started)
    return seconds, found


def _row(kind: str, name: str, timing: tuple[list[float], int], look_up: tuple[list[float], int]) -> dict[str, Any]:
    seconds, found = timing
    return {
        "database": kind,
        "size": SIZE.name,
        "search": name,
        "found": found,
        "median_ms": round(median(seconds) * 1000, 1),
        "p95_ms": round(quantiles(seconds, n=20)[-1] * 1000, 1),
        "ratio": round(median(seconds) / median(look_up[0]), 1),
    }


def main() -> None:
    """Measure each database asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", action="append", choices=("postgresql", "sqlite"))
    parser.add_argument("--requests", type=int, default=40)
    given = parser.parse_args()
    for kind in given.on or ("sqlite", "postgresql"):
        for row in measure(kind, given.requests):
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()

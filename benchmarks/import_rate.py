"""How fast spreadsheets are imported. Prints JSON: rows, seconds, rows a second, and the most memory used.

    python -m benchmarks.import_rate [--orders 14000] [--database postgresql://…]

Makes a database of its own: a file that is deleted again on SQLite, a new database on the PostgreSQL server named.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

from alembic import command
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks.import_sheets import orders_sheet, people_sheet
from config.migrations import alembic_config
from config.reference import load_reference
from orders_app.db import writing_sessions
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.law import LawTables
from orders_app.services.imports.runs import import_content
from orders_app.services.imports.whole_file import Outcome, read_whole
from orders_app.services.work import Actor, begin_work

NOW = datetime(2026, 11, 22, 8, 14, tzinfo=UTC)
ACTOR = Actor(None, "Benchmark", SYSTEM)


@dataclass(frozen=True)
class Importer:
    """A migrated, empty database and the law."""

    engine: Engine
    law: LawTables

    def run(self, content: bytes, kind: str, *, is_dry_run: bool = False) -> Outcome:
        """Import a file."""
        sessions = writing_sessions(self.engine)

        def begin(action: str, actor: Actor = ACTOR) -> Any:
            return begin_work(sessions, actor=actor, action=action, now=NOW, law=self.law)

        return import_content(begin, ACTOR, read_whole(content, kind), is_dry_run=is_dry_run)


def measure(importer: Importer, how_many_orders: int) -> list[dict[str, Any]]:
    """Import people and orders, look at the orders again dry, and import them a second time."""
    people = max(100, how_many_orders)
    sheets = {"people": people_sheet(people), "orders": orders_sheet(how_many_orders, people, NOW.date())}
    steps = (("people", False), ("orders", True), ("orders", False), ("orders", False))
    names = ("people", "orders, dry run", "orders", "orders, the same file again")
    return [_timed(importer, name, sheets[kind], kind, dry) for name, (kind, dry) in zip(names, steps, strict=True)]


def _timed(importer: Importer, name: str, content: bytes, kind: str, is_dry_run: bool) -> dict[str, Any]:
    begun, busy = perf_counter(), process_time()
    outcome = importer.run(content, kind, is_dry_run=is_dry_run)
    seconds = perf_counter() - begun
    return {
        "step": name,
        "rows": outcome.rows,
        "seconds": round(seconds, 1),
        "processor_seconds": round(process_time() - busy, 1),
        "rows_a_second": round(outcome.rows / seconds),
        "counts": outcome.as_json()["counts"],
        "errors": [problem.as_json() for problem in outcome.problems][:3],
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


@contextmanager
def database(address: str) -> Iterator[str]:
    """Give the address of a database of this run's own."""
    if not address:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'rate.sqlite3'}"
        return
    name = f"rate_{uuid4().hex[:12]}"
    server = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield address.rsplit("/", 1)[0] + f"/{name}"
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _migrate(engine: Engine) -> None:
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def main() -> None:
    """Measure on the database asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=14_000)
    parser.add_argument("--database", default="", help="a PostgreSQL server; SQLite without it")
    asked = parser.parse_args()
    reference = load_reference()
    with database(asked.database) as address:
        engine = create_engine(address)
        _migrate(engine)
        steps = measure(Importer(engine, reference.law), asked.orders)
        engine.dispose()
    print(json.dumps({"database": address.split(":")[0], "orders": asked.orders, "steps": steps}, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()

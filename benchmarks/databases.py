"""A database of a benchmark's own, on either engine, migrated and thrown away afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from config.migrations import alembic_config
from tests import postgres


@contextmanager
def own_database(kind: str) -> Iterator[str]:
    """Give the address of an empty, migrated database: `kind` is sqlite or postgresql."""
    make = {"sqlite": _file, "postgresql": _on_server}[kind]
    with make() as url:
        _migrate(url)
        yield url


@contextmanager
def _file() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}"


@contextmanager
def _on_server() -> Iterator[str]:
    name = f"benchmark_{uuid4().hex[:10]}"
    with postgres.running_server() as server:
        _run(server, f"CREATE DATABASE {name}")
        try:
            yield server.rsplit("/", 1)[0] + f"/{name}"
        finally:
            _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def _run(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

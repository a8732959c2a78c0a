"""What tests are given: a fresh database for each test, Work to write with, and a client for each role.

SQLite by default. TEST_DATABASE_URL (a PostgreSQL server) switches the same tests to PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from config.migrations import alembic_config
from config.reference import load_reference
from orders_app.db import writing_sessions
from orders_app.queries.visibility import SYSTEM
from orders_app.services.work import Actor, LawTables, Work, begin_work

NOW = datetime(2026, 11, 22, 8, 14, tzinfo=UTC)  # Sunday
SERVER = os.environ.get("TEST_DATABASE_URL", "")
Acting = Callable[..., AbstractContextManager[Work]]


def _migrated(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def _on_server(statement: str) -> None:
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _database(name: str) -> str:
    return SERVER.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated, empty database that each test's own is copied from: a file on SQLite, a name on PostgreSQL."""
    if not SERVER:
        path = tmp_path_factory.mktemp("template") / "template.sqlite3"
        _migrated(f"sqlite:///{path}")
        yield str(path)
        return
    name = f"template_{uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name}")
    _migrated(_database(name))
    yield name
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated, empty SQLite file, for tests that serve the whole program whatever database the others use."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _migrated(f"sqlite:///{path}")
    return str(path)


@pytest.fixture
def database_url(template_database: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own."""
    if not SERVER:
        path = tmp_path / "test.sqlite3"
        shutil.copy(template_database, path)
        yield f"sqlite:///{path}"
        return
    name = f"test_{uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {template_database} STRATEGY FILE_COPY")
    yield _database(name)
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url, poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return writing_sessions(engine)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session for reading what was written."""
    with Session(engine) as session:
        yield session


@pytest.fixture(scope="session")
def law() -> LawTables:
    reference = load_reference()
    return LawTables(reference.holidays, reference.regimes)


@pytest.fixture
def acting(sessions: sessionmaker[Session], law: LawTables) -> Acting:
    """Begin work as the system, or as `actor`, at a fixed Sunday morning unless told otherwise."""

    def begin(
        action: str = "test.acted", *, now: datetime = NOW, actor: Actor | None = None, reason: str = ""
    ) -> AbstractContextManager[Work]:
        return begin_work(sessions, actor=actor or Actor(None, "Test", SYSTEM), action=action, now=now, law=law, reason=reason)

    return begin

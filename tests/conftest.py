"""What tests are given: a fresh database for each test, Work to write with, and a client for each role.

SQLite by default. TEST_DATABASE_URL (a PostgreSQL server) switches the same tests to PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from hypothesis import settings
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from config.migrations import alembic_config
from config.reference import load_law
from orders_app.db import writing_sessions
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.law import LawTables
from orders_app.services import references
from orders_app.services.work import Actor, Work, begin_work

settings.register_profile("orderwatch", deadline=None)  # a busy machine makes no property false
settings.load_profile("orderwatch")

NOW = datetime(2026, 11, 22, 8, 14, tzinfo=UTC)  # Sunday
SERVER = os.environ.get("TEST_DATABASE_URL", "")
USED_AT_MOST = 100
EMPTY = (
    "SET lock_timeout = '2s'",
    "SET session_replication_role = replica",  # neither foreign keys nor the audit log's triggers stand in the way
    """DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', one); END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
    LOOP PERFORM setval(format('%I', one)::regclass, 1, false); END LOOP;
    END $$""",
)
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


class OwnDatabase:
    """One database of this worker's on the PostgreSQL server: emptied between tests, and made anew when a test changed its tables.

    Making one for each test takes ten times as long as the test.
    """

    def __init__(self, template: str) -> None:
        self.template = template
        self.name = ""
        self.used = 0
        self.tables = 0

    def for_one_test(self) -> str:
        """Return the address of the database, empty."""
        if not self.name or self.used >= USED_AT_MOST or not self._is_emptied():
            self.drop()
            self.name = f"test_{uuid4().hex[:12]}"
            _on_server(f"CREATE DATABASE {self.name} TEMPLATE {self.template} STRATEGY FILE_COPY")
            self.used, self.tables = 0, self._count_tables()
        self.used += 1
        return _database(self.name)

    def drop(self) -> None:
        if self.name:
            _on_server(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _count_tables(self) -> int:
        with _connected(self.name) as connection:
            return connection.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) or 0

    def _is_emptied(self) -> bool:
        if self._count_tables() != self.tables:
            return False
        try:
            with _connected(self.name) as connection:
                for statement in EMPTY:
                    connection.execute(text(statement))
        except DBAPIError:  # a table is locked by what the last test left running
            return False
        return True


@contextmanager
def _connected(name: str) -> Iterator[Connection]:
    engine = create_engine(_database(name), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def own_database(template_database: str) -> Iterator[OwnDatabase]:
    database = OwnDatabase(template_database)
    yield database
    database.drop()


@pytest.fixture
def database_url(template_database: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of an empty database that nobody else uses meanwhile."""
    if SERVER:
        own: OwnDatabase = request.getfixturevalue("own_database")
        return own.for_one_test()
    path = tmp_path / "test.sqlite3"
    shutil.copy(template_database, path)
    return f"sqlite:///{path}"


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


@pytest.fixture(autouse=True)
def every_number_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """References without gaps, so that a test may say the number of what it recorded."""
    monkeypatch.setattr(references, "is_left_out", lambda: False)


@pytest.fixture(scope="session")
def law() -> LawTables:
    return load_law()


@pytest.fixture
def acting(sessions: sessionmaker[Session], law: LawTables) -> Acting:
    """Begin work as the system, or as `actor`, at a fixed Sunday morning unless told otherwise."""

    def begin(
        action: str = "test.acted", *, now: datetime = NOW, actor: Actor | None = None, reason: str = ""
    ) -> AbstractContextManager[Work]:
        return begin_work(sessions, actor=actor or Actor(None, "Test", SYSTEM), action=action, now=now, law=law, reason=reason)

    return begin

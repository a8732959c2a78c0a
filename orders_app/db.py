"""Tables' common ground: naming, column types, engine behaviour and the one insert both databases share.

The only module that knows Flask-SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Engine, FromClause, Integer, MetaData, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER keys
BEGIN_OPTION = "sqlite_begin"


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses values without a zone and always gives back UTC (SQLite forgets zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table. Keys are sequences, never shown to anybody."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime}

    id: Mapped[int] = mapped_column(Key, primary_key=True)


db = SQLAlchemy(metadata=Base.metadata, session_options={"autoflush": False})


def writing_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions for work that may write: on SQLite each transaction takes the write lock at its start."""
    return sessionmaker(engine.execution_options(**{BEGIN_OPTION: "IMMEDIATE"}), expire_on_commit=False)


def has_one_writer(session: Session) -> bool:
    """Whether the database lets one transaction write at a time, as SQLite does: all others wait for it to end."""
    return session.get_bind().dialect.name == "sqlite"


def insert_new_rows(session: Session, table: FromClause, rows: Sequence[Mapping[str, Any]], unique_on: Sequence[str]) -> int:
    """Insert the rows whose unique columns are not there yet; return how many were new."""
    if not rows:
        return 0
    statement = insert_into(session, table).values(rows).on_conflict_do_nothing(index_elements=unique_on).returning(table.c.id)
    return len(session.execute(statement).all())


def insert_missing_rows(session: Session, table: FromClause, rows: Sequence[Mapping[str, Any]], unique_on: Sequence[str]) -> None:
    """Insert the rows whose unique columns are not there yet, many at a time; how many were new is not counted."""
    if rows:
        session.connection().execute(insert_into(session, table).on_conflict_do_nothing(index_elements=unique_on), rows)


def insert_into(session: Session, table: FromClause) -> Any:
    """Begin an insert that can leave out rows that are there already: `on_conflict_do_nothing`, on either database."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name]
    return insert(table)


def next_keys(session: Session, table: Any, how_many: int) -> Sequence[int]:
    """Take keys for new rows of a table. On SQLite the transaction holds the write lock, so those after the highest are free."""
    if session.get_bind().dialect.name == "postgresql":
        drawn = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        return list(session.scalars(select(drawn).select_from(func.generate_series(1, how_many).alias())))
    highest = session.scalar(select(func.max(table.c.id))) or 0
    return range(highest + 1, highest + how_many + 1)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver's own BEGIN loses updates without an error
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(BEGIN_OPTION, 'DEFERRED')}")

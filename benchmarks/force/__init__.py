"""A force of any size, written straight into the tables: what pages and sweeps are measured on.

Invented, and spread as real ones are: the orders of one person lie far apart, some people have many, a few people and
orders are closed. Everything an index is used for is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from sqlalchemy import Engine, Table, func, insert, select, text

from benchmarks.force import deadlines, log, orders, people, registrations, staff
from benchmarks.force.size import LARGEST, MEAN, NOW, TODAY, Row, Size
from orders_app.db import Base

__all__ = ["AT_ONCE", "LARGEST", "MEAN", "NOW", "TODAY", "Row", "Size", "build", "settle"]
AT_ONCE = 20_000
MAKERS: tuple[tuple[str, Callable[[Size], Iterator[Row]]], ...] = (
    ("areas", staff.areas),
    ("teams", staff.teams),
    ("users", staff.users),
    ("user_roles", staff.user_roles),
    ("people", people.people),
    ("addresses", people.addresses),
    ("address_words", people.address_words),
    ("identifiers", people.identifiers),
    ("person_names", people.person_names),
    ("name_keys", people.name_keys),
    ("records", orders.records),
    ("orders", orders.orders),
    ("access_grants", orders.access_grants),
    ("conditions", orders.conditions),
    ("protected_people", orders.protected_people),
    ("events", orders.events),
    ("order_versions", orders.order_versions),
    ("deadlines", deadlines.deadlines),
    ("records", registrations.records),
    ("registrations", registrations.registrations),
    ("events", registrations.events),
    ("deadlines", registrations.deadlines),
    ("audit_events", log.audit_events),
)


def build(engine: Engine, size: Size) -> None:
    """Fill an empty, migrated database."""
    for table, maker in MAKERS:
        _fill(engine, Base.metadata.tables[table], maker(size))
    if engine.dialect.name == "postgresql":
        _number_on(engine)
    settle(engine)


def settle(engine: Engine) -> None:
    """Leave PostgreSQL as autovacuum does: tables known, indexes able to answer alone. SQLite keeps no statistics."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _fill(engine: Engine, table: Table, rows: Iterator[Row]) -> None:
    with engine.begin() as connection:
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(table), some)


def _number_on(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            last = connection.scalar(select(func.max(table.c.id))) or 0
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last + 1})"))

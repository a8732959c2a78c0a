"""Run migrations inside one transaction, one runner at a time."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine, text

import orders_app.models  # noqa: F401 (fills the metadata)
from config.settings import Settings
from orders_app.db import Base

ONE_AT_A_TIME = 7_202_611  # any number, the same for every runner


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    engine = create_engine(Settings().database_url, hide_parameters=True)
    with engine.connect() as opened:
        _migrate(opened)
        opened.commit()
    engine.dispose()

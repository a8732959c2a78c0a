"""`orderwatch db`: create or change the tables."""

from __future__ import annotations

import click
from alembic import command
from flask.cli import with_appcontext

from config.migrations import alembic_config
from orders_app.db import db


@click.group("db")
def database() -> None:
    """Create or change the tables."""


@database.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to the newest form. Safe to run at any time, and by several at once."""
    config = alembic_config()
    with db.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

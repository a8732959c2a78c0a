"""`orderwatch db`: create or change the tables."""

from __future__ import annotations

import click
from alembic import command
from flask.cli import with_appcontext

from config.migrations import alembic_config, newest_version
from orders_app.db import db
from orders_app.queries import health
from orders_app.web.session import read_session


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


def insist_on_tables() -> None:
    """Refuse to go on without tables, or with tables of another form than this program's. Raises ClickException."""
    if health.tables_version(read_session()) != newest_version():
        raise click.ClickException("The database has no tables, or not those of this release. Run: orderwatch db upgrade")

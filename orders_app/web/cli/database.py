"""`orderwatch db`: create or change the tables."""

from __future__ import annotations

import click
from alembic import command
from alembic.config import Config
from flask.cli import with_appcontext

from config.settings import ROOT
from orders_app.db import db


def alembic_config() -> Config:
    """Return Alembic's settings; the caller puts an open connection in attributes['connection']."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


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

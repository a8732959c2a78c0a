"""Where the migrations are, for whoever runs them."""

from __future__ import annotations

from alembic.config import Config

from config.settings import ROOT


def alembic_config() -> Config:
    """Return Alembic's settings; the caller puts an open connection in attributes['connection']."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config

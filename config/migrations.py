"""Where the migrations are, for whoever runs them."""

from __future__ import annotations

from functools import lru_cache

from alembic.config import Config
from alembic.script import ScriptDirectory

from config.settings import ROOT


def alembic_config() -> Config:
    """Return Alembic's settings; the caller puts an open connection in attributes['connection']."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


@lru_cache(maxsize=1)
def newest_version() -> str:
    """Return the number of the last migration this program has: the form its tables must be in."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""

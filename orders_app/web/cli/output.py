"""How a command answers, and in whose name it acts."""

from __future__ import annotations

import getpass
import json
from typing import Any

import click

from orders_app.queries.visibility import SYSTEM
from orders_app.services.work import Actor


def print_json(answer: Any) -> None:
    """Write an answer on standard output."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def at_the_command_line() -> Actor:
    """Whoever may run commands on this machine, by their name on it."""
    return Actor(None, f"Command line, {_machine_user()}", SYSTEM)


def _machine_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may have no name for its user
        return "unnamed user"

"""The `orderwatch` command. JSON on standard output, errors on standard error, exit status 1.

The application is built by the commands that need it, not by those of the law.
"""

from __future__ import annotations

from collections.abc import Sequence

import click
from flask.cli import ScriptInfo
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from config.settings import faults_of
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.web import create_app
from orders_app.web.cli.database import database
from orders_app.web.cli.demonstration import seed_demo
from orders_app.web.cli.imports import import_command
from orders_app.web.cli.law import law
from orders_app.web.cli.users import create_user

COMMANDS = (law, database, create_user, import_command, seed_demo)


@click.group("orderwatch")
def orderwatch() -> None:
    """Protective orders, what the law requires under them, by when, and why."""


for command in COMMANDS:
    orderwatch.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0, or 1 when it was refused."""
    application = ScriptInfo(create_app=create_app, set_debug_flag=False, load_dotenv_defaults=False)
    try:
        status = orderwatch.main(arguments, prog_name="orderwatch", obj=application, standalone_mode=False)
    except click.ClickException as refused:
        refused.show()
        return 1
    except click.Abort:
        return _refused("Stopped.")
    except RuleBroken as refusal:
        return _refused(*(f"{problem.field}: {problem.message}" for problem in _problems(refusal)))
    except (NotFound, ChangedMeanwhile) as error:
        return _refused(f"Nothing was done: {type(error).__name__} {error}")
    except ValidationError as unsafe:
        return _refused(*faults_of(unsafe))
    except SQLAlchemyError as fault:
        return _refused(f"The database cannot be used: {_database_words(fault)}")
    return status if isinstance(status, int) else 0


def _problems(refusal: RuleBroken) -> Sequence[RuleBroken]:
    return refusal.problems if isinstance(refusal, RulesBroken) else (refusal,)


def _database_words(fault: SQLAlchemyError) -> str:
    """What the database said of itself. Of anything else only the kind: databases quote the rows they refuse."""
    return str(fault.orig).strip().splitlines()[0] if isinstance(fault, OperationalError) else type(fault).__name__


def _refused(*lines: str) -> int:
    for line in lines:
        click.echo(line, err=True)
    return 1

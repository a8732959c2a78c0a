"""`orderwatch seed-demo`: load the demonstration force into an empty database."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from config.settings import Mode
from orders_app import clock
from orders_app.queries.visibility import SYSTEM
from orders_app.services.demonstration.load import ON_FILE_ALREADY, STEPS, holds_anything, load_demonstration
from orders_app.services.demonstration.staff import KNOWN, PASSWORD
from orders_app.services.work import Actor, Work, begin_work
from orders_app.web.cli.database import insist_on_tables
from orders_app.web.cli.output import print_json
from orders_app.web.installation import installation
from orders_app.web.role_words import ROLE_NAMES

NEXT = dict(pairwise(STEPS))
BAR = "{desc}: {percentage:3.0f}% |{bar}| {elapsed}{postfix}"


@click.command("seed-demo")
@click.option("--if-empty", is_flag=True, help="Do nothing, and succeed, when anybody is on file already.")
@click.option("--names", is_flag=True, help="Only say who can sign in, and with what password.")
@with_appcontext
def seed_demo(if_empty: bool, names: bool) -> None:
    """Load Northmere Police, all invented. Never over real data, and never in production."""
    if names:
        print_json(_sign_in_names())
        return
    parts = installation()
    if parts.settings.env is Mode.PRODUCTION:
        raise click.ClickException("The demonstration force is not for production")
    insist_on_tables()
    with begin_work(
        parts.sessions, actor=Actor(None, "Demonstration", SYSTEM), action="demonstration.loaded", now=clock.now(), law=parts.law.shipped
    ) as work:
        is_empty = not holds_anything(work)
        if not (is_empty or if_empty):
            raise click.ClickException(ON_FILE_ALREADY)
        loaded = _load(work) if is_empty else None
    if loaded:
        print_json(loaded)


def _load(work: Work) -> dict[str, int]:
    with tqdm(total=len(STEPS), desc="Loading the demonstration force", bar_format=BAR) as bar:
        bar.set_postfix_str(STEPS[0])

        def say(done: str) -> None:
            bar.update()
            bar.set_postfix_str(NEXT.get(done, "keeping it"))

        return load_demonstration(work, say)


def _sign_in_names() -> dict[str, Any]:
    users = [{"username": user.username, "name": user.display_name, "role": ROLE_NAMES[user.role]} for user in KNOWN]
    return {"password": PASSWORD, "users": users}

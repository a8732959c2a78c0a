"""`orderwatch seed-demo`: load the demonstration force into an empty database."""

from __future__ import annotations

import json

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from config.settings import Mode
from orders_app import clock
from orders_app.queries.visibility import SYSTEM
from orders_app.services.demonstration.load import STEPS, holds_anything, load_demonstration
from orders_app.services.demonstration.staff import KNOWN, PASSWORD
from orders_app.services.errors import RuleBroken
from orders_app.services.work import Actor, Work, begin_work
from orders_app.web.installation import installation


@click.command("seed-demo")
@click.option("--if-empty", is_flag=True, help="Do nothing, and succeed, when anybody is on file already.")
@click.option("--names", is_flag=True, help="Only say who can sign in, and with what password.")
@with_appcontext
def seed_demo(if_empty: bool, names: bool) -> None:
    """Load Northmere Police, all invented. Never over real data, and never in production."""
    if names:
        click.echo(_sign_in_names())
        return
    parts = installation()
    if parts.settings.env is Mode.PRODUCTION:
        raise click.ClickException("The demonstration force is not for production")
    with begin_work(
        parts.sessions, actor=Actor(None, "Demonstration", SYSTEM), action="demonstration.loaded", now=clock.now(), law=parts.law
    ) as work:
        if if_empty and holds_anything(work):
            return
        click.echo(json.dumps(_load(work)))


def _load(work: Work) -> dict[str, int]:
    try:
        with tqdm(total=len(STEPS), desc="Loading the demonstration force", unit="step") as bar:

            def say(step: str) -> None:
                bar.set_postfix_str(step)
                bar.update()

            return load_demonstration(work, say)
    except RuleBroken as refused:
        raise click.ClickException(refused.message) from refused


def _sign_in_names() -> str:
    lines = [f"  {user.username:<16} {user.rank} {user.number} {user.name}, {user.role.replace('_', ' ')}" for user in KNOWN]
    return "\n".join(["Sign in as any of these:", *lines, f"Password for all of them: {PASSWORD}"])

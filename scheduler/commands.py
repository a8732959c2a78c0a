"""The whole `orderwatch` command: the commands of the web floor, and `run-job`, which only this floor can do."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from config.logging import set_up_logging
from config.reference import load_reference
from orders_app.queries import jobs as queries
from orders_app.rules.schedule import BY_NAME, PLANNED
from orders_app.rules.wording import LONDON
from orders_app.services.jobs import make_ready
from orders_app.web.cli import main as run_command
from orders_app.web.cli import orderwatch
from orders_app.web.cli.database import insist_on_tables
from orders_app.web.cli.output import print_json
from scheduler.__main__ import owner_name, program_of
from scheduler.claims import claim
from scheduler.mail_command import mail_test
from scheduler.mail_jobs import rehearse_sending
from scheduler.runner import FAILED, rehearse, run, work_of
from scheduler.simulation.year import simulate as live_through

BY_HAND = "the command line"
# What a dry run does in place of a job whose work cannot be undone.
REACHES_OUTSIDE = {"send_mail": rehearse_sending}
WHAT_THEY_DO = "\n".join(f"  {job.name:<16} {job.does}" for job in PLANNED)


class Moment(click.ParamType):  # type: ignore[type-arg]
    """An ISO date and time: London time unless it names another."""

    name = "when"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date and time such as 2026-11-23T09:00", param, ctx)
        return at if at.tzinfo else at.replace(tzinfo=LONDON)


@orderwatch.command("run-job", epilog=f"\b\nThe jobs:\n{WHAT_THEY_DO}")
@click.argument("name", type=click.Choice(sorted(BY_NAME)), metavar="NAME")
@click.option("--as-of", type=Moment(), help="Run as if it were this moment, London time: 2026-11-23T09:00.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and keep nothing of it.")
@with_appcontext
def run_job(name: str, as_of: datetime | None, dry_run: bool) -> int:
    """Run one job now and print what it did as JSON. The exit status is 1 when it failed."""
    program = program_of(current_app.extensions["orderwatch"], owner_name())
    insist_on_tables()
    if as_of and not dry_run and BY_NAME[name].only_now:
        raise click.ClickException(f"{name} runs for no other moment than now: {BY_NAME[name].only_now}. --dry-run says what it would do")
    if as_of and not dry_run and as_of > program.now():
        click.echo(f"What {name} does for a later moment stands until then. --dry-run only looks.", err=True)
    moment = (as_of or program.now()).astimezone(LONDON)
    said: dict[str, object] = {"job": name, "as_of": moment.isoformat(timespec="seconds"), "dry_run": dry_run}
    if dry_run:
        outcome = rehearse(replace(program, pieces={**program.pieces, **REACHES_OUTSIDE}), name, as_of)
        said |= {"outcome": "dry_run", "counts": dict(outcome.counts), "detail": " ".join(filter(None, (outcome.problem, outcome.detail)))}
    else:
        mine = claim(program.sessions, job=name, nominal_at=program.now(), owner=program.owner, now=program.now(), requested_by=BY_HAND)
        if mine is None:
            raise click.ClickException(f"{name} is being run at this very moment")
        with work_of(program, name) as work:
            make_ready(work, job=name)
        run(program, mine, as_of)
        with program.sessions() as session:
            said |= queries.outcome_of(session, mine.run_id)
    print_json(said)
    return int(said["outcome"] == FAILED)


@orderwatch.command("simulate")
@click.option("--days", type=click.IntRange(1, 1500), default=365, show_default=True, help="How many days to live through.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same days.")
def simulate(days: int, seed: int) -> int:
    """Live an invented force through days of its own, with outages and two schedulers, and check that no alert is lost.

    Uses a database of its own, and throws it away. The exit status is 1 when anything was lost, doubled or wrong.
    """
    with click.progressbar(length=days, label="Days", file=sys.stderr) as bar:
        findings = live_through(load_reference(), days=days, seed=seed, on_day=lambda day: bar.update(1))
    print_json(findings.as_json())
    return int(not findings.is_clean)


orderwatch.add_command(mail_test)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status. Logs go to standard error, so that standard output is JSON alone."""
    set_up_logging(logging.WARNING)
    return run_command(arguments)

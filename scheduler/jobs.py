"""What each job of rules.schedule does: one readable table. A job is one piece of Work, unless it says that it begins its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from time import sleep

from sqlalchemy.orm import Session

from orders_app.db import has_one_writer
from orders_app.queries.imports import has_imports_under_way
from orders_app.rules.alerting import Stage
from orders_app.rules.law_warnings import law_warnings
from orders_app.rules.schedule import CHECK
from orders_app.rules.wording import day_words
from orders_app.services import alerts, clean_up, deadlines, escalation
from orders_app.services.alerts import NAMED_AT_MOST
from orders_app.services.imports import runs as imports
from orders_app.services.work import Actor, Work

# Whoever waits for SQLite's one lock looks for it every tenth of a second, and would never find it free between two pieces.
BREATHER_SECONDS = 0.12
NO_MAIL_SERVER = "No mail server is set."


@dataclass(frozen=True)
class Outcome:
    """What a job did. `problem` says in words what a person has to see to, although the job did the rest."""

    counts: Mapping[str, int] = field(default_factory=dict)
    detail: str = ""
    problem: str = ""


Job = Callable[[Work, tuple[Stage, ...]], Outcome]
Begin = Callable[..., AbstractContextManager[Work]]
JobOfManyPieces = Callable[[Begin, Actor], Outcome]
Wanted = Callable[[Session, datetime], bool]


def raise_alerts(work: Work, stages: tuple[Stage, ...]) -> Outcome:
    """Raise, close and route alerts; say in red which have nobody to hear them."""
    sweep = alerts.raise_alerts(work, stages=stages)
    return Outcome(sweep.counts(), problem=_nobody_hears(sweep))


def escalate_alerts(work: Work, stages: tuple[Stage, ...]) -> Outcome:
    """Pass up alerts that were met with silence."""
    done = escalation.escalate(work, stages=stages)
    said = f"Nobody to tell of {done.nobody_above:,} alerts past their time: there is no supervisor or duty inspector."
    return Outcome(done.counts(), problem=said if done.nobody_above else "")


def sync_deadlines(begin: Begin, actor: Actor) -> Outcome:
    """Work every record's deadlines out again; name those that cannot be. Nobody who wants to write meanwhile waits for all of them."""
    done = deadlines.Synced()
    with begin("job.sync_deadlines", actor=actor) as work:
        turns = deadlines.record_ids_in_turn(work.session)
        breather = BREATHER_SECONDS if has_one_writer(work.session) else 0
    for number, record_ids in enumerate(turns):
        sleep(breather if number else 0)
        with begin("job.sync_deadlines", actor=actor) as work:
            deadlines.sync_some(work, record_ids, done)
    named = f": {some(done.named)}" if done.named else ""
    how_many = "1 record" if done.failed == 1 else f"{done.failed:,} records"
    said = f"The deadlines of {how_many} cannot be worked out{named}." if done.failed else ""
    return Outcome({"records": done.records, **done.counts, "not_worked_out": done.failed}, problem=said)


def clean_away(work: Work, _stages: tuple[Stage, ...]) -> Outcome:
    """Remove what has ended."""
    return Outcome(clean_up.clean_up(work))


def check_holidays(work: Work, _stages: tuple[Stage, ...]) -> Outcome:
    """Warn in time that the holiday table, or a provision, runs out. Pages say the same to those who have to see to it."""
    until = work.law.holidays.covers_until
    said = [f"{warning.title}. {warning.text}" for warning in law_warnings(work.law, work.today)]
    detail = "" if said else f"The table of bank holidays runs to {day_words(until)}."
    return Outcome({"days_left": (until - work.today).days}, detail=detail, problem=" ".join(said))


def run_imports(begin: Begin, actor: Actor) -> Outcome:
    """Read the files that wait. Each is all or nothing, and a refused one does not stop the next."""
    return Outcome(imports.run_waiting(begin, actor))


def queue_no_digests(_work: Work, _stages: tuple[Stage, ...]) -> Outcome:
    """Without a mail server nobody is told by e-mail, and nothing is kept for later."""
    return Outcome(detail=NO_MAIL_SERVER)


def send_no_mail(_begin: Begin, _actor: Actor) -> Outcome:
    """Without a mail server there is nothing to send."""
    return Outcome(detail=NO_MAIL_SERVER)


# Those of e-mail are put in their place where a mail server is set: see scheduler.mail_jobs.
JOBS: dict[str, Job] = {
    CHECK: raise_alerts,
    "escalate_alerts": escalate_alerts,
    "clean_up": clean_away,
    "check_holidays": check_holidays,
    "queue_digests": queue_no_digests,
}
MANY_PIECES: dict[str, JobOfManyPieces] = {"run_imports": run_imports, "sync_deadlines": sync_deadlines, "send_mail": send_no_mail}
ONLY_WHEN_WANTED: dict[str, Wanted] = {
    "run_imports": lambda session, _now: has_imports_under_way(session),
    "queue_digests": lambda _session, _now: False,
    "send_mail": lambda _session, _now: False,
}


def _nobody_hears(sweep: alerts.Sweep) -> str:
    if not sweep.without_recipient:
        return ""
    count = "1 alert has" if sweep.without_recipient == 1 else f"{sweep.without_recipient:,} alerts have"
    named = f": {some(sweep.nobody_hears)}" if sweep.nobody_hears else ""
    return f"{count} no living recipient{named}. Give the record an owner or a team with somebody in it, and set a duty inspector."


def some(references: Sequence[str]) -> str:
    """The first of them in words, and how many more."""
    shown = ", ".join(references[:NAMED_AT_MOST])
    return f"{shown} and {len(references) - NAMED_AT_MOST} more" if len(references) > NAMED_AT_MOST else shown

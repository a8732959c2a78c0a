"""Files handed in: received, checked, confirmed, recorded, and what became of each.

A run's own row is written in small pieces of work of its own, so that others see how far it is; the records are all
written in one piece of work, which is undone where anything is wrong.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from orders_app.models import ImportRun
from orders_app.queries import imports as queries
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Permission, Role
from orders_app.rules.spreadsheets import KINDS
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.imports import progress as watched
from orders_app.services.imports.problems import FileRefused, RowProblem
from orders_app.services.imports.progress import Begin, Progress
from orders_app.services.imports.tables import Book
from orders_app.services.imports.whole_file import Outcome, import_whole, read_whole
from orders_app.services.jobs import request_run
from orders_app.services.work import Actor, Work

ROWS_AT_ONCE = 1_000  # more than these are left to the scheduler
KEPT_FOR = timedelta(days=1)
SILENT_FOR = timedelta(minutes=15)
ONE_IMPORT_AT_A_TIME = 8_417_001
IMPORTS_JOB = "run_imports"
LONGEST_NAME = 200


class Undone(Exception):
    """Nothing of this piece of work is kept."""


def count_rows(content: bytes, kind: str) -> int:
    """Return how many rows a file holds. Raises RuleBroken with field `kind` or `file` for one that cannot be read."""
    if kind not in KINDS:
        raise RuleBroken("kind", "Choose what the file holds")
    try:
        return read_whole(content, kind).row_count
    except FileRefused as refused:
        raise RuleBroken("file", refused.message) from None


def receive(work: Work, *, kind: str, file_name: str, content: bytes, rows: int) -> ImportRun:
    """Keep a file of so many rows, to be checked first."""
    run = ImportRun(
        token=secrets.token_urlsafe(12), kind=kind, file_name=file_name[-LONGEST_NAME:], sha256=hashlib.sha256(content).hexdigest(),
        is_dry_run=True, state="waiting", started_by_id=work.actor.id, created_at=work.now, rows_total=rows, rows_done=0,
        counts={}, errors=[], content=content,
    )  # fmt: skip
    work.session.add(run)
    work.session.flush()
    _wake_the_scheduler(work, run)
    return run


def confirm(work: Work, *, token: str) -> ImportRun:
    """Ask for a checked file to be recorded. Raises NotFound, and ChangedMeanwhile where it is no longer waiting for that."""
    run = queries.find_run(work.session, work.actor.viewer, token)
    if run is None:
        raise NotFound(token)
    if run.state != "checked":
        raise ChangedMeanwhile(token)
    run.state, run.is_dry_run, run.rows_done, run.finished_at = "waiting", False, 0, None
    _wake_the_scheduler(work, run)
    return run


def is_small(run: ImportRun) -> bool:
    """Whether a run is done at once, and not left to the scheduler."""
    return run.rows_total <= ROWS_AT_ONCE


def _wake_the_scheduler(work: Work, run: ImportRun) -> None:
    """It looks for requests every few seconds, and for files that wait only every minute."""
    if not is_small(run):
        request_run(work, job=IMPORTS_JOB)


def carry_out(begin: Begin, run_id: int, actor: Actor) -> str | None:
    """Do a waiting run as `actor` and return its new state; None where somebody else is doing it.

    `begin(action, actor=…)` begins a piece of work. A fault of the program leaves the run failed, and is raised again.
    """
    claimed = _claim(begin, run_id, actor)
    if claimed is None:
        return None
    kind, content, is_dry_run = claimed
    report = watched.reporter(begin, run_id, actor)
    try:
        outcome = import_content(begin, actor, read_whole(content, kind), is_dry_run=is_dry_run, progress=report)
    except Exception:
        _finish(begin, run_id, actor, "failed", {}, [])
        raise
    state = "refused" if outcome.problems else "checked" if is_dry_run else "done"
    _finish(begin, run_id, actor, state, outcome.as_json(), [problem.as_json() for problem in outcome.problems])
    return state


def import_content(begin: Begin, actor: Actor, book: Book, *, is_dry_run: bool, progress: Progress = lambda done: None) -> Outcome:
    """Import a file's tables in one piece of work, and undo it all after a dry run or where anything is wrong."""
    outcome: Outcome | None = None
    try:
        with begin("import.checked" if is_dry_run else "import.recorded", actor=actor) as work:
            _wait_for_other_imports(work)
            outcome = import_whole(work, book, is_dry_run=is_dry_run, progress=progress)
            if is_dry_run or outcome.problems:
                raise Undone
    except Undone:
        pass
    assert outcome is not None
    return outcome


def run_waiting(begin: Begin, system: Actor) -> dict[str, int]:
    """Do every run that waits, each as whoever started it, and return how many ended in which state.

    A run whose officer may no longer import is refused. One whose process died is taken up again: nothing of it was kept.
    """
    with begin("import.taken_up", actor=system) as work:
        _revive_and_forget(work)
        waiting = [(run_id, _whoever_started(work, run_id)) for run_id in queries.waiting_runs(work.session)]
    counts: dict[str, int] = {}
    for run_id, actor in waiting:
        state = carry_out(begin, run_id, actor) if actor else _refuse(begin, run_id, system)
        if state:
            counts[state] = counts.get(state, 0) + 1
    return counts


def _claim(begin: Begin, run_id: int, actor: Actor) -> tuple[str, bytes, bool] | None:
    with begin("import.started", actor=actor) as work:
        run = _locked(work, run_id)
        if run is None or run.state != "waiting" or run.content is None:
            return None
        run.state, run.rows_done, run.seen_at = "running", 0, work.now
        return run.kind, run.content, run.is_dry_run


def _locked(work: Work, run_id: int) -> ImportRun | None:
    wanted = select(ImportRun).where(ImportRun.id == run_id).options(undefer(ImportRun.content))
    return work.session.scalar(wanted.with_for_update(skip_locked=True))


def _finish(begin: Begin, run_id: int, actor: Actor, state: str, counts: dict[str, Any], errors: list[dict[str, Any]]) -> None:
    with begin("import.finished", actor=actor) as work:
        run = work.session.get_one(ImportRun, run_id)
        run.state, run.counts, run.errors, run.finished_at = state, counts, errors, work.now
        run.rows_done = run.rows_total
        if state != "checked":
            run.content = None
    watched.over(work.session)


def _wait_for_other_imports(work: Work) -> None:
    """Two imports at once could both record the same key. SQLite lets one write at a time in any case."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(select(func.pg_advisory_xact_lock(ONE_IMPORT_AT_A_TIME)))


def _whoever_started(work: Work, run_id: int) -> Actor | None:
    """Whoever handed in the file, with what they may see now; None where they may no longer import."""
    user_id = work.session.get_one(ImportRun, run_id).started_by_id
    user = queries.user_who_started(work.session, user_id) if user_id else None
    if user is None:
        return None
    area_id = user.team.area_id if user.team else None
    viewer = Viewer(user.id, team_id=user.team_id, area_id=area_id, roles=frozenset(Role(role.role) for role in user.roles))
    return Actor(user.id, user.display_name, viewer) if viewer.may(Permission.IMPORT_RUN) else None


def _refuse(begin: Begin, run_id: int, system: Actor) -> str:
    problem = RowProblem("", None, "", "Whoever handed in this file may no longer import. Somebody who may can hand it in again")
    _finish(begin, run_id, system, "refused", {}, [problem.as_json()])
    return "refused"


def _revive_and_forget(work: Work) -> None:
    """Take up runs that fell silent, and drop the contents of files that were checked and never confirmed."""
    silent = select(ImportRun).where(ImportRun.state == "running", ImportRun.seen_at < work.now - SILENT_FOR)
    for run in work.session.scalars(silent):
        run.state = "waiting"
    old = select(ImportRun).where(ImportRun.state == "checked", ImportRun.finished_at < work.now - KEPT_FOR)
    for run in work.session.scalars(old):
        run.state, run.content = "forgotten", None

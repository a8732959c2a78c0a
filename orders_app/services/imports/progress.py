"""How far an import is, told to those who watch it.

PostgreSQL holds it in the row of the run. SQLite lets one write at a time and that one is the import itself: there it
stands in a small file beside the database, which is always on the same machine.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from sqlalchemy.orm import Session

from orders_app.db import has_one_writer
from orders_app.models import ImportRun
from orders_app.services.work import Actor, Work

REPORT_EVERY = 250
Begin = Callable[..., AbstractContextManager[Work]]
Progress = Callable[[int], None]


def reporter(begin: Begin, run_id: int, actor: Actor) -> Progress:
    """Return what an import tells how many rows it has done."""
    with begin("import.progressed", actor=actor) as work:
        file = _file(work.session)
    told = 0

    def report(done: int) -> None:
        nonlocal told
        if done - told < REPORT_EVERY:
            return
        told = done
        if file:
            _write(file, run_id, done)
        else:
            _store(begin, run_id, actor, done)

    return report


def rows_done(session: Session, run_id: int, stored: int) -> int:
    """Return how many rows a run has done: `stored` is what its row says."""
    file = _file(session)
    try:
        whose, done = file.read_text().split() if file else ("", "")
        return int(done) if whose == str(run_id) else stored
    except (OSError, ValueError):  # nothing there, or half written just now
        return stored


def over(session: Session) -> None:
    """Forget how far the import was."""
    file = _file(session)
    if file:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _file(session: Session) -> Path | None:
    database = session.get_bind().engine.url.database
    return Path(f"{database}-progress") if has_one_writer(session) and database else None


def _write(file: Path, run_id: int, done: int) -> None:
    with suppress(OSError):  # an import does not stop because nobody can watch it
        file.write_text(f"{run_id} {done}")


def _store(begin: Begin, run_id: int, actor: Actor, done: int) -> None:
    with begin("import.progressed", actor=actor) as work:
        run = work.session.get_one(ImportRun, run_id)
        run.rows_done, run.seen_at = min(done, run.rows_total), work.now

"""Run one job that has been claimed, keep the claim alive meanwhile, and write down what became of it whatever happened."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from orders_app import clock
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.alerting import Stage
from orders_app.rules.law import LawTables
from orders_app.rules.wording import at_words
from orders_app.services.law_in_force import LawInForce
from orders_app.services.work import Actor, Work, begin_work
from scheduler.claims import LEASE, Claim, LostClaim, Sessions, finish, renew
from scheduler.jobs import JOBS, MANY_PIECES, ONLY_WHEN_WANTED, Job, JobOfManyPieces, Outcome, Wanted

log = structlog.get_logger(__name__)
HEARTBEAT = LEASE / 4
DONE, WITH_PROBLEMS, FAILED, FOR_ANOTHER_TIME, LOST = "done", "problems", "failed", "as_of", "lost"
ACTOR = Actor(None, "Orderwatch scheduler", SYSTEM)


@dataclass(frozen=True)
class Program:
    """What every job is given, from the entry point: sessions that may write, the law in force, the alert policy, the clock."""

    sessions: Sessions
    law: LawInForce
    stages: tuple[Stage, ...]
    owner: str
    jobs: Mapping[str, Job] = field(default_factory=lambda: JOBS)
    pieces: Mapping[str, JobOfManyPieces] = field(default_factory=lambda: MANY_PIECES)
    wanted: Mapping[str, Wanted] = field(default_factory=lambda: ONLY_WHEN_WANTED)
    now: Callable[[], datetime] = clock.now
    heartbeat: timedelta = HEARTBEAT


class Rehearsed(Exception):
    """Raised at the end of a dry run, so that nothing of it is kept."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def run(program: Program, mine: Claim, as_of: datetime | None = None) -> str:
    """Do the job, as of now unless told otherwise, and write down what became of it, whatever that is.

    Returns the outcome in one word: LOST where another scheduler has taken the run over.
    """
    structlog.contextvars.bind_contextvars(job=mine.job, run=mine.run_id)
    try:
        with _kept_alive(program, mine):
            do = _in_many_pieces if mine.job in program.pieces else _in_one_piece
            outcome = do(program, mine, as_of)
        log.info("job finished", outcome=_word(outcome, as_of), counts=dict(outcome.counts))
        return _word(outcome, as_of)
    except LostClaim:
        log.warning("job was taken over by another scheduler; nothing done here was kept")
        return LOST
    except Exception as error:
        log.error("job failed", exc_info=error)
        _write_failure(program, mine, error)
        return FAILED
    finally:
        structlog.contextvars.unbind_contextvars("job", "run")


def rehearse(program: Program, job: str, as_of: datetime | None = None) -> Outcome:
    """Do the job and keep nothing of it. Returns what it would have done."""
    try:
        with work_of(program, job, as_of) as work:
            raise Rehearsed(_done_within(program, job, work))
    except Rehearsed as end:
        return end.outcome


def _done_within(program: Program, job: str, work: Work) -> Outcome:
    if job in program.pieces:
        return program.pieces[job](partial(_piece_of, work), ACTOR)
    return program.jobs[job](work, program.stages)


@contextmanager
def _piece_of(work: Work, action: str, *, actor: Actor) -> Iterator[Work]:
    """Part of a larger piece of work: undone with it, and alone where it fails."""
    with work.session.begin_nested():
        yield replace(work, action=action, actor=actor)


@contextmanager
def work_of(program: Program, job: str, as_of: datetime | None = None) -> Iterator[Work]:
    """Begin the piece of work that a job is."""
    with begin_work(program.sessions, actor=ACTOR, action=f"job.{job}", now=as_of or program.now(), law=_law(program)) as work:
        yield work


def _law(program: Program) -> LawTables:
    """The law as it stands now, even where the job is run for another day."""
    with program.sessions() as session:
        return program.law.standing(session, program.now()).tables


def _in_one_piece(program: Program, mine: Claim, as_of: datetime | None) -> Outcome:
    """What the job did and the mark that it finished are one transaction: both are kept, or neither."""
    with work_of(program, mine.job, as_of) as work:
        outcome = program.jobs[mine.job](work, program.stages)
        _finish(program, work.session, mine, outcome, as_of)
    return outcome


def _in_many_pieces(program: Program, mine: Claim, as_of: datetime | None) -> Outcome:
    """The job begins its own pieces of work, each safe to repeat; the mark comes after the last."""

    def begin(action: str, *, actor: Actor) -> AbstractContextManager[Work]:
        return begin_work(program.sessions, actor=actor, action=action, now=as_of or program.now(), law=_law(program))

    outcome = program.pieces[mine.job](begin, ACTOR)
    with program.sessions.begin() as session:
        _finish(program, session, mine, outcome, as_of)
    return outcome


def _finish(program: Program, session: Session, mine: Claim, outcome: Outcome, as_of: datetime | None) -> None:
    """A run for another moment than now is marked as such: it does not count as a check of today."""
    finish(session, mine, now=program.now(), outcome=_word(outcome, as_of), counts=dict(outcome.counts), detail=_said(outcome, as_of))


def _word(outcome: Outcome, as_of: datetime | None = None) -> str:
    if as_of:
        return FOR_ANOTHER_TIME
    return WITH_PROBLEMS if outcome.problem else DONE


def _said(outcome: Outcome, as_of: datetime | None) -> str:
    as_if = f"Run as if it were {at_words(as_of)}." if as_of else ""
    return " ".join(text for text in (as_if, outcome.problem, outcome.detail) if text)


def _write_failure(program: Program, mine: Claim, error: Exception) -> None:
    kind = type(error).__name__
    detail = f"It stopped on an unexpected fault ({kind}). Nothing of it was kept. The log says where, under run {mine.run_id}."
    try:
        with program.sessions.begin() as session:
            finish(session, mine, now=program.now(), outcome=FAILED, counts={}, detail=detail)
    except (LostClaim, SQLAlchemyError) as fault:
        log.error("the failure could not be written down; the run will be taken over", exc_info=fault)


@contextmanager
def _kept_alive(program: Program, mine: Claim) -> Iterator[None]:
    """Renew the lease while the job runs. On SQLite a running job holds the write lock, which protects it as well."""
    is_over = threading.Event()
    renewing = threading.Thread(target=_renew_until, args=(program, mine, is_over), name=f"lease of {mine.job}", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        is_over.set()
        renewing.join()


def _renew_until(program: Program, mine: Claim, is_over: threading.Event) -> None:
    while not is_over.wait(program.heartbeat.total_seconds()):
        try:
            if not renew(program.sessions, mine, now=program.now()):
                return
        except SQLAlchemyError as fault:
            log.warning("the lease could not be renewed just now", fault=type(fault).__name__)

"""Two processes at once on one database: every run is done once, and a killed owner's run is done by the other."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.db import writing_sessions
from orders_app.models import Area, JobRun
from orders_app.services.law_in_force import LawInForce
from orders_app.services.work import Work
from scheduler.claims import LEASE, claim, take_abandoned
from scheduler.jobs import Outcome
from scheduler.runner import Program, run
from tests.conftest import NOW

RUNS = 12
SPAWN = multiprocessing.get_context("spawn")


def add_an_area(work: Work, _stages: object) -> Outcome:
    work.session.add(Area(code=f"{work.now:%d%H%M%S}", name="Area"))
    work.session.flush()
    return Outcome({"areas": 1})


def program_on(url: str, owner: str, at: datetime) -> Program:
    reference = load_reference()
    return Program(
        writing_sessions(create_engine(url)),
        LawInForce(reference.law),
        reference.stages,
        owner,
        jobs={"clean_up": add_an_area},
        now=lambda: at,
    )


def work_through(url: str, owner: str) -> None:
    """Try for every one of the same runs, as a scheduler does that wakes at the same moments as another."""
    for number in range(RUNS):
        at = NOW + timedelta(minutes=10 * number)
        program = program_on(url, owner, at)
        mine = claim(program.sessions, job="clean_up", nominal_at=at, owner=owner, now=at)
        if mine:
            run(program, mine)
        program.sessions.kw["bind"].dispose()


@pytest.mark.slow
def test_two_processes_do_each_run_once(database_url: str, session: Session) -> None:
    both = [SPAWN.Process(target=work_through, args=(database_url, name)) for name in ("first", "second")]
    for process in both:
        process.start()
    for process in both:
        process.join(timeout=120)
    assert [process.exitcode for process in both] == [0, 0]
    runs = session.scalars(select(JobRun)).all()
    assert len(runs) == RUNS
    assert {one.outcome for one in runs} == {"done"}
    assert len(session.scalars(select(Area.id)).all()) == RUNS


def claim_and_die(url: str) -> None:
    program = program_on(url, "first", NOW)
    assert claim(program.sessions, job="clean_up", nominal_at=NOW, owner="first", now=NOW)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow
def test_what_a_killed_process_had_claimed_is_done_by_another(database_url: str, session: Session) -> None:
    dying = SPAWN.Process(target=claim_and_die, args=(database_url,))
    dying.start()
    dying.join(timeout=120)
    later = NOW + LEASE + timedelta(seconds=1)
    other = program_on(database_url, "second", later)
    (mine,) = take_abandoned(other.sessions, owner="second", now=later, at_most=9)
    run(other, mine)
    other.sessions.kw["bind"].dispose()
    done = session.scalars(select(JobRun)).one()
    assert (done.outcome, done.claimed_by, done.takeovers) == ("done", "second", 1)
    assert len(session.scalars(select(Area.id)).all()) == 1

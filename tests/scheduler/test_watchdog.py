"""The service outside hears of every check of the deadlines, of nothing else, and what it does about it harms nobody."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from config.reference import load_reference
from config.settings import Mode, Settings, faults_of
from orders_app.models import JobRun
from orders_app.rules.law import LawTables
from orders_app.rules.schedule import BY_NAME
from orders_app.services.law_in_force import LawInForce
from orders_app.services.work import Work
from scheduler.clockwork import Clockwork
from scheduler.jobs import Outcome
from scheduler.runner import Program
from scheduler.watchdog import STILL_WAITING, Watchdog
from tests.conftest import NOW

CHECK = BY_NAME["raise_alerts"]
A_MOMENT = timedelta(milliseconds=200)
LONG = timedelta(seconds=20)


class Outside:
    """A real service: what it was asked for, what it answers, and how long it keeps one waiting."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bytes]] = []
        self.status = 200
        self.may_answer = threading.Event()
        self.may_answer.set()
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outside.asked.append((self.command, self.path, body))
                outside.may_answer.wait(LONG.total_seconds())
                self.send_response(outside.status)
                self.send_header("Location", f"http://127.0.0.1:{outside.port}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.address = f"http://127.0.0.1:{self.port}/ping/secret"

    def close(self) -> None:
        self.may_answer.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def outside() -> Iterator[Outside]:
    service = Outside()
    serving = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    yield service
    service.close()
    serving.join()


@pytest.fixture
def program(sessions: sessionmaker[Session], law: LawTables) -> Program:
    return Program(
        sessions, LawInForce(law), load_reference().stages, "first", jobs={CHECK.name: checks, "clean_up": checks}, now=lambda: NOW
    )


def checks(_work: Work, _stages: object) -> Outcome:
    return Outcome({"deadlines": 3}, detail="All was looked at.")


def with_problems(_work: Work, _stages: object) -> Outcome:
    return Outcome(problem="Nobody hears of one.")


def breaks(_work: Work, _stages: object) -> Outcome:
    raise RuntimeError


def told(program: Program, address: str, *, job: str = CHECK.name, longest_wait: timedelta = LONG) -> Clockwork:
    """A scheduler that has done the run of a job, and has had its answer."""
    watchdog = Watchdog(address, program.sessions, longest_wait)
    clockwork = Clockwork(program, watchdog)
    clockwork.fire(BY_NAME[job])
    watchdog.wait()
    return clockwork


def the_run(session: Session) -> JobRun:
    session.rollback()
    return session.scalars(select(JobRun)).one()


def test_it_is_asked_for_after_a_check_with_no_data_at_all(program: Program, outside: Outside, session: Session) -> None:
    told(program, outside.address)
    assert outside.asked == [("GET", "/ping/secret", b"")]
    assert (the_run(session).outcome, the_run(session).detail) == ("done", "All was looked at.")
    assert the_run(session).outside_fault == ""


def test_a_check_that_found_somebody_unheard_is_a_check(program: Program, outside: Outside) -> None:
    told(replace(program, jobs={CHECK.name: with_problems}), outside.address)
    assert len(outside.asked) == 1


@pytest.mark.parametrize(("job", "what"), [(CHECK.name, breaks), ("clean_up", checks)])
def test_a_failed_check_and_every_other_job_say_nothing(program: Program, outside: Outside, job: str, what: Callable[..., Outcome]) -> None:
    told(replace(program, jobs={job: what}), outside.address, job=job)
    assert outside.asked == []


def test_where_no_address_is_set_nothing_is_asked(program: Program, session: Session) -> None:
    told(program, "")
    assert the_run(session).detail == "All was looked at."
    assert the_run(session).outside_fault is None


@pytest.mark.parametrize("status", [302, 404, 503])
def test_a_refusal_is_said_beside_the_run_and_fails_nothing(program: Program, outside: Outside, session: Session, status: int) -> None:
    outside.status = status
    told(program, outside.address)
    run = the_run(session)
    assert run.outcome == "done"
    assert run.detail.startswith(f"All was looked at. The watchdog outside could not be told: it answered {status}.")
    assert "secret" not in run.detail
    assert len(outside.asked) == 1


def test_a_service_that_is_gone_is_said(program: Program, session: Session) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as unused:
        port = unused.getsockname()[1]
    told(program, f"http://127.0.0.1:{port}/")
    assert "it could not be reached" in the_run(session).detail
    assert the_run(session).outside_fault == "it could not be reached"


def test_a_service_that_stalls_is_left_and_holds_no_job_up(program: Program, outside: Outside, session: Session) -> None:
    outside.may_answer.clear()
    told(program, outside.address, longest_wait=A_MOMENT)
    assert "it did not answer in time" in the_run(session).detail


def test_while_it_stalls_the_next_check_is_done_and_it_is_not_asked_twice_at_once(
    program: Program, outside: Outside, session: Session
) -> None:
    outside.may_answer.clear()
    clockwork = Clockwork(program, Watchdog(outside.address, program.sessions, LONG))
    clockwork.fire(CHECK)
    clockwork.program = replace(program, now=lambda: NOW + timedelta(minutes=10))
    clockwork.fire(CHECK)
    outside.may_answer.set()
    clockwork.watchdog.wait()
    details = session.scalars(select(JobRun.detail).order_by(JobRun.nominal_at)).all()
    assert [STILL_WAITING in detail for detail in details] == [False, True]
    assert len(outside.asked) == 1


def test_of_two_schedulers_the_one_that_did_the_run_says_so(program: Program, outside: Outside) -> None:
    for owner in ("first", "second"):
        told(replace(program, owner=owner), outside.address)
    assert len(outside.asked) == 1


def made(**given: str) -> Settings:
    production = {"env": Mode.PRODUCTION, "secret_key": "k7Tq" * 10, "database_url": "postgresql://us@here/orders"}
    return Settings.model_validate({**production, **given})


def test_production_takes_a_safe_address_or_none() -> None:
    assert made().watchdog_url == ""
    assert "ping/name" not in repr(made(watchdog_url="https://watchdog.example/ping/name"))


@pytest.mark.parametrize("address", ["http://watchdog.example/ping", "watchdog.example", "file:///etc/passwd", "https://"])
def test_an_unsafe_address_is_refused_and_the_setting_named(address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        made(watchdog_url=address)
    assert ["ORDERWATCH_WATCHDOG_URL" in fault for fault in faults_of(refused.value)] == [True]

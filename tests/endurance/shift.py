"""The whole of it: a force moves in, works while its machines are killed, comes to rest, and everything is looked up."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from alembic import command
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from config.migrations import alembic_config
from config.reference import load_reference
from orders_app.db import writing_sessions
from orders_app.models import Alert, Deadline
from orders_app.rules.london import london_day
from orders_app.rules.schedule import BY_NAME
from orders_app.services.deadlines import sync_all
from orders_app.services.work import begin_work
from scheduler.runner import ACTOR
from tests.endurance import mail
from tests.endurance.browser import Browser, Traffic, Unanswered
from tests.endurance.clock import begun
from tests.endurance.faults import FAULTS, VARIABLE
from tests.endurance.force import Officer, move_in
from tests.endurance.ledger import Ledger, unlogged_rows
from tests.endurance.machines import LASTING, Chaos, Part
from tests.endurance.robots import Robot
from tests.endurance.runs import runs_of
from tests.endurance.watch import Onlooker
from tests.postgres import Cluster, find_programs, free_port, unprivileged_user

# A Wednesday: clocks go back in the second week.
BEGINS_AT = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)
ROBOTS = 4
SECONDS_TO_START = 60
# Long enough for a lease to end, and for the runs that it held to be taken over and done.
SECONDS_OF_QUIET = 12
LOOK_EVERY_SECONDS = 0.4
NAMED_AT_MOST = 20


@dataclass(frozen=True)
class Plan:
    """How long, how fast, by which dice, and what is broken on purpose."""

    seconds: float
    days: float
    seed: int
    fault: str = ""

    @property
    def speed(self) -> float:
        """How many times as fast the clock runs."""
        return self.days * 86400 / self.seconds


@dataclass
class Findings:
    """What it came to."""

    plan: Plan
    deadlines: int = 0
    alerts: int = 0
    wrong_dates: int = 0
    unlogged: dict[str, int] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    is_clean: bool = False

    def as_json(self) -> dict[str, Any]:
        """As the command prints it."""
        return {"clean": self.is_clean, **asdict(self.plan), "deadlines": self.deadlines, "alerts": self.alerts,
                "wrong_dates": self.wrong_dates, "rows_without_log": self.unlogged, **self.parts}  # fmt: skip


class Shift:
    """One run."""

    def __init__(self, plan: Plan, engine: Engine, cluster: Cluster, address: str, folder: Path) -> None:
        self.plan, self.engine, self.cluster, self.address, self.folder = plan, engine, cluster, address, folder
        self.rng = Random(plan.seed)
        self.reference = load_reference()
        self.fast = begun(BEGINS_AT, plan.speed)
        self.ledger, self.traffic = Ledger(), Traffic(self.fast)
        self.onlooker = Onlooker(engine, self.reference, self.traffic)
        self.worked_from = self.worked_until = BEGINS_AT
        self.port, self.mail_port = free_port(), free_port()
        self.sink = mail.Sink(Random(self.rng.random()))
        surroundings = self._surroundings()
        self.web = self._part("web", "web", str(self.port), surroundings=surroundings)
        self.schedulers = [self._part(name, "scheduler", surroundings=surroundings) for name in ("first", "second")]

    def go(self) -> Findings:
        """Everything, from moving in to looking up."""
        officers, people = move_in(self.engine, self.reference, self.fast, self.rng)
        if self.plan.fault:
            FAULTS[self.plan.fault](self.engine)
        try:
            with mail.listening(self.sink, self.mail_port):
                chaos = self._live(officers, people)
        finally:
            for part in (*self.schedulers, self.web):
                part.send(signal.SIGCONT)
                part.end()
        return self._looked_up(chaos)

    def _live(self, officers: list[Officer], people: list[str]) -> Chaos:
        for part in (self.web, *self.schedulers):
            part.start()
        self._wait_for_the_web()
        began, dice = time.monotonic(), Random(self.rng.random())
        self.worked_from = self.fast.now()
        ends_at = began + self.plan.seconds
        chaos = Chaos(dice, self.web, self.schedulers, self.cluster, self.engine, self.sink.busy, ends_at)
        self._work(self._robots(officers, people), chaos, began)
        self.worked_until = self.fast.now()
        self._come_to_rest()
        return chaos

    def _robots(self, officers: list[Officer], people: list[str]) -> list[Robot]:
        names = [officer.username for officer in officers]
        chosen = enumerate(self.rng.sample(officers, ROBOTS), 1)
        return [
            Robot(one, names, people, Browser(self.port, self.traffic), self.fast, self.ledger, Random(self.rng.random()), number)
            for number, one in chosen
        ]

    def _work(self, robots: list[Robot], chaos: Chaos, began: float) -> None:
        is_over = threading.Event()
        working = [threading.Thread(target=robot.work, args=(began, is_over)) for robot in robots]
        breaking = threading.Thread(target=chaos.reign)
        for thread in (*working, breaking):
            thread.start()
        while breaking.is_alive():
            time.sleep(LOOK_EVERY_SECONDS)
            self.onlooker.look()
        is_over.set()
        for thread in working:
            thread.join()

    def _come_to_rest(self) -> None:
        """Wait until whatever was left behind is done, and look once more at a run that began after the last act."""
        time.sleep(SECONDS_OF_QUIET)
        given_up_at = time.monotonic() + SECONDS_TO_START
        while not self.onlooker.look() and time.monotonic() < given_up_at:
            time.sleep(LOOK_EVERY_SECONDS)
        for part in self.schedulers:
            part.end(signal.SIGTERM)

    def _looked_up(self, chaos: Chaos) -> Findings:
        found = Findings(self.plan)
        with Session(self.engine) as session:
            found.deadlines, found.alerts = (session.scalar(select(func.count()).select_from(table)) or 0 for table in (Deadline, Alert))
            self.onlooker.watch.count_repeated(session)
            seen, runs, acts = self.onlooker.seen, runs_of(session), self.ledger.verdict(session)
            seen.doubled += int(self.onlooker.watch.tally.doubled)
            seen.named = seen.named[:NAMED_AT_MOST]
            found.unlogged = unlogged_rows(session)
            post = mail.mail_of(session, self.sink, self._mornings())
        found.wrong_dates = self._wrong_dates()
        found.parts = {
            "broken": dict(sorted(chaos.done.items())), "looks": asdict(seen), "runs": asdict(runs),
            "acts": self.ledger.counts(), "verdict": asdict(acts), "mail": asdict(post),
        }  # fmt: skip
        parts_are_clean = all(part.is_clean for part in (seen, runs, acts, post))
        found.is_clean = parts_are_clean and not found.wrong_dates and not any(found.unlogged.values())
        return found

    def _mornings(self) -> list[date]:
        """The days on which e-mails were to be queued: the first look does it for the day it falls on."""
        first, schedule, found = london_day(self.worked_from), BY_NAME["queue_digests"].schedule, []
        at = schedule.latest(self.worked_from)
        while at <= self.worked_until:
            if london_day(at) >= first:
                found.append(london_day(at))
            at = schedule.following(at)
        return found

    def _wrong_dates(self) -> int:
        """How many stored deadlines are not what the rules say of what is recorded: nothing was written by halves."""
        sessions = writing_sessions(self.engine)
        with begin_work(sessions, actor=ACTOR, action="endurance.looked", now=self.fast.now(), law=self.reference.law) as work:
            return sum(sync_all(work).counts.values())

    def _wait_for_the_web(self) -> None:
        browser, given_up_at = Browser(self.port, self.traffic), time.monotonic() + SECONDS_TO_START
        while time.monotonic() < given_up_at:
            try:
                browser.get("/sign-in")
            except Unanswered:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("the web server did not start")

    def _part(self, name: str, *words: str, surroundings: dict[str, str]) -> Part:
        return Part(name, words, surroundings, self.folder / f"{name}.log")

    def _surroundings(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ORDERWATCH_")}
        ours = {
            "ORDERWATCH_SECRET_KEY": secrets.token_hex(32), "ORDERWATCH_DATABASE_URL": self.address, "ORDERWATCH_IS_HTTPS": "false",
            "ORDERWATCH_IDLE_MINUTES": "480", "ORDERWATCH_SESSION_HOURS": "24", VARIABLE: self.plan.fault,
        }  # fmt: skip
        return inherited | ours | mail.settings(self.mail_port) | self.fast.handed_down()


def endure(plan: Plan, *, keep_logs: Path | None = None) -> Findings:
    """Live through it on a PostgreSQL server of its own, thrown away afterwards. Raises NoServer."""
    folder = Path(tempfile.mkdtemp(prefix="orderwatch-endurance-"))
    try:
        with closing(Cluster(folder, find_programs(), unprivileged_user(), LASTING)) as cluster:
            cluster.create()
            address = cluster.start()
            with _migrated(address) as engine:
                logs = keep_logs or folder
                logs.mkdir(parents=True, exist_ok=True)
                return Shift(plan, engine, cluster, address, logs).go()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _migrated(address: str) -> Iterator[Engine]:
    engine = create_engine(address, poolclass=NullPool)
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    try:
        yield engine
    finally:
        engine.dispose()

"""The processes and PostgreSQL: started, killed, frozen, and started again, at moments that the seed decides."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from orders_app.models import JobRun
from tests.endurance.part import LEASE_SECONDS
from tests.postgres import OPTIONS, Cluster
from tools.launch import ROOT

# What was committed must outlive a crash of the server here, though not one of the machine.
LASTING = {**OPTIONS, "synchronous_commit": "on", "autovacuum": "on"}
MEAN_SECONDS_BETWEEN = 3.0
SHORTEST_DOWN, LONGEST_DOWN = 0.3, 4.0
WAITED_FOR_WORK, WAITED_FOR_MAIL = 3.0, 8.0
FROZEN_FOR = LEASE_SECONDS + 1.5


@dataclass
class Part:
    """One process with its children, in a group of its own."""

    name: str
    words: tuple[str, ...]
    surroundings: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Start it, unless it runs."""
        with self.lock:
            if self.process is not None and self.process.poll() is None:
                return
            command = [sys.executable, "-m", "tests.endurance.part", *self.words]
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    command, cwd=ROOT, env=dict(self.surroundings), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
                )

    def send(self, number: signal.Signals) -> None:
        """Signal the whole group, where there is one."""
        with self.lock:
            if self.process is not None and self.process.poll() is None:
                os.killpg(self.process.pid, number)

    def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Signal it and wait until it is gone."""
        self.send(number)
        if self.process is not None:
            self.process.wait()


class Chaos:
    """Whoever pulls the plugs. `done` counts what was done, by name."""

    def __init__(
        self, rng: Random, web: Part, schedulers: list[Part], cluster: Cluster, engine: Engine, mail_goes: threading.Event, ends_at: float
    ) -> None:
        self.rng, self.web, self.schedulers, self.cluster, self.engine = rng, web, schedulers, cluster, engine
        self.mail_goes = mail_goes
        self.port = engine.url.port or 0
        self.ends_at = ends_at
        self.database_crashes_at = time.monotonic() + (ends_at - time.monotonic()) * rng.uniform(0.4, 0.6)
        self.done: Counter[str] = Counter()

    def reign(self) -> None:
        """Break something every few seconds until the time is over, then put everything right."""
        ways = (self.kill_the_web, self.kill_a_scheduler, self.kill_while_mail_goes, self.freeze_a_scheduler, self.kill_everything)
        while (wait := self.rng.expovariate(1 / MEAN_SECONDS_BETWEEN)) + time.monotonic() < self.ends_at:
            time.sleep(wait)
            if self.database_crashes_at and time.monotonic() > self.database_crashes_at:
                self.crash_the_database()
            else:
                self.rng.choices(ways, (4, 6, 3, 5, 1))[0]()
        for part in (self.web, *self.schedulers):
            part.start()

    def kill_the_web(self) -> None:
        """The web server and all its workers, at once."""
        self._kill(self.web)

    def kill_a_scheduler(self) -> None:
        """One of the two, in the middle of a run where it has one."""
        killed = self.rng.choice(self.schedulers)
        self._wait_until_at_work(killed)
        self._kill(killed)

    def kill_while_mail_goes(self) -> None:
        """Both schedulers, while the mail server has a text and has not answered, where that comes about soon."""
        if self.mail_goes.wait(WAITED_FOR_MAIL):
            self.done["killed while mail went"] += 1
            self._kill(*self.schedulers)

    def kill_everything(self) -> None:
        """Web and both schedulers."""
        self._kill(self.web, *self.schedulers)

    def freeze_a_scheduler(self) -> None:
        """It stands still for longer than its lease and then goes on as if nothing had been."""
        frozen = self.rng.choice(self.schedulers)
        self._wait_until_at_work(frozen)
        self.done["scheduler frozen"] += 1
        frozen.send(signal.SIGSTOP)
        time.sleep(FROZEN_FOR)
        frozen.send(signal.SIGCONT)

    def crash_the_database(self) -> None:
        """Every connection breaks, and what was not committed is gone."""
        self.database_crashes_at = 0.0
        self.done["database crashed"] += 1
        self.cluster.close()
        time.sleep(self.rng.uniform(SHORTEST_DOWN, LONGEST_DOWN))
        self.cluster.start_on(self.port)

    def _wait_until_at_work(self, part: Part) -> None:
        """Return as soon as it has had a run in hand for a little while, or after a longer one."""
        given_up_at, in_a_row = time.monotonic() + WAITED_FOR_WORK, 0
        while part.process is not None and in_a_row < 3 and time.monotonic() < given_up_at:
            in_a_row = in_a_row + 1 if self._is_at_work(part.process.pid) else 0
            time.sleep(0.02)

    def _is_at_work(self, pid: int) -> bool:
        mine = select(JobRun.id).where(JobRun.finished_at.is_(None), JobRun.claimed_by.contains(f"-{pid}-"))
        try:
            with Session(self.engine) as session:
                return session.scalar(mine.limit(1)) is not None
        except DBAPIError:
            return False

    def _kill(self, *parts: Part) -> None:
        for part in parts:
            self.done[f"{part.words[0]} killed"] += 1
            part.end()
        time.sleep(self.rng.uniform(SHORTEST_DOWN, LONGEST_DOWN))
        for part in parts:
            part.start()

"""The clock of a simulated year, and what happens when."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from alembic import command
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.orm import Session

from config.migrations import alembic_config
from config.reference import Reference
from orders_app.db import writing_sessions
from orders_app.models import Alert, Deadline, JobRun
from orders_app.rules.schedule import ALERTS_EVERY, CHECK
from orders_app.services.deadlines import sync_all
from orders_app.services.law_in_force import LawInForce
from orders_app.services.work import Actor, Work, begin_work
from scheduler.claims import RUNNING, Sessions
from scheduler.runner import ACTOR, DONE, WITH_PROBLEMS, Program
from scheduler.simulation.machines import AFTER_THE_LEASE, Machine, outage
from scheduler.simulation.officers import Officers
from scheduler.simulation.watch import Tally, Watch

# A Tuesday: the year from it has both nights on which clocks change, Christmas, and Easter.
BEGINS_AT = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
FIRST_CASES = 12
ACTS_A_DAY = 4.0
# The chance before each moment. There are about five moments a day.
A_MACHINE_FAILS, BOTH_FAIL = 1 / 30, 1 / 100
LOOKED_AT_WHOLE_EVERY = timedelta(days=7)
KILLED_AT_WORK = 0.4
HEARTBEAT_NEVER = timedelta(days=1)
A_FEW_SECONDS = timedelta(seconds=3)
Progress = Callable[[int], None]


@dataclass
class Findings:
    """What a simulated year came to."""

    seed: int
    days: int
    deadlines: int = 0
    alerts: int = 0
    wrong_dates: int = 0
    runs: int = 0
    killed: int = 0
    done: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled, early, unheard or wrong."""
        return self.tally.is_clean and not self.wrong_dates

    def as_json(self) -> dict[str, object]:
        """The findings, as the command prints them."""
        tally = self.tally
        return {
            "seed": self.seed, "days": self.days, "deadlines": self.deadlines, "alerts": self.alerts,
            "lost": tally.lost, "doubled": tally.doubled, "early": tally.early, "without_recipient": tally.unheard,
            "wrong_dates": self.wrong_dates, "latest_minutes": _minutes(tally.latest),
            "latest_minutes_while_running": _minutes(tally.latest_while_running),
            "runs": self.runs, "killed_at_work": self.killed, "done": dict(sorted(self.done.items())), "named": tally.named[:20],
        }  # fmt: skip


def simulate(reference: Reference, *, days: int, seed: int, on_day: Progress = lambda day: None) -> Findings:
    """Live through some days on a database of its own, thrown away afterwards. The same seed gives the same days."""
    with tempfile.TemporaryDirectory() as folder:
        engine = _new_database(Path(folder) / "simulation.sqlite3")
        try:
            return Year(engine, reference, seed).live(days, on_day)
        finally:
            engine.dispose()


class Year:
    """One run: a clock that only this moves, two machines, the officers, and somebody who watches."""

    def __init__(self, engine: Engine, reference: Reference, seed: int) -> None:
        self.rng, self.seed, self.now = Random(seed), seed, BEGINS_AT
        self.sessions: Sessions = writing_sessions(engine)
        self.law, self.stages = LawInForce(reference.law), reference.stages
        self.machines = [Machine(self._program(name)) for name in ("first", "second")]
        self.officers = Officers(self.rng, self._begin, ACTOR)
        self.watch = Watch(reference.stages, reference.law.holidays)
        self.up_since = self.last_whole_look = BEGINS_AT
        self.findings = Findings(seed, 0, tally=self.watch.tally, done=self.officers.done)

    def live(self, days: int, on_day: Progress) -> Findings:
        """Go from moment to moment until the days are over."""
        self.officers.set_up(FIRST_CASES)
        self._note_deadlines()
        self._let_machines_work(_next_slot(self.now))
        ends_at, day = BEGINS_AT + timedelta(days=days), 0
        while self.now < ends_at:
            self._break_something()
            self._one_moment()
            while day < (self.now - BEGINS_AT).days:
                day += 1
                on_day(day)
        return self._summed_up(days)

    def _one_moment(self) -> None:
        """Whatever comes first: somebody acts, or a deadline reaches a stage. Then the machines look around."""
        acts_at = self.now + timedelta(days=self.rng.expovariate(ACTS_A_DAY))
        with self.sessions() as session:
            stage_at = self.watch.next_stage_at(self.watch.open_deadlines(session, self.now), self.now)
        if stage_at is None or acts_at < stage_at:
            self.now = acts_at
            self.officers.act()
            self._note_deadlines()
        else:
            self.now = stage_at
        self._let_machines_work(_next_slot(self.now))

    def _note_deadlines(self) -> None:
        with self.sessions() as session:
            self.watch.open_deadlines(session, self.now)

    def _let_machines_work(self, at: datetime) -> None:
        self.now = at
        up = [machine for machine in self.machines if machine.is_up(self.now)]
        self.rng.shuffle(up)
        if not up:
            return self._wait_for_a_machine()
        for machine in up:
            self.now += A_FEW_SECONDS
            machine.work()
        if self._have_alerts_run_since(at):
            self._look()

    def _wait_for_a_machine(self) -> None:
        """Nobody is there to raise anything; officers go on working until one is back."""
        back_at = min(machine.down_until for machine in self.machines if machine.down_until)
        while (acts_at := self.now + timedelta(days=self.rng.expovariate(ACTS_A_DAY))) < back_at:
            self.now = acts_at
            self.officers.act()
            self._note_deadlines()
        self.up_since = back_at
        self._let_machines_work(back_at)

    def _break_something(self) -> None:
        """Now and then a machine stops, in the middle of a job or between two; seldom both."""
        if self.rng.random() < BOTH_FAIL:
            for machine in self.machines:
                machine.fail(self.now + outage(self.rng))
        elif self.rng.random() < A_MACHINE_FAILS:
            self._break(self.rng.choice(self.machines))

    def _break(self, machine: Machine) -> None:
        until = self.now + outage(self.rng)
        if not machine.is_up(self.now) or self.rng.random() > KILLED_AT_WORK:
            return machine.fail(until)
        self.now = _next_slot(self.now)
        machine.die_at_work(until)
        self._let_machines_work(self.now + AFTER_THE_LEASE)

    def _have_alerts_run_since(self, at: datetime) -> bool:
        finished = select(func.max(JobRun.started_at)).where(JobRun.job == CHECK, JobRun.outcome.in_((DONE, WITH_PROBLEMS)))
        with self.sessions() as session:
            last = session.scalar(finished)
        return last is not None and last >= at

    def _look(self) -> None:
        with self.sessions() as session:
            self.watch.look(session, self.now, self.up_since)
        if self.now - self.last_whole_look >= LOOKED_AT_WHOLE_EVERY:
            self.last_whole_look = self.now
            self.findings.wrong_dates += self._wrong_dates()

    def _wrong_dates(self) -> int:
        """How many stored deadlines are not what the rules say today, once the night's run has been over them."""
        counts: dict[str, int] = {}
        try:
            with self._begin("simulation.looked", ACTOR) as work:
                sync_all(work)
                counts = sync_all(work).counts
                raise _NotKept
        except _NotKept:
            return sum(counts.values())

    def _summed_up(self, days: int) -> Findings:
        found = self.findings
        found.days, found.killed = days, sum(machine.deaths for machine in self.machines)
        with self.sessions() as session:
            self.watch.count_repeated(session)
            found.deadlines, found.alerts = _count(session, Deadline), _count(session, Alert)
            found.runs = session.scalar(select(func.count()).where(JobRun.outcome != RUNNING)) or 0
        return found

    def _program(self, name: str) -> Program:
        return Program(self.sessions, self.law, self.stages, name, now=lambda: self.now, heartbeat=HEARTBEAT_NEVER)

    def _begin(self, action: str, actor: Actor) -> AbstractContextManager[Work]:
        return begin_work(self.sessions, actor=actor, action=action, now=self.now, law=self.law.shipped)


class _NotKept(Exception):
    """Raised to undo what was only done to see what it would do."""


def _next_slot(at: datetime) -> datetime:
    """The next time at which alerts are to be raised, at or after a moment."""
    latest = ALERTS_EVERY.latest(at)
    return latest if latest == at else ALERTS_EVERY.following(at)


def _count(session: Session, table: type[Deadline] | type[Alert]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _minutes(length: timedelta) -> int:
    return round(length / timedelta(minutes=1))


def _new_database(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _need_not_outlive_this)
    with engine.begin() as connection:
        _migrate(connection)
    return engine


def _need_not_outlive_this(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def _migrate(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

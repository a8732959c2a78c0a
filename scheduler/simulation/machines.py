"""Two schedulers on one database, as they run in earnest, but for the clock: they break down, die at work, and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from orders_app.rules.alerting import Stage
from orders_app.rules.schedule import PLANNED
from orders_app.services.work import Work
from scheduler.claims import LEASE
from scheduler.clockwork import Clockwork
from scheduler.jobs import JOBS, Job, Outcome
from scheduler.runner import Program, run

EVERYTHING = len(PLANNED) * 100
LONGEST_OUTAGE = timedelta(days=4)
AFTER_THE_LEASE = LEASE + timedelta(seconds=10)


class Killed(BaseException):
    """The process is gone in the middle of a job: nothing below catches it, and nothing of the job is kept."""


@dataclass
class Machine:
    """One scheduler. `down_until` is when it works again; None while it does."""

    program: Program
    down_until: datetime | None = None
    deaths: int = 0
    clockwork: Clockwork = field(init=False)

    def __post_init__(self) -> None:
        self.clockwork = Clockwork(self.program)

    def is_up(self, now: datetime) -> bool:
        """Whether it runs. One whose outage is over is started again."""
        if self.down_until is not None and self.down_until <= now:
            self.down_until = None
        return self.down_until is None

    def work(self) -> None:
        """Do all that waits to be done, as when it looks around."""
        for mine in self.clockwork.found(at_most=EVERYTHING):
            run(self.program, mine)

    def die_at_work(self, until: datetime) -> None:
        """Claim what waits, and be killed while at the first of it; the rest stays claimed by nobody who lives."""
        dying = replace(self.program, jobs={name: _killed_at_the_end_of(job) for name, job in JOBS.items()})
        for mine in self.clockwork.found(at_most=EVERYTHING):
            if mine.job not in JOBS:
                continue
            try:
                run(dying, mine)
            except Killed:
                break
        self.fail(until)
        self.deaths += 1

    def fail(self, until: datetime) -> None:
        """Stand still until then."""
        self.down_until = until


def outage(rng: Random) -> timedelta:
    """How long a breakdown lasts: minutes mostly, sometimes a weekend and more."""
    return timedelta(minutes=rng.choice((11, 35, 90, 400))) if rng.random() < 0.8 else LONGEST_OUTAGE * rng.random()


def _killed_at_the_end_of(job: Job) -> Callable[[Work, tuple[Stage, ...]], Outcome]:
    def do(work: Work, stages: tuple[Stage, ...]) -> Outcome:
        job(work, stages)
        raise Killed

    return do

"""One process of the program, as it is but for its clock: `python -m tests.endurance.part web PORT` or `… scheduler`.

Leases and heartbeats are as many seconds of the machine's clock as suit minutes that last a fraction of one, and some jobs
linger before they finish, so that whatever is killed is often killed in the middle.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gunicorn.app.wsgiapp import run as run_gunicorn

from orders_app import clock as the_clock
from orders_app.rules.alerting import Stage
from orders_app.services import deliveries
from orders_app.services.work import Work
from orders_app.web.installation import Installation
from scheduler import __main__ as night_shift
from scheduler import claims, clockwork
from scheduler.jobs import Job, Outcome
from scheduler.runner import Program
from scheduler.watchdog import Watchdog
from tests.endurance.clock import FastClock, given
from tests.endurance.faults import FAULTS, VARIABLE

LEASE_SECONDS, HEARTBEAT_SECONDS = 3.0, 0.75
LOOK_EVERY_SECONDS = 1
LINGERS, LONGEST_SECONDS = 0.4, 1.0
plain_program_of = night_shift.program_of


class WokenByTheMachine(clockwork.Clockwork):
    """APScheduler goes by the machine's clock, so its first look is now by that clock, and not weeks ago."""

    def __init__(self, program: Program, watchdog: Watchdog | None = None) -> None:
        super().__init__(program, watchdog)
        self.scheduler.modify_job("look around", next_run_time=datetime.now(UTC))


def main() -> None:
    """Put the clock in, break what is to be broken, and run."""
    fast = given()
    the_clock.now = fast.now
    fault = os.environ.get(VARIABLE)
    if fault:
        FAULTS[fault](None)
    what, *rest = sys.argv[1:]
    if what == "web":
        serve(*rest)
    else:
        schedule(fast)


def serve(port: str) -> None:
    """gunicorn, with its own configuration."""
    sys.argv = ["gunicorn", "--no-control-socket", "-c", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    run_gunicorn()


def schedule(fast: FastClock) -> None:
    """The scheduler, by the fast clock."""
    claims.LEASE = deliveries.LEASE = fast.lasts(LEASE_SECONDS)
    clockwork.LOOK_EVERY_SECONDS = LOOK_EVERY_SECONDS

    def program_of(parts: Installation, owner: str) -> Program:
        plain = plain_program_of(parts, owner)
        jobs = {name: lingering(job) for name, job in plain.jobs.items()}
        return replace(plain, now=fast.now, heartbeat=timedelta(seconds=HEARTBEAT_SECONDS), jobs=jobs)

    night_shift.program_of = program_of
    night_shift.Clockwork = WokenByTheMachine  # type: ignore[misc]
    sys.exit(night_shift.main())


def lingering(job: Job) -> Callable[[Work, tuple[Stage, ...]], Outcome]:
    """The job, which sometimes takes its time before it finishes."""

    def do(work: Work, stages: tuple[Stage, ...]) -> Outcome:
        outcome = job(work, stages)
        if random.random() < LINGERS:
            time.sleep(random.random() * LONGEST_SECONDS)
        return outcome

    return do


if __name__ == "__main__":
    main()

"""APScheduler's part: wake each job at its time, and look around every few seconds for what else there is to do.

Waking is all it does. Which run is due is worked out from the clock (rules.schedule), and who does it is settled by a
claim, so that two schedulers do each run once, a late or early one does no harm, and a stopped one catches up.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor as SchedulerThreads
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.exc import SQLAlchemyError

from orders_app.db import has_one_writer
from orders_app.queries.jobs import failing
from orders_app.rules.schedule import BY_NAME, PLANNED, Daily, Every, PlannedJob, tried_again_at
from orders_app.rules.wording import LONDON
from scheduler.claims import Claim, claim, claimed_times, take_abandoned, take_requests
from scheduler.runner import DONE, WITH_PROBLEMS, Program, run
from scheduler.watchdog import Watchdog

Due = tuple[PlannedJob, datetime]
log = structlog.get_logger(__name__)
LOOK_EVERY_SECONDS = 5
JOBS_AT_ONCE = 4
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Clockwork:
    """The jobs, their times, and the threads they run in."""

    def __init__(self, program: Program, watchdog: Watchdog | None = None) -> None:
        self.program = program
        self.watchdog = watchdog or Watchdog("", program.sessions)
        self.at_once = _jobs_at_once(program)
        self.hands = ThreadPoolExecutor(self.at_once, thread_name_prefix="job")
        self._in_hand: list[Future[None]] = []
        executors = {"default": SchedulerThreads(self.at_once), "looking": SchedulerThreads(1)}
        self.scheduler = BlockingScheduler(timezone=LONDON, executors=executors, job_defaults=DEFAULTS)
        for job in PLANNED:
            self.scheduler.add_job(self.fire, trigger_of(job.schedule), args=(job,), id=job.name)
        every_few_seconds = CronTrigger(second=f"*/{LOOK_EVERY_SECONDS}", timezone="UTC")
        self.scheduler.add_job(self.look_around, every_few_seconds, id="look around", executor="looking", next_run_time=program.now())

    def start(self) -> None:
        """Run until stopped."""
        self.scheduler.start()

    def stop(self) -> None:
        """Begin nothing more, and let the jobs in hand finish."""
        self.scheduler.shutdown()
        self.hands.shutdown()

    def fire(self, job: PlannedJob) -> None:
        """Do the latest run of a job, unless somebody has it or has done it, or there is nothing for it to do."""
        if not self._is_wanted(job):
            return
        now = self.program.now()
        mine = claim(self.program.sessions, job=job.name, nominal_at=job.schedule.latest(now), owner=self.program.owner, now=now)
        if mine:
            self.do(mine)

    def do(self, mine: Claim) -> None:
        """Do a run that is this scheduler's, and tell the watchdog once it is well over."""
        if run(self.program, mine) in (DONE, WITH_PROBLEMS):
            self.watchdog.tell(mine)

    def look_around(self) -> None:
        """Hand out what was asked for, what was left behind, and what should have run and did not."""
        try:
            for mine in self.found(at_most=self._free_hands()):
                self._in_hand.append(self.hands.submit(self.do, mine))
        except SQLAlchemyError as fault:
            log.warning("could not look for work just now", fault=type(fault).__name__)

    def found(self, *, at_most: int) -> list[Claim]:
        """Claim what waits to be done: what was asked for, what was left behind, what should have run, what is to be tried again.

        No more than can be begun at once: the lease of a claim that waits is renewed by nobody, so that others, or this
        scheduler itself, would take it over and do it again and again.
        """
        program, now = self.program, self.program.now()
        found = take_requests(program.sessions, owner=program.owner, now=now, at_most=at_most)
        found += take_abandoned(program.sessions, owner=program.owner, now=now, at_most=at_most - len(found))
        for job, nominal_at in (*self._missed(now), *self._failed(now)):
            if len(found) < at_most and self._is_wanted(job):
                mine = claim(program.sessions, job=job.name, nominal_at=nominal_at, owner=program.owner, now=now)
                found += [mine] if mine else []
        return found

    def _free_hands(self) -> int:
        self._in_hand = [one for one in self._in_hand if not one.done()]
        return self.at_once - len(self._in_hand)

    def _missed(self, now: datetime) -> list[Due]:
        """Once is enough, however many runs were missed: every job looks at the whole state."""
        last = claimed_times(self.program.sessions)
        latest = [(job, job.schedule.latest(now)) for job in PLANNED]
        return [(job, at) for job, at in latest if job.name not in last or last[job.name] < at]

    def _failed(self, now: datetime) -> list[Due]:
        """A daily job that failed does not wait for its next day."""
        with self.program.sessions() as session:
            found = failing(session)
        again = [(BY_NAME[name], one) for name, one in found.items() if name in BY_NAME]
        times = [(job, tried_again_at(job.schedule, one.last_at, one.times)) for job, one in again]
        return [(job, at) for job, at in times if at and at <= now]

    def _is_wanted(self, job: PlannedJob) -> bool:
        if job.name not in self.program.wanted:
            return True
        with self.program.sessions() as session:
            return self.program.wanted[job.name](session, self.program.now())


def _jobs_at_once(program: Program) -> int:
    """Where the database has one writer jobs would only wait for each other, some for longer than they may."""
    with program.sessions() as session:
        return 1 if has_one_writer(session) else JOBS_AT_ONCE


def trigger_of(schedule: Every | Daily) -> CronTrigger:
    """The same times as a cron line: London for times of day, UTC for every few minutes."""
    if isinstance(schedule, Daily):
        return CronTrigger(hour=schedule.at.hour, minute=schedule.at.minute, timezone=LONDON)
    return CronTrigger(minute=f"{schedule.offset}-59/{schedule.minutes}", timezone="UTC")

"""When each job runs: the table of jobs, read by the scheduler that runs them and by the page that shows them.

Times of day are London times, and none is between 01:00 and 02:00: on one night a year that hour does not exist, and on
another it comes twice. Jobs that run every few minutes are counted in UTC, which has neither night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from orders_app.rules.london import london_day
from orders_app.rules.wording import LONDON, ONE_DAY

ALERTS_LATE_AFTER = timedelta(minutes=30)
HOUR_THAT_MOVES = 1
TRIED_AGAIN_AFTER, LONGEST_BETWEEN_TRIES = timedelta(minutes=5), timedelta(hours=1)


class Schedule(Protocol):
    """When something runs."""

    def latest(self, now: datetime) -> datetime: ...
    def following(self, now: datetime) -> datetime: ...


@dataclass(frozen=True)
class Every:
    """Every so many minutes of each hour, `offset` minutes after the hour."""

    minutes: int
    offset: int = 0

    def __post_init__(self) -> None:
        if self.minutes < 1 or 60 % self.minutes or not 0 <= self.offset < self.minutes:
            raise ValueError(f"every {self.minutes} minutes, {self.offset} past, does not fit into an hour")

    def latest(self, now: datetime) -> datetime:
        """The last moment (UTC) at or before `now` at which it was to run."""
        past = timedelta(minutes=(now.minute - self.offset) % self.minutes, seconds=now.second, microseconds=now.microsecond)
        return now.astimezone(UTC) - past

    def following(self, now: datetime) -> datetime:
        """The next moment (UTC) after `now`."""
        return self.latest(now) + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Daily:
    """Once a day at a London time."""

    at: time

    def __post_init__(self) -> None:
        if self.at.hour == HOUR_THAT_MOVES:
            raise ValueError(f"{self.at:%H:%M} is in the hour in which clocks change")

    def latest(self, now: datetime) -> datetime:
        """The last moment (UTC) at or before `now` at which it was to run."""
        today = london_day(now)
        due = datetime.combine(today, self.at, LONDON).astimezone(UTC)
        return due if due <= now else datetime.combine(today - ONE_DAY, self.at, LONDON).astimezone(UTC)

    def following(self, now: datetime) -> datetime:
        """The next moment (UTC) after `now`."""
        day = london_day(self.latest(now)) + ONE_DAY
        return datetime.combine(day, self.at, LONDON).astimezone(UTC)


def left_out(schedule: Every | Daily, before: datetime, nominal: datetime) -> int:
    """How many runs there should have been after one at `before` and before one at `nominal`, and were not."""
    count, at = 0, schedule.following(before)
    while at < nominal:
        count, at = count + 1, schedule.following(at)
    return count


def tried_again_at(schedule: Schedule, failed_at: datetime, failures: int) -> datetime | None:
    """When a job that has failed so many times in a row is tried again: after 5 minutes, then 10, 20, 40, and each hour.

    None where its own next time comes first.
    """
    wait = min(TRIED_AGAIN_AFTER * 2 ** min(failures - 1, 10), LONGEST_BETWEEN_TRIES)
    return failed_at + wait if failed_at + wait < schedule.following(failed_at) else None


@dataclass(frozen=True)
class PlannedJob:
    """One job: its name in the database and in commands, what it is called and does, and when it runs.

    `late_after` is how long after its time it counts as late; `silence_means` says what officers should know then.
    `waits_for` names what it runs for, where it runs only when there is some; one `by_mail` only where a mail server is set.
    `only_now` says why it may be run for no other moment than now, where it may not: it can be rehearsed for one.
    """

    name: str
    title: str
    does: str
    schedule: Every | Daily
    late_after: timedelta
    silence_means: str
    waits_for: str = ""
    by_mail: bool = False
    only_now: str = ""


# The job that checks the deadlines: what pages, /health and the service outside watch.
CHECK = "raise_alerts"
ALERTS_EVERY = Every(minutes=10)
EACH_MORNING = Daily(time(6))
PLANNED: tuple[PlannedJob, ...] = (
    PlannedJob(
        CHECK,
        "Check deadlines",
        "Raises and closes alerts on every deadline, hour clocks too",
        ALERTS_EVERY,
        ALERTS_LATE_AFTER,
        "Dates on the pages are right. New alerts are late, and none is lost: the next run catches up.",
    ),
    PlannedJob(
        "escalate_alerts",
        "Escalate alerts",
        "Tells the supervisor, then the duty inspector, of alerts nobody has acknowledged",
        Every(minutes=10, offset=5),
        ALERTS_LATE_AFTER,
        "Supervisors hear late of alerts that nobody has acknowledged. The next run catches up.",
    ),
    PlannedJob(
        "run_imports",
        "Run waiting imports",
        "Reads the spreadsheets that have been handed in",
        Every(minutes=1),
        timedelta(minutes=10),
        "Spreadsheets handed in are still waiting. Nothing of them has been recorded.",
        waits_for="a spreadsheet is handed in",
    ),
    PlannedJob(
        "queue_digests",
        "Queue the morning e-mails",
        "Queues one e-mail for each officer who chose it, or must be told",
        EACH_MORNING,
        timedelta(hours=1),
        "Officers see all that is theirs in My work. Somebody was not told of it by e-mail this morning.",
        by_mail=True,
        only_now="of another day they would be given up at once, as e-mail that could not be sent",
    ),
    PlannedJob(
        "send_mail",
        "Send e-mail",
        "Tells of hour clocks at once, and sends each queued e-mail once",
        Every(minutes=1),
        timedelta(minutes=15),
        "Officers see all that is theirs in My work, and silence is passed up as ever. Somebody was not told by e-mail.",
        waits_for="there is something to send",
        by_mail=True,
        only_now="it sends real e-mail",
    ),
    PlannedJob(
        "sync_deadlines",
        "Work out deadlines again",
        "Compares every stored date with what the rules say today",
        Daily(time(2, 30)),
        timedelta(hours=3),
        "Dates are still worked out whenever something is recorded. What nobody has touched was not checked again.",
    ),
    PlannedJob(
        "clean_up",
        "Clear away what has ended",
        "Removes ended sign-ins, abandoned drafts and old entries of this page",
        Daily(time(3, 40)),
        timedelta(hours=12),
        "Nothing an officer sees depends on it.",
    ),
    PlannedJob(
        "check_holidays",
        "Check the tables of law",
        "Warns when the table of bank holidays, or a provision, ends within 90 days",
        Daily(time(4, 30)),
        timedelta(hours=12),
        "Pages of administrators and supervisors warn all the same.",
    ),
)
BY_NAME = {job.name: job for job in PLANNED}

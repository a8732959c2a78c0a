"""What went wrong with the jobs in the last 24 hours, in words: failed, left out, late, taken over; and whether anything runs at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from orders_app.queries.jobs import CLOCKS_DIFFER_BY, FAILED, SUCCEEDED, WITH_PROBLEMS, JobHistory, PastRun
from orders_app.rules.schedule import ALERTS_LATE_AFTER, BY_NAME, PLANNED, PlannedJob, left_out
from orders_app.web.filters import at, at_about, number, took

LOOKED_BACK = timedelta(hours=24)
STARTS_WITHIN = timedelta(minutes=15)
REGULAR = tuple(job.name for job in PLANNED if not job.waits_for)
HOW_TO_START = "Start it with python -m scheduler. It catches up by itself: no alert is lost, and none is raised twice."


@dataclass(frozen=True)
class Trouble:
    """What went wrong with one job, a sentence or two each, and what it had found to see to, for those who may read what jobs do."""

    title: str
    said: tuple[str, ...]
    found: str = ""


@dataclass(frozen=True)
class Silence:
    """That no scheduler runs: a title, and what to do."""

    title: str
    text: str


def silence_of(check: JobHistory, now: datetime) -> Silence | None:
    """Whether nobody has so much as begun to check the deadlines for 30 minutes. One that begins and fails is not silent."""
    begun = [run.started_at for run in (check.last, check.running) if run is not None]
    if not begun:
        return Silence("The scheduler has never run", f"No alert has been raised yet. {HOW_TO_START}")
    if max(begun) > now + CLOCKS_DIFFER_BY:
        ahead = f"Its last check is dated {at(max(begun))}, which has not come yet: nothing shows that it runs now."
        return Silence("The scheduler ran with a wrong clock", f"{ahead} Put the clock right. {HOW_TO_START}")
    if now - max(begun) <= ALERTS_LATE_AFTER:
        return None
    since = at_about(max(begun), now)
    return Silence(f"The scheduler has not run since {since}", f"Nothing new is raised until it does. {HOW_TO_START}")


def troubles(runs: Sequence[PastRun], now: datetime) -> list[Trouble]:
    """Each job with which something went wrong, in the order of the table."""
    found = []
    for job in PLANNED:
        mine = [one for one in runs if one.run.job == job.name]
        said = tuple(_troubles_of(job, mine, now))
        if said:
            found.append(Trouble(job.title, said, " ".join(one.run.detail for one in put_right(mine)[-1:])))
    return found


def put_right(runs: Sequence[PastRun]) -> list[PastRun]:
    """The runs that found something to see to, where a later one found nothing any more."""
    found = [one for one in runs if one.run.outcome == WITH_PROBLEMS]
    return found if found and _next_that(runs, found[-1], ("done",)) else []


def run_words(past: PastRun, now: datetime) -> str:
    """What a run was besides what it did: taken over, making up for others, or late. Empty where it was as planned."""
    job = BY_NAME.get(past.run.job)
    parts = (_taken_over(past), *(_unpunctual(job, past, now) if job else ()))
    return " ".join(part for part in parts if part)


def _troubles_of(job: PlannedJob, mine: Sequence[PastRun], now: datetime) -> Iterator[str]:
    failed = [one for one in mine if one.run.outcome == FAILED]
    if failed:
        yield _failed(failed, mine, now)
    found = put_right(mine)
    well = _next_that(mine, found[-1], ("done",)) if found else None
    if well:
        yield f"Found something to see to {_when(found, now)}. The run at {at_about(well.run.started_at, now)} no longer did."
    for one in mine:
        yield from _unpunctual(job, one, now)
        if one.run.takeovers:
            yield f"{_taken_over(one)} That was {at_about(one.run.started_at, now)}."


def _failed(failed: Sequence[PastRun], runs: Iterable[PastRun], now: datetime) -> str:
    worked = _next_that(runs, failed[-1], SUCCEEDED)
    since = f"The run at {at_about(worked.run.started_at, now)} did what they had left." if worked else "It has not worked since."
    return f"Failed {_when(failed, now)}. {since}"


def _when(runs: Sequence[PastRun], now: datetime) -> str:
    first, last = at_about(runs[0].run.started_at, now), at_about(runs[-1].run.started_at, now)
    return f"at {first}" if len(runs) == 1 else f"{number(len(runs))} times, from {first} to {last}"


def _next_that(runs: Iterable[PastRun], after: PastRun, outcomes: Sequence[str]) -> PastRun | None:
    return next((one for one in runs if one.run.outcome in outcomes and one.run.started_at > after.run.started_at), None)


def _unpunctual(job: PlannedJob, past: PastRun, now: datetime) -> Iterator[str]:
    """By the clock alone: a run that somebody asked for was due at no time of its own."""
    run = past.run
    if run.requested_by or job.waits_for or past.before_at is None:
        return
    missed = left_out(job.schedule, past.before_at, run.nominal_at)
    if missed:
        left = f"the {number(missed)} runs" if missed > 1 else "the run"
        did_it = f"when it did the work of {left} left out" if run.outcome in SUCCEEDED else f"after {left} left out, and failed then"
        yield f"Did not run from {at_about(job.schedule.following(past.before_at), now)} to {at_about(run.started_at, now)}, {did_it}."
    elif run.started_at - run.nominal_at > STARTS_WITHIN and not run.takeovers:
        late = took(run.started_at - run.nominal_at)
        yield f"Was due at {at_about(run.nominal_at, now)} and began at {at_about(run.started_at, now)}, {late} late."


def _taken_over(past: PastRun) -> str:
    if not past.run.takeovers:
        return ""
    times = "" if past.run.takeovers == 1 else f" ({past.run.takeovers} times)"
    return f"The scheduler that had begun it stopped in the middle{times}, and another did it again from the start."

"""The rows of the job page in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from orders_app.queries.jobs import JobHistory, Untold
from orders_app.rules.schedule import BY_NAME, PlannedJob, tried_again_at
from orders_app.web.filters import at_about, number, plural, took, upper_first

OUTCOME_STATES = {"done": "Ran", "problems": "Error", "failed": "Failed", "as_of": "Ran", "running": "Running"}
WORST_FIRST = ("Failed", "Error", "Late")
# A run that was asked for begins within a minute; after two nobody is there to begin it.
ANSWERED_WITHIN = timedelta(minutes=2)
FOUND = "It did its work, and found something that somebody has to see to."
UNTOLD_TOO_OFTEN = 3
COUNT_WORDS = {
    "deadlines": ("deadline", "deadlines"),
    "raised": ("raised", "raised"),
    "closed": ("closed", "closed"),
    "rerouted": ("sent on", "sent on"),
    "without_recipient": ("with nobody to hear it", "with nobody to hear them"),
    "to_supervisors": ("to a supervisor", "to supervisors"),
    "to_duty_inspectors": ("to a duty inspector", "to duty inspectors"),
    "nobody_above": ("with nobody above", "with nobody above"),
    "records": ("record checked", "records checked"),
    "new": ("new", "new"),
    "changed": ("changed", "changed"),
    "cancelled": ("cancelled", "cancelled"),
    "not_worked_out": ("cannot be worked out", "cannot be worked out"),
    "sign_ins": ("sign-in", "sign-ins"),
    "drafts": ("draft", "drafts"),
    "calendar_addresses": ("calendar address", "calendar addresses"),
    "calendar_entries": ("calendar entry", "calendar entries"),
    "waits": ("wait after wrong passwords", "waits after wrong passwords"),
    "runs": ("run", "runs"),
    "requests": ("request", "requests"),
    "days_left": ("day left", "days left"),
    "done": ("file recorded", "files recorded"),
    "checked": ("file checked", "files checked"),
    "refused": ("file refused", "files refused"),
    "failed": ("file failed", "files failed"),
    "mails_queued": ("e-mail queued", "e-mails queued"),
    "without_address": ("officer without an address", "officers without an address"),
    "hour_clocks_queued": ("hour clock to tell", "hour clocks to tell"),
    "mails_due": ("e-mail due", "e-mails due"),
    "mails_sent": ("e-mail sent", "e-mails sent"),
    "mails_put_off": ("to be tried again", "to be tried again"),
    "mails_refused": ("refused by the mail server", "refused by the mail server"),
    "mails_uncertain": ("that may not have arrived", "that may not have arrived"),
    "mails_not_wanted": ("no longer needed", "no longer needed"),
    "mails_too_late": ("given up at the end of its day", "given up at the end of their day"),
    "deliveries": ("old entry of e-mail", "old entries of e-mail"),
}
SAID_WHEN_NONE = ("deadlines", "raised", "records", "days_left", "mails_queued", "mails_sent")


@dataclass(frozen=True)
class JobWords:
    """One job. `request` says who asked for a run that has not begun; `says` is what officers should know when it is not well,
    and `problem` what it found that somebody has to see to, for those who may read what jobs do.
    """

    name: str
    title: str
    does: str
    state: str
    last: str
    did: str
    next: str
    request: str
    says: str
    problem: str = ""

    @property
    def needs_somebody(self) -> bool:
        """Whether it comes first, marked."""
        return self.state in WORST_FIRST

    @property
    def can_be_asked(self) -> bool:
        """Whether 'Run now' would do anything."""
        return self.state not in ("Running", "Waiting to run", "Off")


def job_words(job: PlannedJob, history: JobHistory, now: datetime, *, has_mail: bool, untold: Untold | None = None) -> JobWords:
    """One job as the page says it. Those of e-mail are off where no mail server is set, which is no fault.

    `untold` says of how many runs of it the service outside was not told.
    """
    if job.by_mail and not has_mail:
        return JobWords(job.name, job.title, job.does, "Off", _last(history, now), "No mail server is set", "When one is set", "", "")
    is_untold = untold is not None and untold.times >= UNTOLD_TOO_OFTEN and state_of(job, history, now) == "Ran"
    state = "Error" if is_untold else state_of(job, history, now)
    return JobWords(
        name=job.name,
        title=job.title,
        does=job.does,
        state=state,
        last=_last(history, now),
        did=_did(history),
        next=_next(job, state, history, now),
        request=_request(history, now),
        says=untold_words(untold, now) if untold and is_untold else _says(job, state, history),
        problem=history.last.detail if state == "Error" and history.last else "",
    )


def untold_words(untold: Untold, now: datetime) -> str:
    """That the service outside hears nothing, and what that means."""
    checks = plural(untold.times, "check", "checks")
    return (
        f"The service outside was not told of {checks}, since {at_about(untold.since, now)}. The deadlines were checked all the same. It "
        "raises the alarm without need, or is not there to raise one: see to it, or to ORDERWATCH_WATCHDOG_URL."
    )


def state_of(job: PlannedJob, history: JobHistory, now: datetime) -> str:
    """One word of the list of states."""
    if _is_running(history, now):
        return "Running"
    if _is_waiting(history, now):
        return "Waiting to run"
    if history.running:
        return "Late"
    if history.last is None:
        return "Never run"
    state = OUTCOME_STATES[history.last.outcome]
    return "Late" if state == "Ran" and _is_late(job, history.last.started_at, now) else state


def in_order(jobs: list[JobWords]) -> list[JobWords]:
    """Failed first, then those with problems, then late ones, then as the table has them."""
    return sorted(jobs, key=lambda job: WORST_FIRST.index(job.state) if job.needs_somebody else len(WORST_FIRST))


def counts_words(counts: Mapping[str, Any]) -> str:
    """14,208 deadlines, 38 raised, 21 closed. What there was none of is left out, unless its absence is news."""
    said = [_count(name, value) for name, value in counts.items() if isinstance(value, int) and (value or name in SAID_WHEN_NONE)]
    return ", ".join(said) if said or not counts else "Nothing to do"


def run_title(name: str) -> str:
    """What a job is called, also one that is no longer in the table."""
    return BY_NAME[name].title if name in BY_NAME else name


def _count(name: str, value: int) -> str:
    if name in COUNT_WORDS:
        return plural(value, *COUNT_WORDS[name])
    return f"{number(value)} {name.replace('_', ' ')}"


def _is_late(job: PlannedJob, started_at: datetime, now: datetime) -> bool:
    """Whether it should have run again by now, with its grace."""
    return not job.waits_for and started_at < job.schedule.latest(now - job.late_after)


def _is_running(history: JobHistory, now: datetime) -> bool:
    return history.running is not None and history.running.lease_until_at >= now


def _is_waiting(history: JobHistory, now: datetime) -> bool:
    return history.request is not None and now - history.request.requested_at <= ANSWERED_WITHIN


def _request(history: JobHistory, now: datetime) -> str:
    if history.request is None:
        return ""
    said = f"Asked for by {history.request.requested_by}, {at_about(history.request.requested_at, now)}"
    return said if _is_waiting(history, now) else f"{said}, and not begun: no scheduler is running"


def _says(job: PlannedJob, state: str, history: JobHistory) -> str:
    """What officers should know; that the next run catches up is no comfort where each one fails."""
    if state not in WORST_FIRST:
        return ""
    if state == "Error":
        return f"{FOUND} {job.silence_means}" if job.by_mail else FOUND
    if state != "Failed" or history.failing is None or history.failing.times < 2 or history.last is None:
        return job.silence_means
    failing = f"But it has failed {history.failing.times:,} times in a row, and will until somebody mends what is wrong"
    return f"{job.silence_means} {failing}: give the service desk the number of the run, {history.last.id}."


def _last(history: JobHistory, now: datetime) -> str:
    if history.running:
        begun = f"Started {at_about(history.running.started_at, now)}"
        return begun if _is_running(history, now) else f"{begun}, and stopped in the middle"
    run = history.last
    if run is None or run.finished_at is None:
        return "Never"
    asked = f", asked for by {run.requested_by}" if run.requested_by else ""
    return f"{upper_first(at_about(run.started_at, now))}, {took(run.finished_at - run.started_at)}{asked}"


def _did(history: JobHistory) -> str:
    run = history.last
    if run is None or history.running:
        return ""
    return ". ".join(part for part in (counts_words(run.counts), run.detail) if part)


def _next(job: PlannedJob, state: str, history: JobHistory, now: datetime) -> str:
    if job.waits_for:
        return f"When {job.waits_for}"
    if state == "Running":
        return "When this run ends"
    if history.running and state == "Late":
        return "From the start, as soon as a scheduler runs"
    if state in ("Late", "Never run"):
        return f"Was due {at_about(job.schedule.latest(now), now)}: runs as soon as the scheduler does"
    again = _tried_again(job, history) if state == "Failed" else None
    return at_about(max(again, now), now) if again else at_about(job.schedule.following(now), now)


def _tried_again(job: PlannedJob, history: JobHistory) -> datetime | None:
    failing = history.failing
    return tried_again_at(job.schedule, failing.last_at, failing.times) if failing else None

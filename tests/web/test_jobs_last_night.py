"""An administrator in the morning: what the job page says of the night is true, whatever the night was like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from orders_app.models import JobRequest, JobRun
from orders_app.rules.access import Role
from orders_app.rules.schedule import BY_NAME, PLANNED, PlannedJob
from tests.conftest import NOW, Acting
from tests.web.conftest import ClientFor, Officer, Statements
from tests.web.reading import Page

pytestmark = pytest.mark.on_sqlite

NIGHT = NOW.replace(hour=2, minute=30)
CHECK, SYNC = BY_NAME["raise_alerts"], BY_NAME["sync_deadlines"]
AS_PLANNED = "No run failed, began late, was left out or had to be taken over."
FAULT = "It stopped on an unexpected fault (OperationalError). Nothing of it was kept."


@pytest.fixture
def admin(client_for: ClientFor) -> Officer:
    return client_for(Role.ADMINISTRATOR)


def ran(job: PlannedJob, nominal_at: datetime, *, started_at: datetime | None = None, outcome: str = "done", **columns: object) -> JobRun:
    started_at = started_at or nominal_at + timedelta(seconds=2)
    values = {
        "lease_until_at": started_at + timedelta(minutes=1), "finished_at": started_at + timedelta(seconds=14), "counts": {}, "detail": "",
    }  # fmt: skip
    return JobRun(
        job=job.name, nominal_at=nominal_at, started_at=started_at, claimed_by="first", outcome=outcome, requested_by="",
        **values | columns,
    )  # fmt: skip


def as_planned(since: datetime = NOW - timedelta(hours=26), until: datetime = NOW) -> dict[tuple[str, datetime], JobRun]:
    """Every run there should have been."""
    runs = {}
    for job in PLANNED:
        at = job.schedule.latest(since)
        while at <= until and not job.waits_for:
            runs[job.name, at] = ran(job, at)
            at = job.schedule.following(at)
    return runs


def night(*different: JobRun, left_out: Callable[[datetime], bool] = lambda at: False) -> list[JobRun]:
    """A night as planned but for some runs, in the order in which they were claimed."""
    runs = {key: run for key, run in as_planned().items() if not left_out(key[1])}
    runs |= {(run.job, run.nominal_at): run for run in different}
    return sorted(runs.values(), key=lambda run: run.nominal_at)


def every_ten_minutes(since: datetime, until: datetime) -> Iterable[datetime]:
    at = since
    while at <= until:
        yield at
        at = CHECK.schedule.following(at)


@pytest.fixture
def morning(admin: Officer, acting: Acting) -> Callable[[list[JobRun]], Page]:
    def page(runs: list[JobRun]) -> Page:
        with acting() as work:
            for run in runs:
                work.session.add(run)
                work.session.flush()
        return Page(admin.get("/jobs").text)

    return page


Morning = Callable[[list[JobRun]], Page]


def test_a_night_as_planned(morning: Morning) -> None:
    page = morning(night())
    assert AS_PLANNED in page.main
    assert "need" not in page.within(".moj-alert__heading")


def test_runs_that_failed_and_were_made_up_for_are_still_told(morning: Morning) -> None:
    failed = [ran(CHECK, at, outcome="failed", detail=FAULT) for at in every_ten_minutes(NIGHT, NIGHT + timedelta(minutes=40))]
    page = morning(night(*failed))
    assert "Check deadlines: Failed 5 times, from 02:30 today to 03:10 today. The run at 03:20 today did what they had left." in page.main
    assert "needs somebody" not in page.main


def test_a_run_that_failed_and_was_not_made_up_for(morning: Morning) -> None:
    page = morning(night(ran(SYNC, NIGHT, outcome="failed", detail=FAULT)))
    assert "1 job needs somebody: Work out deadlines again" in page.main
    assert "Work out deadlines again: Failed at 02:30 today. It has not worked since." in page.main


def test_a_job_that_runs_only_when_wanted_and_worked_since(morning: Morning) -> None:
    mail = BY_NAME["send_mail"]
    page = morning(night(ran(mail, NIGHT, outcome="failed", detail=FAULT), ran(mail, NIGHT + timedelta(minutes=1))))
    assert "Send e-mail: Failed at 02:30 today. The run at 02:31 today did what they had left." in page.main


def test_what_a_job_found_in_the_night_and_was_put_right_is_still_told(morning: Morning, client_for: ClientFor) -> None:
    mail, waits = BY_NAME["send_mail"], "49 e-mails wait for the mail server since six."
    dead = [ran(mail, NIGHT + timedelta(minutes=minute), outcome="problems", detail=waits) for minute in (15, 45, 106)]
    well = [ran(mail, NIGHT + timedelta(minutes=minute)) for minute in (107, 180)]
    page = morning(night(*dead, *well))
    said = "Send e-mail: Found something to see to 3 times, from 02:45 today to 04:16 today. The run at 04:17 today no longer did."
    assert f"{said} It had said: {waits}" in page.main
    assert "needs somebody" not in page.main
    supervisor = Page(client_for(Role.ORDERS_SUPERVISOR).get("/jobs").text)
    assert said in supervisor.main
    assert waits not in supervisor.main


def test_what_a_job_finds_still_is_said_once_and_not_as_put_right(morning: Morning) -> None:
    mail = BY_NAME["send_mail"]
    page = morning(night(ran(mail, NIGHT), ran(mail, NIGHT + timedelta(minutes=9), outcome="problems", detail="49 e-mails wait.")))
    assert "no longer did" not in page.main


@pytest.mark.parametrize(("faults", "is_said"), [(["", "x", "x", "x"], True), (["x", "x", ""], False), (["x", "x", "x", None], True)])
def test_a_service_outside_that_hears_nothing_is_said_in_red(app: Flask, morning: Morning, faults: list[str | None], is_said: bool) -> None:
    built = app.extensions["orderwatch"]
    settings = built.settings.model_copy(update={"watchdog_url": "https://watch.example/secret"})
    app.extensions["orderwatch"] = replace(built, settings=settings)
    since = NOW.replace(minute=10) - timedelta(minutes=10 * (len(faults) - 1))
    page = morning(night(*(ran(CHECK, since + timedelta(minutes=10 * at), outside_fault=fault) for at, fault in enumerate(faults))))
    assert ("1 job needs somebody: Check deadlines" in page.main) is is_said
    assert ("The service outside was not told of 3 checks, since 07:" in page.main) is is_said
    assert ("A service outside is told of each check" in page.main) is not is_said
    assert "secret" not in page.main


def test_a_page_has_one_alert_also_when_a_run_was_asked_for(admin: Officer, acting: Acting) -> None:
    with acting() as work:
        work.session.add_all(night(ran(SYNC, NIGHT, outcome="failed", detail=FAULT), left_out=lambda at: at > NIGHT))
    page = Page(admin.post("/jobs/run", data={"job": SYNC.name}, follow_redirects=True).text)
    assert (
        len([values for tag, values in page.tags if {"moj-alert--error", "moj-alert--success"} & set(values.get("class", "").split())]) == 1
    )
    assert "Work out deadlines again: a run was asked for. It begins as soon as a scheduler runs." in page.main


def test_a_check_that_fails_every_time_is_not_said_to_catch_up_by_itself(morning: Morning, admin: Officer) -> None:
    since = CHECK.schedule.latest(NOW - timedelta(hours=2))
    page = morning(night(*(ran(CHECK, at, outcome="failed", detail=FAULT) for at in every_ten_minutes(since, NOW))))
    assert "But it has failed 13 times in a row, and will until somebody mends what is wrong" in page.main
    assert "The scheduler has not run" not in page.main
    assert "Alerts last checked 06:00 today. This is late" in page.main
    assert "Alerts have not been checked for 2 hours" in admin.get("/admin/users").text
    assert admin.get("/health").status_code == 503


def test_a_run_that_was_late(morning: Morning) -> None:
    page = morning(night(ran(SYNC, NIGHT, started_at=NOW.replace(hour=7, minute=35))))
    assert "Work out deadlines again: Was due at 02:30 today and began at 07:35 today, 5 hours 5 minutes late." in page.main


def test_what_was_caught_up_after_three_days(morning: Morning) -> None:
    back, stopped = NOW.replace(hour=7, minute=51), NOW - timedelta(days=3)
    runs = {**as_planned(stopped - timedelta(days=1), stopped), **as_planned(back)}
    runs = {key: run for key, run in runs.items() if key[1] <= stopped or key[1] >= back}
    for job in PLANNED:
        if not job.waits_for:
            runs[job.name, job.schedule.latest(back)] = ran(job, job.schedule.latest(back), started_at=back)
    page = morning(sorted(runs.values(), key=lambda run: run.nominal_at))
    when = "from Thursday 19 November 2026, 08:20 to 07:51 today, when it did the work of the 429 runs left out."
    assert f"Check deadlines: Did not run {when}" in page.main
    assert "Work out deadlines again: Did not run from Friday 20 November 2026, 02:30 to 07:51 today" in page.main
    assert "needs somebody" not in page.main


def test_a_run_taken_over_from_a_scheduler_that_was_killed(morning: Morning) -> None:
    page = morning(night(ran(SYNC, NIGHT, started_at=NIGHT + timedelta(seconds=75), takeovers=1)))
    assert "Work out deadlines again: The scheduler that had begun it stopped in the middle, and another did it again" in page.main


def test_a_run_left_in_the_middle_with_nobody_to_take_it_over(morning: Morning, acting: Acting) -> None:
    asked_at = NOW - timedelta(minutes=12)
    with acting() as work:
        work.session.add(JobRequest(job=SYNC.name, requested_at=asked_at, requested_by="Robin Adeyemi"))
    left = ran(SYNC, NIGHT, finished_at=None, outcome="running")
    page = morning([*night(left_out=lambda at: at >= NIGHT), left])
    assert "The scheduler has not run since 02:20 today" in page.main
    assert "Started 02:30 today, and stopped in the middle" in page.main
    assert "Asked for by Robin Adeyemi, 08:02 today, and not begun: no scheduler is running" in page.main


@pytest.mark.parametrize(
    ("job", "found"),
    [
        (CHECK, "2 alerts have no living recipient: SPO-2026-0012, DVPN-2026-0044."),
        (SYNC, "The deadlines of 1 record cannot be worked out: DVPN-2026-0044."),
    ],
)
def test_what_a_run_found_is_said_and_not_that_it_did_not_work(
    morning: Morning, client_for: ClientFor, job: PlannedJob, found: str
) -> None:
    page = morning(night(ran(job, job.schedule.latest(NOW), outcome="problems", detail=found)))
    assert f"{job.title}: It did its work, and found something that somebody has to see to. {found}" in page.main
    assert job.silence_means not in page.main
    assert "DVPN-2026-0044" not in client_for(Role.ORDERS_DESK).get("/jobs").text


def test_a_scheduler_that_was_never_started(morning: Morning) -> None:
    page = morning([])
    assert "The scheduler has never run" in page.within(".moj-alert__heading")
    assert AS_PLANNED not in page.main


@pytest.mark.parametrize(("minutes", "is_said"), [(29, False), (31, True)])
def test_a_dead_scheduler_is_noticed_within_30_minutes_everywhere(admin: Officer, acting: Acting, minutes: int, is_said: bool) -> None:
    with acting() as work:
        work.session.add(ran(CHECK, NOW - timedelta(minutes=minutes), started_at=NOW - timedelta(minutes=minutes)))
    assert ("The scheduler has not run since" in admin.get("/jobs").text) is is_said
    assert ("Alerts have not been checked for" in admin.get("/admin/users").text) is is_said
    assert (admin.get("/health").status_code == 503) is is_said


def test_each_run_of_the_list_says_what_was_special_about_it(admin: Officer, acting: Acting) -> None:
    with acting() as work:
        work.session.add_all(night(ran(SYNC, NIGHT, started_at=NIGHT + timedelta(seconds=75), takeovers=2)))
    page = Page(admin.get("/jobs/runs?job=sync_deadlines").text)
    assert "stopped in the middle (2 times)" in page.main


def test_statements_stay_few_after_any_night(admin: Officer, acting: Acting, statements: Statements) -> None:
    with acting() as work:
        work.session.add_all(night(*(ran(CHECK, at, outcome="failed") for at in every_ten_minutes(NIGHT, NOW))))
    with statements() as seen:
        admin.get("/jobs")
    assert len(seen) <= 12

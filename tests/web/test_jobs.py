"""The job page and /health tell the truth about last night."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, Delivery, JobRequest, JobRun
from orders_app.rules.access import Role
from orders_app.rules.schedule import PLANNED
from orders_app.services.work import Work
from orders_app.web.health import views
from tests.conftest import NOW, Acting
from tests.factories import a_user
from tests.web.conftest import ClientFor, Officer, Statements, with_mail_server


def a_run(work: Work, job: str, at: datetime, **columns: Any) -> JobRun:
    values = {
        "nominal_at": at,
        "claimed_by": "x",
        "lease_until_at": at + timedelta(minutes=1),
        "started_at": at,
        "finished_at": at + timedelta(seconds=14),
        "outcome": "done",
        "counts": {},
        "detail": "",
        "requested_by": "",
    }
    run = JobRun(job=job, **{**values, **columns})
    work.session.add(run)
    return run


def all_well(work: Work) -> None:
    for job in PLANNED:
        a_run(work, job.name, job.schedule.latest(NOW), counts={"deadlines": 14208, "raised": 38} if job.name == "raise_alerts" else {})


@pytest.fixture
def admin(client_for: ClientFor) -> Officer:
    return client_for(Role.ADMINISTRATOR)


def test_each_job_says_what_it_did_and_when_it_runs_next(admin: Officer, acting: Acting) -> None:
    with acting() as work:
        all_well(work)
    page = admin.get("/jobs").text
    assert "08:10 today, 14 seconds" in page
    assert "14,208 deadlines, 38 raised" in page
    assert "08:20 today" in page
    assert "02:30 tomorrow" in page
    assert "When a spreadsheet is handed in" in page
    assert "need" not in page.split("<h1")[0]


def test_what_failed_or_is_late_comes_first_and_says_what_it_means(admin: Officer, acting: Acting) -> None:
    with acting() as work:
        all_well(work)
        a_run(work, "clean_up", NOW, outcome="failed", detail="It stopped on an unexpected fault (OperationalError).")
        for run in work.session.scalars(select(JobRun).where(JobRun.job == "escalate_alerts")):
            run.started_at = NOW - timedelta(hours=2)
    page = admin.get("/jobs").text
    assert "2 jobs need somebody" in page
    rows = page.split("<tbody")[1]
    assert rows.index("Clear away what has ended") < rows.index("Escalate alerts") < rows.index("Check deadlines")
    assert "OperationalError" in page
    assert "08:19 today" in rows.split("Escalate alerts")[0], "it is tried again after five minutes"
    assert "Supervisors hear late" in page


def test_a_run_under_way_is_said_and_cannot_be_asked_for_again(admin: Officer, acting: Acting) -> None:
    with acting() as work:
        all_well(work)
        a_run(work, "sync_deadlines", NOW - timedelta(seconds=5), finished_at=None, outcome="running")
    page = admin.get("/jobs").text
    assert "Started 08:13 today" in page
    assert 'value="sync_deadlines"' not in page


def test_run_now_asks_once_and_is_audited(admin: Officer, acting: Acting, session: Session) -> None:
    with acting() as work:
        all_well(work)
    for _ in range(2):
        page = admin.post("/jobs/run", data={"job": "raise_alerts"}, follow_redirects=True).text
    assert "It starts within a minute" in page
    assert f"Asked for by {admin.user.display_name}, 08:14 today" in page
    assert session.scalars(select(JobRequest.requested_by)).all() == [admin.user.display_name]
    assert session.scalars(select(AuditEvent.action).where(AuditEvent.subject_type == "job_requests")).all() == ["job.requested"]


def test_only_administrators_may_ask_and_only_for_what_there_is(admin: Officer, client_for: ClientFor) -> None:
    desk = client_for(Role.ORDERS_DESK)
    assert desk.post("/jobs/run", data={"job": "raise_alerts"}).status_code == 403
    assert "Run now</button>" not in desk.get("/jobs").text
    assert client_for(Role.PATROL).get("/jobs").status_code == 403
    assert admin.post("/jobs/run", data={"job": "nonsense"}).status_code == 404


def test_every_run_of_90_days_is_listed_in_pages(admin: Officer, acting: Acting) -> None:
    with acting() as work:
        for number in range(60):
            a_run(work, "raise_alerts", NOW - timedelta(minutes=10 * number), requested_by="the command line" if number == 0 else "")
        a_run(work, "raise_alerts", NOW - timedelta(days=91))
        a_run(work, "clean_up", NOW)
    page = admin.get("/jobs/runs?job=raise_alerts&page=2").text
    assert "Showing <strong>51</strong> to <strong>60</strong> of <strong>60</strong> runs" in page
    assert "The command line" in admin.get("/jobs/runs").text
    assert admin.get("/jobs/runs?page=nonsense&job=nonsense").status_code == 200


class TestMail:
    def test_without_a_mail_server_its_jobs_are_off_and_nothing_is_red(self, admin: Officer, acting: Acting) -> None:
        with acting() as work:
            all_well(work)
            for run in work.session.scalars(select(JobRun).where(JobRun.job.in_(("send_mail", "queue_digests")))):
                work.session.delete(run)
        page = admin.get("/jobs").text
        assert "need" not in page.split("<h1")[0]
        assert page.count("No mail server is set") == page.count(">Off</strong>") == 2
        assert 'value="send_mail"' not in page

    def test_what_somebody_must_see_to_is_said_in_red(self, admin: Officer, acting: Acting, app: Flask) -> None:
        said = "E-mail to 1 officer (orders) may not have arrived, because the connection broke as it went. It is not sent again."
        with acting() as work:
            all_well(work)
            counts = {"hour_clocks_queued": 0, "mails_sent": 398, "mails_put_off": 1, "mails_uncertain": 1}
            a_run(work, "send_mail", NOW + timedelta(seconds=5), outcome="problems", detail=said, counts=counts)
        with_mail_server(app)
        page = admin.get("/jobs").text
        assert "1 job needs somebody: Send e-mail" in page
        assert "398 e-mails sent, 1 to be tried again, 1 that may not have arrived. " + said in page
        assert "When there is something to send" in page

    def test_whoever_reads_what_officers_must_know_is_told_that_no_e_mail_goes(
        self, client_for: ClientFor, acting: Acting, app: Flask
    ) -> None:
        with acting() as work:
            all_well(work)
            a_run(work, "send_mail", NOW + timedelta(seconds=5), outcome="problems", detail="49 e-mails wait")
        with_mail_server(app)
        page = client_for(Role.ORDERS_SUPERVISOR).get("/jobs").text
        assert "Somebody was not told by e-mail." in page
        assert "49 e-mails wait" not in page

    def test_run_now_tries_all_that_waits(self, admin: Officer, acting: Acting, app: Flask, session: Session) -> None:
        with acting() as work:
            officer = a_user(work)
            later = NOW + timedelta(hours=1)
            row = {"state": "waiting", "queued_at": NOW, "next_try_at": later, "attempts": 6, "problem": "broke"}
            work.session.add(Delivery(user_id=officer.id, kind="digest", for_on=NOW.date(), **row))
        admin.post("/jobs/run", data={"job": "clean_up"})
        assert session.scalars(select(Delivery.next_try_at)).one() == later
        session.rollback()
        admin.post("/jobs/run", data={"job": "send_mail"})
        assert session.scalars(select(Delivery.next_try_at)).one() == NOW

    def test_the_morning_e_mails_are_late_when_they_were_not_queued(self, admin: Officer, acting: Acting, app: Flask) -> None:
        with acting() as work:
            all_well(work)
            for run in work.session.scalars(select(JobRun).where(JobRun.job == "queue_digests")):
                run.started_at = NOW - timedelta(days=1)
        with_mail_server(app)
        assert "1 job needs somebody: Queue the morning e-mails" in admin.get("/jobs").text


def test_statements_stay_few(admin: Officer, acting: Acting, statements: Statements) -> None:
    with acting() as work:
        all_well(work)
    for address in ("/jobs", "/jobs/runs"):
        with statements() as seen:
            admin.get(address)
        assert len(seen) <= 12


class TestHealth:
    def test_all_is_well(self, visitor: Officer, acting: Acting) -> None:
        with acting() as work:
            a_run(work, "raise_alerts", NOW - timedelta(minutes=29))
        answer = visitor.get("/health")
        assert answer.status_code == 200
        checks = {"database": True, "migrations": True, "alerts": True, "alerts_last_checked": "2026-11-22T07:45:14+00:00"}
        assert answer.json == {"status": "ok", "checks": checks}

    @pytest.mark.parametrize(("minutes", "outcome"), [(31, "done"), (5, "failed"), (5, "as_of"), (-60 * 24 * 365, "done")])
    def test_alerts_not_checked_is_not_well(self, minutes: int, outcome: str, visitor: Officer, acting: Acting) -> None:
        with acting() as work:
            a_run(work, "raise_alerts", NOW - timedelta(minutes=minutes), outcome=outcome)
        answer = visitor.get("/health")
        assert answer.status_code == 503
        assert answer.json is not None
        assert answer.json["checks"]["alerts"] is False

    def test_a_database_without_tables_is_there_and_says_what_is_missing(self, visitor: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_such_table(*_given: object) -> None:
            raise OperationalError("SELECT", {}, Exception("no such table: job_runs"))

        monkeypatch.setattr(views.health, "tables_version", lambda _session: "")
        monkeypatch.setattr(views.jobs, "last_success", no_such_table)
        answer = visitor.get("/health")
        assert answer.status_code == 503
        assert answer.json is not None
        assert answer.json["checks"] == {"database": True, "migrations": False, "alerts": False, "alerts_last_checked": None}

    def test_a_run_that_found_problems_still_checked(self, visitor: Officer, acting: Acting) -> None:
        with acting() as work:
            a_run(work, "raise_alerts", NOW, outcome="problems")
        assert visitor.get("/health").status_code == 200

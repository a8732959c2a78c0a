"""`orderwatch run-job` by hand: JSON out, exit status, dry runs and other moments."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Alert, Deadline, ImportRun, JobRun
from orders_app.queries.visibility import SYSTEM
from orders_app.rules.access import Role
from orders_app.rules.facts import EventKind
from orders_app.rules.schedule import BY_NAME
from orders_app.services.imports import runs as imports
from orders_app.services.work import Actor
from scheduler.commands import main
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_user, an_event, an_order
from tests.services.alert_cases import a_deadline, utc
from tests.services.import_files import people


@pytest.fixture
def due(acting: Acting) -> None:
    with acting() as work:
        order = an_order(work, person=a_person(work), owner_id=a_user(work).id)
        a_deadline(work, act_by_at=utc(2026, 12, 8), order=order)


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_a_run_by_hand_says_what_it_did(installed: None, due: None, session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run-job", "raise_alerts"]) == 0
    answer = said(capsys)
    assert (answer["job"], answer["outcome"], answer["as_of"]) == ("raise_alerts", "done", "2026-11-22T08:14:00+00:00")
    assert answer["counts"] == {"deadlines": 1, "raised": 0, "closed": 0, "rerouted": 0, "without_recipient": 0}
    assert session.scalars(select(JobRun.requested_by)).all() == ["the command line"]


def test_as_of_another_moment_in_london_time(installed: None, due: None, session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run-job", "raise_alerts", "--as-of", "2026-12-01T09:00"]) == 0
    answer = said(capsys)
    assert (answer["outcome"], answer["as_of"]) == ("as_of", "2026-12-01T09:00:00+00:00")
    assert session.scalars(select(Alert.stage)).all() == ["7_days"]
    assert session.scalars(select(Alert.raised_at)).all() == [NOW + timedelta(days=9, minutes=46)]


def test_a_dry_run_says_what_it_would_do_and_keeps_nothing(
    installed: None, due: None, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run-job", "raise_alerts", "--as-of", "2026-12-01T09:00", "--dry-run"]) == 0
    answer = said(capsys)
    assert answer["outcome"] == "dry_run"
    assert answer["counts"] == {"deadlines": 1, "raised": 1, "closed": 0, "rerouted": 0, "without_recipient": 0}
    assert session.scalars(select(Alert)).all() == session.scalars(select(JobRun)).all() == []


ONLY_NOW = sorted(job.name for job in BY_NAME.values() if job.only_now)


@pytest.mark.parametrize("name", sorted(BY_NAME.keys() - ONLY_NOW))
def test_every_job_can_be_tried_and_run_for_another_moment(name: str, installed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run-job", name, "--dry-run"]) == 0
    assert said(capsys)["outcome"] == "dry_run"
    assert main(["run-job", name, "--as-of", "2026-12-01"]) == 0
    answer = said(capsys)
    assert (answer["outcome"], answer["as_of"]) == ("as_of", "2026-12-01T00:00:00+00:00")


@pytest.mark.parametrize("name", ONLY_NOW)
def test_what_reaches_people_runs_for_no_other_moment(
    name: str, installed: None, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run-job", name, "--as-of", "2026-12-01", "--dry-run"]) == 0
    assert said(capsys)["outcome"] == "dry_run"
    assert main(["run-job", name, "--as-of", "2026-12-01"]) == 1
    assert f"{name} runs for no other moment than now" in capsys.readouterr().err
    assert session.scalars(select(JobRun)).all() == []


def test_a_dry_run_of_sending_counts_what_is_due(installed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run-job", "send_mail", "--dry-run"]) == 0
    assert said(capsys)["counts"] == {"mails_due": 0}
    assert main(["run-job", "send_mail"]) == 0
    assert said(capsys)["detail"] == "No mail server is set."


def test_deadlines_worked_out_dry_are_not_kept(
    installed: None, acting: Acting, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting() as work:
        order = an_order(work, person=a_person(work), order_type="dvpn")
        an_event(work, order=order, kind=EventKind.SERVED, on=date(2026, 11, 21), happened_at=utc(2026, 11, 21, 22, 40))
    assert main(["run-job", "sync_deadlines", "--dry-run"]) == 0
    assert said(capsys)["counts"] == {"records": 1, "new": 1, "not_worked_out": 0}
    assert session.scalars(select(Deadline)).all() == []


def test_a_file_that_waits_is_tried_and_waits_still(
    installed: None, acting: Acting, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    content = people()
    with acting() as work:
        officer = a_user(work, Role.ORDERS_DESK)
        work = replace(work, actor=Actor(officer.id, officer.display_name, SYSTEM))
        imports.receive(work, kind="people", file_name="x.csv", content=content, rows=2)
    assert main(["run-job", "run_imports", "--dry-run"]) == 0
    assert said(capsys)["counts"] == {"checked": 1}
    assert session.scalars(select(ImportRun.state)).all() == ["waiting"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense"], "'nonsense' is not one of"),
        (["raise_alerts", "--as-of", "tomorrow"], "is not a date and time such as"),
        ([], "Missing argument 'NAME'"),
    ],
)
def test_what_cannot_be_done_is_said_on_standard_error(
    words: list[str], says: str, installed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run-job", *words]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says in printed.err

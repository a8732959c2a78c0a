"""A file's way from hand to record: who does it, what others see meanwhile, and what becomes of it when something stops."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from orders_app.models import AuditEvent, ImportRun, JobRequest, Person
from orders_app.queries import imports as queries
from orders_app.queries.visibility import SYSTEM, Viewer
from orders_app.rules.access import Role
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.imports import progress, runs
from orders_app.services.work import Actor
from tests.conftest import NOW
from tests.factories import a_user
from tests.services.import_files import CALLUM, a_csv, people

SCHEDULER = Actor(None, "Scheduler", SYSTEM)


@pytest.fixture
def officer(acting):
    with acting() as work:
        user = a_user(work, Role.ORDERS_DESK)
        return Actor(user.id, user.display_name, Viewer(user.id, roles=frozenset({Role.ORDERS_DESK})))


def hand_in(acting, officer, content=None, kind="people") -> int:
    content = content or people()
    with acting("import.received", actor=officer) as work:
        return runs.receive(work, kind=kind, file_name="x.csv", content=content, rows=runs.count_rows(content, kind)).id


def the_run(session) -> ImportRun:
    run = session.scalars(select(ImportRun)).one()
    session.refresh(run)
    return run


def test_a_run_is_checked_then_confirmed_then_done(acting, officer, session):
    run_id = hand_in(acting, officer)
    assert runs.run_waiting(acting, SCHEDULER) == {"checked": 1}
    assert session.scalar(select(func.count()).select_from(Person)) == 0
    run = the_run(session)
    assert (run.state, run.content is not None, run.rows_done) == ("checked", True, 2)
    token = run.token
    session.rollback()
    with acting("import.confirmed", actor=officer) as work:
        runs.confirm(work, token=token)
    assert runs.run_waiting(acting, SCHEDULER) == {"done": 1}
    assert runs.run_waiting(acting, SCHEDULER) == {}
    run = the_run(session)
    assert (run.id, run.state, run.content) == (run_id, "done", None)


def test_the_records_are_written_in_the_name_of_whoever_handed_it_in(acting, officer, session):
    run_id = hand_in(acting, officer)
    with acting(actor=officer) as work:
        work.session.get_one(ImportRun, run_id).is_dry_run = False
    runs.run_waiting(acting, SCHEDULER)
    actors = session.execute(select(AuditEvent.actor_id, AuditEvent.action).where(AuditEvent.subject_type == "people").distinct()).all()
    assert [tuple(actor) for actor in actors] == [(officer.id, "import.recorded")]


def test_what_is_in_the_file_is_not_copied_into_the_log(acting, officer, session):
    hand_in(acting, officer, people(("N-1", "Whittaker", "Callum", "14/03/88", "")))
    runs.run_waiting(acting, SCHEDULER)
    logged = session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "import_runs")).all()
    assert logged
    assert all({"errors", "content"}.isdisjoint(row.changes) for row in logged)


def test_a_file_with_problems_is_refused_and_not_kept(acting, officer, session):
    hand_in(acting, officer, people(("N-1", "Whittaker", "Callum", "14/03/88", "")))
    assert runs.run_waiting(acting, SCHEDULER) == {"refused": 1}
    run = the_run(session)
    assert (run.content, len(run.errors), run.counts["errors"]) == (None, 1, 1)


@pytest.mark.parametrize("change", [{"is_active": False}, {"roles": []}])
def test_somebody_who_may_no_longer_import(acting, officer, session, change):
    hand_in(acting, officer)
    with acting() as work:
        user = queries.user_who_started(work.session, officer.id)
        for name, value in change.items():
            setattr(user, name, value)
    assert runs.run_waiting(acting, SCHEDULER) == {"refused": 1}
    assert "may no longer import" in the_run(session).errors[0]["message"]


def test_a_fault_of_the_program_leaves_it_failed(acting, officer, session, monkeypatch):
    hand_in(acting, officer)

    def broken(*_arguments, **_more):
        raise RuntimeError("fault")

    monkeypatch.setattr(runs, "import_whole", broken)
    with pytest.raises(RuntimeError, match="fault"):
        runs.run_waiting(acting, SCHEDULER)
    assert the_run(session).state == "failed"
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_run_whose_process_died_is_taken_up_again(acting, officer, session):
    run_id = hand_in(acting, officer)
    with acting() as work:
        run = work.session.get_one(ImportRun, run_id)
        run.state, run.seen_at = "running", NOW - runs.SILENT_FOR + timedelta(minutes=1)
    assert runs.run_waiting(acting, SCHEDULER) == {}
    with acting() as work:
        work.session.get_one(ImportRun, run_id).seen_at = NOW - runs.SILENT_FOR - timedelta(minutes=1)
    assert runs.run_waiting(acting, SCHEDULER) == {"checked": 1}


def test_a_checked_file_nobody_confirms_is_forgotten_after_a_day(acting, officer, session):
    hand_in(acting, officer)
    runs.run_waiting(acting, SCHEDULER)
    with acting() as work:
        work.session.scalars(select(ImportRun)).one().finished_at = NOW - runs.KEPT_FOR - timedelta(minutes=1)
    runs.run_waiting(acting, SCHEDULER)
    run = the_run(session)
    assert (run.state, run.content) == ("forgotten", None)
    token = run.token
    session.rollback()
    with acting(actor=officer) as work, pytest.raises(ChangedMeanwhile):
        runs.confirm(work, token=token)


def test_only_whoever_handed_it_in_confirms(acting, officer, session):
    hand_in(acting, officer)
    runs.run_waiting(acting, SCHEDULER)
    token = the_run(session).token
    session.rollback()
    other = Actor(None, "Other", Viewer(999))
    with acting(actor=other) as work, pytest.raises(NotFound):
        runs.confirm(work, token=token)


def test_one_run_is_done_once(acting, officer):
    run_id = hand_in(acting, officer)
    assert runs.carry_out(acting, run_id, officer) == "checked"
    assert runs.carry_out(acting, run_id, officer) is None


def test_others_see_how_far_it_is(acting, officer, session, monkeypatch):
    monkeypatch.setattr(progress, "REPORT_EVERY", 1)
    seen: list[int] = []
    real = runs.import_whole

    def watched(work, book, *, is_dry_run, **more):
        def told(done: int) -> None:
            more["progress"](done)
            run = the_run(session)
            seen.append(progress.rows_done(session, run.id, run.rows_done))
            seen.append(progress.rows_done(session, run.id + 1, 0))
            session.rollback()

        return real(work, book, is_dry_run=is_dry_run, progress=told)

    monkeypatch.setattr(runs, "import_whole", watched)
    hand_in(acting, officer)
    runs.run_waiting(acting, SCHEDULER)
    assert seen == [2, 0]
    assert progress.rows_done(session, the_run(session).id, 7) == 7


@pytest.mark.parametrize(("content", "kind", "field"), [(people(), "nothing", "kind"), (b"", "people", "file")])
def test_what_cannot_be_handed_in(content, kind, field):
    with pytest.raises(RuleBroken) as refused:
        runs.count_rows(content, kind)
    assert refused.value.field == field


def test_a_long_list_of_problems_is_counted_and_cut(acting, officer, session):
    hand_in(acting, officer, a_csv(("Surname", "DOB"), *[("Hale", "1/1/80")] * 10_500))
    runs.run_waiting(acting, SCHEDULER)
    run = the_run(session)
    assert (run.counts["errors"], len(run.errors)) == (10_500, 10_000)


def test_every_file_that_waits_is_done(acting, officer, session):
    for _ in range(2):
        hand_in(acting, officer, people(CALLUM))
    assert runs.run_waiting(acting, SCHEDULER) == {"checked": 2}


@pytest.mark.parametrize(("rows", "asked"), [(runs.ROWS_AT_ONCE, []), (runs.ROWS_AT_ONCE + 1, ["run_imports"])])
def test_a_large_file_wakes_the_scheduler(acting, officer, session, rows, asked):
    with acting("import.received", actor=officer) as work:
        runs.receive(work, kind="people", file_name="x.csv", content=people(), rows=rows)
    assert session.scalars(select(JobRequest.job)).all() == asked

"""Each run once, whatever happens, and the truth about it afterwards."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from apscheduler.events import EVENT_SCHEDULER_STARTED
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from config.reference import load_reference
from orders_app.models import Area, JobRequest, JobRun
from orders_app.rules.law import LawTables
from orders_app.rules.schedule import BY_NAME, PLANNED
from orders_app.services.jobs import request_run
from orders_app.services.law_in_force import LawInForce
from orders_app.services.work import Work
from scheduler.claims import LEASE, Claim, LostClaim, claim, finish, renew, take_abandoned, take_requests
from scheduler.clockwork import Clockwork
from scheduler.jobs import Outcome
from scheduler.runner import Program, rehearse, run
from tests.conftest import NOW, Acting
from tests.factories import a_user, an_area

STAGES = load_reference().stages


class Hands:
    """The hands of a clock that tests turn."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def program(sessions: sessionmaker[Session], law: LawTables, hands: Hands) -> Program:
    return Program(
        sessions=sessions, law=LawInForce(law), stages=STAGES, owner="first", jobs={job.name: adds_an_area for job in PLANNED}, now=hands
    )


def adds_an_area(work: Work, _stages: object) -> Outcome:
    area = an_area(work)
    return Outcome({"areas": area.id}, detail="Added an area.")


def breaks(work: Work, _stages: object) -> Outcome:
    an_area(work)
    raise RuntimeError("Jason TIDESWELL is not to be in any message")


def claimed(program: Program, job: str = "clean_up", **given: Any) -> Claim:
    mine = claim(program.sessions, job=job, nominal_at=NOW, owner=program.owner, now=program.now(), **given)
    assert mine is not None
    return mine


def the_run(session: Session) -> JobRun:
    session.rollback()
    return session.scalars(select(JobRun)).one()


def areas(session: Session) -> int:
    session.rollback()
    return len(session.scalars(select(Area.id)).all())


def test_a_run_says_what_it_did(program: Program, session: Session, hands: Hands) -> None:
    run(program, claimed(program))
    done = the_run(session)
    assert (done.outcome, done.counts, done.detail, done.finished_at) == ("done", {"areas": 1}, "Added an area.", NOW)


def test_a_job_with_something_for_a_person_to_see_to_did_the_rest(program: Program, session: Session) -> None:
    outcome = Outcome({"done": 3}, problem="SPO-2026-0001 cannot be worked out.")
    run(replace(program, jobs={"clean_up": lambda work, stages: outcome}), claimed(program))
    done = the_run(session)
    assert (done.outcome, done.counts, done.detail) == ("problems", {"done": 3}, "SPO-2026-0001 cannot be worked out.")


def test_a_job_that_breaks_keeps_nothing_and_says_why_without_a_name(program: Program, session: Session) -> None:
    run(replace(program, jobs={"clean_up": breaks}), claimed(program))
    done = the_run(session)
    assert (done.outcome, done.counts) == ("failed", {})
    assert "RuntimeError" in done.detail
    assert "TIDESWELL" not in done.detail
    assert areas(session) == 0


def test_one_time_is_claimed_once(program: Program) -> None:
    claimed(program)
    assert claim(program.sessions, job="clean_up", nominal_at=NOW, owner="second", now=NOW) is None
    assert claim(program.sessions, job="check_holidays", nominal_at=NOW, owner="second", now=NOW) is not None


def test_what_its_owner_left_is_taken_over_once_the_lease_has_run_out(program: Program, session: Session) -> None:
    claimed(program)
    assert take_abandoned(program.sessions, owner="second", now=NOW + LEASE, at_most=9) == []
    (taken,) = take_abandoned(program.sessions, owner="second", now=NOW + LEASE + timedelta(seconds=1), at_most=9)
    assert take_abandoned(program.sessions, owner="third", now=NOW + LEASE + timedelta(seconds=1), at_most=9) == []
    run(program, taken)
    assert (the_run(session).outcome, the_run(session).claimed_by) == ("done", "second")


def test_an_owner_that_slept_and_wakes_keeps_nothing_of_what_it_did(program: Program, session: Session, hands: Hands) -> None:
    asleep = claimed(program)
    hands.at = NOW + timedelta(minutes=5)
    (taken,) = take_abandoned(program.sessions, owner="second", now=hands.at, at_most=9)
    run(program, taken)
    run(program, asleep)
    assert areas(session) == 1
    assert the_run(session).claimed_by == "second"


def test_a_finished_run_is_neither_taken_over_nor_finished_again(program: Program, session: Session) -> None:
    mine = claimed(program)
    run(program, mine)
    assert take_abandoned(program.sessions, owner="second", now=NOW + timedelta(days=1), at_most=9) == []
    with pytest.raises(LostClaim), program.sessions.begin() as writing:
        finish(writing, mine, now=NOW, outcome="failed", counts={}, detail="")
    assert the_run(session).outcome == "done"


def test_the_lease_is_renewed_while_the_job_runs(program: Program, session: Session, hands: Hands) -> None:
    mine = claimed(program)
    assert renew(program.sessions, mine, now=NOW + timedelta(seconds=30))
    assert the_run(session).lease_until_at == NOW + timedelta(seconds=30) + LEASE
    assert not renew(program.sessions, replace(mine, owner="second"), now=NOW)


def test_run_now_is_answered_once_however_often_it_was_pressed(program: Program, acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work, name="Meera Chandran")
        for minute in range(2):
            at = NOW + timedelta(minutes=minute)
            work.session.add(JobRequest(job="clean_up", requested_at=at, requested_by_id=user.id, requested_by=user.display_name))
    (mine,) = take_requests(program.sessions, owner="first", now=NOW, at_most=9)
    assert take_requests(program.sessions, owner="second", now=NOW, at_most=9) == []
    run(program, mine)
    assert the_run(session).requested_by == user.display_name


def test_asking_twice_is_one_request(acting: Acting, session: Session) -> None:
    for _ in range(2):
        with acting() as work:
            request_run(work, job="clean_up")
    assert len(session.scalars(select(JobRequest)).all()) == 1


def test_a_dry_run_keeps_nothing(program: Program, session: Session) -> None:
    assert rehearse(program, "clean_up").detail == "Added an area."
    assert (areas(session), session.scalars(select(JobRun)).all()) == (0, [])


def test_a_run_for_another_moment_is_marked_so(program: Program, session: Session) -> None:
    run(program, claimed(program), NOW + timedelta(days=1))
    done = the_run(session)
    assert done.outcome == "as_of"
    assert done.detail.startswith("Run as if it were Monday 23 November 2026, 08:14. ")


class TestCatchingUp:
    """What was missed is run once, however many times it was missed."""

    def test_at_first_every_job_is_due_and_then_none(self, program: Program, hands: Hands) -> None:
        clockwork = Clockwork(program)
        wanted = {job.name for job in PLANNED if not job.waits_for and not job.by_mail}
        assert {mine.job for mine in clockwork.found(at_most=9)} == wanted
        assert clockwork.found(at_most=9) == []

    def test_after_four_days_down_each_runs_once(self, program: Program, hands: Hands, session: Session) -> None:
        clockwork = Clockwork(program)
        for mine in clockwork.found(at_most=9):
            run(program, mine)
        hands.at = NOW + timedelta(days=4)
        again = clockwork.found(at_most=9)
        assert len(again) == len({mine.job for mine in again}) == 5
        nominal = {row.job: row.nominal_at for row in session.scalars(select(JobRun).order_by(JobRun.id))}
        assert nominal["raise_alerts"] == BY_NAME["raise_alerts"].schedule.latest(hands.at)

    def test_two_schedulers_share_the_work_without_doing_it_twice(self, program: Program) -> None:
        first, second = Clockwork(program), Clockwork(replace(program, owner="second"))
        found = [mine.job for clockwork in (first, second) for mine in clockwork.found(at_most=9)]
        assert len(found) == len(set(found)) == 5

    def test_no_more_is_claimed_than_can_be_begun_however_long_that_takes(
        self, program: Program, hands: Hands, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A claim that waits has a lease that nobody renews: it would be taken over and done again, as often as it waits."""
        may_end = threading.Event()
        clockwork = Clockwork(program)
        monkeypatch.setattr(clockwork, "do", lambda _mine: may_end.wait(30))
        for minutes in range(0, 60, 5):
            hands.at = NOW + timedelta(minutes=minutes)
            clockwork.look_around()
        may_end.set()
        clockwork.hands.shutdown()
        claimed_runs = session.scalars(select(JobRun)).all()
        assert len(claimed_runs) == clockwork.at_once
        assert {one.takeovers for one in claimed_runs} == {0}

    def test_a_run_of_a_job_that_is_no_more_hinders_nobody(self, program: Program, hands: Hands) -> None:
        at_once = 4
        for number in range(at_once):
            at = NOW - timedelta(days=number)
            claim(program.sessions, job="sent_telegrams", nominal_at=at, owner="of long ago", now=at)
        assert len(Clockwork(program).found(at_most=at_once)) == at_once

    def test_a_job_that_is_woken_late_or_twice_runs_once_for_its_time(self, program: Program, hands: Hands, session: Session) -> None:
        clockwork = Clockwork(program)
        clockwork.fire(BY_NAME["raise_alerts"])
        hands.at = NOW + timedelta(milliseconds=150)
        Clockwork(replace(program, owner="second")).fire(BY_NAME["raise_alerts"])
        assert the_run(session).nominal_at == NOW.replace(minute=10)

    def test_a_daily_job_that_fails_is_tried_again_by_one_scheduler_ever_later_until_it_works(
        self, program: Program, hands: Hands, session: Session
    ) -> None:
        broken = replace(program, jobs={**program.jobs, "clean_up": breaks})
        for mine in Clockwork(broken).found(at_most=9):
            run(broken, mine)
        minutes_of_tries = []
        for minute in range(5, 200, 5):
            hands.at = NOW + timedelta(minutes=minute)
            now_is = broken if minute < 150 else program
            found = [mine for one in (now_is, replace(now_is, owner="second")) for mine in Clockwork(one).found(at_most=9)]
            for mine in found:
                run(now_is, mine)
            minutes_of_tries += [minute for mine in found if mine.job == "clean_up"]
        assert minutes_of_tries == [5, 15, 35, 75, 135, 195]
        outcomes = session.scalars(select(JobRun.outcome).where(JobRun.job == "clean_up").order_by(JobRun.id)).all()
        assert outcomes == ["failed"] * 6 + ["done"]

    def test_imports_are_looked_for_only_when_there_are_any(self, program: Program, session: Session) -> None:
        Clockwork(program).fire(BY_NAME["run_imports"])
        assert session.scalars(select(JobRun)).all() == []


def test_it_stops_when_told_to_and_finishes_what_it_has_in_hand(program: Program, session: Session) -> None:
    clockwork = Clockwork(program)
    has_begun = threading.Event()
    clockwork.scheduler.add_listener(lambda _event: has_begun.set(), EVENT_SCHEDULER_STARTED)
    running = threading.Thread(target=clockwork.start, daemon=True)
    running.start()
    assert has_begun.wait(timeout=30)
    clockwork.stop()
    running.join(timeout=30)
    assert not running.is_alive()
    assert session.scalars(select(JobRun).where(JobRun.finished_at.is_(None))).all() == []

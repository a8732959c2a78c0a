"""The table of jobs, and what each says about what it did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Draft, JobRun, User, UserSession
from orders_app.rules.holidays import Holidays
from orders_app.rules.law import LawTables
from orders_app.rules.schedule import PLANNED
from orders_app.rules.wording import LONDON
from orders_app.services.work import Work
from scheduler.clockwork import trigger_of
from scheduler.jobs import JOBS, MANY_PIECES, check_holidays, clean_away, escalate_alerts, raise_alerts, sync_deadlines
from scheduler.runner import ACTOR
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_user, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages


def test_every_planned_job_is_there_to_run_and_no_other() -> None:
    assert {job.name for job in PLANNED} == JOBS.keys() | MANY_PIECES.keys()


def test_the_clock_wakes_each_job_at_the_times_the_table_says() -> None:
    for job in PLANNED:
        trigger: CronTrigger = trigger_of(job.schedule)
        for now in (NOW, utc(2026, 3, 28, 23, 59), utc(2026, 10, 24, 23, 59)):
            wakes = trigger.get_next_fire_time(None, (now + timedelta(seconds=1)).astimezone(LONDON))
            assert wakes == job.schedule.following(now), job.name


def test_an_alert_nobody_hears_is_said_by_reference(acting: Acting) -> None:
    with acting() as work:
        order = an_order(work, person=a_person(work))
        a_deadline(work, act_by_at=utc(2026, 11, 24), order=order)
        outcome = raise_alerts(work, STAGES)
    assert outcome.problem.startswith(f"1 alert has no living recipient: {order.reference}. ")
    assert outcome.counts["raised"] == 1


def test_where_there_is_nobody_above_escalation_says_so(acting: Acting) -> None:
    with acting() as work:
        officer = a_user(work)
        a_deadline(work, act_by_at=utc(2026, 11, 24), order=an_order(work, person=a_person(work), owner_id=officer.id))
        raise_alerts(work, STAGES)
    with acting(now=NOW + timedelta(hours=48)) as work:
        assert escalate_alerts(work, STAGES).problem.startswith("Nobody to tell of 1 alerts")


def test_working_everything_out_again_counts(acting: Acting) -> None:
    assert sync_deadlines(acting, ACTOR).counts == {"records": 0, "not_worked_out": 0}


def test_the_holiday_table_warns_90_days_before_it_ends(law: LawTables) -> None:
    until = law.holidays.covers_until
    for day, is_warned in ((until - timedelta(days=91), False), (until - timedelta(days=90), True), (until + timedelta(days=1), True)):
        outcome = check_holidays(_on(day, law), STAGES)
        assert bool(outcome.problem) is is_warned
        assert outcome.counts == {"days_left": (until - day).days}


def _on(day: date, law: LawTables) -> Work:
    holidays = Holidays(law.holidays.statutory, law.holidays.safe)
    return Work(Session(), ACTOR, "test", utc(day.year, day.month, day.day, 12), replace(law, holidays=holidays))


def test_only_what_has_long_ended_is_cleared_away(acting: Acting, session: Session) -> None:
    long_ago, lately = NOW - timedelta(days=91), NOW - timedelta(days=1)
    with acting() as work:
        user: User = a_user(work)
        for at in (long_ago, lately):
            lasts = {"last_seen_at": at, "expires_at": at + timedelta(hours=12)}
            work.session.add(UserSession(token_hash=str(at), user_id=user.id, created_at=at, **lasts))
            work.session.add(Draft(token=str(at), kind="order", user_id=user.id, data={}, created_at=at, changed_at=at))
            work.session.add(JobRun(job="x", nominal_at=at, claimed_by="x", lease_until_at=at, started_at=at, finished_at=at))
    with acting() as work:
        counts = clean_away(work, STAGES).counts
    assert {name: count for name, count in counts.items() if count} == {"sign_ins": 1, "drafts": 1, "runs": 1}
    assert session.scalars(select(JobRun.started_at)).all() == [lately]

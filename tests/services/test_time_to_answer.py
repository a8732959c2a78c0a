"""An acknowledgement does not silence an alert for good, and whoever an alert is sent on to has their whole time to answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Alert, AlertMove, Deadline, User
from orders_app.services.absences import enter_absence
from orders_app.services.escalation import escalate
from tests.conftest import NOW, Acting
from tests.services.alert_cases import utc
from tests.services.moving_desk import MINUTE, SOON, STAGES, TOMORROW, Desk, swept, the_alert


def acknowledged(acting: Acting, user: User, at: datetime) -> None:
    with acting(now=at) as work:
        alert = work.session.scalars(select(Alert).where(Alert.closed_at.is_(None))).one()
        alert.acknowledged_at, alert.acknowledged_by_id = at, user.id


def escalated(acting: Acting, now: datetime) -> None:
    with acting(now=now) as work:
        escalate(work, stages=STAGES)


def test_an_overdue_deadline_that_was_acknowledged_is_said_again_each_week_until_it_is_met(acting: Acting, session: Session) -> None:
    """The last stage there is would otherwise be silent for ever after one click."""
    with acting() as work:
        desk = Desk(work)
    overdue_for_a_week = SOON + timedelta(days=7)
    swept(acting, overdue_for_a_week)
    for week in range(3):
        answered_at = overdue_for_a_week + timedelta(days=7 * week, minutes=5)
        acknowledged(acting, desk.owner, answered_at)
        assert swept(acting, answered_at + timedelta(days=7) - MINUTE).rerouted == 0
        assert swept(acting, answered_at + timedelta(days=7)).rerouted == 1
        alert = the_alert(session)
        assert (alert.stage, alert.acknowledged_by_id, alert.recipient_id) == ("7_days_overdue", None, desk.owner.id)
        assert (alert.raised_at, alert.escalation) == (answered_at + timedelta(days=7), 0)
    moves = session.scalars(select(AlertMove)).all()
    assert {(move.because, move.acknowledged_by_id, move.from_id, move.to_id) for move in moves} == {
        ("said_again", desk.owner.id, desk.owner.id, desk.owner.id)
    }


def test_what_is_said_again_goes_up_again(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    at = SOON + timedelta(days=7)
    swept(acting, at)
    escalated(acting, at)
    escalated(acting, at + timedelta(hours=2))
    assert the_alert(session).escalated_to_id == desk.inspector.id
    acknowledged(acting, desk.owner, at + timedelta(hours=3))
    again = at + timedelta(days=7, hours=3)
    swept(acting, again)
    assert the_alert(session).escalated_to_id is None
    escalated(acting, again)
    assert the_alert(session).escalated_to_id == desk.sergeant.id


def test_before_the_last_stage_an_acknowledgement_stands_until_the_next(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        work.session.scalars(select(Deadline)).one().act_by_at = utc(2027, 2, 10)
        work.session.scalars(select(Deadline)).one().alert_class = "expiry"
    swept(acting)
    acknowledged(acting, desk.owner, NOW)
    swept(acting, NOW + timedelta(days=40))
    alert = the_alert(session)
    assert (alert.stage, alert.acknowledged_by_id) == ("90_days", desk.owner.id)


def test_whoever_covers_has_their_whole_time_before_the_supervisor_hears(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        enter_absence(work, username=desk.owner.username, from_on=TOMORROW, until_on=date(2026, 11, 25), cover=desk.colleague.username)
    swept(acting)
    acknowledged(acting, desk.owner, NOW)
    away_from = NOW + timedelta(days=1)
    swept(acting, away_from)
    escalated(acting, away_from + MINUTE)
    alert = the_alert(session)
    assert (alert.recipient_id, alert.raised_at, alert.escalation) == (desk.colleague.id, away_from, 0)
    escalated(acting, away_from + timedelta(hours=48))
    assert the_alert(session).escalated_to_id == desk.sergeant.id


def test_what_was_passed_up_already_stays_up_when_its_officer_goes_away(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        work.session.scalars(select(Deadline)).one().act_by_at = SOON + timedelta(days=2)
        enter_absence(
            work, username=desk.owner.username, from_on=date(2026, 11, 25), until_on=date(2026, 11, 25), cover=desk.colleague.username
        )
    swept(acting)
    later = NOW + timedelta(days=2, hours=1)
    escalated(acting, later)
    assert the_alert(session).escalated_to_id == desk.sergeant.id
    swept(acting, NOW + timedelta(days=3))
    alert = the_alert(session)
    assert (alert.recipient_id, alert.escalated_to_id, alert.raised_at) == (desk.colleague.id, desk.sergeant.id, NOW)


def test_a_run_for_a_wrong_year_keeps_nobody_from_hearing(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    a_year_on = NOW + timedelta(days=375)
    swept(acting, a_year_on)
    escalated(acting, a_year_on)
    swept(acting)
    alert = the_alert(session)
    assert (alert.stage, alert.raised_at, alert.escalated_at) == ("7_days_overdue", NOW, NOW)
    escalated(acting, NOW + timedelta(hours=2))
    assert the_alert(session).escalated_to_id == desk.inspector.id

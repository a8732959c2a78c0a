"""An alert leaves whoever cannot hear of it at once, comes back to them, and each such step is kept with its reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Alert, AlertEscalation, AlertMove, User
from orders_app.rules.access import Access
from orders_app.services.absences import enter_absence
from orders_app.services.alerts import raise_alerts
from orders_app.services.escalation import escalate
from orders_app.services.sign_in import Browser, MustWait, begin_attempt
from orders_app.services.users import unlock_user
from tests.conftest import NOW, Acting
from tests.factories import lock_out
from tests.services.moving_desk import MINUTE, STAGES, TOMORROW, Desk, heard_by, swept, the_alert

LOCKED_UNTIL, AFTERWARDS = NOW + 30 * MINUTE, NOW + 31 * MINUTE


def locked(acting: Acting, *users: User, until: datetime = LOCKED_UNTIL) -> None:
    with acting() as work:
        for user in users:
            lock_out(work, user.username, until=until)


def type_wrong_passwords(acting: Acting, username: str) -> datetime:
    """Until nothing more is looked at; return until when."""
    for second in range(9):
        try:
            with acting(now=NOW + timedelta(seconds=second)) as work:
                begin_attempt(work, username=username, browser=Browser("192.0.2.7"))
        except MustWait as wait:
            return wait.until
    raise AssertionError("never locked")


@pytest.mark.parametrize("access", [Access.OPEN, Access.SEALED])
def test_who_typed_too_many_wrong_passwords_is_heard_for_by_the_team_until_they_may_sign_in_again(
    acting: Acting, session: Session, access: Access
) -> None:
    with acting() as work:
        desk = Desk(work, access=access)
    swept(acting)
    assert heard_by(session) == (desk.owner.id, desk.team.id)
    until = type_wrong_passwords(acting, desk.owner.username.upper())
    assert swept(acting, until - MINUTE / 2).rerouted == 1
    assert heard_by(session) == (None, desk.team.id)
    assert swept(acting, until).rerouted == 1
    assert heard_by(session) == (desk.owner.id, desk.team.id)


def test_a_new_alert_of_somebody_locked_out_is_the_team_s_from_the_start(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    locked(acting, desk.owner)
    swept(acting)
    assert heard_by(session) == (None, desk.team.id)
    assert session.scalars(select(AlertMove)).all() == []


def test_a_name_that_nobody_has_locks_nobody_out(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    until = type_wrong_passwords(acting, "somebody else")
    swept(acting, until - MINUTE / 2)
    assert heard_by(session)[0] == desk.owner.id


def test_unlocked_they_hear_again(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    locked(acting, desk.owner)
    swept(acting)
    with acting(now=NOW + MINUTE) as work:
        unlock_user(work, username=desk.owner.username)
    swept(acting, NOW + 2 * MINUTE)
    assert heard_by(session)[0] == desk.owner.id


def test_with_the_whole_team_locked_out_the_duty_inspector_hears_and_with_everybody_the_run_says_so(
    acting: Acting, session: Session
) -> None:
    with acting() as work:
        desk = Desk(work)
    locked(acting, desk.owner, desk.colleague, desk.sergeant)
    assert swept(acting).without_recipient == 0
    assert heard_by(session) == (desk.inspector.id, None)
    locked(acting, desk.inspector)
    sweep = swept(acting, NOW + MINUTE)
    assert (sweep.without_recipient, sweep.nobody_hears) == (1, (desk.order.reference,))


def test_whoever_covers_and_cannot_sign_in_leaves_it_to_the_team(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        enter_absence(work, username=desk.owner.username, from_on=TOMORROW, until_on=TOMORROW, cover=desk.elsewhere.username)
    tomorrow = NOW + timedelta(days=1)
    locked(acting, desk.elsewhere, until=tomorrow + MINUTE)
    swept(acting, tomorrow)
    assert heard_by(session) == (None, desk.team.id)
    swept(acting, tomorrow + MINUTE)
    assert heard_by(session)[0] == desk.elsewhere.id


def test_an_alert_is_passed_up_to_somebody_who_can_sign_in(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    swept(acting)
    later = NOW + timedelta(days=5)
    locked(acting, desk.sergeant, until=later + MINUTE)
    with acting(now=later) as work:
        escalate(work, stages=STAGES)
    assert session.scalars(select(AlertEscalation.told_id)).all() == [desk.inspector.id]


@pytest.mark.parametrize(("why", "stays"), [("locked_out", True), ("away", False), ("left", False)])
def test_what_somebody_answered_stands_while_they_cannot_sign_in_and_not_when_they_are_gone(
    acting: Acting, session: Session, why: str, stays: bool
) -> None:
    with acting() as work:
        desk = Desk(work)
        raise_alerts(work, stages=STAGES)
        alert = work.session.scalars(select(Alert)).one()
        alert.acknowledged_at, alert.acknowledged_by_id = NOW, desk.owner.id
        alert.snoozed_until_on, alert.snooze_reason = date(2026, 11, 25), "The court sits then"
    tomorrow = NOW + timedelta(days=1)
    with acting() as work:
        owner = work.session.get_one(User, desk.owner.id)
        if why == "locked_out":
            lock_out(work, owner.username, until=tomorrow + MINUTE)
        elif why == "away":
            enter_absence(work, username=owner.username, from_on=TOMORROW, until_on=TOMORROW)
        else:
            owner.is_active = False
    swept(acting, tomorrow)
    alert = the_alert(session)
    assert alert.recipient_id is None
    answered = (alert.acknowledged_by_id, alert.snoozed_until_on, alert.snooze_reason)
    assert answered == ((desk.owner.id, date(2026, 11, 25), "The court sits then") if stays else (None, None, ""))
    move = session.scalars(select(AlertMove)).one()
    assert (move.from_id, move.to_id, move.to_team_id, move.because) == (desk.owner.id, None, desk.team.id, why)
    assert move.acknowledged_by_id == (None if stays else desk.owner.id)


def test_what_a_colleague_acknowledged_for_the_team_opens_again_when_they_leave_and_stays_where_it_is(
    acting: Acting, session: Session
) -> None:
    with acting() as work:
        desk = Desk(work)
        desk.owner.is_active = False
        work.session.flush()
        raise_alerts(work, stages=STAGES)
        alert = work.session.scalars(select(Alert)).one()
        alert.acknowledged_at, alert.acknowledged_by_id = NOW, desk.colleague.id
    with acting(now=NOW + MINUTE) as work:
        work.session.get_one(User, desk.colleague.id).is_active = False
    swept(acting, NOW + 2 * MINUTE)
    alert = the_alert(session)
    assert (alert.recipient_id, alert.team_id, alert.acknowledged_by_id) == (None, desk.team.id, None)
    move = session.scalars(select(AlertMove)).one()
    assert (move.from_team_id, move.to_team_id, move.acknowledged_by_id) == (desk.team.id, desk.team.id, desk.colleague.id)


def test_a_run_that_changes_nothing_leaves_no_row(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    locked(acting, desk.owner)
    assert [swept(acting, NOW + n * MINUTE).rerouted for n in range(4)] == [0, 0, 0, 0]
    assert [swept(acting, AFTERWARDS + n * MINUTE).rerouted for n in range(2)] == [1, 0]
    moves = session.scalars(select(AlertMove)).all()
    assert [(move.from_id, move.to_id, move.because) for move in moves] == [(None, desk.owner.id, "")]

"""Alerts are state: what is open depends on the deadlines and the moment, never on which runs there were."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import AccessGrant, Alert, AuditEvent, Deadline, User
from orders_app.rules.access import Role
from orders_app.services.alerts import raise_alerts
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_area, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
IN_A_WEEK = utc(2026, 11, 30)


def open_alerts(session: Session) -> list[tuple[int, str]]:
    session.rollback()  # so that this sees what was written since
    rows = session.execute(select(Alert.deadline_id, Alert.stage).where(Alert.closed_at.is_(None)).order_by(Alert.deadline_id))
    return [(row.deadline_id, row.stage) for row in rows]


def test_the_furthest_stage_is_raised_and_a_second_run_raises_none(acting: Acting, session: Session) -> None:
    with acting() as work:
        soon = a_deadline(work, act_by_at=IN_A_WEEK)
        late = a_deadline(work, act_by_at=utc(2026, 11, 20))
        a_deadline(work, act_by_at=utc(2027, 6, 1))
        first = raise_alerts(work, stages=STAGES)
    with acting() as work:
        second = raise_alerts(work, stages=STAGES)
    assert (first.deadlines, first.raised, first.closed) == (3, 2, 0)
    assert (second.raised, second.closed, second.rerouted) == (0, 0, 0)
    assert open_alerts(session) == [(soon.id, "7_days"), (late.id, "overdue")]


def test_days_without_a_run_make_it_late_and_never_lost(acting: Acting, session: Session) -> None:
    with acting() as work:
        row = a_deadline(work, act_by_at=IN_A_WEEK)
    with acting(now=NOW + timedelta(days=40)) as work:
        assert raise_alerts(work, stages=STAGES).raised == 1
    assert open_alerts(session) == [(row.id, "7_days_overdue")]


def test_a_later_stage_takes_the_place_of_an_earlier_one(acting: Acting, session: Session) -> None:
    with acting() as work:
        row = a_deadline(work, act_by_at=IN_A_WEEK)
        raise_alerts(work, stages=STAGES)
    with acting(now=utc(2026, 11, 29, 12)) as work:
        sweep = raise_alerts(work, stages=STAGES)
    assert (sweep.closed, sweep.raised) == (1, 1)
    assert open_alerts(session) == [(row.id, "due_today")]
    assert session.scalar(select(Alert.closed_because).where(Alert.stage == "7_days")) == "superseded"


def test_a_run_for_an_earlier_day_takes_nothing_back(acting: Acting, session: Session) -> None:
    with acting(now=utc(2026, 12, 20)) as work:
        row = a_deadline(work, act_by_at=IN_A_WEEK)
        raise_alerts(work, stages=STAGES)
    with acting(now=NOW) as work:
        sweep = raise_alerts(work, stages=STAGES)
    assert (sweep.raised, sweep.closed) == (0, 0)
    assert open_alerts(session) == [(row.id, "7_days_overdue")]


@pytest.mark.parametrize(("change", "because"), [("met", "met"), ("cancelled", "cancelled"), ("moved", "moved")])
def test_what_is_met_cancelled_or_moved_is_closed_and_says_so(change: str, because: str, acting: Acting, session: Session) -> None:
    with acting() as work:
        row = a_deadline(work, act_by_at=IN_A_WEEK)
        raise_alerts(work, stages=STAGES)
    with acting() as work:
        _change(work.session.get_one(Deadline, row.id), change, row.started_by_id)
        work.session.flush()
        raise_alerts(work, stages=STAGES)
    closed = session.scalars(select(Alert).where(Alert.closed_at.is_not(None))).one()
    assert (closed.closed_because, closed.closed_at) == (because, NOW)
    assert open_alerts(session) == ([(row.id, "7_days")] if change == "moved" else [])


def _change(row: Deadline, change: str, event_id: int) -> None:
    if change == "met":
        row.met_by_id = event_id
    elif change == "cancelled":
        row.cancelled_at = NOW
    else:
        row.act_by_at = utc(2026, 11, 29)


def test_a_deadline_that_comes_back_warns_again(acting: Acting, session: Session) -> None:
    """Met by an event that was then voided, or moved away and back: the former alert must not keep the new one out."""
    with acting() as work:
        row = a_deadline(work, act_by_at=IN_A_WEEK)
        raise_alerts(work, stages=STAGES)
        row.met_by_id = row.started_by_id
        work.session.flush()
        raise_alerts(work, stages=STAGES)
    assert open_alerts(session) == []
    with acting() as work:
        work.session.get_one(Deadline, row.id).met_by_id = None
        work.session.flush()
        assert raise_alerts(work, stages=STAGES).raised == 1
    assert open_alerts(session) == [(row.id, "7_days")]


def test_the_end_of_an_order_is_announced_and_then_passes_by_itself(acting: Acting, session: Session) -> None:
    with acting() as work:
        row = a_deadline(work, act_by_at=IN_A_WEEK, alert_class="expiry", word="until")
        raise_alerts(work, stages=STAGES)
    assert open_alerts(session) == [(row.id, "7_days")]
    with acting(now=IN_A_WEEK) as work:
        sweep = raise_alerts(work, stages=STAGES)
    assert (sweep.raised, sweep.closed, sweep.deadlines) == (0, 1, 0)
    assert open_alerts(session) == []
    assert session.scalar(select(Alert.closed_because)) == "passed"


def test_each_run_leaves_one_audit_row_with_its_numbers(acting: Acting, session: Session) -> None:
    with acting("job.raise_alerts") as work:
        a_deadline(work, act_by_at=IN_A_WEEK)
        raise_alerts(work, stages=STAGES)
    row = session.scalars(select(AuditEvent).where(AuditEvent.action == "alerts.raised")).one()
    assert row.changes == {"deadlines": 1, "raised": 1, "closed": 0, "rerouted": 0, "without_recipient": 1}


class TestWhoHears:
    """Somebody living, always: officer, owner, team, duty inspector, in that order."""

    def heard_by(self, session: Session) -> tuple[str | None, int | None]:
        session.rollback()  # so that this sees what was written since
        alert = session.scalars(select(Alert).where(Alert.closed_at.is_(None))).one()
        name = session.scalar(select(User.username).where(User.id == alert.recipient_id))
        return name, alert.team_id

    def test_the_officer_it_was_given_to_before_the_owner(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            team, other = a_team(work), a_team(work)
            owner, officer = a_user(work, team=team, username="owner"), a_user(work, team=other, username="officer")
            order = an_order(work, person=a_person(work), owner_id=owner.id, team_id=team.id)
            a_deadline(work, act_by_at=IN_A_WEEK, order=order, assigned_to_id=officer.id)
            raise_alerts(work, stages=STAGES)
        assert self.heard_by(session) == ("officer", other.id)

    @pytest.mark.parametrize("gone", [{"is_active": False}, {"roles": [Role.PATROL]}])
    def test_an_owner_who_has_gone_or_may_no_longer_work_alerts_leaves_it_to_the_team(
        self, gone: dict[str, object], acting: Acting, session: Session
    ) -> None:
        with acting() as work:
            team = a_team(work)
            a_user(work, team=team)
            roles = gone.pop("roles", [Role.ORDERS_DESK])
            owner = a_user(work, *roles, team=team, **gone)  # type: ignore[misc]
            a_deadline(work, act_by_at=IN_A_WEEK, order=an_order(work, person=a_person(work), owner_id=owner.id))
            sweep = raise_alerts(work, stages=STAGES)
        assert self.heard_by(session) == (None, team.id)
        assert sweep.without_recipient == 0

    def test_an_alert_follows_when_its_officer_leaves(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            team = a_team(work)
            a_user(work, team=team)
            owner = a_user(work, team=team, username="owner")
            a_deadline(work, act_by_at=IN_A_WEEK, order=an_order(work, person=a_person(work), owner_id=owner.id))
            raise_alerts(work, stages=STAGES)
            alert = work.session.scalars(select(Alert)).one()
            alert.acknowledged_at, alert.acknowledged_by_id = NOW, owner.id
        assert self.heard_by(session) == ("owner", team.id)
        with acting() as work:
            work.session.get_one(User, owner.id).is_active = False
            work.session.flush()
            sweep = raise_alerts(work, stages=STAGES)
        assert (sweep.rerouted, sweep.raised) == (1, 0)
        assert self.heard_by(session) == (None, team.id)
        assert session.scalars(select(Alert)).one().acknowledged_at is None

    def test_without_officer_or_team_the_duty_inspector_of_the_area_hears(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            here, there = an_area(work), an_area(work)
            a_user(work, Role.DUTY_INSPECTOR, team=a_team(work, area=there), username="far")
            a_user(work, Role.DUTY_INSPECTOR, team=a_team(work, area=here), username="near")
            a_deadline(work, act_by_at=IN_A_WEEK, order=an_order(work, person=a_person(work), area_id=here.id))
            sweep = raise_alerts(work, stages=STAGES)
        assert self.heard_by(session)[0] == "near"
        assert sweep.without_recipient == 0

    def test_where_nobody_can_hear_the_run_says_so_by_reference(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            order = an_order(work, person=a_person(work))
            a_deadline(work, act_by_at=IN_A_WEEK, order=order)
            a_deadline(work, act_by_at=IN_A_WEEK, order=an_order(work, person=a_person(work), access="sealed"))
            sweep = raise_alerts(work, stages=STAGES)
        assert (sweep.without_recipient, sweep.nobody_hears) == (2, (order.reference,))

    def test_a_restricted_record_goes_to_somebody_named_on_it(self, acting: Acting, session: Session) -> None:
        with acting() as work:
            team = a_team(work)
            owner = a_user(work, team=team)
            named = a_user(work, team=team, username="named")
            order = an_order(work, person=a_person(work), owner_id=owner.id, access="restricted")
            _grant(work, order.id, named.id)
            a_deadline(work, act_by_at=IN_A_WEEK, order=order)
            raise_alerts(work, stages=STAGES)
        assert self.heard_by(session) == (None, team.id)
        with acting() as work:
            work.session.get_one(User, named.id).team_id = None
            work.session.flush()
            raise_alerts(work, stages=STAGES)
        assert self.heard_by(session) == ("named", None)


def _grant(work: Work, record_id: int, user_id: int) -> None:
    work.session.add(AccessGrant(record_id=record_id, user_id=user_id, granted_at=NOW, reason="Named on it"))
    work.session.flush()

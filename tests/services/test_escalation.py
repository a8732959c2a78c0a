"""An alert met with silence is said again, higher up, until somebody acts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Absence, AccessGrant, Alert, User
from orders_app.rules.access import Access, Role
from orders_app.services.alerts import raise_alerts
from orders_app.services.escalation import Escalated, escalate
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order, lock_out
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
IN_A_WEEK = utc(2026, 11, 30)  # its first stage may stay unanswered for 48 hours
HOURS = timedelta(hours=1)


class Station:
    """A team with an officer and a sergeant, a duty inspector, and one deadline of the officer's with its alert raised."""

    def __init__(self, work: Work, *, sergeant: bool = True, inspector: bool = True, access: Access = Access.OPEN) -> None:
        self.team = team = a_team(work)
        self.officer: User = a_user(work, team=team, username="officer")
        self.sergeant: User | None = a_user(work, team=team, username="sergeant", leads_team=True) if sergeant else None
        self.inspector: User | None = a_user(work, Role.DUTY_INSPECTOR, username="inspector") if inspector else None
        order = an_order(work, person=a_person(work), owner_id=self.officer.id, team_id=team.id, access=access)
        self.order_id = order.id
        a_deadline(work, act_by_at=IN_A_WEEK, order=order)
        raise_alerts(work, stages=STAGES)


def escalated_to(session: Session) -> tuple[int, str | None]:
    session.rollback()
    alert = session.scalars(select(Alert).where(Alert.closed_at.is_(None))).one()
    return alert.escalation, session.scalar(select(User.username).where(User.id == alert.escalated_to_id))


def run(acting: Acting, at: datetime) -> Escalated:
    with acting(now=at) as work:
        return escalate(work, stages=STAGES)


def test_nobody_is_told_before_the_time_is_up(acting: Acting, session: Session) -> None:
    with acting() as work:
        Station(work)
    assert run(acting, NOW + 48 * HOURS - timedelta(seconds=1)) == Escalated(0, 0, 0)
    assert escalated_to(session) == (0, None)


def test_silence_goes_to_the_supervisor_then_to_the_duty_inspector_and_no_further(acting: Acting, session: Session) -> None:
    with acting() as work:
        Station(work)
    assert run(acting, NOW + 48 * HOURS) == Escalated(1, 0, 0)
    assert run(acting, NOW + 48 * HOURS) == Escalated(0, 0, 0)
    assert escalated_to(session) == (1, "sergeant")
    assert run(acting, NOW + 96 * HOURS) == Escalated(0, 1, 0)
    assert run(acting, NOW + 500 * HOURS) == Escalated(0, 0, 0)
    assert escalated_to(session) == (2, "inspector")


@pytest.mark.parametrize(("column", "value"), [("acknowledged_at", NOW), ("snoozed_until_on", utc(2026, 11, 28).date())])
def test_what_is_acknowledged_or_snoozed_is_left_alone(column: str, value: object, acting: Acting, session: Session) -> None:
    with acting() as work:
        Station(work)
        setattr(work.session.scalars(select(Alert)).one(), column, value)
    assert run(acting, NOW + 72 * HOURS) == Escalated(0, 0, 0)


def test_a_snooze_that_has_run_out_no_longer_holds_it_back(acting: Acting, session: Session) -> None:
    with acting() as work:
        Station(work)
        work.session.scalars(select(Alert)).one().snoozed_until_on = utc(2026, 11, 25).date()
    assert run(acting, utc(2026, 11, 25, 9)) == Escalated(1, 0, 0)


def test_without_a_supervisor_it_goes_to_the_duty_inspector_at_once(acting: Acting, session: Session) -> None:
    with acting() as work:
        Station(work, sergeant=False)
    assert run(acting, NOW + 48 * HOURS) == Escalated(0, 1, 0)
    assert escalated_to(session) == (2, "inspector")


def test_where_nobody_is_above_the_run_counts_it(acting: Acting, session: Session) -> None:
    with acting() as work:
        Station(work, sergeant=False, inspector=False)
    assert run(acting, NOW + 48 * HOURS) == Escalated(0, 0, 1)


def test_a_supervisor_is_not_told_of_their_own_silence(acting: Acting, session: Session) -> None:
    with acting() as work:
        station = Station(work, sergeant=False)
        station.officer.leads_team = True
    assert run(acting, NOW + 48 * HOURS) == Escalated(0, 1, 0)


def test_a_supervisor_who_left_leaves_it_to_the_next(acting: Acting, session: Session) -> None:
    with acting() as work:
        station = Station(work)
    run(acting, NOW + 48 * HOURS)
    with acting() as work:
        assert station.sergeant is not None
        work.session.get_one(User, station.sergeant.id).is_active = False
    run(acting, NOW + 49 * HOURS)
    assert escalated_to(session) == (2, "inspector")


def parry_covers(work: Work, whom: User | None, until_on: date = date(2026, 12, 9), **columns: object) -> User:
    """A detective sergeant of another team who covers for somebody from Tuesday on."""
    assert whom is not None
    found = work.session.scalar(select(User).where(User.username == "parry"))
    parry = found or a_user(work, team=a_team(work, name="SOC"), username="parry", leads_team=True, **columns)
    work.session.add(Absence(user_id=whom.id, from_on=date(2026, 11, 24), until_on=until_on, covered_by_id=parry.id))
    return parry


def test_whoever_covers_for_the_supervisor_hears_what_is_passed_up(acting: Acting, session: Session) -> None:
    with acting() as work:
        parry_covers(work, Station(work).sergeant)
    assert run(acting, NOW + 48 * HOURS) == Escalated(1, 0, 0)
    assert escalated_to(session) == (1, "parry")


def test_a_supervisor_who_goes_away_leaves_it_to_their_cover_and_has_it_again_when_they_are_back(acting: Acting, session: Session) -> None:
    with acting() as work:
        station = Station(work)
        a_user(work, team=station.team, username="second", leads_team=True)
        parry_covers(work, station.sergeant, until_on=date(2026, 11, 25))
    heard = []
    for at in (NOW + 48 * HOURS, utc(2026, 11, 25, 9), utc(2026, 11, 26, 7)):
        run(acting, at)
        heard.append(escalated_to(session))
    assert heard == [(1, "parry"), (1, "parry"), (1, "sergeant")]


@pytest.mark.parametrize(("cover", "second", "who"), [("locked out", False, (2, "inspector")), ("locked out", True, (1, "second")),
                                                      ("nobody", False, (2, "inspector")), ("nobody", True, (1, "second"))])  # fmt: skip
def test_without_a_cover_who_can_be_reached_another_leader_hears_else_the_duty_inspector(
    cover: str, second: bool, who: tuple[int, str], acting: Acting, session: Session
) -> None:
    with acting() as work:
        station = Station(work)
        if second:
            a_user(work, team=station.team, username="second", leads_team=True)
        parry_covers(work, station.sergeant)
        if cover == "locked out":
            lock_out(work, "parry", until=NOW + 49 * HOURS)
        else:
            work.session.scalars(select(Absence)).one().covered_by_id = None
    run(acting, NOW + 48 * HOURS)
    assert escalated_to(session) == who


@pytest.mark.parametrize(("is_named", "who"), [(True, (1, "parry")), (False, (0, None))])
@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
def test_of_a_closed_record_a_cover_hears_only_if_they_are_named(
    access: Access, is_named: bool, who: tuple[int, str | None], acting: Acting, session: Session
) -> None:
    with acting() as work:
        station = Station(work, access=access)
        named = [station.officer, parry_covers(work, station.sergeant)][: 2 if is_named else 1]
        for user in named:
            work.session.add(AccessGrant(user_id=user.id, record_id=station.order_id, granted_at=NOW, reason="Theirs"))
        work.session.flush()
        raise_alerts(work, stages=STAGES)
    run(acting, NOW + 48 * HOURS)
    assert escalated_to(session) == who


def test_whoever_covers_for_the_duty_inspector_is_told_and_not_for_longer(acting: Acting, session: Session) -> None:
    with acting() as work:
        parry_covers(work, Station(work, sergeant=False).inspector, until_on=date(2026, 11, 25))
    heard = []
    for at in (NOW + 48 * HOURS, utc(2026, 11, 25, 9), utc(2026, 11, 26, 9)):
        run(acting, at)
        heard.append(escalated_to(session))
    assert heard == [(2, "parry"), (2, "parry"), (2, "inspector")]


def test_a_cover_is_not_told_of_their_own_silence(acting: Acting, session: Session) -> None:
    with acting() as work:
        station = Station(work)
        work.session.add(
            Absence(user_id=station.sergeant.id, from_on=date(2026, 11, 24), until_on=date(2026, 12, 9), covered_by_id=station.officer.id)  # type: ignore[union-attr]
        )
    run(acting, NOW + 48 * HOURS)
    assert escalated_to(session) == (2, "inspector")


def test_what_reached_the_duty_inspector_stays_at_that_height_when_they_go_away_and_when_they_are_back(
    acting: Acting, session: Session
) -> None:
    with acting() as work:
        station = Station(work)
        assert station.inspector is not None
        away = {"user_id": station.inspector.id, "from_on": date(2026, 11, 27), "until_on": date(2026, 11, 27)}
        cover = a_user(work, team=a_team(work), username="cover")
        work.session.add(Absence(**away, covered_by_id=cover.id))
    heard = []
    for at in (NOW + 48 * HOURS, NOW + 96 * HOURS, utc(2026, 11, 27, 9), utc(2026, 11, 28, 9)):
        run(acting, at)
        heard.append(escalated_to(session))
    assert heard == [(1, "sergeant"), (2, "inspector"), (2, "cover"), (2, "inspector")]


def test_another_cover_is_told_instead_and_what_a_cover_answered_stays_theirs(acting: Acting, session: Session) -> None:
    with acting() as work:
        station = Station(work)
        parry_covers(work, station.sergeant, until_on=date(2026, 11, 24))
        other = a_user(work, team=a_team(work), username="other").id
    run(acting, NOW + 48 * HOURS)
    with acting() as work:
        work.session.scalars(select(Absence)).one().covered_by_id = other
    run(acting, NOW + 49 * HOURS)
    assert escalated_to(session) == (1, "other")
    with acting() as work:
        alert = work.session.scalars(select(Alert)).one()
        alert.acknowledged_at, alert.acknowledged_by_id = NOW + 50 * HOURS, other
    assert run(acting, utc(2026, 11, 25, 9)) == Escalated(0, 0, 0)
    assert escalated_to(session) == (1, "other")

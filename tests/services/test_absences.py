"""Somebody away is not left to hear of anything: whoever covers does, or the team, or the duty inspector."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Absence, AccessGrant, Alert, User
from orders_app.queries.assignees import colleagues
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.services.absences import IsOver, as_it_is, change_absence, end_absence, enter_absence
from orders_app.services.alerts import raise_alerts
from orders_app.services.errors import ChangedMeanwhile, NotFound, RulesBroken
from orders_app.services.work import Actor, Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
SOON = utc(2026, 11, 26)
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 24)
ON_LEAVE, BACK = NOW + timedelta(days=1), NOW + timedelta(days=3)


class Desk:
    """An officer with a case, a colleague in the team, and one of another team."""

    def __init__(self, work: Work, *, access: Access = Access.OPEN, alone: bool = False) -> None:
        self.team, self.elsewhere = a_team(work, name="Orders desk"), a_team(work, name="MOSOVO north")
        self.owner = a_user(work, team=self.team)
        self.colleague = a_user(work, team=self.elsewhere if alone else self.team)
        self.cover, self.inspector = a_user(work, team=self.elsewhere), a_user(work, Role.DUTY_INSPECTOR)
        order = an_order(work, person=a_person(work), owner_id=self.owner.id, team_id=self.team.id, access=access)
        if access is not Access.OPEN:
            for user in (self.owner, self.colleague):
                work.session.add(AccessGrant(user_id=user.id, record_id=order.id, granted_at=NOW, reason="Theirs"))
        a_deadline(work, act_by_at=SOON, order=order)


def heard_by(session: Session) -> tuple[int | None, int | None]:
    session.rollback()
    recipient_id, team_id = session.execute(select(Alert.recipient_id, Alert.team_id).where(Alert.closed_at.is_(None))).one()
    return recipient_id, team_id


def sweep(acting: Acting, now: object) -> None:
    with acting(now=now) as work:  # type: ignore[arg-type]
        assert raise_alerts(work, stages=STAGES).without_recipient == 0


def test_whoever_covers_hears_and_the_officer_again_when_they_are_back(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=desk.cover.username)
    heard = []
    for now in (NOW, ON_LEAVE, BACK):
        sweep(acting, now)
        heard.append(heard_by(session)[0])
    assert heard == [desk.owner.id, desk.cover.id, desk.owner.id]


@pytest.mark.parametrize(("cover_leaves", "alone", "who"), [(False, False, "team"), (True, False, "team"), (True, True, "inspector")])
def test_without_cover_the_team_hears_and_without_a_team_the_duty_inspector(
    acting: Acting, session: Session, cover_leaves: bool, alone: bool, who: str
) -> None:
    with acting() as work:
        desk = Desk(work, alone=alone)
        cover = desk.cover.username if cover_leaves else ""
        enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=cover)
        desk.cover.is_active = not cover_leaves
    sweep(acting, ON_LEAVE)
    assert heard_by(session) == {"team": (None, desk.team.id), "inspector": (desk.inspector.id, None)}[who]


def test_of_a_sealed_record_whoever_is_named_hears_and_not_the_cover(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work, access=Access.SEALED)
        enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=desk.cover.username)
    sweep(acting, ON_LEAVE)
    assert heard_by(session) == (None, desk.team.id)


def test_what_the_officer_had_acknowledged_is_open_again(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        raise_alerts(work, stages=STAGES)
        alert = work.session.scalars(select(Alert)).one()
        alert.acknowledged_at, alert.acknowledged_by_id = NOW, desk.owner.id
        enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=desk.cover.username)
    sweep(acting, ON_LEAVE)
    session.rollback()
    assert session.scalars(select(Alert.acknowledged_at)).all() == [None]


def test_somebody_back_early_hears_again_and_days_never_taken_are_struck_out(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        number = enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=date(2026, 12, 24), cover="").id
        later = enter_absence(work, username=desk.owner.username, from_on=date(2027, 1, 4), until_on=date(2027, 1, 8)).id
    with acting(now=BACK) as work:
        end_absence(work, number=number)
        end_absence(work, number=later)
    sweep(acting, BACK)
    assert heard_by(session)[0] == desk.owner.id
    rows = session.scalars(select(Absence).order_by(Absence.id)).all()
    assert [(row.until_on, row.taken_back_at) for row in rows] == [(LAST, None), (date(2027, 1, 8), BACK)]


def test_an_absence_has_other_days_and_another_cover_and_one_that_has_begun_keeps_its_first_day(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        number = enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=desk.cover.username).id
    sweep(acting, ON_LEAVE)
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    with acting("absence.changed", now=ON_LEAVE) as work:
        former = as_it_is(work.session.get_one(Absence, number))
        change_absence(work, number=number, former=former, from_on=friday, until_on=monday, cover=desk.colleague.username)
    sweep(acting, ON_LEAVE)
    assert heard_by(session)[0] == desk.colleague.id
    row = session.scalars(select(Absence)).one()
    assert (row.from_on, row.until_on) == (FIRST, monday)
    with acting(now=ON_LEAVE) as work, pytest.raises(ChangedMeanwhile):
        change_absence(work, number=number, former=former, from_on=None, until_on=LAST)
    with acting(now=utc(2026, 12, 1, 9)) as work, pytest.raises(IsOver):
        change_absence(work, number=number, former=as_it_is(row), from_on=None, until_on=date(2026, 12, 4))


def test_days_to_come_move_and_are_not_in_the_way_of_themselves(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        absence = enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST)
        other = enter_absence(work, username=desk.owner.username, from_on=date(2026, 12, 7), until_on=date(2026, 12, 8))
        change_absence(work, number=absence.id, former=as_it_is(absence), from_on=LAST, until_on=date(2026, 12, 1))
        with pytest.raises(RulesBroken, match="away already from Monday 7 December 2026"):
            change_absence(work, number=absence.id, former=as_it_is(absence), from_on=LAST, until_on=date(2026, 12, 7))
        assert (absence.from_on, absence.until_on, other.from_on) == (LAST, date(2026, 12, 1), date(2026, 12, 7))


def test_whoever_covers_on_those_days_is_asked_before_they_go_away_themselves(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=desk.cover.username)
    days = {"username": desk.cover.username, "from_on": LAST, "until_on": LAST}
    with acting() as work:
        with pytest.raises(RulesBroken, match=f"They cover for {desk.owner.display_name} from Monday 23 November 2026") as refused:
            enter_absence(work, **days)
        assert refused.value.field == "leaves_uncovered"
        enter_absence(work, **days, leaves_uncovered=True)
        enter_absence(work, username=desk.cover.username, from_on=date(2026, 11, 25), until_on=date(2026, 11, 25))
    heard = []
    for now in (ON_LEAVE, ON_LEAVE + timedelta(days=1)):
        sweep(acting, now)
        heard.append(heard_by(session))
    assert heard == [(desk.cover.id, desk.team.id), (None, desk.team.id)]


def test_what_is_over_cannot_be_ended_again(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        number = enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST).id
        end_absence(work, number=number)
    for now in (NOW, utc(2026, 12, 1)):
        with acting(now=now) as work, pytest.raises(IsOver):
            end_absence(work, number=number)


def as_user(user: User, *roles: Role) -> Actor:
    return Actor(user.id, user.name, Viewer(user.id, team_id=user.team_id, roles=frozenset(roles or (Role.ORDERS_DESK,))))


def test_a_leader_enters_their_team_s_days_an_officer_only_their_own_an_administrator_anybody_s(acting: Acting) -> None:
    with acting() as work:
        desk = Desk(work)
        leader = a_user(work, Role.ORDERS_SUPERVISOR, team=desk.team, leads_team=True)
        administrator = a_user(work, Role.ADMINISTRATOR)
    days = {"from_on": FIRST, "until_on": LAST}
    for actor, whose, allowed in (
        (as_user(desk.owner), desk.owner, True), (as_user(desk.owner), desk.colleague, False),
        (as_user(leader), desk.colleague, True), (as_user(leader), desk.cover, False),
        (as_user(administrator, Role.ADMINISTRATOR), desk.cover, True),
    ):  # fmt: skip
        with acting(actor=actor) as work:
            if allowed:
                number = enter_absence(work, username=whose.username, **days).id
            else:
                with pytest.raises(ValueError, match="whose days away you may enter"):
                    enter_absence(work, username=whose.username, **days)
    with acting(actor=as_user(desk.owner)) as work, pytest.raises(NotFound):
        end_absence(work, number=number)


def test_two_absences_at_once_and_a_cover_who_is_away_are_refused_beside_their_fields(acting: Acting) -> None:
    with acting() as work:
        desk = Desk(work)
        for user in (desk.owner, desk.cover):
            enter_absence(work, username=user.username, from_on=FIRST, until_on=LAST)
        with pytest.raises(RulesBroken) as refused:
            enter_absence(work, username=desk.owner.username, from_on=LAST, until_on=LAST, cover=desk.cover.username)
    assert [problem.field for problem in refused.value.problems] == ["from_on", "cover"]


def test_of_two_who_enter_the_same_days_at_once_the_second_is_refused(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
    said = []

    def enter_too() -> None:
        with acting() as work, pytest.raises(RulesBroken) as refused:
            enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=desk.colleague.username)
        said.extend(problem.field for problem in refused.value.problems)

    second = Thread(target=enter_too)
    with acting() as work:
        enter_absence(work, username=desk.owner.username, from_on=FIRST, until_on=LAST, cover=desk.cover.username)
        second.start()
        second.join(timeout=1)  # long enough to be done, were it not made to wait
    second.join(timeout=30)
    assert said == ["from_on"]
    assert session.scalars(select(Absence.covered_by_id)).all() == [desk.cover.id]


def test_of_two_absences_for_the_same_days_the_later_counts_and_a_second_sweep_moves_nothing(acting: Acting, session: Session) -> None:
    with acting() as work:
        desk = Desk(work)
        raise_alerts(work, stages=STAGES)
        for cover in (desk.colleague, desk.cover):
            work.session.add(Absence(user_id=desk.owner.id, from_on=FIRST, until_on=LAST, covered_by_id=cover.id))
    moved = []
    for minutes in (0, 5, 10):
        with acting(now=ON_LEAVE + timedelta(minutes=minutes)) as work:
            moved.append(raise_alerts(work, stages=STAGES).rerouted)
    assert moved == [1, 0, 0]
    assert heard_by(session)[0] == desk.cover.id
    assert [one.user.id for one in colleagues(session, ON_LEAVE)].count(desk.owner.id) == 1

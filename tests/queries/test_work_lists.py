"""Whose work is listed, in which tab and band, and what never shows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import AccessGrant, Deadline, Team, User
from orders_app.queries import work_lists
from orders_app.queries.page_frame import frame
from orders_app.queries.visibility import Viewer
from orders_app.queries.work_lists import WorkFilter, WorkTab
from orders_app.rules.access import Role
from orders_app.rules.alerting import Band
from orders_app.services.alerts import raise_alerts
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages
TUESDAY = utc(2026, 11, 25)
EVERYTHING = WorkFilter()


def viewer_of(user: User) -> Viewer:
    return Viewer(user.id, user.team_id, roles=frozenset({Role.ORDERS_DESK}))


def titles(
    session: Session, viewer: Viewer, tab: WorkTab = WorkTab.MINE, wanted: WorkFilter = EVERYTHING, now: datetime = NOW
) -> list[str]:
    return [row.deadline.title for row in work_lists.work_rows(session, viewer, now, tab, wanted)]


class Office:
    """A team of two, with deadlines made by name."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.team: Team = a_team(work)
        self.owner: User = a_user(work, team=self.team)
        self.other: User = a_user(work, team=self.team)

    def deadline(
        self, title: str, act_by_at: datetime = TUESDAY, *, access: str = "open", person_access: str = "open", **columns: object
    ) -> Deadline:
        values = {"owner_id": self.owner.id, "team_id": self.team.id, "access": access}
        order = an_order(self.work, person=a_person(self.work, access=person_access), **{k: columns.pop(k, v) for k, v in values.items()})
        return a_deadline(self.work, act_by_at=act_by_at, order=order, title=title, **columns)


def test_mine_is_what_i_own_was_given_or_was_passed_up_to_me(acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        office.deadline("owned")
        office.deadline("given away", assigned_to_id=office.other.id)
        office.deadline("given to me", owner_id=office.other.id, assigned_to_id=office.owner.id)
        office.deadline("another's", owner_id=office.other.id)
    assert titles(session, viewer_of(office.owner)) == ["owned", "given to me"]
    assert titles(session, viewer_of(office.other)) == ["given away", "another's"]
    assert sorted(titles(session, viewer_of(office.owner), WorkTab.TEAM)) == ["another's", "given away", "given to me", "owned"]


def test_what_was_given_to_somebody_who_left_is_back_with_its_owner(acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        gone = a_user(work, team=office.team, is_active=False)
        office.deadline("left behind", assigned_to_id=gone.id)
    assert titles(session, viewer_of(office.owner)) == ["left behind"]


def test_listed_are_the_next_30_days_and_whatever_has_raised_an_alert(acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        office.deadline("day 30", utc(2026, 12, 23))
        office.deadline("day 31", utc(2026, 12, 24), alert_class="notification")
        office.deadline("two months on, warned of", utc(2027, 1, 20), alert_class="expiry")
        met = office.deadline("met")
        met.met_by_id = met.started_by_id
        office.deadline("cancelled", cancelled_at=NOW)
        office.deadline("passed by itself", utc(2026, 11, 20), word="until")
        work.session.flush()
        raise_alerts(work, stages=STAGES)
    viewer = viewer_of(office.owner)
    assert titles(session, viewer) == ["day 30", "two months on, warned of"]
    following = work_lists.next_after(session, viewer, NOW)
    assert following is not None
    assert following.deadline.title == "day 31"


def test_bands_and_counts_agree_everywhere(acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        for title, at in (
            ("late", utc(2026, 11, 20)),
            ("today", utc(2026, 11, 23)),
            ("day 7", utc(2026, 11, 29)),
            ("day 8", utc(2026, 11, 30)),
        ):
            office.deadline(title, at, rule_class="law" if title == "late" else "policy")
    viewer = viewer_of(office.owner)
    numbers = work_lists.tally(session, viewer, NOW, WorkTab.MINE)
    assert {band: sum(t.count for t in numbers if t.band is band) for band in Band} == {Band.OVERDUE: 1, Band.SOON: 2, Band.LATER: 1}
    assert frame(session, viewer, NOW).mine == 4 == work_lists.tab_counts(session, viewer, NOW)[WorkTab.MINE]
    assert titles(session, viewer, wanted=WorkFilter(rule_class="law")) == ["late"]


def test_what_waits_on_others_is_apart_until_the_day_it_falls_due(acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        office.deadline("waiting", TUESDAY, waiting_on="the CPS", waiting_since_at=NOW)
    viewer = viewer_of(office.owner)
    assert (titles(session, viewer), titles(session, viewer, WorkTab.WAITING)) == ([], ["waiting"])
    on_the_day = TUESDAY - timedelta(hours=6)
    assert titles(session, viewer, now=on_the_day) == ["waiting"]
    assert titles(session, viewer, WorkTab.WAITING, now=on_the_day) == []


@pytest.mark.parametrize(
    ("record", "person"), [("restricted", "open"), ("open", "restricted"), ("sealed", "open"), ("open", "sealed"), ("restricted", "sealed")]
)
def test_what_may_not_be_opened_is_in_no_list_and_no_count(record: str, person: str, acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        office.deadline("open")
        office.deadline("hidden", access=record, person_access=person)
        raise_alerts(work, stages=STAGES)
    viewer = viewer_of(office.owner)
    assert titles(session, viewer) == ["open"] == titles(session, viewer, WorkTab.TEAM)
    assert list(work_lists.tab_counts(session, viewer, NOW).values()) == [1, 1, 0]
    is_known_of = "sealed" not in (record, person)
    assert work_lists.count_restricted(session, viewer, NOW, WorkTab.MINE) == int(is_known_of)


def test_somebody_named_on_a_restricted_record_sees_it(acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        row = office.deadline("named on it", access="restricted")
        work.session.add(AccessGrant(record_id=row.record_id, user_id=office.owner.id, granted_at=NOW, reason="Owner"))
    assert titles(session, viewer_of(office.owner)) == ["named on it"]
    assert work_lists.count_restricted(session, viewer_of(office.owner), NOW, WorkTab.MINE) == 0


def test_a_deadline_is_found_by_its_number_on_the_record(acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        first = office.deadline("first")
        order = work.session.get_one(Deadline, first.id).record_id
        reference = work_lists.work_rows(work.session, viewer_of(office.owner), NOW, WorkTab.MINE, WorkFilter())[0].reference
    viewer = viewer_of(office.owner)
    found = work_lists.find_row(session, viewer, reference.lower(), 1)
    assert found is not None
    assert (found.deadline.title, found.deadline.record_id, found.number) == ("first", order, 1)
    assert work_lists.find_row(session, viewer, reference, 2) is None


@pytest.mark.parametrize("first", [0, 2])
def test_pages_follow_on(first: int, acting: Acting, session: Session) -> None:
    with acting() as work:
        office = Office(work)
        for number in range(4):
            office.deadline(f"number {number}", TUESDAY + timedelta(days=number))
    rows = work_lists.work_rows(session, viewer_of(office.owner), NOW, WorkTab.MINE, WorkFilter(), first=first, at_most=2)
    assert [row.deadline.title for row in rows] == [f"number {first}", f"number {first + 1}"]

"""An order is handed over: who owns it then, what goes with it, who is told, and who cannot have it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Absence, AccessGrant, Alert, AuditEvent, Deadline, HandOver, HandOverNotice, Order, Team, User
from orders_app.queries.hand_overs import notices
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Role
from orders_app.services.alerts import raise_alerts
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.hand_overs import hand_over, take_note
from orders_app.services.takers import LONGEST_NOTE
from orders_app.services.work import Actor, Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, lock_out
from tests.order_cases import a_served_notice
from tests.registration_cases import a_registration

STAGES = load_reference().stages
NOTE = "Court bundle is with legal services"


class Desks:
    """Two desks with a supervisor each, and a notice that the first one's officer owns, with an alert."""

    def __init__(self, work: Work) -> None:
        self.here: Team = a_team(work, name="Orders desk")
        self.there: Team = a_team(work, name="North desk")
        self.owner: User = a_user(work, team=self.here, username="owner", name="Aisha Rahman")
        self.taker: User = a_user(work, team=self.there, username="taker", name="Jamal Edwards")
        self.third: User = a_user(work, team=self.here, username="third")
        leaders = (Role.ORDERS_SUPERVISOR,)
        self.sergeant: User = a_user(work, *leaders, team=self.here, username="here.sgt", leads_team=True)
        self.other_sergeant: User = a_user(work, *leaders, team=self.there, username="there.sgt", leads_team=True)
        self.order: Order = a_served_notice(work, owner_id=self.owner.id, team_id=self.here.id)
        raise_alerts(work, stages=STAGES)

    @property
    def at(self) -> dict[str, object]:
        """The order as it was recorded."""
        return {"reference": self.order.reference, "version": self.order.version}


@pytest.fixture
def desks(acting: Acting) -> Desks:
    with acting() as work:
        return Desks(work)


def actor(user: User) -> Actor:
    return Actor(user.id, user.display_name, viewer(user))


def viewer(user: User) -> Viewer:
    return Viewer(user.id, user.team_id, roles=frozenset({Role.ORDERS_DESK}))


def stored(session: Session, desks: Desks) -> Order:
    session.rollback()
    return session.get_one(Order, desks.order.id)


def open_alerts(session: Session) -> list[Alert]:
    session.rollback()
    return list(session.scalars(select(Alert).where(Alert.closed_at.is_(None))))


def told(session: Session) -> set[int]:
    session.rollback()
    return set(session.scalars(select(HandOverNotice.user_id)))


def test_the_order_its_deadlines_and_their_alerts_go_to_the_officer(desks: Desks, acting: Acting, session: Session) -> None:
    with acting("order.handed_over", actor=actor(desks.owner), now=NOW + timedelta(hours=1)) as work:
        row = hand_over(work, **desks.at, officer="taker", note=f" {NOTE} ")
    order = stored(session, desks)
    assert (order.owner_id, order.team_id, order.version) == (desks.taker.id, desks.there.id, desks.order.version + 1)
    alerts = open_alerts(session)
    assert alerts
    assert {(a.recipient_id, a.team_id, a.acknowledged_at, a.raised_at) for a in alerts} == {
        (desks.taker.id, desks.there.id, None, NOW + timedelta(hours=1))
    }
    assert (row.held_by, row.given_to) == (
        f"{desks.owner.display_name}, Orders desk",
        f"{desks.taker.display_name}, North desk",
    )
    assert (row.note, row.handed_by, row.deadlines) == (NOTE, desks.owner.display_name, len(alerts))


def test_a_sweep_after_it_changes_nothing(desks: Desks, acting: Acting, session: Session) -> None:
    with acting(actor=actor(desks.owner)) as work:
        hand_over(work, **desks.at, officer="taker", note=NOTE)
    with acting() as work:
        assert raise_alerts(work, stages=STAGES).rerouted == 0


def test_to_a_team_nobody_owns_it_and_the_team_hears(desks: Desks, acting: Acting, session: Session) -> None:
    with acting(actor=actor(desks.owner)) as work:
        hand_over(work, **desks.at, team="North desk", note=NOTE)
    order = stored(session, desks)
    assert (order.owner_id, order.team_id) == (None, desks.there.id)
    assert {(a.recipient_id, a.team_id) for a in open_alerts(session)} == {(None, desks.there.id)}
    with acting() as work:
        assert raise_alerts(work, stages=STAGES).rerouted == 0


@pytest.mark.parametrize("takes_all", [False, True])
def test_what_was_given_to_a_third_officer_stays_there_unless_it_is_asked_for(
    desks: Desks, acting: Acting, session: Session, takes_all: bool
) -> None:
    with acting() as work:
        for deadline in work.session.scalars(select(Deadline).where(Deadline.met_by_id.is_(None), Deadline.cancelled_at.is_(None))):
            deadline.assigned_to_id = desks.third.id
        work.session.flush()
        raise_alerts(work, stages=STAGES)
    with acting(actor=actor(desks.owner)) as work:
        hand_over(work, **desks.at, officer="taker", note=NOTE, takes_all=takes_all)
    assert {a.recipient_id for a in open_alerts(session)} == {desks.taker.id if takes_all else desks.third.id}


def test_owners_and_supervisors_are_told_and_not_whoever_does_it(desks: Desks, acting: Acting, session: Session) -> None:
    with acting(actor=actor(desks.sergeant)) as work:
        hand_over(work, **desks.at, officer="taker", note=NOTE)
    assert told(session) == {desks.taker.id, desks.owner.id, desks.other_sergeant.id}
    found = notices(session, viewer(desks.taker))
    assert [(one.reference, one.hand_over.note, one.person.surname) for one in found] == [(desks.order.reference, NOTE, "Clarke")]
    with acting("hand_over.noted", actor=actor(desks.taker)) as work:
        take_note(work, reference=desks.order.reference)
    session.rollback()
    assert notices(session, viewer(desks.taker)) == []
    assert len(notices(session, viewer(desks.owner))) == 1
    with acting(actor=actor(desks.taker)) as work, pytest.raises(NotFound):
        take_note(work, reference=desks.order.reference)


def test_it_is_in_the_log_of_the_order(desks: Desks, acting: Acting, session: Session) -> None:
    with acting("order.handed_over", actor=actor(desks.owner), reason=NOTE) as work:
        hand_over(work, **desks.at, officer="taker", note=NOTE)
    rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "order.handed_over")).all()
    assert {(row.subject_type, row.record_id, row.reason) for row in rows} >= {
        (kind, desks.order.id, NOTE) for kind in ("orders", "alerts", "hand_overs", "hand_over_notices")
    }
    assert next(row.changes["owner_id"] for row in rows if row.subject_type == "orders") == {"from": desks.owner.id, "to": desks.taker.id}


@pytest.mark.parametrize(
    "whom",
    [
        {},
        {"officer": "nobody"},
        {"officer": "taker", "team": "North desk"},
        {"team": "No such desk"},
        {"officer": "gone"},
        {"team": "Empty"},
    ],
)
def test_who_is_not_there_cannot_have_it(desks: Desks, acting: Acting, whom: dict[str, str]) -> None:
    with acting() as work:
        a_team(work, name="Empty")
        a_user(work, team=desks.there, username="gone", is_active=False)
        a_user(work, Role.PERFORMANCE, team=desks.there, username="figures")
    for one in (whom, {"officer": "figures"}):
        with acting(actor=actor(desks.owner)) as work, pytest.raises(RuleBroken) as refused:
            hand_over(work, **desks.at, note=NOTE, **one)
        assert refused.value.field == "to"


def test_who_cannot_sign_in_for_now_cannot_have_it(desks: Desks, acting: Acting) -> None:
    with acting() as work:
        blocked = NOW + timedelta(minutes=15)
        lock_out(work, "taker", until=blocked)
    with acting(actor=actor(desks.owner)) as work, pytest.raises(RuleBroken, match="cannot sign in until Sunday 22 November 2026, 08:29"):
        hand_over(work, **desks.at, officer="taker", note=NOTE)
    with acting(actor=actor(desks.owner), now=NOW + timedelta(minutes=16)) as work:
        hand_over(work, **desks.at, officer="taker", note=NOTE)


def test_a_registration_goes_only_to_somebody_who_records_registrations(desks: Desks, acting: Acting, session: Session) -> None:
    with acting() as work:
        registration = a_registration(work, person=a_person(work), owner_id=desks.owner.id, team_id=desks.here.id)
        a_user(work, Role.OFFENDER_MANAGER, team=a_team(work, name="MOSOVO West"), username="manager")
        given = {"reference": registration.reference, "version": registration.version, "note": NOTE}
    for whom in ({"officer": "taker"}, {"team": "North desk"}):
        with acting(actor=actor(desks.owner)) as work, pytest.raises(RuleBroken, match="may record on it"):
            hand_over(work, **given, **whom)
    with acting(actor=actor(desks.third)) as work:
        hand_over(work, **given, team="MOSOVO West")
    assert told(session) == {desks.owner.id, desks.sergeant.id}, (
        "whoever leads the team that had it is told, whether or not they record registrations"
    )


def test_a_team_that_is_away_cannot_have_it(desks: Desks, acting: Acting, session: Session) -> None:
    with acting() as work:
        members = work.session.scalars(select(User.id).where(User.team_id == desks.there.id)).all()
        work.session.add_all(Absence(user_id=key, from_on=NOW.date(), until_on=NOW.date()) for key in members)
    with acting(actor=actor(desks.owner)) as work, pytest.raises(RuleBroken, match="one who is here"):
        hand_over(work, **desks.at, note=NOTE, team="North desk")


def test_who_may_not_see_a_restricted_order_cannot_have_it_and_is_not_told(desks: Desks, acting: Acting, session: Session) -> None:
    with acting("access.set") as work:
        order = work.session.get_one(Order, desks.order.id)
        order.access = Access.RESTRICTED
        work.session.add(AccessGrant(record_id=order.id, user_id=desks.owner.id, granted_at=NOW, reason="Named"))
    at = {"reference": desks.order.reference, "version": stored(session, desks).version}
    for whom in ({"officer": "taker"}, {"team": "North desk"}):
        with acting(actor=actor(desks.owner)) as work, pytest.raises(RuleBroken, match="may see this record"):
            hand_over(work, **at, note=NOTE, **whom)
    with acting() as work:
        work.session.add(AccessGrant(record_id=desks.order.id, user_id=desks.taker.id, granted_at=NOW, reason="Named"))
    with acting(actor=actor(desks.owner)) as work:
        hand_over(work, **at, officer="taker", note=NOTE)
    assert told(session) == {desks.taker.id}


def test_a_notice_about_what_was_sealed_since_is_not_shown(desks: Desks, acting: Acting, session: Session) -> None:
    with acting(actor=actor(desks.owner)) as work:
        hand_over(work, **desks.at, officer="taker", note=NOTE)
    with acting("access.set") as work:
        work.session.get_one(Order, desks.order.id).access = Access.SEALED
    session.rollback()
    assert notices(session, viewer(desks.taker)) == []


def test_it_needs_a_note_and_somebody_else(desks: Desks, acting: Acting) -> None:
    for note, what in ((" ", "should know"), ("x" * (LONGEST_NOTE + 1), "1,000 characters")):
        with acting(actor=actor(desks.owner)) as work, pytest.raises(RuleBroken, match=what) as refused:
            hand_over(work, **desks.at, officer="taker", note=note)
        assert refused.value.field == "note"
    with acting(actor=actor(desks.owner)) as work, pytest.raises(RuleBroken, match="has it already"):
        hand_over(work, **desks.at, officer="owner", note=NOTE)


def test_an_order_of_nobody_is_handed_over_too(desks: Desks, acting: Acting, session: Session) -> None:
    with acting() as work:
        order = a_served_notice(work)
    with acting(actor=actor(desks.owner)) as work:
        hand_over(work, reference=order.reference, version=order.version, officer="taker", note=NOTE)
    assert session.scalars(select(HandOver.held_by)).one() == "Nobody"


def test_two_officers_at_once_the_second_is_told(desks: Desks, acting: Acting) -> None:
    with acting(actor=actor(desks.owner)) as work:
        hand_over(work, **desks.at, officer="taker", note=NOTE)
    with acting(actor=actor(desks.sergeant)) as work, pytest.raises(ChangedMeanwhile):
        hand_over(work, **desks.at, officer="third", note=NOTE)

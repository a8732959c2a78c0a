"""Who is told of an hour clock at once: whoever hears it in the app, once for each alert, and of closed records without a reference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Absence, AccessGrant, Alert, AuditEvent, Delivery, Order, Person, User
from orders_app.rules.access import Access, Role
from orders_app.rules.deliveries import Kind
from orders_app.services.alerts import raise_alerts
from orders_app.services.deliveries import queue_digests, queue_hour_clocks, take
from orders_app.services.escalation import escalate
from orders_app.services.sending import Sender, composed
from orders_app.services.work import Work
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline, checked, utc

STAGES = load_reference().stages
SENDER = Sender("first", STAGES, "https://orderwatch.example", "force.example")
IN_THREE_HOURS = NOW + timedelta(hours=3)
ON_TUESDAY = utc(2026, 11, 24, 9)


def a_clock(work: Work, *, act_by_at: object = ON_TUESDAY, **record: object) -> Order:
    """An hour clock on an order of its own, with its alert."""
    about = {name: record.pop(name) for name in ("rule_class", "waiting_on", "alert_class") if name in record}
    order: Order = an_order(work, person=a_person(work), **record)
    a_deadline(work, **{"act_by_at": act_by_at, "order": order, "alert_class": "hour_clock", "due_at": act_by_at, **about})
    raise_alerts(work, stages=STAGES)
    return order


def told(session: Session) -> list[int]:
    session.rollback()
    return sorted(session.scalars(select(Delivery.user_id).where(Delivery.kind == Kind.AT_ONCE)))


def queued(acting: Acting, **given: object) -> int:
    with acting(**given) as work:
        return queue_hour_clocks(work, stages=STAGES)


def test_its_officer_is_told_once_for_each_stage(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
        a_clock(work, owner_id=officer.id)
    assert [queued(acting) for _ in range(3)] == [1, 0, 0]
    with acting(now=NOW + timedelta(hours=26)) as work:
        assert raise_alerts(work, stages=STAGES).raised == 1
    assert queued(acting, now=NOW + timedelta(hours=26)) == 1
    assert told(session) == [officer.id, officer.id]
    assert session.scalars(select(AuditEvent.changes).where(AuditEvent.action == "deliveries.queued")).all() == [{"hour_clocks": 1}] * 2


def test_only_hour_clocks_are_told_at_once(acting: Acting) -> None:
    with acting() as work:
        a_clock(work, owner_id=a_user(work).id, alert_class="notification")
    assert queued(acting) == 0


def test_a_team_is_told_without_those_away_left_or_without_an_address(acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work)
        here, leads = a_user(work, team=team), a_user(work, Role.ORDERS_SUPERVISOR, team=team, leads_team=True)
        away, _left, _nowhere = a_user(work, team=team), a_user(work, team=team, is_active=False), a_user(work, team=team, email="")
        a_user(work, Role.PATROL, team=team)
        a_user(work, team=a_team(work))
        work.session.add(Absence(user_id=away.id, from_on=NOW.date(), until_on=NOW.date()))
        a_clock(work, team_id=team.id)
    queued(acting)
    assert told(session) == [here.id, leads.id]


def test_whoever_covers_and_whoever_it_was_passed_up_to_are_told_too(acting: Acting, session: Session) -> None:
    with acting() as work:
        team = a_team(work)
        away, cover, leads = a_user(work, team=team), a_user(work), a_user(work, Role.ORDERS_SUPERVISOR, team=team, leads_team=True)
        work.session.add(Absence(user_id=away.id, from_on=NOW.date(), until_on=date(2026, 11, 30), covered_by_id=cover.id))
        a_clock(work, owner_id=away.id, team_id=team.id)
    queued(acting)
    assert told(session) == [cover.id]
    with acting(now=NOW + timedelta(hours=3)) as work:
        assert escalate(work, stages=STAGES).to_supervisors == 1
    queued(acting, now=NOW + timedelta(hours=3))
    assert told(session) == [cover.id, leads.id]


@pytest.mark.parametrize(
    ("record", "is_told"),
    [
        ({"act_by_at": IN_THREE_HOURS}, True),
        ({"act_by_at": NOW - timedelta(hours=1)}, True),
        ({"act_by_at": IN_THREE_HOURS, "rule_class": "policy"}, False),
        ({}, False),
    ],
)
def test_who_chose_none_is_told_of_the_last_stages_of_what_the_law_sets(
    acting: Acting, session: Session, record: dict[str, object], is_told: bool
) -> None:
    with acting() as work:
        officer = a_user(work, wants_hour_clocks=False)
        a_clock(work, owner_id=officer.id, **record)
    queued(acting, now=NOW)
    assert bool(told(session)) is is_told


@pytest.mark.parametrize(
    "change", [{"acknowledged_at": NOW}, {"snoozed_until_on": date(2026, 11, 23)}, {"closed_at": NOW, "closed_because": "met"}]
)
def test_what_somebody_has_answered_is_not_told_nor_sent(acting: Acting, change: dict[str, object]) -> None:
    with acting() as work:
        a_clock(work, owner_id=a_user(work).id)
        a_clock(work, owner_id=a_user(work).id)
        work.session.execute(update(Alert.__table__).where(Alert.__table__.c.id == 1).values(**change))
    assert queued(acting) == 1
    with acting() as work:
        work.session.execute(update(Alert.__table__).values(**change))
        assert composed(work, SENDER, take(work, sender="first")) == {}


def test_what_waits_on_others_is_told_all_the_same_while_nobody_has_answered_its_warning(acting: Acting) -> None:
    with acting() as work:
        a_clock(work, owner_id=a_user(work).id, waiting_on="the court")
    assert queued(acting) == 1


def test_whoever_it_was_given_to_meanwhile_is_told_and_its_former_officer_no_more(acting: Acting) -> None:
    with acting() as work:
        first, second = a_user(work), a_user(work)
        order = a_clock(work, owner_id=first.id)
    queued(acting)
    with acting() as work:
        work.session.get_one(Order, order.id).owner_id = second.id
        work.session.flush()
        raise_alerts(work, stages=STAGES)
        queue_hour_clocks(work, stages=STAGES)
        letters = composed(work, SENDER, take(work, sender="first"))
    assert [letter.to for letter in letters.values()] == [second.email]


def names_record(work: Work, order: Order, user: User) -> None:
    order.access = Access.SEALED
    work.session.add(AccessGrant(record_id=order.id, user_id=user.id, granted_at=NOW, reason="Named on it"))


def names_team_on_person(work: Work, order: Order, user: User) -> None:
    work.session.get_one(Person, order.person_id).access = Access.RESTRICTED
    work.session.add(AccessGrant(person_id=order.person_id, team_id=user.team_id, granted_at=NOW, reason="Named on it"))


@pytest.mark.parametrize("closes", [names_record, names_team_on_person])
def test_of_a_closed_record_those_named_on_it_are_told_and_no_reference(
    acting: Acting, session: Session, closes: Callable[[Work, Order, User], None]
) -> None:
    with acting() as work:
        team = a_team(work)
        named, _other, _elsewhere = a_user(work, team=team), a_user(work), a_user(work)
        order = an_order(work, person=a_person(work), owner_id=named.id, team_id=team.id)
        closes(work, order, named)
        a_deadline(work, act_by_at=ON_TUESDAY, order=order, alert_class="hour_clock", due_at=ON_TUESDAY)
        raise_alerts(work, stages=STAGES)
    queued(acting)
    assert told(session) == [named.id]
    with acting() as work:
        (letter,) = composed(work, SENDER, take(work, sender="first")).values()
    said = letter.message.subject + letter.message.body
    assert "An hour clock needs you." in said
    assert order.reference not in said
    assert said.count("https://") == 1


def test_whoever_is_no_longer_named_hears_nothing_even_before_the_next_sweep(acting: Acting) -> None:
    with acting() as work:
        named = a_user(work)
        order = an_order(work, person=a_person(work), owner_id=named.id, access=Access.SEALED)
        grant = AccessGrant(record_id=order.id, user_id=named.id, granted_at=NOW, reason="Named on it")
        work.session.add(grant)
        work.session.flush()
        a_deadline(work, act_by_at=ON_TUESDAY, order=order, alert_class="hour_clock", due_at=ON_TUESDAY)
        raise_alerts(work, stages=STAGES)
        queue_hour_clocks(work, stages=STAGES)
        grant.ended_at = NOW
        work.session.flush()
        assert composed(work, SENDER, take(work, sender="first")) == {}
    assert queued(acting) == 0


def test_the_morning_queues_those_who_chose_it_and_those_who_must_be_told(acting: Acting, session: Session) -> None:
    with acting() as work:
        chose, must, _neither, _patrol = (
            a_user(work),
            a_user(work, wants_digest=False),
            a_user(work, wants_digest=False),
            a_user(work, Role.PATROL),
        )
        a_clock(work, owner_id=must.id, alert_class="notification", act_by_at=utc(2026, 11, 21))
        done = queue_digests(work, stages=STAGES)
    assert (done.digests, done.without_address) == (2, ())
    assert session.scalars(select(Delivery.user_id).order_by(Delivery.user_id)).all() == [chose.id, must.id]


@pytest.mark.parametrize(
    ("now", "how_many"),
    [
        (utc(2026, 11, 22, 5, 59), 0),
        (utc(2026, 11, 22, 6), 1),
        # summer time: six in London is five
        (utc(2027, 3, 28, 4, 59), 0),
        (utc(2027, 3, 28, 5), 1),
    ],
)
def test_a_run_caught_up_before_it_is_morning_leaves_the_day_to_the_next(acting: Acting, now: datetime, how_many: int) -> None:
    with acting() as work:
        a_user(work, email="officer@force.example")
    with acting(now=now) as work:
        assert queue_digests(work, stages=STAGES).digests == how_many


def test_hour_clocks_are_taken_before_digests(acting: Acting) -> None:
    with acting() as work:
        officer = a_user(work)
        checked(work)
        queue_digests(work, stages=STAGES)
        a_clock(work, owner_id=officer.id)
        queue_hour_clocks(work, stages=STAGES)
        assert [one.kind for one in take(work, sender="first")] == [Kind.AT_ONCE, Kind.DIGEST]
        assert take(work, sender="second") == []

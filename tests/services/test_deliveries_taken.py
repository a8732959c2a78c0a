"""Who has a delivery, for how long, and how long it is remembered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config.reference import load_reference
from orders_app.models import Alert, Delivery
from orders_app.rules.deliveries import LEASE, LONGEST_TRY, Problem, Settled, State
from orders_app.services.alerts import raise_alerts
from orders_app.services.clean_up import clean_up
from orders_app.services.deliveries import hand_over, pick_up_what_was_left, queue_digests, queue_hour_clocks, settle, take
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_user, an_order
from tests.services.alert_cases import a_deadline, checked, utc

STAGES = load_reference().stages
ON_TUESDAY = utc(2026, 11, 24, 9)


class TestFences:
    """Nobody but whoever has a delivery can hand it over or settle it."""

    @pytest.fixture
    def taken(self, acting: Acting) -> int:
        with acting() as work:
            a_user(work)
            checked(work)
            queue_digests(work, stages=STAGES)
            (one,) = take(work, sender="first")
        return one.id

    def test_another_sender_cannot(self, acting: Acting, taken: int, session: Session) -> None:
        with acting() as work:
            assert not hand_over(work, delivery_id=taken, sender="second")
            assert not settle(work, delivery_id=taken, sender="second", becomes=Settled(State.SENT))
            assert hand_over(work, delivery_id=taken, sender="first")
        assert session.scalars(select(Delivery.state)).all() == ["handing_over"]

    def test_after_the_lease_it_is_taken_by_another_and_the_first_cannot_send_it(self, acting: Acting, taken: int) -> None:
        after = NOW + LEASE + timedelta(seconds=1)
        with acting(now=after) as work:
            assert pick_up_what_was_left(work)[State.WAITING] == 1
            assert [one.id for one in take(work, sender="second")] == [taken]
            assert not hand_over(work, delivery_id=taken, sender="first")

    @pytest.mark.parametrize(
        ("becomes", "state"), [(Settled(State.SENT), "sent"), (Settled(State.WAITING, NOW + timedelta(hours=1)), "waiting")]
    )
    def test_who_handed_it_over_knows_best_also_after_the_lease(
        self, acting: Acting, taken: int, session: Session, becomes: Settled, state: str
    ) -> None:
        with acting() as work:
            hand_over(work, delivery_id=taken, sender="first")
        with acting(now=NOW + LEASE + timedelta(seconds=1)) as work:
            assert pick_up_what_was_left(work)[State.UNCERTAIN] == 1
            assert take(work, sender="second") == []
        with acting(now=NOW + LEASE + timedelta(seconds=2)) as work:
            assert settle(work, delivery_id=taken, sender="first", becomes=becomes, problem=Problem.PUT_OFF)
        row = session.scalars(select(Delivery)).one()
        assert (row.state, row.settled_at is None) == (state, state == "waiting")


def test_a_sender_that_lives_keeps_what_it_has_taken(acting: Acting) -> None:
    with acting() as work:
        a_user(work)
        a_user(work)
        checked(work)
        queue_digests(work, stages=STAGES)
        first, second = take(work, sender="first")
    with acting(now=NOW + LONGEST_TRY) as work:
        assert settle(work, delivery_id=first.id, sender="first", becomes=Settled(State.SENT))
    with acting(now=NOW + LEASE + timedelta(seconds=1)) as work:
        assert pick_up_what_was_left(work)[State.WAITING] == 0
        assert hand_over(work, delivery_id=second.id, sender="first")


def test_what_is_long_over_is_cleared_away_but_not_the_memory_of_an_open_alert(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
        order = an_order(work, person=a_person(work), owner_id=officer.id)
        a_deadline(work, act_by_at=ON_TUESDAY, order=order, alert_class="hour_clock", due_at=ON_TUESDAY)
        raise_alerts(work, stages=STAGES)
        checked(work)
        queue_digests(work, stages=STAGES)
        queue_hour_clocks(work, stages=STAGES)
        for one in take(work, sender="first"):
            settle(work, delivery_id=one.id, sender="first", becomes=Settled(State.SENT))
    with acting(now=NOW + timedelta(days=91)) as work:
        assert clean_up(work)["deliveries"] == 1
    assert session.scalars(select(Delivery.kind)).all() == ["at_once"]
    with acting(now=NOW + timedelta(days=91)) as work:
        work.session.execute(update(Alert.__table__).values(closed_at=NOW))
        assert clean_up(work)["deliveries"] == 1

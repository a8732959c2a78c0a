"""Orders that follow others: an order that waits for the end of another begins with it; a new one ends the earlier one, or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Deadline, Event, Order, Person
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.errors import RulesBroken
from orders_app.services.order_events import correct_event, record_event, void_event
from orders_app.services.orders import NewEvent
from tests.conftest import Acting
from tests.order_cases import a_made_order

MADE, ENDS, DISCHARGED = date(2026, 10, 2), date(2026, 12, 31), date(2026, 11, 16)
FIXED: dict[str, Any] = {"order_type": "scpo", "end_kind": EndKind.FIXED, "is_present_or_represented": True}


@pytest.fixture
def earlier(acting: Acting) -> Order:
    with acting() as work:
        return a_made_order(work, made_on=MADE, stated_ends_on=ENDS, **FIXED)


@pytest.fixture
def waiting(acting: Acting, earlier: Order) -> int:
    """The key of an order that starts when the earlier one ends."""
    with acting() as work:
        person = work.session.get_one(Person, earlier.person_id)
        last_day = date(2031, 10, 1)
        values = FIXED | {"stated_ends_on": last_day, "starts_on_other_end": True, "follows_id": earlier.id}
        return a_made_order(work, person=person, made_on=date(2026, 11, 10), **values).id


def begins(session: Session, key: int) -> date | None:
    session.rollback()
    return session.get_one(Order, key).in_force_from


def happened(acting: Acting, earlier: Order, kind: EventKind, on: date) -> Event:
    with acting() as work:
        order = work.session.get_one(Order, earlier.id)
        return record_event(work, reference=order.reference, version=order.version, event=NewEvent(kind, on))


def test_it_begins_the_day_after_the_last_day_of_the_earlier_one(waiting: int, earlier: Order, session: Session) -> None:
    assert begins(session, waiting) == ENDS + timedelta(days=1)
    assert session.get_one(Order, earlier.id).closed_as == ""


def test_it_begins_when_the_earlier_one_is_discharged_and_its_duties_move(
    acting: Acting, waiting: int, earlier: Order, session: Session
) -> None:
    happened(acting, earlier, EventKind.DISCHARGED, DISCHARGED)
    assert begins(session, waiting) == DISCHARGED
    checks = select(Deadline.due_on).where(Deadline.record_id == waiting, Deadline.duty_key == "compliance_check")
    assert session.scalars(checks).all() == [date(2026, 12, 16)]


def test_a_correction_of_that_end_moves_it_and_striking_it_out_puts_it_back(
    acting: Acting, waiting: int, earlier: Order, session: Session
) -> None:
    event = happened(acting, earlier, EventKind.DISCHARGED, DISCHARGED)
    with acting() as work:
        version = work.session.get_one(Order, earlier.id).version
        later = NewEvent(EventKind.DISCHARGED, date(2026, 11, 18))
        correct_event(work, event_id=event.id, version=version, event=later, reason="Wrong day")
    assert begins(session, waiting) == date(2026, 11, 18)
    with acting() as work:
        void_event(work, event_id=event.id, version=work.session.get_one(Order, earlier.id).version, reason="Another order")
    assert begins(session, waiting) == ENDS + timedelta(days=1)


@pytest.mark.parametrize("order_type", ["scpo", "spo"])
def test_an_order_that_waits_for_nothing_is_refused_beside_the_question(acting: Acting, order_type: str) -> None:
    with acting() as work:
        other = a_made_order(work, order_type=order_type) if order_type == "spo" else None
        follows = {"follows_id": other.id, "person": other.person} if other else {}
        with pytest.raises(RulesBroken, match="Choose the earlier SCPO whose end it waits for") as refused:
            a_made_order(work, starts_on_other_end=True, stated_ends_on=date(2031, 10, 1), **FIXED, **follows)
    assert refused.value.field == "starts_on_other_end"
    assert "s.16(1), (3), (6)" in str(refused.value.citation)


@pytest.mark.parametrize(
    ("answer", "closed_as"), [({}, "Replaced"), ({"earlier_order_goes_on": "no"}, "Replaced"), ({"earlier_order_goes_on": "yes"}, "")]
)
def test_a_new_shpo_ends_the_earlier_one_unless_the_court_orders_otherwise(
    acting: Acting, session: Session, answer: dict[str, str], closed_as: str
) -> None:
    with acting() as work:
        first = a_made_order(work, order_type="shpo")
        a_made_order(work, order_type="shpo", person=first.person, follows_id=first.id, made_on=date(2026, 11, 10), details=answer)
    session.rollback()
    assert session.get_one(Order, first.id).closed_as == closed_as

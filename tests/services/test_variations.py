"""Variations are versions: one is current, and the terms of any day can still be read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from orders_app.models import Deadline, Order, OrderVersion
from orders_app.queries.facts import is_current
from orders_app.rules.facts import EndKind, EventKind
from orders_app.services.errors import RuleBroken
from orders_app.services.orders import NewCondition, NewEvent, NewOrder, record_order
from orders_app.services.variations import Variation, vary_order
from tests.conftest import NOW, Acting
from tests.factories import a_person

MADE = date(2026, 10, 2)


@pytest.fixture
def order(acting: Acting) -> Order:
    terms = (NewCondition("Not to contact Priya Raman.", "No contact"), NewCondition("Not to enter Foundry Lane.", "Not Foundry Lane"))
    events = (NewEvent(EventKind.MADE, MADE), NewEvent(EventKind.SERVED, date(2026, 10, 5), datetime(2026, 10, 5, 17, 25, tzinfo=UTC)))
    with acting() as work:
        person = a_person(work)
        new = NewOrder(
            "spo", person.id, events=events, conditions=terms, end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1), court="Northmere"
        )
        return record_order(work, new)


def varied(**changes: object) -> Variation:
    return Variation(**{"kind": EventKind.VARIED, "made_on": date(2026, 11, 20), **changes})


def test_a_changed_term_leaves_the_old_words_to_the_old_version(acting: Acting, session: Session, order: Order) -> None:
    change = varied(
        changed={2: NewCondition("Not to enter Foundry Lane or Dock Road.", "Not Foundry Lane")}, added=(NewCondition("No phone."),)
    )
    with acting("order.varied", now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=change)
    stored = session.get_one(Order, order.id, options=[selectinload(Order.conditions)])
    terms = {number: [c.text for c in stored.conditions if is_current(c, number)] for number in (1, 2)}
    assert terms[1] == ["Not to contact Priya Raman.", "Not to enter Foundry Lane."]
    assert terms[2] == [
        "Not to contact Priya Raman.",
        "Not to enter Foundry Lane or Dock Road.",
        "No phone.",
    ]


def test_there_is_one_current_version(acting: Acting, session: Session, order: Order) -> None:
    with acting(now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=varied(removed=frozenset({1})))
    numbers = session.scalars(select(OrderVersion.number).where(OrderVersion.order_id == order.id).order_by(OrderVersion.number)).all()
    assert (numbers, session.get_one(Order, order.id).version_number) == ([1, 2], 2)


def test_a_new_end_moves_the_end_and_its_deadline(acting: Acting, session: Session, order: Order) -> None:
    later = varied(kind=EventKind.RENEWED, end_kind=EndKind.FIXED, ends_on=date(2031, 10, 1))
    with acting(now=NOW) as work:
        vary_order(work, reference=order.reference, version=order.version, variation=later)
    assert session.get_one(Order, order.id).ends_on == date(2031, 10, 1)
    open_ends = select(Deadline.due_on).where(Deadline.duty_key == "order_ends", Deadline.cancelled_at.is_(None))
    assert session.scalars(open_ends).all() == [date(2031, 10, 1)]


def test_an_order_that_has_ended_cannot_be_revived(acting: Acting, order: Order) -> None:
    after = datetime(2029, 12, 1, tzinfo=UTC)
    late = varied(made_on=date(2029, 11, 20), end_kind=EndKind.FIXED, ends_on=date(2031, 10, 1))
    with acting(now=after) as work, pytest.raises(RuleBroken):
        vary_order(work, reference=order.reference, version=order.version, variation=late)

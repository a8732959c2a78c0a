"""Correct an order as a service does, and read what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from orders_app.models import Order, OrderCorrection
from orders_app.rules.facts import EndKind
from orders_app.services.corrections import Correction, Planned, correct_order
from orders_app.services.orders import NewCondition
from tests.conftest import NOW, Acting
from tests.factories import a_person
from tests.order_cases import NO_CONTACT, a_made_order

NO_ENTRY = NewCondition("Not to enter Foundry Lane.", "Not Foundry Lane", ends_on=date(2027, 10, 1))
WHY = "The sealed order says otherwise"


def a_spo_of_three_years(acting: Acting) -> Order:
    """An SPO of two terms that protects Ann Joseph."""
    with acting() as work:
        ann = a_person(work, surname="Joseph", forenames="Ann")
        return a_made_order(
            work, served_on=date(2026, 10, 5), end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1), conditions=(NO_CONTACT, NO_ENTRY),
            protected=[ann],
        )  # fmt: skip


def corrected(acting: Acting, order: Order, correction: Correction, *, reason: str = WHY, **given: Any) -> Planned:
    """Correct the order, upon the version given."""
    with acting("order.corrected", now=NOW, reason=reason, **given) as work:
        return correct_order(work, reference=order.reference, version=order.version, correction=correction, reason=reason)


def stored(session: Session, order: Order) -> Order:
    """The order as it is stored by now."""
    session.rollback()
    wanted = select(Order).where(Order.id == order.id)
    return session.scalars(wanted.options(*(selectinload(part) for part in (Order.conditions, Order.versions, Order.protected)))).one()


def the_correction(session: Session) -> OrderCorrection:
    """The only correction there is."""
    session.rollback()
    return session.scalars(select(OrderCorrection)).one()

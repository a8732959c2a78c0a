"""Records of every kind with their facts, and which of them depend on which others of the same person."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import Order, Registration
from orders_app.queries.facts import OrderFacts, load_orders_for_rules
from orders_app.queries.registration_facts import BEARS_ON_REGISTRATION, RegistrationCase, load_registrations_for_rules
from orders_app.rules.order_types import ORDER_TYPES

SUSPENDED = tuple(code for code, order_type in ORDER_TYPES.items() if order_type.suspended_by)


def load_cases(session: Session, record_ids: Collection[int]) -> list[OrderFacts | RegistrationCase]:
    """Return the records with these keys, each with its facts."""
    orders = load_orders_for_rules(session, record_ids)
    rest = set(record_ids) - {case.order.id for case in orders}
    return [*orders, *(load_registrations_for_rules(session, rest) if rest else [])]


def depending_on(session: Session, cases: Iterable[OrderFacts | RegistrationCase]) -> set[int]:
    """Return the keys of the records whose dates may move with these.

    A prevention or risk order moves the registration of its subject; a registration suspends and revives what orders ask for;
    an order that starts when another ends begins with that end.
    """
    cases = list(cases)
    bound = {c.order.person_id for c in cases if isinstance(c, OrderFacts) and c.order.order_type in BEARS_ON_REGISTRATION}
    registered = {c.registration.person_id for c in cases if isinstance(c, RegistrationCase)}
    ended = {c.order.id for c in cases if isinstance(c, OrderFacts)}
    found: set[int] = set()
    if ended:
        found |= set(session.scalars(select(Order.id).where(Order.follows_id.in_(ended), Order.starts_on_other_end)))
    if bound:
        found |= set(session.scalars(select(Registration.id).where(Registration.person_id.in_(bound))))
    if registered:
        found |= set(session.scalars(select(Order.id).where(Order.person_id.in_(registered), Order.order_type.in_(SUSPENDED))))
    return found

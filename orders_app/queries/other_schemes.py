"""Notification that binds the subject of an order already, by another order or by registration: what suspends its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from orders_app.models import Order, Registration
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.starts import SOA_PART_2

NOTIFICATION_SCHEMES: Mapping[str, str] = {
    code: order_type.notification_scheme for code, order_type in ORDER_TYPES.items() if order_type.notification_scheme
} | {REGISTRATION.code: SOA_PART_2}
NEEDED: Mapping[str, str] = {
    code: next((duty.since for duty in ORDER_TYPES[code].duties if duty.key == "initial_notification"), "")
    for code in NOTIFICATION_SCHEMES.keys() & ORDER_TYPES.keys()
}


@dataclass(frozen=True)
class OtherScheme:
    """A notification scheme that another record of the same person brings: its first day and its last (None: no end).

    `made_on` is the day the order behind it was made, `needs` the provision that had to be in force then for it to bring one.
    """

    scheme: str
    until: date | None
    from_on: date | None = None
    made_on: date | None = None
    needs: str = ""

    def outlasts(self, other: OtherScheme) -> bool:
        """Whether it goes on after the other has ended."""
        return other.until is not None and (self.until is None or self.until > other.until)


@dataclass(frozen=True)
class _Candidate:
    record_id: int
    kind: str
    scheme: OtherScheme


def other_schemes(session: Session, orders: Collection[Order]) -> dict[int, OtherScheme]:
    """For each order whose own notification others suspend, what else binds its subject. One statement, or none."""
    suspended = [order for order in orders if ORDER_TYPES[order.order_type].suspended_by]
    if not suspended:
        return {}
    by_person = _by_person(session, {order.person_id for order in suspended})
    found = {order.id: _binding(order, by_person[order.person_id]) for order in suspended}
    return {key: scheme for key, scheme in found.items() if scheme}


def _by_person(session: Session, people: Collection[int]) -> dict[int, list[_Candidate]]:
    found: dict[int, list[_Candidate]] = defaultdict(list)
    both = union_all(_orders(people), _registrations(people)).subquery()
    for row in session.execute(select(both).order_by(both.c.record_id)):
        scheme = OtherScheme(NOTIFICATION_SCHEMES[row.kind], row.until, row.from_on, row.made_on, NEEDED.get(row.kind, ""))
        found[row.person_id].append(_Candidate(row.record_id, row.kind, scheme))
    return found


def _orders(people: Collection[int]) -> Select[Any, Any, Any, Any, Any, Any]:
    last_day = func.coalesce(Order.ended_on, Order.ends_on).label("until")
    columns = (Order.person_id, Order.id.label("record_id"), Order.order_type.label("kind"), Order.in_force_from.label("from_on"))
    chosen = select(*columns, last_day, Order.made_on)
    return chosen.where(Order.person_id.in_(people), Order.order_type.in_(NOTIFICATION_SCHEMES), Order.in_force_from.is_not(None))


def _registrations(people: Collection[int]) -> Select[Any, Any, Any, Any, Any, Any]:
    last_day = func.coalesce(Registration.ended_on, Registration.ends_on)
    columns = (Registration.person_id, Registration.id, literal(REGISTRATION.code), Registration.registered_from, last_day)
    return select(*columns, null()).where(Registration.person_id.in_(people), Registration.registered_from.is_not(None))


def _binding(order: Order, candidates: Iterable[_Candidate]) -> OtherScheme | None:
    """What binds when the order is made, for as long as one follows another without a gap; else a registration that begins later."""
    day, suspending = order.made_on, ORDER_TYPES[order.order_type].suspended_by
    if day is None:
        return None
    meant = [c for c in candidates if c.record_id != order.id and c.scheme.scheme in suspending and _runs_on(c.scheme, day)]
    running = [c.scheme for c in meant if _began_before(c, day)]
    later = sorted((c.scheme for c in meant if c.kind == REGISTRATION.code), key=lambda scheme: scheme.from_on or day)
    if not running:
        return later[0] if later else None
    longest = max(running, key=lambda scheme: (scheme.until is None, scheme.until or day))
    return _followed(longest, later)


def _followed(scheme: OtherScheme, later: Iterable[OtherScheme]) -> OtherScheme:
    """The scheme, carried on by registrations that begin before it ends and outlast it."""
    for other in later:
        if other.outlasts(scheme) and scheme.until and other.from_on and other.from_on <= scheme.until:
            scheme = OtherScheme(other.scheme, other.until, scheme.from_on, other.made_on, other.needs)
    return scheme


def _began_before(candidate: _Candidate, day: date) -> bool:
    """An order made on the same day was not there before; a conviction that registers was."""
    from_on = candidate.scheme.from_on
    return from_on is not None and (from_on < day or (from_on == day and candidate.kind == REGISTRATION.code))


def _runs_on(scheme: OtherScheme, day: date) -> bool:
    return scheme.until is None or scheme.until >= day

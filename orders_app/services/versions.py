"""The versions of an order, and what becomes of them when the event that made one is put right.

A version is never written over: a variation struck out is followed by one more version, with the terms from before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from orders_app.models import Condition, Event, Order, OrderVersion
from orders_app.rules.facts import EventKind
from orders_app.services.errors import RuleBroken
from orders_app.services.new_orders import NewCondition
from orders_app.services.orders import new_condition
from orders_app.services.work import Work

AS_MADE = ("court", "end_kind", "stated_ends_on")  # of the order, and of its first version
FIRST_MADE_BY = frozenset({EventKind.MADE, EventKind.AUTHORISED})


def move_version(work: Work, event: Event, former_day: date) -> None:
    """Give the version that an event made the event's corrected day, and its first day too where that was the same."""
    version = _version_of(work, event)
    if version and version.made_on == former_day:
        version.in_force_from = event.happened_on if version.in_force_from == former_day else version.in_force_from
        version.made_on = event.happened_on


def restate_first(work: Work, order: Order, former: Mapping[str, Any]) -> None:
    """Let the first version say what the order, put right, says of how it was made. `former` is what was said of it."""
    version = work.session.scalar(_numbered(order.id, 1))
    for name in AS_MADE if version else ():
        if getattr(version, name) == former.get(name, getattr(order, name)):
            setattr(version, name, getattr(order, name))
    if version and "stated_in_force_from" in former:
        version.in_force_from = order.stated_in_force_from or version.made_on


def take_back_version(work: Work, order: Order, event: Event) -> None:
    """Follow the version that a struck-out variation made by one with the terms and the end from before it.

    Does nothing for an event that made no version, or the first. Raises RuleBroken where a later one was built upon it.
    """
    version = _version_of(work, event)
    if version is None or version.number == 1:
        return
    if version.number != order.version_number:
        raise RuleBroken("kind", f"Version {order.version_number} was made from this one. Strike that variation out first")
    before = work.session.scalars(_numbered(order.id, version.number - 1)).one()
    order.version_number += 1
    _restore_terms(order, version.number)
    work.session.add(
        OrderVersion(
            order_id=order.id, number=order.version_number, made_on=before.made_on, in_force_from=version.in_force_from,
            court=before.court, end_kind=before.end_kind, stated_ends_on=before.stated_ends_on,
            summary=f"The terms of version {before.number} again: version {version.number} was recorded by mistake",
        )
    )  # fmt: skip


def _restore_terms(order: Order, mistaken: int) -> None:
    restored = [_again(c, order.version_number) for c in order.conditions if c.from_version < mistaken == c.until_version]
    for condition in order.conditions:
        if condition.from_version == mistaken and condition.until_version is None:
            condition.until_version = order.version_number
    order.conditions += restored


def term_of(condition: Condition) -> NewCondition:
    """A term as it would be typed."""
    return NewCondition(**{field.name: getattr(condition, field.name) for field in fields(NewCondition)})


def _again(condition: Condition, from_version: int) -> Condition:
    return new_condition(term_of(condition), condition.number, from_version)


def _version_of(work: Work, event: Event) -> OrderVersion | None:
    if event.kind in FIRST_MADE_BY:
        return work.session.scalar(_numbered(event.record_id, 1))
    return work.session.scalar(select(OrderVersion).where(OrderVersion.event_id == event.id))


def _numbered(order_id: int, number: int) -> Select[OrderVersion]:
    return select(OrderVersion).where(OrderVersion.order_id == order_id, OrderVersion.number == number)

"""Where orders stand on a day, in SQL: the same answer as rules.status gives from the facts, from columns derived of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_

from orders_app.models import Order
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from orders_app.rules.status import Status, applied_as, live_as

NOTICES = tuple(code for code, kind in ORDER_TYPES.items() if kind.is_notice)
INTERIMS = tuple(code for code, kind in ORDER_TYPES.items() if kind.is_interim)
SERVED_BY_PRESENCE = tuple(code for code, kind in ORDER_TYPES.items() if kind.presence_binds)
NEVER_SERVED = tuple(code for code, kind in ORDER_TYPES.items() if not kind.needs_service)


def must_be_served(order: Any = Order) -> ColumnElement[bool]:
    """Whether an order binds only once it is served, as a condition on the mapped class or on the columns of its table."""
    bound_by_presence = and_(order.order_type.in_(SERVED_BY_PRESENCE), order.is_present_or_represented)
    return and_(order.order_type.not_in(NEVER_SERVED), ~bound_by_presence)


def status_on(day: date, order: Any = Order) -> ColumnElement[str]:
    """The status of each order on a day, as the word of its tag."""
    begun_on = case((order.order_type.in_(NOTICES), order.served_on), else_=order.made_on)
    waits_as = case((order.starts_on_release, Status.AWAITING_RELEASE.value), else_=Status.STARTS_LATER.value)
    expires_as = case((order.order_type.in_(INTERIMS), Status.LAPSED.value), else_=Status.EXPIRED.value)
    return case(
        (and_(order.closed_as != "", order.ended_on <= day), order.closed_as),
        (~func.coalesce(begun_on <= day, False), _before_it_begins(order, day)),
        (and_(order.closed_as == "", order.ends_on < day), expires_as),
        (~func.coalesce(order.in_force_from <= day, False), waits_as),
        else_=_while_it_runs(order, day),
    )


def status_in(statuses: Collection[Status], day: date, order: Any = Order) -> ColumnElement[bool]:
    """Whether an order stands at one of these on a day."""
    return status_on(day, order).in_([status.value for status in statuses])


def _before_it_begins(order: Any, day: date) -> ColumnElement[str]:
    return case(
        (order.listed_on <= day, Status.LISTED.value),
        (order.applied_on <= day, _by_type(order, applied_as)),
        (order.authorised_on <= day, Status.AUTHORISED.value),
        (order.referred_on <= day, Status.REFERRED.value),
        (order.considered_on <= day, Status.CONSIDERED.value),
        else_=Status.DRAFT.value,
    )


def _while_it_runs(order: Any, day: date) -> ColumnElement[str]:
    is_served = func.coalesce(order.served_on <= day, False)
    return case(
        (and_(must_be_served(order), ~is_served), Status.MADE_NOT_SERVED.value),
        (and_(order.continued_on <= day, or_(order.continued_until.is_(None), order.continued_until > day)), Status.CONTINUES.value),
        (order.fully_in_force_from <= day, _by_type(order, live_as)),
        else_=Status.PARTLY_IN_FORCE.value,
    )


def _by_type(order: Any, word: Any) -> ColumnElement[str]:
    """A word that depends on the type alone."""
    types: dict[str, list[OrderType]] = {}
    for order_type in ORDER_TYPES.values():
        types.setdefault(word(order_type).value, []).append(order_type)
    usual = max(types, key=lambda status: len(types[status]))
    others = [(order.order_type.in_([kind.code for kind in kinds]), status) for status, kinds in types.items() if status != usual]
    return case(*others, else_=usual)

"""The tabs of the orders page: which orders each holds. Conditions are on the columns of the table, or of a part of it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from orders_app.queries.order_status import NOTICES, must_be_served

ENDING_DAYS = 90


class Tab(StrEnum):
    """The views of the orders page. The values are in addresses."""

    IN_FORCE = "in-force"
    NOT_SERVED = "not-served"
    ENDING = "ending"
    NOTICES = "notices"
    ENDED = "ended"
    ALL = "all"


OF_THE_LIVE = (Tab.IN_FORCE, Tab.NOT_SERVED, Tab.ENDING, Tab.NOTICES)


def is_live(today: date, orders: Any) -> ColumnElement[bool]:
    """Condition: the order has not ended. It is never unknown, so that what is not live has ended."""
    return and_(or_(orders.ended_on.is_(None), orders.ended_on > today), or_(orders.ends_on.is_(None), orders.ends_on >= today))


def in_tab(tab: Tab, today: date, orders: Any) -> ColumnElement[bool]:
    """Condition: the tab holds the order."""
    if tab in OF_THE_LIVE:
        return and_(is_live(today, orders), among_live(tab, today, orders))
    return ~is_live(today, orders) if tab is Tab.ENDED else true()


def among_live(tab: Tab, today: date, orders: Any) -> ColumnElement[bool]:
    """Condition on orders that have not ended: this tab, which holds no others, holds the order."""
    match tab:
        case Tab.IN_FORCE:
            return and_(orders.in_force_from <= today, orders.order_type.not_in(NOTICES))
        case Tab.NOT_SERVED:
            return and_(orders.made_on <= today, orders.served_on.is_(None), must_be_served(orders))
        case Tab.ENDING:
            return and_(orders.ends_on <= today + timedelta(days=ENDING_DAYS))
        case Tab.NOTICES:
            return and_(orders.order_type.in_(NOTICES))
    raise ValueError(f"{tab} holds more than live orders")

"""Some orders have been varied: a term changed or added, a later end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from orders_app.models import Order
from orders_app.rules.facts import EventKind
from orders_app.services.new_orders import NewCondition
from orders_app.services.variations import Variation, vary_order
from orders_app.services.work import Work

EVERY = 6
KINDS = ("spo", "shpo", "sro")
MADE_BEFORE = timedelta(days=120)
ADDED = NewCondition("Not to enter Harbour View, Northmere, or any part of its car park.", "Not Harbour View")


def vary_some(work: Work, orders: Sequence[Order]) -> None:
    """Add a condition to every sixth order that a court could vary and that is still in force."""
    able = [order for order in orders if order.order_type in KINDS and order.ended_on is None and order.served_on]
    for order in able[::EVERY]:
        made_on = work.today - timedelta(days=60 + order.id % 30)
        if order.made_on and order.made_on < made_on - MADE_BEFORE:
            change = Variation(EventKind.VARIED, made_on, court=order.court, added=(ADDED,), summary="A condition was added")
            vary_order(work, reference=order.reference, version=order.version, variation=change)

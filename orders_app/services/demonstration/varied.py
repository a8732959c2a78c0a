"""Some orders have been varied, a term added, and most of them served as changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from orders_app.models import Order
from orders_app.rules.facts import EventKind
from orders_app.services.new_orders import NewCondition, NewEvent
from orders_app.services.order_events import record_event
from orders_app.services.variations import Variation, vary_order
from orders_app.services.work import Work

EVERY = 6
LEFT_UNSERVED = 17
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
            changed = vary_order(work, reference=order.reference, version=order.version, variation=change)
            if order.id % LEFT_UNSERVED:
                how = {"how": "in_person", "where": "Home address"}
                served = NewEvent(EventKind.VARIATION_SERVED, made_on + timedelta(days=2), details=how)
                record_event(work, reference=order.reference, version=changed.version, event=served)

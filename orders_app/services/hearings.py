"""What a court did at one hearing is often several events: heard, adjourned and listed again. They are recorded together or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from orders_app.models import Order
from orders_app.services.errors import NotFound
from orders_app.services.new_orders import NewEvent
from orders_app.services.order_events import record_event, void_events
from orders_app.services.work import Work


def record_outcome(
    work: Work, *, reference: str, version: int, events: Sequence[NewEvent], instead_of: Sequence[int] = (), reason: str = ""
) -> Order:
    """Record the events of one hearing in the order given, and return the order's row. Raises what `record_event` raises.

    `instead_of` are the keys of events that these put right: they are struck out first, for the reason.
    """
    order = None
    version = void_events(work, event_ids=instead_of, version=version, reason=reason)
    for event in events:
        row = record_event(work, reference=reference, version=order.version if order else version, event=event)
        order = work.session.get(Order, row.record_id)
    if order is None:
        raise NotFound(reference)
    return order

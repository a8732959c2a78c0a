"""An order that follows another: what its making ends, and the end that it may wait for."""

from __future__ import annotations

from collections.abc import Iterable

from orders_app.models import Order
from orders_app.models.orders import Followed
from orders_app.rules.facts import EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType
from orders_app.services.deadlines import sync_deadlines
from orders_app.services.errors import RuleBroken
from orders_app.services.events import new_event
from orders_app.services.new_orders import NewEvent, NewOrder
from orders_app.services.work import Work


def waits_for_nothing(new: NewOrder, followed: Order | Followed | None) -> list[RuleBroken]:
    """What is wrong with an order that is to start when another ends: no such order of its type is named."""
    if not new.starts_on_other_end or (followed and followed.order_type == new.order_type):
        return []
    order_type = ORDER_TYPES[new.order_type]
    message = f"Choose the earlier {order_type.short_name} whose end it waits for, at What it follows. Or clear this"
    return [RuleBroken("starts_on_other_end", message, order_type.late_starts.citation if order_type.late_starts else None)]


def tell_followed(work: Work, recorded: Iterable[Order], news: Iterable[NewOrder]) -> None:
    """An order that follows a notice, an interim order or an earlier order of its kind ends it: say so on that record too."""
    told = [order for order, new in zip(recorded, news, strict=True) if order.follows and _tell(work, order, order.follows, new)]
    work.session.flush()
    if told:
        sync_deadlines(work, [order.follows_id for order in told if order.follows_id])


def _tell(work: Work, order: Order, followed: Order, new: NewOrder) -> bool:
    kind = _ending(ORDER_TYPES[order.order_type], ORDER_TYPES[followed.order_type], new)
    made = next((event for event in new.events if event.kind is EventKind.MADE), None)
    if kind is None or made is None or (followed.ended_on is not None and followed.ended_on <= made.on):
        return False
    work.session.add(new_event(work, followed, NewEvent(kind, made.on, made.at)))
    followed.changed_at = work.now
    return True


def _ending(order_type: OrderType, followed: OrderType, new: NewOrder) -> EventKind | None:
    same_kind = EventKind.REPLACED if followed.code == order_type.code and _replaces(order_type, new) else None
    interim = EventKind.DETERMINED if followed.is_interim else same_kind
    kind = EventKind.APPLICATION_GRANTED if followed.is_notice else interim
    return kind if kind in followed.ended_by else None


def _replaces(order_type: OrderType, new: NewOrder) -> bool:
    """Whether the Act ends the earlier order when this one is made: not one whose end this one waits for, nor one the court keeps."""
    rule = order_type.replacement
    if rule is None or new.starts_on_other_end or (rule.kept_by and new.details.get(rule.kept_by) == "yes"):
        return False
    return not rule.made_under or new.made_under in rule.made_under

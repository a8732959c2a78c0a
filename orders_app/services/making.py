"""An order recorded while it was only applied for is made by the court: its end, its terms and the making are added to the same record."""

from __future__ import annotations

from sqlalchemy import select

from orders_app.models import Order, OrderVersion
from orders_app.queries.facts import facts_of
from orders_app.rules.facts import EventKind
from orders_app.services import orders
from orders_app.services.events import UNSAVED
from orders_app.services.following import tell_followed, waits_for_nothing
from orders_app.services.new_orders import NewEvent, NewOrder
from orders_app.services.order_events import open_order
from orders_app.services.record_changes import close_change
from orders_app.services.refusals import refuse_all, refuse_new_problems, refuse_step
from orders_app.services.work import Work

STATED = (
    "court", "court_reference", "made_under", "stated_ends_on", "stated_end_time", "stated_event", "stated_in_force_from",
    "starts_on_release", "starts_on_other_end", "is_without_notice", "is_present_or_represented", "owner_id", "team_id", "area_id",
)  # fmt: skip


def complete_order(work: Work, *, reference: str, version: int, new: NewOrder) -> Order:
    """Record what the court made of an application: everything `new` says except its type and its person. Returns the order's row.

    Raises NotFound, ChangedMeanwhile, and RulesBroken with what the law refuses.
    """
    loaded = open_order(work, reference, version)
    refuse_step(work, loaded.order_type, loaded.facts, EventKind.MADE, "made_on")
    order = loaded.order
    known = {event.kind for event in loaded.facts.events}
    news = [event for event in new.events if event.kind not in known]
    background = orders.background_of(work, [new])
    for name in STATED:
        setattr(order, name, getattr(new, name))
    order.end_kind = new.end_kind.value
    order.details = {**order.details, **new.details}
    order.follows_id = new.follows_id
    order.follows = background.followed[new.follows_id] if new.follows_id else None
    _set_terms(order, new, background)
    after = facts_of(order, (*loaded.facts.events, *(orders.rule_event(event, UNSAVED + n) for n, event in enumerate(news))), loaded.other)
    refuse_all(waits_for_nothing(new, order.follows))
    refuse_new_problems(work, loaded.order_type, loaded.facts, after, news)
    _add(work, order, news)
    tell_followed(work, [order], [new])
    return order


def _set_terms(order: Order, new: NewOrder, background: orders.Background) -> None:
    """The terms are those the court made; protected people are added to those named in the application."""
    order.conditions = [orders.new_condition(condition, number, 1) for number, condition in enumerate(new.conditions, 1)]
    named = {row.person_id for row in order.protected}
    order.protected += [orders.new_protected(row, background) for row in new.protected if row.person_id not in named]


def _add(work: Work, order: Order, news: list[NewEvent]) -> None:
    work.session.add_all(orders.new_event(work, order, event) for event in news)
    made = next((event.on for event in news if event.kind is EventKind.MADE), work.today)
    version = work.session.scalar(select(OrderVersion).where(OrderVersion.order_id == order.id, OrderVersion.number == 1))
    if version:
        version.made_on, version.in_force_from = made, order.stated_in_force_from or made
        version.court, version.end_kind, version.stated_ends_on = order.court, order.end_kind, order.stated_ends_on
    close_change(work, order)

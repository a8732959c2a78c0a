"""What happens to an order after it was recorded: events added, corrected with a reason, or struck out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from orders_app.models import Event, Order
from orders_app.queries.facts import OrderFacts, facts_of, load_orders_for_rules
from orders_app.queries.orders import names_somebody
from orders_app.queries.visibility import order_visible
from orders_app.rules import facts as rules
from orders_app.rules.answers import NOBODY_TO_ASK
from orders_app.rules.facts import EventKind
from orders_app.rules.steps import resting_on_nothing
from orders_app.services import orders
from orders_app.services.custody import follow_event
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken
from orders_app.services.events import UNSAVED, keep_former
from orders_app.services.new_orders import NewEvent
from orders_app.services.record_changes import close_change
from orders_app.services.refusals import refuse_new_problems, refuse_step
from orders_app.services.versions import move_version, take_back_version
from orders_app.services.work import Work


def record_event(work: Work, *, reference: str, version: int, event: NewEvent) -> Event:
    """Add an event to an order, meet or move its deadlines, and return the event's row.

    Raises NotFound, ChangedMeanwhile when `version` is not the order's, RulesBroken with what the law refuses.
    """
    loaded = open_order(work, reference, version)
    refuse_step(work, loaded.order_type, loaded.facts, event.kind)
    _refuse_nobody_to_ask(work, loaded.order, event)
    after = replace(loaded.facts, events=(*loaded.facts.events, orders.rule_event(event, UNSAVED)))
    refuse_new_problems(work, loaded.order_type, loaded.facts, after, [event])
    row = orders.new_event(work, loaded.order, event)
    work.session.add(row)
    follow_event(work, loaded.order, event)
    close_change(work, loaded.order)
    return row


def correct_event(work: Work, *, event_id: int, version: int, event: NewEvent, reason: str) -> Event:
    """Change what an event says, keep what it said before, and work out its deadlines again. The kind stays."""
    row, loaded = _open_event(work, event_id, version, reason)
    _refuse_nobody_to_ask(work, loaded.order, event)
    corrected = orders.rule_event(NewEvent(EventKind(row.kind), event.on, event.at, event.details, event.note), row.id)
    after = replace(loaded.facts, events=(*_all_but(row, loaded), corrected))
    refuse_new_problems(work, loaded.order_type, loaded.facts, after, [event])
    put_right(work, row, event, reason)
    close_change(work, loaded.order)
    return row


def put_right(work: Work, row: Event, event: NewEvent, reason: str) -> None:
    """Let an event say what it should have said, and keep what it said."""
    keep_former(work, row, reason)
    former_day = row.happened_on
    row.happened_on, row.happened_at, row.details, row.note = event.on, event.at, dict(event.details), event.note
    move_version(work, row, former_day)


def void_event(work: Work, *, event_id: int, version: int, reason: str) -> Event:
    """Strike out an event recorded by mistake. It stays on the timeline, struck out; the rules no longer see it.

    Of a variation the terms are struck out too: a further version has those from before it. Raises what `correct_event`
    does, and RuleBroken while something still stands that could not have happened without it.
    """
    row, loaded = _open_event(work, event_id, version, reason)
    take_back_version(work, loaded.order, row)
    after = facts_of(loaded.order, _all_but(row, loaded), loaded.other)
    _refuse_what_rests_on_it(loaded, after)
    refuse_new_problems(work, loaded.order_type, loaded.facts, after, [])
    keep_former(work, row, reason)
    row.voided_at = work.now
    close_change(work, loaded.order)
    return row


def _refuse_nobody_to_ask(work: Work, order: Order, event: NewEvent) -> None:
    if event.details.get("view") == NOBODY_TO_ASK and names_somebody(work.session, work.actor.viewer, order.id):
        message = "The order names a protected person. Choose what they say, that they gave no view, or that they could not be reached"
        raise RuleBroken("view", message)


def _refuse_what_rests_on_it(loaded: OrderFacts, after: rules.Facts) -> None:
    before = resting_on_nothing(loaded.order_type, loaded.facts)
    left = [kind for kind in resting_on_nothing(loaded.order_type, after) if kind not in before]
    if left:
        words = ", ".join(kind.value.replace("_", " ") for kind in left)
        raise RuleBroken("events", f"Strike out first what could not have happened without it: {words}", loaded.order_type.citation)


def void_events(work: Work, *, event_ids: Sequence[int], version: int, reason: str) -> int:
    """Strike out several events of one order, the last first; return the order's version then. Raises what `void_event` does."""
    for event_id in reversed(event_ids):
        row = void_event(work, event_id=event_id, version=version, reason=reason)
        version = work.session.get_one(Order, row.record_id).version
    return version


def open_order(work: Work, reference: str, version: int) -> OrderFacts:
    """Return the order with its facts, if the actor may see it and nobody has changed it since `version`.

    Raises NotFound, ChangedMeanwhile.
    """
    loaded = visible_order(work, reference)
    if loaded.order.version != version:
        raise ChangedMeanwhile(reference)
    return loaded


def visible_order(work: Work, reference: str) -> OrderFacts:
    """Return the order with its facts as it stands, if the actor may see it. Raises NotFound."""
    visible = select(Order.id).join(Order.person).where(Order.reference == reference, order_visible(work.actor.viewer))
    order_id = work.session.scalar(visible)
    if order_id is None:
        raise NotFound(reference)
    return load_orders_for_rules(work.session, [order_id])[0]


def _all_but(row: Event, loaded: OrderFacts) -> tuple[rules.Event, ...]:
    return tuple(event for event in loaded.facts.events if event.id != row.id)


def _open_event(work: Work, event_id: int, version: int, reason: str) -> tuple[Event, OrderFacts]:
    if not reason.strip():
        raise RuleBroken("reason", "Enter why the record is being corrected")
    found = select(Event, Order.reference).join(Order, Order.id == Event.record_id).where(Event.id == event_id)
    row = work.session.execute(found).one_or_none()
    if row is None:
        raise NotFound("event")
    loaded = open_order(work, row.reference, version)
    if row.Event.voided_at is not None:
        raise NotFound("event")
    return row.Event, loaded

"""Whether a draft says anything that the order on file does not.

The file may know more: events, a variation, a court's number written in later. Whose work it is (owner, team) changes
hands, and is not compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from orders_app.models import Condition, Event, Order
from orders_app.queries.facts import is_current
from orders_app.rules.facts import EndKind
from orders_app.rules.spreadsheets.order_columns import EXTRA
from orders_app.services.imports.moments import EVENT_COLUMNS
from orders_app.services.imports.tables import Row
from orders_app.services.new_orders import NewCondition, NewEvent, NewOrder

COLUMN_OF_KIND = {kind: column for column, kind in EVENT_COLUMNS.items()}
SAME_NAME = (
    "order_type",
    "court",
    "court_reference",
    "made_under",
    "authorised_rank",
    "stated_event",
    "starts_on_release",
    "starts_on_other_end",
    "is_without_notice",
)
OTHER_NAME = {
    "in_force_from": "stated_in_force_from",
    "is_present": "is_present_or_represented",
    "area": "area_id",
    "follows": "follows_id",
}
COMPARED = {**{name: name for name in SAME_NAME}, **OTHER_NAME}


def differing_columns(row: Row, new: NewOrder, order: Order, events: Collection[Event]) -> list[str]:
    """Return the columns of an order's row that say something else than the file. An empty cell says nothing."""
    return [
        *_of_columns(row, new, order),
        *_of_end(row, new, order),
        *(COLUMN_OF_KIND[event.kind] for event in missing_events(new.events, events) if event.kind in COLUMN_OF_KIND),
        *(EXTRA + key for key, value in new.details.items() if order.details.get(key) != value),
        *(["conditions"] if row.get("conditions") and not same_conditions(new.conditions, first_conditions(order)) else []),
        *(["protected"] if row.get("protected") and not _protects(new, order) else []),
    ]


def missing_events(news: Collection[NewEvent], events: Collection[Event]) -> list[NewEvent]:
    """Return the events that are not on file. One without a time of day is there if the day is."""
    known = {(event.kind, event.happened_on, event.happened_at) for event in events}
    days = {(kind, on) for kind, on, _ in known}
    return [new for new in news if ((new.kind, new.on) not in days if new.at is None else (new.kind, new.on, new.at) not in known)]


def first_conditions(order: Order) -> list[Condition]:
    """Return the terms of the order as it was made, by number."""
    return sorted((condition for condition in order.conditions if is_current(condition, 1)), key=lambda condition: condition.number)


def same_conditions(news: Collection[NewCondition], conditions: Collection[Condition]) -> bool:
    """Whether the terms are word for word those on file, with the same dates."""
    return [_terms(new) for new in news] == [_terms(condition) for condition in conditions]


def _terms(condition: NewCondition | Condition) -> tuple[object, ...]:
    words = (" ".join(condition.text.split()), condition.kind, condition.supervisor)
    return (*words, condition.starts_on, condition.ends_on, condition.is_travel, condition.is_electronic_monitoring)


def _of_columns(row: Row, new: NewOrder, order: Order) -> Iterator[str]:
    if new.person_id != order.person_id:
        yield "person"
    for column, name in COMPARED.items():
        if row.get(column) is not None and getattr(new, name) != getattr(order, name):
            yield column


def _of_end(row: Row, new: NewOrder, order: Order) -> Iterator[str]:
    if row.get("ends") and (new.end_kind, new.stated_ends_on) != (EndKind(order.end_kind), order.stated_ends_on):
        yield "ends"
    if row.get("end_time") and new.stated_end_time != order.stated_end_time:
        yield "end_time"


def _protects(new: NewOrder, order: Order) -> bool:
    return {protected.person_id for protected in new.protected} <= {protected.person_id for protected in order.protected}

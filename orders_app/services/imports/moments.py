"""Days and times of a row, put together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from orders_app.rules.facts import EventKind
from orders_app.rules.spreadsheets.cells import DayTime
from orders_app.rules.typed_dates import ClocksChanged, moment
from orders_app.services.imports.tables import Row, Table
from orders_app.services.new_orders import NewEvent

EVENT_COLUMNS: Mapping[str, EventKind] = {
    "authorised": EventKind.AUTHORISED,
    "application_lodged": EventKind.APPLICATION_LODGED,
    "made": EventKind.MADE,
    "served": EventKind.SERVED,
    "discharged": EventKind.DISCHARGED,
}
VARIATIONS = frozenset({EventKind.VARIED, EventKind.RENEWED})
HEARING_AT = "hearing_at"


def when(table: Table, row: Row, column: str) -> tuple[date, datetime | None] | None:
    """Return the day of a column, and the instant where the cell or the column beside it gives a time of day."""
    day: DayTime | None = row.get(column)
    beside = row.get(f"{column}_time")
    if day is None:
        if beside:
            table.refuse(row.number, column, "Enter the day too: the column beside it has a time of day")
        return None
    if day.clock and beside and day.clock != beside:
        table.refuse(
            row.number, f"{column}_time", f"This says {beside.at:%H:%M} and '{column}' says {day.clock.at:%H:%M}. Keep one of them"
        )
        return day.on, None
    clock = day.clock or beside
    if clock is None:
        return day.on, None
    try:
        return day.on, moment(day.on, clock.at, clock.which)
    except ClocksChanged as changed:
        table.refuse(row.number, f"{column}_time" if beside else column, _said(changed))
        return day.on, None


def events_of_order(table: Table, row: Row) -> tuple[NewEvent, ...]:
    """Return the events that the columns of an order's row tell of."""
    found = ((kind, when(table, row, column)) for column, kind in EVENT_COLUMNS.items())
    return tuple(NewEvent(kind, *at) for kind, at in found if at)


def event_of_row(table: Table, row: Row) -> NewEvent | None:
    """Return the event that a row of the events sheet tells of."""
    at = when(table, row, "when")
    kind = EventKind(row.get("kind"))
    if kind in VARIATIONS:
        table.refuse(row.number, "kind", "A variation makes a new version of the order. Record it on the order’s page")
    if at is None or kind in VARIATIONS:
        return None
    details = {}
    hearing = when(table, row, "hearing")
    if hearing and kind is not EventKind.HEARING_LISTED:
        table.refuse(row.number, "hearing", "Only 'Hearing listed' has a hearing. Leave this empty, or change the event")
    elif hearing:
        on, moment_at = hearing
        details = {HEARING_AT: (moment_at or on).isoformat()}
    return NewEvent(kind, *at, details=details, note=row.get("note", ""))


def _said(changed: ClocksChanged) -> str:
    return f"{changed.message}. Type BST or GMT after the time" if changed.came_twice else changed.message

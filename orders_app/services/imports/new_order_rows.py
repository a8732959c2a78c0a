"""A draft as the order it would become, and which column each refusal belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spreadsheets import CONDITIONS, EVENTS
from orders_app.rules.spreadsheets.cells import End
from orders_app.rules.spreadsheets.order_columns import EXTRA
from orders_app.services.errors import RuleBroken
from orders_app.services.imports.finding import PeopleOnFile
from orders_app.services.imports.moments import EVENT_COLUMNS, event_of_row, events_of_order
from orders_app.services.imports.order_drafts import Draft, conditions_of, find_person, named_in_row, protected_of
from orders_app.services.imports.places import Places
from orders_app.services.imports.tables import Row, Table
from orders_app.services.new_orders import NewEvent, NewOrder

COLUMN_OF = {
    "end_kind": "ends", "ends_on": "ends", "stated_ends_on": "ends", "stated_end_time": "end_time", "subject_born_on": "person",
    "area": "details.area", "stated_in_force_from": "in_force_from", "is_present_or_represented": "is_present",
    "served_at": "served", "authorised_at": "authorised", "in_force_from_on": "in_force_from",
}  # fmt: skip
EVENT_FIELDS = {f"{kind}_on": column for column, kind in EVENT_COLUMNS.items()}
TEXTS = ("court", "court_reference", "made_under", "authorised_rank", "stated_event")
ANY_TYPE = frozenset({"details.area"})


@dataclass(frozen=True)
class Sheets:
    """What drafts are read against."""

    tables: Mapping[str, Table]
    people: PeopleOnFile
    places: Places
    team_id: int | None


def new_order_of(draft: Draft, table: Table, row: Row, sheets: Sheets) -> NewOrder | None:
    """Return the order that a draft describes, without the order it follows; None where a problem was found in it."""
    person_id = find_person(table, row.number, named_in_row(table, row), sheets.people)
    order_type = ORDER_TYPES[row.get("order_type")]
    end = _end(table, row)
    new = {
        "order_type": order_type.code,
        "events": _events(draft, table, row, sheets.tables),
        "end_kind": end.kind,
        "stated_ends_on": end.on,
        "stated_end_time": row.get("end_time").at if row.get("end_time") else None,
        "stated_in_force_from": row.get("in_force_from"),
        "starts_on_release": row.get("starts_on_release", False),
        "starts_on_other_end": row.get("starts_on_other_end", False),
        "is_without_notice": row.get("is_without_notice", False),
        "is_present_or_represented": row.get("is_present", False),
        "details": _details(table, row, order_type.code),
        "conditions": conditions_of(table, row, draft.parts[CONDITIONS.code]),
        "protected": protected_of(draft, sheets.tables, sheets.people),
        "owner_id": sheets.places.owner(table, row),
        "team_id": sheets.places.team(table, row) or sheets.team_id,
        "area_id": sheets.places.area(table, row),
        "source_key": draft.source_key,
        **{name: row.get(name, "") for name in TEXTS},
    }
    if person_id is None or row.number in table.bad:
        return None
    return NewOrder(person_id=person_id, **new)


def refuse(draft: Draft, broken: RuleBroken, tables: Mapping[str, Table]) -> None:
    """Put a refusal beside the cell it belongs to: in the orders sheet, or in the sheet its condition or event came from."""
    table, number, column = _place(draft, broken.field, tables)
    table.refuse(number, column, broken.message, broken.citation)


def _place(draft: Draft, field: str, tables: Mapping[str, Table]) -> tuple[Table, int, str]:
    part, _, rest = field.partition(".")
    if part == "conditions" and draft.parts[CONDITIONS.code]:
        number, _, name = rest.partition(".")
        row = draft.parts[CONDITIONS.code][int(number) - 1 if number.isdigit() else 0]
        return tables[CONDITIONS.code], row.number, name or "text"
    event_row = _event_row(draft, field)
    if event_row and (draft.row is None or draft.row.get(_column_in_orders(field)) is None):
        return tables[EVENTS.code], event_row.number, "when"
    if draft.table is None or draft.row is None:
        return _first_part(draft, tables)
    return draft.table, draft.row.number, _column_in_orders(part)


def _column_in_orders(field: str) -> str:
    return EVENT_FIELDS.get(field) or COLUMN_OF.get(field, field)


def _event_row(draft: Draft, field: str) -> Row | None:
    kinds = {
        "served_at": EventKind.SERVED,
        "authorised_at": EventKind.AUTHORISED,
        "arrested_at": EventKind.ARRESTED,
        "produced_at": EventKind.PRODUCED,
    }
    wanted = kinds.get(field, field.removesuffix("_on"))
    return next((row for row in draft.parts[EVENTS.code] if row.get("kind") == wanted), None)


def _first_part(draft: Draft, tables: Mapping[str, Table]) -> tuple[Table, int, str]:
    code, rows = next((code, rows) for code, rows in draft.parts.items() if rows)
    return tables[code], rows[0].number, "source_key"


def _end(table: Table, row: Row) -> End:
    """How the order ends. Nothing is assumed: an order (not a notice) without an end is asked about."""
    end: End | None = row.get("ends")
    event = row.get("stated_event")
    order_type = ORDER_TYPES[row.get("order_type")]
    if event and end and end.kind is not EndKind.NONE:
        table.refuse(row.number, "stated_event", "Enter a last day or a named event, not both")
    if event:
        return End(EndKind.EVENT)
    if end and end.kind is not EndKind.NONE:
        return end
    if not order_type.is_notice and EndKind.NONE not in order_type.limits.end_kinds:
        table.refuse(row.number, "ends", "Enter the last day, or 'until further order', as the court said")
    return End(EndKind.NONE)


def _details(table: Table, row: Row, order_type: str) -> dict[str, Any]:
    asked = {EXTRA + extra.key for extra in ORDER_TYPES[order_type].extra_fields} | ANY_TYPE
    details = {}
    for key, value in row.values.items():
        if not key.startswith(EXTRA):
            continue
        if key not in asked:
            table.refuse(row.number, key, f"This is not asked about this type, {ORDER_TYPES[order_type].short_name}. Leave it empty")
        details[key.removeprefix(EXTRA)] = _plain(value)
    return details


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _events(draft: Draft, table: Table, row: Row, tables: Mapping[str, Table]) -> tuple[NewEvent, ...]:
    events = list(events_of_order(table, row))
    said = {(event.kind, event.on) for event in events}
    for part in draft.parts[EVENTS.code]:
        event = event_of_row(tables[EVENTS.code], part)
        if event is None:
            table.bad.add(row.number)
        elif (event.kind, event.on) not in said:
            events.append(event)
    return tuple(events)

"""What a spreadsheet may hold: each kind of sheet with its columns, and how headings and cells are read."""

from orders_app.rules.spreadsheets.columns import CellKind, Choice, Column, SheetKind
from orders_app.rules.spreadsheets.order_columns import ORDERS
from orders_app.rules.spreadsheets.part_columns import CONDITIONS, EVENTS, PROTECTED_PEOPLE
from orders_app.rules.spreadsheets.people_columns import PEOPLE

KINDS: dict[str, SheetKind] = {kind.code: kind for kind in (PEOPLE, ORDERS, CONDITIONS, PROTECTED_PEOPLE, EVENTS)}

__all__ = ["CONDITIONS", "EVENTS", "KINDS", "ORDERS", "PEOPLE", "PROTECTED_PEOPLE", "CellKind", "Choice", "Column", "SheetKind"]

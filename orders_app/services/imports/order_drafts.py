"""The orders sheet, and the sheets of conditions, protected people and events, put together order by order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from orders_app.rules.spreadsheets import CONDITIONS, EVENTS, ORDERS, PROTECTED_PEOPLE
from orders_app.rules.spreadsheets.cells import CellRefused
from orders_app.rules.spreadsheets.named_people import NamedPerson, named_in_text
from orders_app.services.imports.finding import NotFoundOnFile, PeopleOnFile
from orders_app.services.imports.tables import Row, Table
from orders_app.services.new_orders import NewCondition, NewProtected

Parts = Mapping[str, Mapping[str, Sequence[Row]]]
NO_DOUBLE = "The {} sheet has {} for this order too. Use the cell or the sheet"


@dataclass
class Draft:
    """One row of the orders sheet with the rows of other sheets that point at it. `row` is None where only parts are given."""

    source_key: str
    table: Table | None = None
    row: Row | None = None
    parts: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def row_count(self) -> int:
        """How many rows of the file it is made of."""
        return (self.row is not None) + sum(len(rows) for rows in self.parts.values())


def drafts_of(tables: Mapping[str, Table]) -> list[Draft]:
    """Return what the sheets say of each order, in the order in which they name them. A key used by two rows is a problem."""
    drafts: dict[str, Draft] = {}
    table = tables.get(ORDERS.code)
    for row in table.rows if table else ():
        key = row.get("source_key")
        earlier = drafts.setdefault(key, Draft(key, table, row))
        if table and earlier.row is not row and earlier.row:
            table.refuse(row.number, "source_key", f"Row {earlier.row.number} has this reference too. Each order has one row")
    for kind in (CONDITIONS, PROTECTED_PEOPLE, EVENTS):
        for row in tables[kind.code].rows if kind.code in tables else ():
            key = row.get("source_key")
            drafts.setdefault(key, Draft(key)).parts[kind.code].append(row)
    return list(drafts.values())


def spoilt_keys(tables: Mapping[str, Table]) -> set[str]:
    """Return the keys of orders whose own rows could not be read: their parts are not blamed for it."""
    table = tables.get(ORDERS.code)
    rows = [*table.spoilt, *(row for row in table.rows if row.number in table.bad)] if table else []
    return {str(row.get("source_key")) for row in rows}


def named_in_row(table: Table, row: Row) -> NamedPerson:
    """Return whom the columns of a row mean. A text that cannot be read is a problem of the row."""
    said = _read_name(table, row.number, "person", row.get("person", ""))
    return replace(
        said,
        pnc=row.get("pnc", said.pnc),
        cro=row.get("cro", said.cro),
        visor=row.get("visor", said.visor),
        surname=row.get("surname", said.surname),
        forenames=row.get("forenames", said.forenames),
        born_on=row.get("born_on", said.born_on),
    )


def protected_named(table: Table, row: Row) -> Iterator[NamedPerson]:
    """Give whom the protected people cell of an order's row names."""
    for line in row.get("protected", ()):
        yield _read_name(table, row.number, "protected", line)


def _read_name(table: Table, number: int, column: str, text: str) -> NamedPerson:
    try:
        return named_in_text(text) if text else NamedPerson()
    except CellRefused as refused:
        table.refuse(number, column, refused.message)
        return NamedPerson()


def find_person(table: Table, number: int, who: NamedPerson, people: PeopleOnFile, column: str = "") -> int | None:
    """Return the key of the person meant. Nobody, or several, is a problem of the row (in `column`, where one is named)."""
    try:
        return people.the_person(who).id
    except NotFoundOnFile as problem:
        if not people.is_excused(who):
            table.refuse(number, column or problem.column, problem.message)
        else:
            table.bad.add(number)
        return None


def conditions_of(table: Table, row: Row | None, parts: Sequence[Row]) -> tuple[NewCondition, ...]:
    """Return the terms of an order, from the cell of its row or from the conditions sheet."""
    lines = row.get("conditions", ()) if row else ()
    if lines and parts and row:
        table.refuse(row.number, "conditions", NO_DOUBLE.format("conditions", "conditions"))
    return tuple(NewCondition(text=line) for line in lines) or tuple(_condition(part) for part in parts)


def _condition(row: Row) -> NewCondition:
    given: dict[str, Any] = {key: row.get(key) for key in CONDITION_COLUMNS if row.get(key) is not None}
    return NewCondition(**given)


CONDITION_COLUMNS = ("text", "short_form", "kind", "supervisor", "starts_on", "ends_on", "is_travel", "is_electronic_monitoring")


def protected_of(draft: Draft, tables: Mapping[str, Table], people: PeopleOnFile) -> tuple[NewProtected, ...]:
    """Return whom an order protects, from the cell of its row or from the protected people sheet, each once."""
    found: dict[int, NewProtected] = {}
    rows = draft.parts[PROTECTED_PEOPLE.code]
    if draft.table and draft.row and draft.row.get("protected"):
        if rows:
            draft.table.refuse(draft.row.number, "protected", NO_DOUBLE.format("protected people", "people"))
        for who in protected_named(draft.table, draft.row):
            person_id = None if who.is_nobody else find_person(draft.table, draft.row.number, who, people, "protected")
            if person_id is not None:
                found.setdefault(person_id, NewProtected(person_id, who.role[:80]))
        return tuple(found.values())
    for row in rows:
        table = tables[PROTECTED_PEOPLE.code]
        who = named_in_row(table, row)
        person_id = find_person(table, row.number, who, people)
        if person_id is not None:
            found.setdefault(person_id, NewProtected(person_id, row.get("relationship", who.role[:80])))
    return tuple(found.values())


def everybody_named(drafts: Sequence[Draft], tables: Mapping[str, Table]) -> Iterator[NamedPerson]:
    """Give everybody that any row points at, to be looked up at once. Texts that cannot be read are left out here."""
    for draft in drafts:
        if draft.table and draft.row:
            yield from _readable([str(draft.row.get("person", "")), *draft.row.get("protected", ())])
            yield _columns_only(draft.row)
        for row in draft.parts[PROTECTED_PEOPLE.code]:
            yield from _readable([str(row.get("person", ""))])
            yield _columns_only(row)


def _readable(texts: Sequence[str]) -> Iterator[NamedPerson]:
    for text in texts:
        try:
            if text:
                yield named_in_text(text)
        except CellRefused:
            continue


def _columns_only(row: Row) -> NamedPerson:
    return NamedPerson(
        pnc=row.get("pnc", ""),
        cro=row.get("cro", ""),
        visor=row.get("visor", ""),
        surname=row.get("surname", ""),
        born_on=row.get("born_on"),
    )

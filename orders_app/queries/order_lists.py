"""Lists of orders: the rows of one page, and how many each tab holds. Rows nobody may see are never asked for.

One statement says which orders a page shows and how many each tab holds; the orders themselves are read only then.
A list that is not narrowed is read in order from an index that answers what its tabs ask, and no further than the page;
its tabs are counted from indexes, all orders less the hidden few. A narrowed list is chosen once, for page and counts alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from orders_app.models import Event, Order, Person, ProtectedPerson, Record
from orders_app.models.orders import ASKED_BY_LISTS
from orders_app.queries.facts import OrderFacts, order_facts
from orders_app.queries.order_filters import OrderFilter, conditions_of
from orders_app.queries.order_tabs import OF_THE_LIVE, Tab, among_live, in_tab, is_live
from orders_app.queries.visibility import (
    Viewer,
    known_but_closed,
    records_hidden,
    records_restricted,
)
from orders_app.rules.access import Permission

RESTRICTED_SHOWN = 25
AT_ONCE = 500  # of a whole list, so many orders are read together
orders: Any = Order.__table__
records: Any = Record.__table__
LIVE, TOTAL = "LIVE", "TOTAL"
NUMBERS = (*(tab.name for tab in OF_THE_LIVE), LIVE, TOTAL)


class Sort(StrEnum):
    """What a list can be sorted by."""

    REFERENCE = "reference"
    PERSON = "person"
    MADE = "made"
    ENDS = "ends"


SORTED_BY = {
    Sort.REFERENCE: ("reference",),
    Sort.PERSON: ("subject_surname", "subject_forenames"),
    Sort.MADE: ("made_on",),
    Sort.ENDS: ("ends_on",),
}
MAY_BE_EMPTY = {"made_on", "ends_on"}


@dataclass(frozen=True)
class ListPage:
    """Which part of a list is wanted, and in which order."""

    tab: Tab
    sort: Sort
    is_descending: bool = False
    number: int = 1
    size: int = 25


@dataclass(frozen=True)
class OrderList:
    """One page of one tab, and how many orders each tab holds: only those the viewer may open."""

    rows: list[OrderFacts]
    counts: Mapping[Tab, int]


def list_orders(session: Session, viewer: Viewer, wanted: OrderFilter, page: ListPage, today: date) -> OrderList:
    """Return one page of a list with the numbers of its tabs, in four statements however many there are."""
    numbers = _numbers_of_all(viewer, today)
    listed = _visible(viewer, page)
    if not wanted.is_open:
        part = _narrowed(viewer, wanted, page).cte("part")
        numbers, listed = _numbers(part.c, today), select(*part.c)
    keys = _sorted(listed, page, today).limit(page.size).offset((page.number - 1) * page.size).subquery()
    counted = numbers.subquery()
    both = select(*(counted.c[name] for name in NUMBERS), keys.c.id).select_from(counted.outerjoin(keys, true()))
    found = session.execute(both.order_by(*_order_by(page, keys.c))).all()
    return OrderList(_with_keys(session, [row.id for row in found if row.id is not None]), _counts(found[0]))


def keys_listed(session: Session, viewer: Viewer, wanted: OrderFilter, page: ListPage, today: date) -> list[int]:
    """Return the keys of every order of a tab, in order, in one statement."""
    return list(session.scalars(_sorted(_narrowed(viewer, wanted, page), page, today)))


def orders_in_turn(session: Session, keys: Sequence[int]) -> Iterator[OrderFacts]:
    """Give the orders with these keys, in that order, however many: three statements for some hundreds at a time."""
    for first in range(0, len(keys), AT_ONCE):
        yield from _with_keys(session, keys[first : first + AT_ONCE])


def with_facts(session: Session, orders: Select[Any]) -> list[OrderFacts]:
    """Return the orders of a selection, in its order, with facts enough for status, dates and what they say. Three statements."""
    found = list(session.scalars(orders.options(*_WITH)).unique())
    events = select(Event).where(Event.record_id.in_([order.id for order in found])).order_by(Event.happened_on, Event.id)
    by_order: dict[int, list[Event]] = {order.id: [] for order in found}
    for event in session.scalars(events):
        by_order[event.record_id].append(event)
    return [order_facts(order, by_order[order.id]) for order in found]


def count_restricted(session: Session, viewer: Viewer) -> int:
    """Return how many 'Restricted' rows to show under the list of all orders: known of, not to be opened, never sealed."""
    known = and_(Order.id.in_(records_restricted()), known_but_closed(viewer), _seen(viewer))
    rows = select(Order.id).join(Person, Order.person_id == Person.id).where(known).limit(RESTRICTED_SHOWN)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _with_keys(session: Session, keys: Sequence[int]) -> list[OrderFacts]:
    if not keys:
        return []
    found = {case.order.id: case for case in with_facts(session, select(Order).where(Order.id.in_(keys)))}
    return [found[key] for key in keys]


def _seen(viewer: Viewer) -> ColumnElement[bool]:
    return true() if viewer.may(Permission.ORDER_VIEW_ENDED) else orders.c.ended_on.is_(None)


def _visible(viewer: Viewer, page: ListPage, *, with_records: bool = False) -> Select[Any]:
    """The columns that tabs and sorting ask for, of all orders the viewer may open."""
    is_joined = with_records or page.sort is Sort.REFERENCE
    source = orders.join(records, records.c.id == orders.c.id) if is_joined else orders
    # Asked of records where they are read first: PostgreSQL reckons that of orders it would be worked out for each anew.
    key = records.c.id if is_joined else orders.c.id
    names = dict.fromkeys((*ASKED_BY_LISTS, *SORTED_BY[page.sort]))
    columns = [records.c.reference if name == "reference" else orders.c[name] for name in names]
    return select(orders.c.id, *columns).select_from(source).where(_seen(viewer), key.not_in(records_hidden(viewer)))


def _narrowed(viewer: Viewer, wanted: OrderFilter, page: ListPage) -> Select[Any]:
    return _visible(viewer, page, with_records=wanted.is_of_records).where(*conditions_of(wanted))


def _sorted(listed: Select[Any], page: ListPage, today: date) -> Select[Any]:
    columns: Any = listed.selected_columns
    kept = (columns.id, *(columns[name] for name in SORTED_BY[page.sort]))
    chosen: Select[Any] = listed.with_only_columns(*kept).where(in_tab(page.tab, today, columns))
    return chosen.order_by(*_order_by(page, columns))


def _order_by(page: ListPage, columns: Any) -> list[ColumnElement[Any]]:
    """What has no date comes last whichever way the list is sorted."""
    names = (*SORTED_BY[page.sort], "id")
    ways = [columns[name].desc() if page.is_descending else columns[name].asc() for name in names]
    return [way.nulls_last() if name in MAY_BE_EMPTY else way for name, way in zip(names, ways, strict=True)]


def _numbers_of_all(viewer: Viewer, today: date) -> Select[Any]:
    """All orders less the hidden few: neither records nor people need be read."""
    everything = _numbers(orders.c, today, _seen(viewer)).subquery()
    hidden = _numbers(orders.c, today, _seen(viewer), orders.c.id.in_(records_hidden(viewer))).subquery()
    return select(*((everything.c[name] - hidden.c[name]).label(name) for name in NUMBERS)).select_from(everything.join(hidden, true()))


def _numbers(columns: Any, today: date, *conditions: ColumnElement[bool]) -> Select[Any]:
    """How many are live and how many of them each tab holds, in one pass over the live; and how many there are at all."""
    each = [func.count().filter(among_live(tab, today, columns)).label(tab.name) for tab in OF_THE_LIVE]
    total = select(func.count(columns.id)).where(*conditions).correlate(None).scalar_subquery().label(TOTAL)
    counted: list[Any] = [*each, func.count(columns.id).label(LIVE), total]
    return select(*counted).where(is_live(today, columns), *conditions)


def _counts(numbers: Any) -> dict[Tab, int]:
    of = numbers._mapping
    return {tab: of[tab.name] for tab in OF_THE_LIVE} | {Tab.ENDED: of[TOTAL] - of[LIVE], Tab.ALL: of[TOTAL]}


_WITH = (
    joinedload(Order.person),
    joinedload(Order.area),
    joinedload(Order.owner),
    joinedload(Order.team),
    selectinload(Order.conditions),
    joinedload(Order.protected).joinedload(ProtectedPerson.person),
)

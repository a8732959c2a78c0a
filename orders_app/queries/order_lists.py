"""Lists of orders: the tabs of the orders page, their counts, and the rows of one page. Rows nobody may see are never asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from orders_app.models import Area, Event, Order, Person, ProtectedPerson, Record, Team, User
from orders_app.queries.facts import OrderFacts, order_facts
from orders_app.queries.visibility import (
    Viewer,
    order_visible,
    person_known_of,
    person_visible,
    record_known_of,
    record_visible,
    records_hidden,
)
from orders_app.rules.access import Permission
from orders_app.rules.order_types import ORDER_TYPES

ENDING_DAYS = 90
RESTRICTED_SHOWN = 25
NOTICES = tuple(code for code, kind in ORDER_TYPES.items() if kind.is_notice)
SERVED_BY_PRESENCE = tuple(code for code, kind in ORDER_TYPES.items() if kind.presence_binds)
NEVER_SERVED = tuple(code for code, kind in ORDER_TYPES.items() if not kind.needs_service)


class Tab(StrEnum):
    """The views of the orders page. The values are in addresses."""

    IN_FORCE = "in-force"
    NOT_SERVED = "not-served"
    ENDING = "ending"
    NOTICES = "notices"
    ENDED = "ended"
    ALL = "all"


class Sort(StrEnum):
    """What a list can be sorted by."""

    REFERENCE = "reference"
    PERSON = "person"
    MADE = "made"
    ENDS = "ends"


@dataclass(frozen=True)
class OrderFilter:
    """What the reader narrowed the list to: a type's code, an area's code, a team's name, an owner's user name, words."""

    order_type: str = ""
    area: str = ""
    team: str = ""
    owner: str = ""
    text: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is narrowed."""
        return not (self.order_type or self.area or self.team or self.owner or self.text)


@dataclass(frozen=True)
class ListPage:
    """Which part of a list is wanted, and in which order."""

    tab: Tab
    sort: Sort
    is_descending: bool = False
    number: int = 1
    size: int | None = 25


@dataclass(frozen=True)
class FilterOption:
    """One answer of a filter: `kind` is area, team or owner."""

    kind: str
    value: str
    label: str


def tab_counts(session: Session, viewer: Viewer, wanted: OrderFilter, today: date) -> dict[Tab, int]:
    """Return how many orders each tab holds, in one statement. Only rows the viewer may open are counted."""
    columns: Any = Order.__table__.c
    asked = _counted_whole(viewer, columns) if wanted.is_open else _narrowed(select(), viewer, wanted)
    counts = [func.count(columns.id).filter(_in_tab(tab, today, columns)).label(tab.name) for tab in Tab]
    row = session.execute(asked.add_columns(*counts)).one()
    return dict(zip(Tab, row, strict=True))


def _counted_whole(viewer: Viewer, columns: Any) -> Select[Any]:
    """All orders but the few that are hidden, from their own table alone: records and people need not be read."""
    live_only = true() if viewer.may(Permission.ORDER_VIEW_ENDED) else columns.ended_on.is_(None)
    return select().select_from(Order.__table__).where(live_only, columns.id.not_in(records_hidden(viewer)))


def orders_page(session: Session, viewer: Viewer, wanted: OrderFilter, page: ListPage, today: date) -> list[OrderFacts]:
    """Return the orders of one page of one tab with their facts, in four statements however many there are."""
    rows = _narrowed(select(Order), viewer, wanted).where(_in_tab(page.tab, today)).order_by(*_order_by(page))
    if page.size is not None:
        rows = rows.limit(page.size).offset((page.number - 1) * page.size)
    return with_facts(session, rows)


def with_facts(session: Session, orders: Select[Any]) -> list[OrderFacts]:
    """Return the orders of a selection, in its order, with facts enough for status, dates and what they say. Four statements."""
    found = list(session.scalars(orders.options(*_WITH)).unique())
    events = select(Event).where(Event.record_id.in_([order.id for order in found])).order_by(Event.happened_on, Event.id)
    by_order: dict[int, list[Event]] = {order.id: [] for order in found}
    for event in session.scalars(events):
        by_order[event.record_id].append(event)
    return [order_facts(order, by_order[order.id]) for order in found]


def count_restricted(session: Session, viewer: Viewer) -> int:
    """Return how many 'Restricted' rows to show under the list of all orders: known of, not to be opened, never sealed."""
    known = and_(
        or_(person_visible(viewer), person_known_of(viewer)),
        or_(record_visible(viewer), record_known_of(viewer)),
        or_(person_known_of(viewer), record_known_of(viewer)),
        true() if viewer.may(Permission.ORDER_VIEW_ENDED) else Order.ended_on.is_(None),
    )
    rows = select(Order.id).join(Person, Order.person_id == Person.id).where(known).limit(RESTRICTED_SHOWN)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def filter_options(session: Session, viewer: Viewer) -> list[FilterOption]:
    """Return the areas, teams and owners of orders the viewer may open that a list can be narrowed to, in one statement."""
    records = Record.__table__.c
    owning = select(records.owner_id).where(records.id.not_in(records_hidden(viewer))).distinct()
    owners = select(literal("owner"), User.username, User.name).where(User.is_active, User.id.in_(owning))
    everything = union_all(
        select(literal("area").label("kind"), Area.code.label("value"), Area.name.label("label")),
        select(literal("team"), Team.name, Team.name),
        owners,
    ).subquery()
    rows = session.execute(select(everything).order_by(everything.c.kind, everything.c.label))
    return [FilterOption(*row) for row in rows]


def _narrowed(statement: Any, viewer: Viewer, wanted: OrderFilter) -> Any:
    statement = statement.select_from(Order).join(Person, Order.person_id == Person.id).where(order_visible(viewer))
    if wanted.order_type:
        statement = statement.where(Order.order_type == wanted.order_type)
    if wanted.area:
        statement = statement.where(Order.area_id.in_(select(Area.id).where(Area.code == wanted.area)))
    if wanted.team:
        statement = statement.where(Order.team_id.in_(select(Team.id).where(Team.name == wanted.team)))
    if wanted.owner:
        statement = statement.where(Order.owner_id.in_(select(User.id).where(User.username == wanted.owner)))
    return statement.where(*(_has_word(word) for word in wanted.text.split()))


def _has_word(word: str) -> ColumnElement[bool]:
    """Part of a reference, or the beginning of a name."""
    return or_(
        Order.reference.icontains(word, autoescape=True),
        Order.court_reference.icontains(word, autoescape=True),
        Person.surname.istartswith(word, autoescape=True),
        Person.forenames.istartswith(word, autoescape=True),
    )


def _is_live(today: date, order: Any) -> ColumnElement[bool]:
    return and_(or_(order.ended_on.is_(None), order.ended_on > today), or_(order.ends_on.is_(None), order.ends_on >= today))


def _in_tab(tab: Tab, today: date, order: Any = Order) -> ColumnElement[bool]:
    """Condition on orders, as the mapped class or as the columns of its table."""
    live = _is_live(today, order)
    match tab:
        case Tab.IN_FORCE:
            return and_(live, order.in_force_from <= today, order.order_type.not_in(NOTICES))
        case Tab.NOT_SERVED:
            return and_(live, order.made_on <= today, order.served_on.is_(None), _must_be_served(order))
        case Tab.ENDING:
            return and_(live, order.ends_on <= today + timedelta(days=ENDING_DAYS))
        case Tab.NOTICES:
            return and_(live, order.order_type.in_(NOTICES))
        case Tab.ENDED:
            return ~func.coalesce(live, true())
    return true()


def _must_be_served(order: Any) -> ColumnElement[bool]:
    bound_by_presence = and_(order.order_type.in_(SERVED_BY_PRESENCE), order.is_present_or_represented)
    return and_(order.order_type.not_in(NEVER_SERVED), ~bound_by_presence)


def _order_by(page: ListPage) -> Sequence[ColumnElement[Any]]:
    columns: dict[Sort, tuple[Any, ...]] = {
        Sort.REFERENCE: (Order.reference,),
        Sort.PERSON: (Person.surname, Person.forenames),
        Sort.MADE: (Order.made_on,),
        Sort.ENDS: (Order.ends_on,),
    }
    ways = [column.desc().nulls_last() if page.is_descending else column.asc().nulls_last() for column in columns[page.sort]]
    return [*ways, Order.id.desc() if page.is_descending else Order.id.asc()]


_WITH = (
    joinedload(Order.person),
    joinedload(Order.area),
    joinedload(Order.follows),
    joinedload(Order.owner),
    joinedload(Order.team),
    selectinload(Order.conditions),
    selectinload(Order.protected).joinedload(ProtectedPerson.person),
)

"""What a list of orders can be narrowed to, and the conditions that narrow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select, union_all
from sqlalchemy.orm import Session

from orders_app.models import Area, Order, Person, Record, Team, User
from orders_app.queries.visibility import Viewer, order_visible
from orders_app.rules.names import fold

orders: Any = Order.__table__.c
records: Any = Record.__table__.c


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

    @property
    def is_of_records(self) -> bool:
        """Whether something is asked that stands in the table of records and not in that of orders."""
        return bool(self.area or self.team or self.owner)


@dataclass(frozen=True)
class FilterOption:
    """One answer of a filter: `kind` is area, team or owner."""

    kind: str
    value: str
    label: str


def filter_options(session: Session, viewer: Viewer) -> list[FilterOption]:
    """Return the areas, teams and owners of orders the viewer may open that a list can be narrowed to, in one statement."""
    owned = select(Order.id).join(Person, Person.id == Order.person_id).where(Order.owner_id == User.id, order_visible(viewer))
    return options_where(session, owned)


def options_where(session: Session, owned: Select[Any]) -> list[FilterOption]:
    """Return every area and team, and the officers of whom the rows `owned` has one, in one statement."""
    owned = owned.limit(1)
    owners = select(literal("owner"), User.username, User.name).where(User.is_active, owned.scalar_subquery().is_not(None))
    everything = union_all(
        select(literal("area").label("kind"), Area.code.label("value"), Area.name.label("label")),
        select(literal("team"), Team.name, Team.name),
        owners,
    ).subquery()
    rows = session.execute(select(everything).order_by(everything.c.kind, everything.c.label))
    return [FilterOption(*row) for row in rows]


def conditions_of(wanted: OrderFilter) -> Iterator[ColumnElement[bool]]:
    """Give the conditions on orders, and on records where the filter `is_of_records`."""
    if wanted.order_type:
        yield orders.order_type == wanted.order_type
    if wanted.area:
        yield records.area_id == select(Area.id).where(Area.code == wanted.area).scalar_subquery()
    if wanted.team:
        yield records.team_id == select(Team.id).where(Team.name == wanted.team).scalar_subquery()
    if wanted.owner:
        yield records.owner_id == select(User.id).where(User.username == wanted.owner).scalar_subquery()
    yield from (_has_word(word) for word in wanted.text.split())


def _has_word(word: str) -> ColumnElement[bool]:
    """Part of a reference, or the beginning of a name. Records are looked through by themselves: their references lie in an index."""
    referred_to = select(records.id).where(records.reference.icontains(word, autoescape=True))
    return or_(orders.id.in_(referred_to), orders.court_reference.icontains(word, autoescape=True), *_begins_name(fold(word)))


def _begins_name(folded: str) -> list[ColumnElement[bool]]:
    """No name begins with a word that has neither letters nor figures."""
    names = (orders.subject_surname, orders.subject_forenames) if folded else ()
    return [name.startswith(folded, autoescape=True) for name in names]

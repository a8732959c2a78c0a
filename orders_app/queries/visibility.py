"""Which rows somebody may see: the narrowest of role, team and restriction.

Open rows are seen by all who may see such rows at all. Restricted and sealed rows are seen by those named on them,
alone or through their team. Only a restricted row may be *known of* by others; a sealed one may not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, literal_column, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from orders_app.models import AccessGrant, Order, Person, Record
from orders_app.rules.access import Access, Permission, Role, may_any
from orders_app.rules.registrations.declaration import REGISTRATION


@dataclass(frozen=True)
class Viewer:
    """Who is looking. The system itself sees everything (`is_system`)."""

    user_id: int | None
    team_id: int | None = None
    area_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_system: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether any of the viewer's roles has this permission."""
        return self.is_system or may_any(self.roles, permission)


SYSTEM = Viewer(user_id=None, is_system=True)


def person_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `people`: the viewer may open this person."""
    if viewer.is_system:
        return true()
    return or_(Person.access == Access.OPEN, Person.id.in_(_granted(viewer, AccessGrant.person_id)))


def people_hidden(viewer: Viewer) -> Select[Any]:
    """The keys of those few people the viewer may not open: quicker to leave out of a long list than the others are to look up."""
    closed = select(Person.id).where(is_closed(Person.access))
    return closed.where(false() if viewer.is_system else Person.id.not_in(_granted(viewer, AccessGrant.person_id)))


def person_known_of(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `people`: not to be opened, but a grey 'Restricted' row may be shown."""
    if viewer.is_system:
        return ~true()
    return and_(Person.access == Access.RESTRICTED, Person.id.not_in(_granted(viewer, AccessGrant.person_id)))


def record_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `records`: the viewer may open this record, as far as the record itself goes.

    Records are asked for together with their person: add `person_visible` to the same query.
    """
    if viewer.is_system:
        return true()
    return and_(_kind_shown(viewer), or_(Record.access == Access.OPEN, Record.id.in_(_granted(viewer, AccessGrant.record_id))))


def record_found(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `records`: as `record_visible`, and for who may not see past orders none that has ended."""
    if viewer.may(Permission.ORDER_VIEW_ENDED):
        return record_visible(viewer)
    ended = Order.__table__.alias("ended_order")
    has_ended = select(ended.c.id).where(ended.c.id == Record.id, ended.c.ended_on.is_not(None)).correlate_except(ended).exists()
    return and_(record_visible(viewer), ~has_ended)


def records_hidden(viewer: Viewer) -> Select[Any]:
    """The keys of those few records the viewer may not open, for their own sake or their person's: see `people_hidden`."""
    records = Record.__table__.c
    closed = and_(is_closed(records.access), records.id.not_in(_granted(viewer, AccessGrant.record_id)))
    if viewer.is_system:
        return select(records.id).where(false())
    return (
        union_all(select(records.id).where(closed), select(records.id).where(records.person_id.in_(people_hidden(viewer))))
        .subquery()
        .select()
    )


def records_restricted() -> Select[Any]:
    """The keys of those few records that are restricted, or about somebody who is: looked up first, so that the rest need not be read."""
    records, people = Record.__table__.c, Person.__table__.c
    restricted = select(people.id).where(is_closed(people.access), people.access == Access.RESTRICTED)
    of_their_own = select(records.id).where(is_closed(records.access), records.access == Access.RESTRICTED)
    return union_all(of_their_own, select(records.id).where(records.person_id.in_(restricted))).subquery().select()


def record_known_of(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `records`: known of but not to be opened."""
    if viewer.is_system:
        return ~true()
    return and_(_kind_shown(viewer), Record.access == Access.RESTRICTED, Record.id.not_in(_granted(viewer, AccessGrant.record_id)))


def known_but_closed(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `records` and `people`: known of, for one of the two is restricted, and not to be opened; neither is sealed."""
    return and_(
        or_(person_visible(viewer), person_known_of(viewer)),
        or_(record_visible(viewer), record_known_of(viewer)),
        or_(person_known_of(viewer), record_known_of(viewer)),
    )


def order_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `orders` joined with `records` and `people`: role, then person, then record.

    Who may not see past orders (patrol) sees those that have not ended.
    """
    live_only = true() if viewer.may(Permission.ORDER_VIEW_ENDED) else Order.ended_on.is_(None)
    return and_(live_only, person_visible(viewer), record_visible(viewer))


def is_closed(access: Any) -> ColumnElement[bool]:
    """Condition on the access of people or records, written as in the indexes that hold those few alone."""
    closed: ColumnElement[bool] = access != literal_column(f"'{Access.OPEN}'")
    return closed


def registration_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Condition on `registrations` joined with `records` and `people`: role, then person, then record."""
    return and_(person_visible(viewer), record_visible(viewer))


def _kind_shown(viewer: Viewer) -> ColumnElement[bool]:
    """Who may not look at registrations never learns of one, whatever list it would be in."""
    return true() if viewer.may(Permission.REGISTRATION_VIEW) else Record.kind != REGISTRATION.code


def _granted(viewer: Viewer, column: InstrumentedAttribute[int | None]) -> Select[Any]:
    # Nobody in particular, or somebody in no team, is not named by a grant to whoever else has none: NULL is no name.
    by_name = AccessGrant.user_id == viewer.user_id if viewer.user_id is not None else false()
    by_team = AccessGrant.team_id == viewer.team_id if viewer.team_id is not None else false()
    named = or_(by_name, by_team)
    return select(column).where(named, AccessGrant.ended_at.is_(None), column.is_not(None))

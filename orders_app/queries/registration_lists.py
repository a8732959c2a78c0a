"""Lists of registered people: the rows of one tab's page, and how many each tab holds. Rows nobody may see are never asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from orders_app.models import Area, Deadline, Person, Registration, Team, User
from orders_app.queries.alert_stages import is_live
from orders_app.queries.order_filters import FilterOption, options_where
from orders_app.queries.visibility import Viewer, known_but_closed, records_restricted, registration_visible
from orders_app.rules.alerting import AlertClass, midnight_ending
from orders_app.rules.registrations.status import Whereabouts

DUE_DAYS, ENDING_DAYS = 14, 90
RESTRICTED_SHOWN = 25
NEXT = "next_at"


class Tab(StrEnum):
    """The views of the page. The values are in addresses."""

    DUE = "due"
    OVERDUE = "overdue"
    NO_FIXED_ABODE = "no-fixed-abode"
    CUSTODY = "in-custody"
    ENDING = "ending"
    REGISTERED = "registered"
    ENDED = "ended"


@dataclass(frozen=True)
class Narrowing:
    """What the reader narrowed the list to: an area's code, a team's name, an owner's user name."""

    area: str = ""
    team: str = ""
    owner: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is narrowed."""
        return not (self.area or self.team or self.owner)


@dataclass(frozen=True)
class Listed:
    """One registration of a list, with its person and owner, and the notification that falls due next, if any."""

    registration: Registration
    next: Deadline | None


def tab_counts(session: Session, viewer: Viewer, wanted: Narrowing, now: datetime, today: date) -> dict[Tab, int]:
    """Return how many registrations each tab holds, in one statement."""
    part = _part(viewer, wanted, now).subquery()
    numbers = [func.coalesce(func.sum(case((_in_tab(tab, part.c, now, today), 1), else_=0)), 0) for tab in Tab]
    return dict(zip(Tab, session.execute(select(*numbers)).one(), strict=True))


def list_registrations(
    session: Session, viewer: Viewer, wanted: Narrowing, tab: Tab, now: datetime, today: date, *, first: int, at_most: int
) -> list[Listed]:
    """Return one page of a tab, in three statements: those whose notification comes first are first, or those that end first."""
    part = _part(viewer, wanted, now).cte("part").prefix_with("MATERIALIZED")  # or SQLite walks everybody's names to sort these few
    keys = select(part.c.id).where(_in_tab(tab, part.c, now, today)).order_by(*_order_by(tab, part.c), part.c.id)
    found = list(session.scalars(keys.offset(first).limit(at_most)))
    rows = {row.id: row for row in session.scalars(select(Registration).where(Registration.id.in_(found)).options(*_WITH)).unique()}
    due = _next_deadlines(session, found, now)
    return [Listed(rows[key], due.get(key)) for key in found]


def filter_options(session: Session, viewer: Viewer) -> list[FilterOption]:
    """Return the areas, teams and owners that the list can be narrowed to, in one statement."""
    owned = select(Registration.id).join(Person, Registration.person_id == Person.id)
    return options_where(session, owned.where(Registration.owner_id == User.id, registration_visible(viewer)))


def count_restricted(session: Session, viewer: Viewer) -> int:
    """Return how many 'Restricted' rows to show under the list of all: known of, not to be opened, never sealed ones."""
    rows = select(Registration.id).join(Person, Registration.person_id == Person.id)
    rows = rows.where(Registration.id.in_(records_restricted()), known_but_closed(viewer)).limit(RESTRICTED_SHOWN)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _part(viewer: Viewer, wanted: Narrowing, now: datetime) -> Select[Any]:
    """The columns that tabs ask for, of every registration the viewer may open, with the moment of the next notification."""
    due = _due(now).subquery()
    columns = [getattr(Registration, name) for name in ("ended_on", "ends_on", "has_no_residence", "whereabouts")]
    part: Select[Any] = select(Registration.id, *columns, Person.surname, Person.forenames, due.c.next_at)
    part = part.join(Person, Registration.person_id == Person.id).outerjoin(due, due.c.record_id == Registration.id)
    return part.where(registration_visible(viewer), *_conditions(wanted))


def _due(now: datetime) -> Select[Any]:
    running = select(Registration.id).where(Registration.ended_on.is_(None))
    of_notification = and_(is_live(now), Deadline.alert_class == AlertClass.NOTIFICATION, Deadline.record_id.in_(running))
    columns: list[Any] = [Deadline.record_id, func.min(Deadline.act_by_at).label(NEXT)]
    return select(*columns).where(of_notification).group_by(Deadline.record_id)


def _conditions(wanted: Narrowing) -> list[ColumnElement[bool]]:
    asked = (
        (wanted.area, Registration.area_id, select(Area.id).where(Area.code == wanted.area)),
        (wanted.team, Registration.team_id, select(Team.id).where(Team.name == wanted.team)),
        (wanted.owner, Registration.owner_id, select(User.id).where(User.username == wanted.owner)),
    )
    return [column == key.scalar_subquery() for value, column, key in asked if value]


def _in_tab(tab: Tab, part: Any, now: datetime, today: date) -> ColumnElement[bool]:
    """Condition: the tab holds the registration."""
    is_over = and_(part.ended_on.is_not(None), part.ended_on <= today)
    has_run_out = and_(part.ends_on.is_not(None), part.ends_on < today)
    has_ended = or_(is_over, has_run_out)
    soon = midnight_ending(now, DUE_DAYS)
    holds: Mapping[Tab, ColumnElement[bool]] = {
        Tab.DUE: and_(part.next_at > now, part.next_at <= soon),
        Tab.OVERDUE: and_(part.next_at.is_not(None), part.next_at <= now),
        Tab.NO_FIXED_ABODE: and_(part.has_no_residence),
        Tab.CUSTODY: part.whereabouts == Whereabouts.CUSTODY,
        Tab.ENDING: and_(part.ends_on.is_not(None), part.ends_on <= today + timedelta(days=ENDING_DAYS)),
        Tab.REGISTERED: true(),
    }
    return has_ended if tab is Tab.ENDED else and_(~has_ended, holds[tab])


def _order_by(tab: Tab, part: Any) -> Sequence[ColumnElement[Any]]:
    by_name = (part.surname, part.forenames)
    if tab is Tab.ENDING:
        return (part.ends_on, *by_name)
    if tab is Tab.ENDED:
        return (func.coalesce(part.ended_on, part.ends_on).desc(), *by_name)
    return by_name if tab in (Tab.REGISTERED, Tab.CUSTODY) else (part.next_at.nulls_last(), *by_name)


def _next_deadlines(session: Session, registration_ids: Sequence[int], now: datetime) -> dict[int, Deadline]:
    """The earliest notification that is waited for, by registration."""
    found = select(Deadline).where(Deadline.record_id.in_(registration_ids), is_live(now), Deadline.alert_class == AlertClass.NOTIFICATION)
    latest_first = found.order_by(Deadline.act_by_at.desc(), Deadline.id.desc())
    return {deadline.record_id: deadline for deadline in session.scalars(latest_first)}


_WITH = (joinedload(Registration.person), joinedload(Registration.owner))

"""Orders of every state, type and access, and what a list of them must show, worked out one order at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, Area, Order, Person, Team, User
from orders_app.queries.order_filters import OrderFilter
from orders_app.queries.order_lists import Sort
from orders_app.queries.order_tabs import Tab
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access, Permission
from orders_app.rules.names import fold
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.services.work import Work
from tests.conftest import NOW
from tests.factories import a_person, a_team, a_user, an_area, an_order

TODAY = NOW.date()
ORDERS, PEOPLE = 90, 40
TYPES = ("dvpn", "dvpo", "spo", "shpo", "nmo", "ro_conviction", "dapo")
SURNAMES = ("Evans", "de Souza", "Desmond", "O'Donovan", "Łukasz", "Smith", "Smith Jones", "Smith-Jones", "Éluard", "evans")
FORENAMES = ("Ann", "Nathan", "Liam Patrick", "Émile", "")
ACCESS = (*(Access.OPEN,) * 8, Access.RESTRICTED, Access.SEALED)


def a_force(work: Work) -> tuple[User, User]:
    """Make the force; return two officers, of whom the first is named on some closed records and the second's team on others."""
    rng = Random(20261122)
    areas = [an_area(work, code=code) for code in "AB"]
    teams = [a_team(work, name=f"Team {name}") for name in "AB"]
    first, second = (a_user(work, username=f"owner-{name}", team=team) for name, team in zip("ab", teams, strict=True))
    people = [
        a_person(work, surname=rng.choice(SURNAMES), forenames=rng.choice(FORENAMES), access=rng.choice(ACCESS)) for _ in range(PEOPLE)
    ]
    orders = [_an_order(work, rng, number, rng.choice(people), [areas, teams, [first, second]]) for number in range(ORDERS)]
    for number, row in enumerate(row for row in (*people, *orders) if row.access != Access.OPEN):
        to = ({"user_id": first.id}, {"team_id": teams[1].id}, None)[number % 3]
        on = {"person_id": row.id} if isinstance(row, Person) else {"record_id": row.id}
        if to:
            work.session.add(AccessGrant(**to, **on, granted_at=work.now, reason="Investigating"))
    return first, second


def _an_order(work: Work, rng: Random, number: int, person: Person, belongings: list[list[Any]]) -> Order:
    area_id, team_id, owner_id = (rng.choice((None, *(row.id for row in rows))) for rows in belongings)
    return an_order(
        work, person=person, order_type=rng.choice(TYPES), reference=f"T-{number:04}", court_reference=_court_reference(rng, number),
        access=rng.choice(ACCESS), area_id=area_id, team_id=team_id, owner_id=owner_id,
        made_on=_some_day(rng, -400, 5), served_on=_some_day(rng, -300, 0), in_force_from=_some_day(rng, -300, 20),
        ends_on=_some_day(rng, -200, 400), ended_on=rng.choice((None, None, _some_day(rng, -200, 30))),
        is_present_or_represented=rng.random() < 0.5,
    )  # fmt: skip


def _court_reference(rng: Random, number: int) -> str:
    return rng.choice(("", f"EB26F{number:03}"))


def _some_day(rng: Random, least: int, most: int) -> date | None:
    return rng.choice((None, TODAY, *(TODAY + timedelta(days=rng.randint(least, most)) for _ in range(3))))


class Expected:
    """What a viewer's lists must show. Everything is read, and each order asked about by itself."""

    def __init__(self, session: Session, viewer: Viewer) -> None:
        self.people = {person.id: person for person in session.scalars(select(Person))}
        self.areas = {key: name for key, name in session.execute(select(Area.id, Area.code))}
        self.teams = {key: name for key, name in session.execute(select(Team.id, Team.name))}
        self.owners = {key: name for key, name in session.execute(select(User.id, User.username))}
        self.named = {(grant.person_id, grant.record_id) for grant in session.scalars(select(AccessGrant)) if _is_named(grant, viewer)}
        self.reference_of = {order.id: order.reference for order in session.scalars(select(Order))}
        self.orders = [order for order in session.scalars(select(Order)) if self._may_open(order, viewer)]

    def references(self, wanted: OrderFilter, tab: Tab, sort: Sort, *, is_descending: bool) -> list[str]:
        """The references a tab lists, in order: what has no date last whichever way it is sorted."""
        chosen = [order for order in self.orders if is_in(order, tab) and self._fits(order, wanted)]
        empty = [order for order in chosen if self._key(order, sort) is None]
        full = [order for order in chosen if self._key(order, sort) is not None]
        full.sort(key=lambda order: (self._key(order, sort), order.id), reverse=is_descending)
        empty.sort(key=lambda order: order.id, reverse=is_descending)
        return [order.reference for order in (*full, *empty)]

    def _key(self, order: Order, sort: Sort) -> Any:
        person = self.people[order.person_id]
        names = (fold(person.surname), fold(person.forenames))
        return {Sort.REFERENCE: order.reference, Sort.PERSON: names, Sort.MADE: order.made_on, Sort.ENDS: order.ends_on}[sort]

    def _fits(self, order: Order, wanted: OrderFilter) -> bool:
        asked = (
            (wanted.order_type, order.order_type),
            (wanted.area, self.areas.get(order.area_id or 0)),
            (wanted.team, self.teams.get(order.team_id or 0)),
            (wanted.owner, self.owners.get(order.owner_id or 0)),
        )
        return all(value in ("", has) for value, has in asked) and all(self._has(order, word) for word in wanted.text.split())

    def _has(self, order: Order, word: str) -> bool:
        person, folded = self.people[order.person_id], fold(word)
        is_named = bool(folded) and any(fold(name).startswith(folded) for name in (person.surname, person.forenames))
        return is_named or word.lower() in order.reference.lower() or word.lower() in order.court_reference.lower()

    def _may_open(self, order: Order, viewer: Viewer) -> bool:
        person = self.people[order.person_id]
        may_person = viewer.is_system or person.access == Access.OPEN or (person.id, None) in self.named
        may_order = viewer.is_system or order.access == Access.OPEN or (None, order.id) in self.named
        return may_person and may_order and (order.ended_on is None or viewer.may(Permission.ORDER_VIEW_ENDED))


def is_in(order: Order, tab: Tab) -> bool:
    """Whether a tab holds an order."""
    kind = ORDER_TYPES[order.order_type]
    is_live = (order.ended_on is None or order.ended_on > TODAY) and (order.ends_on is None or order.ends_on >= TODAY)
    is_made = order.made_on is not None and order.made_on <= TODAY
    is_bound = kind.presence_binds and order.is_present_or_represented
    holds: dict[Tab, Callable[[], bool]] = {
        Tab.IN_FORCE: lambda: is_live and not kind.is_notice and order.in_force_from is not None and order.in_force_from <= TODAY,
        Tab.NOT_SERVED: lambda: is_live and is_made and order.served_on is None and kind.needs_service and not is_bound,
        Tab.ENDING: lambda: is_live and order.ends_on is not None and order.ends_on <= TODAY + timedelta(days=90),
        Tab.NOTICES: lambda: is_live and kind.is_notice,
        Tab.ENDED: lambda: not is_live,
        Tab.ALL: lambda: True,
    }
    return holds[tab]()


def _is_named(grant: AccessGrant, viewer: Viewer) -> bool:
    by_name = viewer.user_id is not None and grant.user_id == viewer.user_id
    return by_name or (viewer.team_id is not None and grant.team_id == viewer.team_id)

"""Plain functions that make rows with sensible defaults. All people are invented."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from orders_app.models import Area, Event, Order, Person, SignInThrottle, Team, User, UserRole
from orders_app.rules.access import Role
from orders_app.rules.names import sorting_names
from orders_app.services.sign_in import name_key
from orders_app.services.work import Work

PASSWORD = "correct horse battery staple"
_number = count(1)


def an_area(work: Work, *, code: str = "", name: str = "") -> Area:
    n = next(_number)
    return _added(work, Area(code=code or f"A{n}", name=name or f"Area {n}"))


def a_team(work: Work, *, name: str = "", area: Area | None = None) -> Team:
    return _added(work, Team(name=name or f"Team {next(_number)}", area_id=area.id if area else None))


def a_user(work: Work, *roles: Role, team: Team | None = None, password_hash: str = "not a hash", **columns: Any) -> User:
    n = next(_number)
    values = {
        "username": f"officer{n}",
        "rank": "PC",
        "collar_number": str(4000 + n),
        "name": f"Officer {n}",
        "email": f"officer{n}@police.invalid",
    }
    user = User(**{**values, **columns}, password_hash=password_hash, team_id=team.id if team else None, created_at=work.now)
    user.roles = [UserRole(role=role) for role in roles or (Role.ORDERS_DESK,)]
    return _added(work, user)


def a_person(
    work: Work, *, surname: str = "Whittaker", forenames: str = "Callum", born_on: date | None = date(1988, 3, 14), **columns: Any
) -> Person:
    values = {"reference": f"P-9{next(_number):05}", "created_at": work.now, "changed_at": work.now}
    return _added(work, Person(surname=surname, forenames=forenames, born_on=born_on, **{**values, **columns}))


def an_order(work: Work, *, person: Person, order_type: str = "spo", **columns: Any) -> Order:
    """A bare order row. For one with events and deadlines call services.orders."""
    surname, forenames = sorting_names(person.surname, person.forenames)
    names = {"subject_surname": surname, "subject_forenames": forenames}
    values = {"reference": f"{order_type.upper()}-9999-{next(_number):04}", "created_at": work.now, "changed_at": work.now, **names}
    return _added(work, Order(person_id=person.id, order_type=order_type, **{**values, **columns}))


def an_event(work: Work, *, order: Order, kind: str, on: date, **columns: Any) -> Event:
    return _added(work, Event(record_id=order.id, person_id=order.person_id, kind=kind, happened_on=on, recorded_at=work.now, **columns))


def lock_out(work: Work, username: str, *, until: datetime) -> None:
    """Pause somebody's signing in, as wrong passwords do."""
    user_id = work.session.scalars(select(User.id).where(User.username == username)).one()
    throttle = {"key": name_key(username), "user_id": user_id, "failures": 9, "last_failed_at": work.now}
    _added(work, SignInThrottle(**throttle, blocked_until_at=until))


def _added(work: Work, row: Any) -> Any:
    work.session.add(row)
    work.session.flush()
    return row

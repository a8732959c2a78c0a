"""Load the demonstration force. Never over real data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from sqlalchemy import select

from orders_app.models import Order, Person, Registration, User
from orders_app.services.demonstration.mixture import Mixture
from orders_app.services.demonstration.people import add_people
from orders_app.services.demonstration.registrations import registrations
from orders_app.services.demonstration.showcase import add_showcase
from orders_app.services.demonstration.staff import add_staff
from orders_app.services.demonstration.varied import vary_some
from orders_app.services.errors import RuleBroken
from orders_app.services.new_orders import NewOrder
from orders_app.services.orders import record_orders
from orders_app.services.registrations import record_registrations
from orders_app.services.work import Work

SEED = 20_261_122
ON_FILE_ALREADY = "People or users are on file already: the demonstration force is only loaded into an empty database"
STEPS = (
    "staff and people", "notices", "orders after notices", "interim orders", "orders after interim orders", "other orders", "today",
    "registrations",
)  # fmt: skip
Progress = Callable[[str], None]


def load_demonstration(work: Work, on_step: Progress = lambda step: None) -> dict[str, int]:
    """Load everything in one piece of work and return how many rows there are. Takes under a minute.

    The same every time for the same day. Raises RuleBroken when anybody is on file already.
    """
    if holds_anything(work):
        raise RuleBroken("database", ON_FILE_ALREADY)
    rng = Random(SEED)
    staff = add_staff(work, rng)
    people = add_people(work, rng, staff)
    mixture = Mixture(work, rng, people, staff)
    on_step(STEPS[0])
    notices, pilot = _recorded(work, mixture.notices()), _recorded(work, mixture.pilot_notices())
    on_step(STEPS[1])
    record_orders(work, [*mixture.orders_after(notices), *mixture.pilot_orders(pilot)])
    on_step(STEPS[2])
    interims = _recorded(work, mixture.interims())
    on_step(STEPS[3])
    record_orders(work, mixture.orders_after_interims(interims))
    on_step(STEPS[4])
    vary_some(work, record_orders(work, mixture.others()))
    on_step(STEPS[5])
    add_showcase(work, mixture)
    record_orders(work, mixture.further(set(work.session.scalars(select(Order.order_type).distinct()))))
    on_step(STEPS[6])
    record_registrations(work, registrations(work, rng, people, staff))
    on_step(STEPS[7])
    counted = {"people": Person, "orders": Order, "registrations": Registration, "users": User}
    return {name: _count(work, table) for name, table in counted.items()}


def holds_anything(work: Work) -> bool:
    """Whether any person or user is on file."""
    return any(work.session.scalar(select(table.id).limit(1)) is not None for table in (Person, User))


def _recorded(work: Work, news: Sequence[NewOrder]) -> list[tuple[NewOrder, Order]]:
    return list(zip(news, record_orders(work, news), strict=True))


def _count(work: Work, table: type[Any]) -> int:
    return len(work.session.scalars(select(table.id)).all())

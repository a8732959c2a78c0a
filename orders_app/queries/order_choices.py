"""Rows that the pages for recording an order offer or look up: people, earlier orders, owners, teams, areas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from orders_app.models import Area, Order, Person, Team, User
from orders_app.queries.assignees import WHO_RECORDS
from orders_app.queries.availability import people_at_work
from orders_app.queries.visibility import Viewer, order_visible, person_visible


@dataclass(frozen=True)
class StaffOption:
    """One answer: `kind` is owner, team or area; `value` names it in addresses and forms, `id` in rows."""

    kind: str
    id: int
    value: str
    label: str


def people_by_reference(session: Session, viewer: Viewer, references: Collection[str]) -> dict[str, Person]:
    """Return those of these people that the viewer may open, by reference. One statement."""
    wanted = select(Person).where(Person.reference.in_([reference.strip().upper() for reference in references]), person_visible(viewer))
    return {person.reference: person for person in session.scalars(wanted)}


def order_by_reference(session: Session, viewer: Viewer, reference: str) -> Order | None:
    """Return the bare row of the order with this reference, or None if there is none that the viewer may open."""
    visible = select(Order).join(Person, Order.person_id == Person.id).where(Order.reference == reference, order_visible(viewer))
    return session.scalar(visible)


def orders_to_follow(session: Session, viewer: Viewer, person_id: int, codes: Collection[str]) -> list[Order]:
    """Return a person's orders of these types that the viewer may open, newest first: what a new order may follow."""
    visible = select(Order).join(Person, Order.person_id == Person.id).where(order_visible(viewer))
    mine = visible.where(Order.person_id == person_id, Order.order_type.in_(codes))
    return list(session.scalars(mine.order_by(Order.made_on.desc().nulls_last(), Order.id.desc())))


def staff(session: Session, kind: str) -> list[StaffOption]:
    """Return everybody who may own a record of a kind, every team and every area, by name. One statement.

    An owner works alerts and records on that kind, as whoever is given a record later does; while they are away whoever covers hears.
    """
    owns = (User.id.in_(people_at_work()), User.id.in_(people_at_work(WHO_RECORDS[kind])))
    named = (User.rank, User.collar_number, User.name)
    empty = literal("")
    everything = union_all(
        select(literal("owner").label("kind"), User.id.label("id"), User.username.label("value"), *(c.label(c.key) for c in named)).where(
            *owns
        ),
        select(literal("team"), Team.id, Team.name, empty, empty, Team.name),
        select(literal("area"), Area.id, Area.code, empty, empty, Area.name),
    ).subquery()
    rows = session.execute(select(everything).order_by(everything.c.kind, everything.c.name))
    return [
        StaffOption(row.kind, row.id, row.value, " ".join(part for part in (row.rank, row.collar_number, row.name) if part)) for row in rows
    ]

"""Where somebody is, kept the same on their own record and on the orders that depend on it.

An arrest or a release is typed once: on an order, or on the person. An order that starts on release starts with it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from orders_app.models import CustodyPeriod, Order
from orders_app.queries.order_status import status_in
from orders_app.rules.facts import EventKind as E
from orders_app.rules.status import Status
from orders_app.services.deadlines import sync_deadlines
from orders_app.services.events import new_event
from orders_app.services.new_orders import NewEvent
from orders_app.services.registered_people import follow_person
from orders_app.services.work import Work

BEGINS = {E.ARRESTED: "police", E.REMANDED: "remand", E.CUSTODY_STARTED: "sentence"}
ENDS_POLICE_CUSTODY = frozenset({E.PRODUCED, E.RELEASED_OUT_OF_TIME})


def follow_event(work: Work, order: Order, event: NewEvent) -> None:
    """Begin or end a period of custody of the order's subject, where what happened to the order says so."""
    if event.kind in BEGINS and event.details.get("remanded") != "bail":
        _begin(work, order.person_id, BEGINS[event.kind], event.on)
    elif event.kind in ENDS_POLICE_CUSTODY:
        _end(work, order.person_id, event.on, only="police")
    elif event.kind is E.CUSTODY_ENDED:
        _end(work, order.person_id, event.on)
        start_orders_that_wait(work, order.person_id, event.on, but=order.id)
    else:
        return
    follow_person(work, order.person_id)


def start_orders_that_wait(work: Work, person_id: int, released_on: date, *, but: int = 0) -> None:
    """Record the release on each order of the person that starts on it and has not started."""
    is_waiting = status_in({Status.AWAITING_RELEASE}, released_on)
    waiting = select(Order).where(Order.person_id == person_id, Order.id != but, is_waiting).order_by(Order.id)
    orders = list(work.session.scalars(waiting))
    for order in orders:
        work.session.add(new_event(work, order, NewEvent(E.CUSTODY_ENDED, released_on, note="Recorded with the person’s release")))
        order.changed_at = work.now
    work.session.flush()
    sync_deadlines(work, [order.id for order in orders])


def _begin(work: Work, person_id: int, kind: str, from_on: date) -> None:
    if not _open(work, person_id):
        work.session.add(CustodyPeriod(person_id=person_id, kind=kind, from_on=from_on))


def _end(work: Work, person_id: int, until_on: date, *, only: str = "") -> None:
    for period in _open(work, person_id):
        if only in ("", period.kind) and period.from_on <= until_on:
            period.until_on = until_on


def _open(work: Work, person_id: int) -> list[CustodyPeriod]:
    is_open = CustodyPeriod.until_on.is_(None)
    return list(work.session.scalars(select(CustodyPeriod).where(CustodyPeriod.person_id == person_id, is_open)))

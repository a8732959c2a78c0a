"""A few orders of every type that the rest of the demonstration does not show, made from the declaration alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from orders_app.models import Person
from orders_app.rules.facts import EndKind, Event, Facts
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import lawful_ends
from orders_app.rules.periods import DaysBeginningWith
from orders_app.rules.spec import OrderType
from orders_app.services.demonstration.cases import lasting
from orders_app.services.demonstration.names import CROWN, MAGISTRATES
from orders_app.services.new_orders import NewCondition, NewOrder
from orders_app.services.orders import check_order
from orders_app.services.work import Work

OF_EACH = 3
DAYS_AGO = (200, 90, 40)
WITHIN_A_PERIOD = timedelta(days=30)  # so far inside the time for which a provision was in force
SHORT = DaysBeginningWith(28)
CONDITION = NewCondition("Not to do what the order forbids, in the words of the court.", "As the order says")


def further_types(work: Work, shown: set[str], subject: Callable[[], Person]) -> list[NewOrder]:
    """Orders of each type not shown yet that a court could lawfully make, or once could."""
    others = [order_type for code, order_type in ORDER_TYPES.items() if code not in shown and not order_type.is_notice]
    return [new for order_type in others for number in range(OF_EACH) if (new := _lawful(work, order_type, subject(), number))]


def _lawful(work: Work, order_type: OrderType, subject: Person, number: int) -> NewOrder | None:
    """The first candidate with which nothing is legally wrong; None where the law has never had one."""
    usual = work.today - timedelta(days=DAYS_AGO[number])
    days = [(usual, ""), *_days_of_the_law(work, order_type)]
    candidates = (_order(work, order_type, subject, made_on, area) for made_on, area in days)
    return next((new for new in candidates if not check_order(work, new)), None)


def _days_of_the_law(work: Work, order_type: OrderType) -> Iterator[tuple[date, str]]:
    """Days and areas when one could be made, of a type that waits for a provision or was ended by one."""
    for row in work.law.provisions.rows:
        if row.code == order_type.since:
            yield row.in_force_from + WITHIN_A_PERIOD, row.area
        elif row.code == order_type.until:
            yield row.in_force_from - WITHIN_A_PERIOD, ""


def _order(work: Work, order_type: OrderType, subject: Person, made_on: date, area: str) -> NewOrder:
    under = order_type.made_under[0].code if order_type.made_under else ""
    court = MAGISTRATES if order_type.is_interim else CROWN
    new = lasting(order_type.code, subject, made_on, court=court, conditions=(CONDITION,), served_on=made_on, made_under=under)
    last_day = _last_day(work, order_type, subject, made_on, under)
    details = {"area": area} if area else {}
    end_kind = EndKind.FIXED if last_day else EndKind.UNTIL_FURTHER_ORDER
    return replace(new, details=details, end_kind=end_kind, stated_ends_on=last_day)


def _last_day(work: Work, order_type: OrderType, subject: Person, made_on: date, under: str) -> date | None:
    """The first last day that the law allows; none where an order may have none."""
    facts = Facts(order_type.code, (Event(1, E.MADE, made_on),), made_under=under, subject_born_on=subject.born_on)
    allowed = lawful_ends(order_type, facts, work.law)
    if allowed:
        return allowed[0].on
    return None if EndKind.UNTIL_FURTHER_ORDER in order_type.limits.end_kinds else SHORT.last_day(made_on)

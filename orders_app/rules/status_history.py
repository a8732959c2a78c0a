"""Every state that an order has been in and will be in, each with the day it begins: what its status tag says on any day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from orders_app.rules.facts import Facts
from orders_app.rules.spec import OrderType
from orders_app.rules.status import Status, StatusDates, status_dates, status_from
from orders_app.rules.wording import ONE_DAY


@dataclass(frozen=True)
class StateFrom:
    """A state, and the first day of it."""

    on: date
    status: Status


def status_history(order_type: OrderType, facts: Facts) -> list[StateFrom]:
    """The states in the order in which they come. A state can only change on a day that it depends on."""
    dates = status_dates(order_type, facts)
    states = [StateFrom(day, status_from(dates, day)) for day in _days(dates)]
    return [state for before, state in zip([None, *states], states, strict=False) if before is None or before.status is not state.status]


def _days(dates: StatusDates) -> list[date]:
    stated = [getattr(dates, field.name) for field in fields(dates)]
    days = {day for day in stated if isinstance(day, date)}
    return sorted(days | ({dates.last_day + ONE_DAY} if dates.last_day else set()))

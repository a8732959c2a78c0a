"""Steps that say that time ran out: they are not true before it has."""

from __future__ import annotations

from datetime import date

from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.facts import EventKind, Facts
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.law import LawTables
from orders_app.rules.spec import OrderType
from orders_app.rules.wording import at_words, day_words

RAN_OUT = {EventKind.LAPSED: "court_hearing", EventKind.RELEASED_OUT_OF_TIME: "production"}


def time_left(order_type: OrderType, facts: Facts, kind: EventKind, day: date, law: LawTables) -> str:
    """Why it is not yet true on a day that time ran out; empty where it is, or where nobody can say."""
    duty = clock_of(order_type, facts, kind, law)
    if duty is None:
        return ""
    if kind is EventKind.LAPSED and duty.met_by is not None:
        return "The application was heard in time: the notice goes on until it is decided"
    return f"The time runs until {_last_moment(duty)}" if day < duty.late_after_on else ""


def clock_of(order_type: OrderType, facts: Facts, kind: EventKind, law: LawTables) -> DueDuty | None:
    """The clock that such a step is about: the last one of its duty. None where there is none, or it cannot be worked out."""
    try:
        due = due_duties(order_type, facts, law) if kind in RAN_OUT else []
    except (MissingTime, OutsideTable):
        return None
    return next((duty for duty in reversed(due) if duty.key == RAN_OUT[kind]), None)


def _last_moment(duty: DueDuty) -> str:
    """By the later reading, where there are two: nobody says that time ran out while it may not have."""
    return at_words(duty.late_after_at) if duty.late_after_at else day_words(duty.late_after_on)

"""A hearing listed for later than the law allows. Nobody but the court can mend that, so it is never refused: it is said."""

from __future__ import annotations

from datetime import date, datetime

from orders_app.rules.absent_duties import declared_key
from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.facts import EventKind, Facts
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.law import LawTables
from orders_app.rules.spec import OrderType, RuleClass


def heard_too_late(order_type: OrderType, facts: Facts, on: date, at: datetime | None, law: LawTables) -> list[DueDuty]:
    """The open duties of law that a hearing on a day (and at a moment, where it is known) would do only after their time."""
    return [due for due in _to_be_heard(order_type, facts, law) if is_after(on, at, due.act_by_on, due.act_by_at)]


def is_after(on: date, at: datetime | None, limit_on: date, limit_at: datetime | None) -> bool:
    """Whether a day and moment is past a limit. On the day of a limit, without its time, nobody knows."""
    return at > limit_at if at and limit_at else on > limit_on


def _to_be_heard(order_type: OrderType, facts: Facts, law: LawTables) -> list[DueDuty]:
    heard = {duty.key for duty in order_type.duties if EventKind.HEARING_HELD in duty.met_by and duty.rule_class is RuleClass.LAW}
    try:
        duties = due_duties(order_type, facts, law)
    except (MissingTime, OutsideTable):
        return []
    return [due for due in duties if due.met_by is None and declared_key(order_type, due.key) in heard]

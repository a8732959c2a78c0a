"""Duties of a type that the facts do not give rise to, and why: a date that is missing needs its reason as much as one that is there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from orders_app.rules.duties import DueDuty
from orders_app.rules.ends import begun_by, is_travel_only
from orders_app.rules.facts import Facts
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.law import LawTables, is_law
from orders_app.rules.spec import Duty, OrderType, RecordType
from orders_app.rules.starts import SOA_PART_2
from orders_app.rules.wording import day_words

NOT_STARTED = ""
REPLACES_INTERIM = "The order replaces an interim order, and the first notification does not start again"
REMAINS = "The subject is registered already under Part 2 of the Sexual Offences Act 2003, and simply remains so"
SUSPENDED = "Another duty to notify binds the subject and has no end, and this one is put off for as long as it does"
BOUND_IN_COURT = "The subject was in court or represented there, and is bound without service"
NOT_REQUIRED = "The court may require it in the order, and this order does not"
TRAVEL_ONLY = "The order holds foreign travel prohibitions alone, to which the bar does not apply"


@dataclass(frozen=True)
class AbsentDuty:
    """One duty that has no date, and why; `why` is empty where nothing has happened that would start it."""

    duty: Duty
    why: str


def absent_duties(order_type: OrderType, facts: Facts, due: Collection[DueDuty], law: LawTables) -> list[AbsentDuty]:
    """Every declared duty that is not among those due, in the order of the declaration."""
    there = {declared_key(order_type, one.key) for one in due}
    return [AbsentDuty(duty, _why(order_type, duty, facts, law)) for duty in order_type.duties if duty.key not in there]


def declared_key(record_type: RecordType, key: str) -> str:
    """The key of the declaration behind a deadline, whose own key may go on with the part that tells several apart."""
    return max((duty.key for duty in record_type.duties if key == duty.key or key.startswith(f"{duty.key}_")), key=len)


def _why(order_type: OrderType, duty: Duty, facts: Facts, law: LawTables) -> str:
    begun = begun_by(order_type, facts)
    if begun is None:
        return NOT_STARTED
    if not is_law(duty, law, facts.area, begun.on):
        return _not_law(duty, begun.on)
    reason = REASONS.get(duty.key)
    return reason(order_type, facts) if reason else NOT_STARTED


def _not_law(duty: Duty, on: date) -> str:
    code = duty.since or duty.until
    return f"It was not law there on {day_words(on)}: {PROVISIONS[code].name}, {PROVISIONS[code].citation}"


def _first_notification(order_type: OrderType, facts: Facts) -> str:
    if _may_be_required(order_type) and not facts.requires_notification:
        return NOT_REQUIRED
    if facts.replaces_interim:
        return REPLACES_INTERIM
    if facts.other_notification_scheme == SOA_PART_2 and order_type.notification_scheme == SOA_PART_2:
        return REMAINS
    is_put_off = facts.other_notification_scheme in order_type.suspended_by and facts.other_notification_until is None
    return SUSPENDED if is_put_off else NOT_STARTED


def _change(order_type: OrderType, facts: Facts) -> str:
    return NOT_REQUIRED if _may_be_required(order_type) and not facts.requires_notification else NOT_STARTED


def _service(order_type: OrderType, facts: Facts) -> str:
    return BOUND_IN_COURT if order_type.presence_binds and facts.is_present_or_represented else NOT_STARTED


def _discharge_bar(order_type: OrderType, facts: Facts) -> str:
    bar = order_type.discharge_bar
    return TRAVEL_ONLY if bar and bar.spares_travel_only and is_travel_only(facts) else NOT_STARTED


def _may_be_required(order_type: OrderType) -> bool:
    """Whether the Act leaves notification to the court, so that the type asks whether the order requires it."""
    return any(field.key == "requires_notification" for field in order_type.extra_fields)


REASONS: dict[str, Callable[[OrderType, Facts], str]] = {
    "initial_notification": _first_notification,
    "change_of_name": _change,
    "change_of_address": _change,
    "service": _service,
    "discharge_bar": _discharge_bar,
}

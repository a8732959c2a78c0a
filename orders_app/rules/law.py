"""The dated tables that the rules are given, and what of a declaration was law on a day."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from orders_app.rules.facts import EventKind
from orders_app.rules.holidays import Holidays
from orders_app.rules.provisions import Provisions
from orders_app.rules.spec import Dated, Limits, OrderType, RecordType


@dataclass(frozen=True)
class LawTables:
    """What changes by regulation and not by release: days left out of hour clocks, and which provisions are in force where and when."""

    holidays: Holidays
    provisions: Provisions


def is_law(part: Dated, law: LawTables, area: str, day: date | None) -> bool:
    """Whether a part of a declaration was law in an area on a day. Without a day, what waits for a provision is not."""
    begun = not part.since or _in_force(law, part.since, area, day)
    return begun and not (part.until and _in_force(law, part.until, area, day))


def as_law_on(order_type: OrderType, law: LawTables, area: str, day: date | None) -> OrderType:
    """The declaration as it stood in an area on a day: without the limits, refusals, answers and events that were not law.

    Duties stay: each depends on the day of its own event.
    """

    def stood(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(part for part in parts if is_law(part, law, area, day))

    events = [dated.kinds for dated in stood(order_type.dated_events)]
    return replace(
        order_type,
        limits=_limits(order_type.limits, law, area, day),
        refusals=stood(order_type.refusals),
        made_under=stood(order_type.made_under),
        extra_fields=tuple(replace(field, choices=stood(field.choices)) for field in order_type.extra_fields),
        events=order_type.events.union(*events),
    )


def events_ever(record_type: RecordType) -> frozenset[EventKind]:
    """Every kind of event that the law has, or may come to have, for a kind of record."""
    return record_type.events.union(*(dated.kinds for dated in record_type.dated_events))


def _limits(limits: Limits, law: LawTables, area: str, day: date | None) -> Limits:
    parts = {field.name: getattr(limits, field.name) for field in fields(limits)}
    several = {name: part for name, part in parts.items() if isinstance(part, tuple)}
    stood: dict[str, Any] = {name: tuple(one for one in part if is_law(one, law, area, day)) for name, part in several.items()}
    gone: dict[str, Any] = {name: None for name, part in parts.items() if isinstance(part, Dated) and not is_law(part, law, area, day)}
    return replace(limits, **stood, **gone)


def _in_force(law: LawTables, code: str, area: str, day: date | None) -> bool:
    return day is not None and law.provisions.in_force(code, area, day)

"""What in the declarations depends on a provision, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.offers import REFUSALS
from orders_app.rules.spec import DatedEvents, Duty, LengthLimit, Option, OrderType, Refusal


def what_depends_on(code: str) -> list[str]:
    """Every part that a provision brings in or takes away: SCPO, duty: Notify a new name."""
    of_orders = [line for order_type in ORDER_TYPES.values() for line in dict.fromkeys(_of_type(order_type, code))]
    return [*of_orders, *_of_parts(REGISTRATION.name, (*REGISTRATION.duties, *REFUSALS), code)]


def _of_type(order_type: OrderType, code: str) -> Iterator[str]:
    name = order_type.short_name
    if order_type.since == code:
        yield f"{name}: may be given or made"
    if order_type.until == code:
        yield f"{name}: may no longer be given or made"
    yield from _of_parts(name, tuple(_parts(order_type)), code)


def _of_parts(name: str, parts: tuple[Any, ...], code: str) -> Iterator[str]:
    for part in parts:
        if part.since == code:
            yield f"{name}, {_words(part)}"
        elif part.until == code:
            yield f"{name}, no longer so: {_words(part)}"


def _parts(order_type: OrderType) -> Iterator[Any]:
    limits = [getattr(order_type.limits, field.name) for field in fields(order_type.limits)]
    single = [limit for limit in limits if hasattr(limit, "since")]
    several = [one for limit in limits if isinstance(limit, tuple) for one in limit]
    yield from (*order_type.duties, *order_type.refusals, *single, *several, *order_type.made_under)
    yield from (option for extra in order_type.extra_fields for option in extra.choices)


def _words(part: Duty | Refusal | Option | LengthLimit | DatedEvents) -> str:
    match part:
        case Duty():
            return f"duty: {part.title}"
        case Refusal():
            return f"not allowed: {part.title[0].lower()}{part.title[1:]}"
        case Option():
            return f"answer: {part.words}"
        case LengthLimit():
            return f"limit of length: {part.period} the start"
        case _:
            return "limit"

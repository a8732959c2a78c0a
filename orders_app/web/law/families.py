"""The types of order under the headings that lists use."""

from __future__ import annotations

from dataclasses import dataclass

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import OrderType


@dataclass(frozen=True)
class TypeName:
    """A type in a list: its code and name, and its short name where that is a set of letters that officers say."""

    code: str
    name: str
    letters: str


def by_family() -> list[tuple[str, list[TypeName]]]:
    """Each heading with its types, in the order of the declarations."""
    families = dict.fromkeys(order_type.family for order_type in ORDER_TYPES.values())
    return [(family.words, [_named(kind) for kind in ORDER_TYPES.values() if kind.family == family]) for family in families]


def _named(order_type: OrderType) -> TypeName:
    is_letters = order_type.short_name != order_type.short_name.lower()
    return TypeName(order_type.code, order_type.name, order_type.short_name if is_letters else "")

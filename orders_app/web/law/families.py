"""The types of order under the headings that lists use."""

from __future__ import annotations

from dataclasses import dataclass

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.spec import Citation, OrderType


@dataclass(frozen=True)
class TypeName:
    """A type in a list: its code, name and main section, and its short name where that is letters that officers say."""

    code: str
    name: str
    letters: str
    citation: Citation
    awaits_legal_check: bool


def by_family() -> list[tuple[str, list[TypeName]]]:
    """Each heading with its types, in the order of the declarations; registration last."""
    families = dict.fromkeys(order_type.family for order_type in ORDER_TYPES.values())
    orders = [(family.words, [_named(kind) for kind in ORDER_TYPES.values() if kind.family == family]) for family in families]
    return [*orders, ("Registered sex offenders", [TypeName(REGISTRATION.code, REGISTRATION.name, "", REGISTRATION.citation, False)])]


def _named(order_type: OrderType) -> TypeName:
    is_letters = order_type.short_name != order_type.short_name.lower()
    letters = order_type.short_name if is_letters else ""
    return TypeName(order_type.code, order_type.name, letters, order_type.citation, order_type.awaits_legal_check)

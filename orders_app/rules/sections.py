"""Where the Act speaks of each step in the life of an order."""

from __future__ import annotations

from orders_app.rules.facts import EventKind
from orders_app.rules.spec import Citation, OrderType, Refusal


def section_of(order_type: OrderType, kind: EventKind) -> Citation:
    """The section about a step; that of the type itself where none is declared."""
    return order_type.sections.get(kind, order_type.citation)


def declared_refusal(order_type: OrderType, kind: EventKind) -> Refusal | None:
    """What the declaration says against a step that the Act does not know, if anything."""
    return next((refusal for refusal in order_type.refusals if kind in refusal.events), None)

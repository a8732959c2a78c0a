"""What officers call orders, ranks and events when they type them in a cell."""

from __future__ import annotations

from collections import Counter

from orders_app.rules.facts import EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.ranks import RANKS
from orders_app.rules.spec import OrderType
from orders_app.rules.spreadsheets.columns import Choice

SAYS_TOO_LITTLE = frozenset({"RO"})  # on conviction or on acquittal: two powers, never guessed

RANKS_ALSO_CALLED = {
    "constable": ("PC", "DC"),
    "sergeant": ("PS", "DS", "Sgt"),
    "inspector": ("Insp", "DI", "Detective Inspector"),
    "chief_inspector": ("CI", "DCI", "C/Insp", "Detective Chief Inspector"),
    "superintendent": ("Supt", "D/Supt", "Det Supt", "Detective Superintendent"),
    "chief_superintendent": ("Ch Supt", "C/Supt", "DCS", "Detective Chief Superintendent"),
    "assistant_chief_constable": ("ACC",),
    "deputy_chief_constable": ("DCC",),
    "chief_constable": ("CC",),
    "commander": ("Cmdr",),
}
EVENTS_ALSO_CALLED = {
    EventKind.SERVED: ("date served",),
    EventKind.SERVICE_ATTEMPTED: ("attempted service", "service attempt", "not served"),
    EventKind.APPLICATION_LODGED: ("applied", "application made"),
    EventKind.HEARING_LISTED: ("listed", "court date"),
    EventKind.HEARING_HELD: ("heard", "hearing"),
    EventKind.MADE: ("order made", "granted"),
    EventKind.ENDED: ("finished", "closed"),
}


def order_type_choices() -> tuple[Choice, ...]:
    """Every order type by its short name, and the other ways of naming it."""
    short_names = Counter(kind.short_name for kind in ORDER_TYPES.values())
    return tuple(_order_type_choice(kind, short_names[kind.short_name] == 1) for kind in ORDER_TYPES.values())


def _order_type_choice(kind: OrderType, is_short_name_enough: bool) -> Choice:
    prefix = () if kind.prefix in SAYS_TOO_LITTLE else (kind.prefix,)
    return Choice(kind.code, kind.short_name if is_short_name_enough else kind.name, (kind.name, *prefix, *kind.also_called))


def made_under_choices() -> tuple[Choice, ...]:
    """The powers that orders of some types are made under."""
    powers = {power.code: power.words for kind in ORDER_TYPES.values() for power in kind.made_under}
    return tuple(Choice(code, name) for code, name in powers.items())


def rank_choices() -> tuple[Choice, ...]:
    """Every rank, and its short forms."""
    return tuple(Choice(code, name, RANKS_ALSO_CALLED.get(code, ())) for code, name in RANKS.items())


def event_choices() -> tuple[Choice, ...]:
    """Every kind of event in words."""
    return tuple(Choice(kind, kind.replace("_", " ").capitalize(), EVENTS_ALSO_CALLED.get(kind, ())) for kind in EventKind)

"""Kinds of notification by section, and whether one starts the year, or the week, again."""

from __future__ import annotations

from orders_app.rules.facts import Event
from orders_app.rules.spec import Start

INITIAL, CHANGE, PERIODIC = "83", "84", "85"
TYPES = {
    INITIAL: "Initial notification, s.83",
    CHANGE: "Change, s.84",
    PERIODIC: "Periodic notification, s.85",
}


def type_of(event: Event) -> str:
    """The section a notification was given under; empty where it was not recorded."""
    return event.details.get("type", "")


def resets(event: Event) -> bool:
    """Whether the next periodic notification counts from this one. It does, unless somebody recorded that it does not."""
    return event.details.get("resets_annual", "yes") != "no"


def is_initial(event: Event, _: Start) -> bool:
    """A notification under s.83."""
    return type_of(event) in ("", INITIAL)


def is_any(event: Event, _: Start) -> bool:
    """Any notification that was not given for a date in advance: each confirms everything of s.83(5)."""
    return "specified_on" not in event.details


def is_periodic(event: Event, _: Start) -> bool:
    """A notification under s.84 or s.85 that starts the period again: s.85(1) asks for no other."""
    return type_of(event) != INITIAL and resets(event)

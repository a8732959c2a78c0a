"""`orderwatch law … registration`: the facts of a registration as typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from orders_app.rules.facts import Event
from orders_app.rules.registrations.facts import HarmOrder, RegistrationFacts
from orders_app.web.cli.law_facts import BadFact, event_from, moment_of, parsed, split_pair

DAYS = ("until", "specified_on", "relevant_on", "for", "departs", "returns_on", "next_from")
FACTS: dict[str, Callable[[str], Any]] = {"born_on": date.fromisoformat}
ALSO_CALLED = {"subject_born_on": "born_on"}
ORDER: dict[str, Callable[[str], Any]] = {
    "order_type": str,
    "begins_on": date.fromisoformat,
    "last_day": date.fromisoformat,
    "reference": str,
}
NEW_ORDER = HarmOrder("shpo", date.max)


def registration_facts_from(events: Iterable[str], facts: Iterable[str]) -> RegistrationFacts:
    """Build the facts of a registration from the command's own words. Raises BadFact."""
    values: dict[str, Any] = {}
    orders: dict[int, HarmOrder] = {}
    for typed in facts:
        name, value = split_pair(typed, "--fact")
        if name.startswith("orders."):
            _set_order(orders, name, value)
        else:
            key = ALSO_CALLED.get(name, name)
            values[key] = parsed(FACTS, key, name, value)
    return RegistrationFacts(
        tuple(_checked(event_from(number, typed)) for number, typed in enumerate(events, start=1)),
        orders=tuple(orders[number] for number in sorted(orders)),
        **values,
    )


def _checked(event: Event) -> Event:
    """The event, with every day among its details read once."""
    for name in DAYS:
        if name in event.details:
            moment_of(event.details[name], f"--event {event.kind}, {name}")
    return event


def _set_order(orders: dict[int, HarmOrder], name: str, value: str) -> None:
    _, _, rest = name.partition(".")
    number, _, field = rest.partition(".")
    if not number.isdigit() or int(number) < 1:
        raise BadFact(f"--fact {name}: write orders.NUMBER.NAME, such as orders.1.begins_on=2026-11-20")
    order = orders.get(int(number), NEW_ORDER)
    orders[int(number)] = replace(order, **{field: parsed(ORDER, field, name, value)})

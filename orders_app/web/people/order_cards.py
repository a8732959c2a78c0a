"""A person's orders in words: a card for each that has not ended, a row for the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from orders_app.queries.facts import OrderFacts, is_current
from orders_app.queries.person_page import Linked
from orders_app.rules.breaches import breach_numbers
from orders_app.rules.orders import FINISHED, LIVE, ends_on, status_on
from orders_app.web.deadline_words import DeadlineWords
from orders_app.web.filters import day, days_left, lower_first, plural, upper_first
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.orders.order_words import begins_fact, served_fact

CARDS_SHOWN = 10
RULES = {"law": "law", "guidance": "guidance", "policy": "local policy"}


def order_parts(
    cases: Sequence[OrderFacts], protected: Iterable[Linked], next_due: Mapping[str, DeadlineWords], today: date
) -> dict[str, Any]:
    """Cards for orders that have not ended, rows for those that have and for more than a page of cards can show, and how many of each."""
    names: dict[str, list[str]] = {}
    for linked in protected:
        names.setdefault(linked.order_reference, []).append(f"{linked.forenames} {linked.surname}".strip())
    statuses = {case.order.id: status_on(case.order_type, case.facts, today) for case in cases}
    live = [case for case in cases if statuses[case.order.id] not in FINISHED]
    rows = [*live[CARDS_SHOWN:], *(case for case in cases if statuses[case.order.id] in FINISHED)]
    in_force = sum(status in LIVE for status in statuses.values())
    return {
        "cards": [_card(case, names.get(case.order.reference, []), next_due, today) for case in live[:CARDS_SHOWN]],
        "rows": [_row(case, names.get(case.order.reference, []), today) for case in rows],
        "count": counts_words(len(cases), in_force, len(live) - in_force, len(cases) - len(live)),
    }


def counts_words(total: int, in_force: int, to_come: int, ended: int) -> str:
    """4: 2 in force, 2 ended. Restricted orders are in no count."""
    parts = [f"{number} {word}" for number, word in ((in_force, "in force"), (to_come, "not yet in force"), (ended, "ended")) if number]
    return f"{total}: {', '.join(parts)}" if parts else "0"


def _card(case: OrderFacts, protects: Sequence[str], next_due: Mapping[str, DeadlineWords], today: date) -> dict[str, Any]:
    """What the order_card component shows."""
    order, ends = case.order, ends_on(case.order_type, case.facts)
    served, begins = served_fact(case, today), begins_fact(case)
    return {
        "ref": order.reference,
        "href": url_for("orders.show", reference=order.reference),
        "kind": upper_first(case.order_type.name),
        "state": status_on(case.order_type, case.facts, today).value,
        "made_word": "Authorised" if case.order_type.is_notice else "Made",
        "made": day(order.made_on) or "Not yet",
        "served": served.answer,
        "served_note": lower_first(served.note),
        "begins": begins.answer,
        "ends": ends.words if ends else "Not begun",
        "left": days_left(ends.on, today) if ends and ends.on else "",
        "court": order.court,
        "protects": ", ".join(protects),
        "conditions": _conditions(case),
        "breaches": _breaches(case),
        "next": next_words(next_due.get(order.reference)),
    }


def _conditions(case: OrderFacts) -> str:
    """3 prohibitions; where there are both, 5: 4 prohibitions, 1 requirement."""
    conditions = [c for c in case.order.conditions if is_current(c, case.order.version_number)]
    requirements = sum(c.kind == "requirement" for c in conditions)
    counted = ((len(conditions) - requirements, "prohibition"), (requirements, "requirement"))
    kinds = [plural(number, word) for number, word in counted if number]
    return f"{len(conditions)}: {', '.join(kinds)}" if len(kinds) > 1 else "".join(kinds)


def _breaches(case: OrderFacts) -> str:
    """2 reported, 1 arrest: two numbers, because an arrest is not a breach more."""
    found = breach_numbers([(case.order.person_id, case.facts)])
    arrests = [plural(found.arrests, "arrest")] if found.arrests else []
    return ", ".join([f"{found.reported} reported" if found.reported else "None reported", *arrests])


def next_words(due: DeadlineWords | None) -> Markup | str:
    """The line of a card about what falls due next on the record; empty where nothing does."""
    if due is None:
        return ""
    said = '<strong>Next:</strong> {}, {} {} <span class="app-muted">({})</span>'
    return Markup(said).format(due.what, due.prefix, due.when, RULES[due.rule])


def _row(case: OrderFacts, protects: Sequence[str], today: date) -> dict[str, Any]:
    """An order as a row: when it was made, and when and how it ended or is to end."""
    order, ends = case.order, ends_on(case.order_type, case.facts)
    closed = f", {EVENT_WORDS[ends.closed_by.kind].happened.lower()}" if ends and ends.closed_by else ""
    last = ends.on if ends and ends.on else order.ended_on
    return {
        "href": url_for("orders.show", reference=order.reference),
        "name": order.reference,
        "kind": upper_first(case.order_type.name),
        "made": day(order.made_on),
        "ends": f"{day(last)}{closed}" if last else ends.words if ends else "Not begun",
        "protects": ", ".join(protects),
        "state": status_on(case.order_type, case.facts, today).value,
    }

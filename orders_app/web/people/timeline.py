"""A person's timeline in words: what happened to their records, and every change to what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from orders_app.queries.facts import OrderFacts, rule_event
from orders_app.queries.registration_facts import RegistrationCase
from orders_app.rules.london import london_day
from orders_app.web.filters import iso
from orders_app.web.orders.event_words import EVENT_WORDS, detail_lines, happened_words, when_words
from orders_app.web.record_pages import PAGES

SHOWN = 12
ORDERS, REGISTRATION, BREACHES, DETAILS = "orders", "registration", "breaches", "details"
PARTS = (("", "All"), (ORDERS, "Orders"), (REGISTRATION, "Registration"), (BREACHES, "Breaches"), (DETAILS, "Details"))
CHANGE_WORDS = {
    "people": "Details", "aliases": "Name", "identifiers": "Number", "addresses": "Address", "markers": "Warning",
    "custody_periods": "Custody", "access_grants": "Who may open this record",
}  # fmt: skip


@dataclass(frozen=True)
class RecordEvents:
    """What happened to one record: its reference, the address of its page, the part of the timeline it belongs to."""

    reference: str
    href: str
    part: str
    events: Sequence[Any]


def timeline_page(items: Sequence[dict[str, Any]], part: str, *, is_whole: bool) -> dict[str, Any]:
    """The part of a timeline that is asked for: the latest entries of it, or all, with how many each part has."""
    counts = {key: sum(key in item["parts"] for item in items) for key, _ in PARTS}
    chosen = part if counts.get(part) else ""
    wanted = [item for item in items if chosen in item["parts"]]
    return {
        "items": wanted if is_whole else wanted[:SHOWN],
        "earlier": 0 if is_whole else max(0, len(wanted) - SHOWN),
        "part": chosen,
        "parts": [(key, words, counts[key], key == chosen) for key, words in PARTS if counts[key] or not key],
    }


def records_of(orders: Iterable[OrderFacts], registrations: Iterable[RegistrationCase]) -> list[RecordEvents]:
    """A person's records, as the timeline tells of them."""
    bound = [(case.order, ORDERS, case.events) for case in orders]
    registered = [(case.registration, REGISTRATION, case.events) for case in registrations]
    return [RecordEvents(row.reference, PAGES[row.kind].show(row.reference), part, events) for row, part, events in (*bound, *registered)]


def timeline_items(records: Iterable[RecordEvents], recorded_by: Mapping[int, str], changes: Iterable[Any]) -> list[dict[str, Any]]:
    """Everything that happened to this person's records, and every change to what is known of the person, newest first."""
    happened = [_event_item(record, event, recorded_by) for record in records for event in record.events]
    return sorted([*happened, *_change_items(changes)], key=lambda item: item["place"], reverse=True)


def _event_item(record: RecordEvents, event: Any, recorded_by: Mapping[int, str]) -> dict[str, Any]:
    words = happened_words(rule_event(event))
    mark = EVENT_WORDS[rule_event(event).kind].mark
    lines = [*detail_lines(event.details), *event.note.splitlines()]
    return {
        "title": Markup('{}: <a class="govuk-link" href="{}">{}</a>').format(words, record.href, record.reference),
        "by": recorded_by.get(event.id, "Orderwatch"),
        "when": when_words(event.happened_on, event.happened_at),
        "iso": iso(event.happened_at or event.happened_on),
        "body": Markup().join(Markup("<p>{}</p>").format(line) for line in lines if line),
        "mark": mark,
        "place": (event.happened_on, event.happened_at.timestamp() if event.happened_at else 0.0, event.id),
        "parts": ("", record.part, BREACHES) if mark else ("", record.part),
    }


def _change_items(changes: Iterable[Any]) -> list[dict[str, Any]]:
    """One entry for each piece of work, naming what it changed."""
    grouped: dict[tuple[Any, ...], list[Any]] = {}
    for change in changes:
        grouped.setdefault((change.at, change.actor, change.action), []).append(change)
    return [_change_item(rows) for rows in grouped.values()]


def _change_item(rows: Sequence[Any]) -> dict[str, Any]:
    first = rows[-1]
    touched = dict.fromkeys(CHANGE_WORDS[row.subject_type] for row in rows if set(row.changes) - {"changed_at", "version"})
    is_new = any(row.subject_type == "people" and "reference" in row.changes for row in rows)
    title = "Person recorded" if is_new else f"Changed: {', '.join(touched).lower() or 'details'}"
    return {
        "title": title,
        "by": first.actor,
        "when": when_words(london_day(first.at), first.at),
        "iso": iso(first.at),
        "body": Markup("<p>{}</p>").format(first.reason) if first.reason else "",
        "place": (london_day(first.at), first.at.timestamp(), first.id),
        "parts": ("", DETAILS),
    }

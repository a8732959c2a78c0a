"""The person page in words: what needs attention, orders, timeline, addresses, people in these records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from orders_app.queries.facts import OrderFacts, is_current, rule_event
from orders_app.queries.people import AddressDetails, CustodyDetails, WholePerson
from orders_app.queries.person_page import DueForPerson, Linked
from orders_app.rules.access import Access
from orders_app.rules.orders import FINISHED, LIVE, ends_on, status_on
from orders_app.rules.people import ADDRESS_WORDS, CUSTODY_WORDS, AddressKind, CustodyKind
from orders_app.web.deadline_words import stored_deadline_words
from orders_app.web.filters import day, day_short, days_left, iso, london_day, person_name, plural, upper_first
from orders_app.web.orders.event_words import EVENT_WORDS, detail_lines, happened_words, when_words
from orders_app.web.people.banner import address_words

TIMELINE_SHOWN = 12


def attention_rows(due: Iterable[DueForPerson], reader_id: int | None, now: datetime) -> list[dict[str, Any]]:
    """Deadlines that need attention, earliest first: the tag, its state, and whose it is."""
    return [
        {
            "words": stored_deadline_words(row.deadline, now),
            "why": url_for("orders.show", reference=row.record_reference) + "#deadlines",
            "order": row.record_reference,
            "order_href": url_for("orders.show", reference=row.record_reference),
            **_state(row, reader_id),
        }
        for row in due
    ]


def _state(row: DueForPerson, reader_id: int | None) -> dict[str, str]:
    assigned = row.deadline.assigned_to
    whose = "" if assigned is None else "yours" if assigned.id == reader_id else f"with {assigned.display_name}"
    if row.alert is None:
        return {"state": "Open", "whose": whose}
    if row.alert.escalated_at:
        to = row.alert.escalated_to
        return {"state": "Escalated", "whose": f"to {to.display_name}" if to else whose}
    return {"state": "Acknowledged" if row.alert.acknowledged_at else "Open", "whose": whose}


def order_parts(
    cases: Sequence[OrderFacts], protected: Iterable[Linked], due: Iterable[DueForPerson], today: date, now: datetime
) -> dict[str, Any]:
    """Cards for orders that have not ended, rows for those that have, and how many of each."""
    names: dict[str, list[str]] = {}
    for linked in protected:
        names.setdefault(linked.order_reference, []).append(f"{linked.forenames} {linked.surname}".strip())
    next_due = {row.record_reference: stored_deadline_words(row.deadline, now) for row in reversed(list(due))}
    with_status = [(case, status_on(case.order_type, case.facts, today)) for case in cases]
    live = [case for case, status in with_status if status not in FINISHED]
    in_force = sum(status in LIVE for _, status in with_status)
    ended = [case for case, status in with_status if status in FINISHED]
    return {
        "cards": [order_card(case, names.get(case.order.reference, []), next_due.get(case.order.reference), today) for case in live],
        "ended": [ended_row(case, names.get(case.order.reference, []), today) for case in ended],
        "count": counts_words(len(cases), in_force, len(live) - in_force, len(ended)),
    }


def counts_words(total: int, in_force: int, to_come: int, ended: int) -> str:
    """4: 2 in force, 2 ended. Restricted orders are in no count."""
    parts = [f"{number} {word}" for number, word in ((in_force, "in force"), (to_come, "not yet in force"), (ended, "ended")) if number]
    return f"{total}: {', '.join(parts)}" if parts else "0"


def order_card(case: OrderFacts, protects: Sequence[str], due: Any, today: date) -> dict[str, Any]:
    """What the order_card component shows."""
    order, ends = case.order, ends_on(case.order_type, case.facts)
    conditions = [c for c in order.conditions if is_current(c, order.version_number)]
    requirements = sum(c.kind == "requirement" for c in conditions)
    kinds = ", ".join(plural(n, word) for n, word in ((len(conditions) - requirements, "prohibition"), (requirements, "requirement")) if n)
    return {
        "ref": order.reference,
        "href": url_for("orders.show", reference=order.reference),
        "kind": upper_first(case.order_type.name),
        "state": status_on(case.order_type, case.facts, today).value,
        "made": day(order.made_on) or "Not yet",
        "served": day(order.served_on) or ("Not served" if case.order_type.needs_service else "Not needed"),
        "begins": day(order.in_force_from) or "Not in force",
        "ends": ends.words if ends else "Not begun",
        "left": days_left(ends.on, today) if ends and ends.on else "",
        "court": order.court,
        "protects": ", ".join(protects),
        "conditions": f"{len(conditions)}: {kinds}" if conditions else "",
        "next": _next(due) if due else "",
    }


def _next(due: Any) -> Markup:
    rule = {"law": "law", "guidance": "guidance", "policy": "local policy"}[due.rule]
    return Markup('<strong>Next:</strong> {}, {} {} <span class="app-muted">({})</span>').format(due.what, due.prefix, due.when, rule)


def ended_row(case: OrderFacts, protects: Sequence[str], today: date) -> dict[str, Any]:
    """An order that is over, as a row."""
    order, ends = case.order, ends_on(case.order_type, case.facts)
    closed = f", {EVENT_WORDS[ends.closed_by.kind].happened.lower()}" if ends and ends.closed_by else ""
    last = ends.on if ends and ends.on else order.ended_on
    return {
        "href": url_for("orders.show", reference=order.reference),
        "name": order.reference,
        "kind": upper_first(case.order_type.name),
        "made": day(order.made_on),
        "ended": f"{day(last)}{closed}",
        "protects": ", ".join(protects),
        "state": status_on(case.order_type, case.facts, today).value,
    }


def timeline_items(cases: Iterable[OrderFacts], recorded_by: Mapping[int, str], changes: Iterable[Any]) -> list[dict[str, Any]]:
    """Everything that happened to this person's records, and every change to what is known of the person, newest first."""
    happened = [_event_item(case, event, recorded_by) for case in cases for event in case.events]
    return sorted([*happened, *_change_items(changes)], key=lambda item: item["place"], reverse=True)


def _event_item(case: OrderFacts, event: Any, recorded_by: Mapping[int, str]) -> dict[str, Any]:
    words = happened_words(rule_event(event))
    lines = [*detail_lines(event.details), *event.note.splitlines()]
    return {
        "title": f"{words}: {case.order.reference}",
        "by": recorded_by.get(event.id, "Orderwatch"),
        "when": when_words(event.happened_on, event.happened_at),
        "iso": iso(event.happened_at or event.happened_on),
        "body": Markup().join(Markup("<p>{}</p>").format(line) for line in lines if line),
        "mark": EVENT_WORDS[rule_event(event).kind].mark,
        "place": (event.happened_on, event.happened_at.timestamp() if event.happened_at else 0.0, event.id),
        "kind": "orders",
    }


CHANGE_WORDS = {
    "people": "Details", "aliases": "Name", "identifiers": "Number", "addresses": "Address", "markers": "Warning",
    "custody_periods": "Custody", "access_grants": "Who may open this record",
}  # fmt: skip


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
        "kind": "details",
    }


def address_rows(person: WholePerson) -> list[dict[str, str]]:
    """Addresses, current ones first, each with what it is and since when."""
    return [
        {"where": address_words(a), "rest": address_rest(a), "is_current": "yes" if a.until_on is None else ""}
        for a in person.addresses_by_day()
    ]


def address_rest(address: AddressDetails) -> str:
    """Home, from 17 November 2026. Found by police, not notified."""
    kind = ADDRESS_WORDS[AddressKind(address.kind)]
    dates = from_to(address.from_on, address.until_on)
    return ". ".join(
        part for part in (f"{kind}, {dates}" if dates else kind, address.source, "Notified" if address.is_notified else "") if part
    )


def from_to(from_on: date | None, until_on: date | None) -> str:
    """From 1 June 2026; 9 October 2025 to 17 November 2026; to 3 May 2022."""
    if from_on and until_on:
        return f"{day_short(from_on)} to {day_short(until_on)}"
    return f"from {day_short(from_on)}" if from_on else f"to {day_short(until_on)}" if until_on else ""


def custody_rows(person: WholePerson) -> list[dict[str, str]]:
    """Custody, latest first."""
    return [
        {"what": CUSTODY_WORDS[CustodyKind(c.kind)], "rest": custody_period(c)}
        for c in sorted(person.custody, key=lambda c: c.from_on, reverse=True)
    ]


def custody_period(custody: CustodyDetails) -> str:
    """HMP Stonewick, from 3 May 2026. Release expected 18 January 2027."""
    period = from_to(custody.from_on, custody.until_on)
    parts = [f"{custody.place}, {period}" if custody.place else upper_first(period)]
    if custody.until_on is None and custody.expected_release_on:
        parts.append(f"Release expected {day_short(custody.expected_release_on)}")
    if custody.licence_until_on:
        parts.append(f"Licence to {day_short(custody.licence_until_on)}")
    return ". ".join(parts)


def linked_rows(linked: Iterable[Linked], role: str) -> list[dict[str, str]]:
    """People in these records, each once, with their role in each order."""
    people: dict[str, Linked] = {}
    grouped: dict[str, list[str]] = {}
    for one in linked:
        people.setdefault(one.reference, one)
        grouped.setdefault(one.reference, []).append(one.order_reference)
    return [
        {
            "name": person_name(people[reference].surname, people[reference].forenames),
            "href": url_for("people.show", reference=reference),
            "rest": f"{role}, {', '.join(found)}",
        }
        for reference, found in grouped.items()
    ]


def access_words(person: WholePerson) -> str:
    """Nothing for a person open to all."""
    match person.access:
        case Access.RESTRICTED:
            return "Restricted: colleagues not named here see only that somebody is held."
        case Access.SEALED:
            return "Never listed: for colleagues not named here this person does not exist."
    return ""

"""The boxes beside a person's timeline in words: checks, addresses, custody, people in these records, and who may open it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import url_for

from orders_app.queries.facts import OrderFacts
from orders_app.queries.people import AddressDetails, CustodyDetails, WholePerson
from orders_app.queries.person_page import Linked
from orders_app.rules.access import Access
from orders_app.rules.breaches import breach_numbers
from orders_app.rules.facts import EventKind
from orders_app.rules.people import ADDRESS_WORDS, CUSTODY_WORDS, AddressKind, CustodyKind
from orders_app.web.filters import day_short, person_name, plural, upper_first
from orders_app.web.orders.order_rows import CHECK_TAGS
from orders_app.web.people.banner import address_words

CHECKS_SHOWN = 3
REFERENCES_SHOWN = 6


def compliance(cases: Sequence[OrderFacts]) -> dict[str, Any] | None:
    """The last checks of whether the conditions are kept, and how many checks and breach reports there were. None without a check."""
    events = [(event, case.order.reference) for case in cases for event in case.events]
    checks = sorted(
        ((event, reference) for event, reference in events if event.kind == EventKind.COMPLIANCE_CHECKED),
        key=lambda check: (check[0].happened_on, check[0].id),
    )
    if not checks:
        return None
    first_on = checks[0][0].happened_on
    last = [_check(event, reference) for event, reference in reversed(checks[-CHECKS_SHOWN:])]
    return {"last": last, "count": f"{plural(len(checks), 'check')} since {day_short(first_on)}, {_breaches(cases)}"}


def _breaches(cases: Sequence[OrderFacts]) -> str:
    """3 breaches reported on 2 orders, 1 arrest: each number under its own name."""
    found = breach_numbers([(case.order.person_id, case.facts) for case in cases])
    reported = f"{plural(found.reported, 'breach', 'breaches')} reported on {plural(found.orders, 'order')}"
    arrests = [plural(found.arrests, "arrest")] if found.arrests else []
    return ", ".join([reported if found.reported else "no breach reported", *arrests])


def _check(event: Any, reference: str) -> dict[str, str]:
    """One check: the worst that was found of any condition, and how many were kept."""
    found = [str(value) for key, value in event.details.items() if key.startswith("condition_")] or [str(event.details.get("result", ""))]
    worst = next((CHECK_TAGS[state] for state in ("in_part", "not_checked") if state in found), CHECK_TAGS.get(found[0], "Checked"))
    kept = f"{found.count('complied')} of {len(found)}" if len(found) > 1 else ""
    return {"on": day_short(event.happened_on), "order": reference, "state": worst, "kept": kept}


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
            "rest": f"{role}, {_some(found)}",
        }
        for reference, found in grouped.items()
    ]


def _some(references: Sequence[str]) -> str:
    more = len(references) - REFERENCES_SHOWN
    return ", ".join(references[:REFERENCES_SHOWN]) + (f" and {plural(more, 'other order')}" if more > 0 else "")


def access_words(person: WholePerson) -> str:
    """Nothing for a person open to all."""
    match person.access:
        case Access.RESTRICTED:
            return "Restricted: colleagues not named here see only that somebody is held."
        case Access.SEALED:
            return "Sealed, never listed: for colleagues not named here this person does not exist."
    return ""

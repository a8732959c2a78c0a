"""People of a list in words: who they are, where, why they were found, and what stands against them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from orders_app.queries.duplicates import twins_among
from orders_app.queries.people import WholePerson
from orders_app.queries.search import FoundPerson, OrderCounts, Reason
from orders_app.rules.identifiers import LABELS, IdentifierKind
from orders_app.rules.people import CustodyKind
from orders_app.web.filters import born, day_short, lower_first, person_name, plural, upper_first
from orders_app.web.people.banner import address_words
from orders_app.web.record_pages import ORDER, PAGES

CUSTODY_TAGS = {CustodyKind.RECALL: "Recalled"}


def result_rows(found: Sequence[FoundPerson], today: date, *, may_see_orders: bool) -> list[dict[str, Any]]:
    """The people of one page of a search, each with the one above it that may be the same person."""
    twins = twins_among([one.person for one in found])
    return [_result_row(one, today, may_see_orders) | {"twin": _twin_words(twins.get(one.person.id))} for one in found]


def recent_row(person: WholePerson, today: date) -> dict[str, Any]:
    """One person as a row: name, birth, numbers, and where they are or were."""
    where, since = _where(person, today)
    return {
        "reference": person.reference,
        "name": person_name(person.surname, person.forenames),
        "born": f"Born {born(person.born_on, today)}" if person.born_on else "Date of birth not known",
        "numbers": _numbers(person),
        "where": where,
        "since": since,
    }


def _result_row(found: FoundPerson, today: date, may_see_orders: bool) -> dict[str, Any]:
    person, orders = found.person, found.orders
    custody, warnings = person.custody_now(today), len(person.live_markers(today))
    state, words = _orders(orders)
    return recent_row(person, today) | {
        "because": [(reason.words, _href(reason, may_see_orders)) for reason in found.because],
        "custody": CUSTODY_TAGS.get(CustodyKind(custody.kind), "In custody") if custody else "",
        "state": state,
        "orders": words,
        "warnings": plural(warnings, "warning") if warnings else "",
        "card_href": url_for("orders.patrol_card", reference=person.reference) if orders.in_force and may_see_orders else "",
    }


def _href(reason: Reason, may_see_orders: bool) -> str:
    """The page of the record by which somebody was found."""
    kind, reference = reason.record
    return PAGES[kind].show(reference) if reference and (may_see_orders or kind != ORDER) else ""


def _orders(orders: OrderCounts) -> tuple[str, str]:
    """A tag for the orders that matter most, and how many there are."""
    if orders.in_force:
        more = f", {orders.to_come} not in force yet" if orders.to_come else ""
        return "In force", plural(orders.in_force, "order") + more
    if orders.to_come:
        return "", f"{plural(orders.to_come, 'order')} not in force yet"
    return ("Ended", plural(orders.ended, "order")) if orders.ended else ("", "No orders")


def _where(person: WholePerson, today: date) -> tuple[str, str]:
    """The prison or the address, and since when or until when."""
    custody = person.custody_now(today)
    if custody and custody.place:
        return custody.place, f"Release expected {day_short(custody.expected_release_on)}" if custody.expected_release_on else ""
    address = next(iter(person.addresses_by_day()), None)
    if address is None:
        return "No address recorded", ""
    if address.until_on:
        return address_words(address), f"To {day_short(address.until_on)}"
    return address_words(address), f"From {day_short(address.from_on)}" if address.from_on else ""


def _numbers(person: WholePerson) -> str:
    held = [f"{LABELS[IdentifierKind(i.kind)]} {i.value}" for i in person.identifiers]
    has_pnc = any(i.kind == IdentifierKind.PNC for i in person.identifiers)
    return ", ".join(held if has_pnc else ["No PNC number", *held])


def _twin_words(twin: tuple[WholePerson, tuple[str, ...]] | None) -> str:
    if twin is None:
        return ""
    other, reasons = twin
    said = "; ".join(lower_first(reason) for reason in reasons)
    return upper_first(f"{said}, as {person_name(other.surname, other.forenames)}, {other.reference}")

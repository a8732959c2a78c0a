"""A person's registrations in words: a card for each, with what falls due next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from orders_app.queries.registration_facts import RegistrationCase
from orders_app.rules.facts import EventKind
from orders_app.rules.registrations.status import status_on
from orders_app.web.deadline_words import DeadlineWords
from orders_app.web.filters import lower_first, plural
from orders_app.web.people.order_cards import next_words
from orders_app.web.record_pages import PAGES
from orders_app.web.registrations.registration_words import ends_fact, since_fact, whereabouts_fact


def registration_cards(cases: Iterable[RegistrationCase], next_due: Mapping[str, DeadlineWords], today: date) -> list[dict[str, Any]]:
    """What the registration_card component shows of each."""
    return [_card(case, next_due, today) for case in cases]


def _card(case: RegistrationCase, next_due: Mapping[str, DeadlineWords], today: date) -> dict[str, Any]:
    facts = (since_fact(case.facts), ends_fact(case, today), whereabouts_fact(case.facts, today))
    row, breaches = case.registration, len(case.facts.of(EventKind.BREACH_REPORTED))
    return {
        "ref": row.reference,
        "href": PAGES[row.kind].show(row.reference),
        "state": status_on(case.facts, today).value,
        "facts": [replace(fact, note=lower_first(fact.note)) for fact in facts],
        "breaches": f"{plural(breaches, 'possible breach', 'possible breaches')} reported" if breaches else "None reported",
        "next": next_words(next_due.get(row.reference)),
    }

"""Where somebody said they live: a home, or no sole or main residence and a place where they can regularly be found."""

from __future__ import annotations

from datetime import date

from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.facts import RegistrationFacts

NO_RESIDENCE = "none"


def has_no_residence(facts: RegistrationFacts, day: date) -> bool:
    """Whether the last home address notified by that day was a place where the person may be found, s.85(6)."""
    return _said_last([event for event in facts.of(E.NOTIFIED) if event.on <= day])


def had_no_residence(facts: RegistrationFacts, notification: Event) -> bool:
    """The same, as of one notification and with what it said."""
    given = facts.of(E.NOTIFIED)
    place = next(number for number, event in enumerate(given) if event.id == notification.id)
    return _said_last(given[: place + 1])


def _said_last(notifications: list[Event]) -> bool:
    said = [event.details["residence"] for event in notifications if event.details.get("residence")]
    return bool(said) and said[-1] == NO_RESIDENCE

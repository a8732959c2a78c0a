"""When somebody was in custody under an order of a court, in hospital or outside the United Kingdom: time that does not count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orders_app.rules.away import Away
from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.facts import RegistrationFacts, detail_day

COUNTS_ON = "police"  # detention at a police station is no time away: it is not by order of a court
CUSTODY_WORDS = {
    "remand": "on remand",
    "sentence": "serving a sentence",
    "recall": "recalled to prison",
    "hospital": "detained in hospital",
}
ABROAD = "outside the United Kingdom"


def time_away(facts: RegistrationFacts) -> tuple[Away, ...]:
    """Every span that does not count, earliest first. Spans that touch or overlap are one: moving to prison is no release."""
    joined: list[Away] = []
    for span in sorted([*_custody(facts), *_abroad(facts)], key=lambda span: span.from_on):
        last = joined[-1] if joined else None
        if last and (last.until_on is None or span.from_on <= last.until_on):
            joined[-1] = Away(last.from_on, _later(last.until_on, span.until_on), _both(last.what, span.what))
        else:
            joined.append(span)
    return tuple(joined)


def releases(facts: RegistrationFacts) -> list[Event]:
    """The events by which the person came out of custody or hospital. One who only moved from one to another was not released."""
    in_custody = time_away(RegistrationFacts(tuple(facts.of(E.CUSTODY_STARTED, E.CUSTODY_ENDED))))
    ended = {event.on: event for event in facts.of(E.CUSTODY_ENDED)}
    return [ended[span.until_on] for span in in_custody if span.until_on in ended]


def _custody(facts: RegistrationFacts) -> list[Away]:
    """Each period of custody: from its start to the end that names it, or to the next end that names none."""
    found: list[tuple[Event, date | None]] = []
    begun: dict[str, Event] = {}
    for event in facts.of(E.CUSTODY_STARTED, E.CUSTODY_ENDED):
        key = event.details.get("period", "")
        if event.kind is E.CUSTODY_STARTED:
            begun.setdefault(key, event)
        else:
            found += [(begun.pop(ended), event.on) for ended in _ended_with(key, begun)]
    found += [(event, None) for event in begun.values()]
    return [_span(started, until_on) for started, until_on in found if started.details.get("custody_kind") != COUNTS_ON]


def _ended_with(key: str, begun: Mapping[str, Event]) -> list[str]:
    """The period that an end names; without a name, the one without a name, else all there are."""
    if key in begun:
        return [key]
    return [] if key else list(begun)


def _abroad(facts: RegistrationFacts) -> list[Away]:
    """From leaving to coming back. A return with no leaving recorded goes back to the journey that was planned."""
    found: list[Away] = []
    left: date | None = None
    for event in facts.of(E.LEFT_UK, E.RETURNED_TO_UK):
        if event.kind is E.LEFT_UK:
            left = left or event.on
            continue
        begun = left or _planned_departure(facts, event.on)
        if begun:
            found.append(Away(begun, event.on, ABROAD))
        left = None
    return [*found, *([Away(left, None, ABROAD)] if left else [])]


def _planned_departure(facts: RegistrationFacts, back_on: date) -> date | None:
    departs = [detail_day(event, "departs") for event in facts.of(E.TRAVEL_PLANNED, E.TRAVEL_CHANGED, E.TRAVEL_NOTIFIED)]
    return max((day for day in departs if day and day <= back_on), default=None)


def _span(started: Event, until_on: date | None) -> Away:
    return Away(started.on, until_on, CUSTODY_WORDS.get(started.details.get("custody_kind", ""), "in custody"))


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _both(one: str, other: str) -> str:
    return one if other in one.split(", ") else f"{one}, {other}"

"""Stays away from home: when seven days at one place are complete, at once or together within twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import MonthsBeginningWith
from orders_app.rules.registrations.facts import RegistrationFacts, detail_day
from orders_app.rules.wording import ONE_DAY

QUALIFYING_DAYS = 7
WITHIN = MonthsBeginningWith(12)


@dataclass(frozen=True)
class QualifyingStay:
    """A qualifying period at one place: the stay in which it was completed, and the day."""

    event: Event
    completed_on: date


def completed_stays(facts: RegistrationFacts) -> list[QualifyingStay]:
    """The first qualifying period at each place whose address had not been notified, earliest first.

    A stay with no last day recorded goes on.
    """
    by_place: dict[str, list[Event]] = {}
    for stay in facts.of(E.STAYED):
        by_place.setdefault(_place(stay), []).append(stay)
    found = [_completed(stays) for place, stays in by_place.items() if not _is_known(facts, place, stays[0].on)]
    return sorted([stay for stay in found if stay], key=lambda stay: (stay.completed_on, stay.event.id))


def _completed(stays: list[Event]) -> QualifyingStay | None:
    days: list[date] = []
    for stay in stays:
        for day in _days_of(stay):
            days = [*(earlier for earlier in days if earlier != day and day <= WITHIN.last_day(earlier)), day]
            if len(days) == QUALIFYING_DAYS:
                return QualifyingStay(stay, day)
    return None


def _days_of(stay: Event) -> list[date]:
    """Its days, as many as can matter."""
    last = detail_day(stay, "until")
    most = [stay.on + timedelta(days=number) for number in range(QUALIFYING_DAYS)]
    return [day for day in most if last is None or day < last + ONE_DAY]


def _place(event: Event) -> str:
    return " ".join(event.details.get("premises", "").casefold().replace(",", " ").split())


def _is_known(facts: RegistrationFacts, place: str, first_day: date) -> bool:
    """Whether the address had been notified before the first of these stays."""
    return any(_place(event) == place for event in facts.of(E.NOTIFIED) if place and event.on < first_day)

"""Where a registration, and the person, stand on a day. Nothing of it is stored: it follows from dated facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from orders_app.rules.away import Away, span_over
from orders_app.rules.registrations.bases import subject_since
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.time_away import ABROAD, time_away


class RegistrationStatus(StrEnum):
    """The words of the status tag."""

    NOT_YET = "Not yet registered"
    REGISTERED = "Registered"
    ENDED = "Ended"


class Whereabouts(StrEnum):
    """Whether the clocks run for somebody: at liberty they do."""

    AT_LIBERTY = "at_liberty"
    CUSTODY = "custody"
    ABROAD = "abroad"


@dataclass(frozen=True)
class RegistrationDates:
    """All that the status depends on, as dates: the same questions can be asked of columns in SQL."""

    registered_from: date | None
    last_day: date | None
    closed_on: date | None


def registration_dates(facts: RegistrationFacts) -> RegistrationDates:
    """The dated facts behind the status."""
    end = period_end(facts)
    closed = end.closed_by if end else None
    return RegistrationDates(subject_since(facts), end.last_day if end and not closed else None, closed.on if closed else None)


def status_from(dates: RegistrationDates, day: date) -> RegistrationStatus:
    """The status on a day. A closing event counts from its own day, a last day until 24:00."""
    if dates.closed_on is not None and dates.closed_on <= day:
        return RegistrationStatus.ENDED
    if dates.registered_from is None or day < dates.registered_from:
        return RegistrationStatus.NOT_YET
    return RegistrationStatus.ENDED if dates.last_day is not None and day > dates.last_day else RegistrationStatus.REGISTERED


def status_on(facts: RegistrationFacts, day: date) -> RegistrationStatus:
    """The status on a day, from everything recorded."""
    return status_from(registration_dates(facts), day)


def away_on(facts: RegistrationFacts, day: date) -> Away | None:
    """The time away that a day falls in."""
    return span_over(time_away(facts), day)


def whereabouts_on(facts: RegistrationFacts, day: date) -> Whereabouts:
    """At liberty, in custody or hospital, or abroad."""
    span = away_on(facts, day)
    if span is None:
        return Whereabouts.AT_LIBERTY
    return Whereabouts.ABROAD if span.what == ABROAD else Whereabouts.CUSTODY

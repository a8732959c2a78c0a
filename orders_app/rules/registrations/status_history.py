"""Every state that a registration has been in and will be in, each with the day it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.status import RegistrationStatus, registration_dates, status_from
from orders_app.rules.wording import ONE_DAY


@dataclass(frozen=True)
class RegistrationStateFrom:
    """A state, and the first day of it."""

    on: date
    status: RegistrationStatus


def status_history(facts: RegistrationFacts) -> list[RegistrationStateFrom]:
    """The states in the order in which they come."""
    dates = registration_dates(facts)
    after = dates.last_day + ONE_DAY if dates.last_day else None
    days = sorted({day for day in (dates.registered_from, after, dates.closed_on) if day})
    states = [RegistrationStateFrom(day, status_from(dates, day)) for day in days]
    return [state for before, state in zip([None, *states], states, strict=False) if before is None or before.status is not state.status]

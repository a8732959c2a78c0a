"""Notice given before a change: how far from the date specified the change may fall, and what is left to report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from orders_app.rules.facts import Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import DaysBeginningWith
from orders_app.rules.registrations.facts import RegistrationFacts, detail_day
from orders_app.rules.registrations.stays import completed_stays

MAY_BE_EARLY = timedelta(days=2)
MAY_FALL_WITHIN = DaysBeginningWith(3)
NAME, ADDRESS, STAY = "name", "address", "stay"
CHANGES = {NAME: E.NAME_CHANGED, ADDRESS: E.ADDRESS_CHANGED}
MAY_BE_NOTIFIED_AHEAD = (NAME, ADDRESS, STAY)


@dataclass(frozen=True)
class AdvanceNotice:
    """A notification that named a day to come."""

    event: Event
    of: str
    specified_on: date

    @property
    def earliest_on(self) -> date:
        """The first day on which the change may fall and still be covered."""
        return self.specified_on - MAY_BE_EARLY

    @property
    def latest_on(self) -> date:
        """The last such day."""
        return MAY_FALL_WITHIN.last_day(self.specified_on)

    def covers(self, day: date) -> bool:
        """Whether a change on this day needs no notification of its own."""
        return self.earliest_on <= day <= self.latest_on


def advance_notices(facts: RegistrationFacts) -> list[AdvanceNotice]:
    """Every notification given in advance, earliest first."""
    given = [(event, event.details.get("of", ADDRESS), detail_day(event, "specified_on")) for event in facts.of(E.NOTIFIED)]
    return [AdvanceNotice(event, of, on) for event, of, on in given if on and of in MAY_BE_NOTIFIED_AHEAD]


def is_covered(facts: RegistrationFacts, of: str, day: date) -> bool:
    """Whether notice given in advance covers a change of this kind on this day."""
    return any(notice.of == of and notice.event.on <= day and notice.covers(day) for notice in advance_notices(facts))


def not_happened(facts: RegistrationFacts) -> list[AdvanceNotice]:
    """Notices whose change is not known to have happened by the last day that they cover."""
    return [notice for notice in advance_notices(facts) if not _has_happened(facts, notice)]


def _has_happened(facts: RegistrationFacts, notice: AdvanceNotice) -> bool:
    return any(notice.event.on <= day <= notice.latest_on for day in _days(facts, notice))


def _days(facts: RegistrationFacts, notice: AdvanceNotice) -> Iterator[date]:
    if notice.of == STAY:
        yield from (stay.completed_on for stay in completed_stays(facts))
    else:
        yield from (event.on for event in facts.of(CHANGES[notice.of]))

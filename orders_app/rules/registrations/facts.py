"""What the rules know of one registration: what happened, when the person was born, and the orders that bear on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orders_app.rules.facts import Event, Recorded
from orders_app.rules.london import london_day
from orders_app.rules.wording import LONDON


@dataclass(frozen=True)
class HarmOrder:
    """A sexual harm prevention order, a sexual risk order or an interim one of the same person.

    `begins_on` is the day it was made, `last_day` its last day by all that is recorded, None while it has no end.
    `is_named` is false for a reader who may not know of it: its reference is then not said.
    """

    order_type: str
    begins_on: date
    last_day: date | None = None
    reference: str = ""
    is_named: bool = True

    @property
    def name(self) -> str:
        """What to call it: its reference, where the reader may know that."""
        return self.reference if self.reference and self.is_named else "a prevention order"

    def has_effect_on(self, day: date) -> bool:
        """Whether it was in effect on that day."""
        return self.begins_on <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True)
class RegistrationFacts(Recorded):
    """Everything the rules know about one registration.

    events   recorded and not voided, in any order. Details the rules read, all text, days as ISO:
             convicted, finding_made, cautioned, notice_given   `disposal` and `term_years`, `term_months`, `term_days`;
                 `of_breach_of`, the reference of the risk order that was breached (s.122I); `initial` is `before_records`
                 where the first notification was given before this record was begun
             notice_given     `relevant_on`, the day of the conviction, finding or caution abroad
             served           `reference`, the order that makes the person notify (s.103G)
             sentenced        `disposal` and the term, and `for`, the day of the conviction or finding where there are several
             notified         `type` 83, 84 or 85; `residence` none or address; `resets_annual` yes or no; `meets`, the duties meant;
                              `specified_on` and `of` (name, address or stay) for notice given in advance; `premises`
             stayed           `until`, the last day, and `premises`
             travel_planned, travel_changed, travel_notified    `departs`, a day or a moment, and `returns_on`
             new_name_planned, absence_planned, child_premises_planned    `from_on`, a day or a moment; `until`, the last day away
             custody_started, custody_ended    `custody_kind`, and `period`, which tells several apart
             review_refused   `next_from`, where a later day than the Act's was set
    born_on  None where not known: then the person counts as 18 or over
    orders   those of the same person that bear on the registration
    area     police area or local authority, for provisions in force in some areas only
    """

    events: tuple[Event, ...] = ()
    born_on: date | None = None
    orders: tuple[HarmOrder, ...] = ()
    area: str = ""


def moment_said(event: Event, name: str) -> tuple[date | None, datetime | None]:
    """A day kept with an event, and the moment where it is known; local time unless it says otherwise."""
    stated, day = event.details.get(name, ""), detail_day(event, name)
    if day is None or "T" not in stated:
        return day, None
    moment = datetime.fromisoformat(stated)
    at = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
    return london_day(at), at


def detail_day(event: Event, name: str) -> date | None:
    """A day kept with an event, if it is there."""
    stated = event.details.get(name, "")
    return date.fromisoformat(stated[:10]) if stated else None

"""What is known of a person, kept the same on their registration: custody, from which the clocks stand still, and age.

Custody is typed once, on the person or on an order. A registration has its own events of it, which follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlalchemy import select

from orders_app.models import CustodyPeriod, Event, Registration
from orders_app.rules.facts import EventKind as E
from orders_app.rules.people import CustodyKind
from orders_app.services.deadlines import sync_deadlines
from orders_app.services.events import keep_former, new_event
from orders_app.services.new_orders import NewEvent
from orders_app.services.work import Work

FROM_THE_PERSON = "From the person’s custody"
CORRECTED = "The person’s custody was corrected"
KINDS = (E.CUSTODY_STARTED, E.CUSTODY_ENDED)
Key = tuple[str, E]


def follow_person(work: Work, person_id: int) -> None:
    """Bring a person's running registrations in line with the person's custody and date of birth, and their deadlines with both."""
    work.session.flush()
    running = select(Registration).where(Registration.person_id == person_id, Registration.ended_on.is_(None))
    registrations = list(work.session.scalars(running))
    if not registrations:
        return
    periods, recorded = periods_of(work, [person_id]), _recorded(work, [row.id for row in registrations])
    for registration in registrations:
        _mirror(work, registration, periods[person_id], recorded[registration.id])
    work.session.flush()
    sync_deadlines(work, [row.id for row in registrations])


def custody_news(periods: Iterable[CustodyPeriod], since: date | None) -> list[NewEvent]:
    """Return what periods of custody are on a registration that runs from a day: those that had not ended by then.

    Detention at a police station is left out: it stops no clock.
    """
    bearing = [period for period in periods if period.kind != CustodyKind.POLICE]
    return [new for period in bearing if period.until_on is None or since is None or period.until_on >= since for new in _events_of(period)]


def periods_of(work: Work, people: Collection[int]) -> dict[int, list[CustodyPeriod]]:
    """Return the custody of people, by person."""
    found: dict[int, list[CustodyPeriod]] = defaultdict(list)
    for period in work.session.scalars(select(CustodyPeriod).where(CustodyPeriod.person_id.in_(people)).order_by(CustodyPeriod.id)):
        found[period.person_id].append(period)
    return found


def _mirror(work: Work, registration: Registration, periods: Iterable[CustodyPeriod], recorded: dict[Key, Event]) -> None:
    """Add, correct or strike out the custody events of one registration."""
    wanted = {(new.details["period"], new.kind): new for new in custody_news(periods, registration.registered_from)}
    for key, row in recorded.items():
        if key not in wanted:
            keep_former(work, row, CORRECTED)
            row.voided_at = work.now
        elif (row.happened_on, row.details) != (wanted[key].on, wanted[key].details):
            keep_former(work, row, CORRECTED)
            row.happened_on, row.details = wanted[key].on, dict(wanted[key].details)
    work.session.add_all(new_event(work, registration, new) for key, new in wanted.items() if key not in recorded)


def _events_of(period: CustodyPeriod) -> Iterator[NewEvent]:
    """The beginning of a period, and its end if it has ended."""
    details = {"period": str(period.id), "custody_kind": period.kind, "place": period.place}
    days: tuple[tuple[E, date | None], ...] = ((E.CUSTODY_STARTED, period.from_on), (E.CUSTODY_ENDED, period.until_on))
    yield from (NewEvent(kind, on, details=details, note=FROM_THE_PERSON) for kind, on in days if on)


def _recorded(work: Work, registration_ids: Collection[int]) -> dict[int, dict[Key, Event]]:
    """Custody events that follow a period, by registration; those without one were typed by somebody and are left alone."""
    found: dict[int, dict[Key, Event]] = defaultdict(dict)
    rows = select(Event).where(Event.record_id.in_(registration_ids), Event.kind.in_(KINDS), Event.voided_at.is_(None))
    for row in work.session.scalars(rows.order_by(Event.id)):
        if row.details.get("period"):
            found[row.record_id][(row.details["period"], E(row.kind))] = row
    return found

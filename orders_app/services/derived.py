"""What follows from a record's facts: its duties, and the columns that lists sort and filter by. Written by services.deadlines."""

from __future__ import annotations

from datetime import date

from orders_app.models import Record
from orders_app.queries.facts import OrderFacts
from orders_app.queries.registration_facts import RegistrationCase
from orders_app.rules.duties import DueDuty, due_duties
from orders_app.rules.law import LawTables
from orders_app.rules.names import sorting_names
from orders_app.rules.orders import status_dates
from orders_app.rules.registrations.bases import subject_since
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.registrations.declaration import due_duties as registration_duties
from orders_app.rules.registrations.ends import period_end
from orders_app.rules.registrations.residence import has_no_residence
from orders_app.rules.registrations.status import whereabouts_on

Case = OrderFacts | RegistrationCase
# Days of a status that are columns of the same names.
SAME_IN_BOTH = (
    "considered_on", "referred_on", "authorised_on", "applied_on", "listed_on", "served_on", "in_force_from", "fully_in_force_from",
    "continued_on", "continued_until",
)  # fmt: skip


def record_of(case: Case) -> Record:
    """The row of a record that was loaded with its facts."""
    return case.registration if isinstance(case, RegistrationCase) else case.order


def type_of(case: Case) -> str:
    """The code of the order's type, or of any other kind of record."""
    return REGISTRATION.code if isinstance(case, RegistrationCase) else case.order_type.code


def duties_of(case: Case, law: LawTables) -> list[DueDuty]:
    """Everything that the record's facts ask for. Raises MissingTime and OutsideTable (rules)."""
    if isinstance(case, RegistrationCase):
        return registration_duties(case.facts, law)
    return due_duties(case.order_type, case.facts, law)


def columns_of(case: Case, today: date) -> dict[str, object]:
    """The derived columns of the record's row."""
    return registration_columns(case, today) if isinstance(case, RegistrationCase) else order_columns(case, today)


def order_columns(case: OrderFacts, today: date) -> dict[str, object]:
    """What lists of orders sort and filter by, and what queries.order_status asks. A notice counts as made when it was authorised."""
    dates = status_dates(case.order_type, case.facts)
    surname, forenames = sorting_names(case.order.person.surname, case.order.person.forenames)
    same: dict[str, object] = {name: getattr(dates, name) for name in SAME_IN_BOTH}
    return same | {
        "made_on": dates.authorised_on if case.order_type.is_notice else dates.begun_on,
        "ends_on": dates.closed_on if dates.closed_on and dates.begun_on else dates.last_day,
        "ended_on": _ended_on(dates.closed_on, dates.last_day, today),
        "closed_as": dates.closed_as.value if dates.closed_on else "",
        "subject_surname": surname,
        "subject_forenames": forenames,
    }


def registration_columns(case: RegistrationCase, today: date) -> dict[str, object]:
    """What lists of registered people sort and filter by, as things stand today."""
    end = period_end(case.facts)
    closed = end.closed_by if end else None
    last_day = end.ends.on if end else None
    return {
        "registered_from": subject_since(case.facts),
        "ends_on": last_day,
        "ended_on": _ended_on(closed.on if closed else None, last_day, today),
        "is_indefinite": bool(end and end.is_indefinite and not closed),
        "has_no_residence": has_no_residence(case.facts, today),
        "whereabouts": whereabouts_on(case.facts, today).value,
    }


def _ended_on(closed_on: date | None, last_day: date | None, today: date) -> date | None:
    return closed_on or (last_day if last_day and last_day < today else None)

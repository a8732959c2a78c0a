"""The registration an address names, or the page that says there is none: the same whether it is missing or not for this reader."""

from __future__ import annotations

from typing import Any

from orders_app.queries import people
from orders_app.queries.people import WholePerson
from orders_app.queries.registrations import WholeRegistration, find_registration
from orders_app.services.audit import record_view
from orders_app.services.errors import NotFound
from orders_app.web.filters import person_name
from orders_app.web.people.banner import banner_words
from orders_app.web.people.found import purpose_of, say_why_first
from orders_app.web.session import act, read_session, today, viewer


def registration_or_404(reference: str) -> WholeRegistration:
    """Return the registration with this reference. Raises NotFound, and PurposeWanted for one that is not open to all."""
    whole = find_registration(read_session(), viewer(), reference.strip().upper())
    if whole is None:
        raise NotFound(reference)
    if not whole.case.is_open_to_all:
        person = whole.registration.person
        say_why_first(person.id, person.reference)
    return whole


def registration_again(whole: WholeRegistration) -> WholeRegistration:
    """Return the registration as it is by now: somebody saved it while this request was under way."""
    read_session().rollback()
    return registration_or_404(whole.registration.reference)


def registered_person(whole: WholeRegistration) -> WholePerson:
    """Whoever is registered. Two statements."""
    person_id = whole.registration.person_id
    return people.people_with_keys(read_session(), viewer(), [person_id])[person_id]


def banner_of(whole: WholeRegistration) -> dict[str, Any]:
    """The banner of the registered person."""
    return banner_words(registered_person(whole), today())


def registration_title(whole: WholeRegistration) -> str:
    """The reference and the person, for the titles of pages."""
    person = whole.registration.person
    return f"{whole.registration.reference}: {person_name(person.surname, person.forenames)}"


def log_view(whole: WholeRegistration, what: str) -> None:
    """Log that the reader opened this page about a registration."""
    row = whole.registration
    with act("registration.viewed", reason="" if whole.case.is_open_to_all else purpose_of(row.person_id)) as work:
        record_view(work, person_id=row.person_id, record_id=row.id, what=what)

"""What an address names that can be closed: a person, an order or a registration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from orders_app.queries.restrictions import Naming, namings
from orders_app.services.restrictions import Closable
from orders_app.web.orders.found import banner_of, order_or_404
from orders_app.web.people.banner import banner_words
from orders_app.web.people.found import opened_person
from orders_app.web.registrations.found import banner_of as registered_person
from orders_app.web.registrations.found import registration_or_404
from orders_app.web.session import read_session, today


@dataclass(frozen=True)
class Subject:
    """A person, an order or a registration: what it is in addresses (`kind`) and to the service (`of`), and what its page shows."""

    kind: str
    of: Closable
    key: int
    reference: str
    called: str
    access: str
    version: int
    banner: dict[str, Any]
    href: str

    def namings(self) -> list[Naming]:
        """Everybody ever named on it."""
        about = {"person_id": self.key} if self.of is Closable.PERSON else {"record_id": self.key}
        return namings(read_session(), **about)


def subject_of(kind: str, reference: str) -> Subject:
    """Return what the address names. Raises NotFound, KnownOf, and PurposeWanted for what is not open to all."""
    return SUBJECTS[kind](reference)


def _person(reference: str) -> Subject:
    person = opened_person(reference)
    banner = banner_words(person, today())
    href = url_for("people.show", reference=person.reference)
    called = str(banner["name"])
    return Subject("people", Closable.PERSON, person.id, person.reference, called, person.access, person.version, banner, href)


def _order(reference: str) -> Subject:
    whole = order_or_404(reference)
    order, banner = whole.order, banner_of(whole)
    href = url_for("orders.show", reference=order.reference)
    return Subject("orders", Closable.RECORD, order.id, order.reference, order.reference, order.access, order.version, banner, href)


def _registration(reference: str) -> Subject:
    whole = registration_or_404(reference)
    row = whole.registration
    href = url_for("registrations.show", reference=row.reference)
    return Subject(
        "registrations", Closable.RECORD, row.id, row.reference, row.reference, row.access, row.version, registered_person(whole), href
    )


SUBJECTS: Mapping[str, Callable[[str], Subject]] = {"people": _person, "orders": _order, "registrations": _registration}

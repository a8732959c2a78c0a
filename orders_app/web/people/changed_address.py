"""An address that an order or a registration says somebody moved to, and that is not on the person’s own record yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_login import current_user

from orders_app.queries.facts import OrderFacts
from orders_app.queries.people import WholePerson
from orders_app.queries.registration_facts import RegistrationCase
from orders_app.rules.access import Permission
from orders_app.rules.addresses import find_postcode, is_said_by
from orders_app.rules.facts import EventKind
from orders_app.rules.people import AddressKind
from orders_app.web.filters import day

CHANGED = "changed"  # in the address of the form: take the answers from what a record says
Case = OrderFacts | RegistrationCase


@dataclass(frozen=True)
class MovedTo:
    """Where a record says that the person moved, since when, and how police know."""

    on: date
    address: str
    source: str
    record: str

    def answers(self) -> dict[str, Any]:
        """What the form of an address begins with."""
        postcode, lines = find_postcode(self.address)
        kept = {"lines": lines.strip(" ,"), "postcode": postcode, "from_on": self.on, "source": self.source}
        return kept | {"kind": AddressKind.HOME.value, "has_left_home": True}


def moved_to(person: WholePerson, cases: Iterable[Case]) -> MovedTo | None:
    """The last change of address that the records tell of; None where it is on the person’s record, or a later home is."""
    told = [(event, case) for case in cases for event in case.facts.of(EventKind.ADDRESS_CHANGED) if event.details.get("address")]
    if not told:
        return None
    event, case = max(told, key=lambda pair: pair[0].on)
    moved = MovedTo(event.on, event.details["address"], event.details.get("source", ""), case.record.reference)
    return None if any(_is_known(moved, address) for address in person.addresses) else moved


def address_prompt(person: WholePerson, cases: Iterable[Case]) -> dict[str, str]:
    """What to ask of a reader who may change the person: to record the address there. Empty where there is nothing to ask."""
    moved = moved_to(person, cases) if current_user.may(Permission.PERSON_EDIT) else None
    if moved is None:
        return {}
    href = url_for("people.add", reference=person.reference, kind="address", changed="yes")
    return {"address": moved.address, "when": day(moved.on), "record": moved.record, "href": href}


def _is_known(moved: MovedTo, address: Any) -> bool:
    is_later_home = address.kind == AddressKind.HOME and address.from_on is not None and address.from_on > moved.on
    return is_later_home or is_said_by(moved.address, address.lines, address.postcode)

"""Whether a row of the people sheet says anything that the person on file does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orders_app.queries.people import WholePerson
from orders_app.rules.names import words
from orders_app.services.new_people import NewAddress, NewDetail, NewIdentifier, NewPerson
from orders_app.services.person_checks import settled


def as_typed(new: NewPerson, today: date) -> tuple[NewPerson, tuple[NewIdentifier, ...], tuple[NewAddress, ...]]:
    """The row with its numbers and addresses as they would be kept."""
    details: tuple[NewDetail, ...] = (*new.identifiers, *new.addresses)
    kept = [settled(detail, today) for detail in details]
    numbers = tuple(detail for detail in kept if isinstance(detail, NewIdentifier))
    return new, numbers, tuple(detail for detail in kept if isinstance(detail, NewAddress))


def differing_columns(typed: tuple[NewPerson, tuple[NewIdentifier, ...], tuple[NewAddress, ...]], on_file: WholePerson) -> list[str]:
    """Return the columns that say something else than the file. An empty cell says nothing; the file may know more."""
    new, numbers, addresses = typed
    return [*_of_identity(new, on_file), *_of_numbers(numbers, on_file), *_of_names(new, on_file), *_of_addresses(addresses, on_file)]


def _of_identity(new: NewPerson, on_file: WholePerson) -> Iterator[str]:
    identity = new.identity
    if words(identity.surname) != words(on_file.surname):
        yield "surname"
    if identity.forenames and words(identity.forenames) != words(on_file.forenames):
        yield "forenames"
    for column in ("born_on", "sex", "notes"):
        if getattr(identity, column) and getattr(identity, column) != getattr(on_file, column):
            yield column
    if identity.area_id and identity.area_id != on_file.area_id:
        yield "area"


def _of_numbers(numbers: tuple[NewIdentifier, ...], on_file: WholePerson) -> Iterator[str]:
    known = {(number.kind, number.value) for number in on_file.identifiers}
    yield from (number.kind for number in numbers if (number.kind, number.value) not in known)


def _of_names(new: NewPerson, on_file: WholePerson) -> Iterator[str]:
    known = {(words(alias.surname), words(alias.forenames)) for alias in on_file.aliases}
    if any((words(alias.surname), words(alias.forenames)) not in known for alias in new.aliases):
        yield "aliases"


def _of_addresses(addresses: tuple[NewAddress, ...], on_file: WholePerson) -> Iterator[str]:
    known = {(address.lines, address.postcode): address.from_on for address in on_file.addresses}
    for address in addresses:
        if (address.lines, address.postcode) not in known:
            yield "address"
        elif address.from_on and known[address.lines, address.postcode] != address.from_on:
            yield "lives_there_from"

"""Add, change and take away one name, number, address, warning or custody period of a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select

from orders_app.models import Address, AddressWord, Person
from orders_app.rules.people import AddressKind, CustodyKind
from orders_app.services.custody import start_orders_that_wait
from orders_app.services.errors import NotFound, RuleBroken, RulesBroken
from orders_app.services.new_people import NewAddress, NewCustody, NewDetail
from orders_app.services.people import TABLES, person_to_change, touch
from orders_app.services.person_checks import check_detail, settled
from orders_app.services.person_index import index_people
from orders_app.services.registered_people import follow_person
from orders_app.services.work import Work


def add_detail(work: Work, *, reference: str, detail: NewDetail) -> Person:
    """Add one detail. Nobody else's change is in its way, so no version is asked for. Raises RulesBroken, NotFound."""
    person = person_to_change(work, reference)
    _refuse(work, detail)
    work.session.add(TABLES[type(detail)](person_id=person.id, **asdict(settled(detail, work.today))))
    _release(work, person, detail)
    return _saved(work, person)


def move_home(work: Work, *, reference: str, address: NewAddress) -> Person:
    """Add an address; the home addresses without an end end on its first day, or today where that is not known.

    Raises RulesBroken, NotFound.
    """
    person = person_to_change(work, reference)
    left_on = address.from_on or work.today
    homes = select(Address).where(Address.person_id == person.id, Address.kind == AddressKind.HOME, Address.until_on.is_(None))
    for home in work.session.scalars(homes):
        if home.from_on is None or home.from_on <= left_on:
            home.until_on = left_on
    return add_detail(work, reference=reference, detail=address)


def change_detail(work: Work, *, reference: str, version: int, detail_id: int, detail: NewDetail) -> Person:
    """Change one detail. Raises RulesBroken, NotFound, ChangedMeanwhile."""
    person = person_to_change(work, reference, version)
    _refuse(work, detail)
    row = _row(work, person, type(detail), detail_id)
    for name, value in asdict(settled(detail, work.today)).items():
        setattr(row, name, value)
    _release(work, person, detail)
    return _saved(work, person)


def remove_detail(work: Work, *, reference: str, version: int, kind: type, detail_id: int) -> Person:
    """Take away a detail recorded by mistake; the reason is the Work's and the audit log keeps what it said.

    `kind` is one of the New… classes. Raises RuleBroken without a reason, NotFound, ChangedMeanwhile.
    """
    if not work.reason.strip():
        raise RuleBroken("reason", "Enter why it is taken away")
    person = person_to_change(work, reference, version)
    row = _row(work, person, kind, detail_id)
    if isinstance(row, Address):
        work.session.execute(delete(AddressWord).where(AddressWord.address_id == row.id))
    work.session.delete(row)
    return _saved(work, person)


def _release(work: Work, person: Person, detail: NewDetail) -> None:
    """Leaving prison or hospital starts the orders that wait for it; leaving a police station does not."""
    if isinstance(detail, NewCustody) and detail.until_on and detail.kind != CustodyKind.POLICE:
        start_orders_that_wait(work, person.id, detail.until_on)


def _refuse(work: Work, detail: NewDetail) -> None:
    broken = check_detail(detail, work.today)
    if broken:
        raise RulesBroken(tuple(broken))


def _row(work: Work, person: Person, kind: type, detail_id: int) -> Any:
    table = TABLES[kind]
    row = work.session.scalar(select(table).where(table.id == detail_id, table.person_id == person.id))
    if row is None:
        raise NotFound(f"{person.reference}: no such detail")
    return row


def _saved(work: Work, person: Person) -> Person:
    touch(work, person)
    index_people(work, [person.id])
    follow_person(work, person.id)
    return person

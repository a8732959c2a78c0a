"""People found by a number, a reference, an order, a postcode or the words of an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from orders_app.models import Address, AddressWord, Identifier, Person, PersonName, Record
from orders_app.queries.visibility import Viewer, record_found
from orders_app.rules.identifiers import LABELS, IdentifierKind
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.search_terms import SearchTerms

NAMED_AND_LIVES = "Name, and address "
NUMBER, NAME_AND_ADDRESS, ADDRESS = 0, 1, 2
RECORD_WORDS = {"order": "Order", REGISTRATION.code: "Registration"}


@dataclass(frozen=True)
class Match:
    """One person found, how good a find it is (NUMBER first, ADDRESS last), why, in words; kind and reference of the record, if by one."""

    person_id: int
    surname: str
    forenames: str
    access: str
    rank: int
    because: str
    record: tuple[str, str] = ("", "")


def found_exactly(
    session: Session, viewer: Viewer, terms: SearchTerms, allowed: ColumnElement[bool], born: ColumnElement[bool], most: int
) -> list[Match]:
    """Return at most `most` matches among the people `allowed`, best first. One statement.

    A number or a reference finds whatever birth was typed beside it; an address only those who were `born` so.
    """
    parts = _asked_for(viewer, terms) or [_by_reference(terms)]
    matches = union_all(*parts).subquery()
    allowed_people = select(matches, Person.surname, Person.forenames, Person.access).join(Person, Person.id == matches.c.person_id)
    allowed_people = allowed_people.where(allowed, or_(matches.c.rank == NUMBER, born))
    rows = session.execute(allowed_people.order_by(matches.c.rank, matches.c.person_id, matches.c.what, matches.c.detail).limit(most))
    return [_match(row) for row in rows]


def _asked_for(viewer: Viewer, terms: SearchTerms) -> list[Select[Any]]:
    """One part for each thing that was typed: a part that can find nobody still costs the database a plan."""
    asked = (
        (terms.identifiers, _by_identifier(terms)),
        (terms.people, _by_reference(terms)),
        (terms.records, _by_record(viewer, terms)),
        (_postcode(terms), _by_postcode(terms)),
        (terms.outward and not terms.names, _by_outward(terms)),
        (terms.address, _by_address(terms)),
        (len(terms.address) > 1, _by_name_and_address(terms)),
    )
    return [part for is_asked, part in asked if is_asked]


def _by_identifier(terms: SearchTerms) -> Select[Any]:
    kinds = [(Identifier.kind == kind) & (Identifier.value == value) for kind, value in terms.identifiers]
    return _part(Identifier.person_id, NUMBER, Identifier.kind, Identifier.value).where(or_(false(), *kinds))


def _by_reference(terms: SearchTerms) -> Select[Any]:
    return _part(Person.id, NUMBER, literal("person"), Person.reference).where(Person.reference.in_(terms.people))


def _by_record(viewer: Viewer, terms: SearchTerms) -> Select[Any]:
    found = _part(Record.person_id, NUMBER, Record.kind, Record.reference)
    return found.where(Record.reference.in_(terms.records), record_found(viewer))


def _by_postcode(terms: SearchTerms) -> Select[Any]:
    rank = case((Address.until_on.is_(None), ADDRESS), else_=ADDRESS + 1)
    return _part(Address.person_id, rank, literal("postcode"), Address.postcode).where(Address.postcode == _postcode(terms))


def _postcode(terms: SearchTerms) -> str:
    """The postcode that finds on its own: with a name and no number of a house, it narrows the name instead."""
    return terms.postcode if not terms.names or _has_number(terms) else ""


def _by_address(terms: SearchTerms) -> Select[Any]:
    """Every number typed must be in the same address, and all the words; with a number, all of them but one."""
    numbers = [word for word in terms.address if any(c.isdigit() for c in word)]
    needed = max(len(terms.address) - (1 if numbers and len(terms.address) > len(numbers) + 1 else 0), 1)
    matched = func.count(AddressWord.token)
    good = [matched >= needed, matched > len(numbers) - (0 if len(terms.address) > len(numbers) else 1)]
    good += [func.max(case((AddressWord.token == number, 1), else_=0)) == 1 for number in numbers]
    found = select(AddressWord.address_id).where(AddressWord.token.in_(terms.address)).group_by(AddressWord.address_id).having(*good)
    return _part(Address.person_id, ADDRESS, literal("address"), Address.lines).where(Address.id.in_(found))


def _by_outward(terms: SearchTerms) -> Select[Any]:
    rank = case((Address.until_on.is_(None), ADDRESS), else_=ADDRESS + 1)
    found = select(AddressWord.address_id).where(AddressWord.token == terms.outward)
    return _part(Address.person_id, rank, literal("postcode"), Address.postcode).where(Address.id.in_(found))


def _by_name_and_address(terms: SearchTerms) -> Select[Any]:
    """Every word typed must be one of somebody’s name or of one address of theirs, and there must be some of each."""
    is_called = (PersonName.person_id == AddressWord.person_id) & PersonName.token.in_(terms.address)
    pairs = select(AddressWord.address_id).join(PersonName, is_called).where(AddressWord.token.in_(terms.address))
    said = [func.max(case((or_(AddressWord.token == word, PersonName.token == word), 1), else_=0)) == 1 for word in terms.address]
    found = pairs.group_by(AddressWord.address_id).having(*said)
    whole = Address.lines + literal(" ") + Address.postcode
    return _part(Address.person_id, NAME_AND_ADDRESS, literal("home"), whole).where(Address.id.in_(found))


def _has_number(terms: SearchTerms) -> bool:
    return any(c.isdigit() for word in terms.address for c in word)


def _part(person_id: Any, rank: Any, what: Any, detail: Any) -> Select[Any]:
    rank = literal(rank) if isinstance(rank, int) else rank
    return select(person_id.label("person_id"), rank.label("rank"), what.label("what"), detail.label("detail"))


def _match(row: Any) -> Match:
    record = (row.what, row.detail) if row.what in RECORD_WORDS else ("", "")
    return Match(row.person_id, row.surname, row.forenames, row.access, row.rank, _because(row.what, row.detail), record)


def _because(what: str, detail: str) -> str:
    match what:
        case "person":
            return f"Reference {detail}"
        case kind if kind in RECORD_WORDS:
            return f"{RECORD_WORDS[kind]} {detail}"
        case "postcode":
            return f"Postcode {detail}"
        case "home":
            return f"{NAMED_AND_LIVES}{detail.strip()}"
        case "address":
            return f"Address {detail}"
    return f"{LABELS[IdentifierKind(what)]} number {detail}"

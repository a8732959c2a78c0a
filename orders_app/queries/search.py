"""Find people by anything an officer may know: any words of their names in any order, numbers, birth, postcode, address, an order.

Six statements whatever is asked, the same on both databases and the same whether or not there are records that the
viewer may not know of. How near a name is was settled by the keys of rules.names; the last order is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, and_, exists, false, func, literal, or_, select, true
from sqlalchemy.orm import Session

from orders_app.models import Address, AddressWord, Order, Person, ProtectedPerson, Record
from orders_app.queries.found_exactly import NAMED_AND_LIVES, Match, found_exactly
from orders_app.queries.name_reasons import likeness, name_reasons, surname_place
from orders_app.queries.named_like import named_like
from orders_app.queries.near_words import Near, near_words
from orders_app.queries.people import WholePerson, people_with_keys
from orders_app.queries.restricted_people import is_restricted_match
from orders_app.queries.visibility import Viewer, order_visible, people_hidden, person_visible, record_found
from orders_app.rules.access import Access
from orders_app.rules.names import fold
from orders_app.rules.search_terms import SearchTerms

MOST = 200
PAGE = 25
BY_NAME = 1


class RoleAsked(StrEnum):
    """Whom the search is narrowed to."""

    ANY = ""
    SUBJECT = "subject"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Reason:
    """Why somebody was found, in words; and the kind and reference of the record, if it was by one."""

    words: str
    record: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class OrderCounts:
    """How many orders bind somebody that the viewer may open: in force today, not in force yet, and ended."""

    in_force: int = 0
    to_come: int = 0
    ended: int = 0


@dataclass(frozen=True)
class FoundPerson:
    """One person found, why, and the orders that bind them."""

    person: WholePerson
    because: tuple[Reason, ...]
    orders: OrderCounts


@dataclass(frozen=True)
class SearchResult:
    """One page of people, best match first. `total` counts only those the viewer may open.

    is_cut: more match than are listed. has_restricted: somebody may be known of, and no more. closed: the keys of all those
    found who are not open to everybody.
    """

    found: tuple[FoundPerson, ...]
    total: int
    is_cut: bool
    has_restricted: bool
    closed: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    person_id: int
    surname: str
    forenames: str
    access: str
    distance: int


def search_people(
    session: Session, viewer: Viewer, terms: SearchTerms, today: date, *, role: RoleAsked = RoleAsked.ANY, page: int = 1, size: int = PAGE
) -> SearchResult:
    """Return one page of the people who match. Six statements."""
    near = near_words(session, terms.names)
    allowed, born = and_(person_visible(viewer), _has_role(viewer, role)), _born(terms)
    is_narrowed = bool(terms.born_from or terms.postcode or terms.outward or role)
    named = _by_name(session, terms, _named(viewer, terms, near, is_narrowed), and_(allowed, born))
    exact = found_exactly(session, viewer, terms, allowed, born, MOST)
    is_cut = len(named) > MOST or len(exact) >= MOST
    named = named[:MOST]
    ranked = _ranked(terms, near, named, exact)
    closed = tuple(candidate.person_id for candidate in ranked if candidate.access != Access.OPEN)
    shown = [candidate.person_id for candidate in ranked[(page - 1) * size : page * size]]
    people = people_with_keys(session, viewer, shown)
    counts = _order_counts(session, viewer, shown, today)
    by_name = {candidate.person_id for candidate in named}
    found = tuple(
        FoundPerson(people[key], _reasons(people[key], terms, near, exact, key in by_name), counts.get(key, OrderCounts()))
        for key in shown
        if key in people
    )
    return SearchResult(found, len(ranked), is_cut, is_restricted_match(session, viewer, terms), closed)


def _born(terms: SearchTerms) -> ColumnElement[bool]:
    if terms.born_from is None or terms.born_to is None:
        return true()
    return Person.born_on.between(terms.born_from, terms.born_to)


def _has_role(viewer: Viewer, role: RoleAsked) -> ColumnElement[bool]:
    match role:
        case RoleAsked.SUBJECT:
            return exists().where(Record.person_id == Person.id, record_found(viewer))
        case RoleAsked.PROTECTED:
            by_order = exists().where(ProtectedPerson.person_id == Person.id, ProtectedPerson.order_id == Record.id)
            return by_order.where(record_found(viewer), Record.person_id.not_in(people_hidden(viewer)))
    return true()


def _named(viewer: Viewer, terms: SearchTerms, near: Sequence[Near], is_narrowed: bool) -> Subquery | None:
    """Who is called like this: where nothing else was asked, only the nearest, so that few need to be looked up."""
    named = named_like(terms.names, near)
    if named is None or is_narrowed:
        return named
    nearest = select(named).where(named.c.person_id.not_in(people_hidden(viewer))).order_by(named.c.distance, named.c.person_id)
    return nearest.limit(MOST + 1).subquery()


def _by_name(session: Session, terms: SearchTerms, named: Subquery | None, allowed: ColumnElement[bool]) -> list[_Candidate]:
    """Return the people nearest in name: one more than MOST where there are more, for counting them all would read them all."""
    distance = named.c.distance if named is not None else literal(0)
    people = select(Person.id, Person.surname, Person.forenames, Person.access, distance.label("distance"))
    people = people.where(allowed, _lives_at(terms))
    if named is not None:
        people = people.join(named, named.c.person_id == Person.id)
    elif terms.born_from is None or terms.names:
        people = people.where(Person.id.is_(None))
    rows = session.execute(people.order_by(distance, Person.id).limit(MOST + 1))
    return [_Candidate(row.id, row.surname, row.forenames, row.access, row.distance) for row in rows]


def _lives_at(terms: SearchTerms) -> ColumnElement[bool]:
    if terms.postcode:
        return exists().where(Address.person_id == Person.id, Address.postcode == terms.postcode)
    return Person.id.in_(select(AddressWord.person_id).where(AddressWord.token == terms.outward)) if terms.outward else true()


def _ranked(terms: SearchTerms, near: Sequence[Near], named: Sequence[_Candidate], exact: Sequence[Match]) -> list[_Candidate]:
    """Return everybody found, the surest first, and those equally sure by name, alike on every database."""
    ranks = {candidate.person_id: BY_NAME for candidate in named}
    people = {candidate.person_id: candidate for candidate in named}
    for match in exact:
        ranks[match.person_id] = min(match.rank, ranks.get(match.person_id, match.rank))
        people.setdefault(match.person_id, _Candidate(match.person_id, match.surname, match.forenames, match.access, 0))

    def place(person: _Candidate) -> tuple[object, ...]:
        unlike = (surname_place(person.surname, terms.names, near), -likeness(person.surname, person.forenames, terms.names))
        return (ranks[person.person_id], person.distance, *unlike, fold(person.surname), fold(person.forenames), person.person_id)

    return sorted(people.values(), key=place)


def _reasons(person: WholePerson, terms: SearchTerms, near: Sequence[Near], exact: Sequence[Match], is_named: bool) -> tuple[Reason, ...]:
    reasons = [Reason(match.because, match.record) for match in exact if match.person_id == person.id]
    says_name = any(reason.words.startswith(NAMED_AND_LIVES) for reason in reasons)
    if is_named:
        reasons += [Reason(words) for words in name_reasons(person, terms.names, near)] if terms.names and not says_name else []
        reasons += [Reason("Date of birth")] if terms.born_from else []
    return tuple(dict.fromkeys(reasons))


def _order_counts(session: Session, viewer: Viewer, person_ids: Sequence[int], today: date) -> dict[int, OrderCounts]:
    is_over = or_(Order.ended_on.is_not(None), Order.ends_on < today)
    in_force = func.count(Order.id).filter(~func.coalesce(is_over, false()), Order.in_force_from <= today)
    ended = func.count(Order.id).filter(is_over)
    counts = select(Order.person_id, in_force, func.count(Order.id), ended).join(Person, Person.id == Order.person_id)
    counts = counts.where(Order.person_id.in_(person_ids), order_visible(viewer)).group_by(Order.person_id)
    return {person_id: OrderCounts(live, total - live - over, over) for person_id, live, total, over in session.execute(counts)}

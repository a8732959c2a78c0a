"""Find people by anything an officer may know: any words of their names in any order, numbers, birth, postcode, address, an order.

Six statements whatever is asked, the same on both databases and the same whether or not there are records that the
viewer may not know of. How near a name is was settled by the keys of rules.names; the last order is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, literal, select, true
from sqlalchemy.orm import Session

from orders_app.models import Address, Order, Person, ProtectedPerson, Record
from orders_app.queries.found_exactly import Match, found_exactly
from orders_app.queries.name_reasons import likeness, name_reasons
from orders_app.queries.named_like import named_like
from orders_app.queries.near_words import Near, near_words
from orders_app.queries.people import WholePerson, people_with_keys
from orders_app.queries.restricted_people import is_restricted_match
from orders_app.queries.visibility import Viewer, order_visible, people_hidden, person_visible, record_visible
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
class FoundPerson:
    """One person found, why, and how many of the orders that bind them the viewer may open: in force or to come, and ended."""

    person: WholePerson
    because: tuple[str, ...]
    orders_live: int
    orders_ended: int


@dataclass(frozen=True)
class SearchResult:
    """One page of people, best match first. `total` counts only those the viewer may open.

    is_cut: more match than are listed. has_restricted: somebody may be known of, and no more.
    """

    found: tuple[FoundPerson, ...]
    total: int
    is_cut: bool
    has_restricted: bool


@dataclass(frozen=True)
class _Candidate:
    person_id: int
    surname: str
    forenames: str
    distance: int


def search_people(
    session: Session, viewer: Viewer, terms: SearchTerms, *, role: RoleAsked = RoleAsked.ANY, page: int = 1, size: int = PAGE
) -> SearchResult:
    """Return one page of the people who match. Six statements."""
    near = near_words(session, terms.names)
    allowed = and_(person_visible(viewer), _born(terms), _has_role(viewer, role))
    is_narrowed = bool(terms.born_from or terms.postcode or role)
    named = _by_name(session, terms, _named(viewer, terms, near, is_narrowed), allowed)
    exact = found_exactly(session, viewer, terms, allowed, MOST)
    is_cut = len(named) > MOST or len(exact) >= MOST
    named = named[:MOST]
    ranked = _ranked(terms, named, exact)
    shown = ranked[(page - 1) * size : page * size]
    people = people_with_keys(session, viewer, shown)
    counts = _order_counts(session, viewer, shown)
    by_name = {candidate.person_id for candidate in named}
    found = tuple(
        FoundPerson(people[key], _reasons(people[key], terms, near, exact, key in by_name), *counts.get(key, (0, 0)))
        for key in shown
        if key in people
    )
    return SearchResult(found, len(ranked), is_cut, is_restricted_match(session, viewer, terms))


def _born(terms: SearchTerms) -> ColumnElement[bool]:
    if terms.born_from is None or terms.born_to is None:
        return true()
    return Person.born_on.between(terms.born_from, terms.born_to)


def _has_role(viewer: Viewer, role: RoleAsked) -> ColumnElement[bool]:
    match role:
        case RoleAsked.SUBJECT:
            return exists().where(Record.person_id == Person.id, record_visible(viewer))
        case RoleAsked.PROTECTED:
            return exists().where(ProtectedPerson.person_id == Person.id, ProtectedPerson.order_id == Record.id, record_visible(viewer))
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
    people = select(Person.id, Person.surname, Person.forenames, distance.label("distance"))
    people = people.where(allowed, _lives_at(terms))
    if named is not None:
        people = people.join(named, named.c.person_id == Person.id)
    elif terms.born_from is None or terms.names:
        people = people.where(Person.id.is_(None))
    rows = session.execute(people.order_by(distance, Person.id).limit(MOST + 1))
    return [_Candidate(row.id, row.surname, row.forenames, row.distance) for row in rows]


def _lives_at(terms: SearchTerms) -> ColumnElement[bool]:
    if not terms.postcode:
        return true()
    return exists().where(Address.person_id == Person.id, Address.postcode == terms.postcode)


def _ranked(terms: SearchTerms, named: Sequence[_Candidate], exact: Sequence[Match]) -> list[int]:
    """Return the keys of everybody found, the surest first. Ties are settled alike on every database."""
    ranks = {candidate.person_id: BY_NAME for candidate in named}
    people = {candidate.person_id: candidate for candidate in named}
    for match in exact:
        ranks[match.person_id] = min(match.rank, ranks.get(match.person_id, match.rank))
        people.setdefault(match.person_id, _Candidate(match.person_id, match.surname, match.forenames, 0))

    def place(person: _Candidate) -> tuple[object, ...]:
        unlike = -likeness(person.surname, person.forenames, terms.names) if terms.names else 0.0
        return (ranks[person.person_id], person.distance, unlike, fold(person.surname), fold(person.forenames), person.person_id)

    return [person.person_id for person in sorted(people.values(), key=place)]


def _reasons(person: WholePerson, terms: SearchTerms, near: Sequence[Near], exact: Sequence[Match], is_named: bool) -> tuple[str, ...]:
    reasons = [match.because for match in exact if match.person_id == person.id]
    if is_named:
        reasons += name_reasons(person, terms.names, near) if terms.names else []
        reasons += ["Date of birth"] if terms.born_from else []
    return tuple(dict.fromkeys(reasons))


def _order_counts(session: Session, viewer: Viewer, person_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    ended = func.count(Order.ended_on)
    counts = select(Order.person_id, func.count(Order.id) - ended, ended).join(Person, Person.id == Order.person_id)
    counts = counts.where(Order.person_id.in_(person_ids), order_visible(viewer)).group_by(Order.person_id)
    return {person_id: (live, over) for person_id, live, over in session.execute(counts)}

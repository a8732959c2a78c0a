"""Find people by anything an officer may know: any words of their names in any order, numbers, birth, postcode, address, an order.

Six statements whatever is asked, the same on both databases and the same whether or not there are records that the
viewer may not know of. How near a name is was settled by the keys of rules.names; the last order is made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, select, true
from sqlalchemy.orm import Session

from orders_app.models import Address, Order, Person, ProtectedPerson, Record
from orders_app.queries.found_exactly import Match, found_exactly
from orders_app.queries.name_reasons import likeness, name_distance, name_reasons
from orders_app.queries.named_like import named_like
from orders_app.queries.near_words import Near, near_words
from orders_app.queries.people import WholePerson, people_with_keys
from orders_app.queries.restricted_people import is_restricted_match
from orders_app.queries.visibility import Viewer, order_visible, person_visible, record_visible
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


def search_people(
    session: Session, viewer: Viewer, terms: SearchTerms, *, role: RoleAsked = RoleAsked.ANY, page: int = 1, size: int = PAGE
) -> SearchResult:
    """Return one page of the people who match. Six statements."""
    near = near_words(session, terms.names)
    allowed = and_(person_visible(viewer), _born(terms), _has_role(viewer, role))
    by_name, matching = _by_name(session, terms, near, allowed)
    exact = found_exactly(session, viewer, terms, allowed, MOST)
    people = people_with_keys(session, viewer, {*by_name, *(match.person_id for match in exact)})
    ranked = _ranked(terms, near, people, by_name, exact)
    shown = ranked[(page - 1) * size : page * size]
    counts = _order_counts(session, viewer, [person.id for person, _ in shown])
    found = tuple(FoundPerson(person, because, *counts.get(person.id, (0, 0))) for person, because in shown)
    is_cut = matching > len(by_name) or len(exact) >= MOST
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


def _by_name(session: Session, terms: SearchTerms, near: Sequence[Near], allowed: ColumnElement[bool]) -> tuple[list[int], int]:
    """Return the keys of at most MOST people nearest in name, and how many match in all."""
    named = named_like(terms.names, near)
    people = select(Person.id, func.count().over().label("matching")).where(allowed, _lives_at(terms))
    if named is not None:
        people = people.join(named, named.c.person_id == Person.id).order_by(named.c.distance, Person.id)
    elif terms.born_from is None or terms.names:
        people = people.where(Person.id.is_(None))
    rows = session.execute(people.order_by(Person.id).limit(MOST)).all()
    return [row.id for row in rows], rows[0].matching if rows else 0


def _lives_at(terms: SearchTerms) -> ColumnElement[bool]:
    if not terms.postcode:
        return true()
    return exists().where(Address.person_id == Person.id, Address.postcode == terms.postcode)


def _ranked(
    terms: SearchTerms, near: Sequence[Near], people: Mapping[int, WholePerson], by_name: Sequence[int], exact: Sequence[Match]
) -> list[tuple[WholePerson, tuple[str, ...]]]:
    """Return everybody found with the reasons, the surest first. Ties are settled alike on every database."""
    ranks: dict[int, int] = dict.fromkeys(by_name, BY_NAME)
    reasons: dict[int, list[str]] = {}
    for match in exact:
        ranks[match.person_id] = min(match.rank, ranks.get(match.person_id, match.rank))
        reasons.setdefault(match.person_id, []).append(match.because)
    for person_id in by_name:
        found = name_reasons(people[person_id], terms.names, near) if terms.names else []
        reasons.setdefault(person_id, []).extend([*found, *(["Date of birth"] if terms.born_from else [])])

    def place(person: WholePerson) -> tuple[object, ...]:
        nearness = (name_distance(person, terms.names, near), -likeness(person, terms.names)) if terms.names else (0, 0.0)
        return (ranks[person.id], *nearness, fold(person.surname), fold(person.forenames), person.id)

    return [(person, tuple(dict.fromkeys(reasons[person.id]))) for person in sorted(people.values(), key=place)]


def _order_counts(session: Session, viewer: Viewer, person_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    ended = func.count(Order.ended_on)
    counts = select(Order.person_id, func.count(Order.id) - ended, ended).join(Person, Person.id == Order.person_id)
    counts = counts.where(Order.person_id.in_(person_ids), order_visible(viewer)).group_by(Order.person_id)
    return {person_id: (live, over) for person_id, live, over in session.execute(counts)}

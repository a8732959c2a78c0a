"""People on file who may be the one about to be recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from orders_app.models import Identifier, Person, PersonName
from orders_app.queries.named_like import named_like
from orders_app.queries.near_words import near_words
from orders_app.queries.people import WholePerson, people_with_keys
from orders_app.queries.restricted_people import is_restricted_match
from orders_app.queries.sounds import sound
from orders_app.queries.visibility import Viewer, person_visible
from orders_app.rules.duplicates import Known, resemblance
from orders_app.rules.identifiers import IdentifierKind
from orders_app.rules.names import name_words, search_words
from orders_app.rules.search_terms import SearchTerms

MOST_COMPARED = 200
MOST_SHOWN = 10
CERTAIN_ENOUGH = 4  # more than a shared name: said beside people who were only searched for


@dataclass(frozen=True)
class PossibleDuplicate:
    """Somebody on file, and why they may be the same."""

    person: WholePerson
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Duplicates:
    """Those the viewer may open, likeliest first; and whether somebody may be known of, and no more."""

    found: tuple[PossibleDuplicate, ...]
    has_restricted: bool


def possible_duplicates(session: Session, viewer: Viewer, new: Known, *, but_not: int | None = None) -> Duplicates:
    """Return the people who may be the one described. Sealed people are compared only for those named on them. Four statements."""
    surname, forenames = new.names[0]
    typed = (*search_words(surname), *search_words(forenames)[:1])
    near = near_words(session, typed)
    named = named_like(typed, near)
    alike = Person.id.in_(select(named.c.person_id)) if named is not None else false()
    same_birth = and_(Person.born_on == new.born_on, _has_any({token for found in near for token in found})) if new.born_on else false()
    ids = select(Person.id).where(person_visible(viewer), or_(alike, same_birth, _has_number(new))).order_by(Person.id).limit(MOST_COMPARED)
    people = people_with_keys(session, viewer, session.scalars(ids).all())
    compared = [(resemblance(with_sounds(new), known(person)), person) for key, person in people.items() if key != but_not]
    enough = sorted(((found, person) for found, person in compared if found.is_enough), key=lambda pair: (-pair[0].weight, pair[1].id))
    terms = SearchTerms(
        names=search_words(f"{surname} {forenames}"), identifiers=tuple((IdentifierKind(k), v) for k, v in sorted(new.identifiers))
    )
    shown = tuple(PossibleDuplicate(person, found.reasons) for found, person in enough[:MOST_SHOWN])
    return Duplicates(shown, is_restricted_match(session, viewer, terms))


def others_with_number(session: Session, viewer: Viewer, kind: str, value: str, *, but_not: int) -> list[WholePerson]:
    """Return the other people who have this number, in canonical form, and whom the viewer may open. Two statements."""
    holders = select(Identifier.person_id).where(Identifier.kind == kind, Identifier.value == value, Identifier.person_id != but_not)
    return list(people_with_keys(session, viewer, session.scalars(holders.limit(MOST_SHOWN)).all()).values())


def twins_among(people: Sequence[WholePerson]) -> dict[int, tuple[WholePerson, tuple[str, ...]]]:
    """Return for each of these people the first before them who may be the same person, and why. No statement."""
    compared = [(person, known(person)) for person in people]
    twins: dict[int, tuple[WholePerson, tuple[str, ...]]] = {}
    for place, (person, of) in enumerate(compared):
        alike = ((other, resemblance(of, other_known)) for other, other_known in compared[:place])
        found = next(((other, like.reasons) for other, like in alike if like.weight >= CERTAIN_ENOUGH), None)
        if found:
            twins[person.id] = found
    return twins


def known(person: WholePerson) -> Known:
    """Return what is compared of somebody on file."""
    names = ((person.surname, person.forenames), *((alias.surname, alias.forenames) for alias in person.aliases))
    identifiers = frozenset((i.kind, i.value) for i in person.identifiers)
    return with_sounds(Known(names, person.born_on, identifiers, frozenset(a.postcode for a in person.addresses if a.postcode)))


def with_sounds(of: Known) -> Known:
    """Return the same with how the words of the names sound."""
    sounds = {word: sound(word) for names in of.names for word in name_words(*names)}
    return Known(of.names, of.born_on, of.identifiers, of.postcodes, sounds)


def _has_any(tokens: set[str]) -> ColumnElement[bool]:
    return Person.id.in_(select(PersonName.person_id).where(PersonName.token.in_(tokens)))


def _has_number(new: Known) -> ColumnElement[bool]:
    numbers = [and_(Identifier.kind == kind, Identifier.value == value) for kind, value in sorted(new.identifiers)]
    return Person.id.in_(select(Identifier.person_id).where(or_(*numbers))) if numbers else false()

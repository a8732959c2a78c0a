"""Whether to say that somebody is held here of whom the reader may know, and no more."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from orders_app.models import Identifier, Person, PersonName
from orders_app.queries.visibility import Viewer, person_known_of
from orders_app.rules.names import name_words
from orders_app.rules.search_terms import SearchTerms

MOST = 200


def is_restricted_match(session: Session, viewer: Viewer, terms: SearchTerms) -> bool:
    """Whether a restricted person has exactly these words in their name, or this very number. One statement.

    Birth, address, aliases, orders and near spellings never match: an answer would tell more than that the person is held.
    """
    words = terms.names
    known = select(Person.surname, Person.forenames, Identifier.id.is_not(None))
    known = known.outerjoin(Identifier, (Identifier.person_id == Person.id) & _has_number(terms))
    rows = session.execute(known.where(person_known_of(viewer), or_(_has_words(words), Identifier.id.is_not(None))).limit(MOST))
    return any(has_number or _is_called(words, surname, forenames) for surname, forenames, has_number in rows)


def _has_number(terms: SearchTerms) -> ColumnElement[bool]:
    numbers = [(Identifier.kind == kind) & (Identifier.value == value) for kind, value in terms.identifiers]
    return or_(*numbers) if numbers else false()


def _has_words(words: tuple[str, ...]) -> ColumnElement[bool]:
    if not words:
        return false()
    every_word = select(PersonName.person_id).where(PersonName.token.in_(words)).group_by(PersonName.person_id)
    return Person.id.in_(every_word.having(func.count(PersonName.token) == len(words)))


def _is_called(words: tuple[str, ...], surname: str, forenames: str) -> bool:
    return bool(words) and set(words) <= name_words(surname, forenames) and bool(set(words) & name_words(surname))

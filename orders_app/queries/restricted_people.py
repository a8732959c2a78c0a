"""Whether to say that somebody is held here of whom the reader may know, and no more."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, false, func, or_, select, union
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
    by_number = select(Identifier.person_id).where(_is_number(terms))
    matching = union(_with_words(terms.names), by_number).subquery()
    known = select(Person.surname, Person.forenames, Person.id.in_(by_number)).join(matching, matching.c.person_id == Person.id)
    rows = session.execute(known.where(person_known_of(viewer)).limit(MOST))
    return any(has_number or _is_called(terms.names, surname, forenames) for surname, forenames, has_number in rows)


def _is_number(terms: SearchTerms) -> ColumnElement[bool]:
    numbers = [(Identifier.kind == kind) & (Identifier.value == value) for kind, value in terms.identifiers]
    return or_(*numbers) if numbers else false()


def _with_words(words: tuple[str, ...]) -> Select[int]:
    every_word = select(PersonName.person_id).where(PersonName.token.in_(words)).group_by(PersonName.person_id)
    return every_word.having(func.count(PersonName.token) == len(words))


def _is_called(words: tuple[str, ...], surname: str, forenames: str) -> bool:
    return bool(words) and set(words) <= name_words(surname, forenames) and bool(set(words) & name_words(surname))

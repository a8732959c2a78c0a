"""Who is called by words near those typed, as part of another statement."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Subquery, case, exists, func, select
from sqlalchemy.orm import aliased

from orders_app.models import PersonName
from orders_app.queries.near_words import Near

SHORTEST_THAT_FINDS = 3


def named_like(typed: Sequence[str], near: Sequence[Near]) -> Subquery | None:
    """People who are called by a near word for every typed word, with how far off the words are; None when nothing can be."""
    if not typed or not all(near):
        return None
    finding = [words for word, words in zip(typed, near, strict=True) if len(word) >= SHORTEST_THAT_FINDS] or list(near)
    initials = [word for word in typed if len(word) < SHORTEST_THAT_FINDS] if len(finding) < len(typed) else []
    distances = [func.min(_distance(words)) for words in finding]
    every_token = sorted({token for words in finding for token in words})
    total = sum(distances[1:], start=distances[0])
    named = select(PersonName.person_id, total.label("distance")).where(PersonName.token.in_(every_token)).group_by(PersonName.person_id)
    named = named.having(*(distance.is_not(None) for distance in distances))
    other = aliased(PersonName)
    for initial in initials:
        begins_so = func.substr(other.token, 1, len(initial)) == initial
        named = named.where(exists().where(other.person_id == PersonName.person_id, begins_so))
    return named.subquery()


def _distance(words: Near) -> ColumnElement[int]:
    tiers = {tier: [token for token, nearness in words.items() if nearness == tier] for tier in sorted(set(words.values()))}
    return case(*((PersonName.token.in_(tokens), tier) for tier, tokens in tiers.items()))

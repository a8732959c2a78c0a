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
    first, *others = [_called_by(words) for words in finding]
    total = sum((other.c.distance for other in others), start=first.c.distance)
    named = select(first.c.person_id, total.label("distance"))
    for other in others:
        named = named.join(other, other.c.person_id == first.c.person_id)
    some_name = aliased(PersonName)
    for initial in initials:
        begins_so = func.substr(some_name.token, 1, len(initial)) == initial
        named = named.where(exists().where(some_name.person_id == first.c.person_id, begins_so))
    return named.subquery()


def _called_by(words: Near) -> Subquery:
    """One row for each person with any of these words. One such list for each typed word lets the database begin with the rarest."""
    called = select(PersonName.person_id, func.min(_distance(words)).label("distance")).where(PersonName.token.in_(sorted(words)))
    return called.group_by(PersonName.person_id).subquery()


def _distance(words: Near) -> ColumnElement[int]:
    tiers = {tier: [token for token, nearness in words.items() if nearness == tier] for tier in sorted(set(words.values()))}
    return case(*((PersonName.token.in_(tokens), tier) for tier, tokens in tiers.items()))

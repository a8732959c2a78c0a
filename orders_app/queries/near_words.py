"""Which words that people are called by a typed word may stand for, and how near each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA, Levenshtein
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import NameKey
from orders_app.queries.sounds import sound
from orders_app.rules.names import SHORTEST_WITH_SLIPS, keys_sought

EXACT, BEGINS, CLOSE, SOUNDS = 0, 1, 2, 3
MOST_FOR_ONE_WORD = 200
LEAST_ALIKE = 0.5
Near = Mapping[str, int]


def near_words(session: Session, typed: Sequence[str]) -> list[Near]:
    """Return for each typed word the known words near it with their nearness: EXACT, BEGINS, CLOSE or SOUNDS. One statement."""
    by_key: dict[str, set[str]] = defaultdict(set)
    sought = {word: keys_sought(word, sound(word)) for word in typed}
    every_key = sorted({key for keys in sought.values() for key in keys})
    for key, token in session.execute(select(NameKey.key, NameKey.token).where(NameKey.key.in_(every_key))):
        by_key[key].add(token)
    return [_nearest(word, {token for key in sought[word] for token in by_key[key]}) for word in typed]


def _nearest(word: str, tokens: Iterable[str]) -> Near:
    near = {token: nearness for token in tokens if (nearness := _nearness(word, token)) is not None}
    ranked = sorted(near, key=lambda token: (near[token], abs(len(token) - len(word)), token))
    return {token: near[token] for token in ranked[:MOST_FOR_ONE_WORD]}


def _nearness(word: str, token: str) -> int | None:
    if token == word:
        return EXACT
    if token.startswith(word):
        return BEGINS
    if max(len(word), len(token)) >= SHORTEST_WITH_SLIPS and OSA.distance(word, token, score_cutoff=1) <= 1:
        return CLOSE
    if sound(word) and sound(word) == sound(token) and Levenshtein.normalized_similarity(word, token) >= LEAST_ALIKE:
        return SOUNDS
    return None

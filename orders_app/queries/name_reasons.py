"""Why somebody's names match what was typed, and how well."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from orders_app.queries.near_words import BEGINS, CLOSE, EXACT, SOUNDS, Near
from orders_app.queries.people import WholePerson
from orders_app.rules.names import fold, name_words

REASONS = {EXACT: "Name", BEGINS: "Name begins so", CLOSE: "Name, one letter different", SOUNDS: "Sounds the same"}
NOT_AT_ALL = SOUNDS + 1


def name_reasons(person: WholePerson, typed: Sequence[str], near: Sequence[Near]) -> list[str]:
    """Return why the names match: the person's own name, and each alias that matches better; or that they match only together."""
    own = _furthest(name_words(person.surname, person.forenames), typed, near)
    reasons = [REASONS[own]] if own <= SOUNDS else []
    for alias in person.aliases:
        called = " ".join(part for part in (alias.forenames, alias.surname) if part)
        distance = _furthest(name_words(alias.surname, alias.forenames), typed, near)
        if distance < own or (distance == own == EXACT):
            reasons.append(f"Alias {called}")
    return reasons or ["Name and aliases together"]


def likeness(surname: str, forenames: str, typed: Sequence[str]) -> float:
    """Return how like the whole name is to what was typed, in any order of words: 100 where they are the same."""
    return fuzz.token_sort_ratio(" ".join(typed), fold(f"{forenames} {surname}"))


def _furthest(words: Collection[str], typed: Sequence[str], near: Sequence[Near]) -> int:
    return max(_distances(words, typed, near), default=NOT_AT_ALL)


def _distances(words: Collection[str], typed: Sequence[str], near: Sequence[Near]) -> list[int]:
    return [min((_distance(word, known, called) for called in words), default=NOT_AT_ALL) for word, known in zip(typed, near, strict=True)]


def _distance(word: str, known: Near, called: str) -> int:
    return known.get(called, BEGINS if called.startswith(word) else NOT_AT_ALL)

"""Why somebody's names match what was typed, and how well."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from orders_app.queries.near_words import BEGINS, CLOSE, EXACT, SOUNDS, Near
from orders_app.queries.people import WholePerson
from orders_app.rules.names import words, words_found_by

REASONS = {EXACT: "Name", BEGINS: "Beginning of a name", CLOSE: "Nearly the same spelling", SOUNDS: "Sounds the same"}
NOT_AT_ALL = SOUNDS + 1
SHORTEST_IN_FULL = 3


def name_reasons(person: WholePerson, typed: Sequence[str], near: Sequence[Near]) -> list[str]:
    """Return why the names match: the person's own name, and each alias that matches better; or that they match only together."""
    own = _furthest(words_found_by(person.surname, person.forenames), typed, near)
    reasons = [REASONS[own]] if own <= SOUNDS else []
    for alias in person.aliases:
        called = " ".join(part for part in (alias.forenames, alias.surname) if part)
        distance = _furthest(words_found_by(alias.surname, alias.forenames), typed, near)
        if distance < own or (distance == own == EXACT):
            reasons.append(f"Alias {called}")
    return reasons or ["Name and aliases together"]


def likeness(surname: str, forenames: str, typed: Sequence[str]) -> float:
    """Return how like the words typed are to the nearest of the name, on average: 100 where it has them all."""
    known = words_found_by(surname, forenames)
    return sum(max((_alike(word, called) for called in known), default=0.0) for word in typed) / max(len(typed), 1)


def surname_place(surname: str, typed: Sequence[str], near: Sequence[Near]) -> int:
    """Return 0 where the words typed, initials apart, stand for the whole surname, 1 where for a part of it, 2 where for none."""
    in_full = [known for word, known in zip(typed, near, strict=True) if len(word) >= SHORTEST_IN_FULL]
    meant = {word for word in words_found_by(surname) if any(word in known for known in in_full)}
    is_whole = set(words(surname)) <= meant or "".join(words(surname)) in meant
    return 0 if is_whole else 1 if meant else 2


def _alike(word: str, called: str) -> float:
    return 100.0 if called.startswith(word) else fuzz.ratio(word, called)


def _furthest(words: Collection[str], typed: Sequence[str], near: Sequence[Near]) -> int:
    return max(_distances(words, typed, near), default=NOT_AT_ALL)


def _distances(words: Collection[str], typed: Sequence[str], near: Sequence[Near]) -> list[int]:
    return [min((_distance(word, known, called) for called in words), default=NOT_AT_ALL) for word, known in zip(typed, near, strict=True)]


def _distance(word: str, known: Near, called: str) -> int:
    return known.get(called, BEGINS if called.startswith(word) else NOT_AT_ALL)

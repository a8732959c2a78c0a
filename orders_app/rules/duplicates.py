"""When two people on file may be one and the same, and why. People decide; this only says what speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from orders_app.rules.identifiers import LABELS, IdentifierKind
from orders_app.rules.names import name_words, slips, words

ENOUGH = 3


class NameLikeness(IntEnum):
    """How alike two names are."""

    DIFFERENT = 0
    SAME_SURNAME = 1
    NEARLY = 2
    SAME = 3


@dataclass(frozen=True)
class Known:
    """What is compared of somebody: names (own first, then aliases, each surname and forenames), birth, numbers, addresses."""

    names: tuple[tuple[str, str], ...]
    born_on: date | None = None
    identifiers: frozenset[tuple[str, str]] = frozenset()
    postcodes: frozenset[str] = frozenset()
    sounds: Mapping[str, str] = field(default_factory=dict)  # by word, worked out by the caller


@dataclass(frozen=True)
class Resemblance:
    """What speaks for two being one: the reasons in words, strongest first, and how much they weigh together."""

    reasons: tuple[str, ...]
    weight: int

    @property
    def is_enough(self) -> bool:
        """Whether to show it before saving."""
        return self.weight >= ENOUGH


def resemblance(new: Known, old: Known) -> Resemblance:
    """Compare somebody about to be recorded with somebody on file."""
    found = [
        *_numbers(new, old),
        _names(new, old),
        _births(new.born_on, old.born_on),
        (1, "Same postcode") if new.postcodes & old.postcodes else (0, ""),
    ]
    found.sort(key=lambda reason: -reason[0])
    return Resemblance(tuple(words for _, words in found if words), sum(weight for weight, _ in found))


def name_likeness(new: Known, old: Known) -> NameLikeness:
    """The best likeness of any name of one to any name of the other."""
    sounds = {**new.sounds, **old.sounds}
    return max(_alike(a, b, sounds) for a in new.names for b in old.names)


def _numbers(new: Known, old: Known) -> list[tuple[int, str]]:
    return [(4, f"Same {_label(kind)} number") for kind, _ in sorted(new.identifiers & old.identifiers)]


def _label(kind: str) -> str:
    return "local" if kind == IdentifierKind.LOCAL else LABELS[IdentifierKind(kind)]


def _names(new: Known, old: Known) -> tuple[int, str]:
    likeness = name_likeness(new, old)
    said = {NameLikeness.SAME: "Same name", NameLikeness.NEARLY: "Nearly the same name", NameLikeness.SAME_SURNAME: "Same surname"}
    return int(likeness), said.get(likeness, "")


def _births(new: date | None, old: date | None) -> tuple[int, str]:
    if new is None or old is None:
        return 0, ""
    if new == old:
        return 2, "Same date of birth"
    if (new.year, new.month, new.day) == (old.year, old.day, old.month):
        return 1, "Day and month of birth exchanged"
    return -2, ""


def _alike(a: tuple[str, str], b: tuple[str, str], sounds: Mapping[str, str]) -> NameLikeness:
    surname, forenames = _words_alike(a[0], b[0], sounds), _words_alike(a[1], b[1], sounds)
    if surname is NameLikeness.SAME and forenames is NameLikeness.SAME:
        return NameLikeness.SAME
    exchanged = set(words(" ".join(a))) == set(words(" ".join(b)))
    if exchanged or (surname and forenames):
        return NameLikeness.NEARLY
    return NameLikeness.SAME_SURNAME if surname is NameLikeness.SAME else NameLikeness.DIFFERENT


def _words_alike(a: str, b: str, sounds: Mapping[str, str]) -> NameLikeness:
    """SAME where a word is in both, NEARLY where two are one slip apart or sound alike."""
    ours, theirs = name_words(a), name_words(b)
    if ours & theirs:
        return NameLikeness.SAME
    slipped = any(slips(our_word) & slips(their_word) for our_word in ours for their_word in theirs)
    sound_alike = {sounds.get(word, "") for word in ours} & {sounds.get(word, "") for word in theirs} - {""}
    return NameLikeness.NEARLY if slipped or sound_alike else NameLikeness.DIFFERENT

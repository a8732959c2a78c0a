"""Names as they are compared: folded to plain lower-case words, with keys that find a word typed wrongly.

Two words are within one slip of each other (a letter left out, added, changed, or two exchanged) only if they have a
form in common once one letter is left out of each. Storing those forms for each known word turns a search for near
words into a search for equal keys, the same on every database.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

LONGEST_WORD = 60
LONGEST_NAME = 150
REMEMBERED = 2_000  # names of one page are compared with each other hundreds of times
LONGEST_PREFIX = 6
SHORTEST_WITH_SLIPS = 4
PREFIX_MARK, SLIP_MARK, SOUND_MARK = "^", "-", "~"

_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ə": "e",
})  # fmt: skip
_APOSTROPHES = re.compile(r"['’‘ʼ`´′]")
_AFTER_ONE_LETTER = re.compile(r"\b[^\W\d_]['’‘ʼ`´′](\w+)")
_NOT_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the text in plain lower-case letters: no accents, no apostrophes. Hyphens and other marks become spaces."""
    lowered = _APOSTROPHES.sub("", text.casefold()).translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", bare.casefold().translate(_LETTERS)).strip()


def sorting_names(surname: str, forenames: str) -> tuple[str, str]:
    """Return the folded names under which a person stands in a sorted list: de Souza between Desmond and Dewar."""
    return fold(surname)[:LONGEST_NAME], fold(forenames)[:LONGEST_NAME]


@lru_cache(maxsize=REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text in order: "O'DONOVAN, Zofia" gives odonovan, zofia."""
    return tuple(word[:LONGEST_WORD] for word in fold(text).split())


@lru_cache(maxsize=REMEMBERED)
def name_words(*names: str) -> frozenset[str]:
    """Return every word that these names hold: each part, and parts joined by a hyphen or after Mc as one word."""
    found: set[str] = set()
    for name in names:
        found.update(words(name))
        for part in name.split():
            parts = words(part)
            if len(parts) > 1:
                found.add("".join(parts)[:LONGEST_WORD])
        found.update(_after_mc(words(name)))
    return frozenset(found)


def words_found_by(*names: str) -> frozenset[str]:
    """Return every word under which these names are found: those they hold, and what follows an O' or a D' apart from it."""
    after_one_letter = (part for name in names for part in _AFTER_ONE_LETTER.findall(name))
    return name_words(*names) | frozenset(words(" ".join(after_one_letter)))


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of a search, each once, with Mc joined to what follows it, as name_words stores it."""
    joined = re.sub(r"\bmc (?=[a-z])", "mc", fold(text))
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in joined.split()))


def slips(word: str) -> frozenset[str]:
    """Return the word and, if it is long enough to be mistyped, each form of it with one letter left out."""
    if len(word) < SHORTEST_WITH_SLIPS:
        return frozenset({word})
    return frozenset({word, *(word[:n] + word[n + 1 :] for n in range(len(word)))})


def keys_stored(word: str, sound: str = "") -> frozenset[str]:
    """Return the keys a known word is stored under: how it begins, its slips, and how it sounds (worked out by the caller)."""
    beginnings = {PREFIX_MARK + word[:n] for n in range(1, min(len(word), LONGEST_PREFIX) + 1)}
    return frozenset(beginnings | _near_keys(word, sound))


def keys_sought(word: str, sound: str = "") -> frozenset[str]:
    """Return the keys that find the known words a typed word may stand for. Those found are then compared with it."""
    return frozenset({PREFIX_MARK + word[:LONGEST_PREFIX]} | _near_keys(word, sound))


def _near_keys(word: str, sound: str) -> set[str]:
    return {SLIP_MARK + slip for slip in slips(word)} | ({SOUND_MARK + sound} if sound else set())


def _after_mc(parts: tuple[str, ...]) -> set[str]:
    return {first + second for first, second in pairwise(parts) if first == "mc"}

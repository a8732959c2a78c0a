"""How a word sounds, the same on every database because it is worked out here."""

from __future__ import annotations

import jellyfish

SHORTEST_SOUND = 2


def sound(word: str) -> str:
    """Return a key shared by words that sound alike in English, or nothing for a word too short or not in plain letters."""
    if not (word.isascii() and word.isalpha()):
        return ""
    key = jellyfish.metaphone(word)
    return key if len(key) >= SHORTEST_SOUND else ""

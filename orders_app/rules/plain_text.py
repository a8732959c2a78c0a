"""Text as it is kept: without the marks nobody sees, which come along when text is copied from other programs."""

from __future__ import annotations

import re

# Zero-width spaces, byte order marks, and marks that turn the direction of writing, by which one name can look like another.
# The joiners of Indic and Arabic scripts (U+200C, U+200D) belong to the word and stay.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def without_invisible_marks(text: str) -> str:
    """Return the text as it is seen."""
    return text if text.isascii() else _INVISIBLE.sub("", text)

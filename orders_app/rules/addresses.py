"""Addresses and postcodes as they are kept and as they are compared."""

from __future__ import annotations

import re

from orders_app.rules.names import words

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
_OUTWARD = re.compile(r"(?<![\w/-])[A-Z]{1,2}[0-9][A-Z0-9]?(?![\w/-])", re.IGNORECASE)
EVERYDAY_WORDS = frozenset(
    {
        "and", "at", "avenue", "ave", "close", "court", "crescent", "dr", "drive", "east", "flat", "floor", "gardens", "green", "grove",
        "hill", "house", "lane", "ln", "north", "of", "park", "place", "rd", "road", "room", "south", "square", "st", "street", "terrace",
        "the", "unit", "view", "walk", "way", "west",
    }
)  # fmt: skip


def canonical_postcode(typed: str) -> str | None:
    """Return NM3 4RT for 'nm34rt', nothing for nothing, and None for what cannot be a postcode."""
    text = "".join(typed.split())
    if not text:
        return ""
    found = _POSTCODE.fullmatch(text)
    return f"{found[1]} {found[2]}".upper() if found else None


def find_postcode(text: str) -> tuple[str, str]:
    """Return the first postcode in a text, and the text without it."""
    found = _POSTCODE.search(text)
    if not found:
        return "", text
    return f"{found[1]} {found[2]}".upper(), f"{text[: found.start()]} {text[found.end() :]}"


def outward_code(postcode: str) -> str:
    """Return nm3 for NM3 4RT: the first half, as a word that an address is found by."""
    return postcode.partition(" ")[0].lower()


def find_outward(text: str) -> str:
    """Return the first word of a text that may be the first half of a postcode, as `outward_code` gives it; empty for none."""
    found = _OUTWARD.search(text)
    return found[0].lower() if found else ""


def words_found_by(lines: str, postcode: str) -> frozenset[str]:
    """Return every word under which an address is found: its telling words, and the first half of its postcode."""
    return telling_words(lines) | ({outward_code(postcode)} if postcode else frozenset())


def telling_words(lines: str) -> frozenset[str]:
    """Return the words and numbers that tell one address from another: no 'road', no 'flat', no town."""
    parts = [part for part in re.split(r"[,\n]", lines) if part.strip()]
    if len(parts) > 1 and not any(c.isdigit() for c in parts[-1]):
        parts = parts[:-1]
    return frozenset(words(" ".join(parts))) - EVERYDAY_WORDS


def is_said_by(text: str, lines: str, postcode: str) -> bool:
    """Whether a text such as '12 Dock Road NM7 2LS' names the address with these lines and this postcode."""
    typed_postcode, rest = find_postcode(text)
    if typed_postcode and postcode and typed_postcode != postcode:
        return False
    told, known = telling_words(rest), telling_words(lines)
    return told <= known if told else words(rest) == words(lines)

"""Passwords: what makes one acceptable, and the hash that is kept instead of it (OWASP: Argon2id, 19 MiB, t=2, p=1)."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from orders_app.services.errors import RuleBroken

SHORTEST = 12
LONGEST = 200
SHORTEST_NAME_PART = 4
FEWEST_DIFFERENT = 5
GENERATED_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read out
GENERATED_GROUPS = 4
COMMON_PARTS = (
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "azerty", "letmein", "welcome", "iloveyou", "sunshine", "princess",
    "football", "liverpool", "arsenal", "chelsea", "manchester", "dragon", "monkey", "orderwatch", "police", "constable", "changeme",
    "trustno1", "abc123", "administrator", "superman", "starwars",
)  # fmt: skip
RUNS = (
    "0123456789", "9876543210",
    "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb",
)  # fmt: skip
SHORTEST_REMAINDER = 8

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS_HASH = _hasher.hash(secrets.token_hex(16))  # checked when there is no such user, so that the answer takes the same time


def hash_password(password: str) -> str:
    """Return what is kept instead of the password."""
    return _hasher.hash(_normal(password))


def is_right(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed. Takes the same time whichever it is."""
    try:
        return _hasher.verify(password_hash, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other settings than today's, and should be made anew at the next sign-in."""
    return _hasher.check_needs_rehash(password_hash)


def new_password() -> str:
    """Return a password to be handed over once, such as 'k7mqa-w3xet-…': 100 bits, easily read out."""
    groups = ("".join(secrets.choice(GENERATED_LETTERS) for _ in range(5)) for _ in range(GENERATED_GROUPS))
    return "-".join(groups)


def refuse_weak(password: str, *, field: str, names: Iterable[str]) -> None:
    """Raise RuleBroken on `field` when the password is short, long, made of its owner's names, or often used."""
    message = _weakness(_normal(password), [part for name in names for part in _name_parts(name)])
    if message:
        raise RuleBroken(field, message)


def _weakness(password: str, name_parts: list[str]) -> str:
    folded = password.casefold()
    if len(password) < SHORTEST:
        return f"The password must be {SHORTEST} characters or more. Three words that do not belong together are a good one"
    if len(password) > LONGEST:
        return f"The password must be {LONGEST} characters or fewer"
    if any(part in folded for part in name_parts):
        return "The password must not contain your name or user name"
    if len(set(folded)) < FEWEST_DIFFERENT or _is_common(folded):
        return "That password is one of those tried first by anybody guessing. Choose one that is not a well-known word or a row of keys"
    return ""


def _is_common(folded: str) -> bool:
    """Whether it is a row of keys, or little is left once well-known words and figures are taken out."""
    if any(folded in run * 3 for run in RUNS):
        return True
    rest = folded
    for part in COMMON_PARTS:
        rest = rest.replace(part, "")
    return rest != folded and len(rest.strip("0123456789!?.-_ ")) < SHORTEST_REMAINDER


def _name_parts(name: str) -> list[str]:
    return [part for part in re.split(r"[^\w]+", _normal(name).casefold()) if len(part) >= SHORTEST_NAME_PART]


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)

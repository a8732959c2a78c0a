"""What an e-mail address looks like: enough to catch a slip, since only sending to it can prove it."""

from __future__ import annotations

import re

NOT_AN_EMAIL = "Enter an e-mail address such as name@example.police.uk"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def is_email(typed: str) -> bool:
    """Whether this can be an e-mail address."""
    return _EMAIL.fullmatch(typed) is not None

"""What an e-mail address looks like: enough to catch a slip, since only sending to it can prove it."""

from __future__ import annotations

import re

NOT_AN_EMAIL = "Enter an e-mail address such as name@example.police.uk"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ONE_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def is_email(typed: str) -> bool:
    """Whether this can be an e-mail address."""
    return _EMAIL.fullmatch(typed) is not None


def is_sendable(address: str) -> bool:
    """Whether a mail server can be given this as one address, as RFC 5321 has them without quotation marks."""
    return _ONE_ADDRESS.fullmatch(address) is not None

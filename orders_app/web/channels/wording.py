"""What an officer chose to be told by e-mail, in words."""

from __future__ import annotations

from typing import Any

from orders_app.web.filters import at_about

NO_EMAIL = "None recorded"
ON_OFF = {True: "On", False: "Off"}


def mail_details(user: Any, change_href: str) -> list[dict[str, str]]:
    """The rows of the summary: where e-mail goes, and which is on."""
    return [
        {"key": "Sent to", "value": user.email or NO_EMAIL},
        {"key": "A list each morning", "value": ON_OFF[user.wants_digest], "href": change_href},
        {"key": "Hour clocks, at once", "value": ON_OFF[user.wants_hour_clocks], "href": change_href},
    ]


def channel_details(user: Any, address: Any, now: Any) -> list[dict[str, str]]:
    """What an administrator sees of an officer's channels: never the address of the calendar."""
    calendar = "No address" if address is None else f"Has an address, {_last_read(address, now)}"
    return [
        {"key": "E-mail each morning", "value": ON_OFF[user.wants_digest]},
        {"key": "E-mail at once for hour clocks", "value": ON_OFF[user.wants_hour_clocks]},
        {"key": "Calendar", "value": calendar},
    ]


def _last_read(address: Any, now: Any) -> str:
    return f"last read {at_about(address.last_read_at, now)}" if address.last_read_at else "not read yet"

"""What a form says of the alert that its reader saw: enough to tell whether it is the same alert still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from orders_app.queries.work_lists import WorkRow
from orders_app.services.deadline_work import Seen
from orders_app.services.errors import NotFound

LONGEST_NUMBER = 16
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def seen_words(row: WorkRow) -> str:
    """What goes with Acknowledge: empty where there is nothing to acknowledge."""
    alert = row.alert
    if alert is None or alert.acknowledged_at:
        return ""
    return f"{row.reference}/{row.number}/{alert.stage}/{(alert.raised_at - BEGINNING) // MICROSECOND}"


def seen_in(text: str) -> Seen:
    """Read it back. Raises NotFound where it is none of ours."""
    parts = text.split("/")
    if len(parts) != 4 or not all(_is_number(part) for part in (parts[1], parts[3])):
        raise NotFound(text)
    return Seen(parts[0].upper(), int(parts[1]), parts[2], BEGINNING + int(parts[3]) * MICROSECOND)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER

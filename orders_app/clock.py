"""The one place that reads the clock. Entry points call it; everything else is given the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment as an aware UTC datetime."""
    return datetime.now(UTC)

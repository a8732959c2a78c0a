"""A period worked out, step by step, so that the count can be shown and checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class CountLine:
    """One step of a count: when, what it means, and for hour clocks the hours of the day, those used and the running total."""

    when: str
    what: str
    hours: str = ""
    used: str = ""
    total: str = ""
    is_left_out: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A day on which the clock does not run, and why; `until` is the last day where there are several on end."""

    on: date
    name: str
    until: date | None = None


@dataclass(frozen=True)
class Count:
    """A period worked out. `at` is set for hour clocks only; `on` is the last day on which the duty can still be done."""

    on: date
    at: datetime | None
    lines: tuple[CountLine, ...]
    left_out: tuple[LeftOut, ...] = ()

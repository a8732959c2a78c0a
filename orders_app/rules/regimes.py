"""Which law is in force where, and when. The rows are data that regulations change without a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Regime:
    """One row: the regime `code` is in force in `area` from a day until a day (inclusive; None means no end is set)."""

    code: str
    area: str
    in_force_from: date
    in_force_until: date | None
    citation: str
    url: str


@dataclass(frozen=True)
class Regimes:
    """The whole table. A regime that has no row is nowhere in force."""

    rows: tuple[Regime, ...] = ()

    def in_force(self, code: str, area: str, day: date) -> bool:
        """Whether the regime was in force in that area on that day. Areas are compared without regard to case."""
        return any(row.area.casefold() == area.strip().casefold() and _covers(row, day) for row in self.rows if row.code == code)

    def areas(self, code: str, day: date) -> list[str]:
        """The areas where the regime was in force on that day, in alphabetical order."""
        return sorted({row.area for row in self.rows if row.code == code and _covers(row, day)})


def _covers(row: Regime, day: date) -> bool:
    return row.in_force_from <= day and (row.in_force_until is None or day <= row.in_force_until)

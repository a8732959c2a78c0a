"""Which provisions are law where, and when. The rows are data that regulations change without a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ENGLAND_AND_WALES = "England and Wales"


@dataclass(frozen=True)
class InForce:
    """One row: the provision `code` is in force in `area`, or all of England and Wales, from a day until a day.

    `in_force_until` is the last day, None where no end is set. `citation` is what brought it in or ended it.
    """

    code: str
    area: str
    in_force_from: date
    in_force_until: date | None
    citation: str
    url: str
    note: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day is one of the row's own."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    @property
    def is_everywhere(self) -> bool:
        """Whether it holds in all of England and Wales."""
        return same_area(self.area, ENGLAND_AND_WALES)


@dataclass(frozen=True)
class Provisions:
    """The whole table. A provision that has no row is nowhere in force."""

    rows: tuple[InForce, ...] = ()

    def of(self, code: str) -> list[InForce]:
        """The rows of one provision, by area and first day."""
        return sorted((row for row in self.rows if row.code == code), key=lambda row: (row.area, row.in_force_from))

    def in_force(self, code: str, area: str, day: date) -> bool:
        """Whether the provision was in force in that area on that day. An empty area knows only what holds everywhere."""
        return any(row.covers(day) and (row.is_everywhere or same_area(row.area, area)) for row in self.rows if row.code == code)

    def areas(self, code: str, day: date) -> list[str]:
        """The areas, in alphabetical order, where the provision was in force on that day."""
        return sorted({row.area for row in self.rows if row.code == code and row.covers(day)})

    def all_areas(self, code: str) -> list[str]:
        """The areas, in alphabetical order, in which it has ever been in force; none where it never depended on the area."""
        return sorted({row.area for row in self.rows if row.code == code and not row.is_everywhere})


def same_area(area: str, other: str) -> bool:
    """Whether two names are of one area: neither capital letters nor spaces around them matter."""
    return area.strip().casefold() == other.strip().casefold()

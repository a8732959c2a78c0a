"""Areas, teams and officers as a sheet names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orders_app.queries import imports as queries
from orders_app.rules.spreadsheets.folding import by_name, found
from orders_app.services.imports.tables import Row, Table
from orders_app.services.work import Work


@dataclass(frozen=True)
class Places:
    """What areas, teams and officers are called, with their keys."""

    areas: Mapping[str, int]
    area_names: tuple[str, ...]
    teams: Mapping[str, int]
    team_names: tuple[str, ...]
    officers: Mapping[str, int]

    @classmethod
    def of(cls, work: Work) -> Places:
        """Load them all: there are few."""
        areas, teams = queries.areas(work.session), queries.teams(work.session)
        users = queries.active_users(work.session)
        return cls(
            by_name((name, area.id) for area in areas for name in (area.name, area.code)),
            tuple(area.name for area in areas),
            by_name((team.name, team.id) for team in teams),
            tuple(team.name for team in teams),
            by_name((name, user.id) for user in users for name in (user.username, user.collar_number) if name),
        )

    def area(self, table: Table, row: Row) -> int | None:
        """The area a row names. An unknown one is a problem of the row."""
        return _named(table, row, "area", self.areas, self.area_names)

    def team(self, table: Table, row: Row) -> int | None:
        """The team a row names."""
        return _named(table, row, "team", self.teams, self.team_names)

    def owner(self, table: Table, row: Row) -> int | None:
        """The officer a row names, by user name or collar number."""
        return _named(table, row, "owner", self.officers, ())


def _named(table: Table, row: Row, column: str, known: Mapping[str, int], names: Iterable[str]) -> int | None:
    typed = row.get(column)
    if not typed:
        return None
    key = found(known, typed)
    if key is None:
        choices = f"Enter one of: {', '.join(names)}" if names else "Enter the user name or the collar number of somebody who can sign in"
        table.refuse(row.number, column, f"'{typed}' is not known. {choices}")
    return key

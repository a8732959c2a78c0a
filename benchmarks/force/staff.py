"""The areas, teams and officers of a benchmark's force."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.force.size import NOW, Row, Size

OF_A_TEAM = 10


def areas(_: Size) -> Iterator[Row]:
    """Three areas."""
    yield from ({"id": n, "code": f"A{n}", "name": f"Area {n}"} for n in (1, 2, 3))


def teams(size: Size) -> Iterator[Row]:
    """A team for every ten officers."""
    yield from ({"id": n, "name": f"Team {n}", "area_id": n % 3 + 1} for n in range(1, size.officers // OF_A_TEAM + 1))


def users(size: Size) -> Iterator[Row]:
    """Officers, every tenth of whom leads a team."""
    for n in range(1, size.officers + 1):
        yield {
            "id": n,
            "username": f"officer{n}",
            "rank": "PC",
            "collar_number": str(n),
            "name": f"Officer {n}",
            "email": "",
            "password_hash": "",
            "must_change_password": False,
            "is_active": True,
            "team_id": team_of(n, size),
            "leads_team": n % OF_A_TEAM == 0,
            "created_at": NOW,
            "version": 1,
        }


def user_roles(size: Size) -> Iterator[Row]:
    """Everybody may do what a supervisor of the orders desk may."""
    yield from ({"id": n, "user_id": n, "role": "orders_supervisor"} for n in range(1, size.officers + 1))


def team_of(officer: int, size: Size) -> int:
    """The team of an officer."""
    return officer % (size.officers // OF_A_TEAM) + 1

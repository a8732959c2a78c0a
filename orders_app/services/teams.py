"""Teams that own work, and the policing areas they belong to."""

from __future__ import annotations

from sqlalchemy import select

from orders_app.models import Area, Team
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.services.work import Work


def save_team(work: Work, *, former_name: str, name: str, area_id: int | None) -> Team:
    """Add a team, or change the one with `former_name`. Raises RuleBroken on name, NotFound."""
    name = name.strip()
    if not name:
        raise RuleBroken("name", "Enter the name of the team")
    if name != former_name and work.session.scalar(select(Team.id).where(Team.name == name)) is not None:
        raise RuleBroken("name", "There is a team of this name already. Choose another name")
    team = work.session.scalar(select(Team).where(Team.name == former_name)) if former_name else Team()
    if team is None:
        raise NotFound(former_name)
    team.name, team.area_id = name, area_id
    work.session.add(team)
    work.session.flush()
    return team


def save_area(work: Work, *, former_code: str, code: str, name: str) -> Area:
    """Add an area, or change the one with `former_code`. Raises RuleBroken on code or name, NotFound."""
    code, name = code.strip(), name.strip()
    if not name:
        raise RuleBroken("name", "Enter the name of the area")
    if not code:
        raise RuleBroken("code", "Enter a short code for the area, such as N")
    if code != former_code and work.session.scalar(select(Area.id).where(Area.code == code)) is not None:
        raise RuleBroken("code", "Another area has this code. Choose another code")
    area = work.session.scalar(select(Area).where(Area.code == former_code)) if former_code else Area()
    if area is None:
        raise NotFound(former_code)
    area.code, area.name = code, name
    work.session.add(area)
    work.session.flush()
    return area

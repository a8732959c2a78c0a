"""Colleagues in words, and in lists to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from orders_app.queries.assignees import Colleague
from orders_app.web.fields import choice
from orders_app.web.filters import at_about, day
from orders_app.web.session import now


def whereabouts(one: Colleague) -> str:
    """Why somebody can be given nothing now: away until Thursday 3 December 2026, covered by PC 12 Ann Lee. Empty where they are here."""
    if one.absence:
        until = f"away until {day(one.absence.until_on)}"
        return f"{until}, covered by {one.cover.display_name}" if one.cover else until
    return f"cannot sign in until {at_about(one.paused_until, now())}" if one.paused_until else ""


def listed_by_team(colleagues: Iterable[Colleague], value: Callable[[Colleague], str], heading: str = "{}") -> dict[str, list[Any]]:
    """The answers of a drop-down list under the names of teams. Who can be given nothing now is shown with the reason, not to be chosen."""
    grouped = groupby(colleagues, key=lambda one: one.team_name)
    return {heading.format(team): [_answer(one, value(one)) for one in members] for team, members in grouped}


def _answer(one: Colleague, value: str) -> Any:
    why = whereabouts(one)
    return choice(value, f"{one.user.display_name} ({why})" if why else one.user.display_name, is_disabled=bool(why))

"""Days away in words: who hears meanwhile, and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from orders_app.rules.absences import Away
from orders_app.web.filters import day


def saved_words(absence: Any) -> str:
    """Where the alerts go now that it is saved."""
    if absence.covered_by:
        hears = f"Alerts go to {absence.covered_by.display_name}"
    elif absence.user.team:
        hears = f"Nobody covers, so alerts go to the team, {absence.user.team.name},"
    else:
        hears = "Nobody covers, so alerts go to the team of each record"
    return f"Time away saved. {hears} from the first day, and come back after the last"


def back_words(absence: Any, today: date) -> str:
    """What became of days that were ended or taken out."""
    if absence.from_on <= today:
        return "Time away ended. Alerts come back with the next check"
    whose = f"{absence.user.display_name}, {day(absence.from_on)} to {day(absence.until_on)}"
    return f"Time away taken out: {whose}. Alerts stay where they are"


def row_words(absence: Any, of_covers: Iterable[Any], today: date) -> dict[str, Any]:
    """One absence in the list, with the days on which whoever covers is away themselves."""
    away = Away(absence.from_on, absence.until_on)
    both = [one for one in of_covers if one.user_id == absence.covered_by_id and away.overlaps(Away(one.from_on, one.until_on))]
    return {
        "absence": absence,
        "is_away": away.is_on(today),
        "uncovered": [f"Away themselves from {day(one.from_on)} to {day(one.until_on)}: the team hears then" for one in both],
    }

"""A form filled in as somebody in a hurry would, whatever it asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from orders_app.rules.wording import LONDON
from tests.web.reading import Page

AN_HOUR = timedelta(hours=1)
IN_A_DAY_OR_TWO = timedelta(hours=37)
LATER_FIELDS = ("hearing_at", "until_on")
LATEST_AT_COURT = 16


def filled(page: Page, now: datetime, rng: Random, *, note: str) -> dict[str, str]:
    """An answer to every question of the page's forms. `note` goes into the note where there is one, else into every long answer."""
    answers: dict[str, str] = {}
    choices: dict[str, list[str]] = {}
    select = ""
    has_note = any(values.get("name") == "note" for tag, values in page.tags if tag == "textarea")
    for tag, values in page.tags:
        name = values.get("name", "")
        if tag == "select":
            select = name
        elif tag == "option" and values.get("value"):
            choices.setdefault(select, []).append(values["value"])
        elif tag == "textarea" and name:
            answers[name] = note if name == "note" or not has_note else "As told by the desk"
        elif tag == "input" and name and values.get("type") == "radio":
            choices.setdefault(name, []).append(values.get("value", ""))
        elif tag == "input" and name and values.get("type") != "checkbox":
            answers[name] = values.get("value") or _typed(name, now)
    return answers | {name: rng.choice(offered) for name, offered in choices.items()}


def _typed(name: str, now: datetime) -> str:
    """A day or a time where the box is part of a date: just now, or soon where it is still to come."""
    field, _, part = name.rpartition("-")
    at = (now + IN_A_DAY_OR_TWO if field in LATER_FIELDS else now - AN_HOUR).astimezone(LONDON)
    if field in LATER_FIELDS:
        at = at.replace(hour=min(at.hour, LATEST_AT_COURT))
    parts = {"day": str(at.day), "month": str(at.month), "year": str(at.year), "time": f"{at:%H:%M}"}
    return parts.get(part, "PC 1001")

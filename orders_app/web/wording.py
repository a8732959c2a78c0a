"""The words for states and their colours, and what the frame of every page says. One list: a word that is not in it is a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from orders_app.web.fields import form_problems
from orders_app.web.filters import at, at_about, took

TAG_COLOURS = {
    # orders
    "Draft": "blue", "Authorised": "blue", "Applied for": "blue", "Listed": "blue", "Notice in force": "teal", "Interim in force": "teal",
    "Made, not served": "orange", "Awaiting release": "purple", "Starts later": "purple", "In force": "green", "Partly in force": "teal",
    "Continues pending prosecution": "purple", "Ended": "grey", "Expired": "grey", "Discharged": "grey", "Replaced": "grey", "Lapsed": "red",
    "Refused": "grey", "Withdrawn": "grey",
    # service and notification
    "Served": "green", "Not served": "orange", "Not at home": "grey", "No reply": "grey", "Refused entry": "orange", "Given": "green",
    "Not needed": "grey",
    # work and checks
    "Open": "blue", "Acknowledged": "blue", "Snoozed": "grey", "Escalated": "red", "Waiting on others": "grey", "Done": "green",
    "Overdue": "red", "Due today": "orange", "Due soon": "yellow", "Later": "grey",
    "Complied with": "green", "Kept in part": "teal", "Checked": "green", "Not checked": "orange", "Up to date": "green",
    # breach
    "Breach reported": "red", "Awaiting review": "orange", "In custody": "purple", "Before court": "blue", "Proved": "grey", "Not proved": "grey",
    "No further action": "grey", "Offence": "magenta",
    # people and access
    "At liberty": "blue", "Recalled": "purple", "Active management": "green", "Reactive management": "grey", "Very high": "red", "High": "orange",
    "Medium": "yellow", "Low": "green", "Protected person": "blue", "Subject": "grey", "Possible duplicate": "yellow", "Restricted": "grey",
    "Locked": "grey",
    # jobs, imports and users
    "Ran": "green", "Running": "blue", "Failed": "red", "Late": "orange", "Off": "grey", "Waiting to run": "blue", "Never run": "grey",
    "Error": "red", "Warning": "orange", "Ready": "green", "Imported": "green", "Active": "green", "Left": "grey",
}  # fmt: skip

ELLIPSIS = 0


class UnknownWord(LookupError):
    """A state was said in a word that is not in TAG_COLOURS."""


@dataclass(frozen=True)
class LateWords:
    """The warning on every page while alerts are not being checked."""

    title: str
    text: str


@dataclass(frozen=True)
class AlertsChecked:
    """What the footer says about alerts, and the warning if they are late."""

    text: str
    is_late: bool
    words: LateWords


def tag_colour(word: str) -> str:
    """The colour of a state's tag. Raises UnknownWord."""
    try:
        return TAG_COLOURS[word]
    except KeyError:
        raise UnknownWord(f"{word!r} is not in the list of states: add it to TAG_COLOURS, or use a word that is there") from None


def alerts_checked_words(checked_at: datetime | None, now: datetime, late_after_minutes: int = 30) -> AlertsChecked:
    """When alerts were last checked, in words, and whether that is too long ago."""
    right = "Dates on the pages are right: they are worked out from the records. E-mails and escalations may be late; the next check catches up."
    if checked_at is None:
        return AlertsChecked("Alerts have not been checked yet.", True, LateWords("Alerts have not been checked yet", right))
    ago = now - checked_at
    when = at_about(checked_at, now)
    if ago.total_seconds() <= late_after_minutes * 60:
        return AlertsChecked(f"Alerts last checked {when}.", False, LateWords("", ""))
    text = f"Alerts last checked {when}. This is late: they should be checked every 15 minutes."
    words = LateWords(f"Alerts have not been checked for {took(ago - ago % _unit(ago.total_seconds()))}", f"The last check was {when}. {right}")
    return AlertsChecked(text, True, words)


def page_made(now: datetime) -> str:
    """When the page was true, for its footer."""
    return at(now)


def page_numbers(page: int, pages: int) -> list[int]:
    """Which page numbers to link: the first, the last, this one and its neighbours; 0 stands for a gap."""
    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    numbers: list[int] = []
    for here in near:
        missing = here - numbers[-1] - 1 if numbers else 0
        numbers += [here - 1] if missing == 1 else [ELLIPSIS] if missing else []
        numbers.append(here)
    return numbers


def register(app: Flask) -> None:
    """Give templates the colour of a tag, page numbers and a form's problems.

    In use an unknown state is drawn grey; while developing and testing it is an error.
    """
    is_strict = app.testing or app.debug

    def colour(word: str) -> str:
        return tag_colour(word) if is_strict else TAG_COLOURS.get(word, "grey")

    app.jinja_env.globals |= {"tag_colour": colour, "page_numbers": page_numbers, "form_problems": form_problems}

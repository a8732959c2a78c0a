"""The words for states, and the colours that repeat them. One list: a word that is not in it is a mistake."""

from __future__ import annotations

TAG_COLOURS = {
    # orders
    "Draft": "blue", "Considered": "blue", "Referred": "blue", "Authorised": "blue", "Applied for": "blue", "Requested": "blue",
    "Listed": "blue", "Notice in force": "teal", "Interim in force": "teal", "Made, not served": "orange",
    "Awaiting release": "purple", "Starts later": "purple", "In force": "green", "Partly in force": "teal",
    "Continues pending prosecution": "purple", "Ended": "grey", "Expired": "grey", "Discharged": "grey", "Replaced": "grey",
    "Lapsed": "red", "Refused": "grey", "Withdrawn": "grey", "Undertaking given": "grey",
    # registration
    "Not yet registered": "grey", "Registered": "blue",
    # service and notification
    "Served": "green", "Not served": "orange", "Not at home": "grey", "No reply": "grey", "Refused entry": "orange",
    "Given": "green", "Not needed": "grey",
    # work and checks
    "Open": "blue", "Acknowledged": "blue", "Snoozed": "grey", "Escalated": "red", "Waiting on others": "grey", "Done": "green",
    "Overdue": "red", "Due today": "orange", "Due soon": "yellow", "Later": "grey", "Complied with": "green",
    "Kept in part": "teal", "Checked": "green", "Not checked": "orange", "Up to date": "green",
    "Listed too late": "red",
    # breach
    "Breach reported": "red", "Awaiting review": "orange", "In custody": "purple", "Before court": "blue", "Proved": "grey",
    "Not proved": "grey", "No further action": "grey", "Offence": "magenta",
    # people and access
    "At liberty": "blue", "Recalled": "purple", "Active management": "green", "Reactive management": "grey", "Very high": "red",
    "High": "orange", "Medium": "yellow", "Low": "green", "Protected person": "blue", "Subject": "grey",
    "Possible duplicate": "yellow", "Restricted": "grey", "Sealed": "grey", "Locked": "grey",
    # jobs, imports and users
    "Ran": "green", "Running": "blue", "Failed": "red", "Late": "orange", "Off": "grey", "Waiting to run": "blue",
    "Never run": "grey", "Error": "red", "Warning": "orange", "Ready": "green", "Imported": "green", "Active": "green",
    "Away": "grey",
    "Left": "grey",
    # provisions
    "Not in force": "grey",
    # standard conditions
    "In use": "green", "Retired": "grey",
}  # fmt: skip

ELLIPSIS = 0


class UnknownWord(LookupError):
    """A state was said in a word that is not in TAG_COLOURS."""


def tag_colour(word: str) -> str:
    """The colour of a state's tag. Raises UnknownWord."""
    try:
        return TAG_COLOURS[word]
    except KeyError:
        raise UnknownWord(f"{word!r} is not in the list of states: add it to TAG_COLOURS, or use a word that is there") from None


def page_numbers(page: int, pages: int) -> list[int]:
    """Which page numbers to link: the first, the last, this one and its neighbours; 0 stands for a gap."""
    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    numbers: list[int] = []
    for here in near:
        missing = here - numbers[-1] - 1 if numbers else 0
        numbers += [here - 1] if missing == 1 else [ELLIPSIS] if missing else []
        numbers.append(here)
    return numbers

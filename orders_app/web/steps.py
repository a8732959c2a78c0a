"""What can be done about a deadline: the forms that meet it, as links in their words."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING_TO_DO = "Nothing has to be done: the date passes by itself"


@dataclass(frozen=True)
class Step:
    """One thing to do: what it is called, and the address of the form that does it."""

    words: str
    href: str

"""When an officer is away, and who covers: what may be entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from orders_app.rules.wording import day_words

LONGEST = timedelta(days=366)
LONG = timedelta(days=28)


@dataclass(frozen=True)
class Away:
    """Days on which somebody is not at work, the last one included."""

    from_on: date
    until_on: date

    @property
    def is_long(self) -> bool:
        """Whether somebody is away for so long that their cases are better handed over than covered."""
        return self.until_on - self.from_on >= LONG

    def overlaps(self, other: Away) -> bool:
        """Whether a day is in both."""
        return self.from_on <= other.until_on and other.from_on <= self.until_on

    def is_on(self, day: date) -> bool:
        """Whether somebody is away that day."""
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True)
class NotAllowed:
    """Why days away cannot be entered, and beside which field that stands."""

    field: str
    message: str


def refusals(away: Away, *, others: Iterable[Away], of_cover: Iterable[Away], today: date) -> Iterator[NotAllowed]:
    """Everything wrong with days away, beside the officer's `others`, and with those of whoever is to cover them."""
    if away.until_on < away.from_on:
        yield NotAllowed("until_on", f"The last day must be {day_words(away.from_on)} or later")
    elif away.until_on < today:
        yield NotAllowed("until_on", "These days are over. Enter a last day that is today or later")
    elif away.until_on - away.from_on > LONGEST:
        yield NotAllowed("until_on", "Enter a year at most. Somebody away for longer hands their cases over")
    for other in others:
        if away.overlaps(other):
            yield NotAllowed("from_on", f"They are away already from {day_words(other.from_on)} to {day_words(other.until_on)}")
    for other in of_cover:
        if away.overlaps(other):
            yield NotAllowed("cover", f"They are away themselves from {day_words(other.from_on)} to {day_words(other.until_on)}")

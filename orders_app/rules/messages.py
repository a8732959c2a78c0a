"""What an e-mail says: headings, references and links, and never a name, a duty or a detail of an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from orders_app.rules.wording import short_day_words

LISTED_AT_MOST = 40
# The same in every digest, so that nothing can be told from it.
NEVER_LISTED = "Records that only some may see are never listed in e-mail. My work has everything that is yours."
SENT_ALL_THE_SAME = (
    "You chose no e-mail each morning. This one is sent all the same: something that is yours is near or past a date that the law "
    "sets, and nobody has acknowledged it."
)
CHOICES = "You choose what reaches you by e-mail in Orderwatch, on the page How alerts reach you."


class Part(StrEnum):
    """The parts of a digest, in the order in which they are read."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    PASSED_UP = "passed_up"
    NEW = "new"
    TEAM = "team"


HEADINGS = {
    Part.OVERDUE: ("Overdue", "overdue"),
    Part.TODAY: ("Due today", "due today"),
    Part.SOON: ("Due in the next 6 days", "due soon"),
    Part.PASSED_UP: ("Passed up to you, because nobody has acknowledged them", "passed up to you"),
    Part.NEW: ("New warnings for later", "new for later"),
    Part.TEAM: ("With your team, and nobody's yet", "with your team"),
}


@dataclass(frozen=True)
class Line:
    """One deadline as a message names it: the reference of its record, and its number there."""

    reference: str
    number: int

    def link(self, public_url: str) -> str:
        """The address of its page."""
        return f"{my_work(public_url)}/{quote(self.reference, safe='')}/{self.number}"


@dataclass(frozen=True)
class Message:
    """The subject and the text of one e-mail."""

    subject: str
    body: str


def my_work(public_url: str) -> str:
    """The address of My work."""
    return f"{public_url.rstrip('/')}/work"


def digest(day: date, parts: Mapping[Part, Sequence[Line]], public_url: str, *, is_chosen: bool) -> Message:
    """The e-mail of one morning. Where it was not chosen it says why it was sent. Of a long part the first lines are listed."""
    shown = [(part, parts[part]) for part in Part if parts.get(part)]
    blocks = [short_day_words(day)]
    blocks += [] if is_chosen else [SENT_ALL_THE_SAME]
    blocks += [_part(part, lines, public_url) for part, lines in shown] or ["There is nothing to list this morning."]
    said = ", ".join(f"{_counted(lines)} {HEADINGS[part][1]}" for part, lines in shown) or "nothing to list"
    return Message(f"Orderwatch, {short_day_words(day)}: {said}", _body(blocks, public_url, NEVER_LISTED, CHOICES))


def hour_clock(line: Line | None, public_url: str) -> Message:
    """The e-mail about one hour clock, sent at once; without a reference where only some may see the record."""
    asked = "Open it, and acknowledge it so that nobody else is told."
    blocks = [f"{line.reference}\n{line.link(public_url)}", asked] if line else [f"See My work. {asked}"]
    return Message("Orderwatch: an hour clock needs you", _body(["An hour clock needs you.", *blocks], public_url, CHOICES))


def trial(public_url: str) -> Message:
    """The e-mail by which an administrator proves the settings."""
    said = "This is a trial. Orderwatch can send you e-mail, and the address below opens My work."
    return Message("Orderwatch: a trial of e-mail", _body([said], public_url))


def _part(part: Part, lines: Sequence[Line], public_url: str) -> str:
    listed = [f"{line.reference}  {line.link(public_url)}" for line in lines[:LISTED_AT_MOST]]
    more = ["More are in My work."] if len(lines) > LISTED_AT_MOST else []
    return "\n".join([HEADINGS[part][0], *listed, *more])


def _counted(lines: Sequence[Line]) -> str:
    return f"more than {LISTED_AT_MOST}" if len(lines) > LISTED_AT_MOST else str(len(lines))


def _body(blocks: Sequence[str], public_url: str, *said_last: str) -> str:
    return "\n\n".join([*blocks, f"My work\n{my_work(public_url)}", *said_last]) + "\n"

"""What an e-mail says: headings, references and links, and never a name, a duty or a detail of an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import quote

from orders_app.rules.wording import LONDON, ONE_DAY, day_words, short_day_words

LISTED_AT_MOST = 40
# The same in every digest, so that nothing can be told from it.
NEVER_LISTED = "Records that only some may see are never listed in e-mail. My work has everything that is yours."
SENT_ALL_THE_SAME = (
    "You chose no e-mail each morning. This one is sent all the same: something that is yours is near or past a date that the law "
    "sets, and nobody has acknowledged it."
)
NEEDS_YOU = "An hour clock needs you."
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
    """One deadline as a message names it: the reference of its record, its number there, and when its time ends."""

    reference: str
    number: int
    act_by_at: datetime

    def link(self, public_url: str) -> str:
        """The address of its page."""
        return f"{my_work(public_url)}/{quote(self.reference, safe='')}/{self.number}"

    @property
    def name(self) -> str:
        """DVPN-2026-0042, number 2."""
        return f"{self.reference}, number {self.number}"

    @property
    def end(self) -> tuple[date, str]:
        """The day on which its time ends, and the time of that day: midnight is the end of a day."""
        local = self.act_by_at.astimezone(LONDON)
        is_midnight = (local.hour, local.minute) == (0, 0)
        return (local.date() - ONE_DAY, "24:00") if is_midnight else (local.date(), f"{local:%H:%M}")


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
    """The e-mail about one hour clock, sent at once; without a reference or a time where only some may see the record."""
    asked = "Open it, and acknowledge it so that nobody else is told."
    if line is None:
        return Message("Orderwatch: an hour clock needs you", _body([NEEDS_YOU, f"See My work. {asked}"], public_url, CHOICES))
    day, time = line.end
    blocks = [NEEDS_YOU, f"{line.name}\n{_due(line)}\n{line.link(public_url)}", asked]
    return Message(f"Orderwatch: an hour clock ends {short_day_words(day)}, {time}", _body(blocks, public_url, CHOICES))


def trial(public_url: str) -> Message:
    """The e-mail by which an administrator proves the settings."""
    said = "This is a trial. Orderwatch can send you e-mail, and the address below opens My work."
    return Message("Orderwatch: a trial of e-mail", _body([said], public_url))


def _part(part: Part, lines: Sequence[Line], public_url: str) -> str:
    listed = [f"{line.name}: {_due(line)}\n  {line.link(public_url)}" for line in lines[:LISTED_AT_MOST]]
    more = ["More are in My work."] if len(lines) > LISTED_AT_MOST else []
    return "\n".join([HEADINGS[part][0], *listed, *more])


def _due(line: Line) -> str:
    day, time = line.end
    return f"due {day_words(day)}, {time}"


def _counted(lines: Sequence[Line]) -> str:
    return f"more than {LISTED_AT_MOST}" if len(lines) > LISTED_AT_MOST else str(len(lines))


def _body(blocks: Sequence[str], public_url: str, *said_last: str) -> str:
    return "\n\n".join([*blocks, f"My work\n{my_work(public_url)}", *said_last]) + "\n"

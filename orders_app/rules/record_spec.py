"""The shape of what every kind of record declares: duties, what starts and meets them, refusals, citations. No behaviour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from orders_app.rules.alerting import AlertClass
from orders_app.rules.away import Away
from orders_app.rules.facts import Event, EventKind
from orders_app.rules.periods import Period


@dataclass(frozen=True)
class Citation:
    """Where a rule comes from. `url` is empty only for local policy.

    `is_unread` says that the text of the provision was not before whoever wrote it down: pages say that it is to be checked.
    """

    act: str
    provision: str
    url: str = ""
    is_unread: bool = False

    def __str__(self) -> str:
        return f"{self.act} {self.provision}"


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A part that is law since one provision is in force and until another is: codes of known_provisions, empty for none."""

    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Provision:
    """A part of an Act that begins by regulations. `brings` says what is law from then on; `unsure` what is to be confirmed."""

    code: str
    name: str
    brings: str
    citation: Citation
    unsure: str = ""


class RuleClass(StrEnum):
    """Whose rule it is. Never blurred: only law binds the subject and the court."""

    LAW = "law"
    GUIDANCE = "guidance"
    POLICY = "policy"


class Word(StrEnum):
    """How a deadline relates to its date. `by` is at or before, `before` strictly before; `until` passes by itself.

    `at` is the time of a hearing: once it is over, what the court did is still to be recorded.
    """

    BY = "by"
    BEFORE = "before"
    UNTIL = "until"
    AT = "at"


@dataclass(frozen=True)
class Start:
    """What sets a clock going: the recorded event a deadline hangs on, and the day (and moment) counted from.

    `words` say what that day is ("the day it was served"); `part` tells apart several deadlines of one duty and event.
    An event meets the duty if it comes no earlier than `event`, and no earlier than `met_from` where that is given.
    `law_on` is the day whose law decides whether there is the duty, where that is not the day of `event`.
    `away` is time that does not count, for the periods that heed it. `title` says what falls due where the duty's own title
    does not say of which part. Where the law can be read to count from a later day, `later_on` is that, and lateness is judged
    from it. Where the Act adds "or, if earlier, at" something known to come, `not_after` is the moment of that: the date to act
    by is no later. `unsure` says in words what the readings differ about.
    """

    event: Event
    on: date
    words: str
    at: datetime | None = None
    part: str = ""
    met_from: date | None = None
    law_on: date | None = None
    away: tuple[Away, ...] = ()
    title: str = ""
    later_on: date | None = None
    not_after: datetime | None = None
    unsure: str = ""


Meets = Callable[[Event, Start], bool]
# Given the type of a record and the facts of one: OrderType and Facts, or another RecordType and its own facts.
Starts = Callable[[Any, Any], Sequence[Start]]


@dataclass(frozen=True, kw_only=True)
class Duty(Dated):
    """Something that must be done, by when, counted from what, and which events do it.

    `period` is None where the start is itself the date (a hearing, the end of an order).
    `sentence` is the full duty for the exhibit; `moves` says what would change the date.
    `outlives_order` keeps a duty open after the order has ended: a person in custody is still to be produced.
    `may_be_past` keeps one that fell due before its event was recorded: travel that police learn of late.
    `leaves_out` cites the rule on days left out, or on time that does not count.
    `meets_if` narrows `met_by` to those events that do this duty, and `falls_short` says of the others why they do not.
    `safe_period` is the stricter of two readings of the period, and `two_readings` says what they differ about.
    """

    key: str
    title: str
    sentence: str
    starts: Starts
    period: Period | None
    met_by: frozenset[EventKind]
    citation: Citation
    alert_class: AlertClass
    word: Word = Word.BY
    rule_class: RuleClass = RuleClass.LAW
    leaves_out: Citation | None = None
    moves: str = ""
    outlives_order: bool = False
    may_be_past: bool = False
    meets_if: Meets | None = None
    falls_short: str = ""
    safe_period: Period | None = None
    two_readings: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True)
class Refusal(Dated):
    """What the law does not allow, why, and where it says so. `events` are the kinds of event that would be that."""

    title: str
    why: str
    citation: Citation
    events: frozenset[EventKind] = frozenset()


@dataclass(frozen=True)
class DatedEvents(Dated):
    """Kinds of event that the law knows for a type only since, or until, a provision is in force."""

    kinds: frozenset[EventKind]


@dataclass(frozen=True, kw_only=True)
class Breach:
    """What a breach is in law, and the power it gives. A civil breach is never called an offence."""

    is_offence: bool
    words: str
    power: str
    citation: Citation


@dataclass(frozen=True, kw_only=True)
class RecordType:
    """One kind of record that has duties: an order, a registration. `prefix` begins its references.

    `events` are the kinds that the law knows for it, `dated_events` those that depend on a provision; `ended_by` those that
    end it on their day.
    """

    code: str
    prefix: str
    name: str
    short_name: str
    citation: Citation
    events: frozenset[EventKind]
    ended_by: frozenset[EventKind]
    duties: tuple[Duty, ...]
    dated_events: tuple[DatedEvents, ...] = ()

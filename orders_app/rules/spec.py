"""The shape of a declaration. No behaviour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EndKind, Event, EventKind
from orders_app.rules.periods import DayPeriod, Period


@dataclass(frozen=True)
class Citation:
    """Where a rule comes from. `url` is empty only for local policy."""

    act: str
    provision: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.act} {self.provision}"


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A part that is law since one provision is in force and until another is: codes of known_provisions, empty for none."""

    since: str = ""
    until: str = ""


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
class Family:
    """Kinds of order that are kept together in lists, and the heading they stand under."""

    code: str
    words: str


class FieldKind(StrEnum):
    """How an extra question is asked."""

    TEXT = "text"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True)
class Start:
    """What sets a clock going: the recorded event a deadline hangs on, and the day (and moment) counted from.

    `words` say what that day is ("the day it was served"); `part` tells apart several deadlines of one duty and event.
    An event meets the duty if it comes no earlier than `event`, and no earlier than `met_from` where that is given.
    `law_on` is the day whose law decides whether there is the duty, where that is not the day of `event`.
    """

    event: Event
    on: date
    words: str
    at: datetime | None = None
    part: str = ""
    met_from: date | None = None
    law_on: date | None = None


# Given the type of a record and the facts of one: OrderType and Facts, or another RecordType and its own facts.
Starts = Callable[[Any, Any], Sequence[Start]]


@dataclass(frozen=True, kw_only=True)
class Duty(Dated):
    """Something that must be done, by when, counted from what, and which events do it.

    `period` is None where the start is itself the date (a hearing, the end of an order).
    `sentence` is the full duty for the exhibit; `moves` says what would change the date.
    `outlives_order` keeps a duty open after the order has ended: a person in custody is still to be produced.
    `leaves_out` cites the rule on days left out, for hour clocks.
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
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True)
class Option(Dated):
    """One answer of a fixed list: the code that is kept, and the words. Two may share a code where new law changes the words."""

    code: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ExtraField:
    """One more question that a type asks. Answers are kept, and never counted from."""

    key: str
    label: str
    kind: FieldKind
    hint: str = ""
    required: bool = True
    choices: tuple[Option, ...] = ()


class Age(StrEnum):
    """Whom a limit is for, by age on the day the order is made."""

    ADULT = "adult"
    UNDER_18 = "under_18"


@dataclass(frozen=True)
class LengthLimit(Dated):
    """A shortest or longest length, in the Act's own way of counting: from the day made, or from the first day in force.

    `spares_travel_only` frees an order that holds nothing but foreign travel prohibitions. `made_under` (codes of the
    type's powers) and `age` narrow it to some orders; empty, it is for all of them.
    """

    period: DayPeriod
    citation: Citation
    from_first_day_in_force: bool = False
    spares_travel_only: bool = False
    made_under: frozenset[str] = frozenset()
    age: Age | None = None


@dataclass(frozen=True)
class AgeLimit(Dated):
    """The youngest age at the date of the notice or order."""

    years: int
    citation: Citation


@dataclass(frozen=True)
class RankLimit(Dated):
    """The lowest rank that may authorise: a key of ranks.RANKS."""

    least: str
    citation: Citation


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the Act allows an order of this type to be. None, or nothing, means that the Act sets no such limit.

    Of `shortest` and of `longest` the first that is for the order applies to it. `open_end_age` is the youngest age at
    which an order may have no end date, where the type may have none.
    """

    end_kinds: frozenset[EndKind]
    end_citation: Citation
    end_refusal: str
    shortest: tuple[LengthLimit, ...] = ()
    longest: tuple[LengthLimit, ...] = ()
    open_end_age: AgeLimit | None = None
    subject_age: AgeLimit | None = None
    protected_age: AgeLimit | None = None
    authoriser: RankLimit | None = None
    requirements_refused: Refusal | None = None
    supervisor: Citation | None = None
    longest_travel: LengthLimit | None = None
    longest_monitoring: LengthLimit | None = None
    monitoring_refused: Refusal | None = None


@dataclass(frozen=True)
class Refusal(Dated):
    """What the law does not allow, why, and where it says so."""

    title: str
    why: str
    citation: Citation


@dataclass(frozen=True)
class DatedEvents(Dated):
    """Kinds of event that the law knows for a type only since, or until, a provision is in force."""

    kinds: frozenset[EventKind]


@dataclass(frozen=True)
class DischargeBar:
    """How long an order may not be discharged: until the end of `period` beginning with the day made.

    Where the Act sets a share of the order's own period instead, `share` is that and `period` None. Consent of the subject
    and the chief officer lifts the bar unless `consent_lifts` says that it does not. `spares_travel_only` frees an order
    that holds nothing but foreign travel prohibitions.
    """

    period: DayPeriod | None
    citation: Citation
    share: Fraction | None = None
    consent_lifts: bool = True
    spares_travel_only: bool = False


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


@dataclass(frozen=True, kw_only=True)
class OrderType(RecordType, Dated):
    """One kind of order or notice: everything that differs between kinds, as data.

    `since` and `until` say when one may be given or made at all; `savings` cites what lets an application or a notice that
    was alive then go on, and `instead` says in a sentence what to use where it is not law. `suspended_by` are the notification
    schemes that put its own initial notification off until they end, `notification_scheme` the one that it brings itself.
    `leads_to` is the type that may follow (DVPN: dvpo). `also_called` are other names that people type. `arrest_powers` are
    asked on an arrest where the Act has several: code and words. `awaits_legal_check` marks a declaration that legal
    services have not read yet; pages say so.
    """

    family: Family
    limits: Limits
    breach: Breach
    is_notice: bool = False
    is_interim: bool = False
    needs_service: bool = True
    presence_binds: bool = False
    leads_to: str = ""
    savings: Citation | None = None
    instead: str = ""
    suspended_by: frozenset[str] = frozenset()
    notification_scheme: str = ""
    protects_somebody: bool = False
    may_start_on_release: bool = False
    awaits_legal_check: bool = False
    also_called: tuple[str, ...] = ()
    arrest_powers: tuple[tuple[str, str], ...] = ()
    discharge_bar: DischargeBar | None = None
    refusals: tuple[Refusal, ...] = ()
    extra_fields: tuple[ExtraField, ...] = ()
    made_under: tuple[Option, ...] = ()

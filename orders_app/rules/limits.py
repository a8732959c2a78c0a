"""What an Act allows an order to be: how long, from when, on whom, with what terms, and until when it stands. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from orders_app.rules.facts import EndKind
from orders_app.rules.periods import DayPeriod
from orders_app.rules.record_spec import Citation, Dated, Refusal


class Age(StrEnum):
    """Whom a limit is for, by age on the day the order is made."""

    ADULT = "adult"
    UNDER_18 = "under_18"


class StartKind(StrEnum):
    """How an order may start later than on the day it is made."""

    STATED_DAY = "stated_day"
    RELEASE = "release"
    OTHER_END = "other_end"


@dataclass(frozen=True)
class LateStarts:
    """The ways in which the Act lets an order start later than on the day it is made; none: it runs from that day."""

    kinds: frozenset[StartKind]
    citation: Citation


@dataclass(frozen=True)
class LengthLimit(Dated):
    """A shortest or longest length, in the Act's own way of counting: from the day made, or from the first day in force.

    `is_for_each_term` measures also each term that ends on a day of its own. `spares_travel_only` frees an order that holds
    nothing but foreign travel prohibitions. `made_under` (codes of the
    type's powers) and `age` narrow it to some orders; empty, it is for all of them. `extension` is where the Act says that a
    court may extend a term by as much again, if that is another section.
    """

    period: DayPeriod
    citation: Citation
    from_first_day_in_force: bool = False
    is_for_each_term: bool = False
    spares_travel_only: bool = False
    made_under: frozenset[str] = frozenset()
    age: Age | None = None
    extension: Citation | None = None


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
    which an order may have no end date, where the type may have none. `youth_court` says that a youth court hears it where
    the subject is under 18.
    """

    end_kinds: frozenset[EndKind]
    end_citation: Citation
    end_refusal: str
    shortest: tuple[LengthLimit, ...] = ()
    longest: tuple[LengthLimit, ...] = ()
    open_end_age: AgeLimit | None = None
    subject_age: AgeLimit | None = None
    youth_court: Citation | None = None
    protected_age: AgeLimit | None = None
    authoriser: RankLimit | None = None
    requirements_refused: Refusal | None = None
    supervisor: Citation | None = None
    longest_travel: LengthLimit | None = None
    longest_monitoring: LengthLimit | None = None
    monitoring_needs: str = ""
    monitoring_refused: Refusal | None = None


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


@dataclass(frozen=True)
class Grounds:
    """What must be shown before one is given or made, in short, and where the Act says so. People weigh it: nothing is worked out."""

    words: str
    citation: Citation


@dataclass(frozen=True)
class Applicants:
    """Who may ask a court to vary, renew or discharge an order: the codes of the answers, and the words for a refusal."""

    codes: tuple[str, ...]
    words: str
    citation: Citation


@dataclass(frozen=True)
class Replacement:
    """A new order of the type ends the earlier one when it is made, under the powers named (empty: under any).

    `kept_by` is the key of the question whose yes keeps the earlier one, where the Act lets the court order so.
    """

    citation: Citation
    made_under: frozenset[str] = frozenset()
    kept_by: str = ""

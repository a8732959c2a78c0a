"""The shape of a declaration: what an order type adds to what every kind of record declares. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from orders_app.rules.facts import EndKind
from orders_app.rules.periods import DayPeriod
from orders_app.rules.record_spec import (
    Breach,
    Citation,
    Dated,
    DatedEvents,
    Duty,
    Meets,
    RecordType,
    Refusal,
    RuleClass,
    Start,
    Starts,
    Word,
)

__all__ = [
    "Age",
    "AgeLimit",
    "Breach",
    "Citation",
    "Dated",
    "DatedEvents",
    "DischargeBar",
    "Duty",
    "ExtraField",
    "Family",
    "FieldKind",
    "LengthLimit",
    "Limits",
    "Meets",
    "Option",
    "OrderType",
    "RankLimit",
    "RecordType",
    "Refusal",
    "RuleClass",
    "Start",
    "Starts",
    "Word",
]


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

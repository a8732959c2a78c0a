"""The shape of a declaration of an order type. No behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from orders_app.rules.facts import EventKind
from orders_app.rules.limits import (
    Age,
    AgeLimit,
    Applicants,
    DischargeBar,
    Grounds,
    LateStarts,
    LengthLimit,
    Limits,
    RankLimit,
    Replacement,
    StartKind,
)
from orders_app.rules.record_spec import (
    Breach,
    Citation,
    Dated,
    DatedEvents,
    Duty,
    Meets,
    Provision,
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
    "Applicants",
    "Breach",
    "Citation",
    "Dated",
    "DatedEvents",
    "DischargeBar",
    "Duty",
    "ExtraField",
    "Family",
    "FieldKind",
    "Grounds",
    "LateStarts",
    "LengthLimit",
    "Limits",
    "Meets",
    "Option",
    "OrderType",
    "Provision",
    "RankLimit",
    "RecordType",
    "Refusal",
    "Replacement",
    "RuleClass",
    "Start",
    "StartKind",
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


@dataclass(frozen=True, kw_only=True)
class OrderType(RecordType, Dated):
    """One kind of order or notice: everything that differs between kinds, as data.

    `since` and `until` say when one may be given or made at all, by codes of known provisions, of which `provisions` are the
    type's own; `savings` cites what lets an application or a notice that
    was alive then go on, and `instead` says in a sentence what to use where it is not law. `is_requested` says that nobody
    applies for one: the prosecution asks the court that deals with the offender, or the court acts of its own motion.
    `suspended_by` are the notification schemes that put its own initial notification off until they end,
    `notification_scheme` the one that it brings itself. `leads_to` is the type that may follow (DVPN: dvpo). `also_called`
    are other names that people type. `arrest_powers` are asked on an arrest where the Act has several: code and words.
    `grounds` is what must be shown, where the text was read. `late_starts` None means that the Act does not say.
    `awaits_legal_check` marks a declaration that legal services have not read yet; pages say so. `sections` is where the Act
    speaks of each step, where that is not the section of the type; `change_applicants` who may ask a court to change or end
    one, None where the Act does not say.
    """

    family: Family
    limits: Limits
    breach: Breach
    is_notice: bool = False
    is_interim: bool = False
    is_requested: bool = False
    needs_service: bool = True
    presence_binds: bool = False
    leads_to: str = ""
    savings: Citation | None = None
    instead: str = ""
    suspended_by: frozenset[str] = frozenset()
    notification_scheme: str = ""
    protects_somebody: bool = False
    grounds: Grounds | None = None
    late_starts: LateStarts | None = None
    replacement: Replacement | None = None
    provisions: tuple[Provision, ...] = ()
    awaits_legal_check: bool = False
    also_called: tuple[str, ...] = ()
    arrest_powers: tuple[tuple[str, str], ...] = ()
    discharge_bar: DischargeBar | None = None
    refusals: tuple[Refusal, ...] = ()
    sections: Mapping[EventKind, Citation] = field(default_factory=dict)
    change_applicants: Applicants | None = None
    extra_fields: tuple[ExtraField, ...] = ()
    made_under: tuple[Option, ...] = ()

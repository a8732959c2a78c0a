"""How long somebody must notify: the table of section 82 as data, and which row applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from orders_app.rules.periods import MonthsBeginningWith
from orders_app.rules.registrations.citations import offences
from orders_app.rules.wording import ONE_DAY, months_words

SECTION_82 = offences("s.82", "section/82")
UNDER_18_HALF = offences("s.82(2)", "section/82")
ADULT = 18


class Disposal(StrEnum):
    """What the court, or the police officer who cautioned, did."""

    LIFE = "life"
    IMPRISONMENT = "imprisonment"
    SUSPENDED = "suspended"
    EXTENDED = "extended"
    DETENTION_AND_TRAINING = "detention_and_training"
    HOSPITAL_RESTRICTED = "hospital_restricted"
    HOSPITAL = "hospital"
    CAUTION = "caution"
    CONDITIONAL_DISCHARGE = "conditional_discharge"
    ABSOLUTE_DISCHARGE = "absolute_discharge"
    OTHER = "other"


CUSTODIAL = frozenset({Disposal.IMPRISONMENT, Disposal.SUSPENDED, Disposal.EXTENDED, Disposal.DETENTION_AND_TRAINING})
HAS_A_TERM = CUSTODIAL | {Disposal.CONDITIONAL_DISCHARGE}


@dataclass(frozen=True)
class PeriodRow:
    """One row of the table. `months` is None for an indefinite period; only those marked are halved for somebody under 18."""

    code: str
    words: str
    months: int | None
    is_halved: bool = False

    def period(self, *, is_child: bool) -> MonthsBeginningWith | None:
        """The period beginning with the relevant date; None where it is indefinite."""
        if self.months is None:
            return None
        return MonthsBeginningWith(self.months // 2 if is_child and self.is_halved else self.months)

    def length(self, *, is_child: bool) -> str:
        """10 years; 5 years, half of 10 because the person was under 18; indefinite."""
        period = self.period(is_child=is_child)
        if period is None or self.months is None:
            return "indefinite"
        said = months_words(period.months)
        return f"{said}, half of {months_words(self.months)} because the person was under 18" if period.months != self.months else said


LIFE = PeriodRow("life", "Imprisonment for life or for public protection", None)
LONG_TERM = PeriodRow("long_term", "Imprisonment for 30 months or more", None)
MIDDLE_TERM = PeriodRow("middle_term", "Imprisonment for more than 6 months and less than 30 months", 120, is_halved=True)
SHORT_TERM = PeriodRow("short_term", "Imprisonment for 6 months or less", 84, is_halved=True)
HOSPITAL_RESTRICTED = PeriodRow("hospital_restricted", "Admitted to hospital subject to a restriction order", None)
HOSPITAL = PeriodRow("hospital", "Admitted to hospital without a restriction order", 84, is_halved=True)
CAUTION = PeriodRow("caution", "Cautioned", 24, is_halved=True)
OTHER = PeriodRow("other", "Any other disposal", 60, is_halved=True)
TABLE = (LIFE, LONG_TERM, HOSPITAL_RESTRICTED, MIDDLE_TERM, SHORT_TERM, HOSPITAL, CAUTION, OTHER)
BY_DISPOSAL: Mapping[Disposal, PeriodRow] = {
    Disposal.LIFE: LIFE,
    Disposal.HOSPITAL_RESTRICTED: HOSPITAL_RESTRICTED,
    Disposal.HOSPITAL: HOSPITAL,
    Disposal.CAUTION: CAUTION,
    Disposal.OTHER: OTHER,
}


@dataclass(frozen=True)
class Term:
    """A term as the court said it. Consecutive terms are added before, a suspended one counts whole, an extended one with its extension."""

    months: int = 0
    days: int = 0

    def is_over(self, months: int, from_on: date) -> bool:
        """Whether it is longer than so many months. A term said in days alone is laid beside the calendar."""
        return self._beside(months, from_on) > 0

    def is_at_least(self, months: int, from_on: date) -> bool:
        """Whether it is so many months or more."""
        return self._beside(months, from_on) >= 0

    def last_day(self, from_on: date) -> date:
        """The last day of a term beginning with a day."""
        whole = MonthsBeginningWith(self.months).last_day(from_on) if self.months else from_on - ONE_DAY
        return whole + timedelta(days=self.days)

    def _beside(self, months: int, from_on: date) -> int:
        """Below nought where it is shorter than so many months, nought where it is as long, above where it is longer."""
        if self.months:
            return (self.months > months) - (self.months < months) or int(self.days > 0)
        return (self.last_day(from_on) - MonthsBeginningWith(months).last_day(from_on)).days

    def __str__(self) -> str:
        days = "1 day" if self.days == 1 else f"{self.days} days"
        return " and ".join(([months_words(self.months)] if self.months else []) + ([days] if self.days else []))


def term_of(details: Mapping[str, str]) -> Term:
    """The term kept with an event: years, months and days. Raises ValueError for what is no number."""
    years, months, days = (int(details.get(f"term_{unit}") or 0) for unit in ("years", "months", "days"))
    return Term(years * 12 + months, days)


def disposal_of(details: Mapping[str, str]) -> tuple[Disposal, Term] | None:
    """What the court did, with its term; None where that is not recorded, or cannot be read (problems say so)."""
    stated = details.get("disposal", "")
    try:
        return (Disposal(stated), term_of(details)) if stated else None
    except ValueError:
        return None


def row_for(disposal: Disposal, term: Term, from_on: date) -> PeriodRow | None:
    """The row that applies; None for a disposal after which nobody need notify. A conditional discharge is its own length."""
    if disposal is Disposal.ABSOLUTE_DISCHARGE:
        return None
    if disposal is Disposal.CONDITIONAL_DISCHARGE:
        return PeriodRow("conditional_discharge", "Conditional discharge: as long as the discharge", term.months)
    if disposal not in CUSTODIAL:
        return BY_DISPOSAL[disposal]
    if term.is_at_least(30, from_on):
        return LONG_TERM
    return MIDDLE_TERM if term.is_over(6, from_on) else SHORT_TERM

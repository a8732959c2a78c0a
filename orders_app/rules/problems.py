"""Everything that is legally wrong with what has been recorded, each beside the field it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from orders_app.rules.ends import begun_by, by_its_own_terms, in_force_from, is_travel_only
from orders_app.rules.facts import EndKind, Event, EventKind, Facts
from orders_app.rules.law import LawTables, as_law_on
from orders_app.rules.periods import DaysBeginningWith, MonthsBeginningWith
from orders_app.rules.ranks import RANKS, UnknownRank, is_at_least
from orders_app.rules.spec import Age, Citation, LengthLimit, Limits, OrderType
from orders_app.rules.wording import day_words, with_article


@dataclass(frozen=True)
class Problem:
    """One thing the law does not allow: the field it stands beside, what to do about it in words, and the section."""

    field: str
    message: str
    citation: Citation


@dataclass(frozen=True)
class LawfulEnd:
    """One limit of the lawful last days, to be offered beside the field. `rule` reads '28 days beginning with the day made'."""

    is_latest: bool
    on: date
    rule: str
    limit: LengthLimit

    @property
    def citation(self) -> Citation:
        """Where the limit comes from."""
        return self.limit.citation


Check = Callable[[OrderType, Facts, LawTables], Iterator[Problem]]


def lawful_ends(order_type: OrderType, facts: Facts, law: LawTables) -> list[LawfulEnd]:
    """The earliest and latest last day that the Act allows, where it sets them and the start is known."""
    limits = limits_when_made(order_type, facts, law)
    asked = ((limit_for(limits.shortest, order_type, facts), False), (limit_for(limits.longest, order_type, facts), True))
    found = [_lawful_end(order_type, facts, limit, is_latest) for limit, is_latest in asked]
    return [end for end in found if end]


def limit_for(limits: Iterable[LengthLimit], order_type: OrderType, facts: Facts) -> LengthLimit | None:
    """The first of some limits that is for this order: by the power it was made under, and the age of the subject on the day."""
    return next((limit for limit in limits if _is_for(limit, order_type, facts)), None)


def check_end(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """The kind of end, and the length of the order by its own terms."""
    begun = begun_by(order_type, facts)
    if order_type.is_notice or begun is None:
        return
    limits, ends = order_type.limits, by_its_own_terms(order_type, facts, begun)
    if facts.end_kind is not EndKind.NONE and facts.end_kind not in limits.end_kinds:
        yield Problem("end_kind", limits.end_refusal, limits.end_citation)
    elif facts.end_kind is EndKind.UNTIL_FURTHER_ORDER and limits.open_end_age and age_on_the_day(order_type, facts) is Age.UNDER_18:
        message = f"For a subject under {limits.open_end_age.years} it must be for a fixed period"
        yield Problem("end_kind", message, limits.open_end_age.citation)
    if facts.end_kind is EndKind.FIXED and facts.stated_ends_on is None:
        yield Problem("ends_on", "Enter the last day of the order, as the court stated it", limits.end_citation)
    if ends.on is not None:
        yield from _check_last_day(order_type, facts, law, ends.on)


def check_authority(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """The rank of whoever authorised it."""
    limit = limits_when_made(order_type, facts, law).authoriser
    if limit is None or not (facts.authorised_rank or facts.of(EventKind.AUTHORISED)):
        return
    least = RANKS[limit.least]
    if not facts.authorised_rank:
        yield Problem("authorised_rank", f"Enter the rank of the officer who authorised it: {least} or above", limit.citation)
        return
    try:
        allowed = is_at_least(facts.authorised_rank, limit.least)
    except UnknownRank as unknown:
        yield Problem("authorised_rank", str(unknown), limit.citation)
        return
    if not allowed:
        said = RANKS[facts.authorised_rank].lower()
        message = f"A {order_type.short_name} needs the authority of {with_article(least.lower())} or above, not of {with_article(said)}"
        yield Problem("authorised_rank", message, limit.citation)


def check_ages(order_type: OrderType, facts: Facts, law: LawTables) -> Iterator[Problem]:
    """Ages on the day of the notice or order."""
    day = day_of_decision(order_type, facts)
    if day is None:
        return
    limits = limits_when_made(order_type, facts, law)
    subject, protected = limits.subject_age, limits.protected_age
    if subject and facts.subject_born_on and not facts.subject_is_organisation and not _is_aged(facts.subject_born_on, subject.years, day):
        message = f"The subject must be {subject.years} or over on {day_words(day)}, and reaches that age later"
        yield Problem("subject_born_on", message, subject.citation)
    for born_on in facts.protected_born_on if protected else ():
        if protected and not _is_aged(born_on, protected.years, day):
            message = f"The protected person must be {protected.years} or over on {day_words(day)}, and reaches that age later"
            yield Problem("protected", message, protected.citation)


def day_of_decision(order_type: OrderType, facts: Facts) -> date | None:
    """The day on which age and power are tested: authority or service of a notice, the making of an order."""
    kinds = (EventKind.AUTHORISED, EventKind.SERVED) if order_type.is_notice else (EventKind.MADE,)
    first: Event | None = facts.first(*kinds)
    return first.on if first else None


def _check_last_day(order_type: OrderType, facts: Facts, law: LawTables, last_day: date) -> Iterator[Problem]:
    begins_on = in_force_from(order_type, facts)
    if begins_on and last_day < begins_on:
        message = f"The order would end before it begins. Enter {day_words(begins_on)} or later"
        yield Problem("ends_on", message, order_type.limits.end_citation)
        return
    for end in lawful_ends(order_type, facts, law):
        wrong = last_day > end.on if end.is_latest else last_day < end.on
        if wrong:
            yield Problem("ends_on", _length_message(end, last_day, _counted_from(order_type, facts)), end.citation)


def _length_message(end: LawfulEnd, last_day: date, start: date | None) -> str:
    bound = "earlier" if end.is_latest else "later"
    return f"{end.rule} ends on {day_words(end.on)}; {_said(end, last_day, start)}. Enter {day_words(end.on)} or {bound}"


def _said(end: LawfulEnd, last_day: date, start: date | None) -> str:
    if start and isinstance(end.limit.period, DaysBeginningWith):
        return f"{(last_day - start).days + 1} days is not allowed"
    return f"{day_words(last_day)} is too {'late' if end.is_latest else 'early'}"


def _lawful_end(order_type: OrderType, facts: Facts, limit: LengthLimit | None, is_latest: bool) -> LawfulEnd | None:
    if limit is None or (limit.spares_travel_only and is_travel_only(facts)):
        return None
    start = limit_start(order_type, facts, limit)
    if start is None:
        return None
    return LawfulEnd(is_latest, limit.period.last_day(start), f"{limit.period} {day_words(start)}", limit)


def limit_start(order_type: OrderType, facts: Facts, limit: LengthLimit) -> date | None:
    """The day that a limit of length counts from, where it is known."""
    if limit.from_first_day_in_force:
        return in_force_from(order_type, facts)
    begun = begun_by(order_type, facts)
    return begun.on if begun else None


def _counted_from(order_type: OrderType, facts: Facts) -> date | None:
    limit = limit_for((*order_type.limits.longest, *order_type.limits.shortest), order_type, facts)
    return limit_start(order_type, facts, limit) if limit else None


def _is_for(limit: LengthLimit, order_type: OrderType, facts: Facts) -> bool:
    if limit.made_under and facts.made_under not in limit.made_under:
        return False
    return limit.age is None or limit.age is age_on_the_day(order_type, facts)


def age_on_the_day(order_type: OrderType, facts: Facts) -> Age | None:
    """Adult or under 18 on the day of the order; None where that is not known."""
    day = day_of_decision(order_type, facts)
    if day is None or facts.subject_born_on is None:
        return None
    return Age.ADULT if _is_aged(facts.subject_born_on, 18, day) else Age.UNDER_18


def limits_when_made(order_type: OrderType, facts: Facts, law: LawTables) -> Limits:
    """The limits as they stood on the day of the notice or order."""
    return as_law_on(order_type, law, facts.area, day_of_decision(order_type, facts)).limits


def _is_aged(born_on: date, years: int, day: date) -> bool:
    """An age is reached at the start of the birthday; one born on 29 February reaches it on 1 March of a common year."""
    return MonthsBeginningWith(years * 12).last_day(born_on) < day

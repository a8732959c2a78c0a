"""The declarations in words, for the pages of the law: limits, duties and provisions, each with its section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from orders_app.rules.facts import EndKind
from orders_app.rules.holidays import Holidays
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.periods import DaysBefore, MonthsBefore, Period, WeeksBefore
from orders_app.rules.provisions import InForce, Provisions
from orders_app.rules.ranks import RANKS
from orders_app.rules.spec import Age, Citation, Duty, LengthLimit, Limits, OrderType, Provision, RecordType, RuleClass
from orders_app.rules.unused_events import kind_words
from orders_app.rules.wording import listed
from orders_app.web.filters import day, day_short

END_WORDS = {
    EndKind.FIXED: "on a fixed day",
    EndKind.UNTIL_FURTHER_ORDER: "until further order",
    EndKind.EVENT: "on a named event",
    EndKind.PER_CONDITION: "each condition on its own day",
}
AGE_WORDS = {Age.ADULT: "adults", Age.UNDER_18: "subjects under 18"}
CLASS_WORDS = {
    RuleClass.LAW: "Duties and dates in the law",
    RuleClass.GUIDANCE: "What guidance expects",
    RuleClass.POLICY: "The force’s own policy, which is not law",
}


@dataclass(frozen=True)
class LimitLine:
    """One limit: what it is of, what the Act says, and where. `since` names the provision that it waits for, if any."""

    what: str
    words: str
    citation: Citation
    since: str = ""


@dataclass(frozen=True)
class DutyLine:
    """One duty: what, counted how, what meets it, what would move it, whose rule, and where. `key` is its place on the page."""

    key: str
    title: str
    sentence: str
    counted: str
    met_by: str
    moves: str
    rule_class: RuleClass
    citation: Citation
    leaves_out: Citation | None
    since: str


@dataclass(frozen=True)
class ProvisionLine:
    """One provision that begins or ends by regulations, each time it is in force with the areas, and what is to be confirmed."""

    provision: Provision
    in_force: list[str]
    to_confirm: str


@dataclass(frozen=True)
class LeftOutDay:
    """One day that hour clocks leave out besides Sundays: its name, and whether both readings of the law leave it out.

    Only a bank holiday may be withdrawn: the Acts name the other days themselves.
    """

    on: date
    name: str
    is_sure: bool
    may_be_withdrawn: bool


def limit_lines(order_type: OrderType) -> list[LimitLine]:
    """Every limit that the Act sets, in the order in which an officer meets them."""
    return [*_who(order_type.limits), *_how_long(order_type), *_what_it_may_hold(order_type.limits)]


def duty_lines(order_type: RecordType) -> list[tuple[str, list[DutyLine]]]:
    """The duties under whose rule they are: law, guidance, policy."""
    lines = [_duty_line(duty) for duty in order_type.duties]
    groups = [(words, [line for line in lines if line.rule_class is rule_class]) for rule_class, words in CLASS_WORDS.items()]
    return [(words, found) for words, found in groups if found]


def provision_lines(provisions: Provisions, shipped: Provisions) -> list[ProvisionLine]:
    """Every provision that a declaration may wait for, in the table as it stands beside the one that was shipped."""
    return [
        ProvisionLine(known, _in_force(provisions.of(known.code)), to_confirm(known, provisions, shipped)) for known in PROVISIONS.values()
    ]


def to_confirm(known: Provision, provisions: Provisions, shipped: Provisions) -> str:
    """What is still unsure about a provision: nothing once somebody has entered a row on good authority."""
    return known.unsure if provisions.of(known.code) == shipped.of(known.code) else ""


def left_out_days(holidays: Holidays) -> list[tuple[int, list[LeftOutDay]]]:
    """The days of the table, year by year."""
    days = {**holidays.statutory.named, **holidays.statutory.bank, **holidays.safe.bank}
    found = [LeftOutDay(on, name, _is_sure(holidays, on), on not in holidays.statutory.named) for on, name in sorted(days.items())]
    return [(year, [one for one in found if one.on.year == year]) for year in sorted({one.on.year for one in found})]


def provision_name(code: str) -> str:
    """The provision behind a code, with its section."""
    return f"{PROVISIONS[code].name} ({PROVISIONS[code].citation})" if code else ""


def _in_force(rows: list[InForce]) -> list[str]:
    times = dict.fromkeys((row.in_force_from, row.in_force_until) for row in rows)
    return [_time_words(*time, [row.area for row in rows if (row.in_force_from, row.in_force_until) == time]) for time in times]


def _time_words(from_on: date, until_on: date | None, areas: list[str]) -> str:
    until = f" to {day_short(until_on)}" if until_on else ""
    return f"{listed(sorted(areas))}, from {day_short(from_on)}{until}"


def _is_sure(holidays: Holidays, on: date) -> bool:
    return all(on in calendar.named or on in calendar.bank for calendar in (holidays.statutory, holidays.safe))


def _duty_line(duty: Duty) -> DutyLine:
    return DutyLine(
        duty.key,
        duty.title,
        duty.sentence,
        _counted(duty.period),
        listed(sorted(kind_words(kind) for kind in duty.met_by)).replace(" and ", " or ") or "Passes by itself",
        duty.moves,
        duty.rule_class,
        duty.citation,
        duty.leaves_out,
        _since(duty.since, duty.until, duty.in_force_from, duty.in_force_until),
    )


def _counted(period: Period | None) -> str:
    if period is None:
        return "A stated day: nothing is counted"
    goes_back = isinstance(period, DaysBefore | WeeksBefore | MonthsBefore)
    return f"{period} {'the end' if goes_back else 'the start'}".capitalize()


def _since(since: str, until: str, from_on: date | None, until_on: date | None) -> str:
    parts = (
        f"Waits for: {provision_name(since)}" if since else "",
        f"Ends with: {provision_name(until)}" if until else "",
        f"For events from {day(from_on)}" if from_on else "",
        f"For events to {day(until_on)}" if until_on else "",
    )
    return ". ".join(part for part in parts if part)


def _who(limits: Limits) -> Iterator[LimitLine]:
    if limits.authoriser:
        yield LimitLine("Authority", f"{RANKS[limits.authoriser.least]} or above", limits.authoriser.citation)
    if limits.subject_age:
        yield LimitLine("Age of the subject", f"{limits.subject_age.years} or over", limits.subject_age.citation)
    if limits.youth_court:
        yield LimitLine("Subject under 18", "A youth court hears it", limits.youth_court)
    if limits.protected_age:
        yield LimitLine("Age of a protected person", f"{limits.protected_age.years} or over", limits.protected_age.citation)


def _how_long(order_type: OrderType) -> Iterator[LimitLine]:
    limits = order_type.limits
    ends = listed([words for kind, words in END_WORDS.items() if kind in limits.end_kinds]).replace(" and ", " or ")
    yield LimitLine("How it ends", ends.capitalize() if not order_type.is_notice else limits.end_refusal, limits.end_citation)
    for what, lengths in (("Shortest length", limits.shortest), ("Longest length", limits.longest)):
        yield from (_length_line(what, length, order_type) for length in lengths)
    if limits.open_end_age:
        yield LimitLine("No end date", f"Only for a subject of {limits.open_end_age.years} or over", limits.open_end_age.citation)
    if order_type.discharge_bar:
        bar = order_type.discharge_bar
        length = f"{bar.period} the day made" if bar.period else f"{bar.share} of its period"
        unless = " without the consent of the subject and the chief officer" if bar.consent_lifts else ""
        yield LimitLine("Discharge", f"Not before the end of {length}{unless}", bar.citation)


def _length_line(what: str, length: LengthLimit, order_type: OrderType) -> LimitLine:
    start = "the first day in force" if length.from_first_day_in_force else "the day made"
    powers = {power.code: power.words for power in order_type.made_under}
    narrowed = [powers[code] for code in sorted(length.made_under)] + ([AGE_WORDS[length.age]] if length.age else [])
    only = f". Only for: {'; '.join(narrowed)}" if narrowed else ""
    spared = ". Not for an order of foreign travel prohibitions alone" if length.spares_travel_only else ""
    spared += ". The same for each prohibition that has a period of its own" if length.is_for_each_term else ""
    return LimitLine(what, f"{length.period} {start}{only}{spared}", length.citation, _since(length.since, length.until, None, None))


def _what_it_may_hold(limits: Limits) -> Iterator[LimitLine]:
    if limits.supervisor:
        yield LimitLine("A requirement", "Names the person who supervises it", limits.supervisor)
    for what, length in (("Prohibition of travel abroad", limits.longest_travel), ("Electronic monitoring", limits.longest_monitoring)):
        if length:
            longest = f"At most {length.period} its first day. A court may extend it by as much again at a time"
            yield LimitLine(what, longest, length.citation, _since(length.since, length.until, None, None))
    for refusal in (limits.requirements_refused, limits.monitoring_refused):
        if refusal:
            yield LimitLine(
                refusal.title, f"Not allowed. {refusal.why}", refusal.citation, _since(refusal.since, refusal.until, None, None)
            )

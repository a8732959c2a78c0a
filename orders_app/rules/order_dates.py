"""The dates of an order that are no deadlines: when it is in force, when it ends, and between which days the law lets it end.

Each with the same reasoning as a deadline, because an officer and a court ask the same question of it: why this date?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from orders_app.rules.by_hand import by_hand
from orders_app.rules.counts import CountLine
from orders_app.rules.ends import CHANGES_OF_END, Begins, Ends, begins, begun_by, ends_on, fully_in_force_from
from orders_app.rules.facts import EndKind, Event, EventKind, Facts
from orders_app.rules.law import LawTables
from orders_app.rules.problems import LawfulEnd, lawful_ends, limit_start
from orders_app.rules.spec import Citation, OrderType, RuleClass, Start
from orders_app.rules.unused_events import NOUNS, NotUsed, recorded_words
from orders_app.rules.wording import day_words, end_of_day_words
from orders_app.rules.working import NONE_LEFT_OUT, NOTHING_COUNTED, ExplainedDate, Working

E = EventKind
OTHER_DAYS = (E.AUTHORISED, E.MADE, E.SERVED)
SET_BY_COURT = "Only a court can move it. Record what the court decides, and it is worked out again"
FROM_FIRST_DAY = "It counts from the first day that any part is in force, not from the day made"
FROM_DAY_MADE = "Nothing: it counts from the day made, whatever the day of service"
NOTIFY_CHANGES = (
    "New names and changes of home address are to be notified for as long as the order runs. "
    "A duty under another scheme has an end of its own"
)
ON_RELEASE = ("the subject is released from custody", "the release")
READ_IT = ("Read the date from what was recorded. Nothing is counted",)


def order_dates(order_type: OrderType, facts: Facts, law: LawTables) -> list[ExplainedDate]:
    """Every such date, in the order of the order's life; none before it has begun."""
    begun = begun_by(order_type, facts)
    if begun is None:
        return []
    return [
        *_in_force(order_type, facts),
        *(_lawful_end(order_type, facts, begun, end) for end in lawful_ends(order_type, facts, law)),
        *_last_day(order_type, facts),
        *_notification(order_type, facts),
    ]


def _in_force(order_type: OrderType, facts: Facts) -> Iterator[ExplainedDate]:
    found = begins(order_type, facts)
    if found is None:
        yield ExplainedDate("in_force", "In force from", None, _waits(order_type, facts))
        return
    yield ExplainedDate("in_force", "In force from", found.on, _begins_working(order_type, facts, found))
    fully = fully_in_force_from(order_type, facts)
    if fully and fully > found.on:
        yield ExplainedDate("fully_in_force", "Every part in force from", fully, _fully(order_type, facts, found, fully))


def _waits(order_type: OrderType, facts: Facts) -> Working:
    begun, late = begun_by(order_type, facts), order_type.late_starts
    when, what = ("the order that it follows ends", "the end of that order") if facts.starts_on_other_end else ON_RELEASE
    return _stated(
        order_type,
        answer=f"Not yet: it starts when {when}",
        duty=f"The order comes into force when {when}, as the court stated",
        starts=f"Waits for: {what}",
        rests_on=(begun.id,) if begun else (),
        moves=(f"The record of {what}",),
        citation=late.citation if late else None,
    )


def _begins_working(order_type: OrderType, facts: Facts, found: Begins) -> Working:
    what = "A notice is in force from the moment it is served" if order_type.is_notice else "An order is in force from the day it is made"
    unless = "" if order_type.is_notice else ", unless it states another day or starts on release"
    return replace(
        _stated(
            order_type,
            answer=f"From {day_words(found.on)}",
            duty=what + unless,
            starts=f"{day_words(found.on)}: {found.words}",
            rests_on=(found.set_by.id,),
            moves=() if order_type.is_notice else ("Another first day, where the court states one",),
        ),
        not_used=_unused(facts, found.set_by, found.words),
    )


def _fully(order_type: OrderType, facts: Facts, found: Begins, fully: date) -> Working:
    starting = [condition for condition in facts.conditions if condition.starts_on]
    working = _stated(
        order_type,
        answer=f"From {day_words(fully)}",
        duty="Parts of the order may start on different days. Until the last of them has started it is partly in force",
        starts=f"{day_words(fully)}: the start of the last condition",
        rests_on=(found.set_by.id,),
        moves=(SET_BY_COURT,),
    )
    lines = [CountLine(day_words(c.starts_on), f"condition {c.number} starts") for c in starting if c.starts_on]
    return replace(working, counting=tuple(lines))


def _last_day(order_type: OrderType, facts: Facts) -> Iterator[ExplainedDate]:
    ends = ends_on(order_type, facts)
    if ends:
        yield ExplainedDate("last_day", "Ended on" if ends.closed_by else "Last day", ends.on, _ends_working(order_type, facts, ends))


def _ends_working(order_type: OrderType, facts: Facts, ends: Ends) -> Working:
    changes = tuple(event.id for event in facts.of(*CHANGES_OF_END) if event.id != ends.set_by.id)
    closed = (ends.closed_by.id,) if ends.closed_by else ()
    working = _stated(
        order_type,
        answer=ends.words,
        duty=_end_rule(order_type, ends),
        starts=_end_words(ends),
        rests_on=(*closed, ends.set_by.id, *changes),
        moves=_end_moves(order_type, ends),
    )
    return replace(working, counting=_end_lines(order_type, facts, ends), by_hand=_end_by_hand(order_type, facts, ends))


def _end_rule(order_type: OrderType, ends: Ends) -> str:
    if ends.closed_by:
        return "It ended on the day of what ended it, before its own last day or without one"
    if order_type.is_notice:
        return order_type.limits.end_refusal
    rules = {
        EndKind.UNTIL_FURTHER_ORDER: "The order has no end date. It goes on until a court ends it",
        EndKind.EVENT: "The order ends when what it names happens. That is no date until it does",
        EndKind.PER_CONDITION: "Each condition ends on its own day. The order ends with the last of them",
    }
    interim = ", or when the main application is determined if that is earlier" if order_type.is_interim else ""
    return rules.get(ends.kind, f"The order ends at the end of the last day that the court stated{interim}")


def _end_words(ends: Ends) -> str:
    if ends.closed_by:
        return f"Ended by: {recorded_words(ends.closed_by)}"
    if ends.on is None:
        return f"{ends.words}. Recorded: {recorded_words(ends.set_by)}"
    return f"{ends.words}, as the court stated it. Recorded: {recorded_words(ends.set_by)}"


def _end_moves(order_type: OrderType, ends: Ends) -> tuple[str, ...]:
    declared = next((duty.moves for duty in order_type.duties if duty.key == "order_ends"), "")
    if order_type.is_notice or ends.closed_by:
        return ()
    return tuple(dict.fromkeys(text for text in (declared, SET_BY_COURT) if text)) if E.VARIED in order_type.events else (declared,)


def _end_lines(order_type: OrderType, facts: Facts, ends: Ends) -> tuple[CountLine, ...]:
    own = [c for c in facts.conditions if c.ends_on] if ends.kind is EndKind.PER_CONDITION else []
    lines = [CountLine(day_words(c.ends_on), f"condition {c.number} ends") for c in own if c.ends_on]
    first = begins(order_type, facts)
    if first and ends.on and ends.on >= first.on:
        lines.append(CountLine(day_words(first.on), "the first day in force: day 1"))
        lines.append(CountLine(day_words(ends.on), f"the last day: day {(ends.on - first.on).days + 1:,}, ends at 24:00"))
    return tuple(lines)


def _end_by_hand(order_type: OrderType, facts: Facts, ends: Ends) -> tuple[str, ...]:
    first = begins(order_type, facts)
    if not (first and ends.on and ends.on >= first.on):
        return READ_IT
    days = (ends.on - first.on).days + 1
    return ("Read the last day from what was recorded", f"Count the days from {day_words(first.on)} to it, both counted: {days:,}")


def _lawful_end(order_type: OrderType, facts: Facts, begun: Event, end: LawfulEnd) -> ExplainedDate:
    limit, start_on = end.limit, limit_start(order_type, facts, end.limit) or begun.on
    words = "the first day in force" if limit.from_first_day_in_force else "the day it was made"
    count = limit.period.count(start_on)
    most, which = ("at most", "Latest") if end.is_latest else ("at least", "Earliest")
    working = Working(
        answer=f"{which} lawful last day: {end_of_day_words(end.on)}",
        duty=f"The Act lets an order of this type last {most} {limit.period} {words}",
        words=f"{limit.period} {words}",
        starts=f"{day_words(start_on)}: {words}",
        left_out_rule=NONE_LEFT_OUT,
        counting=count.lines,
        rule_class=RuleClass.LAW,
        citation=end.citation,
        rests_on=(begun.id,),
        moves=(FROM_FIRST_DAY if limit.from_first_day_in_force else FROM_DAY_MADE,),
        by_hand=by_hand(limit.period, Start(begun, start_on, words), count, ""),
    )
    key = "latest_last_day" if end.is_latest else "earliest_last_day"
    return ExplainedDate(key, f"{which} day on which it may end", end.on, working)


def _notification(order_type: OrderType, facts: Facts) -> Iterator[ExplainedDate]:
    """How long changes are to be notified, where the type has that duty: as long as the order runs."""
    duty = next((duty for duty in order_type.duties if duty.key == "change_of_address"), None)
    ends = ends_on(order_type, facts)
    if duty is None or ends is None:
        return
    working = _stated(
        order_type,
        answer=f"Until: {ends.words}",
        duty=NOTIFY_CHANGES,
        starts=_end_words(ends),
        rests_on=((ends.closed_by or ends.set_by).id,),
        moves=("Whatever moves the end of the order",),
        citation=duty.citation,
    )
    yield ExplainedDate("notification_lasts", "Changes are to be notified until", ends.on, working)


def _stated(
    order_type: OrderType,
    *,
    answer: str,
    duty: str,
    starts: str,
    rests_on: tuple[int, ...],
    moves: tuple[str, ...],
    citation: Citation | None = None,
) -> Working:
    """The reasoning of a date that is stated, not counted."""
    return Working(
        answer=answer,
        duty=duty,
        words="A stated day",
        starts=starts,
        left_out_rule=NOTHING_COUNTED,
        counting=(),
        rule_class=RuleClass.LAW,
        citation=citation or order_type.limits.end_citation,
        rests_on=rests_on,
        moves=moves,
        by_hand=READ_IT,
    )


def _unused(facts: Facts, used: Event, words: str) -> tuple[NotUsed, ...]:
    others = [event for event in facts.of(*OTHER_DAYS) if event.id != used.id]
    return tuple(NotUsed(event.id, recorded_words(event), f"This date is {words}, not that of {NOUNS[event.kind]}") for event in others)

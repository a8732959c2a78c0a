"""Which duties there are, when each falls due, what met it, and why. Same facts in, same duties out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from orders_app.rules.alerting import AlertClass
from orders_app.rules.ends import Ends, ends_on
from orders_app.rules.facts import Event, Facts, Recorded
from orders_app.rules.holidays import Holidays
from orders_app.rules.law import LawTables, is_law
from orders_app.rules.met import is_late, met_words
from orders_app.rules.reckoning import MissingTime, readings, reckon, reckon_whole
from orders_app.rules.spec import Citation, Duty, OrderType, RecordType, RuleClass, Start, Word
from orders_app.rules.unused_events import unused_events
from orders_app.rules.working import Working, because, work_out

__all__ = ["DueDuty", "MissingTime", "due_duties", "duties_within", "is_law_for"]


@dataclass(frozen=True)
class DueDuty:
    """One duty, started by one event. `started_by` and `key` together tell it apart from every other on the record.

    It falls due on `due_on` and, on hour clocks and stated times, at `due_at` (aware UTC). Where the law can be read in more
    than one way people act by `act_by_on` and `act_by_at`, the earliest reading, and lateness is judged by `late_after_on` and
    `late_after_at`, the latest. `met_by` is the id of the event that met it and
    `is_late` says that it did so too late. A deadline whose word is `until` passes by itself: it is never overdue.
    """

    key: str
    title: str
    started_by: int
    starts: Event
    due_on: date
    due_at: datetime | None
    act_by_on: date
    act_by_at: datetime | None
    late_after_on: date
    late_after_at: datetime | None
    met_by: int | None
    is_late: bool
    word: Word
    rule_class: RuleClass
    alert_class: AlertClass
    because: str
    citation: Citation
    work_it_out: Callable[[], Working] = field(repr=False, compare=False)

    @property
    def working(self) -> Working:
        """The reasoning, step by step. Put together only when somebody asks: most deadlines are never explained."""
        return self.work_it_out()

    @property
    def can_be_overdue(self) -> bool:
        """Whether somebody fails if the date passes with nothing done."""
        return self.word is not Word.UNTIL


def due_duties(order_type: OrderType, facts: Facts, law: LawTables) -> list[DueDuty]:
    """Every duty that the facts of an order give rise to: see duties_within."""
    bound = facts if _other_scheme_binds(facts, law) else replace(facts, other_notification_scheme="")
    return duties_within(order_type, bound, ends_on(order_type, bound), law)


def duties_within(record_type: RecordType, facts: Recorded, ends: Ends | None, law: LawTables) -> list[DueDuty]:
    """Every duty that the facts of a record give rise to, met or open, in the order of its declaration.

    `ends` is when the record itself ends: what falls due later is not asked for. Raises MissingTime where an hour clock
    has no time to run from, OutsideTable where it runs past the holiday table.
    """
    found = [(duty, _due(duty, start, starts, facts, law.holidays)) for duty, start, starts in _started(record_type, facts, law)]
    return [due for duty, due in found if due and (due.met_by is not None or _is_still_wanted(duty, due, ends))]


def _other_scheme_binds(facts: Facts, law: LawTables) -> bool:
    """Whether the other order's notification was law on the day that order was made."""
    needs, made_on = facts.other_notification_needs, facts.other_notification_made_on
    return not needs or (made_on is not None and law.provisions.in_force(needs, facts.area, made_on))


def is_law_for(duty: Duty, start: Start, facts: Recorded, law: LawTables) -> bool:
    """Whether the law of the day of the event knows the duty. Old law stays with old events: today never decides."""
    day = start.law_on or start.event.on
    begun = duty.in_force_from is None or duty.in_force_from <= day
    return begun and (duty.in_force_until is None or day <= duty.in_force_until) and is_law(duty, law, facts.area, day)


def _started(record_type: RecordType, facts: Recorded, law: LawTables) -> Iterator[tuple[Duty, Start, Sequence[Start]]]:
    """Every clock that runs, with all the clocks of its duty."""
    for duty in record_type.duties:
        starts = duty.starts(record_type, facts)
        yield from ((duty, start, starts) for start in starts if is_law_for(duty, start, facts, law))


def _due(duty: Duty, start: Start, starts: Sequence[Start], facts: Recorded, holidays: Holidays) -> DueDuty | None:
    """One duty from one start; None while its clock stands still."""
    found = reckon(duty, start, holidays)
    if found is None:
        return None
    met_by = _met_by(duty, start, facts)
    return DueDuty(
        key=f"{duty.key}_{start.part}" if start.part else duty.key,
        title=start.title or duty.title,
        started_by=start.event.id,
        starts=start.event,
        due_on=found.plain.on,
        due_at=found.plain.at,
        act_by_on=found.safe.on,
        act_by_at=found.safe.at,
        late_after_on=found.judged.on,
        late_after_at=found.judged.at,
        met_by=met_by.id if met_by else None,
        is_late=met_by is not None and is_late(duty, found.judged, met_by),
        word=duty.word,
        rule_class=duty.rule_class,
        alert_class=duty.alert_class,
        because=because(duty, start, found.plain),
        citation=duty.citation,
        work_it_out=partial(_working, duty, start, starts, facts, holidays),
    )


def _working(duty: Duty, start: Start, starts: Sequence[Start], facts: Recorded, holidays: Holidays) -> Working:
    found, met_by = reckon_whole(duty, start, holidays), _met_by(duty, start, facts)
    return work_out(
        duty,
        start,
        found.plain,
        found.safe,
        readings=readings(duty, start, found, holidays),
        not_used=unused_events(duty, start, starts, facts, met_by),
        met=met_words(duty, found.judged, met_by, on_the_later=found.is_judged_otherwise),
    )


def _met_by(duty: Duty, start: Start, facts: Recorded) -> Event | None:
    """The first event of a right kind that is not earlier. An event never meets the duty it started."""
    return next((event for event in facts.of(*duty.met_by) if _meets(event, duty, start)), None)


def _meets(event: Event, duty: Duty, start: Start) -> bool:
    named = event.details.get("meets", "").split()
    is_meant = duty.key in named if named else duty.meets_if is None or duty.meets_if(event, start)
    in_time = _is_not_before(event, start.event) and (start.met_from is None or event.on >= start.met_from)
    return event.id != start.event.id and is_meant and in_time


def _is_not_before(event: Event, other: Event) -> bool:
    if event.at and other.at and event.at != other.at:
        return event.at > other.at
    if event.kind is other.kind and event.on == other.on:
        return event.id > other.id  # of two rounds at once the one recorded later is the later: neither goes round in a circle
    return event.on >= other.on


def _is_still_wanted(duty: Duty, due: DueDuty, ends: Ends | None) -> bool:
    """Nothing falls due under an order that has ended first, unless the duty outlives it; nor before its own start."""
    if due.due_on < due.starts.on and not duty.may_be_past:
        return False
    if duty.outlives_order or ends is None or ends.on is None:
        return True
    if ends.closed_by is None:
        return due.due_on <= ends.on
    closed = ends.closed_by
    if due.late_after_at and closed.at:
        return due.late_after_at < closed.at
    return due.late_after_on < closed.on

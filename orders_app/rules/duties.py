"""Which duties there are, when each falls due, what met it, and why. Same facts in, same duties out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial

from orders_app.rules.alerting import AlertClass
from orders_app.rules.counts import Count
from orders_app.rules.ends import Ends, ends_on
from orders_app.rules.facts import Event, Facts, Recorded
from orders_app.rules.holidays import Calendar, Holidays
from orders_app.rules.law import LawTables, is_law
from orders_app.rules.met import is_late, met_words
from orders_app.rules.periods import ContinuedWhileAway, DaysAtLiberty, HoursBefore, HoursLeavingOut, Period
from orders_app.rules.readings import Readings, readings_of, two_periods
from orders_app.rules.spec import Citation, Duty, OrderType, RecordType, RuleClass, Start, Word
from orders_app.rules.unused_events import unused_events
from orders_app.rules.wording import day_words
from orders_app.rules.working import Working, because, work_out


class MissingTime(ValueError):
    """A clock in hours cannot run from an event of which only the day is known."""

    def __init__(self, duty: Duty, event: Event) -> None:
        self.duty_key = duty.key
        self.event_kind = event.kind
        kind = event.kind.replace("_", " ")
        super().__init__(f"Enter the time it was {kind} on {day_words(event.on)}: '{duty.title}' is counted in hours")


@dataclass(frozen=True)
class DueDuty:
    """One duty, started by one event. `started_by` and `key` together tell it apart from every other on the record.

    Lateness is judged by `due_on` and, on hour clocks and stated times, `due_at` (aware UTC); people act by `act_by_on`
    and `act_by_at`, which are earlier where the law has two readings. `met_by` is the id of the event that met it and
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
    statutory = _reached(duty, duty.period, start, holidays.statutory)
    safe = _reached(duty, duty.safe_period or duty.period, start, holidays.safe)
    if statutory is None or safe is None:
        return None
    met_by = _met_by(duty, start, facts)
    return DueDuty(
        key=f"{duty.key}_{start.part}" if start.part else duty.key,
        title=start.title or duty.title,
        started_by=start.event.id,
        starts=start.event,
        due_on=statutory.on,
        due_at=statutory.at,
        act_by_on=safe.on,
        act_by_at=safe.at,
        met_by=met_by.id if met_by else None,
        is_late=met_by is not None and is_late(duty, statutory, met_by),
        word=duty.word,
        rule_class=duty.rule_class,
        alert_class=duty.alert_class,
        because=because(duty, start, statutory),
        citation=duty.citation,
        work_it_out=partial(_working, duty, start, starts, facts, holidays),
    )


def _working(duty: Duty, start: Start, starts: Sequence[Start], facts: Recorded, holidays: Holidays) -> Working:
    statutory = _whole_count(duty, duty.period, start, holidays.statutory)
    safe = _whole_count(duty, duty.safe_period or duty.period, start, holidays.safe)
    met_by = _met_by(duty, start, facts)
    return work_out(
        duty,
        start,
        statutory,
        safe,
        readings=_readings(duty, start, statutory, safe, holidays),
        not_used=unused_events(duty, start, starts, facts, met_by),
        met=met_words(duty, statutory, met_by),
    )


def _readings(duty: Duty, start: Start, statutory: Count, safe: Count, holidays: Holidays) -> Readings:
    if duty.safe_period:
        return two_periods(duty.period, duty.safe_period, statutory, safe, duty.two_readings)
    if isinstance(duty.period, HoursLeavingOut):
        return readings_of(duty.period, start, statutory, safe, holidays.statutory)
    return Readings()


def _reached(duty: Duty, period: Period | None, start: Start, calendar: Calendar) -> Count | None:
    """The date alone; a count of whole days leaves nothing out, so its steps are not needed for it."""
    if period is None or isinstance(period, HoursLeavingOut | HoursBefore | DaysAtLiberty | ContinuedWhileAway):
        return _count(duty, period, start, calendar)
    return Count(period.last_day(start.on), None, ())


def _whole_count(duty: Duty, period: Period | None, start: Start, calendar: Calendar) -> Count:
    """The count of a clock that is known not to stand still, as that of every deadline is."""
    return _count(duty, period, start, calendar) or Count(start.on, None, ())


def _count(duty: Duty, period: Period | None, start: Start, calendar: Calendar) -> Count | None:
    """The whole count; None while the clock stands still and nobody knows until when."""
    match period:
        case None:
            return Count(start.on, start.at.astimezone(UTC) if start.at else None, ())
        case HoursLeavingOut():
            if start.at is None:
                raise MissingTime(duty, start.event)
            return period.count(start.at, calendar)
        case HoursBefore():
            return period.count(start.on, start.at)
        case DaysAtLiberty() | ContinuedWhileAway():
            return period.count(start.on, start.away)
    return period.count(start.on)


def _met_by(duty: Duty, start: Start, facts: Recorded) -> Event | None:
    """The first event of a right kind that is not earlier. An event never meets the duty it started."""
    return next((event for event in facts.of(*duty.met_by) if _meets(event, duty, start)), None)


def _meets(event: Event, duty: Duty, start: Start) -> bool:
    named = event.details.get("meets", "").split()
    is_meant = duty.key in named if named else duty.meets_if is None or duty.meets_if(event, start)
    in_time = _is_not_before(event, start.event) and (start.met_from is None or event.on >= start.met_from)
    return event.id != start.event.id and is_meant and in_time


def _is_not_before(event: Event, other: Event) -> bool:
    if event.at and other.at:
        return event.at >= other.at
    if event.kind is other.kind and event.on == other.on:
        return event.id > other.id  # of two rounds on one day the one recorded later is the later: neither goes round in a circle
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
    if due.due_at and closed.at:
        return due.due_at < closed.at
    return due.due_on < closed.on

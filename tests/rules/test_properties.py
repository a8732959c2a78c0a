"""What must hold for any dates at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.duties import due_duties
from orders_app.rules.facts import ConditionFacts, EndKind, Event, EventKind, Facts
from orders_app.rules.law import events_ever
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import FINISHED, LIVE, Status, possible_events, problems, states_of, status_dates, status_from, status_on
from orders_app.rules.periods import DaysBeginningWith, HoursLeavingOut, MonthsAfter, MonthsBeginningWith
from orders_app.rules.wording import LONDON
from tests.rules.examples import HOLIDAYS, LAW

DAYS = st.dates(date(2018, 1, 2), date(2030, 11, 1))
MOMENTS = st.datetimes(datetime(2018, 1, 2), datetime(2030, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001
HOURS = st.sampled_from([24, 48])
ANY_TYPE = st.sampled_from(sorted(ORDER_TYPES))


@st.composite
def any_facts(draw):
    """Facts of any type: any events in any order, any end, whether lawful or not."""
    kinds = draw(st.lists(st.sampled_from(EventKind), max_size=8))
    moments = [draw(MOMENTS) for _ in kinds]
    events = tuple(
        Event(n, kind, at.astimezone(LONDON).date(), at) for n, (kind, at) in enumerate(zip(kinds, moments, strict=True), start=1)
    )
    return Facts(
        draw(ANY_TYPE),
        events,
        end_kind=draw(st.sampled_from(EndKind)),
        stated_ends_on=draw(st.none() | DAYS),
        starts_on_release=draw(st.booleans()),
        starts_on_other_end=draw(st.booleans()),
        other_order_over_on=draw(st.none() | DAYS),
        is_present_or_represented=draw(st.booleans()),
        replaces_interim=draw(st.booleans()),
        conditions=tuple(draw(st.lists(st.builds(ConditionFacts, st.integers(1, 9), ends_on=st.none() | DAYS), max_size=2))),
    )


@given(DAYS, st.integers(1, 120))
def test_last_day_and_one_is_the_corresponding_date(start, months):
    after = MonthsBeginningWith(months).last_day(start) + timedelta(days=1)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    assert after == date(year, month0 + 1, start.day) if after.day == start.day else after.day == 1
    assert MonthsAfter(months).last_day(start) >= MonthsBeginningWith(months).last_day(start)


@given(DAYS, st.integers(1, 400))
def test_a_period_of_days_has_that_many_days(start, days):
    assert (DaysBeginningWith(days).last_day(start) - start).days + 1 == days


@given(MOMENTS, HOURS, st.booleans())
def test_no_hour_deadline_falls_inside_a_left_out_day(start, hours, bank_holidays_too):
    end = HoursLeavingOut(hours, bank_holidays_too=bank_holidays_too).ends_at(start, HOLIDAYS.statutory)
    last_moment = (end - timedelta(microseconds=1)).astimezone(LONDON).date()
    assert HOLIDAYS.statutory.left_out(last_moment, bank_holidays_too=bank_holidays_too) == ""


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9)), HOURS)
def test_clock_time_never_moves_backwards_in_the_start(start, later, hours):
    period = HoursLeavingOut(hours)
    assert period.ends_at(start, HOLIDAYS.statutory) <= period.ends_at(start + later, HOLIDAYS.statutory)


@given(MOMENTS, HOURS)
def test_the_safe_reading_is_never_later(start, hours):
    period = HoursLeavingOut(hours)
    assert period.ends_at(start, HOLIDAYS.safe) <= period.ends_at(start, HOLIDAYS.statutory)


@given(MOMENTS, HOURS)
def test_the_hours_used_add_up(start, hours):
    count = HoursLeavingOut(hours).count(start, HOLIDAYS.statutory)
    left_out = sum((_overlap(start, count.at, left.on) for left in count.left_out), timedelta(0))
    assert count.at - start - left_out == timedelta(hours=hours)


def _overlap(start, end, day):
    begins, ends = (datetime.combine(day + timedelta(days=n), time(), LONDON).astimezone(UTC) for n in (0, 1))
    return max(timedelta(0), min(ends, end) - max(begins, start))


@given(any_facts())
def test_same_facts_same_duties_whatever_their_order(facts):
    order_type = ORDER_TYPES[facts.order_type]
    shuffled = replace(facts, events=tuple(reversed(facts.events)))
    assert due_duties(order_type, facts, LAW) == due_duties(order_type, shuffled, LAW)


@given(any_facts())
def test_every_deadline_is_told_apart_by_its_event_and_key(facts):
    found = [(due.started_by, due.key) for due in due_duties(ORDER_TYPES[facts.order_type], facts, LAW)]
    conditions = {condition.number for condition in facts.conditions}
    assert len(found) == len(set(found)) or len(conditions) < len(facts.conditions)


@given(any_facts())
def test_people_act_by_the_earliest_reading_and_lateness_is_judged_by_the_latest(facts):
    for due in due_duties(ORDER_TYPES[facts.order_type], facts, LAW):
        assert due.act_by_on <= due.due_on <= due.late_after_on
        if due.due_at:
            assert due.act_by_at <= due.due_at <= due.late_after_at


@given(any_facts())
def test_no_event_meets_the_duty_it_started(facts):
    assert all(due.met_by != due.started_by for due in due_duties(ORDER_TYPES[facts.order_type], facts, LAW))


@given(any_facts(), st.sampled_from([EventKind.BREACH_REPORTED, EventKind.NOTIFIED, EventKind.PROTECTED_PERSON_TOLD, EventKind.PRODUCED]))
def test_a_met_duty_stays_met(facts, kind):
    order_type = ORDER_TYPES[facts.order_type]
    met = {(due.started_by, due.key): due.met_by for due in due_duties(order_type, facts, LAW) if due.met_by}
    last = max((event.on for event in facts.events), default=date(2026, 1, 1))
    later = replace(facts, events=(*facts.events, Event(99, kind, last + timedelta(days=30))))
    now = {(due.started_by, due.key): due.met_by for due in due_duties(order_type, later, LAW)}
    assert met.items() <= now.items()


@given(any_facts(), DAYS)
def test_every_day_has_one_known_status(facts, day):
    order_type = ORDER_TYPES[facts.order_type]
    status = status_on(order_type, facts, day)
    assert status is status_from(status_dates(order_type, facts), day)
    assert status in Status
    assert not (status in LIVE and status in FINISHED)


@given(any_facts(), DAYS)
def test_only_events_that_the_law_knows_are_offered(facts, day):
    order_type = ORDER_TYPES[facts.order_type]
    assert set(possible_events(order_type, facts, day, LAW)) <= events_ever(order_type)


@given(any_facts())
def test_every_problem_names_a_field_a_way_out_and_a_section(facts):
    for problem in problems(ORDER_TYPES[facts.order_type], facts, LAW):
        assert problem.field
        assert problem.message
        assert problem.citation.url


@given(ANY_TYPE)
def test_states_are_distinct(code):
    states = states_of(ORDER_TYPES[code])
    assert len(states) == len(set(states))

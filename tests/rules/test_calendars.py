"""Where a deadline stands in a calendar, and what is said of it there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.calendars import Due, span_of, told_until
from orders_app.rules.london import london_day, midnight_after

NOTICE = Due(7, "DVPO-2026-0042", 2, datetime(2026, 11, 30, tzinfo=UTC), is_hour_clock=False, is_law=True)


@pytest.mark.parametrize(
    ("ends_on", "act_by_at"),
    [
        (date(2026, 11, 29), datetime(2026, 11, 30, tzinfo=UTC)),
        (date(2026, 6, 30), datetime(2026, 6, 30, 23, tzinfo=UTC)),  # London is an hour ahead
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),  # the day of 23 hours
        (date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC)),  # the day of 25 hours
        (date(2028, 2, 29), datetime(2028, 3, 1, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_day_is_a_whole_day_and_the_next_is_left_out(ends_on: date, act_by_at: datetime) -> None:
    span = span_of(act_by_at, is_hour_clock=False)
    assert (span.starts, span.ends) == (ends_on, ends_on + timedelta(days=1))


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_every_day_stands_on_itself(day: date) -> None:
    assert span_of(midnight_after(day), is_hour_clock=False).starts == day


@given(st.integers(0, 20 * 366 * 24 * 60).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)))
def test_an_hour_clock_ends_when_it_ends(act_by_at: datetime) -> None:
    span = span_of(act_by_at, is_hour_clock=True)
    assert span.ends == act_by_at
    assert span.starts == act_by_at - timedelta(minutes=15)


def test_an_hour_clock_that_ends_at_midnight_stands_on_the_day_it_ends() -> None:
    midnight = midnight_after(date(2026, 6, 30))
    starts = span_of(midnight, is_hour_clock=True).starts
    assert isinstance(starts, datetime)
    assert london_day(starts) == date(2026, 6, 30)


def test_nothing_is_said_but_the_reference_and_where_to_look() -> None:
    assert (NOTICE.summary, NOTICE.path) == ("DVPO-2026-0042: due", "/work/DVPO-2026-0042/2")


@pytest.mark.parametrize(
    ("due", "alarm"),
    [
        (replace(NOTICE, is_hour_clock=True), timedelta(minutes=-45)),
        (replace(NOTICE, is_hour_clock=True, is_law=False), timedelta(minutes=-45)),
        (NOTICE, timedelta(hours=8)),
        (replace(NOTICE, is_law=False), None),
    ],
)
def test_the_alarm(due: Due, alarm: timedelta | None) -> None:
    assert due.alarm == alarm


@pytest.mark.parametrize(
    "other",
    [
        {"act_by_at": datetime(2026, 12, 1, tzinfo=UTC)}, {"reference": "DVPO-2026-0043"}, {"number": 3}, {"is_law": False},
        {"is_hour_clock": True},
    ],
)  # fmt: skip
def test_the_digest_tells_whatever_is_said_differently(other: dict[str, object]) -> None:
    assert replace(NOTICE, **other).digest != NOTICE.digest  # type: ignore[arg-type]


def test_the_digest_tells_nothing_that_is_not_said() -> None:
    assert replace(NOTICE, deadline_id=8).digest == NOTICE.digest


def test_a_calendar_is_told_of_a_year_and_a_month() -> None:
    assert told_until(datetime(2026, 11, 22, 8, 14, tzinfo=UTC)) == midnight_after(date(2026, 11, 22) + timedelta(days=400))

"""When jobs run, over clock changes too."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.schedule import PLANNED, Daily, Every, left_out, tried_again_at
from orders_app.rules.wording import LONDON

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SCHEDULES = st.sampled_from([job.schedule for job in PLANNED])


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@given(MOMENTS, SCHEDULES)
def test_latest_and_following_enclose_every_moment(now: datetime, schedule: Every | Daily) -> None:
    latest, following = schedule.latest(now), schedule.following(now)
    assert latest <= now < following
    assert schedule.latest(following) == following
    assert schedule.latest(following - timedelta(microseconds=1)) == latest


@pytest.mark.parametrize(
    ("now", "following"),
    [
        (utc(2026, 3, 28, 12), utc(2026, 3, 29, 1, 30)),  # 02:30 summer time, the night clocks go forward
        (utc(2026, 10, 24, 12), utc(2026, 10, 25, 2, 30)),  # 02:30 Greenwich time, the night they go back
        (utc(2026, 10, 25, 2, 30), utc(2026, 10, 26, 2, 30)),
    ],
)
def test_a_time_of_day_is_london_time_and_comes_once_a_night(now: datetime, following: datetime) -> None:
    assert Daily(time(2, 30)).following(now) == following


def test_every_ten_minutes_goes_on_through_the_hour_that_comes_twice() -> None:
    at, seen = utc(2026, 10, 25, 0, 0), []
    while at < utc(2026, 10, 25, 3, 0):
        seen.append(at)
        at = Every(10).following(at)
    assert len(seen) == 18


@pytest.mark.parametrize(
    ("schedule", "before", "nominal", "missed"),
    [
        (Every(10), utc(2026, 11, 23, 9, 10), utc(2026, 11, 23, 9, 20), 0),
        (Every(10), utc(2026, 11, 23, 9, 10), utc(2026, 11, 26, 8, 50), 429),
        (Every(10), utc(2026, 10, 25, 0, 0), utc(2026, 10, 25, 3, 0), 17),  # clocks go back: three hours of the machine, four of the wall
        (Daily(time(2, 30)), utc(2026, 11, 23, 2, 30), utc(2026, 11, 26, 2, 30), 2),
        (Daily(time(2, 30)), utc(2026, 10, 24, 1, 30), utc(2026, 10, 25, 2, 30), 0),  # 25 hours apart, and nothing between
    ],
)
def test_how_many_runs_were_left_out(schedule: Every | Daily, before: datetime, nominal: datetime, missed: int) -> None:
    assert left_out(schedule, before, nominal) == missed


@pytest.mark.parametrize("at", [time(1), time(1, 59)])
def test_no_time_in_the_hour_that_moves(at: time) -> None:
    with pytest.raises(ValueError, match="clocks change"):
        Daily(at)


@pytest.mark.parametrize(("minutes", "offset"), [(7, 0), (0, 0), (10, 10), (10, -1)])
def test_only_what_fits_into_an_hour(minutes: int, offset: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Every(minutes, offset)


def test_the_table_is_sound() -> None:
    assert len({job.name for job in PLANNED}) == len(PLANNED)
    assert all(job.schedule.following(utc(2026, 11, 22)).astimezone(LONDON) for job in PLANNED)


@pytest.mark.parametrize(
    ("schedule", "failures", "minutes"),
    [
        (Daily(time(6)), 1, 5), (Daily(time(6)), 2, 10), (Daily(time(6)), 4, 40), (Daily(time(6)), 5, 60), (Daily(time(6)), 5000, 60),
        (Every(10), 1, 5), (Every(10), 2, None), (Every(1), 1, None),
    ],
)  # fmt: skip
def test_what_failed_is_tried_again_unless_its_own_time_comes_first(schedule: Every | Daily, failures: int, minutes: int | None) -> None:
    failed_at = utc(2026, 11, 23, 6)
    assert tried_again_at(schedule, failed_at, failures) == (failed_at + timedelta(minutes=minutes) if minutes else None)


def test_a_job_that_fails_just_before_its_next_day_waits_for_it() -> None:
    assert tried_again_at(Daily(time(6)), utc(2026, 11, 23, 5, 56), 1) is None

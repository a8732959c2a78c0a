"""Each statutory way of counting, and the steps it shows."""

import pytest

from orders_app.rules.periods import (
    DaysAfter,
    DaysBefore,
    DaysBeginningWith,
    HoursLeavingOut,
    MonthsAfter,
    MonthsBefore,
    MonthsBeginningWith,
    WeeksBefore,
)
from orders_app.rules.wording import at_words, length_words, listed, months_words, plain_day_words, with_article
from tests.rules.examples import HOLIDAYS, at, day

LAST_DAYS = [
    (DaysBeginningWith(3), "2026-04-03", "2026-04-05"),
    (DaysBeginningWith(1), "2026-04-03", "2026-04-03"),
    (DaysAfter(3), "2027-01-15", "2027-01-18"),
    (DaysAfter(7), "2026-11-20", "2026-11-27"),
    (DaysBefore(7), "2027-01-04", "2026-12-28"),
    (WeeksBefore(12), "2029-10-01", "2029-07-09"),
    (MonthsBeginningWith(24), "2026-11-22", "2028-11-21"),
    (MonthsBeginningWith(12), "2028-02-29", "2029-02-28"),
    (MonthsBeginningWith(6), "2026-08-31", "2027-02-28"),
    (MonthsBeginningWith(12), "2026-12-31", "2027-12-30"),
    (MonthsAfter(12), "2026-03-03", "2027-03-03"),
    (MonthsAfter(12), "2028-02-29", "2029-02-28"),
    (MonthsAfter(12), "2027-03-01", "2028-03-01"),
    (MonthsAfter(1), "2026-08-31", "2026-09-30"),
    (MonthsBefore(9), "2030-03-31", "2029-06-30"),
    (MonthsBefore(6), "2030-08-15", "2030-02-15"),
    (MonthsBefore(6), "2030-08-31", "2030-02-28"),
]


@pytest.mark.parametrize(("period", "start", "last_day"), LAST_DAYS)
def test_last_days(period, start, last_day):
    assert period.last_day(day(start)) == day(last_day)
    assert period.count(day(start)).on == day(last_day)


COUNTS = [
    (DaysBeginningWith(2), "2026-11-17", ["Tuesday 17 November: day 1", "Wednesday 18 November: day 2, ends at 24:00"]),
    (DaysBeginningWith(28), "2026-11-25", ["Wednesday 25 November: day 1", "Tuesday 22 December: day 28, ends at 24:00"]),
    (
        DaysAfter(1),
        "2026-11-17",
        ["Tuesday 17 November: not counted: the period is after this day", "Wednesday 18 November: day 1, ends at 24:00"],
    ),
    (DaysBefore(3), "2026-06-07", ["Sunday 7 June: the day counted back from", "Thursday 4 June 2026: 3 days earlier"]),
    (WeeksBefore(12), "2029-10-01", ["Monday 1 October: the day counted back from", "Monday 9 July 2029: 12 weeks earlier"]),
    (
        MonthsBeginningWith(24),
        "2026-11-22",
        [
            "Sunday 22 November 2026: day 1",
            "Wednesday 22 November 2028: the corresponding date 2 years on: outside the period",
            "Tuesday 21 November 2028: the last day, ends at 24:00",
        ],
    ),
    (
        MonthsBeginningWith(6),
        "2026-08-31",
        ["Monday 31 August 2026: day 1", "Sunday 28 February 2027: the last day, ends at 24:00: February 2027 has no day 31"],
    ),
    (
        MonthsAfter(12),
        "2026-03-03",
        [
            "Tuesday 3 March 2026: not counted: the period is after this day",
            "Wednesday 3 March 2027: the corresponding date is the last day, ends at 24:00",
        ],
    ),
    (
        MonthsAfter(1),
        "2026-08-31",
        [
            "Monday 31 August 2026: not counted: the period is after this day",
            "Wednesday 30 September 2026: the last day, ends at 24:00: September 2026 has no day 31",
        ],
    ),
    (MonthsBefore(6), "2030-08-15", ["Thursday 15 August 2030: the day counted back from", "Friday 15 February 2030: 6 months earlier"]),
]


@pytest.mark.parametrize(("period", "start", "lines"), COUNTS)
def test_counts_are_shown_step_by_step(period, start, lines):
    assert [f"{line.when}: {line.what}" for line in period.count(day(start)).lines] == lines


WORDS = [
    (DaysBeginningWith(3), "3 days beginning with"),
    (DaysBeginningWith(1), "1 day beginning with"),
    (DaysAfter(7), "7 days after"),
    (DaysBefore(1), "1 day before"),
    (WeeksBefore(12), "12 weeks before"),
    (MonthsBeginningWith(24), "2 years beginning with"),
    (MonthsBeginningWith(12), "1 year beginning with"),
    (MonthsAfter(1), "1 month after"),
    (MonthsBefore(9), "9 months before"),
    (HoursLeavingOut(48), "48 hours after"),
    (HoursLeavingOut(24, strictly_before=True), "24 hours beginning with"),
]


@pytest.mark.parametrize(("period", "words"), WORDS)
def test_wording(period, words):
    assert str(period) == words


def test_an_hour_clock_shows_hours_used_and_the_running_total():
    count = HoursLeavingOut(48).count(at("2026-11-21T22:40"), HOLIDAYS.statutory)
    assert [(line.when, line.hours, line.used, line.total, line.is_left_out) for line in count.lines] == [
        ("Saturday 21 November", "22:40 to 24:00", "1 h 20 min", "1 h 20 min", False),
        ("Sunday 22 November", "00:00 to 24:00", "0", "1 h 20 min", True),
        ("Monday 23 November", "00:00 to 24:00", "24 h", "25 h 20 min", False),
        ("Tuesday 24 November", "00:00 to 22:40", "22 h 40 min", "48 h", False),
    ]
    assert [(left.on, left.name) for left in count.left_out] == [(day("2026-11-22"), "Sunday")]
    assert count.on == day("2026-11-24")


def test_a_clock_that_stops_at_midnight_ends_on_the_day_before():
    count = HoursLeavingOut(48).count(at("2026-11-22T03:20"), HOLIDAYS.statutory)
    assert (count.at, count.on) == (at("2026-11-25T00:00"), day("2026-11-24"))
    assert count.lines[-1].hours == "00:00 to 24:00"
    assert at_words(count.at) == "Wednesday 25 November 2026, 00:00 (24:00 Tuesday)"


def test_words_for_lengths_and_lists():
    assert [length_words(HOUR * n) for n in (0, 1, 1.5, 0.25)] == ["0 h", "1 h", "1 h 30 min", "15 min"]
    assert [months_words(n) for n in (1, 6, 12, 18, 24)] == ["1 month", "6 months", "1 year", "18 months", "2 years"]
    assert [listed(things) for things in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert plain_day_words(day("2026-11-24")) == "24 November 2026"
    assert [with_article(noun) for noun in ("inspector", "sergeant")] == ["an inspector", "a sergeant"]


HOUR = at("2026-11-21T01:00") - at("2026-11-21T00:00")

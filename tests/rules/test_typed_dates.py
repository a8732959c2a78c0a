"""Dates and times as people type them: what is read, what is refused, and in which words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.typed_dates import (
    LONDON,
    MONTHS,
    WEEKDAYS,
    ClocksChanged,
    NotADate,
    NotATime,
    day_from_parts,
    day_from_text,
    moment,
    time_from_text,
)

EIGHTH = date(2026, 4, 8)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "2026-04-08", "2026-4-8", "08/04/2026", "8/4/2026", "8.4.2026", "08-04-2026", "8 4 2026", "8 Apr 2026", "8 April 2026",
        "8 APRIL 2026", "  8   april   2026 ", "8th April 2026", "8 apr. 2026", "8-Apr-2026", "8 / 4 / 2026", "Wednesday 8 April 2026",
        "Wed, 8 April 2026", "8 April, 2026", "8\u00a0April\u00a02026", "8\tApril\n2026",
    ],
)  # fmt: skip
def test_days_that_are_read(typed):
    assert day_from_text(typed) == EIGHTH


@pytest.mark.parametrize(
    ("typed", "said", "parts"),
    [
        ("8/4/26", "Enter the year as four figures, such as 2026", ("year",)),
        ("8 April 26", "Enter the year as four figures, such as 2026", ("year",)),
        ("8 April 026", "Enter the year as four figures, such as 2026", ("year",)),
        ("8 April 20266", "Enter the year as four figures, such as 2026", ("year",)),
        ("8 April 1066", "Enter a year from 1900 to 2199", ("year",)),
        ("29/02/2026", "February 2026 has 28 days. Enter a day from 1 to 28", ("day",)),
        ("30 February 2028", "February 2028 has 29 days. Enter a day from 1 to 29", ("day",)),
        ("31 April 2026", "April 2026 has 30 days. Enter a day from 1 to 30", ("day",)),
        ("0/4/2026", "Enter a day from 1 to 31", ("day",)),
        ("32/4/2026", "Enter a day from 1 to 31", ("day",)),
        ("04/13/2026", "Enter a month from 1 to 12, or its name, such as April", ("month",)),
        ("8/0/2026", "Enter a month from 1 to 12, or its name, such as April", ("month",)),
        ("8 Avril 2026", "Enter a month from 1 to 12, or its name, such as April", ("month",)),
        ("8 Ma 2026", "Enter a month from 1 to 12, or its name, such as April", ("month",)),
        ("2026-02-30", "February 2026 has 28 days. Enter a day from 1 to 28", ("day",)),
        ("Tuesday 8 April 2026", "8 April 2026 is a Wednesday, not a Tuesday. Check the day and the date", ("day",)),
    ],
)
def test_days_that_are_refused_name_the_part_and_what_to_type(typed, said, parts):
    with pytest.raises(NotADate) as refused:
        day_from_text(typed)
    assert (refused.value.message, refused.value.parts) == (said, parts)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "tomorrow", "April 2026", "April 8 2026", "8 April", "20260408", "08042026", "2026/04/08", "8//4//2026", "8 April 2026 x",
     "x" * 5000, "9" * 5000, "٨/٤/٢٠٢٦", "８ April 2026", "-8 April 2026", "2026-04-08T00:00"],
)  # fmt: skip
def test_what_is_no_date_is_told_how_to_type_one(typed):
    with pytest.raises(NotADate) as refused:
        day_from_text(typed)
    assert refused.value.message.startswith("Enter ")


@pytest.mark.parametrize(
    ("typed", "said", "parts"),
    [
        (("", "4", "2026"), "Enter a day", ("day",)),
        (("8", "", ""), "Enter a month and a year", ("month", "year")),
        (("", "", ""), "Enter a day, a month and a year", ("day", "month", "year")),
        (("eight", "4", "2026"), "Enter a day from 1 to 31", ("day",)),
        (("8", "4", "'26"), "Enter the year as four figures, such as 2026", ("year",)),
        (("9" * 5000, "4", "2026"), "Enter a day from 1 to 31", ("day",)),
        (("²", "4", "2026"), "Enter a day from 1 to 31", ("day",)),
    ],
)
def test_boxes_that_are_refused(typed, said, parts):
    with pytest.raises(NotADate) as refused:
        day_from_parts(*typed)
    assert (refused.value.message, refused.value.parts) == (said, parts)


@pytest.mark.parametrize(
    "typed", [("8", "4", "2026"), (" 08 ", " 04", "2026 "), ("8th", "April", "2026"), ("8", "apr", "2026"), ("8", "APR.", "2026")]
)
def test_boxes_that_are_read(typed):
    assert day_from_parts(*typed) == EIGHTH


def test_september_has_two_short_forms():
    assert day_from_text("1 Sept 2026") == day_from_text("1 Sep 2026") == date(2026, 9, 1)


@given(DAYS)
def test_every_day_is_read_back_from_every_form(on):
    name = MONTHS[on.month - 1]
    named = f"{on.day} {name} {on.year}"
    forms = [f"{on:%Y-%m-%d}", f"{on:%d/%m/%Y}", f"{on.day}.{on.month}.{on.year}", f"{on.day} {name[:3]} {on.year}", named.upper()]
    assert {day_from_text(form) for form in [*forms, f"{WEEKDAYS[on.weekday()]} {named}"]} == {on}


@given(st.text(max_size=80))
def test_any_text_is_a_day_or_is_refused_in_words(typed):
    try:
        answer = day_from_text(typed)
    except NotADate as refused:
        answer = refused
    assert isinstance(answer, date) or (answer.message and set(answer.parts) <= {"day", "month", "year"})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("22:40", time(22, 40)), ("2240", time(22, 40)), ("22.40", time(22, 40)), ("10.40pm", time(22, 40)), ("10:40 PM", time(22, 40)),
        ("10.40 p.m.", time(22, 40)), ("9:05", time(9, 5)), ("09:05", time(9, 5)), ("0905", time(9, 5)), ("9am", time(9)),
        ("12pm", time(12)), ("12am", time(0)), ("12.30am", time(0, 30)), ("00:00", time(0)), ("0000", time(0)), ("23:59", time(23, 59)),
        (" 22 : 40 ", time(22, 40)), ("22:40:00", time(22, 40)), ("2240hrs", time(22, 40)), ("22:40 hrs", time(22, 40)),
    ],
)  # fmt: skip
def test_times_that_are_read(typed, expected):
    assert time_from_text(typed) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a time in the 24-hour clock, such as 22:40"),
        ("930", "Enter a time in the 24-hour clock, such as 22:40"),
        ("22", "Enter a time in the 24-hour clock, such as 22:40"),
        ("22:4", "Enter a time in the 24-hour clock, such as 22:40"),
        ("noon", "Enter a time in the 24-hour clock, such as 22:40"),
        ("22:40:30", "Enter a time in the 24-hour clock, such as 22:40"),
        ("²²:40", "Enter a time in the 24-hour clock, such as 22:40"),
        ("9" * 5000, "Enter a time in the 24-hour clock, such as 22:40"),
        ("22:40pm", "Enter a time in the 24-hour clock, such as 22:40, without am or pm"),
        ("0pm", "Enter a time in the 24-hour clock, such as 22:40, without am or pm"),
        ("25:00", "Enter a time in the 24-hour clock, such as 22:40. The last minute of the day is 23:59"),
        ("22:60", "Enter a time in the 24-hour clock, such as 22:40. The last minute of the day is 23:59"),
        ("24:00", "24:00 is the start of the next day. Enter 00:00 and the date of the next day"),
    ],
)
def test_times_that_are_refused(typed, said):
    with pytest.raises(NotATime) as refused:
        time_from_text(typed)
    assert refused.value.message == said


@given(st.times())
def test_every_minute_is_read_back(at):
    typed = [f"{at:%H:%M}", f"{at:%H%M}", f"{at:%H.%M}"]
    assert {time_from_text(text) for text in typed} == {at.replace(second=0, microsecond=0)}


@pytest.mark.parametrize(
    ("on", "at", "which", "expected"),
    [
        (date(2026, 11, 21), time(22, 40), "", datetime(2026, 11, 21, 22, 40, tzinfo=UTC)),
        (date(2026, 7, 1), time(22, 40), "", datetime(2026, 7, 1, 21, 40, tzinfo=UTC)),
        (date(2026, 10, 25), time(0, 59), "", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), "first", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), "second", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 0), "", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(22, 40), "second", datetime(2026, 10, 25, 22, 40, tzinfo=UTC)),
        (date(2026, 3, 29), time(0, 59), "", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 0), "", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_instant_of_a_local_time(on, at, which, expected):
    assert moment(on, at, which) == expected


@pytest.mark.parametrize(
    ("on", "at", "which", "came_twice", "says"),
    [
        (date(2026, 10, 25), time(1, 0), "", True, "The clocks went back on Sunday 25 October 2026, so 01:00 came twice."),
        (date(2026, 10, 25), time(1, 59), "third", True, "The clocks went back on Sunday 25 October 2026, so 01:59 came twice."),
        (date(2026, 3, 29), time(1, 0), "", False, "The clocks went forward on Sunday 29 March 2026: there was no 01:00."),
        (date(2026, 3, 29), time(1, 30), "second", False, "The clocks went forward on Sunday 29 March 2026: there was no 01:30."),
    ],
)
def test_times_that_the_clocks_doubled_or_jumped_over(on, at, which, came_twice, says):
    with pytest.raises(ClocksChanged) as refused:
        moment(on, at, which)
    assert refused.value.message.startswith(says)
    assert refused.value.came_twice is came_twice


@given(st.integers(min_value=5 * 365 * 1440, max_value=130 * 365 * 1440).map(lambda minutes: EPOCH + timedelta(minutes=minutes)))
def test_every_instant_is_read_back_from_its_local_time(instant):
    local = instant.astimezone(LONDON)
    assert moment(local.date(), local.time(), "second" if local.fold else "first") == instant

"""Dates, nearness, numbers and names in words: tables of what goes in and what is read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.defaults import DEFAULT_FILTERS

from orders_app.rules.london import london_day
from orders_app.rules.status import Status
from orders_app.web import filters
from orders_app.web.wording import TAG_COLOURS, UnknownWord, page_numbers, tag_colour

pytestmark = pytest.mark.on_sqlite

NOW = datetime(2026, 11, 22, 8, 14, tzinfo=UTC)  # a Sunday, in winter
TODAY = date(2026, 11, 22)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("function", "value", "said"),
    [
        (filters.day, date(2026, 4, 7), "Tuesday 7 April 2026"),
        (filters.day, None, ""),
        (filters.day_short, date(2026, 4, 7), "7 April 2026"),
        (filters.day_short, None, ""),
        (filters.day_of_year, date(2026, 4, 7), "Tuesday 7 April"),
        (filters.at, utc(2026, 10, 5, 17, 25), "Monday 5 October 2026, 18:25"),
        (filters.at, utc(2026, 11, 5, 17, 25), "Thursday 5 November 2026, 17:25"),
        (filters.at, utc(2026, 7, 1, 23, 30), "Thursday 2 July 2026, 00:30"),
        (filters.at, utc(2026, 10, 25, 0, 30), "Sunday 25 October 2026, 01:30 BST"),
        (filters.at, utc(2026, 10, 25, 1, 30), "Sunday 25 October 2026, 01:30 GMT"),
        (filters.at, utc(2026, 10, 25, 2, 0), "Sunday 25 October 2026, 02:00"),
        (filters.at, utc(2026, 3, 29, 0, 59), "Sunday 29 March 2026, 00:59"),
        (filters.at, utc(2026, 3, 29, 1, 0), "Sunday 29 March 2026, 02:00"),
        (filters.at, None, ""),
        (filters.at_short, utc(2026, 10, 5, 17, 25), "5 October 2026, 18:25"),
        (filters.iso, date(2026, 4, 7), "2026-04-07"),
        (filters.iso, utc(2026, 10, 5, 17, 25), "2026-10-05T18:25+01:00"),
        (filters.iso, None, ""),
        (filters.number, 14208, "14,208"),
        (filters.number, -3, "\N{MINUS SIGN}3"),
        (filters.number, 0, "0"),
        (filters.number, None, ""),
        (filters.number, "more than 1,000", "more than 1,000"),
        (filters.took, timedelta(milliseconds=400), "under 1 second"),
        (filters.took, timedelta(seconds=1), "1 second"),
        (filters.took, timedelta(seconds=124), "2 minutes 4 seconds"),
        (filters.took, timedelta(seconds=3900), "1 hour 5 minutes"),
        (filters.took, timedelta(hours=2), "2 hours"),
        (filters.upper_first, "notify her address", "Notify her address"),
    ],
)
def test_one_value_in_words(function, value, said):
    assert function(value) == said


@pytest.mark.parametrize(
    ("on", "due_at", "said"),
    [
        (date(2026, 11, 19), None, "Thursday 19 November 2026, 24:00"),
        (date(2026, 11, 24), utc(2026, 11, 24, 22, 40), "Tuesday 24 November 2026, 22:40"),
        (date(2026, 11, 25), utc(2026, 11, 25), "Wednesday 25 November 2026, 00:00 (24:00 Tuesday)"),
        (date(2026, 7, 2), utc(2026, 7, 1, 23), "Thursday 2 July 2026, 00:00 (24:00 Wednesday)"),
        (date(2026, 7, 2), utc(2026, 7, 2, 0), "Thursday 2 July 2026, 01:00"),
        (None, None, ""),
    ],
)
def test_when_a_deadline_is(on, due_at, said):
    assert filters.deadline_when(on, due_at) == said


DAY_DUTIES = [
    (date(2026, 11, 14), "8 days overdue", "overdue"),
    (date(2026, 11, 15), "7 days overdue", "overdue"),
    (date(2026, 11, 21), "1 day overdue", "overdue"),
    (date(2026, 11, 22), "due today", "soon"),
    (date(2026, 11, 23), "tomorrow", "soon"),
    (date(2026, 11, 25), "in 3 days", "soon"),
    (date(2026, 11, 28), "in 6 days", "soon"),
    (date(2026, 11, 29), "in 7 days", "later"),
    (date(2029, 10, 1), "in 1,044 days", "later"),
]
HOUR_CLOCKS = [
    (utc(2026, 11, 23, 23, 5), "in 38 hours", "soon"),
    (utc(2026, 11, 24, 8, 13), "in 47 hours", "soon"),
    (utc(2026, 11, 24, 8, 14), "in 2 days", "soon"),
    (utc(2026, 11, 24, 9, 14), "in 2 days 1 hour", "soon"),
    (utc(2026, 11, 24, 22, 40), "in 2 days 14 hours", "soon"),
    (utc(2026, 11, 25, 0, 0), "in 2 days 15 hours", "soon"),
    (utc(2026, 11, 25, 8, 13), "in 2 days 23 hours", "soon"),
    (utc(2026, 11, 25, 8, 14), "in 3 days", "soon"),
    (utc(2026, 11, 29, 0, 0), "in 6 days", "soon"),
    (utc(2026, 11, 29, 0, 1), "in 6 days", "later"),
    (utc(2026, 11, 22, 9, 14), "in 1 hour", "soon"),
    (utc(2026, 11, 22, 9, 13), "in 59 minutes", "soon"),
    (utc(2026, 11, 22, 8, 15), "in 1 minute", "soon"),
    (utc(2026, 11, 22, 8, 14), "due now", "soon"),
    (utc(2026, 11, 22, 8, 13), "1 minute overdue", "overdue"),
    (utc(2026, 11, 22, 7, 14), "1 hour overdue", "overdue"),
    (utc(2026, 11, 20, 8, 15), "47 hours overdue", "overdue"),
    (utc(2026, 11, 20, 8, 14), "2 days overdue", "overdue"),
]


@pytest.mark.parametrize(("on", "near", "band"), DAY_DUTIES)
def test_how_near_a_day_duty_is(on, near, band):
    assert (filters.nearness(on, None, NOW), filters.band(on, None, NOW)) == (near, band)


@pytest.mark.parametrize(("due_at", "near", "band"), HOUR_CLOCKS)
def test_how_near_an_hour_clock_is(due_at, near, band):
    on = london_day(due_at)
    assert (filters.nearness(on, due_at, NOW), filters.band(on, due_at, NOW)) == (near, band)


@pytest.mark.parametrize(("word", "band"), [("by", "soon"), ("before", "overdue")])
def test_at_its_very_minute_by_is_in_time_and_before_is_not(word, band):
    assert filters.band(TODAY, NOW, NOW, word) == band


@pytest.mark.parametrize(
    ("now", "on", "near"),
    [
        (utc(2026, 7, 1, 22, 59), date(2026, 7, 1), "due today"),
        (utc(2026, 7, 1, 23, 0), date(2026, 7, 1), "1 day overdue"),
        (utc(2026, 10, 24, 22, 59), date(2026, 10, 25), "tomorrow"),
        (utc(2026, 10, 24, 23, 0), date(2026, 10, 25), "due today"),
        (utc(2026, 10, 25, 23, 59), date(2026, 10, 25), "due today"),
        (utc(2026, 10, 26, 0, 0), date(2026, 10, 25), "1 day overdue"),
    ],
)
def test_the_day_turns_at_midnight_in_london(now, on, near):
    assert filters.nearness(on, None, now) == near


@pytest.mark.parametrize(
    ("now", "due_at", "near"),
    [
        (utc(2026, 10, 24, 11), utc(2026, 10, 25, 12), "in 25 hours"),
        (utc(2026, 3, 28, 12), utc(2026, 3, 29, 11), "in 23 hours"),
    ],
)
def test_an_hour_clock_counts_hours_that_pass_when_the_clocks_change(now, due_at, near):
    assert filters.nearness(london_day(due_at), due_at, now) == near


@given(st.integers(min_value=1, max_value=10_000_000))
def test_nobody_is_told_that_there_is_more_time_than_there_is(minutes):
    said = filters.nearness(TODAY, NOW + timedelta(minutes=minutes), NOW).replace(",", "").split()
    units = {"minute": 1, "hour": 60, "day": 1440}
    told = sum(int(count) * units[unit.rstrip("s")] for count, unit in zip(said[1::2], said[2::2], strict=True))
    assert told <= minutes < told + (1440 if minutes >= 72 * 60 else 60 if minutes >= 60 else 1)


@pytest.mark.parametrize(
    ("from_on", "until_on", "said"),
    [
        (date(2026, 10, 2), date(2029, 10, 1), "3 years"),
        (date(2026, 10, 2), date(2027, 10, 1), "1 year"),
        (date(2026, 11, 11), date(2026, 12, 8), "28 days"),
        (date(2026, 1, 1), date(2026, 6, 30), "6 months"),
        (date(2026, 1, 1), date(2027, 6, 30), "18 months"),
        (date(2024, 2, 29), date(2025, 2, 28), "366 days"),
        (date(2026, 10, 2), date(2026, 10, 2), "1 day"),
    ],
)
def test_how_long_an_order_lasts(from_on, until_on, said):
    assert filters.lasts(from_on, until_on) == said


@pytest.mark.parametrize(
    ("ends_on", "from_on", "said"),
    [
        (date(2029, 10, 1), date(2026, 10, 2), "3 years, 1,044 days left"),
        (date(2029, 10, 1), None, "1,044 days left"),
        (date(2026, 11, 23), None, "1 day left"),
        (TODAY, None, "ends today"),
        (date(2026, 11, 21), None, "ended"),
    ],
)
def test_how_long_is_left(ends_on, from_on, said):
    assert filters.days_left(ends_on, TODAY, from_on) == said


@pytest.mark.parametrize(
    ("surname", "forenames", "said"),
    [
        ("Whittaker", "Callum James", "WHITTAKER, Callum James"),
        ("O'Donovan", "Liam", "O'DONOVAN, Liam"),
        ("O’Donovan", "Liam", "O’DONOVAN, Liam"),
        ("Zielińska", "Marta", "ZIELIŃSKA, Marta"),
        ("Mensah-Cole", "Siân", "MENSAH-COLE, Siân"),
        ("van der Berg", "Éloïse", "VAN DER BERG, Éloïse"),
        ("Groß", "Jürgen", "GROSS, Jürgen"),
        ("Madonna", "", "MADONNA"),
        ("", "Wren", "Wren"),
        ("李", "小龙", "李, 小龙"),
        ("  Ali ", " Farhan ", "ALI, Farhan"),
    ],
)
def test_names_of_people(surname, forenames, said):
    assert filters.person_name(surname, forenames) == said


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (date(1988, 3, 14), "14 March 1988 (38)"),
        (date(1988, 11, 22), "22 November 1988 (38)"),
        (date(1988, 11, 23), "23 November 1988 (37)"),
        (None, "not known"),
    ],
)
def test_born(born_on, said):
    assert filters.born(born_on, TODAY) == said


def test_somebody_born_on_a_leap_day():
    assert [filters.age(date(2008, 2, 29), date(2026, month, day)) for month, day in ((2, 28), (3, 1))] == [17, 18]


@pytest.mark.parametrize(
    ("count", "words", "said"),
    [
        (1, ("breach", "breaches"), "1 breach"),
        (2, ("breach", "breaches"), "2 breaches"),
        (0, ("day",), "0 days"),
        (1044, ("day",), "1,044 days"),
    ],
)
def test_plurals(count, words, said):
    assert filters.plural(count, *words) == said


@pytest.mark.parametrize(
    ("checked_at", "text", "title"),
    [
        (utc(2026, 11, 22, 8, 10), "Alerts last checked 08:10 today.", None),
        (utc(2026, 11, 22, 7, 44), "Alerts last checked 07:44 today.", None),
        (utc(2026, 11, 22, 7, 43), "Alerts last checked 07:43 today. This is late", "Alerts have not been checked for 31 minutes"),
        (utc(2026, 11, 21, 23, 10), "Alerts last checked 23:10 yesterday. This is late", "Alerts have not been checked for 9 hours"),
        (utc(2026, 11, 19, 8, 0), "Alerts last checked Thursday 19 November 2026, 08:00. This", "Alerts have not been checked for 3 days"),
        (None, "Alerts have not been checked yet.", "Alerts have not been checked yet"),
    ],
)
def test_when_alerts_were_last_checked(checked_at, text, title):
    said = filters.alerts_checked(checked_at, NOW)
    assert said["text"].startswith(text)
    assert said["is_late"] is (title is not None)
    assert said["words"].get("title") == title


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (utc(2026, 11, 22, 8, 25), "08:25 today"),
        (utc(2026, 11, 23, 5, 30), "05:30 tomorrow"),
        (utc(2026, 12, 1, 4, 30), "Tuesday 1 December 2026, 04:30"),
        (None, ""),
    ],
)
def test_the_next_run_of_a_job(when, said):
    assert filters.at_about(when, NOW) == said


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]), (1, 5, [1, 2, 0, 5]), (3, 5, [1, 2, 3, 4, 5]), (10, 20, [1, 0, 9, 10, 11, 0, 20]), (20, 20, [1, 0, 19, 20]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
    ],
)  # fmt: skip
def test_which_pages_are_linked(page, pages, numbers):
    assert page_numbers(page, pages) == numbers


def test_no_filter_takes_the_name_of_one_that_templates_come_with():
    assert {function.__name__ for function in filters.FILTERS} & set(DEFAULT_FILTERS) == set()


def test_every_state_of_an_order_has_a_colour():
    assert [status for status in Status if status not in TAG_COLOURS] == []


def test_a_word_that_is_not_in_the_list_is_an_error():
    with pytest.raises(UnknownWord, match="Nearly done"):
        tag_colour("Nearly done")

"""The dates of an order that are no deadlines, each with its reasoning: in force, lawful ends, last day, notification."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.ends import in_force_from
from orders_app.rules.facts import EndKind
from orders_app.rules.order_dates import order_dates
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import lawful_ends
from tests.rules.examples import LAW, UNTIL_FURTHER_ORDER, condition, day, facts


def dates(case):
    return {date.key: date for date in order_dates(ORDER_TYPES[case.order_type], case, LAW)}


DVPO = facts("dvpo", "made 2026-04-08", "served 2026-04-10", ends="2026-05-05")
SCPO = facts(
    "scpo", "made 2026-03-02", "custody_ended 2029-02-28", ends="2034-02-27", starts_on_release=True, is_present_or_represented=True,
)  # fmt: skip


def test_a_dvpo_is_in_force_from_the_day_made_though_it_is_served_later():
    working = dates(DVPO)["in_force"].working
    assert working.answer == "From Wednesday 8 April 2026"
    assert working.starts == "Wednesday 8 April 2026: the day it was made"
    assert [unused.why for unused in working.not_used] == ["This date is the day it was made, not that of service"]
    assert str(working.citation) == "Crime and Security Act 2010 s.28(10)"


@pytest.mark.parametrize(
    ("key", "answer", "counted_from"),
    [
        ("earliest_last_day", "Earliest lawful last day: Tuesday 21 April 2026, 24:00", "Wednesday 8 April 2026: the day it was made"),
        ("latest_last_day", "Latest lawful last day: Tuesday 5 May 2026, 24:00", "Wednesday 8 April 2026: the day it was made"),
    ],
)
def test_the_lawful_last_days_of_a_dvpo_are_counted_from_the_day_made(key, answer, counted_from):
    date = dates(DVPO)[key]
    assert (date.working.answer, date.working.starts) == (answer, counted_from)
    assert date.working.moves == ("Nothing: it counts from the day made, whatever the day of service",)
    assert date.working.counting[0].what == "day 1"
    assert date.working.by_hand[0] == "Find Wednesday 8 April 2026 in a calendar. It is day 1"


def test_the_last_day_shows_how_many_days_that_is():
    working = dates(DVPO)["last_day"].working
    assert working.answer == "Tuesday 5 May 2026, 24:00"
    assert working.counting[-1].what == "the last day: day 28, ends at 24:00"
    assert working.by_hand[-1] == "Count the days from Wednesday 8 April 2026 to it, both counted: 28"
    assert working.moves == ("Nothing: the Act gives no power to vary, extend or discharge it",)


def test_an_scpo_counts_its_five_years_from_release():
    found = dates(SCPO)
    assert found["in_force"].working.starts == "Wednesday 28 February 2029: the day of release, on which the order starts"
    assert found["in_force"].working.rests_on == (2,)
    latest = found["latest_last_day"]
    assert latest.on == day("2034-02-27")
    assert latest.working.moves == ("It counts from the first day that any part is in force, not from the day made",)


def test_an_order_that_waits_for_release_has_no_first_day_yet():
    waiting = dates(facts("scpo", "made 2026-03-02", ends="2030-02-27", starts_on_release=True))["in_force"]
    assert (waiting.on, waiting.working.answer) == (None, "Not yet: it starts when the subject is released from custody")


def test_conditions_that_start_and_end_on_their_own_days():
    own = (condition(1, starts_on="2026-03-01", ends_on="2028-02-29"), condition(2, starts_on="2026-09-01", ends_on="2031-02-28"))
    found = dates(facts("scpo", "made 2026-02-20", "served 2026-02-20", end_kind=EndKind.PER_CONDITION, conditions=own))
    assert found["in_force"].working.starts.endswith("the start of the earliest condition, each of which has its own")
    assert found["fully_in_force"].on == day("2026-09-01")
    assert [line.what for line in found["last_day"].working.counting][:2] == ["condition 1 ends", "condition 2 ends"]
    assert found["last_day"].on == day("2031-02-28")
    assert found["latest_last_day"].on == day("2031-02-28")


@pytest.mark.parametrize(
    ("case", "on", "rule"),
    [
        (facts("spo", "made 2026-10-02", **UNTIL_FURTHER_ORDER), None, "The order has no end date. It goes on until a court ends it"),
        (facts("dapo", "made 2026-10-02", end_kind=EndKind.EVENT, stated_event="The sale of the home"), None,
         "The order ends when what it names happens. That is no date until it does"),
        (facts("interim_spo", "made 2026-05-11", ends="2026-06-07"), "2026-06-07",
         "The order ends at the end of the last day that the court stated, or when the main application is determined if that is earlier"),
        (facts("interim_spo", "made 2026-05-11", "determined 2026-05-29", ends="2026-06-07"), "2026-05-29",
         "It ended on the day of what ended it, before its own last day or without one"),
        (facts("dvpn", "served 2026-11-21T22:40"), None,
         "A DVPN has no end date: it goes on until the application for the order is determined"),
    ],
)  # fmt: skip
def test_every_way_of_ending_is_explained(case, on, rule):
    last = dates(case)["last_day"]
    assert (last.on, last.working.duty) == (day(on) if on else None, rule)
    assert last.working.citation.url


def test_a_variation_that_moved_the_end_is_what_the_end_rests_on():
    case = facts("spo", "made 2026-10-02", "varied 2027-01-04 ends_on=2030-10-01", "varied 2027-03-01", ends="2029-10-01")
    last = dates(case)["last_day"]
    assert last.on == day("2030-10-01")
    assert last.working.starts == "Tuesday 1 October 2030, 24:00, as the court stated it. Recorded: Varied Monday 4 January 2027"
    assert last.working.rests_on == (2, 3)


def test_changes_are_notified_for_as_long_as_the_order_runs_and_only_where_the_act_asks_for_it():
    case = facts("spo", "made 2026-10-02", "served 2026-10-05", ends="2029-10-01")
    lasts = dates(case)["notification_lasts"]
    assert (lasts.on, str(lasts.working.citation)) == (day("2029-10-01"), "Stalking Protection Act 2019 s.9(4)")
    assert "notification_lasts" not in dates(DVPO)


def test_nothing_has_a_date_before_it_has_begun():
    assert order_dates(ORDER_TYPES["spo"], facts("spo", "application_lodged 2026-10-02"), LAW) == []


@given(code=st.sampled_from(sorted(ORDER_TYPES)), made=st.dates(day("2024-01-01"), day("2027-12-31")), length=st.integers(1, 4000))
def test_every_date_agrees_with_the_rule_that_status_and_refusals_use(code, made, length):
    begun = "served" if ORDER_TYPES[code].is_notice else "made"
    last = made.fromordinal(made.toordinal() + length)
    case = facts(code, f"{begun} {made}", ends=last.isoformat())
    found = dates(case)
    assert found["in_force"].on == in_force_from(ORDER_TYPES[code], case)
    limits = {end.is_latest: end.on for end in lawful_ends(ORDER_TYPES[code], case, LAW)}
    assert limits == {key == "latest_last_day": date.on for key, date in found.items() if key.endswith("est_last_day")}
    for date in found.values():
        assert date.working.answer
        assert date.working.by_hand
        assert set(date.working.rests_on) <= {event.id for event in case.events}

"""Time in custody, in hospital and abroad: what it stops, what it puts off, and what it does not touch."""

import pytest

from orders_app.rules.registrations.time_away import releases, time_away
from tests.rules.examples import day
from tests.rules.registration_examples import duties, duties_of, duty, open_duties, registration

SOA = "Sexual Offences Act 2003"
SINCE = "convicted 2020-01-06"
KNOWN = (SINCE, "notified 2020-01-07 type=83")


@pytest.mark.parametrize(
    ("events", "key", "due_on"),
    [
        # remanded on the third day, released in the autumn: one day is left, and release gives three of its own
        (["convicted 2026-02-09", "custody_started 2026-02-11", "custody_ended 2026-09-18"], "initial_notification", "2026-09-18"),
        (["convicted 2026-02-09", "custody_started 2026-02-11", "custody_ended 2026-09-18"], "release", "2026-09-20"),
        # abroad when convicted in absence
        (["convicted 2026-02-09", "left_uk 2026-02-01", "returned_to_uk 2026-03-01"], "initial_notification", "2026-03-03"),
        # two times in custody within the three days
        (
            [
                "convicted 2026-02-09", "custody_started 2026-02-10", "custody_ended 2026-03-02", "custody_started 2026-03-03",
                "custody_ended 2026-04-01",
            ],
            "initial_notification",
            "2026-04-01",
        ),
        # the year would end in prison, and goes on to the end of three days from release
        (
            [*KNOWN, "notified 2025-06-01 type=85", "custody_started 2026-05-01", "custody_ended 2026-11-20"],
            "annual_notification",
            "2026-11-22",
        ),
        # the week would end abroad
        (
            [*KNOWN, "notified 2026-11-02 type=84 residence=none", "left_uk 2026-11-05", "returned_to_uk 2026-11-16"],
            "weekly_notification",
            "2026-11-18",
        ),
        # prison in between, and out again in time: the year is as long as ever
        (
            [*KNOWN, "notified 2025-06-01 type=85", "custody_started 2025-08-01", "custody_ended 2025-11-20"],
            "annual_notification",
            "2026-06-01",
        ),
        (
            [SINCE, "address_changed 2026-02-09", "custody_started 2026-02-10", "custody_ended 2026-03-02"],
            "change_of_address",
            "2026-03-03",
        ),
        (
            [SINCE, "notified 2026-11-20 type=84 specified_on=2026-11-30", "custody_started 2026-11-28", "custody_ended 2026-12-28"],
            "advance_notice",
            "2027-01-02",
        ),
    ],
)  # fmt: skip
def test_time_away(events, key, due_on):
    assert duties_of(registration(*events), key)[-1].due_on == day(due_on)


def test_the_clock_stands_still_while_somebody_is_away():
    inside = registration("convicted 2026-02-09", "custody_started 2026-02-09 custody_kind=sentence")
    assert open_duties(inside) == {}
    assert "annual_notification" not in open_duties(registration(*KNOWN, "notified 2025-06-01 type=85", "custody_started 2026-05-01"))


def test_detention_at_a_police_station_stops_no_clock():
    held = ("custody_started 2026-02-09 custody_kind=police", "custody_ended 2026-02-10")
    facts = registration("convicted 2026-02-09", *held)
    assert (duty(facts, "initial_notification").due_on, time_away(facts), releases(facts)) == (day("2026-02-11"), (), [])


def test_moving_from_remand_to_a_sentence_is_no_release():
    facts = registration(
        "convicted 2026-02-09", "custody_started 2026-02-09 custody_kind=remand period=1", "custody_ended 2026-05-04 period=1",
        "custody_started 2026-05-04 custody_kind=sentence period=2", "custody_ended 2026-11-20 period=2",
    )  # fmt: skip
    assert [event.on for event in releases(facts)] == [day("2026-11-20")]
    assert [span.what for span in time_away(facts)] == ["on remand, serving a sentence"]
    assert duty(facts, "initial_notification").due_on == day("2026-11-22")


def test_recorded_twice_or_ended_without_a_beginning_changes_nothing():
    twice = registration(
        SINCE, "custody_started 2026-02-09", "custody_started 2026-03-09", "custody_ended 2026-05-04", "custody_ended 2026-06-04"
    )
    assert [(span.from_on, span.until_on) for span in time_away(twice)] == [(day("2026-02-09"), day("2026-05-04"))]


def test_a_return_with_no_departure_recorded_goes_back_to_the_journey_planned():
    facts = registration(SINCE, "travel_notified 2026-01-05 departs=2026-02-01", "returned_to_uk 2026-02-15")
    assert [(span.from_on, span.until_on) for span in time_away(facts)] == [(day("2026-02-01"), day("2026-02-15"))]


def test_one_attendance_meets_the_first_notification_and_the_release():
    facts = registration("convicted 2026-02-10", "custody_started 2026-02-10", "custody_ended 2026-09-18", "notified 2026-09-20 type=83")
    met = {due.key: (due.met_by, due.is_late) for due in duties(facts) if due.key in ("initial_notification", "release")}
    assert met == {"initial_notification": (4, False), "release": (4, False)}


def test_the_working_shows_each_day_and_the_time_that_did_not_count():
    facts = registration("convicted 2026-02-09", "custody_started 2026-02-11 custody_kind=remand", "custody_ended 2026-09-18")
    working = duty(facts, "initial_notification").working
    assert [(line.when, line.what) for line in working.counting] == [
        ("Monday 9 February 2026", "day 1"),
        ("Tuesday 10 February 2026", "day 2"),
        ("Wednesday 11 February 2026 to Thursday 17 September 2026", "not counted: on remand"),
        ("Friday 18 September 2026", "day 3, ends at 24:00"),
    ]
    assert working.left_out_words == "Wednesday 11 February 2026 to Thursday 17 September 2026 (on remand)"
    assert str(working.left_out_citation) == f"{SOA} s.83(6)"
    assert working.by_hand[1] == "Strike out the days away: Wednesday 11 February 2026 to Thursday 17 September 2026 (on remand)"


def test_the_working_of_a_year_that_went_on_in_custody():
    facts = registration(
        *KNOWN, "notified 2025-06-02 type=85", "custody_started 2026-05-01 custody_kind=recall", "custody_ended 2026-11-20"
    )
    working = duties_of(facts, "annual_notification")[-1].working
    assert [(line.when, line.what) for line in working.counting][-4:] == [
        ("Friday 1 May 2026 to Thursday 19 November 2026", "not counted: recalled to prison, so the period goes on"),
        ("Friday 20 November 2026", "day 1"),
        ("Saturday 21 November 2026", "day 2"),
        ("Sunday 22 November 2026", "day 3, ends at 24:00"),
    ]
    assert working.by_hand[1] == "The person was away on that day. Count 3 days from the return: Sunday 22 November 2026"

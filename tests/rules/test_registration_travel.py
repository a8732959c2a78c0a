"""Travel abroad and return: both readings, and each journey by itself."""

import pytest

from tests.rules.examples import at, day
from tests.rules.registration_examples import duties_of, duty, open_duties, registration

SINCE = "convicted 2020-01-06"


@pytest.mark.parametrize(("told", "is_late"), [("2026-12-27", False), ("2026-12-28", False), ("2026-12-29", True)])
def test_travel_is_judged_by_the_later_reading(told, is_late):
    facts = registration(SINCE, "travel_planned 2026-12-01 departs=2027-01-04", f"travel_notified {told} departs=2027-01-04")
    assert (duty(facts, "travel").met_by, duty(facts, "travel").is_late) == (3, is_late)


def test_travel_of_which_police_learn_late_is_overdue_at_once():
    facts = registration(SINCE, "travel_planned 2027-01-02 departs=2027-01-04")
    assert open_duties(facts)["travel"] == day("2026-12-28")


def test_each_journey_has_its_own_notification():
    facts = registration(
        SINCE, "travel_planned 2026-12-01 departs=2027-01-04", "travel_planned 2026-12-01 departs=2027-03-04",
        "travel_notified 2026-12-02 departs=2027-03-04",
    )  # fmt: skip
    assert [(due.due_on, due.met_by) for due in duties_of(facts, "travel")] == [(day("2026-12-28"), None), (day("2027-02-25"), 4)]


def test_a_return_foretold_rightly_is_not_notified_again():
    told = "travel_notified 2026-12-02 departs=2027-01-04 returns_on=2027-01-15"
    assert "return" not in open_duties(registration(SINCE, told, "returned_to_uk 2027-01-15"))
    assert open_duties(registration(SINCE, told, "returned_to_uk 2027-01-16"))["return"] == day("2027-01-19")


def test_two_readings_say_which_one_to_work_to():
    readings = duty(registration(SINCE, "travel_planned 2026-12-01 departs=2027-01-04T15:00"), "travel_last_moment").working.readings
    assert [(reading.name, reading.at, reading.use) for reading in readings.each] == [
        ("Counted as 12 hours before", at("2027-01-04T03:00"), "Lateness is judged by this one"),
        ("Counted as 12 hours before the beginning of", at("2027-01-03T12:00"), "Work to this one"),
    ]

"""The worked examples of the law research that are about registration, each put to the rules as an officer would put it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from orders_app.rules.registrations.advance_notice import advance_notices
from orders_app.rules.registrations.reviews import review_position
from orders_app.rules.registrations.stays import completed_stays
from orders_app.rules.wording import LONDON
from tests.rules.examples import at, day, vectors
from tests.rules.examples import duty as order_duty
from tests.rules.examples import facts as order_facts
from tests.rules.registration_examples import duties_of, duty, ends, last_day, registration, shpo

ROWS = {row["id"]: row for row in vectors("sexual_harm_and_disclosure_vectors")}
ABOUT_SOMETHING_ELSE = {"SX21", "SX26", "SX27", "SX29", "SX30", "SX31"}  # an order's length, visits, assessments, disclosures
CONVICTED = "convicted 2020-01-06"


def given(row_id: str) -> tuple[dict[str, str], dict[str, str]]:
    row = ROWS[row_id]
    return row["input"], row["expected"]


def deadline_utc(last: object) -> datetime:
    """The instant at which a London day ends."""
    return datetime.combine(last + timedelta(days=1), time(), LONDON).astimezone(UTC)  # type: ignore[operator]


def test_every_example_about_registration_is_here():
    here = {word.upper() for name in globals() if name.startswith("test_sx") for word in name.split("_") if word.startswith("sx")}
    assert ROWS.keys() - ABOUT_SOMETHING_ELSE <= here


def test_sx01_good_friday_gives_no_relief():
    put, expected = given("SX01")
    due = duty(registration(f"convicted {put['conviction']}"), "initial_notification").due_on
    assert due == day(expected["due"])
    assert due + timedelta(days=1) == day(expected["overdue_from"])
    assert deadline_utc(due) == at(expected["deadline_utc"])


def test_sx02_custody_is_disregarded_and_release_gives_three_days():
    put, expected = given("SX02")
    remanded = f"custody_started {put['conviction_and_remand']} custody_kind=remand"
    facts = registration(f"convicted {put['conviction_and_remand']}", remanded, f"custody_ended {put['release']}")
    assert {due.key: due.due_on for due in duties_of(facts, "initial_notification") + duties_of(facts, "release")} == {
        "initial_notification": day(expected["due"]),
        "release": day(expected["due"]),
    }
    assert ends(facts).basis.relevant_on == day(put["conviction_and_remand"])


def test_sx04_service_is_the_relevant_date_of_an_order():
    put, expected = given("SX04")
    due = duty(registration(f"served {put['served']}", orders=(shpo(put["order_made"]),)), "initial_notification").due_on
    assert due == day(expected["due"])
    assert deadline_utc(due) == at(expected["deadline_utc"])


def test_sx05_christmas_gives_no_relief():
    put, expected = given("SX05")
    assert duty(registration(CONVICTED, f"address_changed {put['change']}"), "change_of_address").due_on == day(expected["due"])


def test_sx06_seven_days_elsewhere():
    put, expected = given("SX06")
    facts = registration(CONVICTED, f"stayed {put['stay_from']} until={put['stay_to']} premises=Seaview")
    assert [stay.completed_on for stay in completed_stays(facts)] == [day(expected["qualifying_completed"])]
    assert duty(facts, "qualifying_period").due_on == day(expected["due"])


@pytest.mark.parametrize("row_id", ["SX08", "SX09"])
def test_sx08_sx09_one_year_after(row_id):
    put, expected = given(row_id)
    assert duty(registration(CONVICTED, f"notified {put['last_notification']}"), "annual_notification").due_on == day(expected["due"])


def test_sx09b_one_year_after_across_a_leap_day():
    assert duty(registration(CONVICTED, "notified 2027-03-01"), "annual_notification").due_on == day("2028-03-01")


def test_sx10_a_change_notified_starts_the_year_again():
    put, expected = given("SX10")
    facts = registration(CONVICTED, f"notified {put['annual']} type=85", f"notified {put['s84_notification']} type=84")
    old, new = duties_of(facts, "annual_notification")
    assert (old.due_on, old.met_by, old.is_late) == (day(expected["old_due"]), 3, False)
    assert (new.due_on, new.met_by) == (day(expected["new_due"]), None)


def test_sx12_every_week_without_a_residence():
    put, expected = given("SX12")
    days = expected["next_if_on_due_days"].split(",")
    events = [f"notified {put['notification']} residence=none", *(f"notified {on}" for on in days[:-1])]
    assert [due.due_on for due in duties_of(registration(CONVICTED, *events), "weekly_notification")] == [day(on) for on in days]
    assert days[0] == expected["due"]


def test_sx12b_an_early_one_pulls_the_week_forward():
    facts = registration(CONVICTED, "notified 2026-11-20 residence=none", "notified 2026-11-24 type=85")
    assert [due.due_on for due in duties_of(facts, "weekly_notification")] == [day("2026-11-27"), day("2026-12-01")]


def test_sx13_seven_days_before_departure_both_ways():
    put, expected = given("SX13")
    due = duty(registration(CONVICTED, f"travel_planned 2026-12-01 departs={put['departure']}"), "travel")
    assert (due.due_on, due.act_by_on) == (day(expected["latest_simple"]), day(expected["latest_clear_days_safe"]))


def test_sx13b_twelve_hours_before_departure_both_ways():
    due = duty(registration(CONVICTED, "travel_planned 2026-12-01 departs=2027-01-04T15:00"), "travel_last_moment")
    assert (due.due_at, due.act_by_at) == (at("2027-01-04T03:00"), at("2027-01-03T12:00"))


def test_sx13c_three_days_of_return_both_ways():
    due = duty(registration(CONVICTED, "left_uk 2027-01-04", "returned_to_uk 2027-01-15"), "return")
    assert (due.due_on, due.act_by_on) == (day("2027-01-18"), day("2027-01-17"))


def test_sx14_ten_years_beginning_with_the_relevant_date():
    put, expected = given("SX14")
    convicted = f"convicted {put['relevant_date']} disposal=imprisonment term_months={put['term_months']}"
    assert last_day(convicted, born="1992-01-01") == expected["last_day"]


def test_sx17_half_for_one_under_18():
    put, expected = given("SX17")
    convicted = f"convicted {put['relevant_date']} disposal=imprisonment term_months={put['term_months']}"
    assert last_day(convicted, born="2010-03-01") == expected["last_day"]


def test_sx18_a_caution_at_17():
    assert last_day("cautioned 2026-11-20", born="2009-03-01") == "2027-11-19"


@pytest.mark.parametrize("months", ["29", "30"])
def test_sx19_thirty_months_is_indefinite(months):
    _, expected = given("SX19")
    for born in ("1980-01-01", "2010-01-01"):
        row = ends(registration(f"convicted 2026-11-20 disposal=imprisonment term_months={months}", born=born)).basis.row
        assert row.length(is_child=False) == expected[months]
        assert (row.length(is_child=True) == "indefinite") is (expected[months] == "indefinite")


def test_sx20_fifteen_years_from_the_first_notification():
    put, expected = given("SX20")
    facts = registration("convicted 2012-01-16 disposal=life", f"notified {put['relevant_notification']}", born="1970-01-01")
    assert review_position(facts, day("2026-11-22")).from_on == day(expected["qualifying_date"])


def test_sx20b_eight_years_for_one_who_was_under_18():
    facts = registration("convicted 2016-01-18 disposal=life", "notified 2020-02-29", born="2000-01-01")
    assert review_position(facts, day("2026-11-22")).from_on == day("2028-02-29")


def test_sx24_a_risk_order_asks_for_its_own_notification():
    put, expected = given("SX24")
    due = order_duty(order_facts("sro", "made 2026-03-27", f"served {put['served']}"), "initial_notification").due_on
    assert due == day(expected["due"])
    assert deadline_utc(due) == at(expected["deadline_utc"])


def test_sx25_registration_lasts_as_long_as_the_prevention_order():
    put, expected = given("SX25")
    convicted = "convicted 2026-11-20 disposal=imprisonment term_months=18"
    facts = registration(convicted, orders=(shpo("2026-11-20", put["shpo_last_day"]),))
    assert (ends(facts).section_82_last_day, ends(facts).last_day) == (day(put["s82_last_day"]), day(expected["effective_end"]))
    open_ended = ends(registration(convicted, orders=(shpo("2026-11-20"),)))
    assert (open_ended.last_day, open_ended.words) == (None, "As long as SHPO-2026-0001 has effect (no end date)")


def test_sx34_how_far_a_change_may_fall_from_the_day_specified():
    put, expected = given("SX34")
    facts = registration(CONVICTED, f"notified 2026-11-30 type=84 of=address specified_on={put['date_specified']}")
    (notice,) = advance_notices(facts)
    assert (notice.earliest_on, notice.latest_on) == (day(expected["earliest_ok"]), day(expected["latest_ok"]))
    assert duty(facts, "advance_notice").due_on == day(expected["must_report_non_event_by"])

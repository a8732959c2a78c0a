"""The mistakes that software makes with protective orders, each shown not to be made here. Numbers are those of the research."""

import pytest

from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import ends_on, lawful_ends, possible_events, problems, status_dates
from tests.rules.examples import (
    HOLIDAYS,
    LAW,
    REQUIREMENT,
    UNTIL_FURTHER_ORDER,
    at,
    condition,
    day,
    duty,
    facts,
    keys,
    status,
    wrong_fields,
)


def test_01_the_48_hours_run_from_service():
    given = facts("dvpn", "arrested 2026-11-23T08:00", "authorised 2026-11-23T09:00", "served 2026-11-23T12:00")
    assert duty(given, "court_hearing").due_at == at("2026-11-25T12:00")


def test_02_saturday_counts_and_bank_holidays_do_not():
    assert duty(facts("dvpn", "served 2026-11-27T10:00"), "court_hearing").due_at == at("2026-11-30T10:00")
    assert duty(facts("dvpn", "served 2026-05-01T10:00"), "court_hearing").due_at == at("2026-05-05T10:00")


def test_03_the_wall_clock_time_is_kept_across_a_clock_change():
    assert duty(facts("dvpn", "served 2026-03-27T16:00"), "court_hearing").due_at == at("2026-03-30T16:00+01:00")
    assert duty(facts("dvpn", "served 2026-10-23T16:00"), "court_hearing").due_at == at("2026-10-26T16:00+00:00")


@pytest.mark.parametrize("on", ["2026-01-02", "2026-03-17", "2027-07-12", "2026-11-30", "2026-08-03", "2028-01-01"])
def test_04_scottish_irish_and_observed_holidays_count(on):
    assert HOLIDAYS.statutory.left_out(day(on)) == ""


@pytest.mark.parametrize(("year", "on"), [(2025, "2025-04-18"), (2026, "2026-04-03"), (2027, "2027-03-26"), (2028, "2028-04-14")])
def test_05_good_friday_is_named_apart_from_bank_holidays(year, on):
    assert HOLIDAYS.statutory.left_out(day(on), bank_holidays_too=False) == "Good Friday"


def test_06_day_counts_run_through_weekends_and_holidays():
    assert duty(facts("spo", "served 2026-04-03"), "initial_notification").due_on == day("2026-04-05")


def test_07_three_days_beginning_with_is_two_days_on():
    assert duty(facts("spo", "served 2026-11-16"), "initial_notification").due_on == day("2026-11-18")


def test_08_each_act_has_its_own_anchor():
    events = ("made 2026-10-01", "served 2026-10-09")
    assert duty(facts("dapo", *events), "initial_notification").due_on == day("2026-10-03")
    assert duty(facts("spo", *events), "initial_notification").due_on == day("2026-10-11")
    assert "initial_notification" not in keys(facts("scpo", *events))


def test_09_replacing_an_interim_does_not_restart_notification():
    assert "initial_notification" not in keys(facts("sro", "served 2026-10-09", replaces_interim=True))
    assert "initial_notification" in keys(facts("sro", "served 2026-10-09"))


def test_10_exemptions_run_one_way():
    assert "initial_notification" in keys(facts("spo", "served 2026-10-09", other_notification_scheme="dapo"))
    assert "initial_notification" not in keys(facts("dapo", "made 2026-10-09", other_notification_scheme="spo"))


def test_11_an_interim_lapses_at_its_end_and_a_notice_goes_on():
    assert status(facts("interim_spo", "made 2026-05-11", "adjourned 2026-05-20", ends="2026-06-07"), "2026-06-08") == "Lapsed"
    assert status(facts("dvpn", "served 2026-05-11T10:00", "adjourned 2026-05-13"), "2026-06-08") == "Notice in force"


def test_13_28_days_is_27_days_on():
    assert [end.on for end in lawful_ends(ORDER_TYPES["dvpo"], facts("dvpo", "made 2026-04-08"), LAW)] == [
        day("2026-04-21"),
        day("2026-05-05"),
    ]


@pytest.mark.parametrize("code", ["dvpn", "dapn", "dvpo"])
def test_14_15_breach_of_a_notice_or_dvpo_is_never_an_offence(code):
    assert not ORDER_TYPES[code].breach.is_offence
    assert "charged" not in ORDER_TYPES[code].events


@pytest.mark.parametrize("code", ["dapo", "nmo", "ro_conviction", "ro_acquittal", "spo", "interim_spo", "scpo", "shpo", "sro"])
def test_14_breach_of_the_others_is(code):
    assert ORDER_TYPES[code].breach.is_offence


def test_17_age_of_the_protected_person():
    child = {"protected_born_on": (day("2015-01-01"),)}
    assert wrong_fields(facts("dvpo", "made 2026-11-10", **child)) == []
    assert wrong_fields(facts("dapo", "made 2026-11-10", area="Croydon", **child)) == ["protected"]


def test_18_an_order_of_the_pilot_survives_its_end():
    given = facts("dapo", "made 2026-11-10", "served 2026-11-10", area="Croydon", **UNTIL_FURTHER_ORDER)
    assert problems(ORDER_TYPES["dapo"], given, LAW) == []
    assert status(given, "2027-06-01") == "In force"


def test_19_three_powers_are_three_types():
    powers = {str(ORDER_TYPES[code].citation) for code in ("ro_conviction", "ro_acquittal", "nmo")}
    assert len(powers) == 3


def test_21_police_cannot_vary_a_restraining_order_themselves():
    for code in ("ro_conviction", "ro_acquittal", "nmo"):
        assert "Apply as police to vary or extend" in [refusal.title for refusal in ORDER_TYPES[code].refusals]


def test_23_no_end_is_ever_made_up():
    for code in ("spo", "shpo", "sro", "dapo", "nmo"):
        assert ends_on(ORDER_TYPES[code], facts(code, "made 2026-11-10", **UNTIL_FURTHER_ORDER)).on is None


def test_24_five_years_run_from_coming_into_force():
    released = facts("scpo", "made 2026-10-02", "custody_ended 2029-02-28", starts_on_release=True)
    assert [end.on for end in lawful_ends(ORDER_TYPES["scpo"], released, LAW)] == [day("2034-02-27")]


def test_25_an_unserved_scpo_is_not_shown_as_in_force_unless_the_subject_was_there():
    assert status(facts("scpo", "made 2026-10-02"), "2026-10-03") == "Made, not served"
    assert status(facts("scpo", "made 2026-10-02", is_present_or_represented=True), "2026-10-03") == "In force"


def test_26_continuing_until_a_prosecution_ends_is_no_date():
    given = facts("scpo", "made 2021-10-02", "continued_pending_prosecution 2026-09-01", ends="2026-10-01")
    ends = ends_on(ORDER_TYPES["scpo"], given)
    assert (ends.kind, ends.on) == (EndKind.EVENT, None)


def test_27_electronic_monitoring_has_its_own_twelve_months():
    tag = condition(1, ends_on="2027-10-01", is_electronic_monitoring=True)
    assert wrong_fields(facts("dapo", "made 2026-10-01", area="Croydon", conditions=(tag,))) == ["conditions.1.ends_on"]


def test_30_an_age_is_tested_on_the_day_of_the_order():
    born = {"subject_born_on": "2008-11-15"}
    assert wrong_fields(facts("dvpo", "made 2026-11-14", **born)) == ["subject_born_on"]
    assert wrong_fields(facts("dvpo", "made 2026-11-15", **born)) == []
    assert wrong_fields(facts("spo", "made 2026-11-14", subject_born_on="2012-01-01")) == []


def test_31_bank_holidays_count_for_an_occupation_order():
    given = facts("nmo", "made 2026-08-01", "arrested 2026-08-31T10:00 power=occupation_order")
    assert duty(given, "production").due_at == at("2026-09-01T10:00")
    assert "production" not in keys(facts("nmo", "made 2026-08-01", "arrested 2026-08-31T10:00"))


def test_33_the_clock_says_that_arriving_at_the_building_is_not_enough():
    working = duty(facts("dvpo", "made 2026-08-01", "arrested 2026-08-20T10:00"), "production").working
    assert "appearing in court, not by arriving at the building" in working.moves[-1]


def test_no_positive_requirement_in_a_restraining_order():
    given = facts("ro_conviction", "made 2026-10-02", conditions=(condition(1, kind=REQUIREMENT),))
    assert wrong_fields(given) == ["conditions.1.kind"]


def test_12_no_way_to_extend_vary_or_discharge_a_dvpo_on_any_day():
    for on in ("2026-11-10", "2026-11-25", "2027-01-01"):
        events = possible_events(ORDER_TYPES["dvpo"], facts("dvpo", "made 2026-11-10", ends="2026-12-07"), day(on), LAW)
        assert not {"varied", "renewed", "discharged"} & set(events)


def test_16_an_inspector_may_give_a_dapn_but_not_a_dvpn():
    inspector = {"authorised_rank": "inspector"}
    assert wrong_fields(facts("dvpn", "authorised 2026-11-20T20:15", **inspector)) == ["authorised_rank"]
    assert wrong_fields(facts("dapn", "authorised 2026-11-20T20:15", area="Croydon", **inspector)) == []


def test_20_an_undertaking_is_no_order():
    given = facts("nmo", "application_lodged 2026-10-01", "undertaking_given 2026-10-02")
    assert status(given, "2026-10-03") == "Undertaking given"
    assert ends_on(ORDER_TYPES["nmo"], given) is None


def test_21_an_application_by_police_to_vary_a_restraining_order_is_refused():
    for code in ("ro_conviction", "ro_acquittal", "nmo"):
        assert wrong_fields(facts(code, "made 2026-10-02", "variation_applied 2026-11-02 applied_by=police")) == ["applied_by"]


def test_22_an_spo_has_two_years_and_two_consents():
    assert wrong_fields(facts("spo", "made 2026-11-22", ends="2028-11-20")) == ["ends_on"]
    assert wrong_fields(facts("spo", "made 2026-11-22", "discharged 2027-11-22", **UNTIL_FURTHER_ORDER)) == ["discharged_on"]


def test_28_made_served_in_force_and_the_start_of_notification_are_four_days():
    given = facts("scpo", "made 2026-10-02", "served 2026-10-05", "custody_ended 2027-03-01", starts_on_release=True)
    dates = status_dates(ORDER_TYPES["scpo"], given)
    assert (dates.begun_on, dates.served_on, dates.in_force_from) == (day("2026-10-02"), day("2026-10-05"), day("2027-03-01"))
    assert duty(facts("spo", "made 2026-10-02", "served 2026-10-05"), "initial_notification").due_on == day("2026-10-07")


def test_32_leap_days_and_the_ends_of_months():
    assert [end.on for end in lawful_ends(ORDER_TYPES["spo"], facts("spo", "made 2028-02-29"), LAW)] == [day("2030-02-28")]
    assert [end.on for end in lawful_ends(ORDER_TYPES["scpo"], facts("scpo", "made 2028-02-29"), LAW)] == [day("2033-02-28")]


def test_35_an_order_that_has_ended_still_takes_what_comes_to_light():
    ended = facts("spo", "made 2020-10-02", "served 2020-10-02", ends="2022-10-01")
    assert status(ended, "2026-11-22") == "Expired"
    assert "breach_reported" in possible_events(ORDER_TYPES["spo"], ended, day("2026-11-22"), LAW)


@pytest.mark.parametrize("code", ["shpo", "interim_shpo"])
def test_common_mistake_electronic_monitoring_of_an_shpo_is_not_known_to_be_in_force(code):
    tagged = facts(code, "made 2026-11-20", conditions=(condition(1, is_electronic_monitoring=True),))
    assert wrong_fields(tagged) == ["conditions.1.is_electronic_monitoring"]

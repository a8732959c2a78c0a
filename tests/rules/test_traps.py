"""The mistakes that software makes with protective orders, each shown not to be made here. known_traps has them in words."""

import pytest

from orders_app.rules.breaches import BreachNumbers, breach_numbers, version_on, why_not_bound
from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import ends_on, lawful_ends, possible_events, problems, status_dates
from tests.rules.examples import (
    HOLIDAYS,
    LAW,
    UNTIL_FURTHER_ORDER,
    at,
    condition,
    day,
    duty,
    facts,
    keys,
    status,
    wrong,
    wrong_fields,
)
from tests.rules.known_traps import TRAPS


def test_trap_01_the_48_hours_run_from_service():
    given = facts("dvpn", "arrested 2026-11-23T08:00", "authorised 2026-11-23T09:00", "served 2026-11-23T12:00")
    assert duty(given, "court_hearing").due_at == at("2026-11-25T12:00")


def test_trap_02_saturday_counts_and_bank_holidays_do_not():
    assert duty(facts("dvpn", "served 2026-11-27T10:00"), "court_hearing").due_at == at("2026-11-30T10:00")
    assert duty(facts("dvpn", "served 2026-05-01T10:00"), "court_hearing").due_at == at("2026-05-05T10:00")


def test_trap_03_the_wall_clock_time_is_kept_across_a_clock_change():
    assert duty(facts("dvpn", "served 2026-03-27T16:00"), "court_hearing").due_at == at("2026-03-30T16:00+01:00")
    assert duty(facts("dvpn", "served 2026-10-23T16:00"), "court_hearing").due_at == at("2026-10-26T16:00+00:00")


@pytest.mark.parametrize("on", ["2026-01-02", "2026-03-17", "2027-07-12", "2026-11-30", "2026-08-03", "2028-01-01"])
def test_trap_04_scottish_irish_and_observed_holidays_count(on):
    assert HOLIDAYS.statutory.left_out(day(on)) == ""


@pytest.mark.parametrize(("year", "on"), [(2025, "2025-04-18"), (2026, "2026-04-03"), (2027, "2027-03-26"), (2028, "2028-04-14")])
def test_trap_05_good_friday_is_named_apart_from_bank_holidays(year, on):
    assert HOLIDAYS.statutory.left_out(day(on), bank_holidays_too=False) == "Good Friday"


def test_trap_06_day_counts_run_through_weekends_and_holidays():
    assert duty(facts("spo", "served 2026-04-03"), "initial_notification").due_on == day("2026-04-05")


def test_trap_07_three_days_beginning_with_is_two_days_on():
    assert duty(facts("spo", "served 2026-11-16"), "initial_notification").due_on == day("2026-11-18")


def test_trap_08_each_act_has_its_own_anchor():
    events = ("made 2026-10-01", "served 2026-10-09")
    assert duty(facts("dapo", *events), "initial_notification").due_on == day("2026-10-03")
    assert duty(facts("spo", *events), "initial_notification").due_on == day("2026-10-11")
    assert "initial_notification" not in keys(facts("scpo", *events))


def test_trap_09_replacing_an_interim_does_not_restart_notification():
    assert "initial_notification" not in keys(facts("sro", "served 2026-10-09", replaces_interim=True))
    assert "initial_notification" in keys(facts("sro", "served 2026-10-09"))


def test_trap_10_exemptions_run_one_way():
    assert "initial_notification" in keys(facts("spo", "served 2026-10-09", other_notification_scheme="dapo"))
    assert "initial_notification" not in keys(facts("dapo", "made 2026-10-09", other_notification_scheme="spo"))


def test_trap_10_dapo_notification_revives_when_spo_notification_ends():
    until = {"other_notification_scheme": "spo", "other_notification_until": day("2028-11-21")}
    assert duty(facts("dapo", "made 2026-10-09", **until), "initial_notification").due_on > day("2028-11-21")


def test_trap_11_an_interim_lapses_at_its_end_and_a_notice_goes_on():
    assert status(facts("interim_spo", "made 2026-05-11", "adjourned 2026-05-20", ends="2026-06-07"), "2026-06-08") == "Lapsed"
    assert status(facts("dvpn", "served 2026-05-11T10:00", "adjourned 2026-05-13"), "2026-06-08") == "Notice in force"


def test_trap_12_no_way_to_extend_vary_or_discharge_a_dvpo_on_any_day():
    for on in ("2026-11-10", "2026-11-25", "2027-01-01"):
        events = possible_events(ORDER_TYPES["dvpo"], facts("dvpo", "made 2026-11-10", ends="2026-12-07"), day(on), LAW)
        assert not {"varied", "renewed", "discharged"} & set(events)


def test_trap_13_28_days_is_27_days_on():
    assert [end.on for end in lawful_ends(ORDER_TYPES["dvpo"], facts("dvpo", "made 2026-04-08"), LAW)] == [
        day("2026-04-21"),
        day("2026-05-05"),
    ]


@pytest.mark.parametrize("ends", ["2026-04-20", "2026-05-06"])
def test_trap_13_no_dvpo_outside_14_to_28_days(ends):
    assert wrong_fields(facts("dvpo", "made 2026-04-08", ends=ends)) == ["ends_on"]


@pytest.mark.parametrize("code", ["dvpn", "dapn", "dvpo"])
def test_trap_15_and_14_breach_of_a_notice_or_dvpo_is_never_an_offence(code):
    assert not ORDER_TYPES[code].breach.is_offence
    assert "charged" not in ORDER_TYPES[code].events


@pytest.mark.parametrize("code", ["dapo", "nmo", "ro_conviction", "ro_acquittal", "spo", "interim_spo", "scpo", "shpo", "sro"])
def test_trap_14_breach_of_the_others_is(code):
    assert ORDER_TYPES[code].breach.is_offence


def test_trap_16_an_inspector_may_give_a_dapn_but_not_a_dvpn():
    inspector = {"authorised_rank": "inspector"}
    assert wrong_fields(facts("dvpn", "authorised 2026-11-20T20:15", **inspector)) == ["authorised_rank"]
    assert wrong_fields(facts("dapn", "authorised 2026-11-20T20:15", area="Croydon", **inspector)) == []


def test_trap_17_age_of_the_protected_person():
    child = {"protected_born_on": (day("2015-01-01"),)}
    assert wrong_fields(facts("dvpo", "made 2026-11-10", **child)) == []
    assert wrong_fields(facts("dapo", "made 2026-11-10", area="Croydon", **child)) == ["protected"]


@pytest.mark.parametrize(("code", "said", "provision"), [("dvpn", "violent", "s.24(2)"), ("dapn", "economic abuse too", "s.22(3), (4)")])
def test_trap_17_a_dvpn_needs_violence_or_its_threat_and_a_dapn_any_abuse(code, said, provision):
    assert said in ORDER_TYPES[code].grounds.words
    assert ORDER_TYPES[code].grounds.citation.provision == provision


def test_trap_18_an_order_of_the_pilot_survives_its_end():
    given = facts("dapo", "made 2026-11-10", "served 2026-11-10", area="Croydon", **UNTIL_FURTHER_ORDER)
    assert problems(ORDER_TYPES["dapo"], given, LAW) == []
    assert status(given, "2027-06-01") == "In force"


def test_trap_18_dvpns_are_still_given_in_the_pilot_areas_and_dapns_only_there():
    given = ("authorised 2026-11-10T09:00", "served 2026-11-10T10:00")
    assert wrong_fields(facts("dvpn", *given, authorised_rank="superintendent", area="Croydon")) == []
    assert wrong_fields(facts("dapn", *given, authorised_rank="inspector", area="Kent")) == ["area"]


def test_trap_19_three_powers_are_three_types():
    powers = {str(ORDER_TYPES[code].citation) for code in ("ro_conviction", "ro_acquittal", "nmo")}
    assert len(powers) == 3


def test_trap_20_an_undertaking_is_no_order():
    given = facts("nmo", "application_lodged 2026-10-01", "undertaking_given 2026-10-02")
    assert status(given, "2026-10-03") == "Undertaking given"
    assert ends_on(ORDER_TYPES["nmo"], given) is None


def test_trap_21_police_cannot_vary_a_restraining_order_themselves():
    for code in ("ro_conviction", "ro_acquittal", "nmo"):
        assert "Apply as police to vary or extend" in [refusal.title for refusal in ORDER_TYPES[code].refusals]


def test_trap_21_an_application_by_police_to_vary_a_restraining_order_is_refused():
    for code in ("ro_conviction", "ro_acquittal", "nmo"):
        assert wrong_fields(facts(code, "made 2026-10-02", "variation_applied 2026-11-02 applied_by=police")) == ["applied_by"]


def test_trap_22_an_spo_has_two_years_and_two_consents():
    assert wrong_fields(facts("spo", "made 2026-11-22", ends="2028-11-20")) == ["ends_on"]
    assert wrong_fields(facts("spo", "made 2026-11-22", "discharged 2027-11-22", **UNTIL_FURTHER_ORDER)) == ["discharged_on"]


def test_trap_23_no_end_is_ever_made_up():
    for code in ("spo", "shpo", "sro", "dapo", "nmo"):
        assert ends_on(ORDER_TYPES[code], facts(code, "made 2026-11-10", **UNTIL_FURTHER_ORDER)).on is None


def test_trap_24_five_years_run_from_coming_into_force():
    released = facts("scpo", "made 2026-10-02", "custody_ended 2029-02-28", starts_on_release=True)
    assert [end.on for end in lawful_ends(ORDER_TYPES["scpo"], released, LAW)] == [day("2034-02-27")]


def test_trap_24_stages_count_from_the_first_and_a_variation_stays_inside():
    stages = (condition(1, starts_on="2026-03-01"), condition(2, starts_on="2029-02-28"))
    staged = facts("scpo", "made 2026-02-01", conditions=stages)
    assert [end.on for end in lawful_ends(ORDER_TYPES["scpo"], staged, LAW)] == [day("2031-02-28")]
    assert wrong_fields(facts("scpo", "made 2026-10-02", "varied 2028-01-01 ends_on=2032-01-01", ends="2031-10-01")) == ["ends_on"]


def test_trap_25_an_unserved_scpo_is_not_shown_as_in_force_unless_the_subject_was_there():
    assert status(facts("scpo", "made 2026-10-02"), "2026-10-03") == "Made, not served"
    assert status(facts("scpo", "made 2026-10-02", is_present_or_represented=True), "2026-10-03") == "In force"


def test_trap_26_continuing_until_a_prosecution_ends_is_no_date():
    given = facts("scpo", "made 2021-10-02", "continued_pending_prosecution 2026-09-01", ends="2026-10-01")
    ends = ends_on(ORDER_TYPES["scpo"], given)
    assert (ends.kind, ends.on) == (EndKind.EVENT, None)


def test_trap_27_electronic_monitoring_has_its_own_twelve_months():
    tag = condition(1, ends_on="2027-10-01", is_electronic_monitoring=True)
    assert wrong_fields(facts("dapo", "made 2026-10-01", area="Croydon", conditions=(tag,))) == ["conditions.1.ends_on"]


def test_trap_27_the_area_test_of_monitoring_differs_between_dapo_and_scpo():
    assert "local justice area" in ORDER_TYPES["dapo"].limits.monitoring_needs
    assert "police area" in ORDER_TYPES["scpo"].limits.monitoring_needs


def test_trap_28_made_served_in_force_and_the_start_of_notification_are_four_days():
    given = facts("scpo", "made 2026-10-02", "served 2026-10-05", "custody_ended 2027-03-01", starts_on_release=True)
    dates = status_dates(ORDER_TYPES["scpo"], given)
    assert (dates.begun_on, dates.served_on, dates.in_force_from) == (day("2026-10-02"), day("2026-10-05"), day("2027-03-01"))
    assert duty(facts("spo", "made 2026-10-02", "served 2026-10-05"), "initial_notification").due_on == day("2026-10-07")


@pytest.mark.parametrize(("on", "version"), [("2026-10-01", 1), ("2026-11-09", 1), ("2026-11-10", 2), ("2027-06-01", 3)])
def test_trap_29_a_breach_is_judged_by_the_version_of_its_day(on, version):
    begun = [(1, day("2026-10-02")), (2, day("2026-11-10")), (3, day("2027-01-01"))]
    assert version_on(begun, day(on)) == version


BOUND = [
    ("nmo", ("made 2026-10-02",), {"is_without_notice": True, "aware_from_on": "2026-10-09"}, "2026-10-08", "Friday 9 October 2026"),
    ("nmo", ("made 2026-10-02",), {"is_without_notice": True, "aware_from_on": "2026-10-09"}, "2026-10-09", ""),
    ("dapo", ("made 2026-10-02", "served 2026-10-05"), {"is_without_notice": True}, "2026-10-04", "Monday 5 October 2026"),
    ("dapo", ("made 2026-10-02",), {"is_without_notice": True}, "2026-11-04", "not recorded when that was"),
    ("dapo", ("made 2026-10-02",), {}, "2026-10-04", ""),
    ("scpo", ("made 2026-10-02", "served 2026-10-05"), {}, "2026-10-04", "did not bind yet"),
    ("scpo", ("made 2026-10-02",), {"is_present_or_represented": True}, "2026-10-04", ""),
    ("scpo", ("made 2026-10-02",), {"starts_on_release": True}, "2026-10-04", "not in force yet"),
    ("spo", ("made 2026-10-02",), {"ends": "2028-10-01"}, "2028-10-02", "had ended on Sunday 1 October 2028"),
    ("spo", ("made 2026-10-02",), {"ends": "2028-10-01"}, "2028-10-01", ""),
    ("spo", ("application_lodged 2026-10-02",), {}, "2028-10-01", "not in force yet"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "on", "why"), BOUND)
def test_trap_29_whether_the_order_bound_the_subject_on_the_day(code, events, known, on, why):
    said = why_not_bound(ORDER_TYPES[code], facts(code, *events, **known), day(on))
    assert why in said
    assert bool(said) is bool(why)


def test_trap_29_every_order_made_without_notice_can_say_when_the_subject_knew():
    assert all("aware_from" in [field.key for field in ORDER_TYPES[code].extra_fields] for code in ("dapo", "nmo"))


def test_trap_30_an_age_is_tested_on_the_day_of_the_order():
    born = {"subject_born_on": "2008-11-15"}
    assert wrong_fields(facts("dvpo", "made 2026-11-14", **born)) == ["subject_born_on"]
    assert wrong_fields(facts("dvpo", "made 2026-11-15", **born)) == []
    assert wrong_fields(facts("spo", "made 2026-11-14", subject_born_on="2012-01-01")) == []


@pytest.mark.parametrize("code", ["spo", "interim_spo"])
def test_trap_30_an_spo_against_a_child_is_made_by_a_youth_court(code):
    known = {"subject_born_on": "2010-01-01", "ends": "2028-11-13"}
    (problem,) = wrong(facts(code, "made 2026-11-14", court="Northmere Magistrates' Court", **known))
    assert (problem.field, problem.citation.provision) == ("court", "s.14(1)")
    assert wrong(facts(code, "made 2026-11-14", court="Northmere Youth Court", **known)) == []
    assert wrong(facts(code, "made 2028-01-01", court="Northmere Magistrates' Court", **known | {"ends": "2030-01-01"})) == []


def test_trap_31_bank_holidays_count_for_an_occupation_order():
    given = facts("nmo", "made 2026-08-01", "arrested 2026-08-31T10:00 power=occupation_order")
    assert duty(given, "production").due_at == at("2026-09-01T10:00")
    assert "production" not in keys(facts("nmo", "made 2026-08-01", "arrested 2026-08-31T10:00"))


def test_trap_32_leap_days_and_the_ends_of_months():
    assert [end.on for end in lawful_ends(ORDER_TYPES["spo"], facts("spo", "made 2028-02-29"), LAW)] == [day("2030-02-28")]
    assert [end.on for end in lawful_ends(ORDER_TYPES["scpo"], facts("scpo", "made 2028-02-29"), LAW)] == [day("2033-02-28")]


def test_trap_33_the_clock_says_that_arriving_at_the_building_is_not_enough():
    working = duty(facts("dvpo", "made 2026-08-01", "arrested 2026-08-20T10:00"), "production").working
    assert "appearing in court, not by arriving at the building" in working.moves[-1]


def test_trap_34_incidents_arrests_orders_and_people_are_four_numbers():
    twice = facts("spo", "made 2026-10-02", "breach_reported 2026-10-09", "breach_reported 2026-10-10", "arrested 2026-10-10")
    once = facts("dvpo", "made 2026-11-10", "breach_reported 2026-11-12", "arrested 2026-11-12T10:00")
    never = facts("nmo", "made 2026-11-10", "arrested 2026-11-12")
    assert breach_numbers([("A", twice), ("A", once), ("B", once), ("C", never)]) == BreachNumbers(4, 4, 3, 2)
    assert breach_numbers([]) == BreachNumbers(0, 0, 0, 0)


def test_trap_35_an_order_that_has_ended_still_takes_what_comes_to_light():
    ended = facts("spo", "made 2020-10-02", "served 2020-10-02", ends="2022-10-01")
    assert status(ended, "2026-11-22") == "Expired"
    assert "breach_reported" in possible_events(ORDER_TYPES["spo"], ended, day("2026-11-22"), LAW)


@pytest.mark.parametrize("number", TRAPS)
def test_every_trap_has_a_test_of_its_number(number):
    assert any(name.startswith(f"test_trap_{number:02}_") for name in globals())


def test_the_numbers_of_the_traps_have_no_gap():
    assert list(TRAPS) == list(range(1, 36))

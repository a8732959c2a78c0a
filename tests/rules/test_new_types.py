"""Types that legal services have not read yet: their limits, duties and refusals, as rows to be read against the Acts."""

import pytest

from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import ends_on, lawful_ends, not_allowed
from tests.rules.examples import (
    LAW,
    REQUIREMENT,
    UNTIL_FURTHER_ORDER,
    condition,
    day,
    duties,
    duty,
    facts,
    keys,
    status,
    wrong,
    wrong_fields,
)

ADULT, CHILD = {"subject_born_on": "1990-05-01"}, {"subject_born_on": "2010-05-01"}
RELEASED = {"starts_on_release": True}
CONVICTED, COMPLAINT, IMPRISONED = ({"made_under": code} for code in ("s14a_other", "s14b", "s14a_imprisonment"))
NOTIFIES = {"requires_notification": True}
MADE, TRAVEL = "made 2026-10-02", {"conditions": (condition(1, is_travel=True, ends_on="2028-10-01"),)}
MET = {"area": "Metropolitan police district"}
MADE_THEN = {"kcpo": "made 2022-01-02", "fro": "made 2014-10-02"}  # while one could be made
LENGTHS = [
    ("stpo", {}, "2031-09-30", ["ends_on"], "s.17(4)"),
    ("stpo", {}, "2031-10-01", [], ""),
    ("stpo", TRAVEL, "2028-10-01", [], ""),
    ("stro", {}, "2028-09-30", ["ends_on"], "s.24(4)"),
    ("stro", {}, "2028-10-01", [], ""),
    ("cbo", ADULT, "2028-09-30", ["ends_on"], "s.334(5)"),
    ("cbo", ADULT, "2046-10-01", [], ""),
    ("cbo", CHILD, "2027-09-30", ["ends_on"], "s.334(4)"),
    ("cbo", CHILD, "2027-10-01", [], ""),
    ("cbo", CHILD, "2029-10-01", [], ""),
    ("cbo", CHILD, "2029-10-02", ["ends_on"], "s.334(4)"),
    ("cbo", {}, "2027-01-01", [], ""),
    ("fbo", CONVICTED, "2029-09-30", ["ends_on"], "s.14F(4), (5)"),
    ("fbo", CONVICTED, "2029-10-01", [], ""),
    ("fbo", COMPLAINT, "2031-10-01", [], ""),
    ("fbo", COMPLAINT, "2031-10-02", ["ends_on"], "s.14F(4), (5)"),
    ("fbo", IMPRISONED, "2031-10-01", ["ends_on"], "s.14F(3)"),
    ("fbo", IMPRISONED, "2032-10-01", [], ""),
    ("fbo", IMPRISONED, "2036-10-01", [], ""),
    ("fbo", IMPRISONED, "2036-10-02", ["ends_on"], "s.14F(3)"),
    ("kcpo", MET, "2022-06-30", ["ends_on"], "s.23(3)"),
    ("kcpo", MET, "2022-07-01", [], ""),
    ("kcpo", MET, "2024-01-01", [], ""),
    ("kcpo", MET, "2024-01-02", ["ends_on"], "s.23(3)"),
    ("fro", {"made_under": "magistrates"}, "2019-10-01", [], ""),
    ("fro", {"made_under": "magistrates"}, "2019-10-02", ["ends_on"], "s.76(6)"),
    ("fro", {"made_under": "crown_other"}, "2029-10-02", ["ends_on"], "s.76(7)(b)"),
    ("fro", {"made_under": "crown_life"}, "2034-10-01", [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "known", "ends", "fields", "provision"), LENGTHS)
def test_lengths(code, known, ends, fields, provision):
    found = wrong(facts(code, MADE_THEN.get(code, MADE), ends=ends, **known))
    assert [problem.field for problem in found] == fields
    assert [problem.citation.provision for problem in found] == ([provision] if provision else [])


ENDS = [
    ("stpo", UNTIL_FURTHER_ORDER, {}, []),
    ("interim_stpo", UNTIL_FURTHER_ORDER, {}, ["end_kind"]),
    ("stro", {"end_kind": EndKind.EVENT}, {}, ["end_kind"]),
    ("interim_stro", UNTIL_FURTHER_ORDER, {}, ["end_kind"]),
    ("cbo", UNTIL_FURTHER_ORDER, ADULT, []),
    ("cbo", UNTIL_FURTHER_ORDER, CHILD, ["end_kind"]),
    ("fbo", UNTIL_FURTHER_ORDER, {}, ["end_kind"]),
]


@pytest.mark.parametrize(("code", "end", "known", "fields"), ENDS)
def test_ways_of_ending(code, end, known, fields):
    assert wrong_fields(facts(code, MADE, **end, **known)) == fields


TERMS = [
    ("stpo", {"kind": REQUIREMENT}, ["conditions.1.kind"]),
    ("interim_stro", {"kind": REQUIREMENT}, ["conditions.1.kind"]),
    ("stpo", {"is_electronic_monitoring": True}, ["conditions.1.is_electronic_monitoring"]),
    ("stro", {"is_travel": True, "ends_on": "2031-10-01"}, []),
    ("stro", {"is_travel": True, "ends_on": "2031-10-02"}, ["conditions.1.ends_on"]),
    ("cbo", {"kind": REQUIREMENT}, ["conditions.1.supervisor"]),
    ("cbo", {"kind": REQUIREMENT, "supervisor": "D Okafor"}, []),
    ("fbo", {"is_electronic_monitoring": True}, ["conditions.1.is_electronic_monitoring"]),
]


@pytest.mark.parametrize(("code", "term", "fields"), TERMS)
def test_terms(code, term, fields):
    assert wrong_fields(facts(code, MADE, conditions=(condition(1, **term),))) == fields


DUTIES = [
    ("stpo", [MADE, "served 2026-12-24"], NOTIFIES, "initial_notification", "2026-12-26"),
    ("interim_stro", [MADE, "served 2026-04-03"], NOTIFIES, "initial_notification", "2026-04-05"),
    ("stro", [MADE, "served 2026-10-05", "address_changed 2028-02-28"], NOTIFIES, "change_of_address", "2028-03-01"),
    ("stpo", [MADE], {}, "discharge_bar", "2031-10-01"),
    ("stro", [MADE], {}, "discharge_bar", "2028-10-01"),
    ("interim_stpo", ["made 2026-05-11"], {"ends": "2026-06-07"}, "order_ends", "2026-06-07"),
    ("fbo", ["made 2026-12-23"], {}, "initial_notification", "2026-12-27"),
    ("fbo", [MADE, "custody_ended 2027-03-01"], {}, "initial_notification", "2026-10-06"),
    ("fbo", ["custody_started 2026-09-01", MADE, "custody_ended 2027-03-01"], {}, "initial_notification", "2027-03-05"),
    ("fbo", [MADE, "name_changed 2026-12-24"], {}, "change_of_name", "2026-12-30"),
    ("fbo", [MADE], {"ends": "2029-10-01"}, "discharge_bar", "2028-10-01"),
    ("cbo", [MADE], CHILD, "review_under_18_1", "2027-10-01"),
    ("kcpo", ["made 2022-01-02"], {}, "initial_notification", "2022-01-04"),
    ("kcpo", ["made 2022-01-02", "custody_ended 2022-05-01"], RELEASED, "initial_notification", "2022-05-03"),
    ("kcpo", ["made 2022-01-02", "name_changed 2022-02-01"], {}, "change_of_name", "2022-02-03"),
    ("kcpo", ["made 2022-01-02"], {"ends": "2023-07-01"}, "review_hearing", "2023-01-01"),
]


@pytest.mark.parametrize(("code", "events", "known", "key", "due_on"), DUTIES)
def test_duties(code, events, known, key, due_on):
    assert duty(facts(code, *events, **known), key).due_on == day(due_on)


@pytest.mark.parametrize(
    ("code", "events", "known", "key"),
    [
        ("stpo", [MADE, "served 2026-12-24"], {}, "initial_notification"),
        ("stpo", [MADE, "served 2026-12-24"], NOTIFIES | {"replaces_interim": True}, "initial_notification"),
        ("fbo", ["custody_started 2026-09-01", MADE], {}, "initial_notification"),
        ("fbo", ["considered 2026-09-01"], {}, "initial_notification"),
        ("fbo", [MADE], {}, "discharge_bar"),
        ("cbo", [MADE], ADULT, "review_under_18_1"),
        ("cbo", [MADE], {}, "review_under_18_1"),
        ("cbo", ["considered 2026-09-01"], CHILD, "review_under_18_1"),
        ("cbo", [MADE], {"ends": "2027-09-30"} | CHILD, "review_under_18_1"),
        ("kcpo", ["made 2022-01-02"], RELEASED, "initial_notification"),
        ("kcpo", ["made 2022-01-02", "name_changed 2022-02-01"], RELEASED, "change_of_name"),
        ("kcpo", ["made 2022-01-02"], {"replaces_interim": True}, "initial_notification"),
        ("kcpo", ["made 2022-01-02"], {"ends": "2023-01-01"}, "review_hearing"),
        ("kcpo", ["made 2022-01-02"], RELEASED | {"ends": "2023-07-01"}, "review_hearing"),
    ],
)
def test_what_does_not_fall_due(code, events, known, key):
    assert key not in keys(facts(code, *events, **known))


YEARS_OF_A_LEAP_DAY = ["28 02 2025", "28 02 2026", "28 02 2027", "29 02 2028", "28 02 2029", "28 02 2030"]


def reviews(*events, **known):
    """The last days of the review periods of a CBO, as day and month and year."""
    return [f"{due.due_on:%d %m %Y}" for due in duties(facts("cbo", *events, **known)) if due.key.startswith("review_under_18")]


def test_a_cbo_on_a_child_is_reviewed_each_year_until_eighteen():
    assert reviews("made 2026-10-02", subject_born_on="2010-05-01") == ["01 10 2027"]
    assert reviews("made 2026-10-02", subject_born_on="2009-10-02") == ["01 10 2027"]
    assert reviews("made 2026-10-02", subject_born_on="2009-10-01") == []
    assert reviews("made 2024-02-29", subject_born_on="2013-01-01") == YEARS_OF_A_LEAP_DAY


def test_a_variation_begins_a_new_review_period():
    varied = ("made 2026-10-02", "varied 2027-03-01", "varied 2027-06-01")
    assert reviews(*varied, subject_born_on="2012-01-01") == ["31 05 2028", "31 05 2029"]
    met = duty(facts("cbo", *varied, "review_done 2028-05-01", subject_born_on="2012-01-01"), "review_under_18_1")
    assert (met.met_by, met.is_late) == (4, False)


@pytest.mark.parametrize(
    ("days", "barred_until"), [("2026-10-02", "2026-10-02"), ("2026-10-04", "2026-10-03"), ("2026-10-05", "2026-10-04")]
)
def test_two_thirds_are_rounded_up_to_whole_days(days, barred_until):
    assert duty(facts("fbo", MADE, ends=days), "discharge_bar").due_on == day(barred_until)


def test_consent_does_not_lift_the_bar_on_ending_a_banning_order_early():
    early = facts("fbo", MADE, "discharged 2028-10-01 consent=both", ends="2029-10-01", **CONVICTED)
    (problem,) = wrong(early)
    assert (problem.field, problem.citation.provision) == ("discharged_on", "s.14H(1)")
    assert wrong(facts("fbo", MADE, "discharged 2028-10-02", ends="2029-10-01", **CONVICTED)) == []
    refused = [refusal.title for refusal in not_allowed(ORDER_TYPES["fbo"], facts("fbo", MADE, ends="2029-10-01"), day("2028-10-01"), LAW)]
    assert "Discharge before its time" in refused


@pytest.mark.parametrize(
    ("code", "made", "known", "fields"),
    [
        ("kcpo", "2021-07-05", MET, []),
        ("kcpo", "2023-03-31", MET, []),
        ("kcpo", "2023-04-01", MET, ["area"]),
        ("kcpo", "2022-01-02", {"area": "Kent"}, ["area"]),
        ("fro", "2015-05-02", {}, []),
        ("fro", "2015-05-03", {}, ["made_on"]),
    ],
)
def test_where_and_when_one_could_be_made(code, made, known, fields):
    assert wrong_fields(facts(code, f"made {made}", **known)) == fields


def test_a_review_hearing_counts_in_the_last_four_weeks_only():
    given = facts("kcpo", "made 2022-01-02", "hearing_held 2022-12-04", "hearing_held 2022-12-05", ends="2023-07-01")
    assert duty(given, "review_hearing").met_by == 3


def test_a_child_of_eleven_cannot_be_the_subject_of_a_knife_crime_prevention_order():
    assert wrong_fields(facts("kcpo", "made 2022-01-02", subject_born_on="2010-01-03", **MET)) == ["subject_born_on"]
    assert wrong_fields(facts("kcpo", "made 2022-01-02", subject_born_on="2010-01-02", **MET)) == []


def test_interim_orders_end_on_determination():
    for code in ("interim_stpo", "interim_stro"):
        given = facts(code, "made 2026-05-11", "served 2026-05-11", "determined 2026-05-29", ends="2026-06-07")
        assert ends_on(ORDER_TYPES[code], given).on == day("2026-05-29")
        assert [status(given, on) for on in ("2026-05-28", "2026-05-29")] == ["Interim in force", "Ended"]


def test_lengths_offered_follow_the_power_and_the_age():
    assert [end.on for end in lawful_ends(ORDER_TYPES["fbo"], facts("fbo", MADE, **IMPRISONED), LAW)] == [
        day("2032-10-01"),
        day("2036-10-01"),
    ]
    assert [end.on for end in lawful_ends(ORDER_TYPES["cbo"], facts("cbo", MADE, **CHILD), LAW)] == [day("2027-10-01"), day("2029-10-01")]
    assert [end.on for end in lawful_ends(ORDER_TYPES["cbo"], facts("cbo", MADE, **ADULT), LAW)] == [day("2028-10-01")]
    assert lawful_ends(ORDER_TYPES["fbo"], facts("fbo", MADE), LAW) == []

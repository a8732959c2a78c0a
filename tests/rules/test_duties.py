"""Facts, the date they lead to, and the section that says so: each type, each duty."""

import pytest

from orders_app.rules.duties import MissingTime
from orders_app.rules.facts import EndKind
from orders_app.rules.spec import Word
from tests.rules.examples import UNTIL_FURTHER_ORDER, at, condition, day, duties, duty, facts, keys

CROYDON = {"area": "Croydon"}
ACTS = {
    "CSA": "Crime and Security Act 2010",
    "DAA": "Domestic Abuse Act 2021",
    "FLA": "Family Law Act 1996",
    "SPA": "Stalking Protection Act 2019",
    "SCA": "Serious Crime Act 2007",
    "SOA": "Sexual Offences Act 2003",
    "SA20": "Sentencing Act 2020",
    "PHA": "Protection from Harassment Act 1997",
}
LAW = [
    ("dvpn", ["served 2026-11-21T22:40"], {}, "court_hearing", "2026-11-24", "CSA s.27(3)"),
    ("dvpn", ["served 2026-11-21T22:40", "arrested 2026-11-21T23:00"], {}, "production", "2026-11-23", "CSA s.26(1)"),
    ("dapn", ["served 2026-11-20T18:00"], CROYDON, "court_hearing", "2026-11-23", "DAA s.29(2)"),
    ("dapn", ["arrested 2026-11-20T18:00"], CROYDON, "production", "2026-11-21", "DAA s.26(2)"),
    ("dvpo", ["made 2026-11-10", "arrested 2026-11-20T18:00"], {}, "production", "2026-11-21", "CSA s.29(1)"),
    ("dvpo", ["made 2026-11-10"], {"ends": "2026-12-07"}, "order_ends", "2026-12-07", "CSA s.28(10)"),
    ("dapo", ["made 2026-10-01", "served 2026-10-09"], CROYDON, "initial_notification", "2026-10-03", "DAA s.41(2)"),
    ("dapo", ["made 2026-10-01", "name_changed 2026-10-05"], CROYDON, "change_of_name", "2026-10-07", "DAA s.41(4)"),
    (
        "nmo",
        ["made 2026-08-01", "arrested 2026-08-31T10:00 power=occupation_order"],
        {},
        "production",
        "2026-09-01",
        "FLA s.47(7)",
    ),
    ("spo", ["made 2026-10-01", "served 2026-10-09"], {}, "initial_notification", "2026-10-11", "SPA s.9(1)"),
    ("spo", ["served 2026-10-09", "name_changed 2026-10-09"], {}, "change_of_name", "2026-10-11", "SPA s.9(3)"),
    ("spo", ["served 2026-10-09", "address_changed 2026-11-17"], {}, "change_of_address", "2026-11-19", "SPA s.9(4)"),
    ("spo", ["made 2026-10-02"], {}, "discharge_bar", "2028-10-01", "SPA s.4(4)(b)"),
    ("interim_spo", ["made 2026-09-07", "served 2026-09-08"], {}, "initial_notification", "2026-09-10", "SPA s.9(1)"),
    ("interim_spo", ["made 2026-09-07"], {"ends": "2026-10-04"}, "order_ends", "2026-10-04", "SPA s.5(6)"),
    ("scpo", ["made 2026-10-02"], {"ends": "2031-10-01"}, "order_ends", "2031-10-01", "SCA s.16(1)"),
    ("shpo", ["made 2026-10-02", "served 2026-10-05"], {}, "initial_notification", "2026-10-07", "SOA s.83(1), s.103G(2), (3)"),
    ("interim_shpo", ["made 2026-10-02", "served 2026-10-05"], {}, "initial_notification", "2026-10-07", "SOA s.83(1), s.103G(2), (3)"),
    ("sro", ["made 2026-10-02", "served 2026-10-05"], {}, "initial_notification", "2026-10-07", "SOA s.122F"),
    ("sro", ["made 2026-10-02"], {}, "discharge_bar", "2028-10-01", "SOA s.122D(5)"),
    ("interim_sro", ["made 2026-10-02", "served 2026-10-05"], {}, "initial_notification", "2026-10-07", "SOA s.122F"),
    ("ro_conviction", ["made 2026-10-02"], {"ends": "2028-10-01"}, "order_ends", "2028-10-01", "SA20 s.359(2)"),
    ("ro_acquittal", ["made 2026-10-02"], {"ends": "2028-10-01"}, "order_ends", "2028-10-01", "PHA s.5A(2)"),
]  # fmt: skip
POLICY = [
    ("dvpn", ["authorised 2026-11-20T20:15"], {}, "service", "2026-11-21"),
    ("dvpo", ["made 2026-11-10"], {}, "service", "2026-11-12"),
    ("dvpo", ["made 2026-11-10"], {}, "victim_contact", "2026-11-12"),
    ("dvpo", ["made 2026-11-10"], {"ends": "2026-12-07"}, "day_21_review", "2026-11-30"),
    ("dvpo", ["made 2026-11-10"], {}, "compliance_check", "2026-11-17"),
    ("dapo", ["made 2026-10-01"], CROYDON, "first_visit", "2026-10-08"),
    ("dapo", ["made 2026-10-01"], CROYDON | {"ends": "2027-10-01"}, "expiry_decision", "2027-07-09"),
    ("dapo", ["made 2026-10-01"], CROYDON | {"ends": "2027-10-01"}, "expiry_last_decision", "2027-08-20"),
    ("dapo", ["made 2026-10-01"], CROYDON | UNTIL_FURTHER_ORDER, "half_yearly_review", "2027-04-01"),
    ("spo", ["made 2026-10-02"], {"ends": "2029-10-01"}, "expiry_decision", "2029-07-09"),
    ("spo", ["made 2026-10-02"], {"ends": "2029-10-01"}, "renewal_application", "2029-08-06"),
    ("spo", ["made 2026-10-25"], {}, "compliance_check", "2026-11-25"),
    ("spo", ["made 2026-10-25"], UNTIL_FURTHER_ORDER, "yearly_review", "2027-10-25"),
    ("interim_spo", ["made 2026-09-07"], {"ends": "2026-10-04"}, "expiry_warning", "2026-09-27"),
    ("interim_spo", ["made 2026-09-07"], {"ends": "2026-10-04"}, "expiry_last_warning", "2026-10-01"),
    ("scpo", ["made 2026-10-02"], {"ends": "2031-10-01"}, "expiry_decision", "2031-01-01"),
    ("scpo", ["made 2026-10-02"], {"ends": "2031-10-01"}, "expiry_last_decision", "2031-04-01"),
    ("scpo", ["made 2026-10-02"], {"ends": "2031-10-01"}, "terms_review", "2027-04-02"),
    ("scpo", ["made 2026-10-02", "charged 2027-02-01"], {"ends": "2031-10-01"}, "pending_prosecution_check", "2027-02-07"),
    ("scpo", ["made 2026-10-02", "custody_ended 2028-03-01"], {"starts_on_release": True}, "start_briefing", "2028-03-08"),
    ("ro_conviction", ["made 2026-10-02"], {"ends": "2028-10-01"}, "expiry_decision", "2028-07-09"),
    ("ro_conviction", ["made 2026-10-02"], {"ends": "2028-10-01"}, "expiry_last_decision", "2028-08-06"),
    ("nmo", ["made 2026-10-02"], {"ends": "2027-10-01"}, "service", "2026-10-04"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "key", "due_on", "citation"), LAW)
def test_law(code, events, known, key, due_on, citation):
    due = duty(facts(code, *events, **known), key)
    act, _, provision = citation.partition(" ")
    assert (due.due_on, str(due.citation), due.rule_class) == (day(due_on), f"{ACTS[act]} {provision}", "law")


@pytest.mark.parametrize(("code", "events", "known", "key", "due_on"), POLICY)
def test_local_policy(code, events, known, key, due_on):
    due = duty(facts(code, *events, **known), key)
    assert (due.due_on, due.rule_class, due.citation.url) == (day(due_on), "policy", "")


def test_words_by_before_until_at():
    notice = facts("dvpn", "served 2026-11-20T18:00", "arrested 2026-11-20T19:00", "hearing_listed 2026-11-21 hearing_at=2026-11-23T10:00")
    assert {due.key: due.word for due in duties(notice)} == {"court_hearing": Word.BY, "production": Word.BEFORE, "hearing": Word.AT}
    assert [due.key for due in duties(notice) if due.can_be_overdue] == ["court_hearing", "production", "hearing"]
    assert duty(facts("dvpo", "made 2026-11-10", ends="2026-12-07"), "order_ends").word is Word.UNTIL


@pytest.mark.parametrize(
    ("heard_at", "is_late"), [("2026-11-23T18:00", False), ("2026-11-23T18:01", True), ("2026-11-23", False), ("2026-11-24", True)]
)
def test_not_later_than_includes_the_last_moment(heard_at, is_late):
    due = duty(facts("dvpn", "served 2026-11-20T18:00", f"hearing_held {heard_at}"), "court_hearing")
    assert (due.met_by, due.is_late) == (2, is_late)


@pytest.mark.parametrize(("produced_at", "is_late"), [("2026-11-21T17:59", False), ("2026-11-21T18:00", True)])
def test_before_the_end_excludes_the_last_moment(produced_at, is_late):
    due = duty(facts("dvpo", "made 2026-11-01", "arrested 2026-11-20T18:00", f"produced {produced_at}"), "production")
    assert (due.met_by, due.is_late) == (3, is_late)


def test_only_a_later_event_meets_a_duty():
    early = facts("spo", "made 2026-10-01", "notified 2026-10-08", "served 2026-10-09")
    assert duty(early, "initial_notification").met_by is None
    same_day = facts("spo", "made 2026-10-01", "served 2026-10-09", "notified 2026-10-09")
    assert duty(same_day, "initial_notification").met_by == 3


def test_an_event_may_name_the_one_duty_it_meets():
    given = facts("spo", "served 2026-10-09", "address_changed 2026-10-10", "notified 2026-10-11 meets=change_of_address")
    assert duty(given, "change_of_address").met_by == 3
    assert duty(given, "initial_notification").met_by is None


def test_each_arrest_has_its_own_clock_and_its_own_production():
    given = facts("dvpo", "made 2026-11-01", "arrested 2026-11-03T10:00", "produced 2026-11-03T15:00", "arrested 2026-11-10T10:00")
    assert [(due.started_by, due.met_by) for due in duties(given) if due.key == "production"] == [(2, 3), (4, None)]


def test_a_round_of_checks_starts_again_with_each():
    given = facts("spo", "made 2026-08-31", "compliance_checked 2026-09-25", "compliance_checked 2026-10-25")
    checks = [(due.started_by, due.due_on, due.met_by) for due in duties(given) if due.key == "compliance_check"]
    assert checks == [(1, day("2026-09-30"), 2), (2, day("2026-10-25"), 3), (3, day("2026-11-25"), None)]


def test_two_checks_on_one_day_leave_one_round_open():
    given = facts("spo", "made 2026-10-02", "served 2026-10-02", "compliance_checked 2026-10-20", "compliance_checked 2026-10-20")
    checks = [due for due in duties(given) if due.key == "compliance_check"]
    assert [(due.started_by, due.met_by) for due in checks] == [(1, 3), (3, 4), (4, None)]


def test_nothing_falls_due_after_the_order_has_ended():
    expired = facts("spo", "made 2024-10-01", "compliance_checked 2026-09-20", ends="2026-10-01")
    assert [due.met_by for due in duties(expired) if due.key == "compliance_check"] == [2]
    discharged = facts("spo", "made 2026-10-01", "served 2026-10-02", "discharged 2026-10-04", ends="2028-10-01")
    assert set(keys(discharged)) == {"service"}


def test_what_was_already_missed_stays_when_the_order_ends():
    given = facts("spo", "made 2026-10-01", "served 2026-10-02", "discharged 2026-10-05", ends="2028-10-01")
    assert duty(given, "initial_notification").due_on == day("2026-10-04")
    late = facts("dvpn", "served 2026-11-20T18:00", "lapsed 2026-11-23T18:05")
    assert duty(late, "court_hearing").met_by is None
    in_time = facts("dvpn", "served 2026-11-20T18:00", "lapsed 2026-11-23T17:00")
    assert "court_hearing" not in keys(in_time)


def test_production_outlives_the_order():
    given = facts("dvpo", "made 2026-11-01", "arrested 2026-11-28T20:00", ends="2026-11-28")
    assert duty(given, "production").due_at == at("2026-11-30T20:00")


def test_an_hour_clock_without_a_time_is_refused_not_guessed():
    with pytest.raises(MissingTime, match="Enter the time it was served on Saturday 21 November 2026") as refused:
        duties(facts("dvpn", "served 2026-11-21"))
    assert (refused.value.duty_key, refused.value.event_kind) == ("court_hearing", "served")


def test_a_later_listing_takes_the_place_of_the_first():
    once = facts("spo", "application_lodged 2026-09-01", "hearing_listed 2026-09-02 hearing_at=2026-09-20T10:00")
    assert duty(once, "hearing").due_at == at("2026-09-20T10:00")
    twice = facts("spo", "hearing_listed 2026-09-02 hearing_at=2026-09-20T10:00", "hearing_listed 2026-09-10 hearing_at=2026-10-01")
    assert [(due.due_on, due.due_at) for due in duties(twice)] == [(day("2026-10-01"), None)]
    plain = facts("spo", "hearing_listed 2026-10-01T10:00+01:00")
    assert duty(plain, "hearing").due_at == at("2026-10-01T10:00")


def test_an_adjourned_hearing_stays_met_beside_the_new_listing():
    given = facts(
        "spo",
        "hearing_listed 2026-09-02 hearing_at=2026-09-20T10:00",
        "adjourned 2026-09-20T11:00",
        "hearing_listed 2026-09-20 hearing_at=2026-10-01T10:00",
    )
    assert [(due.due_on, due.met_by) for due in duties(given)] == [(day("2026-09-20"), 2), (day("2026-10-01"), None)]


def test_a_variation_moves_the_end_and_all_that_hangs_on_it():
    given = facts("spo", "made 2026-10-02", "varied 2027-03-01 ends_on=2030-10-01", ends="2029-10-01")
    assert (duty(given, "order_ends").due_on, duty(given, "order_ends").started_by) == (day("2030-10-01"), 2)
    assert duty(given, "expiry_decision").due_on == day("2030-07-09")


def test_a_variation_until_further_order_takes_the_end_away():
    given = facts("spo", "made 2026-10-02", "renewed 2027-03-01 end_kind=until_further_order", ends="2029-10-01")
    assert "order_ends" not in keys(given)
    assert duty(given, "yearly_review").due_on == day("2027-10-02")


def test_conditions_with_their_own_end():
    travel = condition(2, ends_on="2031-10-01", is_travel=True)
    given = facts("shpo", "made 2026-10-02", conditions=(condition(1), travel), ends="2036-10-01")
    assert duty(given, "condition_ends_2").due_on == day("2031-10-01")
    assert duty(given, "condition_ends_2").title == "Condition 2 ends"
    closed = facts("shpo", "made 2026-10-02", "discharged 2030-01-01", conditions=(travel,), ends="2036-10-01")
    assert "condition_ends_2" not in keys(closed)


def test_electronic_monitoring_is_reviewed_before_its_own_end():
    tag = condition(1, ends_on="2027-09-30", is_electronic_monitoring=True)
    given = facts("dapo", "made 2026-10-01", conditions=(tag, condition(2, ends_on="2027-12-01")), **CROYDON, **UNTIL_FURTHER_ORDER)
    assert duty(given, "monitoring_review_1").due_on == day("2027-08-05")
    assert "monitoring_review_2" not in keys(given)


def test_registered_sex_offenders_are_exempt_from_spo_notification_until_registration_ends():
    registered = {"other_notification_scheme": "soa_part_2"}
    assert "initial_notification" not in keys(facts("spo", "served 2026-10-09", **registered))
    until = registered | {"other_notification_until": day("2027-01-31")}
    assert duty(facts("spo", "served 2026-10-09", **until), "initial_notification").due_on == day("2027-02-02")
    over = registered | {"other_notification_until": day("2026-10-08")}
    assert duty(facts("spo", "served 2026-10-09", **over), "initial_notification").due_on == day("2026-10-11")


def test_a_change_is_not_notified_twice_under_two_schemes():
    given = facts("spo", "served 2026-10-09", "address_changed 2026-10-20", other_notification_scheme="soa_part_2")
    assert "change_of_address" not in keys(given)
    assert "change_of_address" not in keys(facts("spo", "made 2026-10-01", "address_changed 2026-10-02", "served 2026-10-05"))


def test_a_registered_offender_simply_remains_one_under_an_shpo():
    registered = {"other_notification_scheme": "soa_part_2"}
    assert "initial_notification" not in keys(facts("shpo", "served 2026-10-09", **registered))
    last_day = registered | {"other_notification_until": day("2026-10-09")}
    assert "initial_notification" not in keys(facts("shpo", "served 2026-10-09", **last_day))
    assert "initial_notification" not in keys(facts("shpo", "served 2026-10-09", replaces_interim=True))
    assert "initial_notification" not in keys(facts("shpo", "made 2026-10-09"))


def test_dapo_notification_is_not_asked_of_one_with_no_end_to_another_scheme():
    assert "initial_notification" not in keys(facts("dapo", "made 2026-10-01", other_notification_scheme="spo", **CROYDON))


def test_a_scpo_subject_who_was_in_court_need_not_be_served():
    assert "service" not in keys(facts("scpo", "made 2026-10-02", is_present_or_represented=True))
    assert "service" in keys(facts("scpo", "made 2026-10-02"))


def test_a_review_point_before_the_order_began_is_left_out():
    assert "expiry_decision" not in keys(facts("ro_conviction", "made 2026-10-02", ends="2026-11-01"))


def test_interim_order_that_reaches_the_main_hearing_leaves_no_gap():
    listed = "hearing_listed 2026-05-20 hearing_at=2026-06-05T10:00"
    assert "interim_gap" not in keys(facts("interim_spo", "made 2026-05-11", listed, ends="2026-06-07"))
    on_its_last_day = "hearing_listed 2026-05-20 hearing_at=2026-06-07T10:00"
    assert "interim_gap" not in keys(facts("interim_spo", "made 2026-05-11", on_its_last_day, ends="2026-06-07"))
    assert "interim_gap" not in keys(facts("interim_spo", "made 2026-05-11", ends="2026-06-07"))


def test_checks_wait_until_the_order_is_in_force():
    waiting = facts("scpo", "made 2026-10-02", starts_on_release=True, end_kind=EndKind.FIXED)
    assert keys(waiting) == ["service"]
    released = facts("scpo", "made 2026-10-02", "custody_ended 2028-03-01", starts_on_release=True)
    assert duty(released, "compliance_check").due_on == day("2028-04-01")


def test_travel_only_shpo_has_no_discharge_bar():
    only = (condition(1, is_travel=True, ends_on="2029-10-01"),)
    assert "discharge_bar" not in keys(facts("shpo", "made 2026-10-02", conditions=only, ends="2029-10-01"))
    assert "discharge_bar" in keys(facts("shpo", "made 2026-10-02", conditions=(*only, condition(2)), ends="2036-10-01"))

"""Where an order stands on a day, and how and when it ends."""

import pytest

from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import Status, ends_on, in_force_from, states_of
from tests.rules.examples import UNTIL_FURTHER_ORDER, at, condition, day, facts, status

CROYDON = {"area": "Croydon"}
CONTINUED = ("made 2021-10-02", "served 2021-10-02", "continued_pending_prosecution 2026-09-01")
WAITING = ("made 2026-10-02", "served 2026-10-02")
CASES = [
    ("dvpn", [], {}, "2026-11-20", "Draft"),
    ("dvpn", ["considered 2026-11-20"], {}, "2026-11-20", "Considered"),
    ("dvpn", ["authorised 2026-11-20T20:15", "application_lodged 2026-11-20"], {}, "2026-11-20", "Authorised"),
    ("dvpn", ["authorised 2026-11-20T20:15"], {}, "2026-11-19", "Draft"),
    ("dvpn", ["authorised 2026-11-20T20:15"], {}, "2026-11-20", "Authorised"),
    ("dvpn", ["authority_refused 2026-11-20"], {}, "2026-11-20", "Refused"),
    ("dvpn", ["authorised 2026-11-20", "notice_withdrawn 2026-11-21"], {}, "2026-11-21", "Withdrawn"),
    ("dvpn", ["served 2026-11-20T20:15"], {}, "2026-11-20", "Notice in force"),
    ("dvpn", ["served 2026-11-20T20:15", "hearing_listed 2026-11-21"], {}, "2026-11-21", "Notice in force"),
    ("dvpn", ["served 2026-11-20T20:15", "application_granted 2026-11-23"], {}, "2026-11-23", "Ended"),
    ("dvpn", ["served 2026-11-20T20:15", "application_refused 2026-11-23"], {}, "2026-11-23", "Ended"),
    ("dvpn", ["served 2026-11-20T20:15", "lapsed 2026-11-24"], {}, "2026-11-24", "Ended"),
    ("dvpn", ["served 2026-11-20T20:15", "application_withdrawn 2026-11-22"], {}, "2026-11-23", "Notice in force"),
    ("dapn", ["served 2026-11-20T20:15", "application_withdrawn 2026-11-22"], CROYDON, "2026-11-22", "Ended"),
    ("dvpo", ["made 2026-11-10", "served 2026-11-11"], {"ends": "2026-12-07"}, "2026-11-09", "Draft"),
    ("dvpo", ["made 2026-11-10", "served 2026-11-11"], {"ends": "2026-12-07"}, "2026-11-10", "Made, not served"),
    ("dvpo", ["made 2026-11-10", "served 2026-11-11"], {"ends": "2026-12-07"}, "2026-12-07", "In force"),
    ("dvpo", ["made 2026-11-10", "served 2026-11-11"], {"ends": "2026-12-07"}, "2026-12-08", "Expired"),
    ("dvpo", ["made 2026-11-10"], {"ends": "2026-12-07"}, "2026-12-08", "Expired"),
    ("dvpo", ["application_lodged 2026-11-10", "application_refused 2026-11-12"], {}, "2026-11-12", "Refused"),
    ("spo", ["application_lodged 2026-09-01"], {}, "2026-09-01", "Applied for"),
    ("spo", ["application_lodged 2026-09-01", "hearing_listed 2026-09-03"], {}, "2026-09-03", "Listed"),
    ("spo", ["application_lodged 2026-09-01", "application_withdrawn 2026-09-05"], {}, "2026-09-05", "Withdrawn"),
    ("spo", ["made 2026-10-02", "served 2026-10-05"], UNTIL_FURTHER_ORDER, "2036-10-05", "In force"),
    ("spo", ["made 2026-10-02", "served 2026-10-05", "discharged 2029-01-01"], UNTIL_FURTHER_ORDER, "2029-01-01", "Discharged"),
    ("spo", ["made 2026-10-02", "served 2026-10-05", "discharged 2028-10-01"], {"ends": "2028-10-01"}, "2028-10-01", "Discharged"),
    ("spo", ["considered 2026-08-01", "authorised 2026-08-09"], {}, "2026-08-09", "Authorised"),
    ("shpo", ["made 2026-10-02", "served 2026-10-05", "replaced 2029-01-01"], UNTIL_FURTHER_ORDER, "2029-01-01", "Replaced"),
    ("spo", ["made 2026-10-02", "served 2026-10-05", "discharged 2029-01-01"], UNTIL_FURTHER_ORDER, "2028-12-31", "In force"),
    ("interim_shpo", ["made 2026-10-02", "served 2026-10-02"], {"ends": "2026-10-29"}, "2026-10-29", "Interim in force"),
    ("interim_shpo", ["made 2026-10-02", "served 2026-10-02"], {"ends": "2026-10-29"}, "2026-10-30", "Lapsed"),
    ("interim_sro", ["made 2026-10-02", "served 2026-10-02", "determined 2026-10-20"], {"ends": "2026-10-29"}, "2026-10-20", "Ended"),
    ("ro_conviction", ["made 2026-10-02"], {"ends": "2028-10-01"}, "2026-10-02", "In force"),
    ("nmo", ["made 2026-10-02", "served 2026-10-03", "ended 2026-12-01"], {"ends": "2027-10-01"}, "2026-12-01", "Ended"),
    ("ro_conviction", ["application_lodged 2026-10-01"], {}, "2026-10-01", "Requested"),
    ("ro_acquittal", ["application_lodged 2026-10-01", "application_refused 2026-10-02"], {}, "2026-10-02", "Refused"),
    ("nmo", ["application_lodged 2026-10-01", "undertaking_given 2026-10-02"], {}, "2026-10-02", "Undertaking given"),
    ("scpo", ["considered 2026-09-01", "referred 2026-09-04"], {}, "2026-09-03", "Considered"),
    ("scpo", ["considered 2026-09-01", "referred 2026-09-04"], {}, "2026-09-04", "Referred"),
    ("scpo", ["made 2026-10-02"], {"starts_on_release": True}, "2027-10-02", "Awaiting release"),
    ("scpo", ["made 2026-10-02", "custody_ended 2028-03-01"], {"starts_on_release": True}, "2028-03-01", "Made, not served"),
    ("scpo", ["made 2026-10-02", "served 2026-10-02"], {"in_force_from_on": "2026-12-01"}, "2026-11-30", "Starts later"),
    ("scpo", ["made 2026-10-02"], {"is_present_or_represented": True}, "2026-10-02", "In force"),
    ("scpo", ["made 2026-10-02", "served 2026-10-02", "came_into_force 2026-12-05"], {}, "2026-12-04", "Starts later"),
    ("scpo", [*CONTINUED], {"ends": "2026-10-01"}, "2026-11-01", "Continues pending prosecution"),
    ("scpo", [*CONTINUED], {"ends": "2026-10-01"}, "2026-08-31", "In force"),
    ("scpo", [*CONTINUED, "ended 2027-01-01"], {"ends": "2026-10-01"}, "2027-01-01", "Ended"),
    ("scpo", [*CONTINUED, "prosecution_ended 2027-01-01"], {"ends": "2026-10-01"}, "2026-12-31", "Continues pending prosecution"),
    ("scpo", [*CONTINUED, "prosecution_ended 2027-01-01"], {"ends": "2026-10-01"}, "2027-01-01", "Ended"),
    ("scpo", [*CONTINUED, "prosecution_ended 2026-09-20"], {"ends": "2026-10-01"}, "2026-09-20", "In force"),
    ("scpo", [*CONTINUED, "prosecution_ended 2026-09-20"], {"ends": "2026-10-01"}, "2026-10-02", "Expired"),
    ("dapo", WAITING, {"starts_on_other_end": True}, "2027-01-01", "Starts later"),
    ("dapo", WAITING, {"starts_on_other_end": True, "other_order_over_on": "2027-01-02"}, "2027-01-01", "Starts later"),
    ("dapo", WAITING, {"starts_on_other_end": True, "other_order_over_on": "2027-01-02"}, "2027-01-02", "In force"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "on", "expected"), CASES)
def test_status(code, events, known, on, expected):
    assert status(facts(code, *events, **known), on) == expected


@pytest.mark.parametrize(("code", "events", "known", "on", "expected"), CASES)
def test_every_status_reached_is_among_the_states_of_the_type(code, events, known, on, expected):
    assert Status(expected) in states_of(ORDER_TYPES[code])


def end_of(given):
    return ends_on(ORDER_TYPES[given.order_type], given)


def test_an_order_not_yet_made_has_no_end_and_no_beginning():
    assert end_of(facts("spo", "application_lodged 2026-09-01")) is None
    assert in_force_from(ORDER_TYPES["spo"], facts("spo")) is None


def test_a_fixed_end_lasts_until_the_end_of_the_day():
    ends = end_of(facts("dvpo", "made 2026-11-10", ends="2026-12-07"))
    assert (ends.kind, ends.on, ends.at, ends.words) == (EndKind.FIXED, day("2026-12-07"), None, "Monday 7 December 2026, 24:00")


def test_a_stated_clock_time_wins():
    given = facts("ro_conviction", "made 2026-11-10", ends="2027-12-07", stated_end_time=at("2026-01-01T23:59").time())
    assert end_of(given).at == at("2027-12-07T23:59")
    assert end_of(given).words == "Tuesday 7 December 2027, 23:59"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (UNTIL_FURTHER_ORDER, "Until further order (no end date)"),
        ({"end_kind": EndKind.EVENT, "stated_event": "The sale of the house"}, "The sale of the house"),
        ({"end_kind": EndKind.EVENT}, "On the event named in the order"),
        ({"end_kind": EndKind.FIXED}, "End not recorded"),
        ({}, "End not recorded"),
    ],
)
def test_no_end_date_is_said_in_words_and_never_invented(known, words):
    ends = end_of(facts("dapo", "made 2026-11-10", **known))
    assert (ends.on, ends.words) == (None, words)


def test_a_last_day_alone_means_a_fixed_end():
    assert end_of(facts("spo", "made 2026-10-02", ends="2029-10-01", end_kind=EndKind.NONE)).kind is EndKind.FIXED


def test_an_order_that_ends_condition_by_condition_ends_with_the_last():
    both = (condition(1, ends_on="2031-10-01"), condition(2, ends_on="2036-10-01"))
    assert end_of(facts("shpo", "made 2026-10-02", end_kind=EndKind.PER_CONDITION, conditions=both)).on == day("2036-10-01")
    open_ended = (*both, condition(3))
    assert end_of(facts("shpo", "made 2026-10-02", end_kind=EndKind.PER_CONDITION, conditions=open_ended)).on is None


def test_an_event_that_ends_an_order_is_remembered_with_its_day():
    ends = end_of(facts("spo", "made 2026-10-02", "discharged 2028-11-01", ends="2029-10-01"))
    assert (ends.on, ends.closed_by.kind) == (day("2028-11-01"), "discharged")


def test_an_order_already_expired_is_not_ended_again():
    ends = end_of(facts("spo", "made 2020-10-02", "replaced 2026-11-01", ends="2022-10-01"))
    assert (ends.on, ends.closed_by) == (day("2022-10-01"), None)


def test_in_force_from_each_of_its_sources():
    scpo = ORDER_TYPES["scpo"]
    stages = (condition(1, starts_on="2026-12-01"), condition(2, starts_on="2027-12-01"))
    assert in_force_from(scpo, facts("scpo", "made 2026-10-02")) == day("2026-10-02")
    assert in_force_from(scpo, facts("scpo", "made 2026-10-02", conditions=stages)) == day("2026-12-01")
    assert in_force_from(scpo, facts("scpo", "made 2026-10-02", conditions=(*stages, condition(3)))) == day("2026-10-02")
    assert in_force_from(scpo, facts("scpo", "custody_ended 2026-01-01", "made 2026-10-02", starts_on_release=True)) is None
    assert in_force_from(ORDER_TYPES["dvpn"], facts("dvpn", "served 2026-11-20T20:15")) == day("2026-11-20")

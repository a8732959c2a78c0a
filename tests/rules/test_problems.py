"""What is legally wrong, beside which field, and what it says."""

import pytest

from orders_app.rules.facts import EndKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import lawful_ends
from orders_app.rules.ranks import UnknownRank, is_at_least
from tests.rules.examples import LAW, REQUIREMENT, UNTIL_FURTHER_ORDER, condition, day, facts, wrong, wrong_fields

SUPER = {"authorised_rank": "superintendent"}
CROYDON = {"area": "Croydon"}
TAG = {"is_electronic_monitoring": True}


def one(**known):
    """One condition, numbered 1."""
    return {"conditions": (condition(1, **known),)}


MADE = "made 2020-10-02"
ONE, YOUNG, OLD = "conditions.1", day("2011-01-01"), day("1990-01-01")
CASES = [
    ("dvpo 13 days", "dvpo", ["made 2026-04-08"], {"ends": "2026-04-20"}, ["ends_on"]),
    ("dvpo 14 days", "dvpo", ["made 2026-04-08"], {"ends": "2026-04-21"}, []),
    ("dvpo 28 days", "dvpo", ["made 2026-04-08"], {"ends": "2026-05-05"}, []),
    ("dvpo ends before it begins", "dvpo", ["made 2026-04-08"], {"ends": "2026-04-07"}, ["ends_on"]),
    ("dvpo until further order", "dvpo", ["made 2026-04-08"], UNTIL_FURTHER_ORDER, ["end_kind"]),
    ("dvpo fixed without a day", "dvpo", ["made 2026-04-08"], {"end_kind": EndKind.FIXED}, ["ends_on"]),
    ("interim spo until further order", "interim_spo", ["made 2026-04-08"], UNTIL_FURTHER_ORDER, ["end_kind"]),
    ("interim shpo until further order", "interim_shpo", ["made 2026-04-08"], UNTIL_FURTHER_ORDER, ["end_kind"]),
    ("interim sro until further order", "interim_sro", ["made 2026-04-08"], UNTIL_FURTHER_ORDER, ["end_kind"]),
    ("scpo 5 years", "scpo", ["made 2026-10-02"], {"ends": "2031-10-01"}, []),
    ("scpo 5 years and a day", "scpo", ["made 2026-10-02"], {"ends": "2031-10-02"}, ["ends_on"]),
    ("scpo from release", "scpo", ["made 2026-10-02", "custody_ended 2029-02-28"], {"starts_on_release": True, "ends": "2034-02-27"}, []),
    ("scpo until further order", "scpo", ["made 2026-10-02"], UNTIL_FURTHER_ORDER, ["end_kind"]),
    ("scpo varied past 5 years", "scpo", ["made 2026-10-02", "varied 2028-01-01 ends_on=2032-01-01"], {"ends": "2031-10-01"}, ["ends_on"]),
    ("shpo under 5 years", "shpo", ["made 2026-11-20"], {"ends": "2031-11-18"}, ["ends_on"]),
    ("shpo 5 years", "shpo", ["made 2026-11-20"], {"ends": "2031-11-19"}, []),
    ("shpo of travel only may be shorter", "shpo", ["made 2026-11-20"], {"ends": "2028-11-19"} | one(is_travel=True), []),
    ("sro under 2 years", "sro", ["made 2026-11-20"], {"ends": "2028-11-18"}, ["ends_on"]),
    ("dvpn rank missing", "dvpn", ["authorised 2026-11-20T20:15"], {}, ["authorised_rank"]),
    ("dvpn rank unknown", "dvpn", ["authorised 2026-11-20T20:15"], {"authorised_rank": "captain"}, ["authorised_rank"]),
    ("dvpn chief superintendent", "dvpn", ["authorised 2026-11-20T20:15"], {"authorised_rank": "chief_superintendent"}, []),
    ("dapn constable", "dapn", ["authorised 2026-11-20T20:15"], CROYDON | {"authorised_rank": "constable"}, ["authorised_rank"]),
    ("dvpn subject 17", "dvpn", ["authorised 2026-11-20T20:15"], SUPER | {"subject_born_on": "2008-11-21"}, ["subject_born_on"]),
    ("dvpn subject 18 today", "dvpn", ["authorised 2026-11-20T20:15"], SUPER | {"subject_born_on": "2008-11-20"}, []),
    ("subject born on a leap day is 18 on 1 March", "dvpo", ["made 2026-02-28"], {"subject_born_on": "2008-02-29"}, ["subject_born_on"]),
    ("subject born on a leap day, 1 March", "dvpo", ["made 2026-03-01"], {"subject_born_on": "2008-02-29"}, []),
    ("dvpn protects a child", "dvpn", ["authorised 2026-11-20T20:15"], SUPER | {"protected_born_on": (day("2015-01-01"),)}, []),
    ("dapo protects one under 16", "dapo", ["made 2026-11-20"], CROYDON | {"protected_born_on": (YOUNG, OLD)}, ["protected"]),
    ("scpo on a company", "scpo", ["made 2026-11-20"], {"subject_born_on": "2020-01-01", "subject_is_organisation": True}, []),
    ("scpo subject 17", "scpo", ["made 2026-11-20"], {"subject_born_on": "2010-01-01"}, ["subject_born_on"]),
    ("dapo without an area", "dapo", ["made 2026-11-20"], {}, ["area"]),
    ("dapo after the period", "dapo", ["made 2026-11-25"], CROYDON, ["area"]),
    ("dvpo with a requirement", "dvpo", ["made 2026-04-08"], {"conditions": (condition(3, kind=REQUIREMENT),)}, ["conditions.3.kind"]),
    ("ro with a requirement", "ro_conviction", ["made 2026-04-08"], one(kind=REQUIREMENT), [f"{ONE}.kind"]),
    ("spo with a requirement", "spo", ["made 2026-04-08"], one(kind=REQUIREMENT), []),
    ("dapo requirement without supervisor", "dapo", ["made 2026-11-20"], CROYDON | one(kind=REQUIREMENT), [f"{ONE}.supervisor"]),
    ("dapo requirement with supervisor", "dapo", ["made 2026-11-20"], CROYDON | one(kind=REQUIREMENT, supervisor="D Okafor"), []),
    ("spo with electronic monitoring", "spo", ["made 2026-04-08"], one(**TAG), [f"{ONE}.is_electronic_monitoring"]),
    ("dapo monitored over 12 months", "dapo", ["made 2026-10-01"], CROYDON | one(ends_on="2027-10-01", **TAG), [f"{ONE}.ends_on"]),
    ("dapo monitored 12 months", "dapo", ["made 2026-10-01"], CROYDON | one(ends_on="2027-09-30", **TAG), []),
    ("shpo travel over 5 years", "shpo", ["made 2026-11-20"], one(ends_on="2031-11-20", is_travel=True), [f"{ONE}.ends_on"]),
    ("shpo travel without an end", "shpo", ["made 2026-11-20"], one(is_travel=True), [f"{ONE}.ends_on"]),
    ("shpo travel with a longer order", "shpo", ["made 2026-11-20"], {"ends": "2033-11-19"} | one(is_travel=True), [f"{ONE}.ends_on"]),
    ("shpo travel 5 years", "shpo", ["made 2026-11-20"], one(ends_on="2031-11-19", is_travel=True), []),
    ("condition outlasts the order", "dvpo", ["made 2026-04-08"], {"ends": "2026-04-30"} | one(ends_on="2026-05-01"), [f"{ONE}.ends_on"]),
    ("condition ends before it starts", "scpo", ["made 2026-04-08"], one(starts_on="2026-05-01", ends_on="2026-04-30"), [f"{ONE}.ends_on"]),
    ("dvpo varied", "dvpo", ["made 2026-04-08", "varied 2026-04-10"], {}, ["varied_on"]),
    ("dvpo discharged", "dvpo", ["made 2026-04-08", "discharged 2026-04-10"], {}, ["discharged_on"]),
    ("served before authorised", "dvpn", ["authorised 2026-11-20T20:15", "served 2026-11-20T20:00"], SUPER, ["served_at"]),
    ("served before made", "spo", ["made 2026-10-05", "served 2026-10-02"], {}, ["served_at"]),
    ("made before applied for", "spo", ["application_lodged 2026-10-05", "made 2026-10-02"], {}, ["made_on"]),
    ("produced before arrested", "dvpo", ["arrested 2026-10-05T12:00", "produced 2026-10-05T11:00"], {}, ["produced_at"]),
    ("served without a time", "dvpn", ["served 2026-11-20"], {}, ["served_at"]),
    ("arrested without a time", "dvpo", ["made 2026-10-01", "arrested 2026-10-05"], {}, ["arrested_at"]),
    ("served at the end of the table", "dvpn", ["served 2030-12-31T12:00"], {}, ["served_at"]),
    ("varied after it expired", "spo", ["made 2020-10-02", "varied 2023-01-01"], {"ends": "2022-10-01"}, ["varied_on"]),
    ("renewed after its end", "spo", [MADE, "renewed 2022-10-02 ends_on=2026-10-01"], {"ends": "2022-10-01"}, ["renewed_on"]),
    ("renewed on its last day", "spo", ["made 2020-10-02", "renewed 2022-10-01 ends_on=2026-10-01"], {"ends": "2022-10-01"}, []),
    ("varied once discharged", "spo", [MADE, "discharged 2023-01-01", "varied 2023-02-01"], UNTIL_FURTHER_ORDER, ["varied_on"]),
    ("spo discharged within 2 years", "spo", ["made 2026-10-02", "discharged 2028-10-01"], UNTIL_FURTHER_ORDER, ["discharged_on"]),
    ("spo discharged with both consents", "spo", ["made 2026-10-02", "discharged 2028-10-01 consent=both"], UNTIL_FURTHER_ORDER, []),
    ("spo discharged after 2 years", "spo", ["made 2026-10-02", "discharged 2028-10-02"], UNTIL_FURTHER_ORDER, []),
    ("shpo discharged within 5 years", "shpo", ["made 2026-11-20", "discharged 2031-11-19"], UNTIL_FURTHER_ORDER, ["discharged_on"]),
    ("dvpo from a later day", "dvpo", ["made 2026-04-08"], {"ends": "2026-05-05", "in_force_from_on": "2026-04-09"}, ["in_force_from"]),
    ("dvpo on release", "dvpo", ["made 2026-04-08"], {"starts_on_release": True}, ["starts_on_release"]),
    ("dapo after an earlier one", "dapo", ["made 2026-11-20"], CROYDON | {"starts_on_other_end": True}, []),
    ("dapo on release", "dapo", ["made 2026-11-20"], CROYDON | {"starts_on_release": True}, ["starts_on_release"]),
    ("scpo on release", "scpo", ["made 2026-10-02"], {"starts_on_release": True}, []),
    ("police ask to vary an ro", "ro_conviction", [MADE, "variation_applied 2021-01-01 applied_by=police"], {}, ["applied_by"]),
    ("the prosecution asks", "ro_conviction", [MADE, "variation_applied 2021-01-01 applied_by=prosecution"], {}, []),
    ("police ask to vary an nmo", "nmo", [MADE, "variation_applied 2021-01-01 applied_by=police"], {}, ["applied_by"]),
    ("police ask to vary an spo", "spo", [MADE, "variation_applied 2021-01-01 applied_by=police"], {}, []),
    ("nothing recorded", "dvpn", [], {}, []),
    ("condition of an order not yet made", "dvpo", [], one(ends_on="2026-05-01"), []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "fields"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_fields_with_something_wrong(code, events, known, fields):
    assert wrong_fields(facts(code, *events, **known)) == fields


MESSAGES = [
    (
        "dvpo",
        ["made 2026-04-08"],
        {"ends": "2026-04-20"},
        "14 days beginning with Wednesday 8 April 2026 ends on Tuesday 21 April 2026; "
        "13 days is not allowed. Enter Tuesday 21 April 2026 or later",
    ),
    (
        "spo",
        ["made 2026-11-22"],
        {"ends": "2028-11-20"},
        "2 years beginning with Sunday 22 November 2026 ends on Tuesday 21 November 2028; "
        "Monday 20 November 2028 is too early. Enter Tuesday 21 November 2028 or later",
    ),
    (
        "scpo",
        ["made 2026-10-02"],
        {"ends": "2031-10-02"},
        "5 years beginning with Friday 2 October 2026 ends on Wednesday 1 October 2031; "
        "Thursday 2 October 2031 is too late. Enter Wednesday 1 October 2031 or earlier",
    ),
    (
        "dvpn",
        ["authorised 2026-11-20"],
        {"authorised_rank": "inspector"},
        "A DVPN needs the authority of a superintendent or above, not of an inspector",
    ),
    ("dvpn", ["authorised 2026-11-20"], {}, "Enter the rank of the officer who authorised it: Superintendent or above"),
    ("dvpo", ["made 2026-04-08", "varied 2026-04-10"], {}, "This DVPO cannot be recorded as varied: the law has no such step for it"),
    ("dvpn", ["served 2026-11-20"], {}, "Enter the time as well as the day: the 48 hours run from the minute"),
    ("dapo", ["made 2027-01-10"], {}, "Enter the area where it was given or made. On Sunday 10 January 2027 it was in force nowhere"),
    (
        "spo",
        ["made 2020-10-02", "varied 2023-01-01"],
        {"ends": "2022-10-01"},
        "The order had ended on Saturday 1 October 2022. The law gives no power to revive an order that has ended",
    ),
]


@pytest.mark.parametrize(("code", "events", "known", "message"), MESSAGES)
def test_messages_say_what_to_do(code, events, known, message):
    (problem,) = wrong(facts(code, *events, **known))
    assert problem.message == message
    assert problem.citation.url.startswith("https://www.legislation.gov.uk/")


def test_lawful_ends_to_offer():
    given = facts("dvpo", "made 2026-11-25")
    offered = [(end.is_latest, end.on, end.rule) for end in lawful_ends(ORDER_TYPES["dvpo"], given, LAW)]
    assert offered == [
        (False, day("2026-12-08"), "14 days beginning with Wednesday 25 November 2026"),
        (True, day("2026-12-22"), "28 days beginning with Wednesday 25 November 2026"),
    ]
    assert lawful_ends(ORDER_TYPES["dvpo"], facts("dvpo"), LAW) == []
    assert lawful_ends(ORDER_TYPES["nmo"], facts("nmo", "made 2026-11-25"), LAW) == []
    assert lawful_ends(ORDER_TYPES["scpo"], facts("scpo", "made 2026-11-25", starts_on_release=True), LAW) == []


def test_ranks():
    assert is_at_least("chief_inspector", "inspector")
    assert is_at_least("inspector", "inspector")
    assert not is_at_least("sergeant", "inspector")
    with pytest.raises(UnknownRank, match="'captain' is not a rank"):
        is_at_least("captain", "inspector")

"""Facts, the date they lead to, and the section that says so."""

import pytest

from orders_app.rules.facts import Event, EventKind
from orders_app.rules.registrations.facts import RegistrationFacts
from orders_app.rules.registrations.residence import has_no_residence
from tests.rules.examples import day
from tests.rules.registration_examples import LONG, duties, duties_of, duty, open_duties, registration, shpo

SOA = "Sexual Offences Act 2003"
REGULATIONS = "Sexual Offences Act 2003 (Notification Requirements) (England and Wales) Regulations 2012"
TRAVEL = "Sexual Offences Act 2003 (Travel Notification Requirements) Regulations 2004"
SINCE = "convicted 2020-01-06"
KNOWN = (SINCE, "notified 2020-01-07 type=83")
LAW = [
    (["convicted 2026-11-20"], "initial_notification", "2026-11-22", f"{SOA} s.83(1)"),
    (["finding_made 2026-11-20"], "initial_notification", "2026-11-22", f"{SOA} s.83(1)"),
    (["cautioned 2026-11-20"], "initial_notification", "2026-11-22", f"{SOA} s.83(1)"),
    (["notice_given 2026-11-20 relevant_on=2024-05-01"], "initial_notification", "2026-11-22", f"{SOA} s.83(1)"),
    ([SINCE, "name_changed 2026-11-20"], "change_of_name", "2026-11-22", f"{SOA} s.84(1)(a)"),
    ([SINCE, "address_changed 2026-11-20"], "change_of_address", "2026-11-22", f"{SOA} s.84(1)(b)"),
    ([SINCE, "stayed 2026-11-16 premises=Seaview"], "qualifying_period", "2026-11-24", f"{SOA} s.84(1)(c), (6)"),
    ([SINCE, "custody_started 2026-01-05", "custody_ended 2026-11-20"], "release", "2026-11-22", f"{SOA} s.84(1)(d)"),
    ([SINCE, "child_household_began 2026-11-20"], "child_household", "2026-11-22", f"{REGULATIONS} reg. 10"),
    ([SINCE, "finance_changed 2026-11-20"], "finance", "2026-11-22", f"{REGULATIONS} regs. 12 to 14"),
    ([SINCE, "identity_document_changed 2026-11-20"], "identity_document", "2026-11-22", f"{REGULATIONS} reg. 13"),
    ([SINCE, "notified 2026-11-20 type=85"], "annual_notification", "2027-11-20", f"{SOA} s.85(1), (2), (5)(b)"),
    (
        [SINCE, "notified 2026-11-20 type=85 residence=none"],
        "weekly_notification",
        "2026-11-27",
        f"{SOA} s.85(5)(a), (6), with reg. 9 of the 2012 Regulations",
    ),
    ([SINCE, "travel_planned 2026-11-20 departs=2026-12-20"], "travel", "2026-12-13", f"{TRAVEL} reg. 5"),
    ([SINCE, "returned_to_uk 2026-11-20"], "return", "2026-11-23", f"{TRAVEL} reg. 8"),
    ([SINCE, "notified 2026-11-20 type=84 specified_on=2026-11-30"], "advance_notice", "2026-12-05", f"{SOA} s.84(3), (4)(b)"),
]  # fmt: skip
NOT_LAW = [
    ([SINCE, "child_household_ended 2026-11-20"], "child_household_ended", "2026-11-22", "guidance"),
    ([SINCE, "travel_planned 2026-11-20 departs=2026-12-20"], "travel_last_moment", "2026-12-19", "guidance"),
    ([SINCE, "travel_changed 2026-11-20 departs=2026-12-20T09:00"], "travel_change", "2026-12-19", "guidance"),
    ([f"convicted 2000-01-10 {LONG}", "review_applied 2026-11-20"], "review_acknowledgement", "2026-12-04", "policy"),
    ([f"convicted 2000-01-10 {LONG}", "bodies_told 2026-11-20"], "review_bodies", "2026-12-18", "policy"),
    ([f"convicted 2000-01-10 {LONG}", "bodies_told 2026-11-20"], "review_decision", "2027-01-29", "policy"),
    ([f"convicted 2000-01-10 {LONG}", "review_refused 2026-11-20"], "review_appeal", "2026-12-11", "policy"),
]


@pytest.mark.parametrize(("events", "key", "due_on", "citation"), LAW, ids=[row[1] + str(n) for n, row in enumerate(LAW)])
def test_law(events, key, due_on, citation):
    due = duty(registration(*events), key)
    assert (due.due_on, str(due.citation), due.rule_class) == (day(due_on), citation, "law")


@pytest.mark.parametrize(("events", "key", "due_on", "rule_class"), NOT_LAW, ids=[row[1] for row in NOT_LAW])
def test_what_is_not_confirmed_is_not_called_law(events, key, due_on, rule_class):
    due = duty(registration(*events), key)
    assert (due.due_on, due.rule_class) == (day(due_on), rule_class)


def test_a_new_conviction_of_one_who_has_notified_starts_no_initial_notification():
    again = "convicted 2026-11-20 disposal=other"
    assert duties_of(registration("convicted 2020-01-06", "notified 2020-01-07 type=83", again), "initial_notification")[-1].started_by == 1
    not_notified = registration("convicted 2020-01-06", again)
    assert [due.started_by for due in duties_of(not_notified, "initial_notification")] == [1, 2]


@pytest.mark.parametrize(("convicted", "started"), [("2024-11-22", [1, 3]), ("2024-11-23", [1])])  # to 21 and 22 November 2026
def test_one_whose_earlier_period_runs_out_within_the_three_days_notifies_again(convicted, started):
    earlier = f"convicted {convicted} disposal=conditional_discharge term_months=24"
    facts = registration(earlier, "notified 2024-11-24 type=83", "convicted 2026-11-20 disposal=other")
    assert [due.started_by for due in duties_of(facts, "initial_notification")] == started


def test_a_prevention_order_on_one_who_has_notified_starts_none_either():
    facts = registration(*KNOWN, "served 2026-11-20", orders=(shpo("2026-11-18"),))
    assert [due.started_by for due in duties_of(facts, "initial_notification")] == [1]


def test_a_first_notification_before_this_record_began_is_not_asked_for():
    facts = registration("convicted 2009-03-02 disposal=life initial=before_records", "notified 2026-03-03 type=85")
    assert "initial_notification" not in [due.key for due in duties(facts)]


@pytest.mark.parametrize(
    ("notified", "met"),
    [
        ("type=83", False),
        ("type=84", True),
        ("type=85", True),
        ("", True),
        ("type=84 resets_annual=no", False),
    ],
)
def test_what_meets_the_annual_notification(notified, met):
    facts = registration(*KNOWN, f"notified 2020-06-01 {notified}".strip())
    assert bool(duties_of(facts, "annual_notification")[0].met_by) is met


def test_only_the_new_matters_of_2012_do_not_move_the_year():
    facts = registration(*KNOWN, "notified 2020-06-01 type=83 resets_annual=no")
    assert open_duties(facts)["annual_notification"] == day("2021-01-07")


def test_a_notification_may_name_the_duties_it_meets():
    changed = (SINCE, "name_changed 2026-11-20", "address_changed 2026-11-20")
    assert {"change_of_name", "change_of_address"} & open_duties(registration(*changed, "notified 2026-11-21 type=84")).keys() == set()
    one = Event(9, EventKind.NOTIFIED, day("2026-11-21"), details={"type": "84", "meets": "change_of_name annual_notification"})
    facts = RegistrationFacts((*registration(*changed).events, one))
    assert open_duties(facts).keys() & {"change_of_name", "change_of_address"} == {"change_of_address"}


def test_a_home_turns_the_week_into_a_year_and_losing_it_the_year_into_a_week():
    homeless = registration(*KNOWN, "notified 2026-11-02 type=84 residence=none", "notified 2026-11-09 type=85")
    assert open_duties(homeless).keys() == {"weekly_notification"}
    assert (has_no_residence(homeless, day("2026-11-01")), has_no_residence(homeless, day("2026-11-22"))) == (False, True)
    housed = registration(*KNOWN, "notified 2026-11-02 type=84 residence=none", "notified 2026-11-08 type=84 residence=address")
    assert open_duties(housed) == {"annual_notification": day("2027-11-08")}


@pytest.mark.parametrize(
    ("stays", "completed"),
    [
        (["2026-07-01 until=2026-07-06"], None),
        (["2026-07-01 until=2026-07-03", "2026-09-01 until=2026-09-04"], "2026-09-04"),
        (["2026-07-01 until=2026-07-03", "2027-07-01 until=2027-07-04"], None),  # the three days are more than 12 months old
        (["2026-07-05 until=2026-07-08", "2027-07-01 until=2027-07-04"], "2027-07-03"),  # 5 July 2026 counts until 4 July 2027
        (["2026-07-02 until=2026-07-05", "2027-07-01 until=2027-07-04"], None),  # of the four days one had fallen out each day
    ],
)
def test_seven_days_together_within_twelve_months(stays, completed):
    found = duties_of(registration(SINCE, *(f"stayed {stay} premises=Seaview" for stay in stays)), "qualifying_period")
    assert [due.due_on for due in found] == ([day(completed) + (day("2026-01-03") - day("2026-01-01"))] if completed else [])


def test_each_place_counts_by_itself_and_a_place_already_notified_not_at_all():
    apart = registration(
        SINCE, "stayed 2026-07-01 until=2026-07-04 premises=Seaview", "stayed 2026-07-05 until=2026-07-08 premises=Harbour"
    )
    assert duties_of(apart, "qualifying_period") == []
    known = registration(SINCE, "notified 2026-06-01 type=84 premises=SEAVIEW", "stayed 2026-07-01 until=2026-07-07 premises=Seaview")
    assert duties_of(known, "qualifying_period") == []


@pytest.mark.parametrize(
    ("moved", "keys"),
    [
        ("2026-12-07", {"change_of_address"}),  # more than 2 days early: notice does not count, and there is nothing to report
        ("2026-12-08", set()),
        ("2026-12-12", set()),
        ("2026-12-13", {"change_of_address", "advance_notice"}),  # too late: both
        (None, {"advance_notice"}),
    ],
)
def test_notice_in_advance(moved, keys):
    events = ["notified 2026-11-30 type=84 of=address specified_on=2026-12-10", *([f"address_changed {moved}"] if moved else [])]
    assert open_duties(registration(*KNOWN, *events)).keys() - {"annual_notification"} == keys


def test_notice_of_one_change_covers_no_other():
    facts = registration(*KNOWN, "notified 2026-11-30 type=84 of=name specified_on=2026-12-10", "address_changed 2026-12-10")
    assert {"change_of_address", "advance_notice"} <= open_duties(facts).keys()


def test_notice_of_a_stay_is_covered_by_the_day_it_is_complete():
    facts = registration(
        *KNOWN, "notified 2026-11-30 type=84 of=stay specified_on=2026-12-10", "stayed 2026-12-03 until=2026-12-09 premises=Seaview"
    )
    assert open_duties(facts).keys() == {"annual_notification"}


def test_only_a_notification_that_says_so_reports_that_nothing_happened():
    notice = "notified 2026-11-30 type=84 of=address specified_on=2026-12-10"
    assert "advance_notice" in open_duties(registration(*KNOWN, notice, "notified 2026-12-14 type=84"))
    assert "advance_notice" not in open_duties(registration(*KNOWN, notice, "notified 2026-12-14 type=84 meets=advance_notice"))


def test_nothing_is_asked_of_what_happened_before_the_duty_began():
    facts = registration("address_changed 2026-11-01", "convicted 2026-11-20", "custody_started 2026-01-05", "custody_ended 2026-03-02")
    assert open_duties(facts).keys() == {"initial_notification"}


def test_two_notifications_taken_at_one_moment_leave_one_year_running():
    facts = registration(SINCE, "notified 2026-11-20T10:00 type=84", "notified 2026-11-20T10:00 type=84 specified_on=2026-12-10 of=name")
    assert [due.due_on for due in duties_of(facts, "annual_notification") if due.met_by is None] == [day("2027-11-20")]


def test_travel_is_checked_by_hand_on_the_reading_to_work_to():
    working = duty(registration(SINCE, "travel_planned 2026-11-20 departs=2026-12-20"), "travel").working
    assert working.by_hand[1] == "Go back 8 days: Saturday 12 December 2026"

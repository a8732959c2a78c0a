"""The worked examples of the law research, put through the questions that the rest of the program asks."""

from datetime import UTC, datetime, time, timedelta

import pytest

from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import ends_on, lawful_ends, not_allowed
from orders_app.rules.periods import DaysBeginningWith, MonthsBeginningWith
from orders_app.rules.wording import LONDON
from tests.rules.examples import LAW, UNTIL_FURTHER_ORDER, at, condition, day, duty, facts, keys, status, vectors, wrong, wrong_fields

AREA = {"area": "Croydon"}
COURT_48 = [("dvpn", "served", "court_hearing", {}), ("dapn", "served", "court_hearing", AREA)]
PRODUCTION_24 = [("dvpn", "arrested", "production", {}), ("dapn", "arrested", "production", AREA), ("dvpo", "arrested", "production", {})]


def clocks(row):
    """Which clocks of the program a worked example is about."""
    if row["hours"] == 48:
        return COURT_48
    return PRODUCTION_24 if row["bank_holidays_disregarded"] else [("nmo", "arrested", "production", {})]


HOUR_CLOCKS = [
    pytest.param(row, *clock, id=f"{row['id']}-{clock[0]}") for row in vectors("orders_vectors", "hours_clock") for clock in clocks(row)
]


@pytest.mark.parametrize(("row", "code", "starts", "key", "known"), HOUR_CLOCKS)
def test_hour_clocks(row, code, starts, key, known):
    details = " power=occupation_order" if code == "nmo" else ""
    due = duty(facts(code, f"{starts} {row['start']}{details}", **known), key)
    assert due.due_at == at(row["deadline"]), row["why"]
    assert due.act_by_at == at(row.get("safe_deadline", row["deadline"])), row["why"]


def ends_before(last_day):
    """The London midnight at which a last day ends."""
    return datetime.combine(last_day + timedelta(days=1), time(), LONDON).astimezone(UTC)


DAYS = [pytest.param(row, id=row["id"]) for row in vectors("orders_vectors", "days_beginning_with")]
MONTHS = [pytest.param(row, id=row["id"]) for row in vectors("orders_vectors", "months_beginning_with")]


@pytest.mark.parametrize("row", DAYS)
def test_days_beginning_with(row):
    last_day = DaysBeginningWith(int(row["days"])).last_day(day(row["start"]))
    assert last_day == day(row["last_day_inclusive"]), row["why"]
    assert ends_before(last_day) == at(row["ends_before"])


@pytest.mark.parametrize("row", MONTHS)
def test_months_beginning_with(row):
    last_day = MonthsBeginningWith(int(row["months"])).last_day(day(row["start"]))
    assert last_day == day(row["last_day_inclusive"]), row["why"]
    assert ends_before(last_day) == at(row["ends_before"])


LAWFUL_ENDS = [
    ("D01", "dvpo", {}, True),
    ("D02", "dvpo", {}, False),
    ("D04", "dvpo", {}, True),
    ("D06", "dvpo", {}, True),
    ("M01", "spo", {}, False),
    ("M02", "spo", {}, False),
    ("M03", "spo", {}, False),
    ("M07", "scpo", {"starts_on_release": True}, True),
    ("M08", "scpo", {}, True),
]


@pytest.mark.parametrize(("row_id", "code", "known", "is_latest"), LAWFUL_ENDS)
def test_lengths_offered_beside_the_field(row_id, code, known, is_latest):
    (row,) = [row for row in vectors("orders_vectors") if row["id"] == row_id]
    released = [f"custody_ended {row['start']}"] if known else []
    made = "2027-01-01" if released else row["start"]
    given = facts(code, f"made {made}", *released, **known)
    assert day(row["last_day_inclusive"]) in [end.on for end in lawful_ends(ORDER_TYPES[code], given, LAW) if end.is_latest is is_latest]


NOTIFICATIONS = [
    ("N01", "spo", "made 2026-04-03", "served", "initial_notification"),
    ("N03", "spo", "served 2028-01-03", "address_changed", "change_of_address"),
    ("N04", "dapo", "considered 2026-12-01", "made", "initial_notification"),
]


@pytest.mark.parametrize(("row_id", "code", "before", "starts", "key"), NOTIFICATIONS)
def test_three_days_to_notify(row_id, code, before, starts, key):
    (row,) = [row for row in vectors("orders_vectors") if row["id"] == row_id]
    assert duty(facts(code, before, f"{starts} {row['start']}"), key).due_on == day(row["last_day_inclusive"]), row["why"]


def test_r01_dvpo_of_29_days_is_refused():
    (problem,) = wrong(facts("dvpo", "made 2026-04-08", ends="2026-05-06"))
    assert problem.field == "ends_on"
    assert problem.message.startswith("28 days beginning with Wednesday 8 April 2026 ends on Tuesday 5 May 2026; 29 days is not allowed")
    assert str(problem.citation) == "Crime and Security Act 2010 s.28(10)"


def test_r03_spo_under_two_years_is_refused():
    (problem,) = wrong(facts("spo", "made 2026-11-22", ends="2028-11-20"))
    assert (problem.field, problem.citation.provision) == ("ends_on", "s.3(2)")
    assert wrong(facts("spo", "made 2026-11-22", ends="2028-11-21")) == []


def test_r04_interim_spo_ends_when_the_main_application_is_determined():
    given = facts("interim_spo", "made 2026-05-11", "determined 2026-05-29", ends="2026-06-07")
    assert ends_on(ORDER_TYPES["interim_spo"], given).on == day("2026-05-29")
    assert [status(given, on) for on in ("2026-05-28", "2026-05-29")] == ["Made, not served", "Ended"]


def test_r05_adjourning_the_main_application_does_not_extend_the_interim_order():
    given = facts("interim_spo", "made 2026-05-11", "served 2026-05-12", "adjourned 2026-06-01", ends="2026-06-07")
    assert [status(given, on) for on in ("2026-06-07", "2026-06-08")] == ["Interim in force", "Lapsed"]
    relisted = facts("interim_spo", "made 2026-05-11", "hearing_listed 2026-05-20 hearing_at=2026-06-22T10:00", ends="2026-06-07")
    assert duty(relisted, "interim_gap").due_on == day("2026-05-31")


def test_r06_dvpn_goes_on_through_an_adjournment():
    given = facts("dvpn", "served 2026-08-28T17:00+01:00", "hearing_held 2026-09-01T11:00+01:00", "adjourned 2026-09-01T11:05+01:00")
    hearing = duty(given, "court_hearing")
    assert (hearing.due_at, hearing.met_by, hearing.is_late) == (at("2026-09-01T17:00+01:00"), 2, False)
    assert status(given, "2026-09-08") == "Notice in force"
    assert ends_on(ORDER_TYPES["dvpn"], given).on is None


def test_r08_full_spo_that_replaces_an_interim_does_not_ask_for_notification_again():
    interim = facts("interim_spo", "made 2026-05-11", "served 2026-05-12", "determined 2026-05-29", ends="2026-06-07")
    full = facts("spo", "made 2026-05-29", "served 2026-06-01", replaces_interim=True, **UNTIL_FURTHER_ORDER)
    fresh = facts("spo", "made 2026-05-29", "served 2026-06-01", **UNTIL_FURTHER_ORDER)
    assert duty(interim, "initial_notification").due_on == day("2026-05-14")
    assert "initial_notification" not in keys(full)
    assert duty(fresh, "initial_notification").due_on == day("2026-06-03")
    assert "Ask for initial notification again" in [r.title for r in not_allowed(ORDER_TYPES["spo"], full, day("2026-06-02"), LAW)]


def test_r09_dapo_notification_waits_for_spo_notification_to_end():
    given = facts("dapo", "made 2026-10-01", other_notification_scheme="spo", other_notification_until=day("2028-11-21"))
    due = duty(given, "initial_notification")
    assert (due.due_on, due.act_by_on, due.late_after_on) == (day("2028-11-23"), day("2028-11-23"), day("2028-11-24"))


def test_r12_scpo_in_stages_is_capped_from_its_first_provision():
    stages = (condition(1, starts_on="2026-03-01"), condition(2, starts_on="2029-02-28"))
    given = facts("scpo", "made 2026-02-01", "served 2026-02-01", conditions=stages, ends="2031-03-01")
    assert [end.on for end in lawful_ends(ORDER_TYPES["scpo"], given, LAW)] == [day("2031-02-28")]
    assert wrong_fields(given) == ["ends_on"]
    assert [status(given, on) for on in ("2026-02-28", "2026-03-01", "2029-02-28")] == ["Starts later", "Partly in force", "In force"]


def test_r13_dapn_is_not_available_outside_the_areas_in_force():
    served = ("authorised 2026-11-22T09:00", "served 2026-11-22T10:00")
    kent = wrong(facts("dapn", *served, authorised_rank="inspector", area="Kent"))
    assert [problem.field for problem in kent] == ["area"]
    assert "Use a DVPN and a DVPO" in kent[0].message
    assert wrong(facts("dapn", *served, authorised_rank="inspector", area="Croydon")) == []
    assert wrong_fields(facts("dapn", "served 2026-11-25T10:00", area="Croydon")) == ["area"]


def test_r15_inspector_may_give_a_dapn_but_not_a_dvpn():
    given = facts("dvpn", "authorised 2026-11-22T09:00", authorised_rank="inspector")
    (problem,) = wrong(given)
    assert (problem.field, problem.citation.provision) == ("authorised_rank", "s.24(1)")
    assert wrong(facts("dvpn", "authorised 2026-11-22T09:00", authorised_rank="superintendent")) == []
    assert wrong(facts("dapn", "authorised 2026-11-22T09:00", authorised_rank="inspector", **AREA)) == []


def test_sx04_shpo_that_creates_notification_runs_from_service():
    given = facts("shpo", "made 2026-10-21", "served 2026-10-23", **UNTIL_FURTHER_ORDER)
    due = duty(given, "initial_notification")
    assert due.due_on == day("2026-10-25")
    assert ends_before(due.due_on) == at("2026-10-26T00:00:00+00:00")


def test_sx21_shpo_of_ten_years_and_its_discharge_bar():
    given = facts("shpo", "made 2026-11-20", ends="2036-11-19")
    assert wrong(given) == []
    assert duty(given, "discharge_bar").due_on == day("2031-11-19")
    assert duty(given, "discharge_bar").word == "until"
    assert MonthsBeginningWith(120).last_day(day("2026-11-20")) == day("2036-11-19")


def test_sx24_sro_notification_runs_from_service():
    due = duty(facts("sro", "made 2026-03-27", "served 2026-03-28", **UNTIL_FURTHER_ORDER), "initial_notification")
    assert due.due_on == day("2026-03-30")
    assert ends_before(due.due_on) == at("2026-03-30T23:00:00+00:00")


def test_every_worked_example_about_orders_is_used():
    here = {"R01", "R03", "R04", "R05", "R06", "R08", "R09", "R12", "R13", "R15"}
    assert {row["id"] for row in vectors("orders_vectors", "rule")} == here


def test_a_fixed_end_and_an_open_end_are_both_lawful_for_an_spo():
    assert wrong(facts("spo", "made 2026-11-22", **UNTIL_FURTHER_ORDER)) == []
    assert wrong_fields(facts("spo", "made 2026-11-22", end_kind=EndKind.EVENT)) == ["end_kind"]
    assert EventKind.VARIED in ORDER_TYPES["spo"].events

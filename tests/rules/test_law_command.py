"""`orderwatch law`: the same answers on a command line, with no database."""

import json

import pytest
from click.testing import CliRunner

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.web.cli.law import law


def ask(*words):
    return CliRunner().invoke(law, list(words))


def answer(*words):
    result = ask(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_types_lists_every_type_with_its_law():
    types = {row["code"]: row for row in answer("types")}
    assert set(types) == {*ORDER_TYPES, "registration"}
    dvpn = types["dvpn"]
    assert "Notice in force" in dvpn["states"]
    assert dvpn["limits"]["authorised_rank"]["least"] == "superintendent"
    assert {"key", "title", "period", "citation"} <= set(dvpn["duties"][0])
    assert types["scpo"]["limits"]["longest"]["period"] == "5 years beginning with the first day in force"
    assert types["dapo"]["limits"]["requirement_supervisor"]["citation"]["provision"] == "s.36(2)"


def test_types_says_which_have_not_been_checked_and_gives_every_length():
    types = {row["code"]: row for row in answer("types")}
    assert (types["fbo"]["legal_check"], types["spo"]["legal_check"]) == ("Not yet checked by legal services", "")
    assert [(row["kind"], row["period"]) for row in types["cbo"]["limits"]["lengths"] if row["age"] == "under_18"] == [
        ("shortest", "1 year beginning with the day made"),
        ("longest", "3 years beginning with the day made"),
    ]
    assert types["fbo"]["limits"]["lengths"][0]["made_under"] == ["s14a_imprisonment"]
    assert "longest" not in types["fbo"]["limits"]


def test_due_says_when_why_and_what_met_it():
    (due,) = answer("due", "dvpn", "--event", "served=2026-11-21T22:40", "--event", "hearing_held=2026-11-24T10:00")
    assert (due["key"], due["due_at"], due["is_late"]) == ("court_hearing", "2026-11-24T22:40:00+00:00", False)
    assert due["met_by"] == {"kind": "hearing_held", "on": "2026-11-24", "at": "2026-11-24T10:00:00+00:00"}
    assert due["starts"]["kind"] == "served"
    assert "leaving out Sunday 22 November" in due["because"]
    assert due["citation"]["text"] == "Crime and Security Act 2010 s.27(3)"
    assert "act_by" not in due


def test_due_gives_the_day_to_act_by_where_two_readings_differ():
    (due,) = answer("due", "dvpn", "--event", "served=2026-12-24T20:00")
    assert (due["due_at"], due["act_by"]) == ("2026-12-30T20:00:00+00:00", "2026-12-29T20:00:00+00:00")


def test_a_duty_in_days_has_a_day():
    events = ("--event", "made=2026-10-01", "--event", "hearing_listed=2026-09-01,hearing_at=2026-09-20T10:00")
    found = {due["key"]: due for due in answer("due", "dvpo", *events, "--fact", "ends_on=2026-10-28")}
    assert found["order_ends"]["due_on"] == "2026-10-28"
    assert found["hearing"]["due_at"] == "2026-09-20T10:00:00+01:00"
    assert "due_at" not in found["order_ends"]


def test_check_says_what_is_wrong():
    (problem,) = answer("check", "dvpo", "--event", "made=2026-04-08", "--fact", "stated_ends_on=2026-05-06")
    assert problem["field"] == "ends_on"
    assert problem["citation"]["provision"] == "s.28(10)"
    assert answer("check", "dvpo", "--event", "made=2026-04-08", "--fact", "stated_ends_on=2026-05-05") == []


def test_check_reads_conditions_and_every_sort_of_fact():
    facts = [
        "conditions.2.kind=requirement", "conditions.2.ends_on=2027-01-01", "end_kind=until_further_order", "area=Croydon",
        "subject_born_on=1990-01-01", "protected_born_on=2015-01-01, 1990-01-01", "starts_on_release=no", "stated_end_time=23:59",
    ]  # fmt: skip
    options = [word for fact in facts for word in ("--fact", fact)]
    found = answer("check", "dapo", "--event", "made=2026-10-01", *options)
    assert [problem["field"] for problem in found] == ["protected", "conditions.2.supervisor"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["due", "sop"], "'sop' is not an order type. Use one of: dvpn"),
        (["due", "dvpn", "--event", "served=2026-11-21"], "Enter the time it was served on Saturday 21 November 2026"),
        (["due", "dvpn", "--event", "served=2030-12-31T12:00"], "The table of bank holidays runs from"),
        (["due", "dvpn", "--event", "served"], "--event served: write it as KIND=WHEN, such as served=2026-11-21T22:40"),
        (["due", "dvpn", "--event", "sreved=2026-11-21"], "--event sreved: there is no such event. Use one of: considered"),
        (["due", "dvpn", "--event", "served=21/11/2026"], "'21/11/2026' is not a date or date-time. Write it like 2026-11-21"),
        (["due", "dvpn", "--event", "served=2026-03-29T01:30"], "2026-03-29 01:30 did not happen: the clocks went forward"),
        (["check", "dvpo", "--fact", "ends=2026-11-21"], "--fact ends: there is no such fact. Use one of: end_kind"),
        (["check", "dvpo", "--fact", "end_kind=soon"], "'soon' cannot be read. Use one of: fixed, until_further_order"),
        (["check", "dvpo", "--fact", "ends_on=2026-02-30"], "'2026-02-30' cannot be read. Write a date like 2026-04-08"),
        (["check", "dvpo", "--fact", "starts_on_release=perhaps"], "'perhaps' cannot be read. Write yes or no"),
        (["check", "dvpo", "--fact", "conditions.one.kind=requirement"], "write conditions.NUMBER.NAME"),
        (["check", "dvpo", "--fact", "conditions.1.colour=red"], "--fact conditions.1.colour: there is no such fact. Use one of: kind"),
    ],
)
def test_what_cannot_be_read_is_said_on_standard_error(words, message):
    result = ask(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr


def test_a_moment_may_carry_its_own_offset():
    (due,) = answer("due", "dvpn", "--event", "served=2026-08-28T16:00+00:00")
    assert due["due_at"] == "2026-09-01T17:00:00+01:00"


def test_due_carries_the_whole_working():
    options = [word for event in ("authorised=2026-12-24T18:00", "served=2026-12-24T20:00") for word in ("--event", event)]
    due = next(due for due in answer("due", "dvpn", *options) if due["key"] == "court_hearing")
    working = due["working"]
    assert working["left_out"][0] == {"on": "2026-12-25", "name": "Christmas Day", "until": None}
    assert [reading["answer"] for reading in working["readings"]["each"]] == [
        "Wednesday 30 December 2026, 20:00", "Tuesday 29 December 2026, 20:00",
    ]  # fmt: skip
    assert working["not_used"][0]["why"] == "The period runs from service, not from authority"
    assert working["rests_on"] == [2]
    assert working["citation"]["url"].startswith("https://www.legislation.gov.uk/")
    assert {"answer", "duty", "words", "starts", "counting", "moves", "met", "by_hand", "left_out_rule", "rule_class"} <= set(working)


def test_dates_gives_what_is_no_deadline_with_its_working():
    found = {date["key"]: date for date in answer("dates", "dvpo", "--event", "made=2026-04-08", "--fact", "ends_on=2026-05-05")}
    assert list(found) == ["in_force", "earliest_last_day", "latest_last_day", "last_day"]
    assert (found["latest_last_day"]["on"], found["last_day"]["on"]) == ("2026-05-05", "2026-05-05")
    assert found["in_force"]["working"]["citation"]["provision"] == "s.28(10)"
    waiting = answer("dates", "scpo", "--event", "made=2026-04-08", "--fact", "starts_on_release=yes")
    assert waiting[0]["on"] is None

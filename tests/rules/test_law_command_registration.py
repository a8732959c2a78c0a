"""`orderwatch law … registration`: the same answers on a command line, with no database."""

import pytest

from orders_app.rules.registrations.declaration import REGISTRATION
from tests.rules.test_law_command import answer, ask


def due(*words):
    return {row["key"]: row for row in answer("due", "registration", *words)}


def test_types_lists_registration_with_its_duties_and_periods():
    (words,) = [row for row in answer("types") if row["code"] == "registration"]
    assert words["states"] == ["Not yet registered", "Registered", "Ended"]
    assert [row["key"] for row in words["duties"]] == [duty.key for duty in REGISTRATION.duties]
    periods = {row["code"]: (row["period"], row["period_under_18"]) for row in words["periods"]}
    assert periods["caution"] == ("2 years", "1 year, half of 2 years because the person was under 18")
    assert periods["life"] == ("indefinite", "indefinite")
    assert words["breach"]["citation"]["provision"] == "s.91"


def test_due_works_from_events_alone():
    found = due("--event", "convicted=2026-02-10", "--event", "custody_started=2026-02-10", "--event", "custody_ended=2026-09-18")
    assert {key: row["due_on"] for key, row in found.items()} == {"initial_notification": "2026-09-20", "release": "2026-09-20"}
    assert found["release"]["citation"]["text"] == "Sexual Offences Act 2003 s.84(1)(d)"


def test_due_gives_the_day_to_act_by_where_two_readings_differ():
    found = due("--event", "convicted=2020-01-06", "--event", "travel_planned=2026-12-01,departs=2027-01-04T15:00")
    assert (found["travel"]["due_on"], found["travel"]["act_by"]) == ("2026-12-28", "2026-12-27")
    assert (found["travel_last_moment"]["due_at"], found["travel_last_moment"]["act_by"]) == (
        "2027-01-04T03:00:00+00:00",
        "2027-01-03T12:00:00+00:00",
    )


def test_age_and_orders_are_facts():
    caution = ("--event", "cautioned=2026-11-20", "--fact", "born_on=2009-03-01")
    assert due(*caution)["registration_ends"]["due_on"] == "2027-11-19"
    order = [word for fact in ("order_type=shpo", "begins_on=2026-11-20", "last_day=2031-11-19") for word in ("--fact", f"orders.1.{fact}")]
    assert due(*caution, *order)["registration_ends"]["due_on"] == "2031-11-19"


def test_check_says_what_is_wrong():
    (problem,) = answer("check", "registration", "--event", "convicted=2026-02-10,disposal=imprisonment")
    assert (problem["field"], problem["citation"]["provision"]) == ("term", "s.82")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--event", "stayed=2026-01-05,until=soon"], "--event stayed, until: 'soon' is not a date"),
        (["--fact", "end_kind=fixed"], "--fact end_kind: there is no such fact. Use one of: born_on"),
        (["--fact", "orders.x.begins_on=2026-01-05"], "write orders.NUMBER.NAME"),
        (["--fact", "orders.1.colour=red"], "there is no such fact. Use one of: order_type"),
        (["--fact", "born_on=1990"], "'1990' cannot be read. Write a date like 2026-04-08"),
    ],
)
def test_what_cannot_be_read_is_said_on_standard_error(words, message):
    result = ask("due", "registration", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr

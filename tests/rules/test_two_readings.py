"""Where the law can be read two ways: the earlier date is worked to, and lateness is judged by the later. Facts, dates, citation."""

import pytest

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.orders import possible_events
from tests.rules.examples import LAW, at, day, duty, facts

SPO_UNTIL = {"other_notification_scheme": "spo", "other_notification_until": day("2028-11-21")}
SOA_UNTIL = SPO_UNTIL | {"other_notification_scheme": "soa_part_2"}
HOURS = [
    # started inside a day that is left out: 00:00 of the next day that counts is safe, the time on the clock is the later reading
    ("dvpn", "served", "court_hearing", "2026-11-22T03:20", "2026-11-25T00:00", "2026-11-25T03:20", "s.27(3)"),
    ("dapn", "served", "court_hearing", "2026-11-22T03:20", "2026-11-25T00:00", "2026-11-25T03:20", "s.29(2)"),
    ("dvpo", "arrested", "production", "2026-11-22T02:00", "2026-11-24T00:00", "2026-11-24T02:00", "s.29(1)"),
    ("dvpo", "arrested", "production", "2026-08-31T10:00", "2026-09-02T00:00", "2026-09-02T10:00", "s.29(1)"),
    # Saturday 26 December may or may not be left out
    ("dvpn", "served", "court_hearing", "2026-12-24T20:00", "2026-12-29T20:00", "2026-12-30T20:00", "s.27(3)"),
    # started on that very day: both questions at once
    ("dvpn", "served", "court_hearing", "2026-12-26T20:00", "2026-12-30T20:00", "2026-12-31T20:00", "s.27(3)"),
    # one reading alone
    ("dvpn", "served", "court_hearing", "2026-11-24T09:15", "2026-11-26T09:15", "2026-11-26T09:15", "s.27(3)"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "starts", "key", "start", "act_by", "judged", "provision"), HOURS)
def test_hour_clocks(code, starts, key, start, act_by, judged, provision):
    due = duty(facts(code, f"{starts} {start}", area="Croydon"), key)
    assert (due.act_by_at, due.late_after_at, due.citation.provision) == (at(act_by), at(judged), provision)


@pytest.mark.parametrize(
    ("heard_at", "is_late", "said"),
    [
        ("2026-11-24T23:00", False, "in time, 4 h 20 min before the end on the later reading"),
        ("2026-11-25T03:20", False, "in time, at the last moment on the later reading"),
        ("2026-11-25T03:21", True, "late, 1 min after the end on the later reading"),
    ],
)
def test_a_hearing_is_late_only_by_the_later_reading(heard_at, is_late, said):
    due = duty(facts("dvpn", "served 2026-11-22T03:20", f"hearing_held {heard_at}"), "court_hearing")
    assert due.is_late is is_late
    assert said in due.working.met


DAYS = [
    ("dapo", ("made 2026-10-01",), SPO_UNTIL, "initial_notification", "2028-11-23", "2028-11-24", "s.41(2)"),
    ("dapo", ("made 2026-10-01",), {}, "initial_notification", "2026-10-03", "2026-10-03", "s.41(2)"),
    ("spo", ("served 2026-10-01",), SOA_UNTIL, "initial_notification", "2028-11-23", "2028-11-23", "s.9(1)"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "key", "act_by", "judged", "provision"), DAYS)
def test_notification_that_revives(code, events, known, key, act_by, judged, provision):
    due = duty(facts(code, *events, area="Croydon", **known), key)
    assert (due.act_by_on, due.late_after_on, due.citation.provision) == (day(act_by), day(judged), provision)


@pytest.mark.parametrize(("notified_on", "is_late"), [("2028-11-23", False), ("2028-11-24", False), ("2028-11-25", True)])
def test_a_revived_notification_is_late_only_by_the_later_reading(notified_on, is_late):
    given = facts("dapo", "made 2026-10-01", f"notified {notified_on}", area="Croydon", **SPO_UNTIL)
    assert duty(given, "initial_notification").is_late is is_late


def test_both_readings_are_shown_with_what_they_differ_about():
    working = duty(facts("dapo", "made 2026-10-01", area="Croydon", **SPO_UNTIL), "initial_notification").working
    assert [(reading.name, reading.answer, reading.use) for reading in working.readings.each] == [
        ("Counted from Wednesday 22 November 2028", "Friday 24 November 2028, 24:00", "Lateness is judged by this one"),
        ("Counted from Tuesday 21 November 2028", "Thursday 23 November 2028, 24:00", "Work to this one"),
    ]
    assert "the last day of the other duty or the day after it" in working.readings.about[0]


LISTED = "hearing_listed 2026-11-21 hearing_at=2026-11-23T10:00"
ARREST = ("authorised 2026-11-20T18:00", "served 2026-11-20T20:00", "arrested 2026-11-21T15:00")


@pytest.mark.parametrize(
    ("code", "listed", "act_by"),
    [
        ("dvpn", LISTED, "2026-11-23T10:00"),
        ("dapn", LISTED, "2026-11-23T10:00"),
        ("dvpn", "hearing_listed 2026-11-21 hearing_at=2026-11-23T16:00", "2026-11-23T15:00"),
        ("dvpn", "hearing_listed 2026-11-21 hearing_at=2026-11-23", "2026-11-23T15:00"),
        ("dvpn", "hearing_listed 2026-11-20 hearing_at=2026-11-21T10:00", "2026-11-23T15:00"),
        ("dvpo", LISTED, "2026-11-23T15:00"),
    ],
)
def test_production_is_by_the_hearing_where_that_is_earlier_and_judged_by_the_24_hours(code, listed, act_by):
    due = duty(facts(code, *ARREST, listed, area="Croydon"), "production")
    assert (due.act_by_at, due.late_after_at) == (at(act_by), at("2026-11-23T15:00"))


def test_the_earlier_hearing_is_shown_and_producing_the_person_at_it_is_not_late():
    due = duty(facts("dvpn", *ARREST, LISTED, "produced 2026-11-23T10:20"), "production")
    assert not due.is_late
    assert due.working.answer == "Before Monday 23 November 2026, 10:00"
    assert [reading.use for reading in due.working.readings.each] == ["Lateness is judged by this one", "Work to this one"]
    assert "listed for Monday 23 November 2026, 10:00, which comes first" in due.working.readings.about[0]


@pytest.mark.parametrize(("on", "is_offered"), [("2026-11-24", False), ("2026-11-25", True)])
def test_nobody_says_that_time_ran_out_before_the_later_reading_has(on, is_offered):
    given = facts("dvpn", "authorised 2026-11-22T02:00", "served 2026-11-22T03:20")
    assert ("lapsed" in possible_events(ORDER_TYPES["dvpn"], given, day(on), LAW)) is is_offered

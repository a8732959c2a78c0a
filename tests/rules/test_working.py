"""'Why this date?': a reader who never saw the Act can follow it from event to deadline."""

import pytest

from orders_app.rules.readings import Readings
from tests.rules.examples import UNTIL_FURTHER_ORDER, duties, duty, facts


def left_out(counting):
    return [line.when for line in counting if line.is_left_out]


def test_a_notice_served_on_saturday_night():
    given = facts("dvpn", "arrested 2026-11-21T17:20", "authorised 2026-11-21T20:15", "served 2026-11-21T22:40")
    due = duty(given, "court_hearing")
    working = due.working
    assert working.answer == "By Tuesday 24 November 2026, 22:40"
    assert working.duty == "The application must be heard by the magistrates’ court not later than 48 hours after the notice was served"
    assert working.words == "48 hours after the notice was served"
    assert working.starts == "Saturday 21 November 2026, 22:40: the notice was served"
    assert working.left_out_words == "Sunday 22 November"
    assert [(unused.what, unused.why) for unused in working.not_used] == [
        ("Arrested Saturday 21 November 2026, 17:20", "The period runs from service, not from the arrest"),
        ("Authorised Saturday 21 November 2026, 20:15", "The period runs from service, not from authority"),
    ]
    assert working.rests_on == (3,)
    assert working.readings == Readings()
    assert working.met == "Nothing recorded meets it yet. What would: application granted, application refused, determined or hearing held"
    assert str(working.left_out_citation) == "Crime and Security Act 2010 s.27(4)"
    assert working.citation.url == "https://www.legislation.gov.uk/ukpga/2010/17/section/27"
    assert working.moves == (
        "A bank holiday appointed by proclamation inside the period would put it off by that day",
        "Nothing else: the Act gives no extension. If the court adjourns, the notice goes on until the application is decided, s.27(9)",
    )
    assert working.by_hand == (
        "Write down the start: Saturday 21 November 2026, 22:40",
        "Strike out Christmas Day, Good Friday, every Sunday and every bank holiday in England and Wales: here Sunday 22 November",
        "Count the hours of the days that are left: 1 h 20 min on Saturday 21 November, 24 h on Monday 23 November and 22 h 40 min on "
        "Tuesday 24 November. Together 48 h",
        "The last of them ends on Tuesday 24 November 2026, 22:40",
        "The clocks do not change between the two, so no hour is lost or gained",
    )
    assert due.because == (
        "48 hours after the notice was served, Saturday 21 November 2026, 22:40, leaving out Sunday 22 November "
        "(Crime and Security Act 2010 s.27(3))"
    )


def test_both_readings_are_shown_where_the_law_is_unsettled():
    working = duty(facts("dvpn", "served 2026-12-24T20:00"), "court_hearing").working
    assert working.answer == "By Tuesday 29 December 2026, 20:00"
    assert working.readings.about == (
        "Saturday 26 December may or may not be a day to leave out (26 December, bank holiday by Schedule 1). If it is left out, the "
        "time runs to Wednesday 30 December 2026, 20:00; if it counts, to Tuesday 29 December 2026, 20:00. Act by the earlier: it is "
        "in time on either reading.",
    )
    judged, safe = working.readings.each
    assert (judged.name, judged.answer, judged.use) == (
        "Saturday 26 December left out", "Wednesday 30 December 2026, 20:00", "Lateness is judged by this one",
    )  # fmt: skip
    assert (safe.name, safe.answer, safe.use) == ("Saturday 26 December counted", "Tuesday 29 December 2026, 20:00", "Work to this one")
    assert left_out(judged.counting) == ["Friday 25 December", "Saturday 26 December", "Sunday 27 December", "Monday 28 December"]
    assert left_out(safe.counting) == ["Friday 25 December", "Sunday 27 December", "Monday 28 December"]


def test_a_start_inside_a_left_out_day_has_a_later_reading_too():
    working = duty(facts("dvpn", "served 2026-11-22T03:20"), "court_hearing").working
    assert working.answer == "By Wednesday 25 November 2026, 00:00 (24:00 Tuesday)"
    kept, worked_to = working.readings.each
    assert (kept.answer, kept.use) == ("Wednesday 25 November 2026, 03:20", "Lateness is judged by this one")
    assert (worked_to.answer, worked_to.use) == ("Wednesday 25 November 2026, 00:00 (24:00 Tuesday)", "Work to this one")
    assert [line.hours for line in kept.counting] == ["03:20 to 24:00", "03:20 to 24:00", "00:00 to 24:00", "00:00 to 03:20"]
    assert "Orderwatch starts it at 00:00 on Monday 23 November" in working.readings.about[0]


def test_a_start_on_a_day_that_is_itself_unsure_has_three_readings():
    working = duty(facts("dvpn", "served 2026-12-26T20:00"), "court_hearing").working
    assert [(reading.answer, reading.use) for reading in working.readings.each] == [
        ("Thursday 31 December 2026, 20:00", "Lateness is judged by this one"),
        ("Thursday 31 December 2026, 00:00 (24:00 Wednesday)", "Neither worked to nor judged by"),
        ("Wednesday 30 December 2026, 20:00", "Work to this one"),
    ]


def test_a_later_reading_that_runs_past_the_table_is_not_guessed():
    assert duty(facts("dvpn", "served 2030-12-29T10:00"), "court_hearing").working.readings == Readings()


def test_days_left_out_are_named():
    easter = duty(facts("dvpn", "served 2026-04-02T16:00"), "court_hearing").working
    assert easter.left_out_words == "Friday 3 April (Good Friday), Sunday 5 April and Monday 6 April (Easter Monday, bank holiday)"
    none = duty(facts("dvpn", "served 2026-11-24T09:15"), "court_hearing").working
    assert none.left_out_words.startswith("None fall in this period. Left out are Christmas Day, Good Friday, every Sunday and every bank")
    family = duty(facts("nmo", "made 2026-08-01", "arrested 2026-08-31T10:00 power=occupation_order"), "production").working
    assert family.left_out_words.endswith("Christmas Day, Good Friday and every Sunday. Saturdays and bank holidays count")


def test_a_count_of_days_runs_through_everything():
    working = duty(facts("spo", "made 2026-10-01", "served 2026-11-17", **UNTIL_FURTHER_ORDER), "initial_notification").working
    assert working.answer == "By Thursday 19 November 2026, 24:00"
    assert working.left_out_words == "None. A period of days runs through Sundays and bank holidays"
    assert [line.what for line in working.counting] == ["day 1", "day 2", "day 3, ends at 24:00"]
    assert [unused.why for unused in working.not_used] == ["The period runs from service, not from the making of the order"]
    assert working.by_hand == (
        "Find Tuesday 17 November 2026 in a calendar. It is day 1",
        "Count every day, Saturdays, Sundays and bank holidays too, up to day 3: Thursday 19 November 2026",
        "Thursday 19 November 2026 ends at midnight, written 24:00",
    )


def test_a_date_counted_back_from_the_end_names_the_event_behind_it():
    working = duty(facts("spo", "made 2026-10-02", ends="2029-10-01"), "expiry_decision").working
    assert working.words == "12 weeks before the end of the order"
    assert working.starts == "Monday 1 October 2029: the end of the order. Recorded: Made Friday 2 October 2026"
    assert working.rule_class == "policy"


def test_a_date_that_is_simply_stated():
    end = duty(facts("dvpo", "made 2026-11-10", ends="2026-12-07"), "order_ends")
    assert end.working.answer == "Until Monday 7 December 2026, 24:00"
    assert end.because == "The end of the order, Monday 7 December 2026 (Crime and Security Act 2010 s.28(10))"
    hearing = duty(facts("dvpn", "hearing_listed 2026-11-22 hearing_at=2026-11-23T10:00"), "hearing")
    assert hearing.working.answer == "At Monday 23 November 2026, 10:00"
    assert end.working.left_out_words == "None. The date is stated, and nothing is counted"
    assert end.working.by_hand == ("Read the date from what was recorded. Nothing is counted",)
    assert end.working.met == "Nothing: this date passes by itself"


@pytest.mark.parametrize(
    ("event", "said", "late"),
    [
        ("hearing_held 2026-11-24T10:00", "Hearing held Tuesday 24 November 2026, 10:00: in time, 12 h 40 min before the end", False),
        ("hearing_held 2026-11-24T22:40", "Hearing held Tuesday 24 November 2026, 22:40: in time, at the last moment", False),
        ("hearing_held 2026-11-24T23:15", "Hearing held Tuesday 24 November 2026, 23:15: late, 35 min after the end", True),
        ("hearing_held 2026-11-25", "Hearing held Wednesday 25 November 2026: late by 1 day", True),
        ("hearing_held 2026-11-24", "Hearing held Tuesday 24 November 2026: in time, on the last day", False),
    ],
)
def test_what_met_it_says_by_how_much(event, said, late):
    heard = duty(facts("dvpn", "served 2026-11-21T22:40", event), "court_hearing")
    assert (heard.working.met, heard.is_late) == (said, late)


def test_the_last_moment_is_too_late_where_the_act_says_before():
    produced = duty(facts("dvpo", "made 2026-11-20", "arrested 2026-11-23T10:00", "produced 2026-11-24T10:00"), "production")
    assert produced.is_late
    assert produced.working.met == "Produced Tuesday 24 November 2026, 10:00: late: the time must end before this very minute"


def test_a_hearing_that_began_after_its_time_in_the_list_is_not_late():
    listed = "hearing_listed 2026-11-22 hearing_at=2026-11-23T10:00"
    hearing = duty(facts("dvpn", "served 2026-11-21T22:40", listed, "hearing_held 2026-11-23T11:25"), "hearing")
    assert (hearing.is_late, hearing.working.met) == (False, "Hearing held Monday 23 November 2026, 11:25")


def test_each_arrest_has_a_clock_of_its_own_and_what_came_too_early_is_said():
    given = facts("dvpo", "made 2026-11-02", "arrested 2026-11-10T10:00", "produced 2026-11-11T09:00", "arrested 2026-11-17T08:00")
    first, second = [due for due in duties(given) if due.key == "production"]
    assert [unused.why for unused in first.working.not_used] == [
        "The period runs from the arrest, not from the making of the order", "It has a clock of its own",
    ]  # fmt: skip
    assert "It was before the time of the arrest, so it does not meet this duty" in [unused.why for unused in second.working.not_used]


def test_a_clock_that_crosses_a_change_of_clocks_says_why_the_time_stays():
    working = duty(facts("dvpn", "served 2026-03-27T16:00"), "court_hearing").working
    assert working.answer == "By Monday 30 March 2026, 16:00"
    assert working.by_hand[-1].startswith("The clocks change in the night before a Sunday in between, which is left out")


@pytest.mark.parametrize(
    ("given", "key", "steps"),
    [
        (
            facts("spo", "made 2026-10-02", ends="2029-10-01"), "discharge_bar",
            (
                "Find Friday 2 October 2026, and the same date 2 years on", "The day before it is the last day",
                "That is Sunday 1 October 2028",
            ),
        ),
        (
            facts("spo", "made 2026-10-02", ends="2029-10-01"), "expiry_decision",
            ("Find Monday 1 October 2029", "Go back 12 weeks to the same day of the week: Monday 9 July 2029"),
        ),
        (
            facts("scpo", "made 2026-10-02", ends="2031-10-01"), "expiry_decision",
            ("Find Wednesday 1 October 2031", "Go back 9 months to the same date of the month", "Wednesday 1 January 2031 ends"),
        ),
        (
            facts("interim_spo", "made 2026-10-02", ends="2026-12-01"), "expiry_warning",
            ("Find Tuesday 1 December 2026", "Go back 7 days: Tuesday 24 November 2026"),
        ),
        (
            facts("dvpo", "made 2026-10-02", ends="2026-10-29"), "victim_contact",
            ("Find Friday 2 October 2026 in a calendar. It does not count. The day after it is day 1", "to day 2: Sunday 4 October 2026"),
        ),
        (
            facts("spo", "made 2026-08-31", **UNTIL_FURTHER_ORDER), "compliance_check",
            ("Find Monday 31 August 2026, and the same date 1 month on", "It is itself the last day", "is Wednesday 30 September 2026"),
        ),
    ],
)  # fmt: skip
def test_every_way_of_counting_can_be_checked_by_hand(given, key, steps):
    by_hand = duty(given, key).working.by_hand
    missing = [step for step in steps if not any(step in said for said in by_hand)]
    assert missing == [], by_hand

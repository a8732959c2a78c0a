"""'Why this date?': a reader who never saw the Act can follow it from event to deadline."""

from tests.rules.examples import UNTIL_FURTHER_ORDER, duty, facts


def test_a_notice_served_on_saturday_night():
    given = facts("dvpn", "arrested 2026-11-21T17:20", "authorised 2026-11-21T20:15", "served 2026-11-21T22:40")
    due = duty(given, "court_hearing")
    working = due.working
    assert working.answer == "By Tuesday 24 November 2026, 22:40"
    assert working.duty == "The application must be heard by the magistrates’ court not later than 48 hours after the notice was served"
    assert working.words == "48 hours after the notice was served"
    assert working.starts == "Saturday 21 November 2026, 22:40: the notice was served"
    assert working.left_out_words == "Sunday 22 November"
    assert working.not_used == ("Arrested Saturday 21 November 2026, 17:20", "Authorised Saturday 21 November 2026, 20:15")
    assert (working.second_reading, working.safe_counting) == ("", ())
    assert str(working.left_out_citation) == "Crime and Security Act 2010 s.27(4)"
    assert working.citation.url == "https://www.legislation.gov.uk/ukpga/2010/17/section/27"
    assert "the notice goes on until the application is decided" in working.moves
    assert due.because == (
        "48 hours after the notice was served, Saturday 21 November 2026, 22:40, leaving out Sunday 22 November "
        "(Crime and Security Act 2010 s.27(3))"
    )


def test_both_readings_are_shown_where_the_law_is_unsettled():
    working = duty(facts("dvpn", "served 2026-12-24T20:00"), "court_hearing").working
    assert working.answer == "By Tuesday 29 December 2026, 20:00"
    assert working.second_reading == (
        "The law can be read two ways about Saturday 26 December (26 December, bank holiday by Schedule 1). If left out, the time "
        "runs to Wednesday 30 December 2026, 20:00; if counted, to Tuesday 29 December 2026, 20:00. Act by the earlier: it is in "
        "time on either reading."
    )
    assert [line.when for line in working.counting if line.is_left_out] == [
        "Friday 25 December", "Saturday 26 December", "Sunday 27 December", "Monday 28 December",
    ]  # fmt: skip
    assert [line.when for line in working.safe_counting if line.is_left_out] == [
        "Friday 25 December",
        "Sunday 27 December",
        "Monday 28 December",
    ]


def test_a_start_inside_a_left_out_day_is_explained():
    working = duty(facts("dvpn", "served 2026-11-22T03:20"), "court_hearing").working
    assert working.answer == "By Wednesday 25 November 2026, 00:00 (24:00 Tuesday)"
    assert working.second_reading == (
        "The clock would start inside a day that is left out, so it starts at 00:00 on Monday 23 November. "
        "The Act can also be read to keep the clock time; this is the earlier reading."
    )


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
    assert working.not_used == ("Made Thursday 1 October 2026",)


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

"""The beginning and the end of a registration and the day of a review, with their working."""

import pytest

from orders_app.rules.registrations.dates import registration_dates_explained
from orders_app.rules.registrations.status import status_on
from orders_app.rules.registrations.status_history import status_history
from tests.rules.examples import day
from tests.rules.registration_examples import LONG, ends, registration, shpo

TODAY = day("2026-11-22")
CONVICTED = "convicted 2024-03-04 disposal=imprisonment term_months=18"


def explained(*events, **known):
    return {date.key: date for date in registration_dates_explained(registration(*events, **known), TODAY)}


def test_the_end_shows_the_row_the_count_and_that_custody_does_not_stop_it():
    last = explained(CONVICTED, "custody_started 2024-03-04", "custody_ended 2024-12-04")["last_day"]
    assert (last.on, last.working.answer) == (day("2034-03-03"), "Friday 3 March 2034, 24:00")
    assert last.working.words == "Imprisonment for more than 6 months and less than 30 months (18 months): 10 years"
    assert [line.when for line in last.working.counting] == ["Monday 4 March 2024", "Saturday 4 March 2034", "Friday 3 March 2034"]
    assert "does not stop the notification period" in last.working.left_out_rule
    assert last.working.rests_on == (1,)
    assert last.working.by_hand[-1] == "Friday 3 March 2034 ends at midnight, written 24:00"


def test_the_end_rests_on_a_sentence_passed_later_and_on_what_ended_it():
    events = ("convicted 2024-03-04", "sentenced 2024-05-06 disposal=other", "ended 2025-01-06 reason=quashed")
    last = explained(*events)["last_day"]
    assert (last.title, last.on, last.working.rests_on) == ("Registration ended", day("2025-01-06"), (3, 1, 2))
    assert last.working.counting[-1].what == "ended before that"


def test_an_order_that_carries_it_on_is_named_only_to_who_may_know_of_it():
    named = explained(CONVICTED, orders=(shpo("2024-03-04", "2036-03-03"),))["last_day"].working
    assert "SHPO-2026-0001 made: the person remains subject" in named.counting[-1].what
    assert named.by_hand[-1] == "Put the last day of SHPO-2026-0001 beside it, and take the later"
    hidden = shpo("2024-03-04", "2036-03-03")
    hidden = type(hidden)(hidden.order_type, hidden.begins_on, hidden.last_day, hidden.reference, is_named=False)
    unnamed = explained(CONVICTED, orders=(hidden,))["last_day"].working
    assert "SHPO" not in str(unnamed)
    assert "a prevention order made" in unnamed.counting[-1].what


def test_half_a_period_a_foreign_notice_and_an_open_one_say_so():
    assert explained("cautioned 2026-11-20", born="2009-03-01")["last_day"].working.words.endswith(
        "half of 2 years because the person was under 18"
    )
    notice = explained("notice_given 2026-11-20 relevant_on=2024-05-07 disposal=other")["last_day"].working
    assert notice.starts == "Tuesday 7 May 2024: the relevant date, the day of the conviction, finding or caution abroad"
    assert explained("convicted 2026-11-20")["last_day"].working.words == "Not known: what the court did is not recorded"
    served = explained("served 2026-11-20", orders=(shpo("2026-11-18", "2031-11-17"),))["last_day"].working
    assert served.words == "As long as the order has effect"


def test_the_day_of_a_review_shows_its_steps_and_what_stands_in_the_way():
    events = (f"convicted 2006-03-06 {LONG}", "notified 2011-03-08")
    review = explained(*events, orders=(shpo("2006-03-06"),))["review_from"]
    assert (review.on, review.working.answer) == (day("2026-03-08"), "From Sunday 8 March 2026")
    assert review.working.moves[0] == "No application may be made while SHPO-2026-0001 has effect"
    assert [line.when for line in review.working.counting][-1] == "Sunday 8 March 2026"
    assert explained(f"convicted 2006-03-06 {LONG}")["review_from"].working.answer == "Not known"
    assert "review_from" not in explained(CONVICTED)


def test_nothing_recorded_has_no_dates():
    assert explained() == {}


def test_the_beginning_rests_on_the_first_that_made_the_person_notify():
    since = explained("convicted 2024-03-04 disposal=other", "cautioned 2025-02-03")["registered_from"]
    assert (since.on, since.working.rests_on, str(since.working.citation)) == (day("2024-03-04"), (1,), "Sexual Offences Act 2003 s.80")
    served = explained("served 2026-11-20", orders=(shpo("2026-11-18", "2031-11-17"),))["registered_from"].working
    assert served.words == "The relevant date, the day the order was served"


def test_a_conditional_discharge_counts_from_its_own_day():
    last = explained("convicted 2026-02-10", "sentenced 2026-03-20 disposal=conditional_discharge term_months=12")["last_day"]
    assert (last.on, last.working.starts) == (day("2027-03-19"), "Friday 20 March 2026: the day of the discharge")
    assert last.working.counting[0].when == "Friday 20 March 2026"
    assert last.working.by_hand[0] == "Find Friday 20 March 2026, and the same date 1 year on"


@pytest.mark.parametrize(
    ("facts", "on", "said"),
    [
        ((f"convicted 2026-02-10 {LONG}",), None, "30 months or more"),
        (("convicted 2026-02-10",), None, "what the court did is not recorded"),
        (("convicted 2026-02-10", "sentenced 2026-03-20 disposal=other"), "2031-02-09", "5 years"),
        (("cautioned 2026-11-20", "ended 2026-12-01"), "2026-12-01", "Cautioned: 2 years"),
    ],
)
def test_the_end_explained_is_the_end_that_is_kept(facts, on, said):
    last = explained(*facts)["last_day"]
    assert last.on == (day(on) if on else None) == ends(registration(*facts)).ends.on
    assert said in last.working.words
    assert last.working.citation.url


def test_nothing_is_explained_before_anything_makes_the_person_notify():
    assert explained("notified 2026-02-10") == {}


def test_the_states_over_time_are_what_the_status_says():
    facts = registration("cautioned 2026-11-20", "ended 2027-05-01")
    assert [(state.on, state.status.value) for state in status_history(facts)] == [
        (day("2026-11-20"), "Registered"), (day("2027-05-01"), "Ended"),
    ]  # fmt: skip
    assert all(status_on(facts, state.on) is state.status for state in status_history(facts))
    assert status_history(registration("notified 2026-02-10")) == []

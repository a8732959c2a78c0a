"""From when and until when somebody is registered, with the reasoning."""

import pytest

from orders_app.rules.registrations.explained_dates import registration_dates_explained
from orders_app.rules.registrations.status import status_on
from orders_app.rules.registrations.status_history import status_history
from tests.rules.examples import day
from tests.rules.registration_examples import LONG, ends, registration, shpo


def lasts(facts):
    return next(date for date in registration_dates_explained(facts) if date.key == "registration_lasts")


def test_a_period_is_counted_from_the_relevant_date():
    date = lasts(registration("convicted 2026-02-10 disposal=imprisonment term_months=20"))
    assert date.on == day("2036-02-09")
    assert date.working.duty == "Imprisonment for more than 6 months and less than 30 months: 10 years"
    assert date.working.starts == "Tuesday 10 February 2026: the relevant date"
    assert [line.what for line in date.working.counting][-1] == "the last day, ends at 24:00"
    assert date.working.by_hand[0] == "Find Tuesday 10 February 2026, and the same date 10 years on"
    assert str(date.working.citation) == "Sexual Offences Act 2003 s.82"


def test_a_later_sentence_is_one_of_the_facts_it_rests_on():
    date = lasts(registration("convicted 2026-02-10", "sentenced 2026-03-20 disposal=other"))
    assert (date.on, date.working.rests_on) == (day("2031-02-09"), (1, 2))


def test_a_conditional_discharge_counts_from_its_own_day():
    date = lasts(registration("convicted 2026-02-10", "sentenced 2026-03-20 disposal=conditional_discharge term_months=12"))
    assert (date.on, date.working.starts) == (day("2027-03-19"), "Friday 20 March 2026: the day of the discharge")


@pytest.mark.parametrize(
    ("facts", "on", "rule"),
    [
        (registration(f"convicted 2026-02-10 {LONG}"), None, "Imprisonment for 30 months or more: indefinite"),
        (registration("convicted 2026-02-10"), None, "How long depends on what the court did, which is not recorded yet"),
        (registration("cautioned 2026-11-20", orders=(shpo("2026-11-20", "2031-11-19"),)), "2031-11-19",
         "One who is registered when a prevention order is made remains so for as long as the order has effect"),
        (registration("cautioned 2026-11-20", "ended 2026-12-01"), "2026-12-01", "It ended early, on the day of what ended it"),
        (registration("cautioned 2026-11-20", born="2009-03-01"), "2027-11-19",
         "Cautioned: 1 year, half of 2 years because the person was under 18"),
    ],
)  # fmt: skip
def test_every_way_it_lasts_is_explained(facts, on, rule):
    date = lasts(facts)
    assert (date.on, date.working.duty) == (day(on) if on else None, rule)
    assert date.on == ends(facts).ends.on
    assert date.working.citation.url


def test_nothing_is_explained_before_anything_makes_the_person_notify():
    assert registration_dates_explained(registration("notified 2026-02-10")) == []


def test_the_states_over_time_are_what_the_status_says():
    facts = registration("cautioned 2026-11-20", "ended 2027-05-01")
    assert [(state.on, state.status.value) for state in status_history(facts)] == [
        (day("2026-11-20"), "Registered"), (day("2027-05-01"), "Ended"),
    ]  # fmt: skip
    assert all(status_on(facts, state.on) is state.status for state in status_history(facts))
    assert status_history(registration("notified 2026-02-10")) == []

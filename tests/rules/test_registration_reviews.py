"""Review of an indefinite period: who may apply, from when, and what is offered."""

import pytest

from orders_app.rules.facts import EventKind as E
from orders_app.rules.registrations.offers import not_allowed, possible_events
from orders_app.rules.registrations.reviews import review_position
from tests.rules.examples import LAW, day
from tests.rules.registration_examples import LONG, registration, shpo

ON = day("2026-11-22")
JAILED = ("custody_started 2006-03-06", "custody_ended 2011-03-07")
INDEFINITE = (f"convicted 2006-03-06 {LONG}", *JAILED, "notified 2011-03-08 type=84")
ADULT = "1970-01-01"


def from_on(*events, **known):
    return review_position(registration(*events, **known), ON).from_on


@pytest.mark.parametrize(
    ("events", "born", "expected"),
    [
        (INDEFINITE, ADULT, "2026-03-08"),
        (INDEFINITE, "", "2026-03-08"),
        (INDEFINITE, "1989-03-06", "2019-03-08"),  # 17 on the day of conviction
        ((f"convicted 2006-03-06 {LONG}", "notified 2006-03-07 type=83", *JAILED, "notified 2011-03-08 type=84"), ADULT, "2026-03-08"),
        ((f"convicted 2006-03-06 {LONG}", "notified 2006-03-07 type=83"), ADULT, "2021-03-07"),  # nobody was kept in
        ((*INDEFINITE, "review_refused 2026-05-11"), ADULT, "2034-05-11"),
        ((*INDEFINITE, "review_refused 2026-05-11 next_from=2041-05-11"), ADULT, "2041-05-11"),
        ((f"convicted 2006-03-06 {LONG}", *JAILED), ADULT, None),
    ],
)
def test_the_first_day_on_which_an_application_may_be_made(events, born, expected):
    assert from_on(*events, born=born) == (day(expected) if expected else None)


def test_there_is_nothing_to_review_in_a_period_with_an_end_or_after_it():
    assert review_position(registration("convicted 2020-03-02 disposal=other", "notified 2020-03-02"), ON) is None
    assert review_position(registration(*INDEFINITE, "review_granted 2026-05-11"), ON) is None


@pytest.mark.parametrize(("order", "may_apply"), [(shpo("2006-03-06"), False), (shpo("2006-03-06", "2026-11-21"), True)])
def test_nobody_under_a_prevention_order_may_apply(order, may_apply):
    facts = registration(*INDEFINITE, born=ADULT, orders=(order,))
    assert review_position(facts, ON).may_apply_on(ON) is may_apply
    assert (E.REVIEW_APPLIED in possible_events(facts, ON, LAW)) is may_apply
    said = {refusal.title: refusal.why for refusal in not_allowed(facts, ON, LAW)}
    assert said.get("Apply for a review") == (None if may_apply else "Not while SHPO-2026-0001 has effect.")


def test_before_the_day_the_reason_stands_where_the_button_would_have_been():
    facts = registration(f"convicted 2016-03-07 {LONG}", "notified 2016-03-08 type=83", born=ADULT)
    refusal = next(refusal for refusal in not_allowed(facts, ON, LAW) if refusal.title == "Apply for a review")
    assert refusal.why == (
        "Not before Saturday 8 March 2031. The day after 15 years beginning with the first notification after release, "
        "Tuesday 8 March 2016: 18 or over on the relevant date."
    )
    assert str(refusal.citation) == "Sexual Offences Act 2003 s.91B(2)"
    fixed = registration("convicted 2024-03-04 disposal=other")
    assert not_allowed(fixed, ON, LAW)[0].why == "The period has an end of its own. Only an indefinite period is reviewed."


def test_the_steps_shown_end_with_the_day_itself():
    assert [line.when for line in review_position(registration(*INDEFINITE, born=ADULT), ON).counting][-1] == "Sunday 8 March 2026"


def test_the_steps_of_a_review_are_offered_while_one_waits_for_its_decision():
    steps = {E.REVIEW_ACKNOWLEDGED, E.BODIES_TOLD, E.REVIEW_REFUSED, E.REVIEW_GRANTED}
    applied = (*INDEFINITE, "review_applied 2026-05-11")
    assert steps & set(possible_events(registration(*INDEFINITE), ON, LAW)) == set()
    assert steps <= set(possible_events(registration(*applied), ON, LAW))
    assert steps & set(possible_events(registration(*applied, "review_refused 2026-06-01"), ON, LAW)) == set()


def test_a_registration_that_has_ended_takes_little_more():
    ended = registration("cautioned 2020-03-02")
    assert E.BREACH_REPORTED in possible_events(ended, ON, LAW)
    assert {E.ADDRESS_CHANGED, E.TRAVEL_PLANNED, E.CONVICTED} & set(possible_events(ended, ON, LAW)) == set()
    assert "End the registration early" not in [refusal.title for refusal in not_allowed(ended, ON, LAW)]


def test_only_a_notice_can_be_cancelled():
    notice = registration("notice_given 2026-03-02 relevant_on=2025-01-06 disposal=other")
    assert E.NOTICE_CANCELLED in possible_events(notice, ON, LAW)
    assert E.NOTICE_CANCELLED not in possible_events(registration("cautioned 2026-03-02"), ON, LAW)

"""What may not be recorded, beside which field, and the section."""

import pytest

from orders_app.rules.registrations.problems import problems
from tests.rules.registration_examples import LONG, registration, shpo

SINCE = "convicted 2020-01-06"
WRONG = [
    (["made 2026-01-05", SINCE], "made_on", "s.80", "cannot be recorded as made"),
    (["notified 2026-01-05"], "basis", "s.80", "that makes the person notify"),
    (["convicted 2020-01-06 disposal=prison"], "disposal", "s.82", "'prison' is none of: life"),
    (["convicted 2020-01-06 disposal=imprisonment"], "term", "s.82", "Enter how long the sentence is"),
    (["convicted 2020-01-06 disposal=imprisonment term_months=six"], "term", "s.82", "whole years, months and days"),
    (["convicted 2020-01-06 disposal=conditional_discharge"], "term", "s.82", "Enter how long the discharge is"),
    (["convicted 2020-01-06 disposal=conditional_discharge term_months=37"], "term", "s.80(3)", "3 years at most"),
    (["convicted 2020-01-06 disposal=absolute_discharge"], "disposal", "s.134", "Nobody has to notify"),
    ([SINCE, "sentenced 2020-01-05 disposal=other"], "sentenced_on", "s.82", "before the conviction or finding"),
    ([SINCE, "notified 2020-01-05"], "notified_on", "s.80", "before Monday 6 January 2020"),
    ([SINCE, "address_changed 2020-01-05"], "address_changed_on", "s.80", "from when the person had to notify"),
    ([SINCE, "notified 2026-01-05 type=86"], "type", "s.83 to s.85", "83, 84 or 85"),
    ([SINCE, "notified 2026-01-05 specified_on=2026-01-04"], "specified_on", "s.84(2)", "a day to come"),
    ([SINCE, "notified 2026-01-05 specified_on=2026-01-06 of=car"], "of", "s.84(2)", "a name, an address or a stay"),
    ([SINCE, "notified 2026-01-05 resets_annual=no"], "resets_reason", "s.85(2)", "Enter why"),
    ([SINCE, "stayed 2026-01-05 until=2026-01-04"], "until", "s.84(1)(c), (6)", "Enter Monday 5 January 2026 or later"),
    ([SINCE, "travel_planned 2026-01-05"], "departs", "reg. 5", "Enter the day of departure"),
    ([SINCE, "travel_planned 2026-01-05 departs=2026-02-01 returns_on=2026-01-31"], "returns_on", "reg. 5", "before the departure"),
    ([SINCE, "review_applied 2026-01-05"], "review_applied_on", "s.91A(2)", "Only an indefinite period"),
    ([f"convicted 2020-01-06 {LONG}", "review_applied 2026-01-05"], "review_applied_on", "s.91B(2)", "once a notification after release"),
    (
        [f"convicted 2020-01-06 {LONG}", "notified 2020-01-07", "review_applied 2026-01-05"],
        "review_applied_on",
        "s.91B(2)",
        "from Sunday 7 January 2035",
    ),
    (["cautioned 2020-01-06", "convicted 2026-01-05 disposal=other"], "convicted_on", "s.80", "ended on Wednesday 5 January 2022"),
]


@pytest.mark.parametrize(("events", "field", "provision", "words"), WRONG)
def test_it_is_refused_beside_the_field_with_the_section(events, field, provision, words):
    (problem,) = problems(registration(*events))
    assert (problem.field, problem.citation.provision) == (field, provision)
    assert words in problem.message


def test_a_prevention_order_stands_in_the_way_of_a_review():
    events = (f"convicted 2000-01-10 {LONG}", "notified 2000-01-11", "review_applied 2026-01-05")
    assert problems(registration(*events)) == []
    (problem,) = problems(registration(*events, orders=(shpo("2000-01-10"),)))
    assert "while SHPO-2026-0001 has effect" in problem.message


@pytest.mark.parametrize(
    "events",
    [
        [],
        [SINCE],
        ["convicted 2020-01-06 disposal=imprisonment term_days=20", "convicted 2026-12-01"],
        ["notice_given 2026-01-05 relevant_on=2024-01-05 disposal=caution"],
        [SINCE, "notified 2020-01-07 resets_annual=no resets_reason=2012"],
        [SINCE, "travel_planned 2026-01-05 departs=2026-02-01T09:00 returns_on=2026-02-01"],
        [f"convicted 2000-01-10 {LONG}", "notified 2000-01-11", "review_applied 2026-01-05", "review_granted 2026-01-05"],
    ],
)
def test_nothing_is_wrong_with(events):
    assert problems(registration(*events)) == []

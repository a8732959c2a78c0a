"""Where an order stands from day to day: each state once, on the day it begins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.status_history import status_history
from tests.rules.examples import UNTIL_FURTHER_ORDER, facts, status


def history(given_facts):
    return [(state.on.isoformat(), state.status.value) for state in status_history(ORDER_TYPES[given_facts.order_type], given_facts)]


@pytest.mark.parametrize(
    ("case", "states"),
    [
        (
            facts("dvpn", "authorised 2026-11-20", "served 2026-11-21T22:40", "application_granted 2026-11-24"),
            [("2026-11-20", "Authorised"), ("2026-11-21", "Notice in force"), ("2026-11-24", "Ended")],
        ),
        (
            facts("dvpo", "made 2026-04-08", "served 2026-04-10", ends="2026-05-05"),
            [("2026-04-08", "Made, not served"), ("2026-04-10", "In force"), ("2026-05-06", "Expired")],
        ),
        (
            facts("interim_spo", "made 2026-05-11", "served 2026-05-11", ends="2026-06-07"),
            [("2026-05-11", "Interim in force"), ("2026-06-08", "Lapsed")],
        ),
        (
            facts("scpo", "made 2026-03-02", "custody_ended 2029-02-28", ends="2034-02-27", starts_on_release=True,
                  is_present_or_represented=True),
            [("2026-03-02", "Awaiting release"), ("2029-02-28", "In force"), ("2034-02-28", "Expired")],
        ),
        (facts("spo"), []),
    ],
)  # fmt: skip
def test_the_states_of_a_life(case, states):
    assert history(case) == states


@given(
    made=st.dates(date(2024, 1, 1), date(2026, 12, 31)), served=st.integers(0, 40), discharged=st.none() | st.integers(0, 900),
    asked=st.integers(-10, 1000),
)  # fmt: skip
def test_the_history_says_on_every_day_what_the_status_says(made, served, discharged, asked):
    events = [f"made {made}", f"served {made + timedelta(days=served)}"]
    events += [f"discharged {made + timedelta(days=discharged)}"] if discharged is not None else []
    case = facts("spo", *events, **UNTIL_FURTHER_ORDER)
    day = made + timedelta(days=asked)
    reached = [state.status for state in status_history(ORDER_TYPES["spo"], case) if state.on <= day]
    assert (reached[-1] if reached else "Draft") == status(case, day.isoformat())

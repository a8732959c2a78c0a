"""A duty that has no date says why, where the law has a reason and it is not only that nothing has happened yet."""

import pytest

from orders_app.rules.absent_duties import absent_duties, declared_key
from orders_app.rules.order_types import ORDER_TYPES
from tests.rules.examples import LAW, UNTIL_FURTHER_ORDER, condition, duties, facts


def reasons(case):
    order_type = ORDER_TYPES[case.order_type]
    return {absent.duty.key: absent.why for absent in absent_duties(order_type, case, duties(case), LAW)}


@pytest.mark.parametrize(
    ("case", "key", "why"),
    [
        (facts("spo", "made 2026-05-29", "served 2026-06-01", replaces_interim=True, **UNTIL_FURTHER_ORDER), "initial_notification",
         "The order replaces an interim order, and the first notification does not start again"),
        (facts("spo", "made 2026-05-29", "served 2026-06-01", other_notification_scheme="soa_part_2", **UNTIL_FURTHER_ORDER),
         "initial_notification",
         "Another duty to notify binds the subject and has no end, and this one is put off for as long as it does"),
        (facts("shpo", "made 2026-05-29", "served 2026-06-01", other_notification_scheme="soa_part_2", **UNTIL_FURTHER_ORDER),
         "initial_notification",
         "The subject is registered already under Part 2 of the Sexual Offences Act 2003, and simply remains so"),
        (facts("scpo", "made 2026-05-29", ends="2029-05-28", is_present_or_represented=True), "service",
         "The subject was in court or represented there, and is bound without service"),
        (facts("stpo", "made 2026-05-29", "served 2026-06-01", ends="2032-05-28"), "change_of_address",
         "The court may require it in the order, and this order does not"),
        (facts("shpo", "made 2026-05-29", ends="2029-05-28", conditions=(condition(1, is_travel=True, ends_on="2029-05-28"),)),
         "discharge_bar", "The order holds foreign travel prohibitions alone, to which the bar does not apply"),
        (facts("dvpn", "served 2026-11-21T22:40"), "production", ""),
        (facts("spo", "application_lodged 2026-05-29"), "initial_notification", ""),
    ],
)  # fmt: skip
def test_the_reason_that_a_date_is_missing(case, key, why):
    assert reasons(case)[key] == why


def test_a_duty_that_falls_due_is_not_missing():
    case = facts("spo", "made 2026-05-29", "served 2026-06-01", **UNTIL_FURTHER_ORDER)
    assert "initial_notification" not in reasons(case)
    assert set(reasons(case)).isdisjoint(declared_key(ORDER_TYPES["spo"], due.key) for due in duties(case))


def test_a_deadline_of_one_condition_belongs_to_its_duty():
    assert declared_key(ORDER_TYPES["scpo"], "condition_ends_2") == "condition_ends"
    assert declared_key(ORDER_TYPES["scpo"], "expiry_decision") == "expiry_decision"

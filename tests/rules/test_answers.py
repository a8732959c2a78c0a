"""What an event cannot say, and what to do about it. Each row is one event."""

import pytest

from orders_app.rules.answers import wrong_answers
from tests.rules.examples import event

STANDS = [
    "compliance_checked 2026-11-20",
    "compliance_checked 2026-11-20 check=office condition_1=not_checked condition_2=complied",
    "compliance_checked 2026-11-20 result=complied",
    "served 2026-11-20",
    "breach_reviewed 2026-11-20",
    "breach_reviewed 2026-11-20 decision=charge",
    "breach_reviewed 2026-11-20 reviewer=case_officer decision=more_work",
    "breach_reviewed 2026-11-20 reviewer=a_supervisor decision=no_further_action",
]
REFUSED = [
    ("compliance_checked 2026-11-20 condition_2=not_checked condition_10=not_checked", "condition_2", "at least one condition"),
    ("breach_reviewed 2026-11-20 reviewer=case_officer decision=no_further_action", "decision", "A supervisor decides"),
]  # fmt: skip


@pytest.mark.parametrize("what", STANDS)
def test_what_stands(what):
    assert wrong_answers(event(1, what)) == []


@pytest.mark.parametrize(("what", "field", "says"), REFUSED)
def test_what_is_refused_and_beside_which_question(what, field, says):
    (wrong,) = wrong_answers(event(1, what))
    assert wrong.field == field
    assert says in wrong.message

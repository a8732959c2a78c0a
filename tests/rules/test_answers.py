"""What an event must say to do a duty, what it cannot say, and what a decision takes away."""

from dataclasses import replace

import pytest

from orders_app.rules.answers import wrong_answers
from orders_app.rules.facts import Event, EventKind
from tests.rules.examples import day, duties, event, facts, keys

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


NOTHING_CHECKED = "compliance_checked 2026-09-25 condition_1=not_checked condition_2=not_checked"


def test_a_check_of_nothing_neither_meets_the_round_nor_begins_the_next():
    given = facts("spo", "made 2026-08-31", NOTHING_CHECKED)
    (check,) = [due for due in duties(given) if due.key == "compliance_check"]
    assert (check.due_on, check.met_by) == (day("2026-09-30"), None)
    assert ("Compliance checked Friday 25 September 2026", "It checked none of the conditions, so it does not meet this duty") in [
        (unused.what, unused.why) for unused in check.working.not_used
    ]


@pytest.mark.parametrize("found", ["condition_1=not_checked condition_2=in_part", "condition_1=complied", "result=complied", ""])
def test_a_check_of_anything_meets_the_round(found):
    given = facts("spo", "made 2026-08-31", f"compliance_checked 2026-09-25 {found}".strip())
    assert [due.met_by for due in duties(given) if due.key == "compliance_check"] == [2, None]


ENDS_SOON = {"ends": "2027-01-15"}
LET_GO, RENEW = "expiry_decided 2026-10-20 decision=let_expire", "expiry_decided 2026-11-02 decision=renew"


@pytest.mark.parametrize("code", ["spo", "shpo", "sro", "stpo", "kcpo"])
@pytest.mark.parametrize(
    ("events", "is_asked"),
    [
        ([], True),
        ([LET_GO], False),
        ([RENEW], True),
        ([LET_GO, RENEW], True),
        (["renewal_applied 2026-10-12", LET_GO], True),
        ([LET_GO, "varied 2026-11-10 ends_on=2027-06-15"], True),
        (["expiry_decided 2026-10-20 decision=other_order"], True),
        (["expiry_decided 2026-10-20"], True),
    ],
)
def test_nobody_is_chased_to_renew_an_order_that_is_to_end_on_its_date(code, events, is_asked):
    given = facts(code, "made 2024-12-01", *events, **ENDS_SOON)
    assert ("renewal_application" in keys(given)) is is_asked


@pytest.mark.parametrize(
    ("about", "met"),
    [
        ({}, {"breach_contact", "end_told"}),  # on file without the answer: it counts as it always did
        ({"meets": "breach_contact"}, {"breach_contact"}),
        ({"meets": "end_told"}, {"end_told"}),
        ({"meets": "breach_contact end_told"}, {"breach_contact", "end_told"}),
        ({"meets": "victim_contact"}, set()),
        ({"meets": "other"}, set()),
    ],
)
def test_telling_the_protected_person_does_what_they_were_told_about(about, met):
    told = Event(9, EventKind.PROTECTED_PERSON_TOLD, day("2026-11-09"), None, about)
    given = facts("nmo", "made 2026-06-01", "protected_person_told 2026-06-02", "breach_reported 2026-11-09", ends="2027-01-15")
    open_ones = {due.key for due in duties(given) if due.met_by is None}
    assert open_ones >= {"breach_contact", "end_told"}
    after = replace(given, events=(*given.events, told))
    assert {due.key for due in duties(after) if due.met_by == told.id} == met

"""How long a single term may last: as the court made it, as it extended it, and as it added it. Facts, refusal, section."""

import pytest

from tests.rules.examples import UNTIL_FURTHER_ORDER, condition, facts, wrong

MADE = "made 2026-10-01"
CROYDON = {"area": "Croydon"} | UNTIL_FURTHER_ORDER
TAG, TRAVEL = {"is_electronic_monitoring": True}, {"is_travel": True}
VARIED = "varied 2027-06-01"
OPEN = UNTIL_FURTHER_ORDER
ADDED = {"set_on": "2027-06-01"}
EXTENDED = ADDED | {"former_ends_on": "2027-09-30"}
AGAIN = {"set_on": "2028-01-01", "former_ends_on": "2027-09-30"}
RENEWED = {"set_on": "2031-06-01", "former_ends_on": "2031-09-30"}
CASES = [
    ("monitoring as made: 12 months", "dapo", CROYDON, [MADE], TAG | {"ends_on": "2027-09-30"}, ""),
    ("monitoring as made: a day more", "dapo", CROYDON, [MADE], TAG | {"ends_on": "2027-10-01"}, "s.38(5)"),
    ("extended by 12 months", "dapo", CROYDON, [MADE, VARIED], TAG | EXTENDED | {"ends_on": "2028-09-30"}, ""),
    ("extended by a day more", "dapo", CROYDON, [MADE, VARIED], TAG | EXTENDED | {"ends_on": "2028-10-01"}, "s.44(10)"),
    ("added later: 12 months from then", "dapo", CROYDON, [MADE, VARIED], TAG | ADDED | {"ends_on": "2028-05-31"}, ""),
    ("added: a day more", "dapo", CROYDON, [MADE, VARIED], TAG | ADDED | {"ends_on": "2028-06-01"}, "s.38(5)"),
    ("ended before the change: begins again", "dapo", CROYDON, [MADE, "varied 2028-01-01"], TAG | AGAIN | {"ends_on": "2028-12-31"}, ""),
    ("travel as made: 5 years", "shpo", OPEN, [MADE], TRAVEL | {"ends_on": "2031-09-30"}, ""),
    ("travel as made: a day more", "shpo", OPEN, [MADE], TRAVEL | {"ends_on": "2031-10-01"}, "s.103D(1)"),
    ("travel extended by 5 years", "shpo", OPEN, [MADE, "renewed 2031-06-01"], TRAVEL | RENEWED | {"ends_on": "2036-09-30"}, ""),
    ("travel extended: a day more", "shpo", OPEN, [MADE, "renewed 2031-06-01"], TRAVEL | RENEWED | {"ends_on": "2036-10-01"}, "s.103D(1)"),
    ("a prohibition of its own 5 years", "shpo", OPEN, [MADE], {"ends_on": "2031-09-30"}, ""),
    ("a prohibition of a day less", "shpo", OPEN, [MADE], {"ends_on": "2031-09-29"}, "s.103C(2)"),
    ("a travel prohibition may be shorter", "shpo", OPEN, [MADE], TRAVEL | {"ends_on": "2028-09-30"}, ""),
    ("a prohibition that a court added is not measured", "shpo", OPEN, [MADE, VARIED], ADDED | {"ends_on": "2030-05-31"}, ""),
    ("one that ends with the order", "shpo", OPEN, [MADE], {}, ""),
    ("a prohibition of an SRO: 2 years", "sro", OPEN, [MADE], {"ends_on": "2028-09-30"}, ""),
    ("a prohibition of an SRO: a day less", "sro", OPEN, [MADE], {"ends_on": "2028-09-29"}, "s.122A(7)"),
    ("a prohibition of an STPO: a day less", "stpo", OPEN, [MADE], {"ends_on": "2031-09-29"}, "s.17(4)"),
    ("a term of an SCPO may be short", "scpo", {"ends": "2031-09-30"}, [MADE], {"ends_on": "2027-01-01"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "known", "events", "term", "provision"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_term(code, known, events, term, provision):
    found = wrong(facts(code, *events, conditions=(condition(1, **term),), **known))
    assert [(problem.field, problem.citation.provision) for problem in found] == (
        [("conditions.1.ends_on", provision)] if provision else []
    )


@pytest.mark.parametrize(("ends", "provision"), [("2028-03-31", ""), ("2028-04-01", "s.38(5)")])
def test_monitoring_that_ends_with_the_order_is_extended_with_it(ends, provision):
    given = facts("dapo", MADE, f"varied 2027-03-01 ends_on={ends}", ends="2027-03-31", area="Croydon", conditions=(condition(1, **TAG),))
    assert [problem.citation.provision for problem in wrong(given)] == ([provision] if provision else [])


def test_the_refusal_says_from_when_it_counts_and_what_to_enter():
    extended = TAG | EXTENDED | {"ends_on": "2028-10-01"}
    (problem,) = wrong(facts("dapo", MADE, VARIED, conditions=(condition(1, **extended),), **CROYDON))
    assert problem.message == (
        "Electronic monitoring may be extended for 1 year beginning with Friday 1 October 2027. Enter Saturday 30 September 2028 or earlier"
    )

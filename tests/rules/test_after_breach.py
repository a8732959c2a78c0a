"""What follows a breach, a variation and an order made without notice: facts, the date, whose rule it is."""

import pytest

from tests.rules.examples import UNTIL_FURTHER_ORDER, day, duties, duty, facts, keys

CROYDON = {"area": "Croydon"}
WITHOUT_NOTICE = {"is_without_notice": True}
MADE, REPORTED = "made 2026-10-02", "breach_reported 2026-11-09"
REMAND = "remanded 2026-11-10 remanded={} remanded_for={}"
REPORT_CUSTODY, REPORT_BAIL = REMAND.format("custody", "report"), REMAND.format("bail", "report")
ORDINARY = REMAND.format("custody", "hearing")
DUTIES = [
    ("dvpo", ["made 2026-11-01", REPORTED], {}, "breach_review", "2026-11-10", "policy", ""),
    ("dvpn", [REPORTED], {}, "breach_contact", "2026-11-09", "policy", ""),
    ("spo", [MADE, REPORTED], {}, "breach_review_7", "2026-11-16", "policy", ""),
    ("scpo", [MADE, REPORTED], {}, "breach_review_28", "2026-12-07", "policy", ""),
    ("shpo", [MADE, REPORTED], {}, "breach_review", "2026-11-10", "policy", ""),
    ("fro", [MADE, REPORTED], {}, "breach_review", "2026-11-10", "policy", ""),
    ("dvpn", [REPORT_CUSTODY], {}, "remand_report_custody", "2026-12-01", "law", "Crime and Security Act 2010 s.30"),
    ("dvpn", [REPORT_BAIL], {}, "remand_report_bail", "2026-12-08", "law", "Crime and Security Act 2010 s.30"),
    ("dapn", [REPORT_CUSTODY], CROYDON, "remand_report_custody", "2026-12-01", "law", "Domestic Abuse Act 2021 s.30"),
    ("dvpo", [ORDINARY], {}, "remand_custody", "2026-11-19", "guidance", "s.128, the 8 clear days not yet confirmed"),
    ("nmo", [MADE], WITHOUT_NOTICE, "return_hearing", "2026-10-15", "guidance", ""),
    ("dapo", [MADE], CROYDON | WITHOUT_NOTICE, "return_hearing", "2026-10-15", "policy", ""),
    ("spo", [MADE, "varied 2026-11-09"], {}, "variation_service", "2026-11-11", "policy", ""),
    ("shpo", [MADE, "renewed 2026-11-09"], {}, "variation_service", "2026-11-11", "policy", ""),
    ("ro_conviction", [MADE], {"ends": "2028-10-01"}, "end_told", "2028-08-06", "policy", ""),
    ("nmo", [MADE], {"ends": "2027-10-01"}, "end_told", "2027-08-06", "policy", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "key", "due_on", "rule_class", "citation"), DUTIES)
def test_when_each_falls_due_and_whose_rule_it_is(code, events, known, key, due_on, rule_class, citation):
    due = duty(facts(code, *events, **known), key)
    assert (due.due_on, due.rule_class) == (day(due_on), rule_class)
    assert citation in str(due.citation)
    assert bool(due.citation.url) is (rule_class == "law")


ABSENT = [
    ("nmo", [MADE], {}, "return_hearing"),
    ("dvpn", [REPORT_BAIL], {}, "remand_report_custody"),
    ("dvpn", ["remanded 2026-11-10"], {}, "remand_custody"),
    ("ro_conviction", [MADE, "varied 2026-11-09"], {}, "variation_service"),
    ("ro_conviction", [MADE], UNTIL_FURTHER_ORDER, "end_told"),
    ("nmo", [MADE], {"ends": "2026-10-29"}, "end_told"),
    ("shpo", [MADE, REPORTED], {}, "breach_contact"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "known", "key"), ABSENT)
def test_what_is_not_asked(code, events, known, key):
    assert key not in keys(facts(code, *events, **known))


@pytest.mark.parametrize(
    ("code", "key", "safe", "judged"),
    [
        ("dvpn", "remand_report_custody", "2026-11-30", "2026-12-01"),
        ("dvpn", "remand_report_bail", "2026-12-07", "2026-12-08"),
        ("dvpn", "remand_custody", "2026-11-18", "2026-11-19"),
    ],
)
def test_a_remand_is_worked_to_its_earlier_reading(code, key, safe, judged):
    due = duty(facts(code, REPORT_CUSTODY, REPORT_BAIL, ORDINARY), key)
    assert (due.act_by_on, due.late_after_on) == (day(safe), day(judged))


MET = [
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-10"], "breach_review", True),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-10 reviewer=a_supervisor decision=charge"], "breach_review", True),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-10 reviewer=case_officer decision=more_work"], "breach_review", False),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-10 reviewer=a_supervisor decision=more_work"], "breach_review", False),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-10 decision=more_work decided_by=me"], "breach_review", False),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-16 reviewer=case_officer decision=more_work"], "breach_review_7", False),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-10"], "breach_review_7", False),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-11"], "breach_review_7", True),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-16"], "breach_review_28", False),
    ("spo", [MADE, REPORTED, "breach_reviewed 2026-11-17"], "breach_review_28", True),
    ("nmo", [MADE, "hearing_held 2026-10-02"], "return_hearing", False),
    ("nmo", [MADE, "hearing_held 2026-10-12"], "return_hearing", True),
    ("spo", [MADE, "varied 2026-11-09", "variation_served 2026-11-10"], "variation_service", True),
    ("spo", [MADE, "varied 2026-11-09", "served 2026-11-10"], "variation_service", False),
    ("dvpn", [REPORT_CUSTODY, "hearing_held 2026-11-25"], "remand_report_custody", True),
    ("ro_conviction", [MADE, "protected_person_told 2026-10-03"], "end_told", False),
    ("ro_conviction", [MADE, "protected_person_told 2028-07-20"], "end_told", True),
]  # fmt: skip


@pytest.mark.parametrize(("code", "events", "key", "is_met"), MET)
def test_what_meets_each(code, events, key, is_met):
    known = WITHOUT_NOTICE if key == "return_hearing" else {"ends": "2028-10-01"} if key == "end_told" else {}
    assert (duty(facts(code, *events, **known), key).met_by is not None) is is_met


def test_a_further_remand_begins_its_own_time():
    given = facts("dvpn", REPORT_CUSTODY, "remanded 2026-11-24 remanded=custody remanded_for=report")
    found = [(due.started_by, due.met_by, due.due_on) for due in duties(given) if due.key == "remand_report_custody"]
    assert found == [(1, 2, day("2026-12-01")), (2, None, day("2026-12-15"))]

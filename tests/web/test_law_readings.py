"""The calculator and the command say what the rules say: both readings, remands, returns, extensions, orders that wait."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from orders_app.rules.access import Role
from orders_app.web.cli.law import law
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import Page, page

pytestmark = pytest.mark.on_sqlite

OPEN = {"end_kind": "until_further_order"}
TAG = {"condition-0-kind": "monitoring", "condition-0-ends": "30/9/2028"}
DAPO = {"event-0-kind": "made", "event-0-day": "1/10/2026", "area": "Croydon", **OPEN}
NOTICE = {
    "event-0-kind": "authorised", "event-0-day": "20/11/2026", "event-0-time": "20:00", "authorised_rank": "superintendent",
    "event-1-kind": "served", "event-1-day": "20/11/2026", "event-1-time": "21:00",
}  # fmt: skip
ARRESTED = NOTICE | {"event-2-kind": "arrested", "event-2-day": "21/11/2026", "event-2-time": "15:00"}
REMANDED = ARRESTED | {
    "event-3-kind": "remanded",
    "event-3-day": "23/11/2026",
    "event-3-remanded": "bail",
    "event-3-remanded_for": "report",
}
LISTED = ARRESTED | {"event-3-kind": "hearing_listed", "event-3-day": "23/11/2026", "event-3-time": "10:00"}
SCPO = {"event-0-kind": "made", "event-0-day": "20/11/2026", "made_under": "s1_high_court", "in_court": "y", "ends_on": "1/10/2031"}
SAID = [
    ("dvpn", REMANDED, "Remand on bail for a medical report: back to court", "Act by the earlier"),
    ("dvpn", LISTED, "Monday 23 November 2026, 10:00", "which comes first. Bring the person to it"),
    ("nmo", DAPO | {"without_notice": "y"}, "Return hearing: the respondent is heard", "the 14 days not yet confirmed"),
    ("spo", DAPO | {"event-1-kind": "varied", "event-1-day": "1/11/2026"}, "Serve the changed order", "Changes served within 3 days"),
    ("dvpn", NOTICE | {"event-2-kind": "breach_reported", "event-2-day": "21/11/2026"}, "Supervisor reviews the breach", "within 24 hours"),
    ("scpo", SCPO | {"starts_on_other_end": "y"}, "Not yet: it starts when the order that it follows ends", "Starts later"),
    ("scpo", SCPO | {"starts_on_other_end": "y", "other_order_over": "1/12/2026"}, "From Tuesday 1 December 2026", "no longer has effect"),
]  # fmt: skip


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.PATROL)


def ask(officer: Officer, code: str, answers: dict[str, str]) -> Page:
    answer = officer.get(f"/work-out-a-date/{code}?{urlencode(answers)}")
    assert answer.status_code == 200, answer.location
    return page(answer)


@pytest.mark.parametrize(("code", "answers", "what", "why"), SAID)
def test_the_calculator_shows_it(officer: Officer, code: str, answers: dict[str, str], what: str, why: str) -> None:
    shown = ask(officer, code, answers)
    assert shown.problems == ""
    assert what in shown.main
    assert why in shown.main


@pytest.mark.parametrize(("before", "is_refused"), [("30/9/2027", False), ("", True), ("29/9/2027", True)])
def test_the_calculator_measures_an_extension_from_the_end_before_it(officer: Officer, before: str, is_refused: bool) -> None:
    shown = ask(officer, "dapo", DAPO | TAG | ({"condition-0-before": before} if before else {}))
    assert ("for 1 year beginning with" in shown.problems or "may last 1 year" in shown.problems) is is_refused


def test_the_calculator_prints_what_was_entered(officer: Officer) -> None:
    shown = ask(officer, "dapo", DAPO | TAG | {"condition-0-before": "30/9/2027"})
    assert "last day before a court extended it Thursday 30 September 2027" in shown.main


def answer(*words: str) -> list[dict[str, str]]:
    result = CliRunner().invoke(law, list(words))
    assert (result.exit_code, result.stderr) == (0, "")
    found: list[dict[str, str]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("code", "options", "key", "act_by", "judged_by"),
    [
        ("dvpn", ["--event", "served=2026-11-22T03:20"], "court_hearing", "2026-11-25T00:00:00+00:00", "2026-11-25T03:20:00+00:00"),
        ("dvpn", ["--event", "served=2026-12-24T20:00"], "court_hearing", "2026-12-29T20:00:00+00:00", "2026-12-30T20:00:00+00:00"),
        (
            "dvpn",
            ["--event", "arrested=2026-11-21T15:00", "--event", "hearing_listed=2026-11-21,hearing_at=2026-11-23T10:00"],
            "production",
            "2026-11-23T10:00:00+00:00",
            "2026-11-23T15:00:00+00:00",
        ),
        (
            "dapo",
            ["--event", "made=2026-10-01", "--fact", "other_notification_scheme=spo", "--fact", "other_notification_until=2028-11-21"],
            "initial_notification",
            "2028-11-23",
            "2028-11-24",
        ),
        (
            "dvpo",
            ["--event", "remanded=2026-11-10,remanded=custody,remanded_for=report"],
            "remand_report_custody",
            "2026-11-30",
            "2026-12-01",
        ),
    ],
)
def test_law_due_gives_the_day_to_act_by_and_the_day_lateness_is_judged_by(
    code: str, options: list[str], key: str, act_by: str, judged_by: str
) -> None:
    (found,) = [due for due in answer("due", code, *options) if due["key"] == key]
    assert (found["act_by"], found["judged_by"]) == (act_by, judged_by)


def test_law_due_says_one_date_where_there_is_one_reading() -> None:
    (found,) = answer("due", "dvpn", "--event", "served=2026-11-24T09:15")
    assert not {"act_by", "judged_by"} & found.keys()


@pytest.mark.parametrize(
    ("code", "key", "rule_class"),
    [
        ("nmo", "return_hearing", "guidance"), ("dapo", "return_hearing", "policy"), ("dvpn", "remand_report_bail", "law"),
        ("dvpo", "remand_custody", "guidance"), ("spo", "variation_service", "policy"), ("fbo", "breach_review_28", "policy"),
        ("ro_acquittal", "end_told", "policy"),
    ],
)  # fmt: skip
def test_law_types_says_whose_rule_each_is(code: str, key: str, rule_class: str) -> None:
    types = {row["code"]: row for row in answer("types")}
    found = {duty["key"]: duty for duty in types[code]["duties"]}  # type: ignore[index, misc]
    assert found[key]["rule_class"] == rule_class  # type: ignore[index]

"""The law as the program knows it: every type, limit, duty and refusal on a page, each with its section, as the command prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from config.reference import load_holidays, load_law
from orders_app.rules.access import Role
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import RuleClass
from orders_app.web.law.declared import type_words
from orders_app.web.law.words import left_out_days, provision_lines
from tests.web.conftest import ClientFor, Officer
from tests.web.reading import page

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def officer(client_for: ClientFor) -> Officer:
    return client_for(Role.PERFORMANCE)


def citations(words: Any) -> Iterator[str]:
    """Every citation of law in what the command prints."""
    if isinstance(words, dict):
        if "provision" in words and words["url"]:
            yield words["text"]
        for value in words.values():
            yield from citations(value)
    elif isinstance(words, list):
        for value in words:
            yield from citations(value)


def test_the_list_has_every_type_with_its_section_and_whether_it_was_checked(officer: Officer) -> None:
    shown = page(officer.get("/law"))
    for order_type in ORDER_TYPES.values():
        assert (order_type.name, f"/law/{order_type.code}") in shown.links
        assert (str(order_type.citation), order_type.citation.url) in shown.links
    waiting = [kind for kind in ORDER_TYPES.values() if kind.awaits_legal_check]
    assert shown.main.count("Read against the Act Not checked") == len(waiting)
    assert shown.main.count("Read against the Act Checked") == len(ORDER_TYPES) - len(waiting) + 1  # registration


@pytest.mark.parametrize("code", ORDER_TYPES)
def test_a_type_shows_all_that_the_command_prints_each_with_its_section(officer: Officer, code: str) -> None:
    order_type, words = ORDER_TYPES[code], type_words(ORDER_TYPES[code])
    shown = page(officer.get(f"/law/{code}"))
    linked = {text for text, href in shown.links if href.startswith("https://www.legislation.gov.uk/")}
    assert set(citations(words)) - linked == set()
    places = {values["id"] for _tag, values in shown.tags if "id" in values}
    assert {duty.key for duty in order_type.duties} <= places
    said = [state.value for state in words["states"]] + [duty.sentence for duty in order_type.duties]
    said += [refusal.why for refusal in order_type.refusals] + list(words["made_under"].values())
    assert [text for text in said if text not in shown.main] == []
    assert ("Not yet checked by legal services" in shown.main) == order_type.awaits_legal_check


@pytest.mark.parametrize("code", ["dvpo", "scpo", "spo"])
def test_law_and_policy_stand_apart(officer: Officer, code: str) -> None:
    shown = page(officer.get(f"/law/{code}")).main
    policy = shown.index("The force’s own policy, which is not law")
    for duty in ORDER_TYPES[code].duties:
        assert (shown.index(duty.sentence) > policy) == (duty.rule_class is RuleClass.POLICY), duty.key


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        ("dvpn", "Authority Superintendent or above Crime and Security Act 2010 s.24(1)"),
        ("dvpo", "Longest length 28 days beginning with the day made Crime and Security Act 2010 s.28(10)"),
        ("scpo", "Longest length 5 years beginning with the first day in force Serious Crime Act 2007 s.16(2), (4)(b)"),
        (
            "spo",
            "Discharge Not before the end of 2 years beginning with the day made without the consent of the subject and the chief officer",
        ),
        ("dapo", "Electronic monitoring At most 1 year beginning with its first day"),
        ("dapo", "A requirement Names the person who supervises it"),
        ("shpo", "Not for an order of foreign travel prohibitions alone"),
        ("fbo", "Not before the end of 2/3 of its period"),
        ("cbo", "Only for: subjects under 18"),
        ("ro_conviction", "Add a requirement to do something Not allowed."),
    ],
)
def test_a_limit_reads_as_the_act_has_it(officer: Officer, code: str, limit: str) -> None:
    said = page(officer.get(f"/law/{code}")).main
    assert limit in said.replace("The limit ", "").replace("Section ", ""), said


def test_what_waits_for_a_provision_says_so(officer: Officer) -> None:
    assert (
        "Only where in force Domestic abuse protection notices and orders (Domestic Abuse Act 2021 Part 3)"
        in page(officer.get("/law/dapo")).main
    )
    assert "Bromley, Croydon, Greater Manchester and Sutton, from 27 November 2024 to 24 November 2026" in page(officer.get("/law")).main


def test_every_known_provision_is_listed_with_where_it_is_in_force() -> None:
    lines = provision_lines(load_law().provisions, load_law().provisions)
    assert [line.provision.code for line in lines] == list(PROVISIONS)
    assert all(line.provision.citation.url for line in lines)


def test_the_left_out_days_are_those_of_the_table_and_the_unsure_one_is_marked(officer: Officer) -> None:
    shown = page(officer.get("/law/left-out-days")).main
    assert "Saturday 26 December 2026 What it is 26 December, bank holiday by Schedule 1 Left out On the words of the Act" in shown
    assert "Friday 2 January 2026" not in shown
    years = left_out_days(load_holidays())
    assert [year for year, _days in years] == list(range(2018, 2031))
    assert all(days for _year, days in years)


def test_a_type_that_is_not_there_is_not_found(officer: Officer) -> None:
    assert officer.get("/law/no_such_type").status_code == 404


@pytest.mark.parametrize("address", ["/law", "/law/dvpn", "/law/left-out-days"])
def test_it_is_for_everybody_signed_in(client_for: ClientFor, visitor: Officer, address: str) -> None:
    assert client_for(Role.PATROL).get(address).status_code == 200
    assert visitor.get(address).status_code == 302


def test_a_section_that_nobody_read_says_so_wherever_it_stands(officer: Officer) -> None:
    assert "s.122A(7) Section not read: check it" in page(officer.get("/law/sro")).main
    assert "Section not read" not in page(officer.get("/law/spo")).main
    typed = "event-0-kind=made&event-0-day=20/11/2026&end_kind=fixed&ends_on=19/11/2029"
    assert "(section not read: check it)" in page(officer.get(f"/work-out-a-date/sro?{typed}")).main
    assert type_words(ORDER_TYPES["sro"])["limits"]["shortest"]["citation"]["is_unread"] is True
    assert "is_unread" not in type_words(ORDER_TYPES["spo"])["limits"]["shortest"]["citation"]

"""What is often said of registration, disclosure and records, and is not so: each is shown not to be said here. In words: known_traps."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from orders_app.rules.law import events_ever
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.spec import RuleClass
from tests.rules.examples import LAW, condition, day, facts, wrong_fields
from tests.rules.known_traps import MISTAKES
from tests.rules.registration_examples import duty, last_day, registration

ROOT = Path(__file__).resolve().parents[2]
SAID = [path for folder in ("orders_app", "templates", "config", "docs") for path in (ROOT / folder).rglob("*") if path.is_file()]
WORDS = {path: path.read_text(encoding="utf-8") for path in SAID if path.suffix in (".py", ".html", ".md", ".txt", ".json", ".csv")}
SINCE = "convicted 2020-01-06"
VISITS = re.compile(r"\bvisit", re.IGNORECASE)


def places(pattern):
    """Everywhere in the program, its pages and its guides that says this."""
    return [path.name for path, words in WORDS.items() if re.search(pattern, words, re.IGNORECASE)]


@pytest.mark.parametrize(("given_on", "due_on"), [("2027-03-01", "2028-03-01"), ("2028-02-29", "2029-02-28"), ("2026-08-15", "2027-08-15")])
def test_mistake_1_annual_is_one_year_after_not_365_days_and_not_a_year_less_a_day(given_on, due_on):
    due = duty(registration(SINCE, f"notified {given_on}"), "annual_notification").due_on
    assert due == day(due_on)
    assert due != day(due_on) - timedelta(days=1)


def test_mistake_2_custody_does_not_stop_the_section_82_clock():
    convicted = "convicted 2026-02-09 disposal=imprisonment term_months=18"
    assert last_day(convicted) == last_day(convicted, "custody_started 2026-02-09", "custody_ended 2026-11-09") == "2036-02-08"


def test_mistake_2_custody_stops_the_three_days_and_puts_off_the_annual_notification():
    inside = ("custody_started 2026-02-09", "custody_ended 2026-11-09")
    assert duty(registration("convicted 2026-02-09", *inside), "initial_notification").due_on == day("2026-11-11")
    assert duty(registration(SINCE, "notified 2025-06-01", *inside), "annual_notification").due_on == day("2026-11-11")


def test_mistake_3_a_foreign_conviction_is_met_by_a_police_notice_not_by_an_order_of_a_court():
    notice = registration("notice_given 2026-11-20 relevant_on=2024-05-07 disposal=imprisonment term_months=18")
    assert duty(notice, "initial_notification").due_on == day("2026-11-22")  # from the day it was given
    assert last_day("notice_given 2026-11-20 relevant_on=2024-05-07 disposal=other") == "2029-05-06"  # from the conviction abroad
    assert not [code for code, kind in ORDER_TYPES.items() if "notification order" in kind.name.lower()]
    assert {"notice_given", "notice_cancelled"} <= events_ever(REGISTRATION)


@pytest.mark.parametrize("code", ["shpo", "interim_shpo", "sro", "interim_sro"])
def test_mistake_4_electronic_monitoring_of_an_shpo_or_sro_is_not_known_to_be_in_force(code):
    tagged = facts(code, "made 2026-11-20", conditions=(condition(1, is_electronic_monitoring=True),))
    assert wrong_fields(tagged) == ["conditions.1.is_electronic_monitoring"]


def test_mistake_5_how_often_to_visit_is_never_said_to_be_law():
    declared = [duty for kind in (*ORDER_TYPES.values(), REGISTRATION) for duty in kind.duties]
    visits = [duty for duty in declared if VISITS.search(duty.title + duty.sentence)]
    assert visits
    assert {duty.rule_class for duty in visits} == {RuleClass.POLICY}


def test_mistake_6_no_page_calls_section_41_the_appropriate_policy_document():
    assert places(r"(section|s\.) ?41\b.{0,80}policy document|policy document.{0,80}(section|s\.) ?41\b") == []
    assert places(r"Data Protection Act 2018,? (section|s\.) ?41\b") == []


def test_mistake_8_nothing_here_gives_a_disclosure_45_days():
    assert places(r"\b(45|forty-five) days\b") == []


def test_mistake_9_the_act_of_2026_has_its_own_name_and_none_of_it_is_law_here_yet():
    assert places(r"Crime and Policing Act,? etc") == []
    assert places(r"Crime and Policing (Bill|Act 202[57])") == []
    waiting = {duty.since for duty in REGISTRATION.duties if duty.citation.act == "Crime and Policing Act 2026"}
    assert waiting
    assert not any(LAW.provisions.in_force(code, "", day("2030-01-01")) for code in waiting)


@pytest.mark.parametrize("number", [number for number in MISTAKES if number != 7])
def test_every_mistake_has_a_test_of_its_number(number):
    assert any(name.startswith(f"test_mistake_{number}_") for name in globals())


def test_the_numbers_of_the_mistakes_have_no_gap_and_the_log_is_shown_where_logs_are_tested():
    assert list(MISTAKES) == list(range(1, 10))
    assert "def test_mistake_7_" in (ROOT / "tests" / "services" / "test_audit.py").read_text(encoding="utf-8")

"""The page that says when alerts are raised: what the program runs on, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.reference import load_stages
from orders_app.rules.access import Role
from orders_app.rules.alerting import AlertClass, LeadUnit, Stage, snoozing
from orders_app.web.work.policy import StageInWords, policies_in_words
from orders_app.web.work.rows import stage_words
from tests.conftest import NOW
from tests.web.conftest import ClientFor
from tests.web.reading import page

HOURS = timedelta(hours=1)


@pytest.mark.parametrize(
    ("lead", "unit", "silence", "words"),
    [
        (90, LeadUnit.DAYS, 336, StageInWords("A stage", "90 days before", "After 14 days", "After 14 days more")),
        (1, LeadUnit.DAYS, 24, StageInWords("A stage", "1 day before", "After 24 hours", "After 24 hours more")),
        (0, LeadUnit.DAYS, 8, StageInWords("A stage", "On the day it falls due", "After 8 hours", "After 8 hours more")),
        (4, LeadUnit.COUNTABLE_HOURS, 0, StageInWords("A stage", "4 countable hours before", "At once", "After 1 hour more")),
        (0, LeadUnit.DAYS_PAST, 1, StageInWords("A stage", "When it has passed", "After 1 hour", "After 1 hour more")),
        (7, LeadUnit.DAYS_PAST, 48, StageInWords("A stage", "7 days after it passed", "After 2 days", "After 2 days more")),
    ],
)
def test_a_stage_in_words(lead: int, unit: LeadUnit, silence: int, words: StageInWords) -> None:
    stage = Stage(alert_class=AlertClass.REVIEW, name="a_stage", rank=1, lead=lead, unit=unit, escalate_after=silence * HOURS)
    assert policies_in_words([stage])[0].stages == [words]


def test_every_stage_stands_once_and_a_type_comes_after_its_class() -> None:
    said = policies_in_words(load_stages())
    assert sum(len(one.stages) for one in said) == len(load_stages())
    titles = [one.title for one in said]
    assert titles.index("Orders ending: DVPO alone") == titles.index("Orders ending") + 1


def test_the_last_stage_says_when_it_is_said_again() -> None:
    stage = Stage(
        alert_class=AlertClass.REVIEW, name="overdue", rank=1, lead=7, unit=LeadUnit.DAYS_PAST, escalate_after=HOURS,
        again_after=timedelta(days=7),
    )  # fmt: skip
    assert policies_in_words([stage])[0].stages[0].raised == "7 days after it passed, and again 7 days after it was acknowledged"


def test_what_quietens_an_alert_is_said_with_its_limits(client_for: ClientFor) -> None:
    """The limits that the rule refuses beyond, and no others."""
    said = page(client_for(Role.ORDERS_DESK).get("/work/when-you-are-warned")).main
    for days, act_by_at in ((28, NOW + 100 * HOURS), (7, NOW - HOURS)):
        assert snoozing(act_by_at, is_law=False, next_statutory_on=None, now=NOW).last_on == NOW.date() + timedelta(days=days)
    assert "at most 28 days on, or 7 once the date has passed" in said
    assert "Each later stage is a new alert, to be acknowledged anew" in said
    assert "until its next warning or the day it falls due" in said


@pytest.mark.parametrize("role", [Role.ORDERS_DESK, Role.ADMINISTRATOR])
def test_whoever_is_signed_in_may_read_it(client_for: ClientFor, role: Role) -> None:
    assert "28 days ahead" in page(client_for(role).get("/work/when-you-are-warned")).main


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("opened", "Clock running"),
        ("4_hours", "4 hours left"),
        ("28_days", "28 days ahead"),
        ("due_today", "Due today"),
        ("overdue", "Overdue"),
        ("7_days_overdue", "7 days overdue"),
    ],
)
def test_what_a_stage_is_called(stage: str, words: str) -> None:
    assert stage_words(stage) == words

"""The judges of `make endurance` judge rightly: its runs are only worth as much as they."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from config.reference import load_law, load_stages
from orders_app.rules.alerting import AlertClass, cutoffs
from scheduler.simulation.watch import Open
from tests.endurance.browser import Traffic, Unanswered
from tests.endurance.clock import begun
from tests.endurance.filling import filled
from tests.endurance.ledger import Act, Became, Verdict, judge
from tests.endurance.watch import Span
from tests.web.reading import Page

pytestmark = pytest.mark.on_sqlite

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
STAGES, HOLIDAYS = load_stages(), load_law().holidays


def due(act_by_at: datetime) -> Open:
    return Open(1, AlertClass.REVIEW, "spo", act_by_at)


def span(minutes: int = 30) -> Span:
    return Span(cutoffs(STAGES, NOON, HOLIDAYS), cutoffs(STAGES, NOON + timedelta(minutes=minutes), HOLIDAYS))


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (due(MIDNIGHT), due(MIDNIGHT), {"due_today"}),
        (due(NOON + timedelta(minutes=10)), due(NOON + timedelta(minutes=10)), {"due_today", "overdue"}),
        (due(NOON + timedelta(days=100)), due(NOON + timedelta(days=100)), {None}),
        (due(MIDNIGHT), None, {"due_today", None}),
        (None, None, {None}),
    ],
)
def test_the_stages_a_run_may_have_found(before: Open | None, after: Open | None, allowed: set[str | None]) -> None:
    assert span().stages_of(before, after) == allowed


@pytest.mark.parametrize(
    ("became", "rows", "is_logged", "wrong"),
    [
        (Became.DONE, 1, True, None),
        (Became.DONE, 0, False, "answered_and_lost"),
        (Became.REFUSED, 0, False, None),
        (Became.REFUSED, 1, True, "refused_and_done"),
        (Became.UNKNOWN, 0, False, None),
        (Became.UNKNOWN, 1, True, None),
        (Became.UNKNOWN, 1, False, "half_done"),
        (Became.UNKNOWN, 0, True, "half_done"),
        (Became.DONE, 2, True, "done_twice"),
    ],
)
def test_what_becomes_of_an_act(became: Became, rows: int, is_logged: bool, wrong: str | None) -> None:
    verdict = Verdict()
    judge(verdict, Act("note", became, "a mark"), rows, is_logged)
    counts = {name: getattr(verdict, name) for name in ("answered_and_lost", "refused_and_done", "half_done", "done_twice")}
    assert counts == {name: int(name == wrong) for name in counts}
    assert verdict.is_clean is (wrong is None)


def test_a_form_may_have_changed_what_was_sent_before_and_ended_since() -> None:
    traffic = Traffic(begun(NOON, speed=1))
    before = traffic.fast.now()
    with traffic.under_way():
        inside = traffic.fast.now()
        assert before <= traffic.since(inside) <= inside
    ended = traffic.fast.now()
    assert traffic.since(ended + timedelta(seconds=1)) == ended + timedelta(seconds=1)
    with pytest.raises(Unanswered), traffic.under_way():
        raise Unanswered
    assert traffic.since(traffic.fast.now()) < traffic.fast.now()


def test_every_question_is_answered() -> None:
    page = Page(
        '<form><input type="hidden" name="csrf_token" value="x"><input name="served_at-day"><input name="served_at-time">'
        '<input type="radio" name="how" value="in_person"><select name="court"><option value=""></option>'
        '<option value="nm"></option></select><textarea name="note"></textarea><input name="where"></form>'
    )
    answers = filled(page, NOON, Random(1), note="a mark")
    assert answers == {
        "csrf_token": "x", "served_at-day": "23", "served_at-time": "11:00", "how": "in_person", "court": "nm", "note": "a mark",
        "where": "PC 1001",
    }  # fmt: skip

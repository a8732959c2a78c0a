"""Which deadlines a correction moves: the same duty of the same event on another day, one that begins, one that falls away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.reference import load_law
from orders_app.rules.duties import DueDuty, due_duties
from orders_app.rules.facts import EndKind, Event, EventKind, Facts
from orders_app.rules.moved import moved_duties
from orders_app.rules.order_types import ORDER_TYPES

LAW = load_law()
MADE, SERVED = Event(1, EventKind.MADE, date(2026, 10, 2)), Event(2, EventKind.SERVED, date(2026, 10, 5))
SPO = Facts("spo", (MADE, SERVED), end_kind=EndKind.FIXED, stated_ends_on=date(2029, 10, 1))


def due(facts: Facts) -> list[DueDuty]:
    return due_duties(ORDER_TYPES["spo"], facts, LAW)


def test_the_same_facts_move_nothing() -> None:
    assert moved_duties(due(SPO), due(SPO)) == []


def test_another_end_moves_what_is_counted_from_it_and_nothing_else() -> None:
    moved = moved_duties(due(SPO), due(replace(SPO, stated_ends_on=date(2030, 10, 1))))
    assert ("Order ends", date(2029, 10, 1), date(2030, 10, 1)) in {
        (one.title, one.before.due_on, one.after.due_on) for one in moved if one.before and one.after
    }
    assert all("otify" not in one.title for one in moved)


def test_the_same_event_on_another_day_is_the_same_duty_moved() -> None:
    later = replace(SPO, events=(MADE, replace(SERVED, on=date(2026, 10, 6))))
    first = next(one for one in moved_duties(due(SPO), due(later)) if "names and home address" in one.title or "otify" in one.title)
    assert first.before is not None
    assert first.after is not None
    assert (first.after.due_on - first.before.due_on).days == 1  # Stalking Protection Act 2019 s.9(1): 3 days beginning with service


@pytest.mark.parametrize("is_gone", [True, False])
def test_what_falls_away_and_what_begins_are_told(is_gone: bool) -> None:
    without = replace(SPO, end_kind=EndKind.UNTIL_FURTHER_ORDER, stated_ends_on=None)
    before, after = (SPO, without) if is_gone else (without, SPO)
    ends = next(one for one in moved_duties(due(before), due(after)) if one.title == "Order ends")
    assert (ends.before is None, ends.after is None) == (not is_gone, is_gone)

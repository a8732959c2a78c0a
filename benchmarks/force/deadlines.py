"""The deadlines of a benchmark's force: three to an order, open while it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from benchmarks.force.orders import ends_on, subject_of, type_of
from benchmarks.force.size import NOW, TODAY, Row, Size

DEADLINES = (("compliance_check", "review", "policy"), ("expiry_decision", "expiry", "policy"), ("order_ends", "expiry", "law"))


def deadlines(size: Size) -> Iterator[Row]:
    """Spread over 400 days, the first 20 of them past."""
    for n in range(1, size.orders + 1):
        for index, duty in enumerate(DEADLINES):
            due_on = TODAY + timedelta(days=(n * 7 + index * 11) % 400 - 20)
            yield deadline(n, subject_of(n, size), duty, due_on, is_open=ends_on(n) >= TODAY)


def deadline(record: int, person: int, duty: tuple[str, str, str], due_on: date, *, is_open: bool) -> Row:
    """One stored deadline, started by the first event of its record."""
    key, alert_class, rule_class = duty
    return {
        "record_id": record,
        "person_id": person,
        "started_by_id": 2 * record - 1,
        "duty_key": key,
        "title": key,
        "word": "by",
        "rule_class": rule_class,
        "alert_class": alert_class,
        "record_type": type_of(record),
        "citation": "",
        "because": "Invented",
        "due_on": due_on,
        "act_by_at": datetime(due_on.year, due_on.month, due_on.day, tzinfo=UTC) + timedelta(days=1),
        "cancelled_at": None if is_open else NOW,
        "waiting_on": "",
    }

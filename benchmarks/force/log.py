"""A year's log of a benchmark's force: mostly looks, some searches, exports and changes. One person is looked at all the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.force.orders import LONG_PAGE, SCATTER, subject_of
from benchmarks.force.size import NOW, Row, Size

YEAR = timedelta(days=365)


def audit_events(size: Size) -> Iterator[Row]:
    """Lines in the order they were written."""
    for n in range(1, size.looks + 1):
        officer = n * SCATTER % size.officers + 1
        yield {
            "id": n,
            "at": NOW - YEAR * (1 - n / size.looks),
            "actor_id": officer,
            "actor": f"PC {officer} Officer {officer}",
            "reason": "",
            "subject_id": None,
            "person_id": None,
            "record_id": None,
            **_what(n, size),
        }


def _what(number: int, size: Size) -> dict[str, Any]:
    if number % 1_000 == 0:
        return {"action": "orders.exported", "subject_type": "exports", "changes": {"what": "Orders", "rows": number}}
    if number % 10 == 0:
        return {"action": "people.searched", "subject_type": "searches", "changes": {"what": "People", "terms": "evans", "results": 25}}
    order = LONG_PAGE if number % 200 == 1 else number % size.orders + 1
    of = {"person_id": subject_of(order, size), "record_id": order}
    if number % 7 == 0:
        changes = {"note": {"from": "", "to": "Telephoned"}}
        return {"action": "event.corrected", "subject_type": "events", "subject_id": 2 * order, "changes": changes, **of}
    return {"action": "order.viewed", "subject_type": "views", "changes": {"what": "Order"}, **of}

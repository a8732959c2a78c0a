"""Deadlines made by hand for the tests of alerts: the sweep reads rows, whatever law made them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from orders_app.models import Deadline, JobRun, Order
from orders_app.services.work import Work
from tests.factories import a_person, an_event, an_order

DAY = date(2026, 11, 2)


def a_deadline(
    work: Work, *, act_by_at: datetime, order: Order | None = None, alert_class: str = "notification", **columns: Any
) -> Deadline:
    """An open deadline on an order of its own unless one is given. A day duty unless `due_at` is given."""
    order = order or an_order(work, person=a_person(work))
    event = an_event(work, order=order, kind="made", on=DAY)
    values: dict[str, Any] = {
        "duty_key": "some_duty", "title": "Something falls due", "rule_class": "law", "because": "because",
        "due_on": (act_by_at - timedelta(microseconds=1)).date(),
    }  # fmt: skip
    row = Deadline(
        record_id=order.id,
        person_id=order.person_id,
        started_by_id=event.id,
        alert_class=alert_class,
        act_by_at=act_by_at,
        **values | columns,
    )
    work.session.add(row)
    work.session.flush()
    return row


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def checked(work: Work) -> None:
    """Say that the deadlines have just been checked: until then no digest is sent."""
    at = work.now
    run = JobRun(job="raise_alerts", nominal_at=at, claimed_by="test", lease_until_at=at, started_at=at, finished_at=at, outcome="done")
    work.session.add(run)
    work.session.flush()

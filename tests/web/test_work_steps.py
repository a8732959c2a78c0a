"""Every duty of every kind of record leads to a form that meets it, or says that nothing has to be done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from orders_app.queries.work_details import Happened
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.spec import Duty, RecordType, Word
from orders_app.web.work.next_step import next_steps

pytestmark = pytest.mark.on_sqlite

TYPES: list[RecordType] = [*ORDER_TYPES.values(), REGISTRATION]
EVERY = [pytest.param(each, duty, id=f"{each.code}-{duty.key}") for each in TYPES for duty in each.duties]
NOTIFIED_LATE = [one for one in EVERY if one.values[1].alert_class is AlertClass.NOTIFICATION and one.values[1].met_by]
RECORD, DUE_ON = 7, date(2026, 11, 2)
DUE_AT = datetime(2026, 11, 3, tzinfo=UTC)


def a_listing(on: str) -> Happened:
    return Happened(hearings={RECORD: SimpleNamespace(details={"hearing_at": on})})  # type: ignore[dict-item]


A_LISTING, A_LATE_LISTING = a_listing("2026-11-02T10:00"), a_listing("2026-11-03T10:00")


def row_of(record_type: RecordType, duty: Duty) -> WorkRow:
    is_order = record_type is not REGISTRATION
    deadline: Any = SimpleNamespace(duty_key=duty.key, record_id=RECORD, due_on=DUE_ON, due_at=DUE_AT, act_by_at=DUE_AT)
    kind, code = ("order", record_type.code) if is_order else (REGISTRATION.code, "")
    return WorkRow(deadline, None, f"{record_type.prefix}-2026-0001", 1, kind, code, "P-1", "Clarke", "Nathan", None, True, "")


def kinds_led_to(app: Flask, record_type: RecordType, duty: Duty, happened: Happened, *, is_overdue: bool = False) -> list[E | str]:
    """What each link records, in turn; the address itself where it is no form."""
    with app.test_request_context():
        steps = next_steps(row_of(record_type, duty), happened, is_overdue=is_overdue)
    return [_recorded_at(app, step.href) for step in steps]


def _recorded_at(app: Flask, href: str) -> E | str:
    endpoint, values = app.url_map.bind("localhost").match(href.partition("?")[0].partition("#")[0])
    if endpoint == "registrations.notify":
        return E.NOTIFIED
    return E(values["kind"]) if endpoint.endswith(".record_event") else href


@pytest.mark.parametrize(("record_type", "duty"), EVERY)
def test_the_first_link_meets_the_duty_or_the_date_passes_by_itself(app: Flask, record_type: RecordType, duty: Duty) -> None:
    led_to = kinds_led_to(app, record_type, duty, A_LISTING)
    assert bool(led_to) is bool(duty.met_by)
    assert set(led_to) <= duty.met_by
    assert (duty.word is Word.UNTIL) is not bool(duty.met_by)  # what a page says of a date that passes by itself, and what it is


@pytest.mark.parametrize(("record_type", "duty"), [one for one in EVERY if E.HEARING_HELD in one.values[1].met_by])
def test_a_hearing_is_listed_before_it_is_held(app: Flask, record_type: RecordType, duty: Duty) -> None:
    for happened in (Happened(), A_LATE_LISTING):
        first, *rest = kinds_led_to(app, record_type, duty, happened)
        assert first is E.HEARING_LISTED
        assert rest == kinds_led_to(app, record_type, duty, A_LISTING) != []


def reported(on: date, **details: str) -> Happened:
    return Happened(breaches={RECORD: [SimpleNamespace(happened_on=on, details=details)]})  # type: ignore[list-item]


@pytest.mark.parametrize(("record_type", "duty"), NOTIFIED_LATE)
def test_a_notification_not_given_may_be_given_late_and_may_be_a_breach(app: Flask, record_type: RecordType, duty: Duty) -> None:
    meeting = kinds_led_to(app, record_type, duty, Happened())
    assert kinds_led_to(app, record_type, duty, Happened(), is_overdue=True) == [*meeting, E.BREACH_REPORTED]


@pytest.mark.parametrize(
    ("happened", "is_known"),
    [
        (reported(date(2026, 11, 3)), True),
        (reported(date(2026, 11, 1)), False),  # before it was due
        (reported(date(2026, 11, 3), condition="1"), False),  # of a condition
    ],
)
@pytest.mark.parametrize("code", ["spo", "registration"])
def test_a_breach_reported_already_is_shown_and_not_asked_for_again(app: Flask, code: str, happened: Happened, is_known: bool) -> None:
    record_type = next(each for each in TYPES if each.code == code)
    duty = next(duty for duty in record_type.duties if duty.alert_class is AlertClass.NOTIFICATION)
    *_, last = kinds_led_to(app, record_type, duty, happened, is_overdue=True)
    assert (last != E.BREACH_REPORTED and str(last).endswith("-2026-0001#events")) is is_known

"""What an officer does next about a deadline, as links: the form that meets it first."""

from __future__ import annotations

from typing import Any

from orders_app.queries.work_details import Happened
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import events_ever
from orders_app.rules.listings import is_after
from orders_app.rules.london import last_day_before
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.spec import Duty, OrderType
from orders_app.rules.starts import hearing_of
from orders_app.web.filters import day
from orders_app.web.orders import meeting
from orders_app.web.record_pages import PAGES
from orders_app.web.registrations import registration_deadlines
from orders_app.web.steps import Step


def next_steps(row: WorkRow, happened: Happened, *, is_overdue: bool) -> list[Step]:
    """The forms that meet a deadline, and beside an overdue notification the breach. Empty for a date that passes by itself.

    The form itself refuses what the record as it stands does not allow.
    """
    duty = _duty(row)
    if duty is None:
        return [_record(row)]
    if not duty.met_by:
        return []
    breach = [_breach(row, happened)] if is_overdue and duty.alert_class is AlertClass.NOTIFICATION else []
    return [*(_meeting(row, duty, happened) or [_record(row)]), *breach]


def _duty(row: WorkRow) -> Duty | None:
    """The declaration behind a deadline, whose key may go on with the part that tells several of one duty apart."""
    declared = REGISTRATION if row.kind == REGISTRATION.code else ORDER_TYPES.get(row.order_type)
    key = row.deadline.duty_key
    named = [duty for duty in declared.duties if key == duty.key or key.startswith(f"{duty.key}_")] if declared else []
    return max(named, key=lambda duty: len(duty.key), default=None)


def _meeting(row: WorkRow, duty: Duty, happened: Happened) -> list[Step]:
    if row.kind == REGISTRATION.code:
        return registration_deadlines.meeting_steps(row.reference, duty, list(E))
    order_type: OrderType = ORDER_TYPES[row.order_type]
    steps = meeting.meeting_steps(row.reference, duty, events_ever(order_type))
    is_to_be_listed = E.HEARING_HELD in duty.met_by and not _is_listed_in_time(row, happened)
    return [meeting.step(row.reference, E.HEARING_LISTED, duty), *steps] if is_to_be_listed else steps


def _is_listed_in_time(row: WorkRow, happened: Happened) -> bool:
    listing = happened.hearings.get(row.deadline.record_id)
    return listing is not None and not is_listed_too_late(row, listing)


def is_listed_too_late(row: WorkRow, listing: Any) -> bool:
    """Whether the hearing listed is after the moment by which the court is to sit."""
    deadline = row.deadline
    limit_at = deadline.act_by_at if deadline.due_at else None
    return is_after(*hearing_of(listing), last_day_before(deadline.act_by_at), limit_at)


def _record(row: WorkRow) -> Step:
    pages = PAGES[row.kind]
    return Step(f"Open the {pages.called}", pages.show(row.reference))


def _breach(row: WorkRow, happened: Happened) -> Step:
    """The breach reported since the notification was due and of no condition: else the form that reports one."""
    since = [event for event in happened.breaches.get(row.deadline.record_id, ()) if event.happened_on >= row.deadline.due_on]
    reported = [event for event in since if not event.details.get("condition")]
    if reported:
        return Step(f"See the breach reported {day(reported[-1].happened_on)}", f"{PAGES[row.kind].show(row.reference)}#events")
    return PAGES[row.kind].report_breach(row.reference)

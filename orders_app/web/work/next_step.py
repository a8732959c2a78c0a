"""The form that meets a deadline, as a link: what the officer does next."""

from __future__ import annotations

from flask import url_for

from orders_app.queries.work_lists import WorkRow
from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind
from orders_app.rules.law import events_ever
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.spec import Duty, OrderType
from orders_app.web.orders.event_questions import NAMES_ITS_DUTY
from orders_app.web.orders.event_words import EVENT_WORDS
from orders_app.web.registrations.registration_deadlines import step_of

E = EventKind
PREFERRED = (E.EXPIRY_DECIDED, E.REVIEW_DONE, E.HEARING_HELD, E.PRODUCED, E.NOTIFIED, E.RENEWAL_APPLIED)
WHEN_IT_ENDS = (E.PROTECTED_PERSON_TOLD,)


def next_step(row: WorkRow, *, is_hearing_listed: bool, is_overdue: bool) -> tuple[str, str]:
    """Return the words and the address of the next step: the form that meets the deadline, else the record itself."""
    if row.kind == REGISTRATION.code:
        return step_of(row.reference, row.deadline.duty_key, is_overdue=is_overdue)
    order_type = ORDER_TYPES.get(row.order_type)
    duty = _duty(order_type, row.deadline.duty_key) if order_type else None
    kind = _kind(order_type, duty, is_hearing_listed=is_hearing_listed, is_overdue=is_overdue) if order_type and duty else None
    if kind is None or duty is None:
        return "Open the order", url_for("orders.show", reference=row.reference)
    meets = duty.key if kind in NAMES_ITS_DUTY else None
    return EVENT_WORDS[kind].do, url_for("orders.record_event", reference=row.reference, kind=kind.value, meets=meets)


def _duty(order_type: OrderType, key: str) -> Duty | None:
    """The declaration behind a deadline, whose key may go on with the part that tells several of one duty apart."""
    named = [duty for duty in order_type.duties if key == duty.key or key.startswith(f"{duty.key}_")]
    return max(named, key=lambda duty: len(duty.key), default=None)


def _kind(order_type: OrderType, duty: Duty, *, is_hearing_listed: bool, is_overdue: bool) -> EventKind | None:
    if is_overdue and duty.alert_class is AlertClass.NOTIFICATION:
        wanted: tuple[EventKind, ...] = (E.BREACH_REPORTED,)
    elif E.HEARING_HELD in duty.met_by and not is_hearing_listed:
        wanted = (E.HEARING_LISTED,)
    else:
        wanted = (*(kind for kind in PREFERRED if kind in duty.met_by), *(kind for kind in EventKind if kind in duty.met_by))
    possible = [kind for kind in (*wanted, *WHEN_IT_ENDS) if kind in events_ever(order_type) and EVENT_WORDS[kind].do]
    return possible[0] if possible else None

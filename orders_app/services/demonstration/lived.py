"""Give an invented order the life it would have had: duties met in time, mostly, up to today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from orders_app.models import Person
from orders_app.rules import facts as rules
from orders_app.rules.duties import DueDuty, due_duties
from orders_app.rules.ends import ends_on, in_force_from
from orders_app.rules.facts import EventKind as E
from orders_app.rules.law import LawTables
from orders_app.rules.london import london_day
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.periods import LONDON, MonthsAfter
from orders_app.rules.spec import OrderType
from orders_app.services.new_orders import NewEvent, NewOrder
from orders_app.services.orders import rule_event

ROUNDS = 6
LATELY = timedelta(days=9)
FORGOTTEN_LATELY = 0.12
LET_GO = {"decision": "let_expire", "view": "content", "reason": "No contact for a year, and the protected person agrees"}
RENEW = {"decision": "renew", "view": "wants_more", "reason": "Messages through others this year, and the protected person is afraid"}
MEETS = {
    "service": E.SERVED,
    "court_hearing": E.HEARING_HELD,
    "production": E.PRODUCED,
    "initial_notification": E.NOTIFIED,
    "change_of_name": E.NOTIFIED,
    "change_of_address": E.NOTIFIED,
    "victim_contact": E.PROTECTED_PERSON_TOLD,
    "compliance_check": E.COMPLIANCE_CHECKED,
    "start_briefing": E.BRIEFED,
    "expiry_decision": E.EXPIRY_DECIDED,
    "expiry_last_decision": E.EXPIRY_DECIDED,
    "expiry_warning": E.RENEWAL_APPLIED,
    "expiry_last_warning": E.RENEWAL_APPLIED,
    "renewal_application": E.RENEWAL_APPLIED,
    "interim_gap": E.RENEWAL_APPLIED,
}


def lived(rng: Random, new: NewOrder, subject: Person, now: datetime, law: LawTables) -> NewOrder:
    """Return the order with the events that meeting its duties until `now` (aware UTC) would have left."""
    today = london_day(now)
    new = replace(new, events=(*new.events, *_checks(rng, new, subject, today)))
    for _ in range(ROUNDS):
        late = [due for due in _due(new, subject, law) if _is_to_be_met(rng, due, today)]
        if not late:
            break
        new = replace(new, events=(*new.events, *(_meeting(rng, ORDER_TYPES[new.order_type], due, today) for due in late)))
    return new


def check_due_on(new: NewOrder, day: date) -> NewOrder:
    """Return the order with its last compliance check a month before `day`, so that the next falls due on it."""
    month_ago = next(d for d in (day - timedelta(days=n) for n in range(28, 32)) if MonthsAfter(1).last_day(d) == day)
    kept = tuple(event for event in new.events if event.kind is not E.COMPLIANCE_CHECKED or event.on < month_ago)
    return replace(new, events=(*kept, NewEvent(E.COMPLIANCE_CHECKED, month_ago, details={"result": "complied"})))


def facts_of_new(new: NewOrder, subject: Person) -> rules.Facts:
    """What the rules know of an order before it has rows."""
    events = tuple(rule_event(event, number) for number, event in enumerate(new.events, 1))
    return rules.Facts(
        order_type=new.order_type, events=events, end_kind=new.end_kind, stated_ends_on=new.stated_ends_on,
        in_force_from_on=new.stated_in_force_from, starts_on_release=new.starts_on_release, subject_born_on=subject.born_on,
        replaces_interim=new.follows_id is not None and _replaces_interim(new.order_type), authorised_rank=new.authorised_rank,
    )  # fmt: skip


def _replaces_interim(code: str) -> bool:
    return any(order_type.is_interim and order_type.leads_to == code for order_type in ORDER_TYPES.values())


def _checks(rng: Random, new: NewOrder, subject: Person, today: date) -> Iterator[NewEvent]:
    """The monthly or weekly round, written down at once instead of one duty at a time."""
    order_type, facts = ORDER_TYPES[new.order_type], facts_of_new(new, subject)
    begins, ends = in_force_from(order_type, facts), ends_on(order_type, facts)
    duty = next((duty for duty in order_type.duties if duty.key == "compliance_check"), None)
    if duty is None or duty.period is None or begins is None:
        return
    last = min(today, ends.on) if ends and ends.on else today
    step = 6 if "7 days" in str(duty.period) else 27
    day = begins + timedelta(days=rng.randrange(2, step))
    while day < last - timedelta(days=2):
        yield NewEvent(E.COMPLIANCE_CHECKED, day, details={"result": "complied" if rng.random() < 0.96 else "in_part"})
        day += timedelta(days=rng.randrange(step - 3, step + 2))


def _due(new: NewOrder, subject: Person, law: LawTables) -> list[DueDuty]:
    return due_duties(ORDER_TYPES[new.order_type], facts_of_new(new, subject), law)


def _is_to_be_met(rng: Random, due: DueDuty, today: date) -> bool:
    if due.met_by is not None or not due.can_be_overdue or due.act_by_on >= today:
        return False
    return due.act_by_on < today - LATELY or rng.random() > FORGOTTEN_LATELY


def kind_that_meets(order_type: OrderType, key: str) -> E:
    """The usual event that meets a duty, by the duty's key."""
    declared = next(duty for duty in order_type.duties if key.startswith(duty.key))
    usual = MEETS.get(key, E.REVIEW_DONE)
    return usual if usual in declared.met_by else min(declared.met_by)


def _meeting(rng: Random, order_type: OrderType, due: DueDuty, today: date) -> NewEvent:
    kind = kind_that_meets(order_type, due.key)
    earliest = due.starts.on
    latest = min(due.act_by_on, today - timedelta(days=1))
    day = max(earliest, latest - timedelta(days=rng.randrange(0, 3)))
    if due.starts.at is None and due.act_by_at is None:
        return NewEvent(kind, day, details=_details(rng, kind, order_type))
    moment = _in_court_hours(due, day)
    return NewEvent(kind, london_day(moment), moment, details=_details(rng, kind, order_type))


def _in_court_hours(due: DueDuty, day: date) -> datetime:
    """Ten in the morning, or half way between start and deadline where that would be too early or too late."""
    morning = datetime.combine(day, time(10), LONDON)
    start = due.starts.at or datetime.combine(due.starts.on, time(9), LONDON)
    end = due.act_by_at or datetime.combine(due.act_by_on, time(23), LONDON)
    return morning if start < morning < end else start + (end - start) / 2


def _details(rng: Random, kind: E, order_type: OrderType) -> dict[str, str]:
    if kind is E.COMPLIANCE_CHECKED:
        return {"result": "complied"}
    if kind is E.SERVED:
        return {"how": "in_person", "where": "Home address", "officer": f"PC {rng.randrange(4000, 6000)}"}
    if kind is E.EXPIRY_DECIDED:
        return RENEW if E.RENEWAL_APPLIED in order_type.events else LET_GO
    return {}

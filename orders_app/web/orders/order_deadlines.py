"""The deadlines of one order in words: open ones with their reasons, and those that were met or have passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from flask import url_for

from orders_app.queries.facts import OrderFacts
from orders_app.rules.absent_duties import AbsentDuty, absent_duties, declared_key
from orders_app.rules.duties import DueDuty, MissingTime, due_duties
from orders_app.rules.facts import EventKind
from orders_app.rules.holidays import OutsideTable
from orders_app.rules.law import LawTables
from orders_app.rules.london import london_day
from orders_app.rules.order_dates import order_dates
from orders_app.rules.orders import possible_events
from orders_app.rules.spec import Duty, RuleClass
from orders_app.web.deadline_words import DateInWords, date_in_words
from orders_app.web.orders.deadline_lists import Links, RecordDeadlines, in_words
from orders_app.web.orders.meeting import meeting_steps
from orders_app.web.session import law_tables
from orders_app.web.steps import Step


def order_deadlines(case: OrderFacts, law: LawTables, now: datetime, may_record: bool) -> RecordDeadlines:
    """What the law and local policy ask of this order, as worked out now from what is recorded."""
    try:
        duties = due_duties(case.order_type, case.facts, law)
    except (MissingTime, OutsideTable) as fault:
        return RecordDeadlines(fault=str(fault))
    possible = possible_events(case.order_type, case.facts, london_day(now), law) if may_record else []
    links = Links(partial(why_href, case), partial(_what_to_do, case, possible))
    return replace(in_words(duties, case.facts.events, links, now), absent=_without_a_date(case, duties, law))


def dates_in_words(case: OrderFacts, law: LawTables) -> list[DateInWords]:
    """The dates of the order that are no deadlines: in force, lawful ends, last day, how long changes are to be notified."""
    dates = order_dates(case.order_type, case.facts, law)
    return [date_in_words(date, url_for("orders.why", reference=case.order.reference, duty_key=date.key)) for date in dates]


def duties_met_by(case: OrderFacts, kind: EventKind) -> list[tuple[str, str]]:
    """The open duties that an event of this kind may meet: the key and the title of each, once."""
    try:
        duties = due_duties(case.order_type, case.facts, law_tables())
    except (MissingTime, OutsideTable):
        return []
    waiting = [(_duty(case, due), due) for due in duties if due.met_by is None]
    return list({duty.key: (duty.key, duty.title) for duty, _ in waiting if kind in duty.met_by}.values())


def why_href(case: OrderFacts, due: DueDuty) -> str:
    """The address of the exhibit page of one deadline."""
    return url_for("orders.why", reference=case.order.reference, duty_key=due.key, started=due.starts.on.isoformat())


def _without_a_date(case: OrderFacts, duties: list[DueDuty], law: LawTables) -> list[AbsentDuty]:
    """Duties of law that this order might have and has not, each with the reason. Another order of the person is no reason given here."""
    of_this_order = replace(case.facts, other_notification_scheme="", other_notification_until=None)
    absent = absent_duties(case.order_type, of_this_order, duties, law)
    return [one for one in absent if one.why and one.duty.rule_class is RuleClass.LAW]


def _what_to_do(case: OrderFacts, possible: list[EventKind], due: DueDuty) -> list[Step]:
    """The form that meets a deadline."""
    return meeting_steps(case.order.reference, _duty(case, due), possible)


def _duty(case: OrderFacts, due: DueDuty) -> Duty:
    """The declaration behind a deadline."""
    key = declared_key(case.order_type, due.key)
    return next(duty for duty in case.order_type.duties if duty.key == key)

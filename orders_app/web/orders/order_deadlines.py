"""The deadlines of one order in words: open ones with their reasons, and those that were met or have passed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

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
from orders_app.web.deadline_words import DateInWords, DeadlineWords, date_in_words, due_duty_words, why_words
from orders_app.web.filters import deadline_when
from orders_app.web.orders.event_questions import NAMES_ITS_DUTY
from orders_app.web.orders.event_words import EVENT_WORDS, when_words
from orders_app.web.session import law_tables

PREFERRED = (
    EventKind.RENEWAL_APPLIED,
    EventKind.EXPIRY_DECIDED,
    EventKind.REVIEW_DONE,
    EventKind.HEARING_HELD,
    EventKind.PRODUCED,
    EventKind.NOTIFIED,
)
DONE_SHOWN = 6
OURS = "Local policy: "  # the tag says so already


@dataclass(frozen=True)
class OpenDeadline:
    """A deadline to be met: its tag, its reasoning, and the form that meets it (empty where nothing does)."""

    due: DueDuty
    words: DeadlineWords
    why: dict[str, Any]
    why_href: str
    do: str = ""
    do_href: str = ""

    @property
    def is_law(self) -> bool:
        """Whether a rule of law, and no policy, sets the date."""
        return self.due.rule_class is RuleClass.LAW


@dataclass(frozen=True)
class DoneDeadline:
    """A deadline that was met, or one that passed by itself. `why` is its reasoning in place, kept for what the law sets."""

    title: str
    due: str
    done: str
    is_late: bool
    cite: str
    why_href: str
    why: dict[str, Any] | None


@dataclass(frozen=True)
class OrderDeadlines:
    """All deadlines of one order, and duties of law without a date that need a reason. `fault`: why none can be worked out."""

    open: list[OpenDeadline]
    done: list[DoneDeadline]
    absent: list[AbsentDuty]
    fault: str = ""
    shown: int = DONE_SHOWN  # of those done; the rest are folded


def order_deadlines(case: OrderFacts, law: LawTables, now: datetime, may_record: bool) -> OrderDeadlines:
    """What the law and local policy ask of this order, as worked out now from what is recorded."""
    try:
        duties = due_duties(case.order_type, case.facts, law)
    except (MissingTime, OutsideTable) as fault:
        return OrderDeadlines([], [], [], str(fault))
    possible = possible_events(case.order_type, case.facts, london_day(now), law) if may_record else []
    waiting = sorted((due for due in duties if not is_done(due, now)), key=_act_by)
    done = sorted((due for due in duties if is_done(due, now)), key=_act_by, reverse=True)
    absent = _without_a_date(case, duties, law)
    return OrderDeadlines([_open(case, due, possible, now) for due in waiting], [_done(case, due) for due in done], absent)


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


def is_done(due: DueDuty, now: datetime) -> bool:
    """Whether nothing is left to do: it was met, or it was a date that passes by itself."""
    if due.met_by is not None:
        return True
    return not due.can_be_overdue and (due.act_by_at < now if due.act_by_at else due.act_by_on < london_day(now))


def why_href(case: OrderFacts, due: DueDuty) -> str:
    """The address of the exhibit page of one deadline."""
    return url_for("orders.why", reference=case.order.reference, duty_key=due.key, started=due.starts.on.isoformat())


def _without_a_date(case: OrderFacts, duties: list[DueDuty], law: LawTables) -> list[AbsentDuty]:
    """Duties of law that this order might have and has not, each with the reason. Another order of the person is no reason given here."""
    of_this_order = replace(case.facts, other_notification_scheme="", other_notification_until=None)
    absent = absent_duties(case.order_type, of_this_order, duties, law)
    return [one for one in absent if one.why and one.duty.rule_class is RuleClass.LAW]


def _act_by(due: DueDuty) -> tuple[str, str]:
    return due.act_by_on.isoformat(), due.act_by_at.isoformat() if due.act_by_at else "9"


def _open(case: OrderFacts, due: DueDuty, possible: list[EventKind], now: datetime) -> OpenDeadline:
    href = why_href(case, due)
    kind = _meets(case, due, possible)
    do_href = ""
    if kind:
        meets: dict[str, Any] = {"meets": _duty(case, due).key} if kind in NAMES_ITS_DUTY else {}
        do_href = url_for("orders.record_event", reference=case.order.reference, kind=kind.value, **meets)
    words = due_duty_words(due, now)
    words = replace(words, cite=words.cite.removeprefix(OURS))
    return OpenDeadline(due, words, why_words(due.working, href), href, EVENT_WORDS[kind].do if kind else "", do_href)


def _duty(case: OrderFacts, due: DueDuty) -> Duty:
    """The declaration behind a deadline."""
    key = declared_key(case.order_type, due.key)
    return next(duty for duty in case.order_type.duties if duty.key == key)


def _meets(case: OrderFacts, due: DueDuty, possible: list[EventKind]) -> EventKind | None:
    kinds = [kind for kind in possible if kind in _duty(case, due).met_by and EVENT_WORDS[kind].do]
    return next((kind for kind in PREFERRED if kind in kinds), kinds[0] if kinds else None)


def _done(case: OrderFacts, due: DueDuty) -> DoneDeadline:
    met = next((event for event in case.facts.events if event.id == due.met_by), None)
    what = f"{EVENT_WORDS[met.kind].happened.lower()} {when_words(met.on, met.at)}" if met else "the date has passed"
    href = why_href(case, due)
    why = why_words(due.working, href) if due.rule_class is RuleClass.LAW else None
    return DoneDeadline(due.title, deadline_when(due.late_after_on, due.late_after_at), what, due.is_late, str(due.citation), href, why)

"""The deadlines of one registration in words, its dates that are no deadlines, and the form that meets each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import partial

from flask import url_for

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.absent_duties import declared_key
from orders_app.rules.duties import DueDuty
from orders_app.rules.facts import EventKind as E
from orders_app.rules.london import london_day
from orders_app.rules.registrations.dates import LAST_DAY, registration_dates_explained
from orders_app.rules.registrations.declaration import ENDS, REGISTRATION
from orders_app.rules.registrations.offers import possible_events
from orders_app.rules.spec import Duty
from orders_app.web.deadline_words import DateInWords, date_in_words
from orders_app.web.orders.deadline_lists import Links, RecordDeadlines, in_words
from orders_app.web.registrations.vocabulary import DO
from orders_app.web.session import law_tables
from orders_app.web.steps import Step

NOT_HAPPENED = "advance_notice"
DECISIONS = {E.REVIEW_GRANTED, E.REVIEW_REFUSED}


def registration_deadlines(whole: WholeRegistration, duties: list[DueDuty], now: datetime, may_record: bool) -> RecordDeadlines:
    """What the law and local policy ask, with the forms that meet it where the reader may record."""
    possible = possible_events(whole.case.facts, london_day(now), law_tables()) if may_record else []
    reference = whole.registration.reference
    return in_words(duties, whole.case.facts.events, Links(partial(why_href, reference), partial(_what_to_do, reference, possible)), now)


def dates_in_words(whole: WholeRegistration, today: date) -> list[DateInWords]:
    """When the registration ends, and from when a review may be applied for."""
    dates = registration_dates_explained(whole.case.facts, today)
    return [date_in_words(one, url_for("registrations.why", reference=whole.registration.reference, duty_key=one.key)) for one in dates]


def why_href(reference: str, due: DueDuty) -> str:
    """The address of the exhibit page of one deadline. The end is explained as the date it is, with all that it rests on."""
    if due.key == ENDS.key:
        return url_for("registrations.why", reference=reference, duty_key=LAST_DAY)
    return url_for("registrations.why", reference=reference, duty_key=due.key, started=due.starts.on.isoformat())


def meeting_steps(reference: str, duty: Duty, possible: Collection[E]) -> list[Step]:
    """The forms that meet a duty, of those that may be recorded: the first in the order of DO, and with a decision its other way."""
    kinds = [kind for kind in DO if kind in duty.met_by and kind in possible]
    wanted = kinds if set(kinds) == DECISIONS else kinds[:1]
    return [Step(DO[kind], record_href(reference, kind, duty.key)) for kind in wanted]


def record_href(reference: str, kind: E, duty_key: str = "") -> str:
    """The address of the form that records a kind of event. A duty that only a notification saying so meets is named to it."""
    if kind is E.NOTIFIED:
        return url_for("registrations.notify", reference=reference, meets=duty_key if duty_key == NOT_HAPPENED else None)
    return url_for("registrations.record_event", reference=reference, kind=kind.value)


def duty_behind(key: str) -> Duty:
    """The declaration behind a deadline, whose key may go on with what tells several of one duty apart."""
    declared = declared_key(REGISTRATION, key)
    return next(duty for duty in REGISTRATION.duties if duty.key == declared)


def _what_to_do(reference: str, possible: list[E], due: DueDuty) -> list[Step]:
    return meeting_steps(reference, duty_behind(due.key), possible)

"""The deadlines of one registration in words, its dates that are no deadlines, and the form that meets each."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from flask import url_for

from orders_app.queries.registrations import WholeRegistration
from orders_app.rules.absent_duties import declared_key
from orders_app.rules.alerting import AlertClass
from orders_app.rules.duties import DueDuty
from orders_app.rules.facts import EventKind as E
from orders_app.rules.london import london_day
from orders_app.rules.registrations.dates import LAST_DAY, registration_dates_explained
from orders_app.rules.registrations.declaration import ENDS, REGISTRATION
from orders_app.rules.registrations.offers import possible_events
from orders_app.rules.spec import Duty
from orders_app.web.deadline_words import DateInWords, date_in_words
from orders_app.web.orders.deadline_lists import NOTHING_TO_DO, Links, RecordDeadlines, in_words
from orders_app.web.registrations.vocabulary import DO
from orders_app.web.session import law_tables

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


def step_of(reference: str, key: str, *, is_overdue: bool) -> tuple[str, str]:
    """The words and the address of the next step about a deadline, for lists: what to do once it is late, else what meets it.

    The form itself refuses what the registration as it stands does not allow.
    """
    duty = duty_behind(key)
    if is_overdue and duty.alert_class is AlertClass.NOTIFICATION:
        return DO[E.BREACH_REPORTED], record_href(reference, E.BREACH_REPORTED)
    step = _meeting(reference, duty, list(DO))
    return step if step != NOTHING_TO_DO else ("Open the registration", url_for("registrations.show", reference=reference))


def _meeting(reference: str, duty: Duty, possible: list[E]) -> tuple[str, str]:
    """The words and the address of the form that meets a duty, of those that may be recorded. A decision is made where both stand."""
    kinds = [kind for kind in DO if kind in duty.met_by and kind in possible]
    if set(kinds) >= DECISIONS:
        return "Record the decision on the review", url_for("registrations.show", reference=reference, _anchor="actions")
    return (DO[kinds[0]], record_href(reference, kinds[0], duty.key)) if kinds else NOTHING_TO_DO


def record_href(reference: str, kind: E, duty_key: str = "") -> str:
    """The address of the form that records a kind of event. A duty that only a notification saying so meets is named to it."""
    if kind is E.NOTIFIED:
        return url_for("registrations.notify", reference=reference, meets=duty_key if duty_key == NOT_HAPPENED else None)
    return url_for("registrations.record_event", reference=reference, kind=kind.value)


def duty_behind(key: str) -> Duty:
    """The declaration behind a deadline, whose key may go on with what tells several of one duty apart."""
    declared = declared_key(REGISTRATION, key)
    return next(duty for duty in REGISTRATION.duties if duty.key == declared)


def _what_to_do(reference: str, possible: list[E], due: DueDuty) -> tuple[str, str]:
    return _meeting(reference, duty_behind(due.key), possible)

"""Notification under a serious crime prevention order: Border Security, Asylum and Immigration Act 2025 s.58, new Schedule 1A.

It binds under orders made since s.58 is in force: only they say whom to notify. It runs from the first day on which any
provision of the order is in force, which may be long after the day it is made.
"""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.ends import begun_by, in_force_from
from orders_app.rules.facts import Event, Facts
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types.notifications import GIVEN, THREE_DAYS
from orders_app.rules.order_types.vocabulary import Cites
from orders_app.rules.periods import DaysBeginningWith
from orders_app.rules.spec import Duty, OrderType, Start, Starts
from orders_app.rules.starts import is_suspended

border = Cites("Border Security, Asylum and Immigration Act 2025", "ukpga/2025/31")
NOTIFICATION_IN_FORCE = "bsa_s58"
CITATION = border("s.58, inserting Serious Crime Act 2007 Sch.1A", "section/58")
SAID = (
    "names, addresses, telephone numbers, e-mail addresses, names used on social media and in games, vehicles, specified "
    "financial information, identity documents and employers"
)
SUSPENDED = "Put off while the same information is due under an earlier SCPO: then it counts from the day that ends"


def _first_day(is_body: bool) -> Starts:
    """The first day on which any provision of the order is in force, for bodies or for individuals."""

    def starts(order_type: OrderType, facts: Facts) -> list[Start]:
        made, begins_on = begun_by(order_type, facts), in_force_from(order_type, facts)
        if made is None or begins_on is None or facts.subject_is_organisation is not is_body:
            return []
        if not is_suspended(order_type, facts, begins_on):
            return [Start(made, begins_on, "the first day on which any provision of the order is in force")]
        revives_on = facts.other_notification_until
        return [Start(made, revives_on, "the day the other notification duty ends")] if revives_on else []

    return starts


def _each_change(kind: E, is_body: bool, words: str) -> Starts:
    """Every change from the first day in force on, under the law of the day the order was made."""

    def starts(order_type: OrderType, facts: Facts) -> list[Start]:
        made, begins_on = begun_by(order_type, facts), in_force_from(order_type, facts)
        if made is None or begins_on is None or facts.subject_is_organisation is not is_body:
            return []
        changes = [event for event in facts.of(kind) if event.on >= begins_on and not is_suspended(order_type, facts, event.on)]
        return [_changed(event, made, words) for event in changes]

    return starts


def _changed(event: Event, made: Event, words: str) -> Start:
    return Start(event, event.on, words, event.at, law_on=made.on)


def _duty(key: str, title: str, sentence: str, starts: Starts, period: DaysBeginningWith = THREE_DAYS, moves: str = "") -> Duty:
    return Duty(
        key=key,
        title=title,
        sentence=sentence,
        starts=starts,
        period=period,
        met_by=GIVEN,
        citation=CITATION,
        alert_class=AlertClass.NOTIFICATION,
        moves=moves or "A correction of the day of the change",
        since=NOTIFICATION_IN_FORCE,
    )


def _change(key: str, kind: E, what: str) -> Duty:
    sentence = f"The subject must notify {what} within 3 days beginning with the day of the change"
    return _duty(key, f"Notify {what}", sentence, _each_change(kind, False, "the day of the change"))


NOTIFICATION_DUTIES = (
    _duty(
        "initial_notification",
        "Notify the information that the order asks for",
        f"The subject must notify {SAID}, within 3 days beginning with the first day on which any provision is in force",
        _first_day(is_body=False),
        moves=f"The first day in force: the release, where the order starts on release. {SUSPENDED}",
    ),
    _change("change_of_name", E.NAME_CHANGED, "a new name"),
    _change("change_of_address", E.ADDRESS_CHANGED, "a change of address"),
    _change("change_of_details", E.DETAILS_CHANGED, "a change of any other detail"),
    _duty(
        "authorised_individual",
        "The body must name an individual who answers for it",
        "A body that is not an individual must name an authorised individual within 3 days beginning with the first day on which "
        "any provision is in force",
        _first_day(is_body=True),
        moves=f"The first day in force. {SUSPENDED}",
    ),
    _duty(
        "new_authorised_individual",
        "The body must name another individual who answers for it",
        "Where the authorised individual is no longer there, another must be named within 28 days beginning with that day",
        _each_change(E.AUTHORISED_INDIVIDUAL_LEFT, True, "the day the authorised individual left"),
        DaysBeginningWith(28),
    ),
)
NOTIFICATION_EVENTS = frozenset({E.NOTIFIED, E.NAME_CHANGED, E.ADDRESS_CHANGED, E.DETAILS_CHANGED, E.AUTHORISED_INDIVIDUAL_LEFT})

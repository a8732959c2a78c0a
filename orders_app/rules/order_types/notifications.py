"""Notification of names and home address: the same three duties under several Acts, each with its own anchor."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import DaysBeginningWith
from orders_app.rules.spec import Citation, Duty, Starts
from orders_app.rules.starts import each_while_bound

THREE_DAYS = DaysBeginningWith(3)
GIVEN = frozenset({E.NOTIFIED})


def initial(
    starts: Starts,
    sentence: str,
    citation: Citation,
    period: DaysBeginningWith = THREE_DAYS,
    title: str = "Notify all names and home address",
) -> Duty:
    """The first notification, within days that begin with the Act's own anchor."""
    return Duty(
        key="initial_notification",
        title=title,
        sentence=sentence,
        starts=starts,
        period=period,
        met_by=GIVEN,
        citation=citation,
        alert_class=AlertClass.NOTIFICATION,
        moves="A correction of the day it runs from. Weekends and bank holidays do not",
    )


def changes(anchor: E, name: Citation, address: Citation, period: DaysBeginningWith = THREE_DAYS) -> tuple[Duty, Duty]:
    """Each change from the anchor on, within days that begin with the day it happens."""
    return (
        Duty(
            key="change_of_name",
            title="Notify a new name",
            sentence=f"The subject must notify a new name within {period} the day it is first used",
            starts=each_while_bound(E.NAME_CHANGED, anchor, "the day the name was first used"),
            period=period,
            met_by=GIVEN,
            citation=name,
            alert_class=AlertClass.NOTIFICATION,
            moves="A correction of the day of the change",
        ),
        Duty(
            key="change_of_address",
            title="Notify a change of home address",
            sentence=f"The subject must notify a change of home address within {period} the day of the change",
            starts=each_while_bound(E.ADDRESS_CHANGED, anchor, "the day of the change"),
            period=period,
            met_by=GIVEN,
            citation=address,
            alert_class=AlertClass.NOTIFICATION,
            moves="A correction of the day of the change",
        ),
    )

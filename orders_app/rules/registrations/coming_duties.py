"""Duties of the Crime and Policing Act 2026. None is law until its provision has a row in the table of what is in force."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind as E
from orders_app.rules.known_provisions import PROVISIONS
from orders_app.rules.periods import DaysBefore, HoursBefore
from orders_app.rules.registrations.starts import long_absence, planned
from orders_app.rules.spec import DatedEvents, Duty, Starts

NEW_NAME, ABSENCE, CHILD_PREMISES = "cpa_new_name", "cpa_absence", "cpa_child_premises"
ONLY_WHERE_SAID = "A correction of the day. Where it could not be known in time it is notified as soon as it can be"


def _duty(key: str, title: str, starts: Starts, period: DaysBefore | HoursBefore, provision: str) -> Duty:
    brought = PROVISIONS[provision]
    return Duty(
        key=key,
        title=title,
        sentence=brought.brings,
        starts=starts,
        period=period,
        met_by=frozenset({E.NOTIFIED}),
        citation=brought.citation,
        alert_class=AlertClass.NOTIFICATION,
        moves=ONLY_WHERE_SAID,
        may_be_past=True,
        since=provision,
    )


COMING_DUTIES = (
    _duty(
        "intended_name",
        "Notify a new name before it is used",
        planned(E.NEW_NAME_PLANNED, "from_on", "the day it is to be used"),
        DaysBefore(7),
        NEW_NAME,
    ),
    _duty("absence", "Notify an absence of more than 5 days before leaving", long_absence, HoursBefore(12), ABSENCE),
    _duty(
        "child_premises",
        "Notify before entering premises where a child is",
        planned(E.CHILD_PREMISES_PLANNED, "from_on", "the day of entering"),
        HoursBefore(12),
        CHILD_PREMISES,
    ),
)
COMING_EVENTS = (
    DatedEvents(frozenset({E.NEW_NAME_PLANNED}), since=NEW_NAME),
    DatedEvents(frozenset({E.ABSENCE_PLANNED}), since=ABSENCE),
    DatedEvents(frozenset({E.CHILD_PREMISES_PLANNED}), since=CHILD_PREMISES),
)

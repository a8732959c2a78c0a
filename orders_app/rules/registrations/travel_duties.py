"""Notification of travel abroad and of return: section 86 and its regulations."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import DaysAfter, DaysBefore, DaysBeginningWith, HoursBefore
from orders_app.rules.registrations import starts
from orders_app.rules.registrations.citations import travel
from orders_app.rules.spec import Duty, RuleClass

TOLD = frozenset({E.TRAVEL_NOTIFIED})
TWELVE_HOURS, OF_THE_DAY = HoursBefore(12), HoursBefore(12, of_the_day=True)
HOURS_TWO_WAYS = "12 hours before “that date” can mean before the departure itself, or before the day of departure begins at 00:00."
MOVES = "Another date of departure"

BEFORE_DEPARTURE = Duty(
    key="travel",
    title="Notify travel abroad",
    sentence="The person must notify travel outside the United Kingdom, of any length, not less than 7 days before the date of departure",
    starts=starts.departure(E.TRAVEL_PLANNED),
    period=DaysBefore(7),
    safe_period=DaysBefore(8),
    two_readings="“Not less than 7 days before” can mean 7 days back from the date, or 7 clear days between the two.",
    met_by=TOLD,
    meets_if=starts.is_of_this_journey,
    citation=travel("reg. 5", "regulation/5"),
    alert_class=AlertClass.NOTIFICATION,
    moves=f"{MOVES}. With a reasonable excuse, or where it was not known in time, it may be notified later: see the last moment",
    may_be_past=True,
)

LAST_MOMENT = Duty(
    key="travel_last_moment",
    title="Last moment to notify travel abroad",
    sentence=(
        "With a reasonable excuse, or where the information was not known in time, travel is to be notified as soon as practicable "
        "and not less than 12 hours before the date of departure"
    ),
    starts=starts.departure(E.TRAVEL_PLANNED),
    period=TWELVE_HOURS,
    safe_period=OF_THE_DAY,
    two_readings=HOURS_TWO_WAYS,
    met_by=TOLD,
    meets_if=starts.is_of_this_journey,
    citation=travel("reg. 5 (the hours: not yet confirmed)", "regulation/5"),
    alert_class=AlertClass.NOTIFICATION,
    rule_class=RuleClass.GUIDANCE,
    moves=MOVES,
    may_be_past=True,
)

CHANGED = Duty(
    key="travel_change",
    title="Notify a change of the travel notified",
    sentence="What was notified about travel and has changed is to be notified not less than 12 hours before the date of departure",
    starts=starts.departure(E.TRAVEL_CHANGED),
    period=TWELVE_HOURS,
    safe_period=OF_THE_DAY,
    two_readings=HOURS_TWO_WAYS,
    met_by=TOLD,
    meets_if=starts.is_of_this_journey,
    citation=travel("reg. 7 (the hours: not yet confirmed)", "regulation/7"),
    alert_class=AlertClass.NOTIFICATION,
    rule_class=RuleClass.GUIDANCE,
    moves=MOVES,
    may_be_past=True,
)

RETURN = Duty(
    key="return",
    title="Notify the return to the United Kingdom",
    sentence="The person must notify the date and place of return within 3 days of it, unless they had been notified and were right",
    starts=starts.returned,
    period=DaysAfter(3),
    safe_period=DaysBeginningWith(3),
    two_readings="“Within 3 days of” the return can mean 3 days after it, or 3 days of which the day of return is the first.",
    met_by=frozenset({E.RETURN_NOTIFIED}),
    citation=travel("reg. 8", "regulation/8"),
    alert_class=AlertClass.NOTIFICATION,
    moves="A correction of the day of return",
)

TRAVEL_DUTIES = (BEFORE_DEPARTURE, LAST_MOMENT, CHANGED, RETURN)

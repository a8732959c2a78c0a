"""Notification under sections 83 to 85: the first, changes, notice given in advance, and periodically."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind as E
from orders_app.rules.periods import ContinuedWhileAway, DaysAfter, DaysAtLiberty, MonthsAfter
from orders_app.rules.registrations import starts
from orders_app.rules.registrations.advance_notice import ADDRESS, NAME
from orders_app.rules.registrations.citations import TIME_AWAY, offences, regulations
from orders_app.rules.registrations.notifications import is_any, is_initial, is_periodic
from orders_app.rules.spec import Citation, Duty, RuleClass, Starts

THREE_DAYS = DaysAtLiberty(3)
GIVEN = frozenset({E.NOTIFIED})
MOVES = "Time in custody under an order of a court, in hospital or abroad does not count. Weekends and bank holidays do"
PERIODIC_TIME_AWAY = offences("s.85(3), (4)", "section/85")
ROUND_MOVES = (
    "Each notification of a change starts it again. If it would end in custody or abroad it goes on to the end of 3 days from the return"
)


def _change(key: str, title: str, sentence: str, begins: Starts, citation: Citation, rule_class: RuleClass = RuleClass.LAW) -> Duty:
    """One change, within 3 days beginning with it."""
    return Duty(
        key=key,
        title=title,
        sentence=f"The person must notify {sentence} within 3 days beginning with that day",
        starts=begins,
        period=THREE_DAYS,
        met_by=GIVEN,
        meets_if=is_any,
        citation=citation,
        leaves_out=TIME_AWAY,
        alert_class=AlertClass.NOTIFICATION,
        rule_class=rule_class,
        moves=MOVES,
    )


INITIAL_NOTIFICATION = Duty(
    key="initial_notification",
    title="Initial notification: attend a police station",
    sentence="The person must notify the police of the matters in s.83(5) within 3 days beginning with the relevant date",
    starts=starts.became_subject,
    period=THREE_DAYS,
    met_by=GIVEN,
    meets_if=is_initial,
    citation=offences("s.83(1)", "section/83"),
    leaves_out=TIME_AWAY,
    alert_class=AlertClass.NOTIFICATION,
    moves=f"{MOVES}. The notification period of s.82 runs on all the same",
)

CHANGES = (
    _change(
        "change_of_name",
        "Notify a new name",
        "the use of a name that has not been notified",
        starts.change(E.NAME_CHANGED, "the day the name was first used", NAME),
        offences("s.84(1)(a)", "section/84"),
    ),
    _change(
        "change_of_address",
        "Notify a change of home address",
        "a change of home address",
        starts.change(E.ADDRESS_CHANGED, "the day of the change", ADDRESS),
        offences("s.84(1)(b)", "section/84"),
    ),
    _change(
        "qualifying_period",
        "Notify the address of a stay of 7 days",
        "the address of premises stayed at for 7 days, at once or together within 12 months,",
        starts.qualifying_period,
        offences("s.84(1)(c), (6)", "section/84"),
    ),
    _change(
        "release",
        "Notify after release",
        "release from custody, prison or hospital",
        starts.released,
        offences("s.84(1)(d)", "section/84"),
    ),
    _change(
        "child_household",
        "Notify a household with a child",
        "residence or a stay of at least 12 hours in a household where somebody under 18 lives or stays",
        starts.change(E.CHILD_HOUSEHOLD_BEGAN, "the day it began"),
        regulations("reg. 10", "regulation/10"),
    ),
    _change(
        "child_household_ended",
        "Notify that the household with a child was left",
        "the end of residence in a household with somebody under 18",
        starts.change(E.CHILD_HOUSEHOLD_ENDED, "the day it ended"),
        regulations("reg. 10 (the end: not yet confirmed)", "regulation/10"),
        RuleClass.GUIDANCE,
    ),
    _change(
        "finance",
        "Notify a change of bank account or card",
        "an account or a debit or credit card opened, closed or changed",
        starts.change(E.FINANCE_CHANGED, "the day of the change"),
        regulations("regs. 12 to 14", "regulation/12"),
    ),
    _change(
        "identity_document",
        "Notify a change of passport or other identity document",
        "a passport or other identity document obtained, lost or no longer held",
        starts.change(E.IDENTITY_DOCUMENT_CHANGED, "the day of the change"),
        regulations("reg. 13", "regulation/13"),
    ),
)

NOT_HAPPENED = Duty(
    key="advance_notice",
    title="Report if the change notified in advance has not happened",
    sentence=(
        "Where a change notified in advance has not happened by the end of 3 days beginning with the date specified, "
        "the person must notify that within 6 days beginning with that date"
    ),
    starts=starts.change_did_not_happen,
    period=DaysAtLiberty(6),
    met_by=GIVEN,
    meets_if=lambda _event, _start: False,  # only a notification that says so
    citation=offences("s.84(3), (4)(b)", "section/84"),
    leaves_out=TIME_AWAY,
    alert_class=AlertClass.NOTIFICATION,
    moves="Record the change, with its day: if it fell no more than 2 days early or within the 3 days, nothing is left to report",
)

ANNUAL = Duty(
    key="annual_notification",
    title="Annual notification",
    sentence="The person must notify the matters in s.83(5) again within one year after each notification",
    starts=starts.notified_with_residence,
    period=ContinuedWhileAway(MonthsAfter(12)),
    met_by=GIVEN,
    meets_if=is_periodic,
    citation=offences("s.85(1), (2), (5)(b)", "section/85"),
    leaves_out=PERIODIC_TIME_AWAY,
    alert_class=AlertClass.NOTIFICATION,
    moves=ROUND_MOVES,
)

WEEKLY = Duty(
    key="weekly_notification",
    title="Weekly notification: no sole or main residence",
    sentence="A person with no sole or main residence must notify the matters in s.83(5) again within 7 days after each notification",
    starts=starts.notified_without_residence,
    period=ContinuedWhileAway(DaysAfter(7)),
    met_by=GIVEN,
    meets_if=is_periodic,
    citation=offences("s.85(5)(a), (6), with reg. 9 of the 2012 Regulations", "section/85"),
    leaves_out=PERIODIC_TIME_AWAY,
    alert_class=AlertClass.NOTIFICATION,
    moves=f"{ROUND_MOVES}. A notification of a home address turns the week into a year",
)

NOTIFICATION_DUTIES = (INITIAL_NOTIFICATION, *CHANGES, NOT_HAPPENED, ANNUAL, WEEKLY)

"""Local policy that many types share: serving, checking, reviewing and deciding before an order ends.

None of this is law. The lead times are the force's declared defaults.
"""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.answers import CHECKED_NOTHING, checked_something
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types.vocabulary import RENEWING, policy
from orders_app.rules.periods import DaysAfter, DaysBefore, DaysBeginningWith, MonthsAfter, MonthsBefore, WeeksBefore
from orders_app.rules.spec import Citation, DischargeBar, Duty, RuleClass, Word
from orders_app.rules.starts import (
    condition_end,
    discharge_barred,
    first,
    in_force_and_each,
    interim_end_before_main_hearing,
    last_weeks,
    listed_hearing,
    made_and_to_be_served,
    monitoring_end,
    no_end_date_and_each,
    order_end,
    order_end_unless_let_go,
    varied_and_to_be_served,
)

DECISION = frozenset({E.EXPIRY_DECIDED, *RENEWING, E.VARIATION_APPLIED})
BARRED_WITHOUT_CONSENT = (
    "Until then the order may be discharged only if the subject and the chief officer both consent",
    " without both consents",
)
BARRED = ("Until then the order may not be discharged", "")
MOVES_WITH_END = "A variation or renewal that changes the end moves it"

SERVE_ORDER = Duty(
    key="service",
    title="Serve the order",
    sentence="The order is to be served on the subject within 3 days of being made",
    starts=made_and_to_be_served,
    period=DaysBeginningWith(3),
    met_by=frozenset({E.SERVED}),
    citation=policy("service within 3 days"),
    alert_class=AlertClass.SERVICE,
    rule_class=RuleClass.POLICY,
    moves="Nothing: it stays open until service is recorded",
)

SERVE_VARIATION = Duty(
    key="variation_service",
    title="Serve the changed order",
    sentence="The order as the court changed it is to be served on the subject within 3 days of the change",
    starts=varied_and_to_be_served,
    period=DaysBeginningWith(3),
    met_by=frozenset({E.VARIATION_SERVED}),
    citation=policy("changes served within 3 days"),
    alert_class=AlertClass.SERVICE,
    rule_class=RuleClass.POLICY,
    moves="Nothing: it stays open until service of the change is recorded",
)

TELL_OF_END = Duty(
    key="end_told",
    title="Tell the protected person when the order ends",
    sentence="The protected person is to be told of the end date in the last 12 weeks of the order, and at the latest 8 weeks before it",
    starts=last_weeks(12),
    period=WeeksBefore(8),
    met_by=frozenset({E.PROTECTED_PERSON_TOLD}),
    citation=policy("victim told of the end date 8 weeks before it"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves=MOVES_WITH_END,
)

MONITORING_REVIEW = Duty(
    key="monitoring_review",
    title="Decide whether to ask for electronic monitoring to go on",
    sentence="Electronic monitoring ends on its own date. Decide 8 weeks before whether to ask the court to extend it",
    starts=monitoring_end,
    period=WeeksBefore(8),
    met_by=frozenset({E.EXPIRY_DECIDED, E.VARIATION_APPLIED, E.VARIED}),
    citation=policy("8 weeks before electronic monitoring ends"),
    alert_class=AlertClass.EXPIRY,
    rule_class=RuleClass.POLICY,
    moves=MOVES_WITH_END,
)

SERVE_NOTICE = Duty(
    key="service",
    title="Serve the notice",
    sentence="The notice is to be served on the subject in person on the day it is authorised or the day after",
    starts=first(E.AUTHORISED, "the day it was authorised"),
    period=DaysAfter(1),
    met_by=frozenset({E.SERVED}),
    citation=policy("notices served by the day after authority"),
    alert_class=AlertClass.SERVICE,
    rule_class=RuleClass.POLICY,
    moves="Nothing: it stays open until service is recorded",
)

MONTHLY_CHECK = Duty(
    key="compliance_check",
    title="Check compliance with the conditions",
    sentence="Each condition is to be checked once a month while the order is in force",
    starts=in_force_and_each(E.COMPLIANCE_CHECKED, "the last check", checked_something),
    period=MonthsAfter(1),
    met_by=frozenset({E.COMPLIANCE_CHECKED}),
    meets_if=checked_something,
    falls_short=CHECKED_NOTHING,
    citation=policy("compliance check every month"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Each check starts the next month. The round stops when the order ends",
)

WEEKLY_CHECK = Duty(
    key="compliance_check",
    title="Check compliance with the conditions",
    sentence="Each condition is to be checked in the first week and every week after while the order is in force",
    starts=in_force_and_each(E.COMPLIANCE_CHECKED, "the last check", checked_something),
    period=DaysAfter(7),
    met_by=frozenset({E.COMPLIANCE_CHECKED}),
    meets_if=checked_something,
    falls_short=CHECKED_NOTHING,
    citation=policy("compliance check every week"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Each check starts the next week. The round stops when the order ends",
)

HEARING = Duty(
    key="hearing",
    title="Hearing",
    sentence="The hearing is listed for this day",
    starts=listed_hearing,
    period=None,
    met_by=frozenset({E.HEARING_HELD, E.ADJOURNED, E.MADE, E.DETERMINED, E.APPLICATION_GRANTED, E.APPLICATION_REFUSED}),
    citation=policy("court listing"),
    alert_class=AlertClass.HEARING,
    word=Word.AT,
    rule_class=RuleClass.POLICY,
    moves="A new listing takes its place",
    outlives_order=True,
)

YEARLY_REVIEW = Duty(
    key="yearly_review",
    title="Review whether the order is still needed",
    sentence="An order without an end date is to be reviewed every year",
    starts=no_end_date_and_each(E.REVIEW_DONE, "the last review"),
    period=MonthsAfter(12),
    met_by=frozenset({E.REVIEW_DONE}),
    citation=policy("yearly review of orders until further order"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Each review starts the next year",
)

HALF_YEARLY_REVIEW = Duty(
    key="half_yearly_review",
    title="Review whether the order is still needed",
    sentence="An order without an end date is to be reviewed every 6 months",
    starts=no_end_date_and_each(E.REVIEW_DONE, "the last review"),
    period=MonthsAfter(6),
    met_by=frozenset({E.REVIEW_DONE}),
    citation=policy("half-yearly review of orders until further order"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Each review starts the next 6 months",
)

TELL_PROTECTED_PERSON = Duty(
    key="victim_contact",
    title="Tell the protected person about the order",
    sentence="The protected person is to be told of the order within 2 days of its being made",
    starts=first(E.MADE, "the day it was made"),
    period=DaysAfter(2),
    met_by=frozenset({E.PROTECTED_PERSON_TOLD}),
    citation=policy("victim contact within 48 hours"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Nothing",
)

INTERIM_GAP = Duty(
    key="interim_gap",
    title="Ask the court to renew the interim order: it ends before the main hearing",
    sentence="The main hearing is listed for a day after the interim order ends. Adjourning the application does not extend it",
    starts=interim_end_before_main_hearing,
    period=DaysBefore(7),
    met_by=frozenset({*RENEWING, E.DETERMINED}),
    citation=policy("no gap between interim order and main hearing"),
    alert_class=AlertClass.EXPIRY,
    rule_class=RuleClass.POLICY,
    moves="Renewal of the interim order, or an earlier hearing",
)


LODGE_RENEWAL = Duty(
    key="renewal_application",
    title="Lodge the application to renew",
    sentence="The application to renew is to be lodged 8 weeks before the end of the order, unless it was decided to let the order end",
    starts=order_end_unless_let_go,
    period=WeeksBefore(8),
    met_by=frozenset({*RENEWING, E.VARIATION_APPLIED}),
    citation=policy("8 weeks before the end"),
    alert_class=AlertClass.EXPIRY,
    rule_class=RuleClass.POLICY,
    moves=f"{MOVES_WITH_END}. A decision to let the order end takes it away, and another decision brings it back",
)


def order_ends(
    citation: Citation, sentence: str = "The order ends at the end of this day unless a court changes it", moves: str = MOVES_WITH_END
) -> Duty:
    """The last day of the order itself. It passes by itself."""
    return Duty(
        key="order_ends",
        title="Order ends",
        sentence=sentence,
        starts=order_end,
        period=None,
        met_by=frozenset(),
        citation=citation,
        alert_class=AlertClass.EXPIRY,
        word=Word.UNTIL,
        moves=moves,
    )


def condition_ends(citation: Citation) -> Duty:
    """The last day of a condition that has an end of its own."""
    return Duty(
        key="condition_ends",
        title="Condition ends",
        sentence="The condition ends at the end of this day; the rest of the order goes on",
        starts=condition_end,
        period=None,
        met_by=frozenset(),
        citation=citation,
        alert_class=AlertClass.EXPIRY,
        word=Word.UNTIL,
        moves=MOVES_WITH_END,
    )


def decide_before_end(key: str, title: str, period: WeeksBefore | MonthsBefore | DaysBefore) -> Duty:
    """A decision that local policy wants made some time before the order ends."""
    return Duty(
        key=key,
        title=title,
        sentence=f"{title}, {period} the end of the order",
        starts=order_end,
        period=period,
        met_by=DECISION,
        citation=policy(f"{period} the end"),
        alert_class=AlertClass.EXPIRY,
        rule_class=RuleClass.POLICY,
        moves=MOVES_WITH_END,
    )


def discharge_bar(bar: DischargeBar) -> Duty:
    """The last day on which discharge is barred. It passes by itself."""
    title, unless = BARRED_WITHOUT_CONSENT if bar.consent_lifts else BARRED
    how_long = f"{bar.period} the day it was made" if bar.period else f"the first {bar.share} of its period"
    return Duty(
        key="discharge_bar",
        title=title,
        sentence=f"The court may not discharge the order before the end of {how_long}{unless}",
        starts=discharge_barred,
        period=bar.period,
        met_by=frozenset(),
        citation=bar.citation,
        alert_class=AlertClass.REVIEW,
        word=Word.UNTIL,
        moves="Nothing: it counts from the day made, whatever is varied or renewed",
    )

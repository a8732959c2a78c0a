"""The clocks of an application to end an indefinite period. Their lengths are not yet confirmed, so they are kept as local policy."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types.vocabulary import policy
from orders_app.rules.periods import DaysAfter
from orders_app.rules.registrations.starts import last_day_for_bodies
from orders_app.rules.spec import Duty, RuleClass, Starts, Word
from orders_app.rules.starts import each

DECIDED = frozenset({E.REVIEW_GRANTED, E.REVIEW_REFUSED})
UNCONFIRMED = "ss.91B to 91E of the 2003 Act, not yet confirmed"


def _clock(key: str, title: str, sentence: str, starts: Starts, days: int, met_by: frozenset[E], rule: str) -> Duty:
    return Duty(
        key=key,
        title=title,
        sentence=sentence,
        starts=starts,
        period=DaysAfter(days),
        met_by=met_by,
        citation=policy(f"{rule}: {UNCONFIRMED}"),
        alert_class=AlertClass.REVIEW,
        rule_class=RuleClass.POLICY,
        word=Word.BY if met_by else Word.UNTIL,
        moves="Nothing",
    )


REVIEW_DUTIES = (
    _clock(
        "review_acknowledgement",
        "Acknowledge the application for review",
        "The application is to be acknowledged within 14 days of its receipt",
        each(E.REVIEW_APPLIED, "the day the application was received"),
        14,
        frozenset({E.REVIEW_ACKNOWLEDGED, E.BODIES_TOLD}) | DECIDED,
        "acknowledged within 14 days",
    ),
    _clock(
        "review_bodies",
        "Responsible bodies may answer until then",
        "Responsible bodies have 28 days from the notice to give what they know",
        each(E.BODIES_TOLD, "the day the bodies were told"),
        28,
        frozenset(),
        "28 days for the bodies",
    ),
    _clock(
        "review_decision",
        "Decide the application for review",
        "The application is to be decided within 6 weeks of the last day for the responsible bodies",
        last_day_for_bodies,
        42,
        DECIDED,
        "decided within 6 weeks of the bodies’ last day",
    ),
    _clock(
        "review_appeal",
        "The person may appeal to the magistrates’ court until then",
        "An appeal against a refusal is to be made within 21 days of the notice of it",
        each(E.REVIEW_REFUSED, "the day the notice of refusal was given"),
        21,
        frozenset(),
        "appeal within 21 days",
    ),
)

"""What follows a breach: the reviews that local policy asks for, telling the protected person, and how long a remand may last."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.answers import DECIDED_NOTHING, decided_by_a_supervisor
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types.vocabulary import policy
from orders_app.rules.periods import DaysAfter, DaysBeginningWith
from orders_app.rules.spec import Citation, Duty, RuleClass, Starts
from orders_app.rules.starts import each, each_answered, each_from_day

REPORTED = "the day the breach was reported"
REMANDED = "the day of the remand"
DEALT_WITH = frozenset(
    {E.REMANDED, E.HEARING_HELD, E.BREACH_PROVED, E.BREACH_NOT_PROVED, E.APPLICATION_GRANTED, E.APPLICATION_REFUSED, E.DETERMINED}
)
WEEKS_UNSURE = "The weeks may be counted from the day of the remand, or from the day after it. Act by the earlier: it is in time on either."
CLEAR_DAYS_UNSURE = (
    "Clear days leave out the day of the remand and the day of the hearing. Some courts list it a day earlier. Act by the earlier."
)


def _review(key: str, title: str, sentence: str, starts: Starts, period: DaysAfter, rule: str) -> Duty:
    return Duty(
        key=key,
        title=title,
        sentence=sentence,
        starts=starts,
        period=period,
        met_by=frozenset({E.BREACH_REVIEWED}),
        meets_if=decided_by_a_supervisor,
        falls_short=DECIDED_NOTHING,
        citation=policy(rule),
        alert_class=AlertClass.REVIEW,
        rule_class=RuleClass.POLICY,
        moves="Nothing: each breach has its own",
        outlives_order=True,
    )


REVIEWS = (
    _review(
        "breach_review",
        "Supervisor reviews the breach",
        "A supervisor is to review each breach within 24 hours of its report: by the end of the next day",
        each(E.BREACH_REPORTED, REPORTED),
        DaysAfter(1),
        "supervisor review within 24 hours of a reported breach",
    ),
    _review(
        "breach_review_7",
        "Review the decision about the breach: day 7",
        "The decision to charge, to put it before the court or to do no more is to be reviewed 7 days after the report",
        each_from_day(E.BREACH_REPORTED, REPORTED, day=3),
        DaysAfter(7),
        "decision on a breach reviewed at 7 days",
    ),
    _review(
        "breach_review_28",
        "Review the decision about the breach: day 28",
        "The decision to charge, to put it before the court or to do no more is to be reviewed 28 days after the report",
        each_from_day(E.BREACH_REPORTED, REPORTED, day=9),
        DaysAfter(28),
        "decision on a breach reviewed at 28 days",
    ),
)

TELL_OF_BREACH = Duty(
    key="breach_contact",
    title="Speak to the protected person about the breach",
    sentence="The protected person is to be spoken to on the day a breach is reported",
    starts=each(E.BREACH_REPORTED, REPORTED),
    period=DaysBeginningWith(1),
    met_by=frozenset({E.PROTECTED_PERSON_TOLD}),
    citation=policy("victim contact on the day of a reported breach"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Nothing: each breach has its own",
    outlives_order=True,
)

ORDINARY_REMAND = Duty(
    key="remand_custody",
    title="Bring the person remanded back to court",
    sentence="A remand in custody may not last longer than 8 clear days, unless it is for a report",
    starts=each_answered(E.REMANDED, REMANDED, remanded="custody", remanded_for="hearing"),
    period=DaysAfter(9),
    safe_period=DaysAfter(8),
    two_readings=CLEAR_DAYS_UNSURE,
    met_by=DEALT_WITH,
    citation=Citation("Magistrates’ Courts Act 1980", "s.128, the 8 clear days not yet confirmed"),
    alert_class=AlertClass.HEARING,
    rule_class=RuleClass.GUIDANCE,
    moves="A further remand begins its own time",
    outlives_order=True,
)


def remands(citation: Citation) -> tuple[Duty, Duty, Duty]:
    """How long the court may put the hearing off after an arrest, by how the person is held and what for."""
    return (
        _for_a_report("custody", 3, citation),
        _for_a_report("bail", 4, citation),
        ORDINARY_REMAND,
    )


def _for_a_report(how: str, weeks: int, citation: Citation) -> Duty:
    where = "in custody" if how == "custody" else "on bail"
    return Duty(
        key=f"remand_report_{how}",
        title=f"Remand {where} for a medical report: back to court",
        sentence=f"A remand {where} for a medical report may not last longer than {weeks} weeks at a time",
        starts=each_answered(E.REMANDED, REMANDED, remanded=how, remanded_for="report"),
        period=DaysAfter(weeks * 7),
        safe_period=DaysBeginningWith(weeks * 7),
        two_readings=WEEKS_UNSURE,
        met_by=DEALT_WITH,
        citation=citation,
        alert_class=AlertClass.HEARING,
        moves="A further remand begins its own time",
        outlives_order=True,
    )

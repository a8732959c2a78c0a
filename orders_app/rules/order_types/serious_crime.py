"""Serious crime prevention orders: Serious Crime Act 2007 Part 1, without the changes of 2025, which are not known to be in force."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import families, policies
from orders_app.rules.order_types.vocabulary import APPLICATION, CLOSING, SERVICE, VARIATION, WATCHING, Cites, policy
from orders_app.rules.periods import DaysAfter, DaysBeginningWith, MonthsAfter, MonthsBefore, MonthsBeginningWith
from orders_app.rules.spec import AgeLimit, Breach, Duty, ExtraField, FieldKind, LengthLimit, Limits, Option, OrderType, Refusal, RuleClass
from orders_app.rules.starts import each, in_force_and_each, released_into_order

cites = Cites("Serious Crime Act 2007", "ukpga/2007/27")

BRIEFING = Duty(
    key="start_briefing",
    title="Brief the subject on the order after release",
    sentence="The subject is to be taken through the terms within 7 days of the release on which the order comes into force",
    starts=released_into_order,
    period=DaysAfter(7),
    met_by=frozenset({E.BRIEFED}),
    citation=policy("start-of-order briefing on release"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="The day of release",
)

TERMS_REVIEW = Duty(
    key="terms_review",
    title="Review the terms of the order",
    sentence="The terms are to be reviewed every 6 months while any of them is in force",
    starts=in_force_and_each(E.REVIEW_DONE, "the last review"),
    period=MonthsAfter(6),
    met_by=frozenset({E.REVIEW_DONE}),
    citation=policy("terms reviewed every 6 months"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Each review starts the next 6 months",
)

PENDING_PROSECUTION_CHECK = Duty(
    key="pending_prosecution_check",
    title="Decide whether to ask the Crown Court to continue the order until the prosecution ends",
    sentence="On a new charge, s.22E lets the Crown Court continue an order that is still in force. Decide in the same week",
    starts=each(E.CHARGED, "the day of the charge"),
    period=DaysBeginningWith(7),
    met_by=frozenset({E.REVIEW_DONE, E.VARIATION_APPLIED, E.CONTINUED_PENDING_PROSECUTION}),
    citation=policy("s.22E considered in the week of the charge"),
    alert_class=AlertClass.EXPIRY,
    rule_class=RuleClass.POLICY,
    moves="Nothing. The application must be made while the order is in force",
)

SCPO = OrderType(
    code="scpo",
    prefix="SCPO",
    name="Serious crime prevention order",
    short_name="SCPO",
    family=families.SERIOUS_CRIME,
    citation=cites("s.1, s.19", "section/1"),
    may_start_on_release=True,
    presence_binds=True,
    made_under=(
        Option("s19_crown_court", "Crown Court on conviction, s.19"),
        Option("s1_high_court", "High Court, s.1"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED, EndKind.PER_CONDITION}),
        end_citation=cites("s.16(1)", "section/16"),
        end_refusal="An SCPO must state when it comes into force and when it ceases to be in force",
        longest=(LengthLimit(MonthsBeginningWith(60), cites("s.16(2), (4)(b)", "section/16"), from_first_day_in_force=True),),
        subject_age=AgeLimit(18, cites("s.6", "section/6")),
        monitoring_refused=Refusal(
            "Add electronic monitoring",
            "The power in the Border Security, Asylum and Immigration Act 2025 s.55 is not known to be in force.",
            cites("s.5", "section/5"),
        ),
    ),
    breach=Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years on indictment",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=cites("s.25", "section/25"),
    ),
    events=APPLICATION
    | SERVICE
    | WATCHING
    | VARIATION
    | CLOSING
    | {E.CAME_INTO_FORCE, E.BRIEFED, E.CHARGED, E.CONTINUED_PENDING_PROSECUTION, E.BREACH_REPORTED, E.ARRESTED},
    ended_by=CLOSING,
    duties=(
        policies.SERVE_ORDER,
        policies.HEARING,
        BRIEFING,
        policies.MONTHLY_CHECK,
        TERMS_REVIEW,
        PENDING_PROSECUTION_CHECK,
        policies.decide_before_end("expiry_decision", "Decide whether to ask for a new order", MonthsBefore(9)),
        policies.decide_before_end("expiry_last_decision", "Last decision on a new order", MonthsBefore(6)),
        policies.condition_ends(cites("s.16(3)", "section/16")),
        policies.order_ends(cites("s.16(1)", "section/16")),
    ),
    refusals=(
        Refusal(
            "Renew this order",
            "A variation stays inside the first 5 years. For longer, a new order may be made in anticipation of the end.",
            cites("s.16(5), (6), s.17(8)", "section/16"),
        ),
    ),
    extra_fields=(
        ExtraField(
            key="applicant",
            label="Who applied for the order?",
            kind=FieldKind.CHOICE,
            choices=(
                Option("dpp", "Director of Public Prosecutions"),
                Option("sfo", "Serious Fraud Office"),
                Option("police", "Chief officer of police"),
            ),
            required=False,
        ),
    ),
)

"""Serious crime prevention orders: Serious Crime Act 2007 Part 1, as the Border Security, Asylum and
Immigration Act 2025 changes it once its sections are in force."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EndKind, Event
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.serious_crime_notification import (
    NOTIFICATION_DUTIES,
    NOTIFICATION_EVENTS,
    NOTIFICATION_IN_FORCE,
    border,
)
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    CLOSING,
    EXTENSION_STEPS,
    INTERIM_CLOSING,
    OFFENCE,
    SERVICE,
    SUPERSEDED,
    VARIATION,
    WATCHING,
    Cites,
    policy,
    sections,
)
from orders_app.rules.periods import DaysAfter, DaysBefore, DaysBeginningWith, MonthsAfter, MonthsBefore, MonthsBeginningWith
from orders_app.rules.spec import (
    AgeLimit,
    Applicants,
    Breach,
    DatedEvents,
    Duty,
    ExtraField,
    FieldKind,
    Grounds,
    LateStarts,
    LengthLimit,
    Limits,
    Option,
    OrderType,
    Refusal,
    Replacement,
    RuleClass,
    Start,
    StartKind,
)
from orders_app.rules.starts import each, in_force_and_each, made_or_varied_and_to_be_served, released_into_order

cites = Cites("Serious Crime Act 2007", "ukpga/2007/27")

MONITORING_IN_FORCE = "bsa_s55"
MORE_APPLICANTS = "bsa_s57"


def serves_what_was_made(event: Event, start: Start) -> bool:
    """Service of the order is not service of its variation, nor the other way round."""
    return (event.kind is E.VARIATION_SERVED) is (start.event.kind is E.VARIED)


SERVE_INTERIM = Duty(
    key="service",
    title="Serve the interim order in person",
    sentence="Notice of the interim order, or of its variation, must be served in person within 7 days beginning with the day it is "
    "made, unless the court allows another way. Nobody is bound who was neither represented nor served",
    starts=made_or_varied_and_to_be_served,
    period=DaysBeginningWith(7),
    met_by=frozenset({E.SERVED, E.VARIATION_SERVED}),
    meets_if=serves_what_was_made,
    citation=cites("s.10A(2)(a), inserted by 2025 Act s.56", "section/10A"),
    alert_class=AlertClass.SERVICE,
    moves="Nothing: no day is left out. It does not run for a subject who was represented when it was made",
)

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

NO_MONITORING = Refusal(
    "Add electronic monitoring",
    "The power in the Border Security, Asylum and Immigration Act 2025 s.55 is not known to be in force.",
    cites("s.5", "section/5"),
    until=MONITORING_IN_FORCE,
)
MONITORING = LengthLimit(MonthsBeginningWith(12), border("s.55", "section/55"), since=MONITORING_IN_FORCE)
MONITORING_NEEDS = "Arrangements must exist in the police area, and the order names the person responsible, 2025 Act s.55"
BREACH = Breach(
    is_offence=True,
    words="Breach without reasonable excuse is an offence: up to 5 years on indictment",
    power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
    citation=cites("s.25", "section/25"),
)
AFTER_CONSULTING = "after consulting the Director of Public Prosecutions"
APPLICANTS = ExtraField(
    key="applicant",
    label="Who applied for the order?",
    kind=FieldKind.CHOICE,
    choices=(
        Option("dpp", "Director of Public Prosecutions"),
        Option("sfo", "Serious Fraud Office"),
        Option("police", "Chief officer of police", until=MORE_APPLICANTS),
        Option("police", f"Chief officer of police, {AFTER_CONSULTING}", since=MORE_APPLICANTS),
        Option("nca", f"National Crime Agency, {AFTER_CONSULTING}", since=MORE_APPLICANTS),
        Option("hmrc", f"HM Revenue and Customs, {AFTER_CONSULTING}", since=MORE_APPLICANTS),
        Option("btp", f"British Transport Police, {AFTER_CONSULTING}", since=MORE_APPLICANTS),
        Option("mdp", f"Ministry of Defence Police, {AFTER_CONSULTING}", since=MORE_APPLICANTS),
    ),
    required=False,
)
IS_A_BODY = ExtraField(
    key="subject_is_organisation",
    label="Is the subject a company, a partnership or another body?",
    kind=FieldKind.YES_NO,
    required=False,
)

SCPO = OrderType(
    code="scpo",
    prefix="SCPO",
    name="Serious crime prevention order",
    short_name="SCPO",
    family=families.SERIOUS_CRIME,
    citation=cites("s.1, s.19", "section/1"),
    replacement=Replacement(cites("s.19(2A)", "section/19"), made_under=frozenset({"s19_crown_court"})),
    late_starts=LateStarts(frozenset(StartKind), cites("s.16(1), (3), (6)", "section/16")),
    presence_binds=True,
    made_under=(
        Option("s19_crown_court", "Crown Court on conviction, s.19"),
        Option("s1_high_court", "High Court, s.1"),
        Option("s19a_acquittal", "Crown Court on acquittal or allowed appeal, s.19A", since="bsa_s59"),
    ),
    grounds=Grounds(
        "Involvement in serious crime, or conviction of a serious offence; and reasonable grounds to believe that the "
        "order would protect the public by preventing, restricting or disrupting involvement in serious crime",
        cites("s.1, s.19", "section/1"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED, EndKind.PER_CONDITION}),
        end_citation=cites("s.16(1)", "section/16"),
        end_refusal="An SCPO must state when it comes into force and when it ceases to be in force",
        longest=(LengthLimit(MonthsBeginningWith(60), cites("s.16(2), (4)(b)", "section/16"), from_first_day_in_force=True),),
        subject_age=AgeLimit(18, cites("s.6", "section/6")),
        monitoring_refused=NO_MONITORING,
        longest_monitoring=MONITORING,
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=BREACH,
    events=APPLICATION
    | SERVICE
    | WATCHING
    | VARIATION
    | CLOSING
    | SUPERSEDED
    | OFFENCE
    | {E.REFERRED, E.CAME_INTO_FORCE, E.BRIEFED, E.CONTINUED_PENDING_PROSECUTION, E.PROSECUTION_ENDED},
    dated_events=(DatedEvents(NOTIFICATION_EVENTS, since=NOTIFICATION_IN_FORCE),),
    ended_by=CLOSING | SUPERSEDED,
    suspended_by=frozenset({"scpo"}),
    notification_scheme="scpo",
    duties=(
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *NOTIFICATION_DUTIES,
        policies.HEARING,
        *after_breach.REVIEWS,
        BRIEFING,
        policies.MONTHLY_CHECK,
        policies.MONITORING_REVIEW,
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
            EXTENSION_STEPS,
        ),
    ),
    extra_fields=(IS_A_BODY, APPLICANTS),
    sections=sections(
        {
            cites("s.10(4)", "section/10"): (
                E.REFERRED,
                E.APPLICATION_LODGED,
            ),
            cites("s.10(1) to (3)", "section/10"): (
                E.SERVED,
                E.SERVICE_ATTEMPTED,
                E.VARIATION_SERVED,
            ),
            cites("s.16(1), (3)", "section/16"): (E.CAME_INTO_FORCE,),
            cites("s.17, s.20, s.21", "section/17"): (
                E.VARIATION_APPLIED,
                E.VARIED,
            ),
            cites("s.18", "section/18"): (
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.19(2A)", "section/19"): (E.REPLACED,),
            cites("s.22E", "section/22E"): (
                E.CONTINUED_PENDING_PROSECUTION,
                E.PROSECUTION_ENDED,
            ),
            cites("s.25", "section/25"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
    change_applicants=Applicants(
        ("prosecution", "police", "subject", "other"),
        "the authority that applied for it; the subject on a change of circumstances; another whom it significantly harms",
        cites("s.17(3) to (7)", "section/17"),
    ),
)

INTERIM_SCPO = OrderType(
    code="interim_scpo",
    prefix="ISCPO",
    name="Interim serious crime prevention order",
    short_name="interim SCPO",
    family=families.SERIOUS_CRIME,
    citation=border("s.56", "section/56"),
    also_called=("ISCPO", "SCPO interim", "serious crime prevention order interim"),
    is_interim=True,
    presence_binds=True,
    leads_to="scpo",
    since="bsa_s56",
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED, EndKind.PER_CONDITION}),
        end_citation=border("s.56", "section/56"),
        end_refusal="An interim SCPO must state when it, or each of its terms, ceases to be in force",
        subject_age=AgeLimit(18, cites("s.6", "section/6")),
        monitoring_refused=NO_MONITORING,
        longest_monitoring=MONITORING,
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=BREACH,
    events=APPLICATION | SERVICE | WATCHING | VARIATION | INTERIM_CLOSING | OFFENCE,
    ended_by=INTERIM_CLOSING,
    duties=(
        SERVE_INTERIM,
        policies.HEARING,
        *after_breach.REVIEWS,
        policies.MONTHLY_CHECK,
        policies.MONITORING_REVIEW,
        policies.INTERIM_GAP,
        policies.decide_before_end("expiry_warning", "Decide whether to ask for a longer interim order", DaysBefore(7)),
        policies.condition_ends(border("s.56", "section/56")),
        policies.order_ends(
            border("s.56", "section/56"),
            "The interim order ends at the end of this day, or when the main application is determined if that is earlier",
        ),
    ),
    extra_fields=(IS_A_BODY, APPLICANTS),
)

"""Domestic abuse protection notices and orders: Domestic Abuse Act 2021 Part 3, in force only in some areas."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.domestic_violence import HEARD, production
from orders_app.rules.order_types.notifications import changes, initial
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    ARREST,
    AWARE_FROM,
    CHANGE_STEPS,
    CLOSING,
    DISCHARGING,
    NOTICE,
    NOTIFICATION,
    OFFENCE,
    SERVICE,
    SUPERSEDED,
    VARIATION,
    VARYING,
    WATCHING,
    Cites,
    policy,
    sections,
)
from orders_app.rules.periods import DaysAfter, DaysBeginningWith, HoursLeavingOut, MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import (
    AgeLimit,
    Applicants,
    Breach,
    Citation,
    Duty,
    ExtraField,
    FieldKind,
    Grounds,
    LateStarts,
    LengthLimit,
    Limits,
    Option,
    OrderType,
    RankLimit,
    Refusal,
    RuleClass,
    StartKind,
)
from orders_app.rules.starts import SOA_PART_2, arrested_before_the_hearing, first, initial_notification, made_without_notice

cites = Cites("Domestic Abuse Act 2021", "ukpga/2021/17")
PART_3 = "daa_part_3"
REVIVES_WHEN = (
    "The Act counts from the day on which the other duty to notify ends. That may be the last day of the other duty or the day after "
    "it. No court is known to have said which. Act by the earlier: it is in time on either reading."
)
USE_DVPN = "Use a DVPN and a DVPO"

HEARING_WITHIN_48_HOURS = Duty(
    key="court_hearing",
    title="Court must hear the application for the order",
    sentence="The application must be heard by the magistrates’ court not later than 48 hours after the notice was given",
    starts=first(E.SERVED, "the notice was given"),
    period=HoursLeavingOut(48),
    met_by=HEARD,
    citation=cites("s.29(2)", "section/29"),
    leaves_out=cites("s.29(3)", "section/29"),
    alert_class=AlertClass.HOUR_CLOCK,
    moves="Nothing: the Act gives no extension. If the court adjourns, the notice goes on until the application is decided, s.29(7)",
)

FIRST_VISIT = Duty(
    key="first_visit",
    title="First visit to the subject",
    sentence="The subject is to be visited within 7 days of the order being made",
    starts=first(E.MADE, "the day it was made"),
    period=DaysAfter(7),
    met_by=frozenset({E.COMPLIANCE_CHECKED}),
    citation=policy("first visit within 7 days"),
    alert_class=AlertClass.REVIEW,
    rule_class=RuleClass.POLICY,
    moves="Nothing",
)

RETURN_HEARING = Duty(
    key="return_hearing",
    title="Return hearing: the subject is heard",
    sentence="The subject of an order made without notice must be heard as soon as just and convenient, s.34. Local policy: in 14 days",
    starts=made_without_notice,
    period=DaysBeginningWith(14),
    met_by=frozenset({E.HEARING_HELD, E.ADJOURNED, E.VARIED, E.DISCHARGED}),
    citation=policy("return hearing within 14 days. The Act sets no number"),
    alert_class=AlertClass.HEARING,
    rule_class=RuleClass.POLICY,
    moves="The day that the court lists is recorded as a hearing, and has a date of its own",
)

DAPN = OrderType(
    code="dapn",
    prefix="DAPN",
    name="Domestic abuse protection notice",
    short_name="DAPN",
    family=families.DOMESTIC_ABUSE,
    citation=cites("s.22", "section/22"),
    protects_somebody=True,
    is_notice=True,
    leads_to="dapo",
    since=PART_3,
    instead=USE_DVPN,
    grounds=Grounds(
        "Reasonable grounds to believe that the subject has been abusive in any way, controlling, coercive and economic "
        "abuse too, towards a person of 16 or over to whom they are personally connected, and that the notice is "
        "necessary",
        cites("s.22(3), (4)", "section/22"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.EVENT, EndKind.NONE}),
        end_citation=cites("s.25(2)(d)", "section/25"),
        end_refusal="A DAPN has no end date: it goes on until the application for the order is determined or withdrawn",
        subject_age=AgeLimit(18, cites("s.22(2)", "section/22")),
        protected_age=AgeLimit(16, cites("s.22(6)", "section/22")),
        authoriser=RankLimit("inspector", cites("s.22(8)", "section/22")),
        requirements_refused=Refusal(
            "Add a requirement to do something",
            "A notice may hold only the terms of the Act: contact, distance and premises. Record this one as a prohibition.",
            cites("s.23", "section/23"),
        ),
        monitoring_refused=Refusal("Add electronic monitoring", "Only an order can.", cites("s.23", "section/23")),
    ),
    breach=Breach(
        is_offence=False,
        words="A breach is not an offence. It gives a power of arrest and production to the court",
        power="Arrest without warrant on reasonable grounds to believe the notice is breached; hold for court",
        citation=cites("s.26", "section/26"),
    ),
    events=NOTICE | SERVICE | ARREST | {E.APPLICATION_WITHDRAWN},
    ended_by=frozenset({E.APPLICATION_GRANTED, E.APPLICATION_REFUSED, E.APPLICATION_WITHDRAWN, E.DETERMINED, E.LAPSED, E.ENDED}),
    duties=(
        policies.SERVE_NOTICE,
        HEARING_WITHIN_48_HOURS,
        production(
            "Produce the person arrested in court",
            "A person arrested for breach of the notice must be brought before the magistrates’ court before the end of 24 hours "
            "beginning with the time of the arrest, or at the hearing of the application if that is earlier. A live link counts",
            cites("s.26(2)", "section/26"),
            cites("s.26(4)", "section/26"),
            arrested_before_the_hearing,
        ),
        *after_breach.remands(cites("s.30", "section/30")),
        *after_breach.REVIEWS,
        after_breach.TELL_OF_BREACH,
        policies.HEARING,
    ),
    refusals=(
        Refusal("Vary or extend this notice", "The Act has no such power for a notice.", cites("s.22 to s.29", "section/25"), CHANGE_STEPS),
    ),
    extra_fields=(
        ExtraField(
            key="address_for_notice",
            label="What address did the subject give for notice of the hearing?",
            kind=FieldKind.TEXT,
            hint="The officer who serves the notice must ask. Leave empty if none was given",
            required=False,
        ),
    ),
    sections=sections(
        {
            cites("s.22(1), (8)", "section/22"): (E.AUTHORISED, E.AUTHORITY_REFUSED),
            cites("s.24", "section/24"): (E.CONSIDERED,),
            cites("s.25(1), (3)", "section/25"): (E.SERVED, E.SERVICE_ATTEMPTED),
            cites("s.25(2)(d)", "section/25"): (
                E.NOTICE_WITHDRAWN,
                E.APPLICATION_WITHDRAWN,
                E.APPLICATION_GRANTED,
                E.APPLICATION_REFUSED,
                E.DETERMINED,
            ),
            cites("s.28(3), (6)", "section/28"): (E.APPLICATION_LODGED,),
            cites("s.29(2)", "section/29"): (E.HEARING_LISTED, E.HEARING_HELD, E.LAPSED),
            cites("s.29(7)", "section/29"): (E.ADJOURNED,),
            cites("s.26(1)", "section/26"): (E.ARRESTED,),
            cites("s.26(2)", "section/26"): (E.PRODUCED, E.RELEASED_OUT_OF_TIME),
            cites("s.26", "section/26"): (E.REMANDED,),
        }
    ),
)

DAPO = OrderType(
    code="dapo",
    prefix="DAPO",
    name="Domestic abuse protection order",
    short_name="DAPO",
    family=families.DOMESTIC_ABUSE,
    citation=cites("s.32", "section/32"),
    late_starts=LateStarts(frozenset({StartKind.OTHER_END}), cites("s.38(1), (2)", "section/38")),
    notification_scheme="dapo",
    protects_somebody=True,
    since=PART_3,
    savings=Citation("SI 2025/515", "reg.3", "https://www.legislation.gov.uk/uksi/2025/515"),
    instead=USE_DVPN,
    made_under=(
        Option("s28_after_notice", "Police application after a notice, s.28(3)"),
        Option("s28_police", "Police application without a notice, s.28(2)"),
        Option("s28_person", "Application by the person to be protected, s.28(2)"),
        Option("s31_family", "Family court, of its own motion, s.31(2)"),
        Option("s31_conviction", "On conviction, s.31(3)"),
        Option("s31_acquittal", "On acquittal or allowed appeal, s.31"),
        Option("s31_county", "County court proceedings, s.31"),
    ),
    grounds=Grounds(
        "On the balance of probabilities, the subject has been abusive towards a person of 16 or over to whom they are "
        "personally connected; and the order is necessary and proportionate",
        cites("s.32(2), (3)", "section/32"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED, EndKind.UNTIL_FURTHER_ORDER, EndKind.EVENT, EndKind.PER_CONDITION}),
        end_citation=cites("s.38(3)", "section/38"),
        end_refusal="A DAPO is for a period, until an event, or until further order",
        subject_age=AgeLimit(18, cites("s.32(1)", "section/32")),
        protected_age=AgeLimit(16, cites("s.2(1)", "section/2")),
        supervisor=cites("s.36(2)", "section/36"),
        longest_monitoring=LengthLimit(MonthsBeginningWith(12), cites("s.38(5)", "section/38"), extension=cites("s.44(10)", "section/44")),
        monitoring_needs="Arrangements must exist in the local justice area, and the order names the person responsible, s.37",
    ),
    breach=Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years on indictment",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=cites("s.39", "section/39"),
    ),
    events=APPLICATION | SERVICE | WATCHING | VARIATION | NOTIFICATION | CLOSING | SUPERSEDED | OFFENCE,
    ended_by=CLOSING | SUPERSEDED,
    suspended_by=frozenset({SOA_PART_2, "spo", "dapo"}),
    duties=(
        policies.SERVE_ORDER,
        initial(
            starts=initial_notification(E.MADE, "the day on which the order was made", revives_when=REVIVES_WHEN),
            sentence="The subject must notify all names used and the home address within 3 days beginning with the day the order is made",
            citation=cites("s.41(2)", "section/41"),
        ),
        *changes(E.MADE, cites("s.41(4)", "section/41"), cites("s.41(5), (6)", "section/41")),
        policies.SERVE_VARIATION,
        policies.HEARING,
        RETURN_HEARING,
        FIRST_VISIT,
        *after_breach.REVIEWS,
        after_breach.TELL_OF_BREACH,
        policies.MONTHLY_CHECK,
        policies.HALF_YEARLY_REVIEW,
        policies.MONITORING_REVIEW,
        policies.decide_before_end("expiry_decision", "Decide what protects after the order", WeeksBefore(12)),
        policies.decide_before_end("expiry_last_decision", "Last decision before the order ends", WeeksBefore(6)),
        policies.condition_ends(cites("s.38(4)", "section/38")),
        policies.order_ends(cites("s.38(3)", "section/38")),
    ),
    refusals=(
        Refusal(
            "Change the end date or a condition here",
            "Only a court can. Record the court’s variation and it becomes the next version.",
            cites("s.44", "section/44"),
        ),
    ),
    extra_fields=(AWARE_FROM,),
    sections=sections(
        {
            cites("s.28", "section/28"): (E.APPLICATION_LODGED, E.APPLICATION_WITHDRAWN),
            cites("s.34", "section/34"): (E.HEARING_LISTED, E.HEARING_HELD, E.ADJOURNED),
            cites("s.42", "section/42"): (E.NOTIFIED,),
            cites("s.40", "section/40"): (E.ARRESTED,),
            cites("s.44", "section/44"): (*VARYING, *DISCHARGING),
        }
    ),
    change_applicants=Applicants(
        ("police", "subject", "protected", "other"),
        "the protected person, the subject, whoever applied for it, or a chief officer",
        cites("s.44(2)", "section/44"),
    ),
)

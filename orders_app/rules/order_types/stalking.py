"""Stalking protection orders and interim orders: Stalking Protection Act 2019."""

from __future__ import annotations

from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.notifications import changes, initial
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    CLOSING,
    INTERIM_CLOSING,
    NOTIFICATION,
    OFFENCE,
    RENEWAL,
    SERVICE,
    SUBJECT_OR_CHIEF_OFFICER,
    VARIATION,
    WATCHING,
    Cites,
    sections,
)
from orders_app.rules.periods import DaysBefore, MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import Applicants, Breach, DischargeBar, Grounds, LengthLimit, Limits, Option, OrderType, Refusal
from orders_app.rules.starts import SOA_PART_2, initial_notification

cites = Cites("Stalking Protection Act 2019", "ukpga/2019/9")
BY_CRIMINAL_COURT = "cpa_spo_conviction"
YOUTH_COURT = cites("s.14(1)", "section/14")
DISCHARGE_BAR = DischargeBar(MonthsBeginningWith(24), cites("s.4(4)(b)", "section/4"))
NO_MONITORING = Refusal("Add electronic monitoring", "The Act gives the court no express power.", cites("s.1(2)", "section/1"))
ONLY_A_COURT = Refusal(
    "Change the end date or a condition here",
    "Only a court can. Record the court’s variation and it becomes the next version.",
    cites("s.4(1)", "section/4"),
)
BREACH = Breach(
    is_offence=True,
    words="Breach without reasonable excuse is an offence: up to 5 years on indictment",
    power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
    citation=cites("s.8", "section/8"),
)
NOTIFICATION_DUTIES = (
    initial(
        starts=initial_notification(E.SERVED, "the date of service of the order"),
        sentence="The subject must notify all names used and the home address within 3 days beginning with the date of service",
        citation=cites("s.9(1)", "section/9"),
    ),
    *changes(E.SERVED, cites("s.9(3)", "section/9"), cites("s.9(4)", "section/9")),
)

SPO = OrderType(
    code="spo",
    prefix="SPO",
    name="Stalking protection order",
    short_name="SPO",
    family=families.STALKING,
    citation=cites("s.2", "section/2"),
    made_under=(
        Option("s1_application", "On application by the police, s.1"),
        Option("conviction", "By the court, on conviction", since=BY_CRIMINAL_COURT),
        Option("acquittal", "By the court, on acquittal", since=BY_CRIMINAL_COURT),
    ),
    notification_scheme="spo",
    protects_somebody=True,
    grounds=Grounds(
        "Acts associated with stalking, a risk of stalking to another person, and an order necessary to protect that "
        "person, who need not be the first victim",
        cites("s.1(1), s.2(1)", "section/2"),
    ),
    limits=Limits(
        youth_court=YOUTH_COURT,
        end_kinds=frozenset({EndKind.FIXED, EndKind.UNTIL_FURTHER_ORDER}),
        end_citation=cites("s.3(1)", "section/3"),
        end_refusal="An SPO is for a fixed period or until a further order",
        shortest=(LengthLimit(MonthsBeginningWith(24), cites("s.3(2)", "section/3")),),
        monitoring_refused=NO_MONITORING,
    ),
    breach=BREACH,
    events=APPLICATION | SERVICE | WATCHING | VARIATION | RENEWAL | NOTIFICATION | CLOSING | OFFENCE | {E.APPLICATION_GRANTED},
    ended_by=CLOSING,
    suspended_by=frozenset({SOA_PART_2}),
    discharge_bar=DISCHARGE_BAR,
    duties=(
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *NOTIFICATION_DUTIES,
        policies.HEARING,
        *after_breach.REVIEWS,
        after_breach.TELL_OF_BREACH,
        policies.MONTHLY_CHECK,
        policies.YEARLY_REVIEW,
        policies.discharge_bar(DISCHARGE_BAR),
        policies.decide_before_end("expiry_decision", "Decide whether to apply to renew", WeeksBefore(12)),
        policies.LODGE_RENEWAL,
        policies.condition_ends(cites("s.3(3)", "section/3")),
        policies.order_ends(cites("s.3", "section/3")),
    ),
    refusals=(ONLY_A_COURT,),
    sections=sections(
        {
            cites("s.1(1)", "section/1"): (
                E.AUTHORISED,
                E.APPLICATION_LODGED,
            ),
            cites("s.2", "section/2"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            cites("s.4(1)", "section/4"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.10", "section/10"): (E.NOTIFIED,),
            cites("s.8", "section/8"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
    change_applicants=Applicants(*SUBJECT_OR_CHIEF_OFFICER, cites("s.4(1), (2)", "section/4")),
)

INTERIM_SPO = OrderType(
    code="interim_spo",
    prefix="ISPO",
    name="Interim stalking protection order",
    short_name="interim SPO",
    family=families.STALKING,
    citation=cites("s.5", "section/5"),
    also_called=("ISPO", "SPO interim", "stalking protection order interim"),
    notification_scheme="spo",
    protects_somebody=True,
    is_interim=True,
    leads_to="spo",
    grounds=Grounds(
        "A main application that is not decided yet, and an interim order that the court thinks appropriate",
        cites("s.5(3)", "section/5"),
    ),
    limits=Limits(
        youth_court=YOUTH_COURT,
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=cites("s.5(5)", "section/5"),
        end_refusal="An interim SPO must be for a fixed period",
        monitoring_refused=NO_MONITORING,
    ),
    breach=BREACH,
    events=APPLICATION | SERVICE | WATCHING | VARIATION | RENEWAL | NOTIFICATION | INTERIM_CLOSING | OFFENCE,
    ended_by=INTERIM_CLOSING,
    suspended_by=frozenset({SOA_PART_2}),
    duties=(
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *NOTIFICATION_DUTIES,
        policies.HEARING,
        *after_breach.REVIEWS,
        after_breach.TELL_OF_BREACH,
        policies.MONTHLY_CHECK,
        policies.INTERIM_GAP,
        policies.decide_before_end("expiry_warning", "Decide whether to renew the interim order", DaysBefore(7)),
        policies.decide_before_end("expiry_last_warning", "Interim order ends in 3 days: renew it or see it lapse", DaysBefore(3)),
        policies.condition_ends(cites("s.5", "section/5")),
        policies.order_ends(
            cites("s.5(6)", "section/5"),
            "The interim order ends at the end of this day, or when the main application is determined if that is earlier",
        ),
    ),
    refusals=(
        ONLY_A_COURT,
        Refusal(
            "Rely on an adjournment to keep this order alive",
            "Adjourning the main application does not extend an interim order. Ask the court to renew it.",
            cites("s.5(6)", "section/5"),
        ),
    ),
    sections=sections(
        {
            cites("s.5(3)", "section/5"): (E.APPLICATION_LODGED,),
            cites("s.5(4)", "section/5"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            cites("s.5(6)", "section/5"): (E.DETERMINED,),
            cites("s.5(7), (8)", "section/5"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.10", "section/10"): (E.NOTIFIED,),
            cites("s.8", "section/8"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
    change_applicants=Applicants(
        ("police", "subject"), "the subject, or the chief officer who applied for it", cites("s.5(7)", "section/5")
    ),
)

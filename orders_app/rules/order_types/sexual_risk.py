"""Sexual risk orders and their interims: Sexual Offences Act 2003 ss.122A to 122K."""

from __future__ import annotations

from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import families
from orders_app.rules.order_types.sexual_offences import (
    DAY_OR_RELEASE,
    EVENTS,
    FIVE_YEARS,
    FIXED_OR_OPEN,
    MONITORING_NEEDS,
    TWO_YEARS,
    breach,
    full_duties,
    interim_duties,
    monitoring,
    no_monitoring,
    notification,
    offences,
    only_a_court,
)
from orders_app.rules.order_types.vocabulary import (
    CLOSING,
    INTERIM_CLOSING,
    SUBJECT_OR_CHIEF_OFFICER,
    SUPERSEDED,
    sections,
)
from orders_app.rules.spec import (
    Applicants,
    DischargeBar,
    Grounds,
    LateStarts,
    LengthLimit,
    Limits,
    OrderType,
    Replacement,
)
from orders_app.rules.starts import SOA_PART_2

SRO_NOTIFICATION = notification(offences.unread("s.122F", "section/122F"), offences.unread("s.122F", "section/122F"))
SRO_BAR = DischargeBar(TWO_YEARS, offences.unread("s.122D(5)", "section/122D"))

SRO = OrderType(
    code="sro",
    prefix="SRO",
    name="Sexual risk order",
    short_name="SRO",
    family=families.SEXUAL_HARM,
    citation=offences("s.122A", "section/122A"),
    late_starts=LateStarts(DAY_OR_RELEASE, offences.unread("s.122A(7)", "section/122A")),
    replacement=Replacement(offences.unread("s.122A(9)", "section/122A")),
    grounds=Grounds(
        "An act of a sexual nature, one being enough and no conviction needed, because of which the order is necessary "
        "to protect from harm",
        offences("s.122A(2), (6)", "section/122A"),
    ),
    limits=Limits(
        end_kinds=FIXED_OR_OPEN,
        end_citation=offences.unread("s.122A(7)", "section/122A"),
        end_refusal="An SRO is for a fixed period or until further order; each prohibition may have its own",
        shortest=(LengthLimit(TWO_YEARS, offences.unread("s.122A(7)", "section/122A"), is_for_each_term=True),),
        longest_travel=LengthLimit(FIVE_YEARS, offences.unread("s.122C", "section/122C")),
        supervisor=offences("s.122BA", "section/122BA"),
        monitoring_refused=no_monitoring(offences("s.122EA", "section/122EA")),
        longest_monitoring=monitoring(offences("s.122EA", "section/122EA")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=breach(offences("s.122H", "section/122H")),
    events=EVENTS | CLOSING | SUPERSEDED,
    ended_by=CLOSING | SUPERSEDED,
    suspended_by=frozenset({SOA_PART_2}),
    discharge_bar=SRO_BAR,
    duties=full_duties(SRO_NOTIFICATION, SRO_BAR, offences.unread("s.122A(7)", "section/122A")),
    refusals=(only_a_court(offences.unread("s.122D", "section/122D")),),
    sections=sections(
        {
            offences("s.122A", "section/122A"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            offences.unread("s.122D", "section/122D"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            offences.unread("s.122A(9)", "section/122A"): (E.REPLACED,),
        }
    ),
    change_applicants=Applicants(*SUBJECT_OR_CHIEF_OFFICER, offences.unread("s.122D", "section/122D")),
)

INTERIM_SRO = OrderType(
    code="interim_sro",
    prefix="ISRO",
    name="Interim sexual risk order",
    short_name="interim SRO",
    family=families.SEXUAL_HARM,
    citation=offences.unread("s.122E", "section/122E"),
    also_called=("ISRO", "SRO interim", "sexual risk order interim"),
    is_interim=True,
    leads_to="sro",
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=offences.unread("s.122E", "section/122E"),
        end_refusal="An interim SRO must be for a fixed period",
        longest_travel=LengthLimit(FIVE_YEARS, offences.unread("s.122C", "section/122C")),
        supervisor=offences.unread("s.122E", "section/122E"),
        monitoring_refused=no_monitoring(offences.unread("s.122EA", "section/122EA")),
        longest_monitoring=monitoring(offences.unread("s.122EA", "section/122EA")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=breach(offences("s.122H", "section/122H")),
    events=EVENTS | INTERIM_CLOSING,
    ended_by=INTERIM_CLOSING,
    suspended_by=frozenset({SOA_PART_2}),
    duties=interim_duties(SRO_NOTIFICATION, offences.unread("s.122E", "section/122E")),
    refusals=(only_a_court(offences.unread("s.122E", "section/122E")),),
    sections=sections(
        {
            offences.unread("s.122E", "section/122E"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            offences.unread("s.122E(5)", "section/122E"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
        }
    ),
    change_applicants=Applicants(*SUBJECT_OR_CHIEF_OFFICER, offences.unread("s.122E(5)", "section/122E")),
)

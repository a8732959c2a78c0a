"""Sexual harm prevention orders and their interims: Sexual Offences Act 2003, Sentencing Act 2020."""

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
    breach,
    full_duties,
    interim_duties,
    monitoring,
    no_monitoring,
    notification,
    offences,
    only_a_court,
    sentencing,
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
    ExtraField,
    FieldKind,
    Grounds,
    LateStarts,
    LengthLimit,
    Limits,
    Option,
    OrderType,
    Replacement,
)
from orders_app.rules.starts import SOA_PART_2

SHPO_NOTIFICATION = notification(offences("s.83(1), s.103G(2), (3)", "section/103G"), offences("s.84(1)", "section/84"))
SHPO_BAR = DischargeBar(FIVE_YEARS, offences("s.103E(7), or Sentencing Act 2020 s.350(7)", "section/103E"), spares_travel_only=True)
EARLIER_GOES_ON = ExtraField(
    key="earlier_order_goes_on",
    label="Is there an earlier SHPO that the court ordered to go on?",
    kind=FieldKind.YES_NO,
    hint="An earlier SHPO ends when a new one is made, unless the court orders otherwise. Leave empty if there was none",
    required=False,
)

SHPO = OrderType(
    code="shpo",
    prefix="SHPO",
    name="Sexual harm prevention order",
    short_name="SHPO",
    family=families.SEXUAL_HARM,
    citation=offences("s.103A", "section/103A"),
    notification_scheme=SOA_PART_2,
    late_starts=LateStarts(DAY_OR_RELEASE, offences.unread("s.103C(2)", "section/103C")),
    replacement=Replacement(offences.unread("s.103C(6)", "section/103C"), kept_by=EARLIER_GOES_ON.key),
    extra_fields=(EARLIER_GOES_ON,),
    made_under=(
        Option("sa20_s345", "On conviction, Sentencing Act 2020 s.345"),
        Option("soa_s103a", "On application, Sexual Offences Act 2003 s.103A"),
    ),
    grounds=Grounds(
        "Conviction, finding or, on application, a qualifying offender’s behaviour since; and an order necessary to "
        "protect from sexual harm",
        offences("s.103A(2), (3)", "section/103A"),
    ),
    limits=Limits(
        end_kinds=FIXED_OR_OPEN,
        end_citation=offences.unread("s.103C(2)", "section/103C"),
        end_refusal="An SHPO is for a fixed period or until further order; each prohibition may have its own",
        shortest=(LengthLimit(FIVE_YEARS, offences.unread("s.103C(2)", "section/103C"), is_for_each_term=True, spares_travel_only=True),),
        longest_travel=LengthLimit(FIVE_YEARS, offences("s.103D(1)", "section/103D")),
        supervisor=sentencing.unread("s.347A", "section/347A"),
        monitoring_refused=no_monitoring(offences.unread("s.103FA", "section/103FA")),
        longest_monitoring=monitoring(offences.unread("s.103FA", "section/103FA")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=breach(offences("s.103I, or Sentencing Act 2020 s.354 if made on conviction", "section/103I")),
    events=EVENTS | CLOSING | SUPERSEDED,
    ended_by=CLOSING | SUPERSEDED,
    suspended_by=frozenset({SOA_PART_2}),
    discharge_bar=SHPO_BAR,
    duties=full_duties(SHPO_NOTIFICATION, SHPO_BAR, offences.unread("s.103C", "section/103C")),
    refusals=(only_a_court(offences("s.103E", "section/103E")),),
    sections=sections(
        {
            offences("s.103A, or Sentencing Act 2020 s.345", "section/103A"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            offences("s.103E, or Sentencing Act 2020 s.350", "section/103E"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            offences.unread("s.103C(6)", "section/103C"): (E.REPLACED,),
        }
    ),
    change_applicants=Applicants(
        ("police", "subject"),
        "the subject, or a chief officer of the area or who applied for it",
        offences("s.103E, or Sentencing Act 2020 s.350", "section/103E"),
    ),
)

INTERIM_SHPO = OrderType(
    code="interim_shpo",
    prefix="ISHPO",
    name="Interim sexual harm prevention order",
    short_name="interim SHPO",
    family=families.SEXUAL_HARM,
    citation=offences.unread("s.103F", "section/103F"),
    also_called=("ISHPO", "SHPO interim", "sexual harm prevention order interim"),
    notification_scheme=SOA_PART_2,
    is_interim=True,
    leads_to="shpo",
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=offences.unread("s.103F(4)", "section/103F"),
        end_refusal="An interim SHPO must be for a fixed period",
        longest_travel=LengthLimit(FIVE_YEARS, offences("s.103D(1)", "section/103D")),
        supervisor=offences.unread("s.103F", "section/103F"),
        monitoring_refused=no_monitoring(offences.unread("s.103FA", "section/103FA")),
        longest_monitoring=monitoring(offences.unread("s.103FA", "section/103FA")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=breach(offences("s.103I", "section/103I")),
    events=EVENTS | INTERIM_CLOSING,
    ended_by=INTERIM_CLOSING,
    suspended_by=frozenset({SOA_PART_2}),
    duties=interim_duties(SHPO_NOTIFICATION, offences.unread("s.103F", "section/103F")),
    refusals=(only_a_court(offences.unread("s.103F(5)", "section/103F")),),
    sections=sections(
        {
            offences.unread("s.103F(3)", "section/103F"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            offences.unread("s.103F(5)", "section/103F"): (
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
    change_applicants=Applicants(*SUBJECT_OR_CHIEF_OFFICER, offences.unread("s.103F(5)", "section/103F")),
)

"""Sexual harm prevention orders and sexual risk orders, and their interims: Sexual Offences Act 2003, Sentencing Act 2020."""

from __future__ import annotations

from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import families, policies
from orders_app.rules.order_types.notifications import changes, initial
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    CLOSING,
    INTERIM_CLOSING,
    NOTIFICATION,
    OFFENCE,
    RENEWAL,
    SERVICE,
    SUPERSEDED,
    VARIATION,
    WATCHING,
    Cites,
)
from orders_app.rules.periods import DaysBefore, MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import (
    Breach,
    Citation,
    DischargeBar,
    Duty,
    LateStarts,
    LengthLimit,
    Limits,
    Option,
    OrderType,
    Refusal,
    Replacement,
    StartKind,
)
from orders_app.rules.starts import SOA_PART_2, served_and_not_yet_registered

offences = Cites("Sexual Offences Act 2003", "ukpga/2003/42")
sentencing = Cites("Sentencing Act 2020", "ukpga/2020/17")

FIVE_YEARS, TWO_YEARS = MonthsBeginningWith(60), MonthsBeginningWith(24)
MONITORING_IN_FORCE = "pcsca_s178"
MONITORING_NEEDS = "Arrangements must be available there, and anybody whose help it needs must consent"
DAY_OR_RELEASE = frozenset({StartKind.STATED_DAY, StartKind.RELEASE})
FIXED_OR_OPEN = frozenset({EndKind.FIXED, EndKind.UNTIL_FURTHER_ORDER, EndKind.PER_CONDITION})
EVENTS = APPLICATION | SERVICE | WATCHING | VARIATION | RENEWAL | NOTIFICATION | OFFENCE


def _no_monitoring(citation: Citation) -> Refusal:
    why = "The power in the Police, Crime, Sentencing and Courts Act 2022 s.178 is not known to be in force."
    return Refusal("Add electronic monitoring", why, citation, until=MONITORING_IN_FORCE)


def _monitoring(citation: Citation) -> LengthLimit:
    return LengthLimit(MonthsBeginningWith(12), citation, since=MONITORING_IN_FORCE)


def _only_a_court(citation: Citation) -> Refusal:
    why = "Only a court can. Record the court’s variation and it becomes the next version."
    return Refusal("Change the end date or a condition here", why, citation)


def _breach(citation: Citation) -> Breach:
    return Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years. The court cannot discharge conditionally",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=citation,
    )


def _notification(first_citation: Citation, change_citation: Citation) -> tuple[Duty, ...]:
    return (
        initial(
            starts=served_and_not_yet_registered,
            sentence="The subject must notify all names used and the home address within 3 days beginning with the date of service",
            citation=first_citation,
        ),
        *changes(E.SERVED, change_citation, change_citation),
    )


def _full(notification: tuple[Duty, ...], bar: DischargeBar, length: Citation) -> tuple[Duty, ...]:
    return (
        policies.SERVE_ORDER,
        *notification,
        policies.HEARING,
        policies.MONTHLY_CHECK,
        policies.MONITORING_REVIEW,
        policies.YEARLY_REVIEW,
        policies.discharge_bar(bar),
        policies.decide_before_end("expiry_decision", "Decide whether to apply to renew", WeeksBefore(12)),
        policies.decide_before_end("renewal_application", "Lodge the application to renew", WeeksBefore(8)),
        policies.condition_ends(length),
        policies.order_ends(length),
    )


def _interim(notification: tuple[Duty, ...], citation: Citation) -> tuple[Duty, ...]:
    return (
        policies.SERVE_ORDER,
        *notification,
        policies.HEARING,
        policies.MONTHLY_CHECK,
        policies.MONITORING_REVIEW,
        policies.INTERIM_GAP,
        policies.decide_before_end("expiry_warning", "Decide whether to renew the interim order", DaysBefore(7)),
        policies.decide_before_end("expiry_last_warning", "Interim order ends in 3 days: renew it or see it lapse", DaysBefore(3)),
        policies.condition_ends(citation),
        policies.order_ends(
            citation,
            "The interim order ends at the end of this day, or when the main application is determined if that is earlier",
        ),
    )


SHPO_NOTIFICATION = _notification(offences("s.83(1), s.103G(2), (3)", "section/103G"), offences("s.84(1)", "section/84"))
SRO_NOTIFICATION = _notification(offences("s.122F", "section/122F"), offences("s.122F", "section/122F"))
SHPO_BAR = DischargeBar(FIVE_YEARS, offences("s.103E(7), or Sentencing Act 2020 s.350(7)", "section/103E"), spares_travel_only=True)
SRO_BAR = DischargeBar(TWO_YEARS, offences("s.122D(5)", "section/122D"))

SHPO = OrderType(
    code="shpo",
    prefix="SHPO",
    name="Sexual harm prevention order",
    short_name="SHPO",
    family=families.SEXUAL_HARM,
    citation=offences("s.103A", "section/103A"),
    notification_scheme=SOA_PART_2,
    late_starts=LateStarts(DAY_OR_RELEASE, offences("s.103C(2)", "section/103C")),
    replacement=Replacement(offences("s.103C(6)", "section/103C"), unless_ordered=True),
    made_under=(
        Option("sa20_s345", "On conviction, Sentencing Act 2020 s.345"),
        Option("soa_s103a", "On application, Sexual Offences Act 2003 s.103A"),
    ),
    limits=Limits(
        end_kinds=FIXED_OR_OPEN,
        end_citation=offences("s.103C(2)", "section/103C"),
        end_refusal="An SHPO is for a fixed period or until further order; each prohibition may have its own",
        shortest=(LengthLimit(FIVE_YEARS, offences("s.103C(2)", "section/103C"), spares_travel_only=True),),
        longest_travel=LengthLimit(FIVE_YEARS, offences("s.103D(1)", "section/103D")),
        supervisor=sentencing("s.347A", "section/347A"),
        monitoring_refused=_no_monitoring(offences("s.103FA", "section/103A")),
        longest_monitoring=_monitoring(offences("s.103FA", "section/103A")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=_breach(offences("s.103I, or Sentencing Act 2020 s.354 if made on conviction", "section/103I")),
    events=EVENTS | CLOSING | SUPERSEDED,
    ended_by=CLOSING | SUPERSEDED,
    suspended_by=frozenset({SOA_PART_2}),
    discharge_bar=SHPO_BAR,
    duties=_full(SHPO_NOTIFICATION, SHPO_BAR, offences("s.103C", "section/103C")),
    refusals=(_only_a_court(offences("s.103E", "section/103E")),),
)

INTERIM_SHPO = OrderType(
    code="interim_shpo",
    prefix="ISHPO",
    name="Interim sexual harm prevention order",
    short_name="interim SHPO",
    family=families.SEXUAL_HARM,
    citation=offences("s.103F", "section/103F"),
    also_called=("ISHPO", "SHPO interim", "sexual harm prevention order interim"),
    notification_scheme=SOA_PART_2,
    is_interim=True,
    leads_to="shpo",
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=offences("s.103F(4)", "section/103F"),
        end_refusal="An interim SHPO must be for a fixed period",
        longest_travel=LengthLimit(FIVE_YEARS, offences("s.103D(1)", "section/103D")),
        supervisor=offences("s.103F", "section/103F"),
        monitoring_refused=_no_monitoring(offences("s.103FA", "section/103A")),
        longest_monitoring=_monitoring(offences("s.103FA", "section/103A")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=_breach(offences("s.103I", "section/103I")),
    events=EVENTS | INTERIM_CLOSING,
    ended_by=INTERIM_CLOSING,
    suspended_by=frozenset({SOA_PART_2}),
    duties=_interim(SHPO_NOTIFICATION, offences("s.103F", "section/103F")),
    refusals=(_only_a_court(offences("s.103F(5)", "section/103F")),),
)

SRO = OrderType(
    code="sro",
    prefix="SRO",
    name="Sexual risk order",
    short_name="SRO",
    family=families.SEXUAL_HARM,
    citation=offences("s.122A", "section/122A"),
    late_starts=LateStarts(DAY_OR_RELEASE, offences("s.122A(7)", "section/122A")),
    replacement=Replacement(offences("s.122A(9)", "section/122A")),
    limits=Limits(
        end_kinds=FIXED_OR_OPEN,
        end_citation=offences("s.122A(7)", "section/122A"),
        end_refusal="An SRO is for a fixed period or until further order; each prohibition may have its own",
        shortest=(LengthLimit(TWO_YEARS, offences("s.122A(7)", "section/122A")),),
        longest_travel=LengthLimit(FIVE_YEARS, offences("s.122C", "section/122C")),
        supervisor=offences("s.122BA", "section/122A"),
        monitoring_refused=_no_monitoring(offences("s.122A", "section/122A")),
        longest_monitoring=_monitoring(offences("s.122A", "section/122A")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=_breach(offences("s.122H", "section/122H")),
    events=EVENTS | CLOSING | SUPERSEDED,
    ended_by=CLOSING | SUPERSEDED,
    suspended_by=frozenset({SOA_PART_2}),
    discharge_bar=SRO_BAR,
    duties=_full(SRO_NOTIFICATION, SRO_BAR, offences("s.122A(7)", "section/122A")),
    refusals=(_only_a_court(offences("s.122D", "section/122D")),),
)

INTERIM_SRO = OrderType(
    code="interim_sro",
    prefix="ISRO",
    name="Interim sexual risk order",
    short_name="interim SRO",
    family=families.SEXUAL_HARM,
    citation=offences("s.122E", "section/122E"),
    also_called=("ISRO", "SRO interim", "sexual risk order interim"),
    is_interim=True,
    leads_to="sro",
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=offences("s.122E", "section/122E"),
        end_refusal="An interim SRO must be for a fixed period",
        longest_travel=LengthLimit(FIVE_YEARS, offences("s.122C", "section/122C")),
        supervisor=offences("s.122E", "section/122E"),
        monitoring_refused=_no_monitoring(offences("s.122E", "section/122E")),
        longest_monitoring=_monitoring(offences("s.122E", "section/122E")),
        monitoring_needs=MONITORING_NEEDS,
    ),
    breach=_breach(offences("s.122H", "section/122H")),
    events=EVENTS | INTERIM_CLOSING,
    ended_by=INTERIM_CLOSING,
    suspended_by=frozenset({SOA_PART_2}),
    duties=_interim(SRO_NOTIFICATION, offences("s.122E", "section/122E")),
    refusals=(_only_a_court(offences("s.122E", "section/122E")),),
)

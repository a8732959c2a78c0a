"""Domestic violence protection notices and orders: Crime and Security Act 2010 ss.24 to 33."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    ARREST,
    CHANGE_STEPS,
    EXTENSION_STEPS,
    NOTICE,
    SERVICE,
    WATCHING,
    Cites,
    policy,
    sections,
)
from orders_app.rules.periods import DaysBeginningWith, HoursLeavingOut
from orders_app.rules.spec import (
    AgeLimit,
    Breach,
    Citation,
    Duty,
    ExtraField,
    FieldKind,
    Grounds,
    LateStarts,
    LengthLimit,
    Limits,
    OrderType,
    RankLimit,
    Refusal,
    RuleClass,
    Starts,
    Word,
)
from orders_app.rules.starts import arrested_before_the_hearing, each, first

cites = Cites("Crime and Security Act 2010", "ukpga/2010/17")
REPEALED = "daa_s55"
ARRESTS = each(E.ARRESTED, "the time of the arrest")
USE_DAPN = "Use a DAPN and a DAPO"
HEARD = frozenset({E.HEARING_HELD, E.APPLICATION_GRANTED, E.APPLICATION_REFUSED, E.DETERMINED})
PRODUCED = frozenset({E.PRODUCED, E.RELEASED_OUT_OF_TIME})
NO_REQUIREMENTS = Refusal(
    "Add a requirement to do something",
    "The Act allows prohibitions and the terms about premises, and no other requirement. Record this one as a prohibition.",
    cites("s.24(6) to (8), s.28(6) to (8)", "section/28"),
)
NO_MONITORING = Refusal("Add electronic monitoring", "The Act has no power for it.", cites("s.28", "section/28"))

HEARING_WITHIN_48_HOURS = Duty(
    key="court_hearing",
    title="Court must hear the application for the order",
    sentence="The application must be heard by the magistrates’ court not later than 48 hours after the notice was served",
    starts=first(E.SERVED, "the notice was served"),
    period=HoursLeavingOut(48),
    met_by=HEARD,
    citation=cites("s.27(3)", "section/27"),
    leaves_out=cites("s.27(4)", "section/27"),
    alert_class=AlertClass.HOUR_CLOCK,
    moves="Nothing: the Act gives no extension. If the court adjourns, the notice goes on until the application is decided, s.27(9)",
)


def production(title: str, sentence: str, citation: Citation, leaves_out: Citation, starts: Starts = ARRESTS) -> Duty:
    """The 24 hours within which a person arrested for breach must be in court. It outlives the notice or order."""
    return Duty(
        key="production",
        title=title,
        sentence=sentence,
        starts=starts,
        period=HoursLeavingOut(24, strictly_before=True),
        met_by=PRODUCED,
        citation=citation,
        leaves_out=leaves_out,
        alert_class=AlertClass.HOUR_CLOCK,
        word=Word.BEFORE,
        moves="Nothing. It is met by appearing in court, not by arriving at the building",
        outlives_order=True,
    )


DVPN = OrderType(
    code="dvpn",
    prefix="DVPN",
    name="Domestic violence protection notice",
    short_name="DVPN",
    family=families.DOMESTIC_ABUSE,
    citation=cites("s.24", "section/24"),
    protects_somebody=True,
    is_notice=True,
    leads_to="dvpo",
    until=REPEALED,
    instead=USE_DAPN,
    grounds=Grounds(
        "Reasonable grounds to believe that the subject has been violent, or has threatened violence, towards an "
        "associated person, and that the notice is necessary to protect that person. Controlling or economic abuse "
        "alone is not enough",
        cites("s.24(2)", "section/24"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.EVENT, EndKind.NONE}),
        end_citation=cites("s.25(1)(d)", "section/25"),
        end_refusal="A DVPN has no end date: it goes on until the application for the order is determined",
        subject_age=AgeLimit(18, cites("s.24(2)", "section/24")),
        authoriser=RankLimit("superintendent", cites("s.24(1)", "section/24")),
        requirements_refused=NO_REQUIREMENTS,
        monitoring_refused=NO_MONITORING,
    ),
    breach=Breach(
        is_offence=False,
        words="A breach is not an offence. It gives a power of arrest and production to the court",
        power="Arrest without warrant on reasonable grounds to believe the notice is breached; hold for court",
        citation=cites("s.25(1)(b), s.26", "section/26"),
    ),
    events=NOTICE | SERVICE | ARREST,
    ended_by=frozenset({E.APPLICATION_GRANTED, E.APPLICATION_REFUSED, E.DETERMINED, E.LAPSED, E.ENDED}),
    duties=(
        policies.SERVE_NOTICE,
        HEARING_WITHIN_48_HOURS,
        production(
            "Produce the person arrested in court",
            "A person arrested for breach of the notice must be brought before the magistrates’ court before the end of 24 hours "
            "beginning with the time of the arrest, or at the hearing of the application if that is earlier",
            cites("s.26(1)", "section/26"),
            cites("s.26(4)", "section/26"),
            arrested_before_the_hearing,
        ),
        *after_breach.remands(cites("s.30", "section/30")),
        *after_breach.REVIEWS,
        after_breach.TELL_OF_BREACH,
        policies.HEARING,
    ),
    refusals=(
        Refusal(
            "Vary or extend this notice",
            "The Act gives no power to vary, extend or discharge a notice.",
            cites("s.24 to s.27", "section/25"),
            CHANGE_STEPS,
        ),
        Refusal(
            "Withdraw the application",
            "A served notice goes on until the court determines the application.",
            cites("s.25(1)(d)", "section/25"),
            frozenset({E.APPLICATION_WITHDRAWN}),
        ),
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
            cites("s.24(1)", "section/24"): (E.AUTHORISED, E.AUTHORITY_REFUSED),
            cites("s.24(3)", "section/24"): (E.CONSIDERED,),
            cites("s.25(2), (3)", "section/25"): (E.SERVED, E.SERVICE_ATTEMPTED),
            cites("s.25(1)(d)", "section/25"): (E.NOTICE_WITHDRAWN, E.DETERMINED, E.APPLICATION_GRANTED, E.APPLICATION_REFUSED),
            cites("s.27(1), (2)", "section/27"): (E.APPLICATION_LODGED,),
            cites("s.27(3)", "section/27"): (E.HEARING_LISTED, E.HEARING_HELD, E.LAPSED),
            cites("s.27(8), (9)", "section/27"): (E.ADJOURNED,),
            cites("s.25(1)(b)", "section/25"): (E.ARRESTED,),
            cites("s.26(1)", "section/26"): (E.PRODUCED, E.RELEASED_OUT_OF_TIME),
            cites("s.26(3)", "section/26"): (E.REMANDED,),
        }
    ),
)

DVPO = OrderType(
    code="dvpo",
    prefix="DVPO",
    name="Domestic violence protection order",
    short_name="DVPO",
    family=families.DOMESTIC_ABUSE,
    citation=cites("s.28", "section/28"),
    until=REPEALED,
    savings=Citation("Interpretation Act 1978", "s.16(1)", "https://www.legislation.gov.uk/ukpga/1978/30/section/16"),
    instead=USE_DAPN,
    late_starts=LateStarts(frozenset(), cites("s.28(10)", "section/28")),
    protects_somebody=True,
    grounds=Grounds(
        "On the balance of probabilities, the subject has been violent or has threatened violence towards an associated "
        "person; and the order is necessary to protect that person",
        cites("s.28(2), (3)", "section/28"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=cites("s.28(10)", "section/28"),
        end_refusal="A DVPO must state its period: 14 to 28 days beginning with the day it is made",
        shortest=(LengthLimit(DaysBeginningWith(14), cites("s.28(10)", "section/28")),),
        longest=(LengthLimit(DaysBeginningWith(28), cites("s.28(10)", "section/28")),),
        subject_age=AgeLimit(18, cites("s.24(2), s.28(2)", "section/24")),
        requirements_refused=NO_REQUIREMENTS,
        monitoring_refused=NO_MONITORING,
    ),
    breach=Breach(
        is_offence=False,
        words="A breach is civil: up to 2 months in custody or £5,000. It is not an offence and is never a conviction",
        power="Arrest without warrant on reasonable grounds to believe the order is breached; hold for court, no police bail",
        citation=cites("s.28(9), s.29", "section/29"),
    ),
    events=APPLICATION | SERVICE | ARREST | WATCHING | {E.APPLICATION_GRANTED, E.BREACH_PROVED, E.BREACH_NOT_PROVED, E.ENDED},
    ended_by=frozenset({E.ENDED}),
    duties=(
        policies.SERVE_ORDER,
        production(
            "Produce the person arrested in court",
            "A person arrested for breach of the order must be brought before a magistrates’ court within 24 hours beginning "
            "with the time of the arrest",
            cites("s.29(1)", "section/29"),
            cites("s.29(3)", "section/29"),
        ),
        *after_breach.remands(cites("s.30", "section/30")),
        *after_breach.REVIEWS,
        after_breach.TELL_OF_BREACH,
        policies.TELL_PROTECTED_PERSON,
        policies.WEEKLY_CHECK,
        Duty(
            key="day_21_review",
            title="Decide what protects after the order: day 21",
            sentence="By day 21 decide on a non-molestation order, another order, bail, charge or closure: a DVPO cannot be extended",
            starts=first(E.MADE, "the day it was made"),
            period=DaysBeginningWith(21),
            met_by=frozenset({E.EXPIRY_DECIDED, E.REVIEW_DONE}),
            citation=policy("review on day 21"),
            alert_class=AlertClass.EXPIRY,
            rule_class=RuleClass.POLICY,
            moves="Nothing",
        ),
        policies.HEARING,
        policies.order_ends(
            cites("s.28(10)", "section/28"),
            "The order ends at the end of this day. It cannot be extended",
            moves="Nothing: the Act gives no power to vary, extend or discharge it",
        ),
    ),
    refusals=(
        Refusal(
            "Extend this order",
            "The Act gives no power to extend a DVPO. A new notice needs fresh grounds, and leads to a new order.",
            cites("s.28(10)", "section/28"),
            EXTENSION_STEPS,
        ),
        Refusal(
            "Vary or discharge this order",
            "The Act gives no power to vary or discharge a DVPO.",
            cites("s.28", "section/28"),
            CHANGE_STEPS - EXTENSION_STEPS,
        ),
    ),
    sections=sections(
        {
            cites("s.27(1), (2)", "section/27"): (E.APPLICATION_LODGED,),
            cites("s.27(8)", "section/27"): (E.ADJOURNED,),
            cites("s.28(2) to (4)", "section/28"): (E.MADE, E.APPLICATION_REFUSED),
            cites("s.28(9)", "section/28"): (E.ARRESTED,),
            cites("s.29(1)", "section/29"): (E.PRODUCED, E.RELEASED_OUT_OF_TIME),
            cites("s.29(2)", "section/29"): (E.REMANDED,),
            Citation("Magistrates’ Courts Act 1980", "s.63(3)", "https://www.legislation.gov.uk/ukpga/1980/43/section/63"): (
                E.BREACH_PROVED,
                E.BREACH_NOT_PROVED,
            ),
        }
    ),
)

"""Restraining orders on conviction and on acquittal, and non-molestation orders: three powers, never added together unseen."""

from __future__ import annotations

from orders_app.rules.alerting import AlertClass
from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.vocabulary import APPLICATION, AWARE_FROM, CLOSING, OFFENCE, SERVICE, VARIATION, WATCHING, Cites, sections
from orders_app.rules.periods import DaysBeginningWith, HoursLeavingOut, WeeksBefore
from orders_app.rules.spec import Applicants, Breach, Citation, Duty, Grounds, Limits, Option, OrderType, Refusal, RuleClass, Word
from orders_app.rules.starts import arrested_under_occupation_order, made_without_notice

sentencing = Cites("Sentencing Act 2020", "ukpga/2020/17")
harassment = Cites("Protection from Harassment Act 1997", "ukpga/1997/40")
family_law = Cites("Family Law Act 1996", "ukpga/1996/27")

NAMED_IN_IT = (
    ("subject", "prosecution", "protected"),
    "the subject, the prosecution, or a person mentioned in the order. Police are not applicants",
)
FIXED_OR_OPEN = frozenset({EndKind.FIXED, EndKind.UNTIL_FURTHER_ORDER})
EVENTS = APPLICATION | WATCHING | VARIATION | CLOSING | OFFENCE


def _limits(end_citation: Citation, contents: Citation, what: str) -> Limits:
    return Limits(
        end_kinds=FIXED_OR_OPEN,
        end_citation=end_citation,
        end_refusal=f"{what} is for a stated period or until further order",
        requirements_refused=Refusal(
            "Add a requirement to do something",
            f"{what} can only prohibit. Record this one as a prohibition, in the court’s words.",
            contents,
        ),
        monitoring_refused=Refusal("Add electronic monitoring", "The Act gives the court no power for it.", contents),
    )


def _reviews(end_citation: Citation) -> tuple[Duty, ...]:
    return (
        policies.HEARING,
        policies.TELL_PROTECTED_PERSON,
        *after_breach.REVIEWS,
        after_breach.TELL_OF_BREACH,
        policies.TELL_OF_END,
        policies.MONTHLY_CHECK,
        policies.YEARLY_REVIEW,
        policies.decide_before_end("expiry_decision", "Decide whether longer protection is needed", WeeksBefore(12)),
        policies.decide_before_end("expiry_last_decision", "Last day to ask for a variation in good time", WeeksBefore(8)),
        policies.condition_ends(end_citation),
        policies.order_ends(end_citation),
    )


def _not_police(citation: Citation, who: str) -> Refusal:
    return Refusal("Apply as police to vary or extend", f"Police are not applicants. {who} may ask the court that made it.", citation)


RO_CONVICTION = OrderType(
    code="ro_conviction",
    prefix="RO",
    name="Restraining order on conviction",
    short_name="restraining order",
    family=families.RESTRAINING,
    citation=sentencing("s.360", "section/360"),
    is_requested=True,
    also_called=("RO conviction", "restraining order conviction", "post-conviction RO", "RO post conviction"),
    protects_somebody=True,
    needs_service=False,
    made_under=(
        Option("sa20_s360", "Sentencing Act 2020 s.360, convictions on or after 1 December 2020"),
        Option("pha_s5", "Protection from Harassment Act 1997 s.5, earlier convictions"),
    ),
    grounds=Grounds(
        "Protection from conduct that amounts to harassment, or that will cause fear of violence",
        sentencing("s.360", "section/360"),
    ),
    limits=_limits(sentencing("s.359(2)", "section/359"), sentencing("s.359(1)", "section/359"), "A restraining order"),
    breach=Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years on indictment",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=sentencing("s.363", "section/363"),
    ),
    events=EVENTS | SERVICE,
    ended_by=CLOSING,
    duties=_reviews(sentencing("s.359(2)", "section/359")),
    refusals=(_not_police(sentencing("s.361", "section/361"), "The subject, the prosecution or a person mentioned in it"),),
    sections=sections(
        {
            sentencing("s.360", "section/360"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            sentencing("s.361", "section/361"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            sentencing("s.363", "section/363"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
    change_applicants=Applicants(
        ("subject", "prosecution", "protected"),
        "the subject, the prosecution, or a person mentioned in the order. Police are not applicants",
        sentencing("s.361", "section/361"),
    ),
)

RO_ACQUITTAL = OrderType(
    code="ro_acquittal",
    prefix="ROA",
    name="Restraining order on acquittal",
    short_name="restraining order",
    family=families.RESTRAINING,
    citation=harassment("s.5A(1)", "section/5A"),
    is_requested=True,
    also_called=("RO acquittal", "restraining order acquittal", "post-acquittal RO", "RO post acquittal"),
    protects_somebody=True,
    needs_service=False,
    grounds=Grounds(
        "Necessary to protect a person from harassment by the defendant. Fear of violence alone is no ground",
        harassment("s.5A(1)", "section/5A"),
    ),
    limits=_limits(harassment("s.5A(2)", "section/5A"), harassment("s.5A(1)", "section/5A"), "A restraining order"),
    breach=Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years on indictment",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=harassment("s.5A(2D), (2E)", "section/5A"),
    ),
    events=EVENTS | SERVICE,
    ended_by=CLOSING,
    duties=_reviews(harassment("s.5A(2)", "section/5A")),
    refusals=(_not_police(harassment("s.5A(2B)", "section/5A"), "The subject, the prosecution or a person mentioned in it"),),
    sections=sections(
        {
            harassment("s.5A(1)", "section/5A"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            harassment("s.5A(2B), (2C)", "section/5A"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            harassment("s.5A(2D)", "section/5A"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
    change_applicants=Applicants(
        ("subject", "prosecution", "protected"),
        "the subject, the prosecution, or a person mentioned in the order. Police are not applicants",
        harassment("s.5A(2B)", "section/5A"),
    ),
)

PRODUCTION_OCCUPATION_ORDER = Duty(
    key="production",
    title="Bring the person arrested before a judge",
    sentence=(
        "A person arrested under a power of arrest attached to an occupation order must be brought before a judge within 24 hours "
        "beginning at the time of the arrest"
    ),
    starts=arrested_under_occupation_order,
    period=HoursLeavingOut(24, strictly_before=True, bank_holidays_too=False),
    met_by=frozenset({E.PRODUCED, E.RELEASED_OUT_OF_TIME}),
    citation=family_law("s.47(7)", "section/47"),
    leaves_out=family_law("s.47(7)", "section/47"),
    alert_class=AlertClass.HOUR_CLOCK,
    word=Word.BEFORE,
    moves="Nothing. Bank holidays count here, unlike the clock of a DVPO",
    outlives_order=True,
)

RETURN_HEARING = Duty(
    key="return_hearing",
    title="Return hearing: the respondent is heard",
    sentence="An order made without notice first lasts, normally, no longer than 14 days, with a date for the hearing of both sides on it",
    starts=made_without_notice,
    period=DaysBeginningWith(14),
    met_by=frozenset({E.HEARING_HELD, E.ADJOURNED, E.VARIED, E.DISCHARGED, E.ENDED}),
    citation=Citation("Family Division practice guidance", "on orders made without notice, the 14 days not yet confirmed"),
    alert_class=AlertClass.HEARING,
    rule_class=RuleClass.GUIDANCE,
    moves="The return date on the order is recorded as a hearing, and has a date of its own",
)

NMO = OrderType(
    code="nmo",
    prefix="NMO",
    name="Non-molestation order",
    short_name="non-molestation order",
    family=families.RESTRAINING,
    citation=family_law("s.42", "section/42"),
    also_called=("NMO", "non-mol", "non molestation order", "RO family court", "restraining order family court", "family court"),
    arrest_powers=(("occupation_order", "Power attached to an occupation order"), ("other", "Another power")),
    protects_somebody=True,
    made_under=(
        Option("s42_application", "On application, s.42(2)(a)"),
        Option("s42_own_motion", "In other family proceedings, s.42(2)(b)"),
        Option("s45_without_notice", "Without notice, s.45"),
    ),
    limits=_limits(family_law("s.42(7)", "section/42"), family_law("s.42(1)", "section/42"), "A non-molestation order"),
    breach=Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years. If made without notice, only once the subject knew",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=family_law("s.42A", "section/42A"),
    ),
    events=EVENTS | SERVICE | {E.UNDERTAKING_GIVEN, E.PRODUCED, E.RELEASED_OUT_OF_TIME, E.REMANDED},
    ended_by=CLOSING,
    duties=(
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        PRODUCTION_OCCUPATION_ORDER,
        RETURN_HEARING,
        *_reviews(family_law("s.42(7)", "section/42")),
    ),
    refusals=(
        _not_police(family_law("s.49", "section/49"), "The respondent or the person who applied"),
        Refusal(
            "Record an undertaking here",
            "An undertaking is not an order, and breaking one is not an offence.",
            family_law("s.46", "section/46"),
        ),
    ),
    extra_fields=(AWARE_FROM,),
    sections=sections(
        {
            family_law("s.42(2)", "section/42"): (
                E.APPLICATION_LODGED,
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            family_law("s.45", "section/45"): (
                E.HEARING_LISTED,
                E.HEARING_HELD,
                E.ADJOURNED,
            ),
            family_law("s.46", "section/46"): (E.UNDERTAKING_GIVEN,),
            family_law("s.49", "section/49"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            family_law("s.42(8)", "section/42"): (E.ENDED,),
            family_law("s.42A", "section/42A"): (E.CHARGED,),
            family_law("s.47(7)", "section/47"): (
                E.PRODUCED,
                E.RELEASED_OUT_OF_TIME,
                E.REMANDED,
            ),
        }
    ),
    change_applicants=Applicants(
        ("subject", "protected"),
        "the respondent or the person who applied for it. Police are not applicants",
        family_law("s.49", "section/49"),
    ),
)

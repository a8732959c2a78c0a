"""Criminal behaviour orders: Sentencing Act 2020 Part 11 Chapter 1. Sections 330, 331 and 337 were read as published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from orders_app.rules.alerting import AlertClass
from orders_app.rules.ends import begun_by, by_its_own_terms, in_force_from
from orders_app.rules.facts import EndKind, Facts
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.vocabulary import APPLICATION, CLOSING, OFFENCE, SERVICE, VARIATION, WATCHING, Cites, sections
from orders_app.rules.periods import MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import (
    Age,
    AgeLimit,
    Applicants,
    Breach,
    Duty,
    LateStarts,
    LengthLimit,
    Limits,
    OrderType,
    Refusal,
    Start,
    StartKind,
)
from orders_app.rules.wording import ONE_DAY

cites = Cites("Sentencing Act 2020", "ukpga/2020/17")

ONE_YEAR, TWO_YEARS, THREE_YEARS = MonthsBeginningWith(12), MonthsBeginningWith(24), MonthsBeginningWith(36)
EIGHTEEN_YEARS = MonthsBeginningWith(18 * 12)


def each_year_under_18(order_type: OrderType, facts: Facts) -> list[Start]:
    """The review periods at whose end the subject is still under 18 and the order still runs."""
    begun, begins_on = begun_by(order_type, facts), in_force_from(order_type, facts)
    if begun is None or begins_on is None or facts.subject_born_on is None:
        return []
    last_under_18 = EIGHTEEN_YEARS.last_day(facts.subject_born_on)
    last_asked = min(last_under_18, by_its_own_terms(order_type, facts, begun).on or last_under_18)
    days = takewhile(lambda day: ONE_YEAR.last_day(day) <= last_asked, _openings(begins_on, facts))
    return [Start(begun, day, _opening_words(day, facts), part=str(n), met_from=day) for n, day in enumerate(days, 1)]


def _openings(opens_on: date, facts: Facts) -> Iterator[date]:
    """The first day of each review period: the day after the last one, or the day of the latest variation inside it."""
    while True:
        inside = [event.on for event in facts.of(E.VARIED) if opens_on < event.on <= ONE_YEAR.last_day(opens_on)]
        opens_on = inside[-1] if inside else opens_on
        yield opens_on
        opens_on = ONE_YEAR.last_day(opens_on) + ONE_DAY


def _opening_words(day: date, facts: Facts) -> str:
    varied = any(event.on == day for event in facts.of(E.VARIED))
    return "the day on which the order was varied" if varied else "the first day of the review period"


YOUTH_REVIEW = Duty(
    key="review_under_18",
    title="Review the order: the subject is under 18",
    sentence="While the subject is under 18 the order must be reviewed before the end of each period of 12 months",
    starts=each_year_under_18,
    period=ONE_YEAR,
    met_by=frozenset({E.REVIEW_DONE}),
    citation=cites("s.337", "section/337"),
    alert_class=AlertClass.REVIEW,
    moves="A variation begins a new period of 12 months. The duty ends when the subject is 18 or the order ends",
)

CBO = OrderType(
    code="cbo",
    prefix="CBO",
    name="Criminal behaviour order",
    short_name="CBO",
    family=families.BEHAVIOUR,
    citation=cites("s.331", "section/331"),
    late_starts=LateStarts(frozenset({StartKind.OTHER_END}), cites("s.334(1), (2)", "section/334")),
    awaits_legal_check=True,
    needs_service=False,
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED, EndKind.UNTIL_FURTHER_ORDER}),
        end_citation=cites("s.334", "section/334"),
        end_refusal="A CBO is for a fixed period or, for an adult, until further order",
        open_end_age=AgeLimit(18, cites("s.334(4)", "section/334")),
        shortest=(
            LengthLimit(ONE_YEAR, cites("s.334(4)", "section/334"), age=Age.UNDER_18),
            LengthLimit(TWO_YEARS, cites("s.334(5)", "section/334"), age=Age.ADULT),
        ),
        longest=(LengthLimit(THREE_YEARS, cites("s.334(4)", "section/334"), age=Age.UNDER_18),),
        supervisor=cites("s.333", "section/333"),
        monitoring_refused=Refusal("Add electronic monitoring", "The Act gives the court no power for it.", cites("s.330", "section/330")),
    ),
    breach=Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years. The court cannot discharge conditionally",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=cites("s.339", "section/339"),
    ),
    events=APPLICATION | SERVICE | WATCHING | VARIATION | CLOSING | OFFENCE,
    ended_by=CLOSING,
    duties=(
        policies.HEARING,
        *after_breach.REVIEWS,
        YOUTH_REVIEW,
        policies.MONTHLY_CHECK,
        policies.YEARLY_REVIEW,
        policies.decide_before_end("expiry_decision", "Decide whether a longer order is needed", WeeksBefore(12)),
        policies.decide_before_end("expiry_last_decision", "Last day to ask for a variation in good time", WeeksBefore(8)),
        policies.condition_ends(cites("s.334(6)", "section/334")),
        policies.order_ends(cites("s.334", "section/334")),
    ),
    refusals=(
        Refusal(
            "Apply as police to vary or discharge",
            "Police are not applicants. The offender or the prosecution may ask the court that made it.",
            cites("s.336", "section/336"),
        ),
    ),
    sections=sections(
        {
            cites("s.331(1)", "section/331"): (
                E.APPLICATION_LODGED,
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            cites("s.336", "section/336"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.339", "section/339"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
    change_applicants=Applicants(("subject", "prosecution"), "the offender or the prosecution", cites("s.336", "section/336")),
)

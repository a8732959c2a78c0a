"""Knife crime prevention orders: Offensive Weapons Act 2019 Part 2, in force for a time in one police area.

Sections 14, 21, 23, 24, 26 and 27 were read as published; 19 and 29 are known by what SI 2021/762 says of them.
"""

from __future__ import annotations

from dataclasses import replace

from orders_app.rules.alerting import AlertClass
from orders_app.rules.ends import begun_by, by_its_own_terms, in_force_from
from orders_app.rules.facts import EndKind, Facts
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.notifications import changes, initial
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    CLOSING,
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
from orders_app.rules.periods import MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import (
    AgeLimit,
    Applicants,
    Breach,
    Duty,
    LateStarts,
    LengthLimit,
    Limits,
    Option,
    OrderType,
    Provision,
    Refusal,
    Start,
    StartKind,
    Starts,
)
from orders_app.rules.wording import ONE_DAY

cites = Cites("Offensive Weapons Act 2019", "ukpga/2019/17")

PILOT = Provision(
    "owa_part_2",
    "Knife crime prevention orders",
    "A KCPO may be made",
    cites("Part 2", "part/2"),
    "In force for a time in the metropolitan police district. No regulations since were seen",
)
ONE_YEAR = MonthsBeginningWith(12)
LAST_WEEKS = WeeksBefore(4)


def taking_effect(order_type: OrderType, facts: Facts) -> list[Start]:
    """The first day on which the order has effect; nothing while it waits, nor where it replaces an interim order."""
    begun, begins_on = begun_by(order_type, facts), in_force_from(order_type, facts)
    if begun is None or begins_on is None or facts.replaces_interim:
        return []
    return [Start(begun, begins_on, "the day on which the order takes effect")]


def once_in_effect(starts: Starts) -> Starts:
    """The same starts, from the first day on which the order has effect."""

    def later(order_type: OrderType, facts: Facts) -> list[Start]:
        begins_on = in_force_from(order_type, facts)
        return [start for start in starts(order_type, facts) if begins_on and start.on >= begins_on]

    return later


def runs_past_a_year(order_type: OrderType, facts: Facts) -> list[Start]:
    """The first day of an order that still has effect when a year has passed. A hearing counts in the last 4 weeks of the year."""
    begun, begins_on = begun_by(order_type, facts), in_force_from(order_type, facts)
    if begun is None or begins_on is None:
        return []
    year_ends_on = ONE_YEAR.last_day(begins_on)
    last_day = by_its_own_terms(order_type, facts, begun).on
    if last_day is None or last_day <= year_ends_on:
        return []
    words = "the day on which the order takes effect"
    return [Start(begun, begins_on, words, met_from=LAST_WEEKS.last_day(year_ends_on + ONE_DAY))]


REVIEW_HEARING = Duty(
    key="review_hearing",
    title="Review hearing: the court must see the applicant and the subject",
    sentence="Where a term lasts longer than 1 year the court must order a review hearing within the last 4 weeks of that year",
    starts=runs_past_a_year,
    period=ONE_YEAR,
    met_by=frozenset({E.HEARING_HELD, E.VARIED, E.DISCHARGED}),
    citation=cites("s.26(3), (4)", "section/26"),
    alert_class=AlertClass.HEARING,
    moves="Nothing: it counts from the day on which the order takes effect",
)
CHANGED = cites("s.24(5)", "section/24")
NOTIFICATION_DUTIES = (
    initial(
        starts=taking_effect,
        sentence="The subject must notify names and home address within 3 days beginning with the day on which the order takes effect",
        citation=cites("s.24(1), (2)", "section/24"),
    ),
    *(replace(duty, starts=once_in_effect(duty.starts)) for duty in changes(E.MADE, CHANGED, CHANGED)),
)

KCPO = OrderType(
    code="kcpo",
    prefix="KCPO",
    name="Knife crime prevention order",
    short_name="KCPO",
    family=families.BEHAVIOUR,
    citation=cites("s.14, s.19", "section/14"),
    since=PILOT.code,
    provisions=(PILOT,),
    awaits_legal_check=True,
    late_starts=LateStarts(frozenset({StartKind.RELEASE}), cites("s.23(1), (7)", "section/23")),
    made_under=(Option("s14", "On application, s.14"), Option("s19", "On conviction, s.19")),
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=cites("s.23(3)", "section/23"),
        end_refusal="A KCPO is for a fixed period of 6 months to 2 years beginning with the day on which it takes effect",
        shortest=(LengthLimit(MonthsBeginningWith(6), cites("s.23(3)", "section/23"), from_first_day_in_force=True),),
        longest=(LengthLimit(MonthsBeginningWith(24), cites("s.23(3)", "section/23"), from_first_day_in_force=True),),
        subject_age=AgeLimit(12, cites("s.14(1)", "section/14")),
        monitoring_refused=Refusal("Add electronic monitoring", "The Act gives the court no power for it.", cites("s.21", "section/21")),
    ),
    breach=Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=cites("s.29", "section/29"),
    ),
    events=APPLICATION | SERVICE | WATCHING | VARIATION | RENEWAL | NOTIFICATION | CLOSING | OFFENCE,
    ended_by=CLOSING,
    duties=(
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *NOTIFICATION_DUTIES,
        policies.HEARING,
        *after_breach.REVIEWS,
        REVIEW_HEARING,
        policies.MONTHLY_CHECK,
        policies.decide_before_end("expiry_decision", "Decide whether to apply to renew", WeeksBefore(12)),
        policies.LODGE_RENEWAL,
        policies.condition_ends(cites("s.23(8)", "section/23")),
        policies.order_ends(cites("s.23(3)", "section/23")),
    ),
    refusals=(
        Refusal(
            "Change the end date or a condition here",
            "Only a court can. Record the court’s variation and it becomes the next version.",
            cites("s.27", "section/27"),
        ),
    ),
    sections=sections(
        {
            cites("s.27", "section/27"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.26", "section/26"): (
                E.HEARING_LISTED,
                E.HEARING_HELD,
            ),
            cites("s.29", "section/29"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
    change_applicants=Applicants(*SUBJECT_OR_CHIEF_OFFICER, cites("s.27(2)", "section/27")),
)

"""Football banning orders: Football Spectators Act 1989 Part II."""

from __future__ import annotations

from fractions import Fraction

from orders_app.rules.facts import EndKind, Facts
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, families, policies
from orders_app.rules.order_types.notifications import changes, initial
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    CLOSING,
    NOTIFICATION,
    OFFENCE,
    SERVICE,
    VARIATION,
    WATCHING,
    Cites,
    sections,
)
from orders_app.rules.periods import DaysBeginningWith, MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import Breach, DischargeBar, LateStarts, LengthLimit, Limits, Option, OrderType, Refusal, Start

cites = Cites("Football Spectators Act 1989", "ukpga/1989/37")

FIVE_DAYS, SEVEN_DAYS = DaysBeginningWith(5), DaysBeginningWith(7)
WITH_IMPRISONMENT, OTHERWISE = frozenset({"s14a_imprisonment"}), frozenset({"s14a_other", "s14b"})
TERMINATION = DischargeBar(None, cites("s.14H(1)", "section/14H"), share=Fraction(2, 3), consent_lifts=False)


def made_or_released(_: OrderType, facts: Facts) -> list[Start]:
    """The day it was made; for a subject then in custody the day of release, and nothing until there is one."""
    made = facts.first(E.MADE)
    if made is None:
        return []
    held = [event for event in facts.of(E.CUSTODY_STARTED, E.CUSTODY_ENDED) if event.on <= made.on]
    if not held or held[-1].kind is E.CUSTODY_ENDED:
        return [Start(made, made.on, "the day on which the order was made")]
    released = [event for event in facts.of(E.CUSTODY_ENDED) if event.on > made.on]
    return [Start(event, event.on, "the day of release from custody") for event in released[:1]]


FBO = OrderType(
    code="fbo",
    prefix="FBO",
    name="Football banning order",
    short_name="FBO",
    family=families.BEHAVIOUR,
    citation=cites("s.14A, s.14B", "section/14A"),
    late_starts=LateStarts(frozenset(), cites("s.14F(1)", "section/14F")),
    awaits_legal_check=True,
    needs_service=False,
    made_under=(
        Option("s14a_imprisonment", "On conviction, with imprisonment that takes effect at once, s.14A, s.14F(3)"),
        Option("s14a_other", "On conviction, with any other sentence, s.14A, s.14F(4)"),
        Option("s14b", "On complaint, s.14B"),
    ),
    limits=Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=cites("s.14F(1)", "section/14F"),
        end_refusal="An FBO is for a fixed period beginning with the day it is made",
        shortest=(
            LengthLimit(MonthsBeginningWith(72), cites("s.14F(3)", "section/14F"), made_under=WITH_IMPRISONMENT),
            LengthLimit(MonthsBeginningWith(36), cites("s.14F(4), (5)", "section/14F"), made_under=OTHERWISE),
        ),
        longest=(
            LengthLimit(MonthsBeginningWith(120), cites("s.14F(3)", "section/14F"), made_under=WITH_IMPRISONMENT),
            LengthLimit(MonthsBeginningWith(60), cites("s.14F(4), (5)", "section/14F"), made_under=OTHERWISE),
        ),
        monitoring_refused=Refusal("Add electronic monitoring", "The Act gives the court no power for it.", cites("s.14G", "section/14G")),
    ),
    breach=Breach(
        is_offence=True,
        words="Failing to comply with the order is an offence, tried in the magistrates’ court",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=cites("s.14J", "section/14J"),
    ),
    events=APPLICATION | SERVICE | WATCHING | VARIATION | NOTIFICATION | CLOSING | OFFENCE,
    ended_by=CLOSING,
    discharge_bar=TERMINATION,
    duties=(
        initial(
            starts=made_or_released,
            sentence="The subject must report to the police station named in the order within 5 days beginning with the day it is made",
            citation=cites("s.14E(2)", "section/14E"),
            period=FIVE_DAYS,
            title="Report for the first time to the police station named in the order",
        ),
        *changes(E.MADE, cites("s.14E(2B), (2C)", "section/14E"), cites("s.14E(2B), (2C)", "section/14E"), period=SEVEN_DAYS),
        policies.HEARING,
        *after_breach.REVIEWS,
        policies.MONTHLY_CHECK,
        policies.discharge_bar(TERMINATION),
        policies.decide_before_end("expiry_decision", "Decide whether to ask for a new order", WeeksBefore(12)),
        policies.order_ends(cites("s.14F(1)", "section/14F")),
    ),
    refusals=(
        Refusal(
            "Extend this order", "The Act has no power to extend a banning order. A new one may be made.", cites("s.14F", "section/14F")
        ),
    ),
    sections=sections(
        {
            cites("s.14G", "section/14G"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
            ),
            cites("s.14H", "section/14H"): (
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.14J", "section/14J"): (
                E.ARRESTED,
                E.CHARGED,
            ),
        }
    ),
)

"""Slavery and trafficking prevention orders and risk orders, and their interims: Modern Slavery Act 2015 Part 2."""

from __future__ import annotations

from dataclasses import replace

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
    SUPERSEDED,
    VARIATION,
    WATCHING,
    Cites,
    sections,
)
from orders_app.rules.periods import DaysBefore, MonthsBeginningWith, WeeksBefore
from orders_app.rules.spec import (
    Breach,
    Citation,
    DischargeBar,
    Duty,
    ExtraField,
    FieldKind,
    LengthLimit,
    Limits,
    Option,
    OrderType,
    Refusal,
    Replacement,
)
from orders_app.rules.starts import initial_notification, where_required

cites = Cites("Modern Slavery Act 2015", "ukpga/2015/30")

FIVE_YEARS, TWO_YEARS = MonthsBeginningWith(60), MonthsBeginningWith(24)
FIXED_OR_OPEN = frozenset({EndKind.FIXED, EndKind.UNTIL_FURTHER_ORDER, EndKind.PER_CONDITION})
EVENTS = APPLICATION | SERVICE | WATCHING | VARIATION | RENEWAL | NOTIFICATION | OFFENCE
BREACH = Breach(
    is_offence=True,
    words="Breach without reasonable excuse is an offence: up to 5 years. The court cannot discharge conditionally",
    power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
    citation=cites("s.30", "section/30"),
)
NAME_AND_ADDRESS = ExtraField(
    key="requires_notification",
    label="Does the order require the subject to notify names and home address?",
    kind=FieldKind.YES_NO,
    hint="The court may require it. If it does, 3 days run from the day the order is first served",
)


def _notification(citation: Citation) -> tuple[Duty, ...]:
    sentence = "The subject must notify all names used and the home address within 3 days beginning with the day the order is first served"
    first = initial(initial_notification(E.SERVED, "the day on which the order was first served"), sentence, citation)
    return tuple(replace(duty, starts=where_required(duty.starts)) for duty in (first, *changes(E.SERVED, citation, citation)))


def _contents(citation: Citation) -> tuple[Refusal, Refusal]:
    """What its terms may not be: a requirement, beyond the notification the court may add, or a tag."""
    why = "The order can only prohibit. Notification of names and address is asked apart. Record this one as a prohibition."
    return (
        Refusal("Add a requirement to do something", why, citation),
        Refusal("Add electronic monitoring", "The Act gives the court no power for it.", citation),
    )


def _only_a_court(citation: Citation) -> Refusal:
    why = "Only a court can. Record the court’s variation and it becomes the next version."
    return Refusal("Change the end date or a condition here", why, citation)


def _limits(shortest: LengthLimit, travel: Citation, contents: tuple[Refusal, Refusal], what: str) -> Limits:
    return Limits(
        end_kinds=FIXED_OR_OPEN,
        end_citation=shortest.citation,
        end_refusal=f"{what} is for a fixed period or until further order; each prohibition may have its own",
        shortest=(shortest,),
        longest_travel=LengthLimit(FIVE_YEARS, travel),
        requirements_refused=contents[0],
        monitoring_refused=contents[1],
    )


def _interim_limits(end: Citation, contents: tuple[Refusal, Refusal], what: str) -> Limits:
    return Limits(
        end_kinds=frozenset({EndKind.FIXED}),
        end_citation=end,
        end_refusal=f"{what} must be for a fixed period",
        requirements_refused=contents[0],
        monitoring_refused=contents[1],
    )


def _full(notification: tuple[Duty, ...], bar: DischargeBar, length: Citation) -> tuple[Duty, ...]:
    return (
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *notification,
        policies.HEARING,
        *after_breach.REVIEWS,
        policies.MONTHLY_CHECK,
        policies.YEARLY_REVIEW,
        policies.discharge_bar(bar),
        policies.decide_before_end("expiry_decision", "Decide whether to apply to renew", WeeksBefore(12)),
        policies.LODGE_RENEWAL,
        policies.condition_ends(length),
        policies.order_ends(length),
    )


def _interim(notification: tuple[Duty, ...], end: Citation) -> tuple[Duty, ...]:
    sentence = "The interim order ends at the end of this day, or when the main application is determined if that is earlier"
    return (
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *notification,
        policies.HEARING,
        *after_breach.REVIEWS,
        policies.MONTHLY_CHECK,
        policies.INTERIM_GAP,
        policies.decide_before_end("expiry_warning", "Decide whether to renew the interim order", DaysBefore(7)),
        policies.decide_before_end("expiry_last_warning", "Interim order ends in 3 days: renew it or see it lapse", DaysBefore(3)),
        policies.condition_ends(end),
        policies.order_ends(end, sentence),
    )


STPO_BAR = DischargeBar(FIVE_YEARS, cites("s.20(6), (7)", "section/20"), spares_travel_only=True)
STRO_BAR = DischargeBar(TWO_YEARS, cites("s.27(6)", "section/27"))

STPO = OrderType(
    code="stpo",
    prefix="STPO",
    name="Slavery and trafficking prevention order",
    short_name="STPO",
    family=families.SLAVERY,
    citation=cites("s.14, s.15", "section/14"),
    replacement=Replacement(cites("s.17(6)", "section/17")),
    awaits_legal_check=True,
    made_under=(Option("s14_conviction", "On conviction or finding, s.14"), Option("s15_application", "On application, s.15")),
    limits=_limits(
        LengthLimit(FIVE_YEARS, cites("s.17(4)", "section/17"), is_for_each_term=True, spares_travel_only=True),
        cites("s.18(1)", "section/18"),
        _contents(cites("s.17(1)", "section/17")),
        "An STPO",
    ),
    breach=BREACH,
    events=EVENTS | CLOSING | SUPERSEDED,
    ended_by=CLOSING | SUPERSEDED,
    discharge_bar=STPO_BAR,
    duties=_full(_notification(cites("s.19(3), (6)", "section/19")), STPO_BAR, cites("s.17(4), (5)", "section/17")),
    refusals=(_only_a_court(cites("s.20", "section/20")),),
    extra_fields=(NAME_AND_ADDRESS,),
    sections=sections(
        {
            cites("s.14, s.15", "section/14"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            cites("s.20", "section/20"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.17(6)", "section/17"): (E.REPLACED,),
        }
    ),
)

INTERIM_STPO = OrderType(
    code="interim_stpo",
    prefix="ISTPO",
    name="Interim slavery and trafficking prevention order",
    short_name="interim STPO",
    family=families.SLAVERY,
    citation=cites("s.21", "section/21"),
    awaits_legal_check=True,
    is_interim=True,
    leads_to="stpo",
    limits=_interim_limits(cites("s.21(7)", "section/21"), _contents(cites("s.21(4)", "section/21")), "An interim STPO"),
    breach=BREACH,
    events=EVENTS | INTERIM_CLOSING,
    ended_by=INTERIM_CLOSING,
    duties=_interim(_notification(cites("s.21(6)", "section/21")), cites("s.21(7)", "section/21")),
    refusals=(_only_a_court(cites("s.21(8)", "section/21")),),
    extra_fields=(NAME_AND_ADDRESS,),
    sections=sections(
        {
            cites("s.21(3)", "section/21"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            cites("s.21(8)", "section/21"): (
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
)

STRO = OrderType(
    code="stro",
    prefix="STRO",
    name="Slavery and trafficking risk order",
    short_name="STRO",
    family=families.SLAVERY,
    citation=cites("s.23", "section/23"),
    replacement=Replacement(cites("s.24(6)", "section/24")),
    awaits_legal_check=True,
    limits=_limits(
        LengthLimit(TWO_YEARS, cites("s.24(4)", "section/24"), is_for_each_term=True, spares_travel_only=True),
        cites("s.25(1)", "section/25"),
        _contents(cites("s.24(1)", "section/24")),
        "An STRO",
    ),
    breach=BREACH,
    events=EVENTS | CLOSING | SUPERSEDED,
    ended_by=CLOSING | SUPERSEDED,
    discharge_bar=STRO_BAR,
    duties=_full(_notification(cites("s.26(3), (6)", "section/26")), STRO_BAR, cites("s.24(4), (5)", "section/24")),
    refusals=(_only_a_court(cites("s.27", "section/27")),),
    extra_fields=(NAME_AND_ADDRESS,),
    sections=sections(
        {
            cites("s.23", "section/23"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            cites("s.27", "section/27"): (
                E.VARIATION_APPLIED,
                E.VARIED,
                E.VARIATION_SERVED,
                E.RENEWAL_APPLIED,
                E.RENEWED,
                E.DISCHARGE_APPLIED,
                E.DISCHARGED,
            ),
            cites("s.24(6)", "section/24"): (E.REPLACED,),
        }
    ),
)

INTERIM_STRO = OrderType(
    code="interim_stro",
    prefix="ISTRO",
    name="Interim slavery and trafficking risk order",
    short_name="interim STRO",
    family=families.SLAVERY,
    citation=cites("s.28", "section/28"),
    awaits_legal_check=True,
    is_interim=True,
    leads_to="stro",
    limits=_interim_limits(cites("s.28(7)", "section/28"), _contents(cites("s.28(4)", "section/28")), "An interim STRO"),
    breach=BREACH,
    events=EVENTS | INTERIM_CLOSING,
    ended_by=INTERIM_CLOSING,
    duties=_interim(_notification(cites("s.28(6)", "section/28")), cites("s.28(7)", "section/28")),
    refusals=(_only_a_court(cites("s.28(8)", "section/28")),),
    extra_fields=(NAME_AND_ADDRESS,),
    sections=sections(
        {
            cites("s.28(3)", "section/28"): (
                E.MADE,
                E.APPLICATION_REFUSED,
            ),
            cites("s.28(8)", "section/28"): (
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
)

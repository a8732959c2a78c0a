"""What orders about sexual harm and sexual risk share: Sexual Offences Act 2003 Part 2, Sentencing Act 2020."""

from __future__ import annotations

from orders_app.rules.facts import EndKind
from orders_app.rules.facts import EventKind as E
from orders_app.rules.order_types import after_breach, policies
from orders_app.rules.order_types.notifications import changes, initial
from orders_app.rules.order_types.vocabulary import (
    APPLICATION,
    NOTIFICATION,
    OFFENCE,
    RENEWAL,
    SERVICE,
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
    LengthLimit,
    Refusal,
    StartKind,
)
from orders_app.rules.starts import served_and_not_yet_registered

offences = Cites("Sexual Offences Act 2003", "ukpga/2003/42")
sentencing = Cites("Sentencing Act 2020", "ukpga/2020/17")

FIVE_YEARS, TWO_YEARS = MonthsBeginningWith(60), MonthsBeginningWith(24)
MONITORING_IN_FORCE = "pcsca_s178"
MONITORING_NEEDS = "Arrangements must be available there, and anybody whose help it needs must consent"
DAY_OR_RELEASE = frozenset({StartKind.STATED_DAY, StartKind.RELEASE})
FIXED_OR_OPEN = frozenset({EndKind.FIXED, EndKind.UNTIL_FURTHER_ORDER, EndKind.PER_CONDITION})
EVENTS = APPLICATION | SERVICE | WATCHING | VARIATION | RENEWAL | NOTIFICATION | OFFENCE


def no_monitoring(citation: Citation) -> Refusal:
    """Electronic monitoring is refused until its provision is in force."""
    why = "The power in the Police, Crime, Sentencing and Courts Act 2022 s.178 is not known to be in force."
    return Refusal("Add electronic monitoring", why, citation, until=MONITORING_IN_FORCE)


def monitoring(citation: Citation) -> LengthLimit:
    """How long electronic monitoring may last, once its provision is in force."""
    return LengthLimit(MonthsBeginningWith(12), citation, since=MONITORING_IN_FORCE)


def only_a_court(citation: Citation) -> Refusal:
    """Police change nothing: a court does."""
    why = "Only a court can. Record the court’s variation and it becomes the next version."
    return Refusal("Change the end date or a condition here", why, citation)


def breach(citation: Citation) -> Breach:
    """The same offence under each section."""
    return Breach(
        is_offence=True,
        words="Breach without reasonable excuse is an offence: up to 5 years. The court cannot discharge conditionally",
        power="Arrest for the offence, Police and Criminal Evidence Act 1984 s.24",
        citation=citation,
    )


def notification(first_citation: Citation, change_citation: Citation) -> tuple[Duty, ...]:
    """The duties of notification that run from service."""
    return (
        initial(
            starts=served_and_not_yet_registered,
            sentence="The subject must notify all names used and the home address within 3 days beginning with the date of service",
            citation=first_citation,
        ),
        *changes(E.SERVED, change_citation, change_citation),
    )


def full_duties(notification: tuple[Duty, ...], bar: DischargeBar, length: Citation) -> tuple[Duty, ...]:
    """What falls due under a full order."""
    return (
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *notification,
        policies.HEARING,
        *after_breach.REVIEWS,
        policies.MONTHLY_CHECK,
        policies.MONITORING_REVIEW,
        policies.YEARLY_REVIEW,
        policies.discharge_bar(bar),
        policies.decide_before_end("expiry_decision", "Decide whether to apply to renew", WeeksBefore(12)),
        policies.LODGE_RENEWAL,
        policies.condition_ends(length),
        policies.order_ends(length),
    )


def interim_duties(notification: tuple[Duty, ...], citation: Citation) -> tuple[Duty, ...]:
    """What falls due under an interim order."""
    return (
        policies.SERVE_ORDER,
        policies.SERVE_VARIATION,
        *notification,
        policies.HEARING,
        *after_breach.REVIEWS,
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

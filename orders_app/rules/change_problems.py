"""What is legally wrong with the court and the start of an order, and with who asked a court to change it."""

from __future__ import annotations

from collections.abc import Iterator

from orders_app.rules.ends import begun_by, may_start
from orders_app.rules.facts import EventKind, Facts
from orders_app.rules.law import LawTables
from orders_app.rules.problems import Problem, age_on_the_day
from orders_app.rules.spec import Age, OrderType, StartKind
from orders_app.rules.wording import day_words

E = EventKind
CHILDRENS_COURTS = ("youth", "crown")  # the Crown Court hears appeals of any age
ASKED = (E.VARIATION_APPLIED, E.RENEWAL_APPLIED, E.DISCHARGE_APPLIED)


def check_start(order_type: OrderType, facts: Facts, _: LawTables) -> Iterator[Problem]:
    """A start later than the day it is made, where the Act lets an order of the type run from that day only."""
    begun, late = begun_by(order_type, facts), order_type.late_starts
    if begun is None or late is None or order_type.is_notice:
        return
    stated = facts.in_force_from_on is not None and facts.in_force_from_on > begun.on
    asked = (
        (stated, StartKind.STATED_DAY, "in_force_from"),
        (facts.starts_on_release, StartKind.RELEASE, "starts_on_release"),
        (facts.starts_on_other_end, StartKind.OTHER_END, "starts_on_other_end"),
    )
    for is_asked, kind, field in asked:
        if is_asked and not may_start(order_type, kind):
            message = f"This {order_type.short_name} cannot start in this way. It runs from the day it was made, {day_words(begun.on)}"
            yield Problem(field, message, late.citation)


def check_applicants(order_type: OrderType, facts: Facts, _: LawTables) -> Iterator[Problem]:
    """An application to change the order by somebody whom the Act does not let apply: police, for a restraining order."""
    allowed = order_type.change_applicants
    for event in facts.of(*ASKED) if allowed else ():
        applied_by = event.details.get("applied_by", "")
        if allowed and applied_by and applied_by not in allowed.codes:
            yield Problem("applied_by", f"Only these may ask the court: {allowed.words}", allowed.citation)


def check_court(order_type: OrderType, facts: Facts, _: LawTables) -> Iterator[Problem]:
    """An order against a child made by a court for adults, where the Act sends it to a youth court."""
    begun, citation = begun_by(order_type, facts), order_type.limits.youth_court
    if begun is None or citation is None or age_on_the_day(order_type, facts) is not Age.UNDER_18:
        return
    if facts.court and not any(word in facts.court.casefold() for word in CHILDRENS_COURTS):
        message = f"The subject was under 18 on {day_words(begun.on)}, so a youth court hears it. Check the court and the date of birth"
        yield Problem("court", message, citation)

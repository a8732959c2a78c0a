"""Which version of an order's terms the reader asked for: those of a day, or the current ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from orders_app.queries.orders import WholeOrder
from orders_app.rules.breaches import version_on
from orders_app.rules.typed_dates import NotADate, day_from_text
from orders_app.web.filters import day
from orders_app.web.session import today


@dataclass(frozen=True)
class TermsShown:
    """The version shown, a sentence about it, links to the others, and what was typed where it is not a date."""

    version: int
    words: str
    others: list[tuple[str, str]]
    typed: str = ""
    fault: str = ""


def terms_shown(whole: WholeOrder, typed: str) -> TermsShown:
    """The terms as they stood on the day typed; as they stand today where nothing is typed. A fault leaves today's."""
    try:
        on = day_from_text(typed) if typed.strip() else today()
        fault = ""
    except NotADate as not_a_date:
        on, fault = today(), not_a_date.message
    number = version_of_day(whole, on)
    is_current = number == whole.order.version_number
    words = f"Version {number}, {'the current terms' if is_current else 'not the current terms'}: the terms on {day(on)}."
    others = [
        (f"Version {v.number}, from {day(v.in_force_from)}", _href(whole, v.in_force_from)) for v in whole.versions if v.number != number
    ]
    return TermsShown(number, words, others, typed, fault)


def version_of_day(whole: WholeOrder, on: date) -> int:
    """The number of the version whose terms bound on a day; the first for days before it."""
    return version_on([(version.number, version.in_force_from) for version in whole.versions], on)


def _href(whole: WholeOrder, on: date) -> str:
    return f"{url_for('orders.show', reference=whole.order.reference, on=on.isoformat())}#conditions"

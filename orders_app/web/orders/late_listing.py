"""A form that lists a hearing: where that is later than the law allows it says so beside the time, and asks to be told that it is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from orders_app.queries.facts import OrderFacts
from orders_app.rules.duties import DueDuty
from orders_app.rules.listings import heard_too_late
from orders_app.web.fields import CitedText, ConfirmField
from orders_app.web.filters import deadline_when
from orders_app.web.session import law_tables

KNOWN_LATE = "late_is_known"
TooLate = Callable[[date, "datetime | None"], "list[DueDuty]"]


def confirm_late() -> ConfirmField:
    """The box under a hearing that is too late."""
    return ConfirmField("List it all the same: the court has no earlier time")


def too_late_for(case: OrderFacts) -> TooLate:
    """What a hearing of this order would come too late for, by the law of today."""
    return lambda on, at: heard_too_late(case.order_type, case.facts, on, at, law_tables())


def ask_about(hearing: Any, confirm: ConfirmField, too_late: TooLate) -> bool:
    """Whether a hearing may be listed so: in time, or late and known to be. Puts what is wrong on the fields."""
    late = too_late(hearing.day, hearing.data) if hearing.day else []
    confirm.is_asked, confirm.data = bool(late), bool(late) and confirm.data
    if late and not confirm.data:
        hearing.errors = [*hearing.errors, *map(_said, late)]
    return not hearing.errors


def _said(due: DueDuty) -> CitedText:
    limit = f"{due.title}: {due.word} {deadline_when(due.act_by_on, due.act_by_at)}"
    return CitedText(f"This is later than the law allows. {limit}. Ask for an earlier time, or confirm it below", due.citation)

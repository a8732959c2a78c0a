"""Refuse what was typed where it has a number of a bank account, a card or a passport in it."""

from __future__ import annotations

from orders_app.rules.numbers_not_kept import number_not_kept
from orders_app.rules.registrations.citations import FINANCE_NOT_HELD
from orders_app.services.errors import RuleBroken

HELD_ELSEWHERE = "such numbers are held on ViSOR, never here"


def number_refused(field: str, text: str) -> list[RuleBroken]:
    """Return one refusal beside the field, or none. No such number is ever kept here."""
    kind = number_not_kept(text)
    return [RuleBroken(field, f"This has {kind} in it. Take it out: {HELD_ELSEWHERE}", FINANCE_NOT_HELD)] if kind else []

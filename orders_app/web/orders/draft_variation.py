"""The variation that a draft would record: what the court left, changed, took out and added, told from the terms before it and now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from orders_app.rules.facts import EndKind
from orders_app.services.orders import NewCondition
from orders_app.services.variations import Variation
from orders_app.web.filters import day
from orders_app.web.orders.draft_answers import Answers
from orders_app.web.orders.draft_order import new_condition
from orders_app.web.orders.variation_form import VariationForm


class What(StrEnum):
    """What became of a term."""

    SAME = "As before"
    CHANGED = "Changed"
    REMOVED = "Taken out"
    ADDED = "Added"


@dataclass(frozen=True)
class TermChange:
    """One term and what became of it. `before` is None for an added one, `now` for one taken out."""

    number: int
    what: What
    before: NewCondition | None
    now: NewCondition | None

    def in_words(self) -> str:
        """Changed to: Not to enter Dock Road. Ends Friday 1 October 2027."""
        if self.now is None or self.what is What.SAME:
            return self.what.value
        ends = f" Ends {day(self.now.ends_on)}." if self.now.ends_on else ""
        return f"{'Changed to' if self.what is What.CHANGED else 'Added'}: {self.now.text}{ends}"


def term_changes(answers: Answers) -> list[TermChange]:
    """Every term from before and every one added, by number."""
    before = {number_in(typed): new_condition(answers, typed) for typed in answers.data["terms_before"]}
    now = {number: new_condition(answers, typed) for number, typed in zip(numbers(answers), answers.conditions, strict=True)}
    return [_change(number, before.get(number), now.get(number)) for number in sorted(before | now)]


def numbers(answers: Answers) -> list[int]:
    """The number of each term: on an order on file a term keeps its own, and an added one gets the next that was never used."""
    if not answers.has_terms_before:
        return list(range(1, len(answers.conditions) + 1))
    unused = int(answers.data["last_number"])
    found = []
    for typed in answers.conditions:
        unused += 0 if number_in(typed) else 1
        found.append(number_in(typed) or unused)
    return found


def number_in(typed: dict[str, Any]) -> int:
    """The number that a term has on the order; 0 for an added one."""
    return int(next(iter(typed.get("number", [])), 0))


def variation_of(answers: Answers) -> Variation | None:
    """The variation as answered; None while what the court did is not answered yet."""
    form, changes = answers.answered("variation"), term_changes(answers)
    if not isinstance(form, VariationForm):
        return None
    return Variation(
        kind=form.kind,
        made_on=form.made_on,
        in_force_from=form.in_force_from.data,
        court=form.court.data or "",
        end_kind=form.end_kind,
        ends_on=form.ends_on.data if form.end_kind is EndKind.FIXED else None,
        removed=frozenset(change.number for change in changes if change.what is What.REMOVED),
        changed={change.number: change.now for change in changes if change.what is What.CHANGED and change.now},
        added=tuple(change.now for change in changes if change.what is What.ADDED and change.now),
        summary=form.summary.data or "",
    )


def _change(number: int, before: NewCondition | None, now: NewCondition | None) -> TermChange:
    if before is None or now is None:
        return TermChange(number, What.ADDED if before is None else What.REMOVED, before, now)
    is_same = replace(now, template_key=before.template_key, template_version=before.template_version) == before
    return TermChange(number, What.SAME if is_same else What.CHANGED, before, now)

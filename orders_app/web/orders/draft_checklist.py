"""What is still missing from a draft, and on which step a refusal is put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from orders_app.rules.facts import EndKind
from orders_app.rules.spec import OrderType
from orders_app.services.errors import RuleBroken
from orders_app.web.filters import day, deadline_when, plural, upper_first
from orders_app.web.orders.draft_answers import CORRECTS, VARIES, Answers
from orders_app.web.orders.draft_correction import put_right, unfinished
from orders_app.web.orders.draft_lengths import refused_end
from orders_app.web.orders.recording_terms_form import REQUIREMENT, term_form_for

FIELD_STEPS = {
    "order_type": "type", "follows": "follows", "authorised_at": "court", "authorised_rank": "court", "area": "court",
    "made_on": "court", "application_lodged_on": "court", "court": "court", "made_under": "court", "end_kind": "ends",
    "ends_on": "ends", "stated_in_force_from": "ends", "starts_on_release": "ends", "starts_on_other_end": "ends",
    "protected": "protected", "served_at": "owner", "served_on": "owner", "reason": "reason",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One line of 'Before this can be saved': what is to be there, and what to do where it is not."""

    is_done: bool
    words: str
    ask: str
    step: str
    note: str = ""
    is_needed: bool = True


def checklist(answers: Answers) -> list[Item]:
    """What must be answered, and what was, in the order of the steps."""
    order_type = answers.order_type
    if order_type is None:
        return [Item(False, "Type of order", "Choose the type of order or notice", "type")]
    if answers.purpose == CORRECTS:
        return _correction(answers)
    return [item for step in answers.steps if step in ITEMS for item in ITEMS[step](answers, order_type)]


def missing(answers: Answers) -> list[Item]:
    """What keeps the draft from being saved."""
    return [item for item in checklist(answers) if item.is_needed and not item.is_done]


def is_pending(answers: Answers) -> bool:
    """Whether the court has not decided yet: then the end and the terms are still to come."""
    court = answers.answered("court")
    return court is not None and answers.made_on() is None and "made_on" in court


def step_of(problem: RuleBroken, answers: Answers) -> str:
    """The step on which a problem is put right; that of the court's decision where no answer of the draft is to blame."""
    step = "conditions" if problem.field.startswith("conditions") else FIELD_STEPS.get(problem.field, "")
    return next(known for known in (step, "court", answers.steps[0]) if known in answers.steps)


def _correction(answers: Answers) -> list[Item]:
    rows, reason = put_right(answers), answers.answered("reason")
    first, steps = answers.steps[0], unfinished(answers)
    words = "Something is put right"
    something = [Item(bool(rows), words, "Put right what was recorded wrongly", first, f"{len(rows)} so far")] if not steps else []
    whole = [Item(False, f"{answers.words(step)}, whole", f"Finish {answers.words(step).lower()}", step) for step in steps]
    return [*something, *whole, Item(reason is not None, "Why it is corrected", "Enter why it is being corrected", "reason")]


def _variation(answers: Answers, _type: OrderType) -> list[Item]:
    form = answers.answered("variation")
    note = day(form.made_on) if form else ""
    return [Item(form is not None, "What the court did, and when", "Say what the court did, and when", "variation", note)]


def _decision(answers: Answers, order_type: OrderType) -> list[Item]:
    court, made = answers.answered("court"), answers.made_on()
    words = "Authority: officer, rank and time" if order_type.is_notice else "Court, and the day it was made"
    ask = "Enter who authorised it, and when" if order_type.is_notice else "Enter the court, and the day it made the order"
    note = day(made) if made else "Applied for, not decided yet" if court and "made_on" in court else ""
    return [Item(court is not None, words, ask, "court", note)]


def _end(answers: Answers, order_type: OrderType) -> list[Item]:
    ends = answers.answered("ends")
    words, ask = "An end the law allows", "Say how the order ends, within what the law allows"
    if is_pending(answers):
        return [Item(False, words, ask, "ends", "When the court has made it", is_needed=False)]
    refused = ends is not None and refused_end(answers) is not None
    note = f"{order_type.limits.end_citation}" if ends is None or refused else _end_words(answers)
    return [Item(ends is not None and not refused, words, ask, "ends", note)]


def _end_words(answers: Answers) -> str:
    facts = answers.facts()
    if facts.end_kind is EndKind.FIXED and facts.stated_ends_on:
        return deadline_when(facts.stated_ends_on)
    return upper_first(facts.end_kind.replace("_", " "))


def _follows(answers: Answers, _type: OrderType) -> list[Item]:
    is_known, reference = "follows" in answers.data, answers.data.get("follows")
    note = reference or ("It follows nothing on file" if is_known else "")
    return [Item(is_known, "Linked to the order it follows, if any", "Choose the order that it follows, or none", "follows", note)]


def _protected(answers: Answers, order_type: OrderType) -> list[Item]:
    count, is_needed = len(answers.protected), order_type.protects_somebody
    is_done = bool(count) or bool(answers.data.get("protected_done"))
    nobody = "Nobody is named" if is_done else "Nobody named yet" if is_needed else "Only if the order names somebody"
    note = plural(count, "person", "people") if count else nobody
    return [Item(is_done, "The people it protects", "Name the people it protects", "protected", note, is_needed)]


def _terms(answers: Answers, order_type: OrderType) -> list[Item]:
    count, is_needed = len(answers.conditions), not is_pending(answers)
    is_done = bool(count) and bool(answers.data.get("conditions_done"))
    words = "Every term is here as the court left it" if answers.purpose == VARIES else "Every term on the order is here"
    ask = "Enter every condition of the order, then save and continue"
    items = [Item(is_done, words, ask, "conditions", f"{count} entered", is_needed)]
    if order_type.limits.supervisor:
        unsupervised = any(_is_unsupervised(term, order_type) for term in answers.conditions)
        named = "Each requirement names who supervises it"
        items.append(Item(not unsupervised, named, "Name who supervises each requirement", "conditions", is_needed=is_needed))
    return items


def _is_unsupervised(term: dict[str, Any], order_type: OrderType) -> bool:
    condition = term_form_for(order_type)(formdata=MultiDict(term), meta={"csrf": False}).condition()
    return condition.kind == REQUIREMENT and not condition.supervisor


def _owner(answers: Answers, _type: OrderType) -> list[Item]:
    owner = answers.answered("owner")
    note = owner.team.data if owner else ""
    return [Item(owner is not None, "Owner, team and service", "Choose the team that looks after it", "owner", note)]


ITEMS: dict[str, Callable[[Answers, OrderType], list[Item]]] = {
    "variation": _variation,
    "court": _decision,
    "ends": _end,
    "follows": _follows,
    "protected": _protected,
    "conditions": _terms,
    "owner": _owner,
}

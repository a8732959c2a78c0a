"""What is still missing from a draft, what the law allows for its end, and every answer to check before saving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from orders_app.rules.facts import EndKind
from orders_app.rules.orders import LawfulEnd, lawful_ends
from orders_app.rules.spec import OrderType, RuleClass
from orders_app.services.errors import RuleBroken
from orders_app.web.filters import day, deadline_when, person_name, plural, upper_first
from orders_app.web.orders.draft_answers import Answers, new_condition
from orders_app.web.orders.recording_terms_form import REQUIREMENT, term_form_for
from orders_app.web.said import said

FIELD_STEPS = {
    "order_type": "type", "follows": "follows", "authorised_at": "court", "authorised_rank": "court", "area": "court",
    "made_on": "court", "application_lodged_on": "court", "court": "court", "made_under": "court", "end_kind": "ends",
    "ends_on": "ends", "protected": "protected", "served_at": "owner", "served_on": "owner",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One line of 'Before this order can be saved'."""

    is_done: bool
    words: str
    note: str = ""
    step: str = ""
    is_needed: bool = True


@dataclass(frozen=True)
class AllowedEnd:
    """One line of 'What the law allows'."""

    words: str
    when: str
    is_refused: bool = False


def what_it_records(answers: Answers) -> str:
    """DVPO for CLARKE, Nathan."""
    person, order_type = answers.known.person, answers.order_type
    return f"{order_type.name if order_type else 'Order'} for {person_name(person.surname, person.forenames)}"


def checklist(answers: Answers) -> list[Item]:
    """What must be answered, and what was, in the order of the steps."""
    order_type = answers.order_type
    if order_type is None:
        return [Item(False, "Type of order", step="type")]
    items = [_decision(answers, order_type)]
    if "ends" in answers.steps:
        items.append(_end(answers, order_type))
        items.append(_follows(answers))
    items.append(_protected(answers, order_type))
    items += _terms(answers, order_type)
    owner = answers.answered("owner")
    return [*items, Item(owner is not None, "Owner, team and service", owner.team.data if owner else "", "owner")]


def missing(answers: Answers) -> list[Item]:
    """What keeps the draft from being saved."""
    return [item for item in checklist(answers) if item.is_needed and not item.is_done]


def is_pending(answers: Answers) -> bool:
    """Whether the court has not decided yet: then the end and the terms are still to come."""
    court = answers.answered("court")
    return court is not None and answers.made_on() is None and "made_on" in court


def allowed_ends(answers: Answers) -> list[AllowedEnd]:
    """The earliest and latest lawful last day, and the day typed where it is neither within them."""
    order_type, facts = answers.order_type, answers.facts()
    if order_type is None:
        return []
    limits = lawful_ends(order_type, facts, answers.known.law)
    rows = [AllowedEnd(f"{'Longest' if end.is_latest else 'Shortest'}, {_length(end)}", deadline_when(end.on)) for end in limits]
    typed, made = facts.stated_ends_on, answers.made_on()
    if typed and made and any(_breaks(end, typed) for end in limits):
        rows.append(AllowedEnd(f"You entered, {plural((typed - made).days + 1, 'day')}", deadline_when(typed), is_refused=True))
    return rows


def why_length(answers: Answers) -> dict[str, Any] | None:
    """The count behind the longest lawful end (else the shortest), for 'Why this date?'."""
    order_type, facts = answers.order_type, answers.facts()
    limits = lawful_ends(order_type, facts, answers.known.law) if order_type else []
    if not limits or order_type is None:
        return None
    end = limits[-1]
    start = answers.made_on()
    if start is None:
        return None
    count = end.limit.period.count(facts.in_force_from_on if end.limit.from_first_day_in_force and facts.in_force_from_on else start)
    return {
        "answer": f"The {'latest' if end.is_latest else 'earliest'} lawful last day is {day(end.on)}.",
        "duty": order_type.limits.end_refusal,
        "words": end.rule,
        "starts": f"{day(start)}, the day the court made it",
        "left_out": "None. Sundays and bank holidays count",
        "counting": [(line.when, line.what) for line in count.lines],
        "rule": RuleClass.LAW.value,
        "cite": str(end.citation),
        "cite_href": end.citation.url,
    }


def step_of(problem: RuleBroken) -> str:
    """The step on which a problem is put right; the first where no answer of the draft is to blame."""
    return "conditions" if problem.field.startswith("conditions") else FIELD_STEPS.get(problem.field, "court")


def summary(answers: Answers, token: str) -> list[dict[str, Any]]:
    """Every answer with a link to change it."""
    links = [
        {"key": question, "value": words, "href": url_for("orders.draft_step", token=token, step=step), "what": question.lower()}
        for step, question, words in _answered(answers)
    ]
    return [{"key": "Person", "value": person_name(answers.known.person.surname, answers.known.person.forenames)}, *links]


def in_words(answers: Answers) -> dict[str, str]:
    """Every answer by its question, with the protected people and the terms in the court's words."""
    terms = [term_in_words(answers, typed) for typed in answers.conditions]
    return {
        **{question: words for _step, question, words in _answered(answers)},
        "Protected people": "; ".join(row["name"] for row in protected_in_words(answers)),
        **{f"Condition {number}": f"{term['text']} Ends: {term['ends']}." for number, term in enumerate(terms, 1)},
    }


def term_in_words(answers: Answers, typed: dict[str, Any]) -> dict[str, str]:
    """One term: its words, its kind, who supervises it, when it ends."""
    condition = new_condition(answers, typed)
    return {
        "short_form": condition.short_form,
        "text": condition.text,
        "kind": condition.kind.capitalize(),
        "supervisor": condition.supervisor,
        "ends": f"{day(condition.ends_on)}, 24:00" if condition.ends_on else "With the order",
    }


def protected_in_words(answers: Answers) -> list[dict[str, str]]:
    """The protected people: each one's name, reference and relationship to the subject."""
    rows = []
    for row in answers.protected:
        person = answers.known.others.get(row["reference"])
        name = person_name(person.surname, person.forenames) if person else "Not to be seen any more"
        rows.append({"name": name, "reference": row["reference"], "relationship": row["relationship"]})
    return rows


def _answered(answers: Answers) -> list[tuple[str, str, str]]:
    """Each answer of the steps that are one form each: the step, the question, the answer in words."""
    rows = [("type", "Type of order", answers.order_type.name if answers.order_type else "")]
    rows += [("follows", "Follows", answers.data.get("follows") or "Nothing on file")] if "follows" in answers.steps else []
    for step in (step for step in ("court", "ends", "owner") if step in answers.steps):
        form = answers.answered(step)
        asked = [field for field in form if field.name != "csrf_token"] if form else []
        rows += [(step, str(field.label.text), said(field)) for field in asked if said(field)]
    return rows


def _decision(answers: Answers, order_type: OrderType) -> Item:
    court = answers.answered("court")
    words = "Authority: officer, rank and time" if order_type.is_notice else "Court, and the day it was made"
    made = answers.made_on()
    note = day(made) if made else "Applied for, not decided yet" if court and "made_on" in court else ""
    return Item(court is not None, words, note, "court")


def _end(answers: Answers, order_type: OrderType) -> Item:
    ends = answers.answered("ends")
    words = "An end the law allows"
    if is_pending(answers):
        return Item(False, words, "When the court has made it", "ends", is_needed=False)
    refused = ends is not None and any(row.is_refused for row in allowed_ends(answers))
    note = f"{order_type.limits.end_citation}" if ends is None or refused else _end_words(answers)
    return Item(ends is not None and not refused, words, note, "ends")


def _end_words(answers: Answers) -> str:
    facts = answers.facts()
    if facts.end_kind is EndKind.FIXED and facts.stated_ends_on:
        return deadline_when(facts.stated_ends_on)
    return upper_first(facts.end_kind.replace("_", " "))


def _follows(answers: Answers) -> Item:
    known = "follows" in answers.data
    return Item(
        known,
        "Linked to the order it follows, if any",
        answers.data.get("follows") or ("It follows nothing on file" if known else ""),
        "follows",
    )


def _protected(answers: Answers, order_type: OrderType) -> Item:
    count = len(answers.protected)
    note = (
        plural(count, "person", "people")
        if count
        else "Nobody named yet"
        if order_type.protects_somebody
        else "Only if the order names somebody"
    )
    return Item(
        bool(count) or bool(answers.data.get("protected_done")),
        "The people it protects",
        note,
        "protected",
        order_type.protects_somebody,
    )


def _terms(answers: Answers, order_type: OrderType) -> list[Item]:
    count, needed = len(answers.conditions), not is_pending(answers)
    items = [
        Item(
            bool(count) and bool(answers.data.get("conditions_done")),
            "Every term on the order is here",
            f"{count} entered",
            "conditions",
            needed,
        )
    ]
    requirements = [term for term in answers.conditions if _is_unsupervised(term, order_type)]
    if order_type.limits.supervisor:
        items.append(Item(not requirements, "Each requirement names who supervises it", "", "conditions", needed))
    return items


def _is_unsupervised(term: dict[str, Any], order_type: OrderType) -> bool:
    condition = term_form_for(order_type)(formdata=MultiDict(term), meta={"csrf": False}).condition()
    return condition.kind == REQUIREMENT and not condition.supervisor


def _breaks(end: LawfulEnd, typed: date) -> bool:
    return typed > end.on if end.is_latest else typed < end.on


def _length(end: LawfulEnd) -> str:
    return str(end.limit.period).replace(" beginning with", "")

"""The answers of a draft in words: to check before saving, and to lay beside what somebody else saved."""

from __future__ import annotations

from typing import Any

from flask import url_for

from orders_app.services.orders import NewCondition
from orders_app.web.filters import day, person_name
from orders_app.web.orders.draft_answers import VARIES, Answers
from orders_app.web.orders.draft_order import new_condition
from orders_app.web.orders.draft_variation import term_changes
from orders_app.web.said import said

ONE_FORM_EACH = ("court", "variation", "ends", "owner", "reason")


def summary(answers: Answers, token: str) -> list[dict[str, Any]]:
    """Every answer with a link to change it."""
    links = [
        {"key": question, "value": words, "href": url_for("orders.draft_step", token=token, step=step), "what": question.lower()}
        for step, question, words in answered_rows(answers)
    ]
    return [{"key": "Person", "value": person_name(answers.known.person.surname, answers.known.person.forenames)}, *links]


def in_words(answers: Answers) -> dict[str, str]:
    """Every answer by its question, with the protected people and what becomes of each term."""
    said_of_forms = {question: words for _step, question, words in answered_rows(answers)}
    if answers.purpose == VARIES:
        return said_of_forms | {f"Condition {change.number}": change.in_words() for change in term_changes(answers)}
    terms = [term_in_words(answers, typed) for typed in answers.conditions]
    protected = "; ".join(row["name"] for row in protected_in_words(answers))
    return {
        **said_of_forms,
        "Protected people": protected,
        **{f"Condition {number}": f"{term['text']} Ends: {term['ends']}." for number, term in enumerate(terms, 1)},
    }


def term_in_words(answers: Answers, typed: dict[str, Any]) -> dict[str, str]:
    """One term as typed: its words, its kind, who supervises it, when it ends."""
    return condition_in_words(new_condition(answers, typed))


def condition_in_words(condition: NewCondition) -> dict[str, str]:
    """One term: its words, its kind, who supervises it, when it ends."""
    return {
        "short_form": condition.short_form,
        "text": condition.text,
        "kind": condition.kind.capitalize(),
        "supervisor": condition.supervisor,
        "starts": f"Starts {day(condition.starts_on)}" if condition.starts_on else "",
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


def answered_rows(answers: Answers) -> list[tuple[str, str, str]]:
    """Each answer of the steps that are one form each: the step, the question, the answer in words."""
    rows = [("type", "Type of order", answers.order_type.name if answers.order_type else "")] if "type" in answers.steps else []
    rows += [("follows", "Follows", answers.data.get("follows") or "Nothing on file")] if "follows" in answers.steps else []
    for step in (step for step in ONE_FORM_EACH if step in answers.steps):
        form = answers.answered(step)
        asked = [field for field in form if field.name != "csrf_token"] if form else []
        rows += [(step, str(field.label.text), said(field)) for field in asked if said(field)]
    return rows

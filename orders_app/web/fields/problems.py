"""Refusals put on the form: which box, in which words, and by what law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from wtforms import Field, Form


class Refusal(Protocol):
    """What a service raises when a rule says no: services.errors.RuleBroken, or RulesBroken with several in `problems`."""

    field: str
    message: str
    citation: Any


class CitedText(str):
    """An error message with the law it rests on, drawn as a link beside it."""

    __slots__ = ("citation",)
    citation: Any

    def __new__(cls, text: str, citation: Any = None) -> CitedText:
        made = super().__new__(cls, text)
        made.citation = citation
        return made


@dataclass(frozen=True)
class Problem:
    """One line of the error summary. href is empty where no box can be named."""

    text: str
    href: str = ""


def refuse(form: Form, refusal: Refusal) -> None:
    """Put every broken rule on the field it names, with its citation; on the form as a whole where it names none of them."""
    for problem in getattr(refusal, "problems", (refusal,)):
        text = CitedText(problem.message, problem.citation)
        if problem.field in form:
            form[problem.field].errors = [*form[problem.field].errors, text]
        else:
            form.form_errors.append(text)


def form_problems(form: Form) -> list[Problem]:
    """Every error of the form in the order of its boxes, those of the form as a whole first."""
    whole = [Problem(_with_citation(error)) for error in form.form_errors]
    return whole + [Problem(_with_citation(error), href) for error, href in _errors(form)]


def _errors(form: Form) -> Iterator[tuple[str, str]]:
    for field in form:
        yield from _field_errors(field)


def _field_errors(field: Field) -> Iterator[tuple[str, str]]:
    if hasattr(field, "form"):
        yield from _errors(field.form)
    elif hasattr(field, "entries"):
        for entry in field.entries:
            yield from _field_errors(entry)
    else:
        for error in field.errors:
            yield error, _anchor(field)


def _anchor(field: Field) -> str:
    focus_id = getattr(field, "focus_id", field.id)
    return f"#{focus_id}" if focus_id else ""


def _with_citation(error: str) -> str:
    citation = getattr(error, "citation", None)
    return f"{error} ({citation.act} {citation.provision})" if citation else str(error)

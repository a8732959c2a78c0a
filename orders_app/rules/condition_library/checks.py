"""What makes a standard condition unusable, each beside the box it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orders_app.rules.condition_library.slots import SLOTS
from orders_app.rules.condition_library.templates import SHORT_FORM, Template, parts_of
from orders_app.rules.facts import ConditionKind
from orders_app.rules.spec import Citation, OrderType, Refusal
from orders_app.rules.wording import listed

BOXES = {"label": "Name in the list", "words": "The words", "short_form": "Short form"}
WRITE_BLANKS = "write a blank as one word in braces, such as {person}, and use braces for nothing else"


@dataclass(frozen=True)
class TemplateProblem:
    """One thing that is wrong with a template: the box, what to do, and the section where the law refuses it."""

    field: str
    message: str
    citation: Citation | None = None


def problems_with(template: Template, order_types: Mapping[str, OrderType]) -> list[TemplateProblem]:
    """Everything wrong with a template, in the order of its boxes. `order_types` are all there are, by code."""
    return [
        *(problem for field in BOXES for problem in _check_text(field, getattr(template, field))),
        *_check_short_form(template),
        *_check_types(template, order_types),
    ]


def _check_text(field: str, text: str) -> Iterator[TemplateProblem]:
    if not text:
        yield TemplateProblem(field, f"{BOXES[field]}: enter it")
        return
    try:
        unknown = [blank for _, blank in parts_of(text) if blank and blank not in SLOTS]
    except ValueError:
        yield TemplateProblem(field, f"{BOXES[field]}: {WRITE_BLANKS}")
        return
    if unknown:
        known = listed([f"{{{key}}}" for key in sorted(SLOTS)])
        yield TemplateProblem(field, f"{BOXES[field]}: there is no blank {{{unknown[0]}}}. Use {known}")


def _check_short_form(template: Template) -> Iterator[TemplateProblem]:
    try:
        asked = set(template.slots)
        parts = list(parts_of(template.short_form))
    except ValueError:
        return
    extra = [blank for _, blank in parts if blank and blank not in asked]
    if extra:
        yield TemplateProblem("short_form", f"Short form: {{{extra[0]}}} is not among the blanks of the words, so nobody is asked for it")
    length = sum(len(words) + bool(blank) for words, blank in parts)
    if length > SHORT_FORM:
        yield TemplateProblem("short_form", f"Short form: use {SHORT_FORM} characters or fewer. Take out {length - SHORT_FORM}")


def _check_types(template: Template, order_types: Mapping[str, OrderType]) -> Iterator[TemplateProblem]:
    if not template.order_types & order_types.keys():
        yield TemplateProblem("order_types", "Choose at least one type of order")
    for code in sorted(template.order_types & order_types.keys()):
        refused = _refusal(template, order_types[code])
        if refused:
            yield TemplateProblem("order_types", f"Not for a {order_types[code].short_name}: {refused.why}", refused.citation)


def _refusal(template: Template, order_type: OrderType) -> Refusal | None:
    if template.kind is ConditionKind.REQUIREMENT and order_type.limits.requirements_refused:
        return order_type.limits.requirements_refused
    return order_type.limits.monitoring_refused if template.is_electronic_monitoring else None

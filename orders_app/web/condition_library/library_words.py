"""Standard conditions in the words of their pages."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from orders_app.rules.condition_library import Template, named_parts
from orders_app.rules.facts import ConditionKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.web.condition_library.forms import types_in_order

KIND_WORDS = {ConditionKind.PROHIBITION: "Prohibition", ConditionKind.REQUIREMENT: "Requirement"}


@dataclass(frozen=True)
class LibraryRow:
    """One standard condition as lists and its own page show it."""

    template: Template
    label: Markup
    words: Markup
    kind: str
    types: str
    state: str
    href: str


def library_row(template: Template) -> LibraryRow:
    """Return a standard condition in words."""
    return LibraryRow(
        template=template,
        label=with_blanks(template.label),
        words=with_blanks(template.words),
        kind=_kind(template),
        types=_types(template),
        state="Retired" if template.is_retired else "In use",
        href=url_for("condition_library.show", key=template.key),
    )


def with_blanks(pattern: str) -> Markup:
    """Words with their blanks marked."""
    blank = Markup("<em>{}</em>")
    return Markup("").join(Markup.escape(words) + (blank.format(name) if name else "") for words, name in named_parts(pattern))


def compared(standing: Template, typed: Template) -> list[tuple[str, str, str, bool]]:
    """Question, what stands, what was typed, whether both are the same: for two who changed it at once."""
    theirs, yours = _answers(standing), _answers(typed)
    return [(question, theirs[question], yours[question], theirs[question] == yours[question]) for question in theirs]


def _answers(template: Template) -> dict[str, str]:
    return {
        "Name in the list": template.label,
        "The words": template.words,
        "Short form": template.short_form,
        "Kind": _kind(template),
        "For": _types(template),
    }


def _types(template: Template) -> str:
    return ", ".join(dict.fromkeys(ORDER_TYPES[code].short_name for code in types_in_order(template)))


def _kind(template: Template) -> str:
    marks = (("travel abroad", template.is_travel), ("electronic monitoring", template.is_electronic_monitoring))
    return ", ".join([KIND_WORDS[template.kind], *(word for word, applies in marks if applies)])

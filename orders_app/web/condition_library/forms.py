"""The form of one standard condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm

from orders_app.rules.condition_library import SLOTS, Template
from orders_app.rules.facts import ConditionKind
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.web.fields import (
    CheckboxesField,
    CheckboxField,
    RadiosField,
    Required,
    SelectField,
    SubmitField,
    TextareaField,
    TextField,
    VersionField,
    choice,
)

KINDS = [choice(ConditionKind.PROHIBITION.value, "Prohibition"), choice(ConditionKind.REQUIREMENT.value, "Requirement")]
BLANKS = ", ".join(f"{{{key}}}" for key in sorted(SLOTS))
WORDS_HINT = f"In the style of a court. Blanks stand in braces: {BLANKS}"
KEPT = "Kept with the version"
SHORT_HINT = "For lists. With its blanks filled, 64 characters"


class TemplateForm(FlaskForm):
    """A standard condition as typed, and why the library is changed."""

    label = TextField("Name in the list", [Required("Enter a name for the list")], max_length=200, hint="Such as: Not to contact {person}")
    words = TextareaField("The words", [Required("Enter the words")], max_length=4000, rows=4, hint=WORDS_HINT)
    short_form = TextField("Short form", [Required("Enter a short form")], max_length=200, hint=SHORT_HINT)
    kind = RadiosField("What kind is it?", [Required("Choose what kind it is")], choices=KINDS, is_inline=True)
    is_travel = CheckboxField("It prohibits travel abroad")
    is_electronic_monitoring = CheckboxField("It is electronic monitoring")
    order_types = CheckboxesField("For which orders?", [Required("Choose at least one type of order")])
    reason = TextField("Why is the library changed?", [Required("Enter why the library is changed")], max_length=300, hint=KEPT)
    save = SubmitField("Add to the library")

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.order_types.choices = [choice(code, order_type.name) for code, order_type in ORDER_TYPES.items()]

    def template(self, key: str = "") -> Template:
        """What was typed, as a standard condition."""
        return Template(
            key=key, label=self.label.data or "", words=self.words.data or "", short_form=self.short_form.data or "",
            order_types=frozenset(self.order_types.data or ()), kind=ConditionKind(self.kind.data), is_travel=bool(self.is_travel.data),
            is_electronic_monitoring=bool(self.is_electronic_monitoring.data),
        )  # fmt: skip


class ChangedTemplateForm(TemplateForm):
    """The same for one that is there, as it was when the page was opened."""

    version = VersionField()
    save = SubmitField("Save as a new version")


class ReasonForm(FlaskForm):
    """Why a standard condition is offered no more, or again."""

    reason = TextField("Why?", [Required("Enter why")], max_length=300, hint=KEPT)
    version = VersionField()
    save = SubmitField("Save")


class LibraryFilterForm(FlaskForm):
    """Which part of the library to list. Its answer stays in the address."""

    class Meta:
        csrf = False

    order_type = SelectField("For which orders?", label_size="")

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.order_type.choices = [choice("", "Any type"), *(choice(code, kind.name) for code, kind in ORDER_TYPES.items())]


def answers_of(template: Template) -> dict[str, Any]:
    """What the form shows of a standard condition as it stands."""
    return {**vars(template), "kind": template.kind.value, "order_types": types_in_order(template)}


def types_in_order(template: Template) -> Sequence[str]:
    """The codes of its types, in the order in which types are listed everywhere."""
    return [code for code in ORDER_TYPES if code in template.order_types]

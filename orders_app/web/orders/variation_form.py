"""The form of a variation or a renewal: what the court left, changed, took out and added, and the end it set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orders_app.queries.facts import is_current
from orders_app.queries.orders import WholeOrder
from orders_app.rules.condition_library import SHORT_FORM
from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.law import as_law_on
from orders_app.services.orders import NewCondition
from orders_app.services.variations import Variation
from orders_app.web.fields import DateField, RadiosField, Required, SelectField, TextareaField, TextField, VersionField, choice
from orders_app.web.orders.found import today
from orders_app.web.orders.recording_forms import StepForm
from orders_app.web.orders.recording_terms_form import PROHIBITION, REQUIREMENT
from orders_app.web.session import law_tables

STAYS, CHANGED, REMOVED = "stays", "changed", "removed"
SAME_END = "same"
BLANK_TERMS = 3
WHAT = (choice(STAYS, "Stays as it is"), choice(CHANGED, "Changed to the words below"), choice(REMOVED, "Taken out"))
KINDS = (choice(PROHIBITION, "Prohibition"), choice(REQUIREMENT, "Requirement"))


@dataclass(frozen=True)
class TermFields:
    """The boxes of one condition on the page: what becomes of it, its words, its short form; for an added one its kind too."""

    heading: str
    boxes: tuple[Any, ...]


class VariationForm(StepForm):
    """A variation as typed."""

    whole: WholeOrder
    kind: EventKind

    def problems_of_the_whole(self) -> None:
        if self.end.data == EndKind.FIXED and not self.ends_on.data:
            self.ends_on.errors = ["Enter the new last day, or choose that the end stays"]
        for number in range(1, BLANK_TERMS + 1):
            words, short = self[f"added_{number}_words"], self[f"added_{number}_short"]
            if short.data and not words.data:
                words.errors = ["Enter the condition in the court’s words"]
            if words.data and not short.data:
                short.errors = ["Enter a short form, for lists"]

    @property
    def when_name(self) -> str:
        """The name of the question about the day."""
        return field_of(self.kind)

    @property
    def terms(self) -> list[TermFields]:
        """The boxes of the order's conditions as they stand."""
        return [
            TermFields(
                f"Condition {c.number}: {c.short_form}", (self[f"what_{c.number}"], self[f"words_{c.number}"], self[f"short_{c.number}"])
            )
            for c in current_conditions(self.whole)
        ]

    @property
    def added(self) -> list[TermFields]:
        """Empty boxes for conditions that the court added."""
        names = ("words", "short", "kind", "supervisor")
        numbers = range(1, BLANK_TERMS + 1)
        return [
            TermFields(f"Added condition {n}", tuple(self[f"added_{n}_{name}"] for name in names if f"added_{n}_{name}" in self))
            for n in numbers
        ]

    def variation(self) -> Variation:
        """What was typed, for the service. Call it on a form that validated."""
        conditions = current_conditions(self.whole)
        end = None if self.end.data == SAME_END else EndKind(self.end.data)
        return Variation(
            kind=self.kind,
            made_on=self[self.when_name].data,
            in_force_from=self.in_force_from.data,
            court=self.court.data or "",
            end_kind=end,
            ends_on=self.ends_on.data if end is EndKind.FIXED else None,
            removed=frozenset(c.number for c in conditions if self[f"what_{c.number}"].data == REMOVED),
            changed={c.number: self._changed(c) for c in conditions if self[f"what_{c.number}"].data == CHANGED},
            added=tuple(self._added(n) for n in range(1, BLANK_TERMS + 1) if self[f"added_{n}_words"].data),
            summary=self.summary.data or "",
        )

    def _changed(self, old: Any) -> NewCondition:
        return NewCondition(
            text=self[f"words_{old.number}"].data, short_form=self[f"short_{old.number}"].data, kind=old.kind, supervisor=old.supervisor,
            starts_on=old.starts_on, ends_on=old.ends_on, is_travel=old.is_travel, is_electronic_monitoring=old.is_electronic_monitoring,
        )  # fmt: skip

    def _added(self, number: int) -> NewCondition:
        given = {name: self[f"added_{number}_{name}"].data for name in ("kind", "supervisor") if f"added_{number}_{name}" in self}
        return NewCondition(text=self[f"added_{number}_words"].data, short_form=self[f"added_{number}_short"].data, **given)


def current_conditions(whole: WholeOrder) -> list[Any]:
    """The terms of the order as it stands."""
    return [c for c in whole.order.conditions if is_current(c, whole.order.version_number)]


def variation_form_for(whole: WholeOrder, kind: EventKind) -> type[VariationForm]:
    """The form of a variation of this order."""
    done = "varied" if kind is EventKind.VARIED else "renewed"
    questions: dict[str, Any] = {
        "whole": whole,
        "kind": kind,
        field_of(kind): DateField(f"Day the court {done} it", [Required(f"Enter the day the court {done} it")]),
        "court": TextField("Court", [Required("Enter the court")], max_length=120, width=30),
        "in_force_from": DateField("First day of the new terms, if it is later"),
        "end": RadiosField("When does the order end now?", [Required("Choose when the order ends now")], choices=_ends(whole)),
        "ends_on": DateField("New last day"),
        "summary": TextareaField(
            "What the court changed, in short", [Required("Enter what the court changed, in short")], max_length=1000, rows=2
        ),
        "version": VersionField(),
    }
    for condition in current_conditions(whole):
        questions |= _term(condition)
    for number in range(1, BLANK_TERMS + 1):
        questions |= _blank(number, whole)
    return type("VariationFormOf" + whole.order.order_type, (VariationForm,), questions)


def _ends(whole: WholeOrder) -> list[Any]:
    allowed = whole.case.order_type.limits.end_kinds
    moved = [choice(EndKind.FIXED.value, "On a new day, entered below")] if EndKind.FIXED in allowed else []
    open_end = (
        [choice(EndKind.UNTIL_FURTHER_ORDER.value, "Until further order (no end date)")] if EndKind.UNTIL_FURTHER_ORDER in allowed else []
    )
    return [choice(SAME_END, "As before"), *moved, *open_end]


def _term(condition: Any) -> dict[str, Any]:
    n = condition.number
    return {
        f"what_{n}": RadiosField(
            f"What becomes of condition {n}?", [Required(f"Choose what becomes of condition {n}")], choices=list(WHAT), default=STAYS
        ),
        f"words_{n}": TextareaField("The court’s words", rows=3, max_length=8000, default=condition.text, label_size=""),
        f"short_{n}": TextField("Short form", max_length=SHORT_FORM, has_count=True, default=condition.short_form, label_size=""),
    }


def _blank(number: int, whole: WholeOrder) -> dict[str, Any]:
    limits = as_law_on(whole.case.order_type, law_tables(), whole.case.facts.area, today()).limits
    questions: dict[str, Any] = {
        f"added_{number}_words": TextareaField("The court’s words", rows=3, max_length=8000, label_size=""),
        f"added_{number}_short": TextField("Short form", max_length=SHORT_FORM, has_count=True, label_size=""),
    }
    if limits.requirements_refused is None:
        questions[f"added_{number}_kind"] = SelectField("Kind", choices=list(KINDS), label_size="")
        questions[f"added_{number}_supervisor"] = TextField(
            "Supervised by, if it is a requirement", max_length=120, width=30, label_size=""
        )
    return questions

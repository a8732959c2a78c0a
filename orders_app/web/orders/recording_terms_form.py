"""The form of one condition: the court's words, a short form, its kind, its own end."""

from __future__ import annotations

from typing import Any

from orders_app.rules.condition_library import OPEN_BLANK, SHORT_FORM, SLOTS, Slot, SlotKind, Template, problem_with
from orders_app.rules.facts import EndKind
from orders_app.rules.spec import Citation, OrderType
from orders_app.services.orders import NewCondition
from orders_app.web.fields import CheckboxField, CitedText, DateField, RadiosField, Required, TextareaField, TextField, choice
from orders_app.web.orders.recording_forms import StepForm

BLANK = "blank_"
PROHIBITION, REQUIREMENT = "prohibition", "requirement"
WITH_ORDER, OWN_END = "order", "own"
NAME_SUPERVISOR = "Enter who supervises this requirement, as the order names them"


class TermForm(StepForm):
    """One condition. `template` is the standard condition chosen, whose blanks are asked for too; `supervised_under` is
    where the Act wants somebody named who supervises a requirement.

    `began_from` says which one the words began from, as 'key:version'; empty for the court's own.
    """

    template: Template | None = None
    supervised_under: Citation | None = None
    words = TextareaField(
        "The court’s words", [Required("Enter the condition in the court’s words")], rows=3, max_length=8000,
        hint="Officers and courts will read this, so it must be the order’s text",
    )  # fmt: skip
    short_form = TextField(
        "Short form", [Required("Enter a short form, for lists")], max_length=SHORT_FORM, has_count=True,
        hint="For lists. It never replaces the court’s words",
    )  # fmt: skip

    began_from = TextField("Begun from", max_length=80)

    @property
    def blanks(self) -> list[TextField]:
        """The boxes of the standard condition's blanks."""
        return [self[BLANK + slot] for slot in self.template.slots] if self.template else []

    @property
    def questions(self) -> list[Any]:
        """The boxes of the condition itself."""
        return [field for field in self if field not in self.blanks and field.name not in ("csrf_token", "began_from")]

    def answers_fit(self) -> bool:
        """Whether what stands in the blanks will do. Says beside each what will not."""
        for box in self.blanks:
            problem = problem_with(SLOTS[box.name.removeprefix(BLANK)], box.data or "")
            box.errors = [problem] if problem else []
        return not any(box.errors for box in self.blanks)

    def problems_of_the_whole(self) -> None:
        if self.began_from.data and OPEN_BLANK in (self.words.data or ""):
            self.blame("words", f"A blank is still open, shown as {OPEN_BLANK}. Fill it, or type what the order says there")
        if value_of(self, "end") == OWN_END and not self.ends_on.data:
            self.blame("ends_on", "Enter the last day of this condition")
        if value_of(self, "end") == WITH_ORDER and self.ends_on.data:
            self.blame("ends_on", "Choose “On its own day” above, or clear this date: the condition ends with the order")
        if value_of(self, "kind") == PROHIBITION and self.supervisor.data:
            self.blame("supervisor", "Choose “Requirement” above, or clear this: nobody supervises a prohibition")
        if self.supervised_under and value_of(self, "kind") == REQUIREMENT and not self.supervisor.data:
            self.blame("supervisor", CitedText(NAME_SUPERVISOR, self.supervised_under))

    def condition(self) -> NewCondition:
        """The condition as typed."""
        is_own = value_of(self, "end") == OWN_END
        key, _, version = (self.began_from.data or "").partition(":")
        return NewCondition(
            text=self.words.data or "",
            short_form=self.short_form.data or "",
            kind=value_of(self, "kind") or PROHIBITION,
            supervisor=value_of(self, "supervisor") or "",
            starts_on=value_of(self, "starts_on"),
            ends_on=value_of(self, "ends_on") if is_own else None,
            is_travel=bool(value_of(self, "is_travel")),
            is_electronic_monitoring=bool(value_of(self, "is_electronic_monitoring")),
            template_key=key,
            template_version=int(version) if version else None,
        )


def value_of(form: Any, name: str) -> Any:
    """The answer to a question that not every type asks."""
    return form[name].data if name in form else None


def term_form_for(order_type: OrderType | None, order_ends: str = "", template: Template | None = None) -> type[TermForm]:
    """The form of a condition of this type, begun from a standard condition if one is chosen.

    `order_ends` says in words when the order ends.
    """
    if order_type is None:
        raise LookupError("the type is not chosen yet")
    limits = order_type.limits
    questions: dict[str, Any] = {"template": template, "supervised_under": limits.supervisor}
    questions |= {BLANK + slot: _blank(SLOTS[slot]) for slot in (template.slots if template else ())}
    if limits.requirements_refused is None:
        questions["kind"] = _kind(bool(limits.supervisor))
        hint = "Name and role" if limits.supervisor else "Name and role, where the order names somebody"
        questions["supervisor"] = TextField("Supervised by, if it is a requirement", max_length=120, width=30, hint=hint)
    if order_type.is_notice or limits.end_kinds == {EndKind.EVENT, EndKind.NONE}:
        return type("TermFormOf" + order_type.code, (TermForm,), questions)
    ends = [
        choice(WITH_ORDER, f"With the order{': ' + order_ends if order_ends else ''}"),
        choice(OWN_END, "On its own day", "Enter it below"),
    ]
    questions["end"] = RadiosField("When does this condition end?", choices=ends, default=WITH_ORDER)
    questions["ends_on"] = DateField("Last day of this condition, if it has its own")
    questions["starts_on"] = DateField("First day of this condition, if it is later than the order’s")
    if limits.longest_travel:
        questions["is_travel"] = CheckboxField("It prohibits travel abroad")
    if limits.monitoring_refused is None:
        questions["is_electronic_monitoring"] = CheckboxField("It is electronic monitoring", hint=limits.monitoring_needs)
    return type("TermFormOf" + order_type.code, (TermForm,), questions)


def _blank(slot: Slot) -> TextField:
    width = {SlotKind.NUMBER: 5, SlotKind.CLOCK_TIMES: 20}.get(slot.kind, "full")
    return TextField(slot.label, hint=slot.hint, width=width, suffix=slot.unit, label_size="")


def _kind(needs_supervisor: bool) -> RadiosField:
    hint = "A requirement needs a named person who supervises it" if needs_supervisor else "A requirement is something the subject must do"
    choices = [choice(PROHIBITION, "Prohibition"), choice(REQUIREMENT, "Requirement")]
    return RadiosField(
        "What kind is it?", [Required("Choose what kind it is")], choices=choices, is_inline=True, hint=hint, default=PROHIBITION
    )

"""The form of what a court did when it varied or renewed an order: when, where, from when, until when, and in short what."""

from __future__ import annotations

from typing import Any

from orders_app.rules.event_problems import field_of
from orders_app.rules.facts import EndKind, EventKind
from orders_app.rules.spec import OrderType
from orders_app.web.fields import DateField, RadiosField, Required, TextareaField, TextField, choice
from orders_app.web.orders.recording_forms import StepForm

SAME_END = "same"
NEW_ENDS = {
    EndKind.FIXED: ("On a new day", "Enter it below"),
    EndKind.UNTIL_FURTHER_ORDER: ("Until further order (no end date)", ""),
}


class VariationForm(StepForm):
    """What the court did, apart from the terms."""

    kind: EventKind

    def problems_of_the_whole(self) -> None:
        if self.end.data == EndKind.FIXED and not self.ends_on.data:
            self.blame("ends_on", "Enter the new last day, or choose that the end stays")

    @property
    def made_on(self) -> Any:
        """The day the court did it."""
        return self[field_of(self.kind)].data

    @property
    def end_kind(self) -> EndKind | None:
        """The new way of ending; None where it stays."""
        return None if self.end.data == SAME_END else EndKind(self.end.data)


def variation_form_for(order_type: OrderType, kind: EventKind) -> type[VariationForm]:
    """The form of a variation or a renewal of this type."""
    done = "varied" if kind is EventKind.VARIED else "renewed"
    ends = [choice(end.value, *words) for end, words in NEW_ENDS.items() if end in order_type.limits.end_kinds]
    questions: dict[str, Any] = {
        "kind": kind,
        field_of(kind): DateField(f"Day the court {done} it", [Required(f"Enter the day the court {done} it")]),
        "court": TextField("Court", [Required("Enter the court")], max_length=120, width=30),
        "in_force_from": DateField("First day of the new terms, if it is later"),
        "end": RadiosField(
            "When does the order end now?", [Required("Choose when the order ends now")], choices=[choice(SAME_END, "As before"), *ends]
        ),
        "ends_on": DateField("New last day", hint="It ends at 24:00 on this day"),
        "summary": TextareaField(
            "What the court changed, in short", [Required("Enter what the court changed, in short")], max_length=1000, rows=2,
            hint="For the timeline. The terms themselves come next",
        ),
    }  # fmt: skip
    return type("VariationFormOf" + order_type.code, (VariationForm,), questions)

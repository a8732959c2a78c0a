"""Standard conditions to begin from: templates with blanks, by type of order. The court's own words always win over them."""

from orders_app.rules.condition_library.checks import TemplateProblem, problems_with
from orders_app.rules.condition_library.shipped import SHIPPED
from orders_app.rules.condition_library.slots import SLOTS, Slot, SlotKind, problem_with
from orders_app.rules.condition_library.templates import OPEN_BLANK, SHORT_FORM, Template, current, for_type, named_parts

__all__ = [
    "OPEN_BLANK",
    "SHIPPED",
    "SHORT_FORM",
    "SLOTS",
    "Slot",
    "SlotKind",
    "Template",
    "TemplateProblem",
    "current",
    "for_type",
    "named_parts",
    "problem_with",
    "problems_with",
]

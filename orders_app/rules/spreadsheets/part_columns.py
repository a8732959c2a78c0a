"""Sheets of parts of orders: conditions, protected people and events, each row pointing at an order by its own reference."""

from __future__ import annotations

from orders_app.rules.facts import ConditionKind
from orders_app.rules.spreadsheets.columns import CellKind, Choice, Column, SheetKind
from orders_app.rules.spreadsheets.identity_columns import own_reference, pointing_at
from orders_app.rules.spreadsheets.order_columns import LONGEST_CONDITION
from orders_app.rules.spreadsheets.typed_names import event_choices

OF_ORDER = own_reference("our reference of the order, as in the orders sheet")
CONDITION_KINDS = (
    Choice(ConditionKind.PROHIBITION, "Prohibition", ("must not",)),
    Choice(ConditionKind.REQUIREMENT, "Requirement", ("positive requirement", "must")),
)

CONDITIONS = SheetKind(
    code="conditions",
    sheet_name="Conditions",
    one_row_is="one condition of one order, in the order in which the court numbered them",
    columns=(
        OF_ORDER,
        Column(
            key="text",
            heading="Condition",
            description="the condition in the court’s own words",
            examples=("Not to contact Anna Marsh directly or indirectly",),
            is_required=True,
            longest=LONGEST_CONDITION,
            also_called=("Conditions", "Text", "Wording"),
        ),
        Column(
            key="short_form",
            heading="Short form",
            description="A few words for headings, at most 64 characters",
            examples=("No contact",),
            longest=64,
        ),
        Column(
            key="kind",
            heading="Kind",
            kind=CellKind.CHOICE,
            choices=CONDITION_KINDS,
            description="Prohibition or Requirement. Empty means Prohibition",
            examples=("Prohibition",),
        ),
        Column(
            key="supervisor",
            heading="Supervisor",
            description="Who supervises a requirement",
            examples=("Northmere Probation",),
            longest=120,
        ),
        Column(
            key="starts_on",
            heading="Starts",
            kind=CellKind.DAY,
            description="Only where it starts on a day of its own",
            examples=("1 May 2026",),
            also_called=("Starts on", "From"),
        ),
        Column(
            key="ends_on",
            heading="Ends",
            kind=CellKind.DAY,
            description="Only where it ends on a day of its own",
            examples=("31 May 2026",),
            also_called=("Ends on", "Until"),
        ),
        Column(
            key="is_travel",
            heading="Foreign travel",
            kind=CellKind.YES_NO,
            description="Yes for a prohibition of foreign travel",
            examples=("No",),
        ),
        Column(
            key="is_electronic_monitoring",
            heading="Electronic monitoring",
            kind=CellKind.YES_NO,
            description="Yes for a tag",
            examples=("No",),
            also_called=("EM", "Tag"),
        ),
    ),
)

PROTECTED_PEOPLE = SheetKind(
    code="protected-people",
    sheet_name="Protected people",
    one_row_is="one person whom one order protects",
    columns=(
        OF_ORDER,
        *pointing_at("Protected person", "Person"),
        Column(key="relationship", heading="Relationship", description="What they are to the subject", examples=("wife",), longest=80),
    ),
)

EVENTS = SheetKind(
    code="events",
    sheet_name="Events",
    one_row_is="one thing that happened to one order",
    columns=(
        OF_ORDER,
        Column(
            key="kind",
            heading="Event",
            kind=CellKind.CHOICE,
            choices=event_choices(),
            description="what happened",
            examples=("Served", "Hearing listed"),
            is_required=True,
            also_called=("What happened", "Kind", "Type"),
        ),
        Column(
            key="when",
            heading="Date",
            kind=CellKind.DAY_OR_MOMENT,
            description="the day it happened",
            examples=("08/04/2026", "8 Apr 2026 22:40"),
            is_required=True,
            also_called=("On", "When", "Date and time"),
        ),
        Column(
            key="when_time",
            heading="Time",
            kind=CellKind.TIME,
            description="The time of day",
            examples=("22:40",),
            also_called=("At",),
        ),
        Column(
            key="hearing",
            heading="Hearing",
            kind=CellKind.DAY_OR_MOMENT,
            description="For Hearing listed: the day of the hearing, with its time where it is known",
            examples=("10/04/2026 10:00",),
            also_called=("Hearing on", "Hearing date"),
        ),
        Column(
            key="note",
            heading="Note",
            description="Anything the timeline should say",
            examples=("Handed over in person at home",),
            longest=5000,
        ),
    ),
)

"""The orders sheet: one row an order or a notice, with its conditions and protected people in cells of that row."""

from __future__ import annotations

from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.spec import ExtraField, FieldKind
from orders_app.rules.spreadsheets.columns import CellKind, Choice, Column, SheetKind
from orders_app.rules.spreadsheets.identity_columns import own_reference, pointing_at
from orders_app.rules.spreadsheets.typed_names import made_under_choices, order_type_choices, rank_choices

LONGEST_CONDITION = 5000
EXTRA = "details."
KINDS_OF_ANSWER = {
    FieldKind.TEXT: CellKind.TEXT,
    FieldKind.DATE: CellKind.DAY,
    FieldKind.YES_NO: CellKind.YES_NO,
    FieldKind.CHOICE: CellKind.CHOICE,
}


def _when(key: str, heading: str, what: str, also_called: tuple[str, ...] = ()) -> tuple[Column, Column]:
    """A day, and a time of day beside it."""
    on = Column(
        key=key,
        heading=heading,
        kind=CellKind.DAY_OR_MOMENT,
        examples=("08/04/2026", "8 Apr 2026 22:40"),
        also_called=also_called,
        description=f"The day {what}",
    )
    at = Column(
        key=f"{key}_time",
        heading=f"{heading} time",
        kind=CellKind.TIME,
        examples=("22:40",),
        also_called=(f"Time {heading}", f"{heading} at"),
        description=f"The time of day {what}. Add BST or GMT in the hour that comes twice in autumn",
    )
    return on, at


def _question(extra: ExtraField) -> Column:
    return Column(
        key=EXTRA + extra.key,
        heading=extra.key.replace("_", " ").capitalize(),
        description=extra.label,
        examples=(),
        kind=KINDS_OF_ANSWER[extra.kind],
        choices=tuple(_answer(code, extra) for code in dict.fromkeys(option.code for option in extra.choices)),
        longest=1000,
    )


def _answer(code: str, extra: ExtraField) -> Choice:
    """One answer, by its first words or by those that later law gave it."""
    words, *later = [option.words for option in extra.choices if option.code == code]
    return Choice(code, words, tuple(later))


def _extra_questions() -> tuple[Column, ...]:
    questions = {extra.key: extra for order_type in ORDER_TYPES.values() for extra in order_type.extra_fields}
    return tuple(_question(extra) for extra in questions.values())


ORDERS = SheetKind(
    code="orders",
    sheet_name="Orders",
    one_row_is="one order or notice",
    columns=(
        own_reference("your own reference for the order. The same reference is never imported twice"),
        Column(
            key="order_type",
            heading="Type",
            kind=CellKind.CHOICE,
            is_required=True,
            choices=order_type_choices(),
            description="what kind of order or notice it is",
            examples=("DVPN", "Stalking protection order", "RO (conviction)"),
            also_called=("Order type", "Type of order", "Order"),
        ),
        *pointing_at("Subject", "Subject"),
        Column(
            key="made_under",
            heading="Made under",
            kind=CellKind.CHOICE,
            choices=made_under_choices(),
            description="The power it was made under, where the type has several",
            examples=(),
        ),
        *_when("authorised", "Authorised", "it was authorised", ("Authorised on", "Date authorised")),
        Column(
            key="authorised_rank",
            heading="Authorised rank",
            kind=CellKind.CHOICE,
            choices=rank_choices(),
            description="Rank of the officer who authorised a notice",
            examples=("Superintendent",),
            also_called=("Rank", "Authorising rank", "Rank of authorising officer"),
        ),
        *_when(
            "application_lodged",
            "Applied",
            "the application was lodged with the court",
            ("Application lodged", "Applied on", "Application date"),
        ),
        *_when("made", "Made", "the court made the order", ("Made on", "Date made", "Date granted", "Granted", "Date of order")),
        *_when("served", "Served", "it was served on the subject", ("Served on", "Date served", "Date of service")),
        Column(key="court", heading="Court", description="The court that made it", examples=("Northmere Magistrates’ Court",), longest=120),
        Column(
            key="court_reference",
            heading="Court reference",
            description="The court’s own number",
            examples=("42NM0417726",),
            longest=60,
            also_called=("Case number", "Court ref", "URN"),
        ),
        Column(
            key="in_force_from",
            heading="In force from",
            kind=CellKind.DAY,
            description="Only where the order starts on a later day than it was made",
            examples=("1 May 2026",),
            also_called=("Starts", "Start date"),
        ),
        Column(
            key="starts_on_release",
            heading="Starts on release",
            kind=CellKind.YES_NO,
            description="Yes where it starts when the subject leaves custody",
            examples=("No",),
        ),
        Column(
            key="starts_on_other_end",
            heading="Starts when the earlier ends",
            kind=CellKind.YES_NO,
            description="Yes where it starts when the earlier order that it follows ends",
            examples=("No",),
        ),
        Column(
            key="ends",
            heading="Ends",
            kind=CellKind.END,
            examples=("05/05/2026", "until further order"),
            description="The last day in force, or 'until further order', or 'per condition'. Empty for a notice",
            also_called=("Ends on", "End date", "Expires", "Expiry", "Expiry date"),
        ),
        Column(
            key="end_time",
            heading="End time",
            kind=CellKind.TIME,
            description="Only where the order states a time of day on its last day",
            examples=("16:00",),
        ),
        Column(
            key="stated_event",
            heading="Ends when",
            description="The named event that ends it, where it ends with one",
            examples=("the family proceedings are decided",),
            also_called=("Ends with",),
        ),
        Column(
            key="is_without_notice",
            heading="Without notice",
            kind=CellKind.YES_NO,
            description="Yes where it was made without notice to the subject",
            examples=("No",),
        ),
        Column(
            key="is_present",
            heading="Present or represented",
            kind=CellKind.YES_NO,
            description="Yes where the subject was in court or represented",
            examples=("Yes",),
        ),
        *_when("discharged", "Discharged", "a court discharged it", ("Discharged on", "Date discharged")),
        Column(
            key="conditions",
            heading="Conditions",
            kind=CellKind.LINES,
            longest=LONGEST_CONDITION,
            description="The conditions in the court’s own words, one on each line of the cell. "
            "Use a conditions sheet for requirements and conditions with dates",
            examples=("Not to contact Anna Marsh directly or indirectly",),
        ),
        Column(
            key="protected",
            heading="Protected people",
            kind=CellKind.LINES,
            longest=400,
            description="Whom it protects, one on each line of the cell, as for Subject. "
            "Words after a semicolon say what they are to the subject",
            examples=("N-20418; wife", "MARSH, Anna (born 2001-02-03)"),
            also_called=("Protected person", "Victim", "Victims", "Protects"),
        ),
        Column(
            key="follows",
            heading="Follows",
            longest=100,
            description="Our reference, or the Orderwatch reference, of the notice or earlier order it follows",
            examples=("DV/26/0416",),
            also_called=("Follows from", "Previous order"),
        ),
        Column(
            key="owner",
            heading="Owner",
            longest=120,
            description="User name or collar number of the officer it belongs to",
            examples=("4471",),
            also_called=("Officer", "OIC", "Officer in the case"),
        ),
        Column(
            key="team", heading="Team", longest=100, description="Team it belongs to. Empty means your own team", examples=("Orders desk",)
        ),
        Column(key="area", heading="Area", longest=100, description="Policing area, by code or name", examples=("Northmere",)),
        Column(
            key="details.area",
            heading="Local authority",
            longest=100,
            description="For a DAPN or DAPO: the police or local authority area where it was given or made",
            examples=("Croydon",),
        ),
        *_extra_questions(),
    ),
)

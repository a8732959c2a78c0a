"""Columns that say who somebody is: for the people sheet, and for whoever an order binds or protects."""

from __future__ import annotations

from orders_app.rules.spreadsheets.columns import CellKind, Column

NAME_LENGTH = 100
FORENAMES_LENGTH = 150
KEY_LENGTH = 100


def own_reference(description: str, *, is_required: bool = True) -> Column:
    """The key the force's own sheet has for an order."""
    return Column(
        key="source_key",
        heading="Our reference",
        description=description,
        examples=("DV/26/0417",),
        is_required=is_required,
        longest=KEY_LENGTH,
        also_called=("Reference", "Our ref", "Ref", "Ref no", "Unique reference"),
    )


def pointing_at(who: str, prefix: str) -> tuple[Column, ...]:
    """Columns by which a row points at somebody on file or in the people sheet: one is enough."""
    return (
        Column(
            key="person",
            heading=who,
            longest=NAME_LENGTH + FORENAMES_LENGTH + 50,
            description="Your own key for the person, an Orderwatch reference, or surname, forename and date of birth. "
            f"Fill in this or one of the {prefix} columns",
            examples=("N-20417", "P-10482", "WHITTAKER, Callum (born 14 March 1988)"),
            also_called=(f"{prefix} key", f"{prefix} reference"),
        ),
        Column(
            key="pnc",
            heading=f"{prefix} PNC",
            description="PNC number, with its letter",
            examples=("2004/0123456K",),
            longest=40,
            also_called=("PNC", "PNC ID", "PNCID"),
        ),
        Column(
            key="cro",
            heading=f"{prefix} CRO",
            description="CRO number, with its letter",
            examples=("123456/04X",),
            longest=40,
            also_called=("CRO",),
        ),
        Column(key="visor", heading=f"{prefix} ViSOR", description="ViSOR number", examples=("12345",), longest=40, also_called=("ViSOR",)),
        Column(
            key="surname",
            heading=f"{prefix} surname",
            description="Surname, together with the date of birth",
            examples=("WHITTAKER",),
            longest=NAME_LENGTH,
            also_called=("Surname", "Last name"),
        ),
        Column(
            key="forenames",
            heading=f"{prefix} forenames",
            description="Forenames",
            examples=("Callum",),
            longest=FORENAMES_LENGTH,
            also_called=("Forenames", "First name", "Forename"),
        ),
        Column(
            key="born_on",
            heading=f"{prefix} date of birth",
            description="Date of birth",
            examples=("14/03/1988",),
            kind=CellKind.DAY,
            also_called=("Date of birth", "DOB", f"{prefix} DOB"),
        ),
    )

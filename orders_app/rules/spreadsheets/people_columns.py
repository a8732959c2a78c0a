"""The people sheet."""

from __future__ import annotations

from orders_app.rules.spreadsheets.columns import CellKind, Choice, Column, SheetKind
from orders_app.rules.spreadsheets.identity_columns import FORENAMES_LENGTH, KEY_LENGTH, NAME_LENGTH

SEXES = (Choice("male", "Male", ("M",)), Choice("female", "Female", ("F",)), Choice("other", "Other", ("X", "non-binary")))

PEOPLE = SheetKind(
    code="people",
    sheet_name="People",
    one_row_is="one person, in whatever role",
    columns=(
        Column(
            key="source_key",
            heading="Our key",
            longest=KEY_LENGTH,
            examples=("N-20417",),
            description="your own key for the person. The orders sheet points to it, and the same key is never imported twice",
            also_called=("Key", "Person key", "Our reference", "Nominal", "Niche", "Nominal number"),
        ),
        Column(
            key="surname",
            heading="Surname",
            description="the surname",
            examples=("WHITTAKER",),
            is_required=True,
            longest=NAME_LENGTH,
            also_called=("Last name", "Family name"),
        ),
        Column(
            key="forenames",
            heading="Forenames",
            description="All forenames, first name first",
            examples=("Callum James",),
            longest=FORENAMES_LENGTH,
            also_called=("First name", "Forename", "First names", "Given names"),
        ),
        Column(
            key="born_on",
            heading="Date of birth",
            description="Date of birth",
            examples=("14/03/1988", "14 Mar 1988"),
            kind=CellKind.DAY,
            also_called=("DOB", "Born", "Born on"),
        ),
        Column(
            key="sex",
            heading="Sex",
            description="Male, Female or Other",
            examples=("Male",),
            kind=CellKind.CHOICE,
            choices=SEXES,
            also_called=("Gender",),
        ),
        Column(
            key="pnc",
            heading="PNC",
            description="PNC number, with its letter",
            examples=("2004/0123456K",),
            longest=40,
            also_called=("PNC ID", "PNCID", "PNC number"),
        ),
        Column(
            key="cro",
            heading="CRO",
            description="CRO number, with its letter",
            examples=("123456/04X",),
            longest=40,
            also_called=("CRO number",),
        ),
        Column(
            key="visor",
            heading="ViSOR",
            description="ViSOR number",
            examples=("12345",),
            longest=40,
            also_called=("ViSOR number", "ViSOR ID"),
        ),
        Column(
            key="aliases",
            heading="Also known as",
            kind=CellKind.LINES,
            longest=NAME_LENGTH + FORENAMES_LENGTH,
            description="Other names, one on each line of the cell: surname, then a comma and forenames",
            examples=("WHITTAKER, Cal",),
            also_called=("Alias", "Aliases", "AKA", "Other names"),
        ),
        Column(
            key="address",
            heading="Address",
            description="Home address, without the postcode",
            examples=("12 Alder Row, Northmere",),
            also_called=("Home address",),
        ),
        Column(
            key="postcode",
            heading="Postcode",
            description="Postcode of the home address",
            examples=("NM1 4QX",),
            longest=10,
            also_called=("Post code",),
        ),
        Column(
            key="lives_there_from",
            heading="Address from",
            description="The day they moved in, where it is known",
            examples=("1 June 2024",),
            kind=CellKind.DAY,
        ),
        Column(key="area", heading="Area", description="Code or name of the policing area", examples=("Northmere",), longest=100),
        Column(key="notes", heading="Notes", description="Anything else a colleague should know", examples=("Works nights",), longest=5000),
        Column(
            key="match",
            heading="Match",
            longest=20,
            examples=("P-10482", "new"),
            description="Only where Orderwatch asks: the reference of the person on file who is meant, "
            "or 'new' for somebody else of the same name and date of birth",
        ),
    ),
)

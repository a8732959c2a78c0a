"""The forms about who somebody is and why a record is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm

from orders_app.queries.people import WholePerson
from orders_app.rules.identifiers import LABELS
from orders_app.rules.people import SEX_WORDS, Sex
from orders_app.services.new_people import Identity, NewAddress, NewIdentifier
from orders_app.web.fields import (
    CheckboxField,
    DateField,
    Required,
    SelectField,
    SubmitField,
    TextareaField,
    TextField,
    VersionField,
    choice,
)
from orders_app.web.filters import day, person_name

NOT_KNOWN = "Not known"


class IdentityForm(FlaskForm):
    """Who somebody is."""

    questions = ("surname", "forenames", "born_on", "sex", "area", "notes")
    surname = TextField("Surname", [Required("Enter a surname. If it is not known, enter UNKNOWN")], max_length=100, width=20)
    forenames = TextField("Forenames", max_length=150, hint="All of them, first name first")
    born_on = DateField("Date of birth", hint="Leave it empty if it is not known")
    sex = SelectField("Sex", choices=[choice("", NOT_KNOWN), *(choice(sex, words) for sex, words in SEX_WORDS.items())])
    area = SelectField("Area", hint="The policing area that deals with this person")
    notes = TextareaField("Notes", max_length=5000, hint="Anything else a colleague should know")
    version = VersionField()
    save = SubmitField("Save")

    def offer_areas(self, areas: Iterable[Any]) -> None:
        """Set the answers to the question about the area."""
        self.area.choices = [choice("", NOT_KNOWN), *(choice(str(area.id), area.name) for area in areas)]

    def identity(self) -> Identity:
        """What was answered."""
        return Identity(
            surname=self.surname.data or "",
            forenames=self.forenames.data or "",
            born_on=self.born_on.data,
            sex=self.sex.data or "",
            area_id=int(self.area.data) if self.area.data else None,
            notes=self.notes.data or "",
        )


def identity_values(person: WholePerson) -> dict[str, Any]:
    """The values that fill an IdentityForm."""
    area = str(person.area_id) if person.area_id else ""
    return {
        "surname": person.surname, "forenames": person.forenames, "born_on": person.born_on, "sex": person.sex, "area": area,
        "notes": person.notes, "version": person.version,
    }  # fmt: skip


def identity_rows(person: Identity | WholePerson, areas: Iterable[Any]) -> list[dict[str, str]]:
    """The same in words, for a summary list."""
    answers = (
        ("Name", person_name(person.surname, person.forenames)),
        ("Date of birth", day(person.born_on) or NOT_KNOWN),
        ("Sex", SEX_WORDS.get(Sex(person.sex), NOT_KNOWN) if person.sex else NOT_KNOWN),
        ("Area", next((area.name for area in areas if area.id == person.area_id), NOT_KNOWN)),
        ("Notes", person.notes or "None"),
    )
    return [{"key": key, "value": value} for key, value in answers]


class NumbersForm(FlaskForm):
    """Numbers from other systems: each may be left empty."""

    pnc = TextField("PNC number", max_length=40, width=20, hint="Such as 2006/0118234F or 06/118234F")
    cro = TextField("CRO number", max_length=40, width=20, hint="Such as 041207/06D, or SF05/482H for a record held on file only")
    visor = TextField("ViSOR number", max_length=40, width=20)
    local = TextField("Local number", max_length=40, width=20, hint="The number in the force’s own records system")
    save = SubmitField("Continue")

    def identifiers(self) -> tuple[NewIdentifier, ...]:
        """The numbers that were typed."""
        typed = ((kind, self[kind.value].data or "") for kind in LABELS)
        return tuple(NewIdentifier(kind, value) for kind, value in typed if value)

    def field_of(self, number: int) -> str:
        """The box in which the identifier of this place was typed."""
        return str(self.identifiers()[number].kind)


class FirstAddressForm(FlaskForm):
    """Where somebody lives, if it is known."""

    lines = TextareaField("Home address", rows=3, max_length=300, hint="Leave it empty if it is not known")
    postcode = TextField("Postcode", max_length=10, width=10)
    from_on = DateField("Lives there from", hint="Leave it empty if it is not known")
    save = SubmitField("Continue")

    def addresses(self) -> tuple[NewAddress, ...]:
        """The address that was typed, if one was."""
        if not (self.lines.data or self.postcode.data or self.from_on.data):
            return ()
        return (NewAddress(self.lines.data or "", self.postcode.data or "", from_on=self.from_on.data),)


class CheckForm(FlaskForm):
    """Save somebody new, after looking at who they may be already."""

    none_of_these = CheckboxField("None of these is the same person")
    save = SubmitField("Save this person")


class PurposeForm(FlaskForm):
    """Why a closed record is opened."""

    reason = TextareaField(
        "Why are you opening this record?",
        [Required("Enter why you are opening this record")],
        hint="The policing purpose, such as the incident or the task you are working on",
        is_heading=True,
        label_size="l",
        rows=3,
        max_length=300,
    )
    open = SubmitField("Open the record")


class ReasonForm(FlaskForm):
    """Why something is taken away."""

    reason = TextField("Why", [Required("Enter why")], max_length=300)
    version = VersionField()
    save = SubmitField("Take it away", kind="warning")

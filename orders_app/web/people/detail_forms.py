"""One form for each kind of thing known of a person: another name, a number, an address, a warning, custody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm

from orders_app.queries.people import WholePerson
from orders_app.rules.identifiers import LABELS
from orders_app.rules.people import ADDRESS_WORDS, ALIAS_WORDS, CUSTODY_WORDS, MARKER_WORDS
from orders_app.services.new_people import NewAddress, NewAlias, NewCustody, NewDetail, NewIdentifier, NewMarker
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
from orders_app.web.filters import day_short
from orders_app.web.people.banner import address_words, alias_words, custody_word, marker_words
from orders_app.web.people.page_words import address_rest, custody_period, from_to


def _answers(words: Any) -> list[Any]:
    return [choice(str(value), label) for value, label in words.items()]


NUMBER_HINT = "PNC such as 2006/0118234F or 06/118234F, CRO such as 041207/06D or SF05/482H"


class DetailForm(FlaskForm):
    """What every one of them has. `questions` are the boxes in order; `makes` is what they say."""

    makes: type = NewAlias
    questions: tuple[str, ...] = ()
    version = VersionField()
    save = SubmitField("Save")

    def detail(self) -> NewDetail:
        """What was answered."""
        made: NewDetail = self.makes(**{name: self._answer(name) for name in self.questions})
        return made

    def _answer(self, name: str) -> Any:
        field = self[name]
        return field.data if isinstance(field, DateField | CheckboxField) else field.data or ""


class AliasForm(DetailForm):
    """Another name."""

    makes = NewAlias
    questions = ("kind", "surname", "forenames", "from_on", "until_on")
    kind = SelectField("Kind", choices=_answers(ALIAS_WORDS))
    surname = TextField("Surname, or the name used online", max_length=100, width=20)
    forenames = TextField("Forenames", max_length=150)
    from_on = DateField("From", hint="Leave it empty if it is not known")
    until_on = DateField("Until", hint="Leave it empty if it is still used")


class IdentifierForm(DetailForm):
    """A number from another system."""

    makes = NewIdentifier
    questions = ("kind", "value")
    kind = SelectField("Kind", choices=_answers(LABELS))
    value = TextField("Number", [Required("Enter the number")], max_length=40, width=20, hint=NUMBER_HINT)
    is_theirs_too = CheckboxField("Save it all the same: both have this number, or the other record is wrong")


class AddressForm(DetailForm):
    """Where somebody lives, works or can be found."""

    makes = NewAddress
    questions = ("kind", "lines", "postcode", "from_on", "until_on", "source", "is_notified")
    kind = SelectField("Kind", choices=_answers(ADDRESS_WORDS))
    lines = TextareaField("Address", [Required("Enter the address, or No fixed abode")], rows=3, max_length=300)
    postcode = TextField("Postcode", max_length=10, width=10)
    from_on = DateField("From", hint="Leave it empty if it is not known")
    until_on = DateField("Until", hint="Leave it empty if they are still there")
    source = TextField("Where this comes from", max_length=100, hint="Such as: found by police, told by the landlord")
    is_notified = CheckboxField("Notified to the police by the person")
    has_left_home = CheckboxField("They no longer live at the home address recorded so far")


class MarkerForm(DetailForm):
    """A warning."""

    makes = NewMarker
    questions = ("kind", "text", "source", "noted_on", "ended_on")
    kind = SelectField("Kind", choices=_answers(MARKER_WORDS))
    text = TextField("Warning", [Required("Enter what the warning is")], max_length=200, hint="In a few words, such as: carries a knife")
    source = TextField("Where this comes from", max_length=100, hint="Such as: PNC, custody, a crime number")
    noted_on = DateField("Noted on", [Required("Enter the day the warning was noted")])
    ended_on = DateField("Ended on", hint="Leave it empty while the warning stands")


class CustodyForm(DetailForm):
    """Time not at liberty."""

    makes = NewCustody
    questions = ("kind", "place", "from_on", "expected_release_on", "until_on", "licence_until_on")
    kind = SelectField("Kind", choices=_answers(CUSTODY_WORDS))
    place = TextField("Place", max_length=100, hint="Such as HMP Stonewick")
    from_on = DateField("From", [Required("Enter the day custody began")])
    expected_release_on = DateField("Release expected", hint="Leave it empty if it is not known")
    until_on = DateField("Released", hint="Leave it empty while they are in custody")
    licence_until_on = DateField("On licence until", hint="Leave it empty if there is no licence")


@dataclass(frozen=True)
class DetailKind:
    """One kind of thing known of a person: its word in addresses, its form, what pages call it (as a heading, one to add, all of
    them), and where it is in a WholePerson."""

    key: str
    form: type[DetailForm]
    heading: str
    one: str
    many: str
    attribute: str


KINDS: dict[str, DetailKind] = {
    kind.key: kind
    for kind in (
        DetailKind("name", AliasForm, "Other name", "another name", "Other names", "aliases"),
        DetailKind("number", IdentifierForm, "Number", "a number", "Numbers", "identifiers"),
        DetailKind("address", AddressForm, "Address", "an address", "Addresses", "addresses"),
        DetailKind("warning", MarkerForm, "Warning", "a warning", "Warnings", "markers"),
        DetailKind("custody", CustodyForm, "Time in custody", "time in custody", "Custody", "custody"),
    )
}


def details_of(person: WholePerson, kind: DetailKind) -> tuple[Any, ...]:
    """Everything of one kind that is known of a person, as recorded."""
    known: tuple[Any, ...] = getattr(person, kind.attribute)
    return known


def detail_words(kind: DetailKind, detail: Any) -> tuple[str, str]:
    """One of them in words: what it is, and the rest."""
    match kind.key:
        case "name":
            return alias_words(detail), from_to(detail.from_on, detail.until_on)
        case "number":
            return f"{LABELS[detail.kind]} {detail.value}", ""
        case "address":
            return address_words(detail), address_rest(detail)
        case "warning":
            what, rest = marker_words(detail)
            return what, f"{rest}. Ended {day_short(detail.ended_on)}" if detail.ended_on else rest
    return custody_word(detail), custody_period(detail)

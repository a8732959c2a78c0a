"""What has been answered so far about somebody to be added: the form of each step, the person it makes, and that in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from orders_app.queries.teams import all_areas
from orders_app.rules.duplicates import Known
from orders_app.rules.identifiers import LABELS, IdentifierKind
from orders_app.services.errors import RuleBroken
from orders_app.services.new_people import NewAddress, NewIdentifier, NewPerson
from orders_app.services.person_checks import check_detail, check_identity, settled
from orders_app.web.fields import refuse
from orders_app.web.filters import day_short
from orders_app.web.people.banner import address_words
from orders_app.web.people.forms import NOT_KNOWN, FirstAddressForm, IdentityForm, NumbersForm, identity_rows
from orders_app.web.session import read_session, today

FORMS: dict[str, type[Any]] = {"identity": IdentityForm, "numbers": NumbersForm, "address": FirstAddressForm}
NOT_KEPT = ("csrf_token", "save", "version")


def typed() -> dict[str, list[str]]:
    """What is being sent, as it is kept in the draft."""
    return {name: values for name, values in request.form.lists() if name not in NOT_KEPT}


def form_of(step: str, answers: Mapping[str, list[str]] | None) -> Any:
    """The form of a step: with what is being sent now, or with answers given before."""
    kept = {} if answers is None else {"formdata": MultiDict([(k, v) for k, values in answers.items() for v in values])}
    form = FORMS[step](**kept)
    if step == "identity":
        form.offer_areas(all_areas(read_session()))
        form.save.label.text = "Continue"
        del form.version  # nothing is stored yet that somebody else could change
    return form


def is_refused(step: str, form: Any) -> bool:
    """Whether the services would refuse what this page asks; each refusal is put beside its box."""
    refusals = _refusals(step, form)
    for place, broken in refusals:
        refuse(form, RuleBroken(place, broken.message, broken.citation))
    return bool(refusals)


def person_of(answers: Mapping[str, Mapping[str, list[str]]]) -> NewPerson:
    """The person that a draft's answers make, numbers and postcodes in canonical form."""
    forms = {step: form_of(step, given) for step, given in answers.items()}
    numbers = forms["numbers"].identifiers() if "numbers" in forms else ()
    addresses = forms["address"].addresses() if "address" in forms else ()
    kept: list[Any] = [settled(detail, today()) for detail in (*numbers, *addresses) if not check_detail(detail, today())]
    return NewPerson(
        forms["identity"].identity(),
        identifiers=tuple(detail for detail in kept if isinstance(detail, NewIdentifier)),
        addresses=tuple(detail for detail in kept if isinstance(detail, NewAddress)),
    )


def known_of(person: NewPerson) -> Known:
    """What is compared of the person with those on file."""
    numbers = frozenset((str(number.kind), number.value) for number in person.identifiers)
    postcodes = frozenset(address.postcode for address in person.addresses if address.postcode)
    return Known(((person.identity.surname, person.identity.forenames),), person.identity.born_on, numbers, postcodes)


def answer_rows(person: NewPerson, token: str) -> list[dict[str, str]]:
    """Every answer in words, with the way back to its page."""
    rows = [row | {"step": "identity"} for row in identity_rows(person.identity, all_areas(read_session()))]
    numbers = ", ".join(f"{LABELS[IdentifierKind(number.kind)]} {number.value}" for number in person.identifiers)
    rows.append({"key": "Numbers", "value": numbers or "None given", "step": "numbers"})
    rows.append({"key": "Home address", "value": ", ".join(_address(a) for a in person.addresses) or NOT_KNOWN, "step": "address"})
    return [row | {"href": url_for("people.new_step", token=token, step=row["step"], to="check")} for row in rows]


def _address(address: NewAddress) -> str:
    since = f", from {day_short(address.from_on)}" if address.from_on else ""
    return address_words(address) + since


def _refusals(step: str, form: Any) -> list[tuple[str, RuleBroken]]:
    on = today()
    if step == "numbers":
        found = [(form.field_of(n), number) for n, number in enumerate(form.identifiers())]
        return [(place, broken) for place, number in found for broken in check_detail(number, on)]
    if step == "address":
        return [(broken.field, broken) for address in form.addresses() for broken in check_detail(address, on)]
    return [(broken.field, broken) for broken in check_identity(form.identity(), on)]

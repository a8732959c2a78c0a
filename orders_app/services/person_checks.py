"""What is wrong with what was typed about a person, and its canonical form where nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from orders_app.rules.addresses import canonical_postcode
from orders_app.rules.identifiers import IdentifierKind, NotAnIdentifier, canonical
from orders_app.rules.people import AddressKind, AliasKind, CustodyKind, MarkerKind, Sex
from orders_app.services.errors import RuleBroken
from orders_app.services.new_people import Identity, NewAddress, NewAlias, NewCustody, NewDetail, NewIdentifier, NewMarker
from orders_app.services.numbers_not_kept import number_refused

FIRST_YEAR = 1900
LENGTHS = {"surname": 100, "forenames": 150, "lines": 300, "source": 100, "text": 200, "place": 100, "notes": 5000}
CALLED = {
    "surname": "Surname", "forenames": "Forenames", "lines": "Address", "source": "Source", "text": "Warning",
    "place": "Place", "notes": "Notes",
    "from_on": "From", "until_on": "Until", "noted_on": "Noted on", "ended_on": "Ended on", "kind": "Kind", "sex": "Sex",
}  # fmt: skip
Broken = list[RuleBroken]


def check_identity(identity: Identity, today: date) -> Broken:
    """Return what is wrong with who somebody is said to be."""
    broken = _too_long(identity, "surname", "forenames", "notes") + _not_listed(identity, "sex", ["", *Sex])
    broken += number_refused("notes", identity.notes)
    if not identity.surname.strip():
        broken.append(RuleBroken("surname", "Enter a surname. If it is not known, enter UNKNOWN"))
    if identity.born_on and identity.born_on > today:
        broken.append(RuleBroken("born_on", "Date of birth is in the future. Enter the day they were born"))
    if identity.born_on and identity.born_on.year < FIRST_YEAR:
        broken.append(RuleBroken("born_on", f"Enter a date of birth in {FIRST_YEAR} or later"))
    return broken


def check_detail(detail: NewDetail, today: date) -> Broken:
    """Return what is wrong with one name, number, address, warning or custody period. `field` is the name of its attribute."""
    return _CHECKS[type(detail)](detail, today)


def settled(detail: NewDetail, today: date) -> NewDetail:
    """Return the detail as it is kept, numbers and postcodes in canonical form. Call it only when check_detail finds nothing."""
    if isinstance(detail, NewIdentifier):
        return replace(detail, value=canonical(IdentifierKind(detail.kind), detail.value, this_year=today.year))
    if isinstance(detail, NewAddress):
        return replace(detail, lines=_tidy_lines(detail.lines), postcode=canonical_postcode(detail.postcode) or "")
    return detail


def _check_alias(alias: NewAlias, _today: date) -> Broken:
    broken = _too_long(alias, "surname", "forenames") + _not_listed(alias, "kind", AliasKind) + _wrong_order(alias, "from_on", "until_on")
    if not (alias.surname.strip() or alias.forenames.strip()):
        broken.append(RuleBroken("surname", "Enter a surname or a forename, or the name used online"))
    return broken


def _check_identifier(identifier: NewIdentifier, today: date) -> Broken:
    broken = _not_listed(identifier, "kind", IdentifierKind)
    if not identifier.value.strip():
        return [*broken, RuleBroken("value", "Enter the number")]
    if broken:
        return broken
    try:
        canonical(IdentifierKind(identifier.kind), identifier.value, this_year=today.year)
    except NotAnIdentifier as fault:
        return [RuleBroken("value", fault.message)]
    return []


def _check_address(address: NewAddress, _today: date) -> Broken:
    broken = (
        _too_long(address, "lines", "source") + _not_listed(address, "kind", AddressKind) + _wrong_order(address, "from_on", "until_on")
    )
    if not address.lines.strip():
        broken.append(RuleBroken("lines", "Enter the address, or No fixed abode"))
    if canonical_postcode(address.postcode) is None:
        broken.append(RuleBroken("postcode", "Enter a full postcode, such as NM3 4RT, or leave it empty"))
    return broken


def _check_marker(marker: NewMarker, today: date) -> Broken:
    broken = _too_long(marker, "text", "source") + _not_listed(marker, "kind", MarkerKind) + _wrong_order(marker, "noted_on", "ended_on")
    if not marker.text.strip():
        broken.append(RuleBroken("text", "Enter what the warning is"))
    if marker.noted_on is None:
        broken.append(RuleBroken("noted_on", "Enter the day the warning was noted"))
    elif marker.noted_on > today:
        broken.append(RuleBroken("noted_on", "The day the warning was noted is in the future. Enter the day it was noted"))
    return broken


def _check_custody(custody: NewCustody, today: date) -> Broken:
    broken = _too_long(custody, "place") + _not_listed(custody, "kind", CustodyKind) + _wrong_order(custody, "from_on", "until_on")
    if custody.from_on is None:
        broken.append(RuleBroken("from_on", "Enter the day custody began"))
    elif custody.from_on > today:
        broken.append(RuleBroken("from_on", "Custody has not begun yet. Enter the day it began"))
    if custody.until_on and custody.until_on > today:
        broken.append(RuleBroken("until_on", "This release has not happened yet. Enter it as the expected release"))
    if custody.licence_until_on and custody.until_on and custody.licence_until_on < custody.until_on:
        broken.append(RuleBroken("licence_until_on", "The licence ends before the release. Check both days"))
    return broken


def _too_long(row: Any, *names: str) -> Broken:
    long = [name for name in names if len(getattr(row, name)) > LENGTHS[name]]
    return [RuleBroken(name, f"{CALLED[name]} must be {LENGTHS[name]:,} characters or fewer") for name in long]


def _not_listed(row: Any, name: str, answers: Iterable[StrEnum | str]) -> Broken:
    return (
        []
        if getattr(row, name) in [str(answer) for answer in answers]
        else [RuleBroken(name, f"{CALLED[name]}: choose one of the answers listed")]
    )


def _wrong_order(row: Any, first: str, last: str) -> Broken:
    begins, ends = getattr(row, first), getattr(row, last)
    if begins and ends and ends < begins:
        return [RuleBroken(last, f"“{CALLED[last]}” is before “{CALLED[first].lower()}”. Check both days")]
    return []


def _tidy_lines(lines: str) -> str:
    return ", ".join(part for part in (" ".join(line.split()).strip(",") for line in lines.splitlines()) if part)


_CHECKS: dict[type, Callable[[Any, date], Broken]] = {
    NewAlias: _check_alias,
    NewIdentifier: _check_identifier,
    NewAddress: _check_address,
    NewMarker: _check_marker,
    NewCustody: _check_custody,
}

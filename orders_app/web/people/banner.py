"""The banner that stands on every page about a person, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for

from orders_app.queries.people import AddressDetails, AliasDetails, CustodyDetails, MarkerDetails, WholePerson
from orders_app.rules.access import Access
from orders_app.rules.identifiers import LABELS, IdentifierKind
from orders_app.rules.people import CUSTODY_WORDS, MARKER_WORDS, AddressKind, AliasKind, CustodyKind, MarkerKind
from orders_app.services.new_people import NewAddress
from orders_app.web.filters import born, day, day_short, person_name, upper_first

ACCESS_TAGS = {Access.RESTRICTED.value: "Restricted", Access.SEALED.value: "Sealed"}
IN_WORDS = {CustodyKind.HOSPITAL: "Detained in hospital", CustodyKind.RECALL: "Recalled"}


def banner_words(person: WholePerson, today: date) -> dict[str, Any]:
    """What the person_banner component shows."""
    return {
        "name": person_name(person.surname, person.forenames),
        "tag": ACCESS_TAGS.get(person.access, ""),
        "href": url_for("people.show", reference=person.reference),
        "born": born(person.born_on, today),
        "ids": [(LABELS[IdentifierKind(i.kind)], i.value) for i in person.identifiers],
        "aliases": [alias_words(alias) for alias in person.aliases],
        "custody": custody_line(person, today),
        "markers": [marker_words(marker) for marker in person.live_markers(today)],
    }


def alias_words(alias: AliasDetails) -> str:
    """Cal Whittaker; Callum James MARSH (to 2009); online: cjw_outrun88."""
    name = " ".join(part for part in (alias.forenames, alias.surname) if part)
    match AliasKind(alias.kind):
        case AliasKind.ONLINE:
            return f"online: {name}"
        case AliasKind.FORMER:
            return f"{name} (until {day_short(alias.until_on)})" if alias.until_on else f"{name} (former name)"
    return name


def marker_words(marker: MarkerDetails) -> tuple[str, str]:
    """The warning, and where it came from and when."""
    kind = MarkerKind(marker.kind)
    warning = upper_first(marker.text) if kind is MarkerKind.OTHER else f"{MARKER_WORDS[kind]}: {marker.text}"
    return warning, ", ".join(part for part in (marker.source, day_short(marker.noted_on)) if part)


def custody_line(person: WholePerson, today: date) -> tuple[str, str]:
    """The word in bold and the rest: in custody since, with release; or at liberty, with licence and address."""
    custody = person.custody_now(today)
    if custody:
        return custody_word(custody), custody_rest(custody)
    licence = person.licence_until(today)
    on_licence = f"On licence to {day(licence)}. " if licence else ""
    return "At liberty.", on_licence + _home(person)


def custody_word(custody: CustodyDetails) -> str:
    """In custody since 3 May 2026."""
    return f"{IN_WORDS.get(CustodyKind(custody.kind), 'In custody')} since {day_short(custody.from_on)}."


def custody_rest(custody: CustodyDetails) -> str:
    """Where and why, and when they are expected out."""
    place = f"{CUSTODY_WORDS[CustodyKind(custody.kind)]}{', ' + custody.place if custody.place else ''}."
    release = f" Release expected {day(custody.expected_release_on)}." if custody.expected_release_on else ""
    return place + release


def address_words(address: AddressDetails | NewAddress) -> str:
    """Flat 6, 212 Foundry Lane, Northmere NM3 4RT."""
    return f"{address.lines} {address.postcode}".strip()


def home_now(person: WholePerson) -> AddressDetails | None:
    """Where they live, as far as it is recorded: of several homes without an end the latest."""
    return next((a for a in person.addresses_by_day() if a.kind == AddressKind.HOME and a.until_on is None), None)


def _home(person: WholePerson) -> str:
    home = home_now(person)
    if home is None:
        return "No home address recorded."
    since = f", from {day_short(home.from_on)}" if home.from_on else ""
    return f"Home: {address_words(home)}{since}"

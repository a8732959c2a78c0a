"""What is typed about a person, from a form or a spreadsheet, before it has rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orders_app.rules.access import Access
from orders_app.rules.identifiers import IdentifierKind
from orders_app.rules.people import AddressKind, AliasKind, CustodyKind, MarkerKind


@dataclass(frozen=True)
class NewAlias:
    """Another name."""

    surname: str = ""
    forenames: str = ""
    kind: str = AliasKind.ALSO_KNOWN_AS
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class NewIdentifier:
    """A number from another system, as typed."""

    kind: str = IdentifierKind.PNC
    value: str = ""


@dataclass(frozen=True)
class NewAddress:
    """Where somebody lives, works or can be found."""

    lines: str = ""
    postcode: str = ""
    kind: str = AddressKind.HOME
    from_on: date | None = None
    until_on: date | None = None
    source: str = ""
    is_notified: bool = False


@dataclass(frozen=True)
class NewMarker:
    """A warning to whoever meets the person."""

    text: str = ""
    noted_on: date | None = None
    kind: str = MarkerKind.OTHER
    source: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class NewCustody:
    """Time not at liberty."""

    from_on: date | None = None
    kind: str = CustodyKind.SENTENCE
    place: str = ""
    until_on: date | None = None
    expected_release_on: date | None = None
    licence_until_on: date | None = None


NewDetail = NewAlias | NewIdentifier | NewAddress | NewMarker | NewCustody


@dataclass(frozen=True)
class Identity:
    """Who somebody is: what the first page of a person asks, and what *Change details* changes."""

    surname: str = ""
    forenames: str = ""
    born_on: date | None = None
    sex: str = ""
    area_id: int | None = None
    notes: str = ""


@dataclass(frozen=True)
class NewPerson:
    """Everything about one person as first recorded. `source_key` is the key of the sheet they were imported from."""

    identity: Identity
    aliases: tuple[NewAlias, ...] = ()
    identifiers: tuple[NewIdentifier, ...] = ()
    addresses: tuple[NewAddress, ...] = ()
    markers: tuple[NewMarker, ...] = ()
    custody: tuple[NewCustody, ...] = ()
    access: Access = Access.OPEN
    source_key: str | None = None

    @property
    def details(self) -> tuple[NewDetail, ...]:
        """Every name, number, address, warning and custody period."""
        return (*self.aliases, *self.identifiers, *self.addresses, *self.markers, *self.custody)

"""People whole: everything a banner, a page or a form shows of them, in one statement for any number of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from orders_app.models import Address, Alias, CustodyPeriod, Identifier, Marker, Person
from orders_app.queries.visibility import Viewer, person_known_of, person_visible


@dataclass(frozen=True)
class AliasDetails:
    """Another name."""

    id: int
    kind: str
    surname: str
    forenames: str
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class IdentifierDetails:
    """A number from another system, in canonical form."""

    id: int
    kind: str
    value: str


@dataclass(frozen=True)
class AddressDetails:
    """Where somebody lives, works or can be found."""

    id: int
    kind: str
    lines: str
    postcode: str
    source: str
    is_notified: bool
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class MarkerDetails:
    """A warning, where it came from and when."""

    id: int
    kind: str
    text: str
    source: str
    noted_on: date
    ended_on: date | None


@dataclass(frozen=True)
class CustodyDetails:
    """Time not at liberty."""

    id: int
    kind: str
    place: str
    from_on: date
    until_on: date | None
    expected_release_on: date | None
    licence_until_on: date | None


@dataclass(frozen=True)
class WholePerson:
    """A person with names, numbers, addresses, warnings and custody, each list as recorded. `version` counts every change."""

    id: int
    reference: str
    surname: str
    forenames: str
    born_on: date | None
    sex: str
    access: str
    notes: str
    area_id: int | None
    version: int
    aliases: tuple[AliasDetails, ...] = ()
    identifiers: tuple[IdentifierDetails, ...] = ()
    addresses: tuple[AddressDetails, ...] = ()
    markers: tuple[MarkerDetails, ...] = ()
    custody: tuple[CustodyDetails, ...] = ()

    def live_markers(self, today: date) -> tuple[MarkerDetails, ...]:
        """The warnings that stand today, newest first."""
        live = (m for m in self.markers if m.ended_on is None or m.ended_on > today)
        return tuple(sorted(live, key=lambda m: (m.noted_on, m.id), reverse=True))

    def custody_now(self, today: date) -> CustodyDetails | None:
        """The period of custody that has begun and not ended, or None."""
        running = [c for c in self.custody if c.from_on <= today and (c.until_on is None or c.until_on > today)]
        return max(running, key=lambda c: (c.from_on, c.id), default=None)

    def licence_until(self, today: date) -> date | None:
        """The last day of a licence that runs today, or None."""
        ends = [c.licence_until_on for c in self.custody if c.until_on and c.until_on <= today and c.licence_until_on]
        return max((day for day in ends if day >= today), default=None)

    def addresses_by_day(self) -> tuple[AddressDetails, ...]:
        """Addresses, those still current first, then the latest."""

        def place(address: AddressDetails) -> tuple[bool, date, date, int]:
            return (address.until_on is None, address.until_on or date.min, address.from_on or date.min, address.id)

        return tuple(sorted(self.addresses, key=place, reverse=True))


def find_person(session: Session, viewer: Viewer, reference: str) -> WholePerson | None:
    """Return the person with this reference, or None if there is none that the viewer may open. One statement."""
    found = _load(session, Person.reference == reference.strip().upper(), person_visible(viewer))
    return next(iter(found.values()), None)


def people_with_keys(session: Session, viewer: Viewer, person_ids: Collection[int]) -> dict[int, WholePerson]:
    """Return those of these people that the viewer may open, by key. One statement."""
    return _load(session, Person.id.in_(person_ids), person_visible(viewer))


def is_known_of(session: Session, viewer: Viewer, reference: str) -> bool:
    """Whether there is a restricted person of this reference that the viewer may know of but not open. One statement."""
    known = select(Person.id).where(Person.reference == reference.strip().upper(), person_known_of(viewer))
    return session.scalar(known) is not None


_TEXTS, _DAYS, _NUMBERS = 6, 4, 2


def _load(session: Session, *conditions: ColumnElement[bool]) -> dict[int, WholePerson]:
    wanted = select(Person.id).where(*conditions)
    parts = (
        _part("person", Person.id, Person.id, [Person.reference, Person.surname, Person.forenames, Person.sex, Person.access, Person.notes],
              [Person.born_on], [Person.version, Person.area_id]),
        _part("alias", Alias.person_id, Alias.id, [Alias.kind, Alias.surname, Alias.forenames], [Alias.from_on, Alias.until_on]),
        _part("identifier", Identifier.person_id, Identifier.id, [Identifier.kind, Identifier.value]),
        _part("address", Address.person_id, Address.id, [Address.kind, Address.lines, Address.postcode, Address.source],
              [Address.from_on, Address.until_on], [cast(Address.is_notified, Integer)]),
        _part("marker", Marker.person_id, Marker.id, [Marker.kind, Marker.text, Marker.source], [Marker.noted_on, Marker.ended_on]),
        _part("custody", CustodyPeriod.person_id, CustodyPeriod.id, [CustodyPeriod.kind, CustodyPeriod.place],
              [CustodyPeriod.from_on, CustodyPeriod.until_on, CustodyPeriod.expected_release_on, CustodyPeriod.licence_until_on]),
    )  # fmt: skip
    everything = union_all(*(part.where(key.in_(wanted)) for part, key in parts)).subquery()
    grouped: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(select(everything).order_by(everything.c.id)):
        grouped[row.person_id][row.part].append(row)
    return {person_id: _whole(rows) for person_id, rows in grouped.items()}


def _part(
    name: str, person_key: Any, key: Any, texts: list[Any], days: list[Any] | None = None, numbers: list[Any] | None = None
) -> tuple[Select[Any], Any]:
    columns = [literal(name).label("part"), person_key.label("person_id"), key.label("id")]
    columns += [_or_null(texts, n, String).label(f"t{n}") for n in range(_TEXTS)]
    columns += [_or_null(days or [], n, Date).label(f"d{n}") for n in range(_DAYS)]
    columns += [_or_null(numbers or [], n, Integer).label(f"n{n}") for n in range(_NUMBERS)]
    return select(*columns), person_key


def _or_null(columns: list[Any], n: int, kind: Any) -> Any:
    return columns[n] if n < len(columns) else cast(null(), kind)


def _whole(rows: Mapping[str, list[Any]]) -> WholePerson:
    (person,) = rows["person"]
    return WholePerson(
        person.id, person.t0, person.t1, person.t2, person.d0, person.t3, person.t4, person.t5, person.n1, person.n0,
        aliases=tuple(AliasDetails(r.id, r.t0, r.t1, r.t2, r.d0, r.d1) for r in rows.get("alias", ())),
        identifiers=tuple(IdentifierDetails(r.id, r.t0, r.t1) for r in rows.get("identifier", ())),
        addresses=tuple(AddressDetails(r.id, r.t0, r.t1, r.t2, r.t3, bool(r.n0), r.d0, r.d1) for r in rows.get("address", ())),
        markers=tuple(MarkerDetails(r.id, r.t0, r.t1, r.t2, r.d0, r.d1) for r in rows.get("marker", ())),
        custody=tuple(CustodyDetails(r.id, r.t0, r.t1, r.d0, r.d1, r.d2, r.d3) for r in rows.get("custody", ())),
    )  # fmt: skip

"""Record people and change what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from orders_app.models import AccessGrant, Address, Alias, CustodyPeriod, Identifier, Marker, Person
from orders_app.queries.visibility import person_visible
from orders_app.rules.access import Access
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.new_people import Identity, NewAddress, NewAlias, NewCustody, NewDetail, NewIdentifier, NewMarker, NewPerson
from orders_app.services.person_checks import check_detail, check_identity, settled
from orders_app.services.person_index import index_people
from orders_app.services.references import next_person_references
from orders_app.services.registered_people import follow_person
from orders_app.services.work import Work

TABLES: dict[type, Any] = {NewAlias: Alias, NewIdentifier: Identifier, NewAddress: Address, NewMarker: Marker, NewCustody: CustodyPeriod}
NAMES = {NewAlias: "aliases", NewIdentifier: "identifiers", NewAddress: "addresses", NewMarker: "markers", NewCustody: "custody"}
AT_ONCE = 500


def check_person(work: Work, new: NewPerson) -> list[RuleBroken]:
    """Return everything wrong with a person before it is saved; `field` is as in Identity, or like "addresses.0.postcode"."""
    broken = check_identity(new.identity, work.today)
    for name in NAMES.values():
        for n, detail in enumerate(getattr(new, name)):
            broken += [RuleBroken(f"{name}.{n}.{p.field}", p.message, p.citation) for p in check_detail(detail, work.today)]
    return broken


def record_person(work: Work, new: NewPerson) -> Person:
    """Record one person and return it with its reference. Raises RulesBroken."""
    broken = check_person(work, new)
    if broken:
        raise RulesBroken(tuple(broken))
    (person,) = record_people(work, [new])
    return person


def record_people(work: Work, news: Sequence[NewPerson]) -> list[Person]:
    """Record many people, already checked with check_person, and return them in the same order."""
    people: list[Person] = []
    for first in range(0, len(news), AT_ONCE):
        some = news[first : first + AT_ONCE]
        rows = [_person(work, new, ref) for new, ref in zip(some, next_person_references(work, len(some)), strict=True)]
        work.session.add_all(rows)
        work.session.flush()
        for row, new in zip(rows, some, strict=True):
            work.session.add_all(_detail(work, row.id, detail) for detail in new.details)
        _name_who_recorded(work, rows)
        index_people(work, [row.id for row in rows])
        people += rows
    return people


def change_identity(work: Work, *, reference: str, version: int, identity: Identity) -> Person:
    """Change who somebody is said to be. Raises RulesBroken, NotFound, ChangedMeanwhile."""
    person = person_to_change(work, reference, version)
    broken = check_identity(identity, work.today)
    if broken:
        raise RulesBroken(tuple(broken))
    for name, value in _identity(identity).items():
        setattr(person, name, value)
    touch(work, person)
    index_people(work, [person.id])
    follow_person(work, person.id)
    return person


def person_to_change(work: Work, reference: str, version: int | None = None) -> Person:
    """Return the person's row if the actor may see it. Raises NotFound, and ChangedMeanwhile for a version that is not the stored one."""
    wanted = select(Person).where(Person.reference == reference, person_visible(work.actor.viewer))
    person = work.session.scalar(wanted.with_for_update())
    if person is None:
        raise NotFound(reference)
    if version is not None and person.version != version:
        raise ChangedMeanwhile(reference)
    return person


def touch(work: Work, person: Person) -> None:
    """Count a change to anything of the person as a new version of the person."""
    person.changed_at = work.now
    flag_modified(person, "changed_at")


def _person(work: Work, new: NewPerson, reference: str) -> Person:
    return Person(
        reference=reference,
        access=new.access,
        source_key=new.source_key,
        created_at=work.now,
        changed_at=work.now,
        **_identity(new.identity),
    )


def _identity(identity: Identity) -> dict[str, Any]:
    values = asdict(identity)
    return values | {name: " ".join(values[name].split()) for name in ("surname", "forenames")}


def _detail(work: Work, person_id: int, detail: NewDetail) -> Any:
    return TABLES[type(detail)](person_id=person_id, **asdict(settled(detail, work.today)))


def _name_who_recorded(work: Work, people: Iterable[Person]) -> None:
    """Whoever records a person not open to all is named on it, or nobody could open it again."""
    if work.actor.id is None:
        return
    closed = [person for person in people if person.access != Access.OPEN]
    work.session.add_all(
        AccessGrant(person_id=p.id, user_id=work.actor.id, granted_at=work.now, granted_by_id=work.actor.id, reason="Recorded this person")
        for p in closed
    )

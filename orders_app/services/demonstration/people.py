"""Six thousand invented people: subjects, the people orders protect, and 800 registered sex offenders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from orders_app.models import Address, Alias, CustodyPeriod, Identifier, Marker, Person
from orders_app.rules.people import MarkerKind
from orders_app.services.demonstration.names import AREAS, MEN, PRISONS, STREETS, SURNAMES, WOMEN
from orders_app.services.demonstration.staff import Staff
from orders_app.services.person_index import index_people
from orders_app.services.references import next_person_references
from orders_app.services.work import Work

HOW_MANY = 6_000
REGISTERED = 800
IN_CUSTODY = 200
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
WARNINGS = (
    (MarkerKind.WEAPONS, "carries a knife"),
    (MarkerKind.VIOLENT, "to police"),
    (MarkerKind.SELF_HARM, "when arrested"),
    (MarkerKind.DRUGS, "may conceal"),
    (MarkerKind.OTHER, "Dogs at the address"),
    (MarkerKind.OTHER, "Epilepsy"),
)
REGISTERED_SEX_OFFENDER = "Registered sex offender"


@dataclass(frozen=True)
class People:
    """Everybody, and who plays which part. No one is in two lists."""

    subjects: list[Person]
    partners: list[Person]
    registered: list[Person]


def add_people(work: Work, rng: Random, staff: Staff) -> People:
    """Add the people and what is held about them, in one piece."""
    references = next_person_references(work, HOW_MANY)
    people = [_person(work, rng, staff, reference) for reference in references]
    people = [*people[:REGISTERED], *sorted(people[REGISTERED:], key=lambda person: person.sex != "male")]
    registered = people[:REGISTERED]
    names = Random(REGISTERED)  # of its own, so that the rest of the force stays as it is
    for person in registered:
        _set_sex(person, "male" if rng.random() < 0.97 else "female", names)
    for number, person in enumerate(registered):
        _register(work, rng, person, number)
    work.session.add_all(people)
    index_people(work, [person.id for person in _flushed(work, people)])
    men = [person for person in people[REGISTERED:] if person.sex == "male"]
    women = [person for person in people[REGISTERED:] if person.sex == "female"]
    return People(subjects=men, partners=women, registered=registered)


def _flushed(work: Work, people: list[Person]) -> list[Person]:
    work.session.flush()
    return people


def _person(work: Work, rng: Random, staff: Staff, reference: str) -> Person:
    sex = rng.choice(("male", "female"))
    surname = rng.choice(SURNAMES) if rng.random() > 0.04 else f"{rng.choice(SURNAMES)}-{rng.choice(SURNAMES)}"
    first = rng.choice(MEN if sex == "male" else WOMEN)
    second = f" {rng.choice(MEN if sex == 'male' else WOMEN)}" if rng.random() < 0.35 else ""
    area_code, area_name, postcode = rng.choice(AREAS)
    person = Person(
        reference=reference, surname=surname, forenames=first + second, born_on=_birthday(rng, work.today), sex=sex,
        area_id=staff.areas[area_code].id, created_at=work.now, changed_at=work.now,
    )  # fmt: skip
    person.identifiers = [Identifier(kind="pnc", value=_pnc(rng, work.today))] if sex == "male" or rng.random() < 0.3 else []
    person.addresses = [_address(rng, work.today, area_name, postcode)]
    person.aliases = [Alias(kind="also_known_as", surname=rng.choice(SURNAMES), forenames=first)] if rng.random() < 0.12 else []
    person.markers = [_marker(rng, work.today)] if sex == "male" and rng.random() < 0.15 else []
    return person


def _set_sex(person: Person, sex: str, names: Random) -> None:
    """Make somebody a man or a woman, with a name to go with it."""
    if person.sex != sex:
        person.sex, person.forenames = sex, names.choice(MEN if sex == "male" else WOMEN)
    for alias in person.aliases:
        alias.forenames = person.forenames.split()[0]


def _birthday(rng: Random, today: date) -> date:
    return today - timedelta(days=rng.randrange(22 * 366, 74 * 365))


def _pnc(rng: Random, today: date) -> str:
    year, serial = rng.randrange(1990, today.year), rng.randrange(1, 9_999_999)
    return f"{year}/{serial:07}{PNC_LETTERS[int(f'{year % 100:02}{serial:07}') % 23]}"


def _address(rng: Random, today: date, area: str, postcode: str) -> Address:
    lines = f"{rng.randrange(1, 260)} {rng.choice(STREETS)}, {area}"
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    since = today - timedelta(days=rng.randrange(60, 4000))
    return Address(
        kind="home", lines=lines, postcode=f"{postcode} {rng.randrange(1, 9)}{rng.choice(letters)}{rng.choice(letters)}",
        from_on=since, source="Police systems", is_notified=False,
    )  # fmt: skip


def _marker(rng: Random, today: date) -> Marker:
    kind, text = rng.choice(WARNINGS)
    return Marker(kind=kind.value, text=text, source="PNC", noted_on=today - timedelta(days=rng.randrange(30, 2000)))


def _registered(since: date) -> Marker:
    return Marker(kind=MarkerKind.OTHER.value, text=REGISTERED_SEX_OFFENDER, source="ViSOR", noted_on=since)


def _register(work: Work, rng: Random, person: Person, number: int) -> None:
    since = work.today - timedelta(days=rng.randrange(200, 5000))
    person.identifiers = [*person.identifiers, Identifier(kind="visor", value=f"{40_000_000 + number * 37}")]
    person.markers = [*person.markers, _registered(since)]
    if number < IN_CUSTODY:
        release = work.today + timedelta(days=rng.randrange(10, 1500))
        inside = CustodyPeriod(kind="sentence", place=rng.choice(PRISONS), from_on=since, expected_release_on=release)
        person.custody_periods = [inside]

"""The people sheet: who is on file already, who is new, and who might be somebody on file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from orders_app.models import Person
from orders_app.queries import imports as queries
from orders_app.queries.imports import PersonOnFile
from orders_app.queries.people import WholePerson, people_with_keys
from orders_app.rules.identifiers import IdentifierKind
from orders_app.rules.spreadsheets.named_people import NamedPerson
from orders_app.services.imports.finding import NUMBERS, NotFoundOnFile, PeopleOnFile
from orders_app.services.imports.people_compared import as_typed, differing_columns
from orders_app.services.imports.places import Places
from orders_app.services.imports.tables import Row, Table
from orders_app.services.new_people import Identity, NewAddress, NewAlias, NewIdentifier, NewPerson
from orders_app.services.people import check_person, record_people
from orders_app.services.work import Work

AT_ONCE = 500
SAYS_NEW = "new"
COLUMN_OF = {"aliases": "aliases", "addresses.lines": "address", "addresses.postcode": "postcode", "addresses.from_on": "lives_there_from"}
TWICE = {
    False: "Row {} has this too. Keep one row for each person",
    True: "Row {} has the same name and date of birth. Keep one row for each person. If this is somebody else, enter 'new' under Match",
}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class PersonRow:
    """One row of the sheet, and the person it describes."""

    row: Row
    new: NewPerson
    who: NamedPerson
    match: str = ""


@dataclass
class Sorted:
    """What is to be done with the rows: recorded as new people; a key given to somebody found by a number; nothing."""

    new: list[PersonRow]
    to_key: list[tuple[PersonRow, PersonOnFile]]
    counts: Counter[str]


def import_people(work: Work, table: Table, people: PeopleOnFile, progress: Progress) -> tuple[Counter[str], list[Person]]:
    """Check every row, record those that are new, and return the counts and the new people. Problems go to the table.

    `people` is left knowing whom the rows mean, for the sheets that point at them.
    """
    rows = [_read(table, row, places) for places in [Places.of(work)] for row in table.rows]
    for person_row in rows:
        _check(work, table, person_row)
    _refuse_repeated(table, rows)
    people.look_up(person_row.who for person_row in rows)
    people.look_up(NamedPerson(reference=person_row.match) for person_row in rows if person_row.match not in ("", SAYS_NEW))
    sorted_rows = _sort(work, table, [r for r in rows if r.row.number not in table.bad], people)
    for spoilt in [*(_who(row) for row in table.spoilt), *(r.who for r in rows if r.row.number in table.bad)]:
        people.excuse(spoilt)
    recorded = _record(work, sorted_rows, people, progress)
    return sorted_rows.counts, recorded


def _read(table: Table, row: Row, places: Places) -> PersonRow:
    area_id = places.area(table, row)
    identity = Identity(
        row.get("surname", ""), row.get("forenames", ""), row.get("born_on"), row.get("sex", ""), area_id, row.get("notes", "")
    )
    address = NewAddress(lines=row.get("address", ""), postcode=row.get("postcode", ""), from_on=row.get("lives_there_from"))
    new = NewPerson(
        identity=identity,
        aliases=tuple(_alias(line) for line in row.get("aliases", ())),
        identifiers=tuple(NewIdentifier(kind, row.get(kind)) for kind in NUMBERS if row.get(kind)),
        addresses=(address,) if address.lines or address.postcode or address.from_on else (),
        source_key=row.get("source_key"),
    )
    return PersonRow(row, new, _who(row), _match(table, row))


def _who(row: Row) -> NamedPerson:
    numbers = {kind: row.get(kind, "") for kind in NUMBERS}
    return NamedPerson(
        key=row.get("source_key", ""),
        pnc=numbers[IdentifierKind.PNC],
        cro=numbers[IdentifierKind.CRO],
        visor=numbers[IdentifierKind.VISOR],
        surname=row.get("surname", ""),
        forenames=row.get("forenames", ""),
        born_on=row.get("born_on"),
    )


def _alias(line: str) -> NewAlias:
    surname, _, forenames = line.partition(",")
    return NewAlias(surname=surname.strip(), forenames=forenames.strip())


def _match(table: Table, row: Row) -> str:
    typed = str(row.get("match", "")).strip()
    if typed.casefold() == SAYS_NEW:
        if not row.get("source_key"):
            message = "To say that this is somebody new, give the row your own key too: without it the same row would be added twice"
            table.refuse(row.number, "match", message)
        return SAYS_NEW
    return typed.upper()


def _check(work: Work, table: Table, person_row: PersonRow) -> None:
    for broken in check_person(work, person_row.new):
        table.refuse(person_row.row.number, _column(broken.field, person_row.new), broken.message, broken.citation)


def _column(field: str, new: NewPerson) -> str:
    """The column that a field of NewPerson came from."""
    part, _, rest = field.partition(".")
    number, _, name = rest.partition(".")
    if part == "identifiers":
        return new.identifiers[int(number)].kind
    return COLUMN_OF.get(f"{part}.{name}", COLUMN_OF.get(part, part))


def _refuse_repeated(table: Table, rows: Iterable[PersonRow]) -> None:
    """A key or a number belongs to one row; the same name and date of birth twice is asked about."""
    first: dict[tuple[str, str], int] = {}
    for person_row in rows:
        for column, value in _belongings(person_row):
            earlier = first.setdefault((column, value), person_row.row.number)
            if earlier != person_row.row.number:
                table.refuse(person_row.row.number, column, TWICE[column == "surname"].format(earlier))


def _belongings(person_row: PersonRow) -> Iterable[tuple[str, str]]:
    who = person_row.who
    given = [("source_key", who.key), *((kind, getattr(who, kind)) for kind in NUMBERS)]
    yield from ((column, value.casefold()) for column, value in given if value)
    if who.born_on and person_row.match != SAYS_NEW:
        yield "surname", f"{who.surname.casefold()} {who.forenames.casefold()} {who.born_on}"


def _sort(work: Work, table: Table, rows: Sequence[PersonRow], people: PeopleOnFile) -> Sorted:
    done = Sorted([], [], Counter())
    keyed: list[tuple[PersonRow, PersonOnFile]] = []
    for person_row in rows:
        try:
            _sort_one(person_row, people, done, keyed)
        except NotFoundOnFile as problem:
            column = "source_key" if problem.column == "person" else problem.column
            table.refuse(person_row.row.number, column, problem.message)
    _compare(work, table, keyed, done)
    return done


def _sort_one(person_row: PersonRow, people: PeopleOnFile, done: Sorted, keyed: list[tuple[PersonRow, PersonOnFile]]) -> None:
    by_key = people.by_key.get(person_row.who.key)
    on_file = people.whoever(person_row.who)
    if by_key and on_file:
        keyed.append((person_row, on_file))
    elif person_row.match not in ("", SAYS_NEW):
        _use(person_row, people.the_person(NamedPerson(reference=person_row.match)), done)
    elif on_file:
        _use(person_row, on_file, done)
    else:
        _new_or_like(person_row, people, done, keyed)


def _new_or_like(person_row: PersonRow, people: PeopleOnFile, done: Sorted, keyed: list[tuple[PersonRow, PersonOnFile]]) -> None:
    """Nobody has the row's key or numbers: new, unless somebody on file has the same name and date of birth."""
    who = person_row.who
    like = people.like(who.surname, who.forenames, who.born_on) if person_row.match != SAYS_NEW else []
    if not like:
        done.new.append(person_row)
        done.counts["new"] += 1
    elif len(like) == 1 and not who.key:
        keyed.append((person_row, like[0]))
    else:
        raise NotFoundOnFile("match", _ask(like))


def _ask(like: Sequence[PersonOnFile]) -> str:
    references = " or ".join(person.reference for person in like)
    return f"{references} has the same name and date of birth. Enter {references} here if that is who is meant, or 'new' if it is not"


def _use(person_row: PersonRow, person: PersonOnFile, done: Sorted) -> None:
    done.counts["used"] += 1
    if person_row.who.key and person.source_key != person_row.who.key:
        done.to_key.append((person_row, person))


def _compare(work: Work, table: Table, keyed: Sequence[tuple[PersonRow, PersonOnFile]], done: Sorted) -> None:
    """A row that is on file must say what the file says, where it says anything: an import never overwrites."""
    for first in range(0, len(keyed), AT_ONCE):
        some = keyed[first : first + AT_ONCE]
        whole: Mapping[int, WholePerson] = people_with_keys(work.session, work.actor.viewer, [person.id for _, person in some])
        for person_row, person in some:
            columns = differing_columns(as_typed(person_row.new, work.today), whole[person.id])
            if not columns:
                done.counts["unchanged"] += 1
            elif person_row.who.key:
                _refuse_difference(table, person_row, person, columns)
            else:
                table.refuse(person_row.row.number, "match", _ask([person]))


def _refuse_difference(table: Table, person_row: PersonRow, person: PersonOnFile, columns: Sequence[str]) -> None:
    for column in columns:
        message = (
            f"This is not what {person.reference} has on file. An import never overwrites: change it on the person’s page, or in the sheet"
        )
        table.refuse(person_row.row.number, column, message)


def _record(work: Work, rows: Sorted, people: PeopleOnFile, progress: Progress) -> list[Person]:
    recorded: list[Person] = []
    for first in range(0, len(rows.new), AT_ONCE):
        some = rows.new[first : first + AT_ONCE]
        recorded += record_people(work, [person_row.new for person_row in some])
        progress(len(some))
    _give_keys(work, rows.to_key, people)
    people.forget()
    return recorded


def _give_keys(work: Work, to_key: Sequence[tuple[PersonRow, PersonOnFile]], people: PeopleOnFile) -> None:
    """Somebody found by a number takes the sheet's key if they have none, and answers to it in this file in any case."""
    free = {person.id: person_row.who.key for person_row, person in to_key if person.source_key is None}
    for row in queries.people_rows(work.session, list(free)):
        row.source_key = free[row.id]
        row.changed_at = work.now
    work.session.flush()
    for person_row, person in to_key:
        people.answers_to(person_row.who.key, replace(person, source_key=person_row.who.key))

"""Whom a row means: everybody a file names is looked up at once, then found in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from orders_app.queries import imports as queries
from orders_app.queries.imports import PersonOnFile
from orders_app.rules.identifiers import LABELS, IdentifierKind, NotAnIdentifier, canonical, letter_fault, possible_readings
from orders_app.rules.names import words
from orders_app.rules.spreadsheets.named_people import HOW_TO_NAME, NamedPerson
from orders_app.rules.wording import plain_day_words
from orders_app.services.work import Work

NUMBERS = (IdentifierKind.PNC, IdentifierKind.CRO, IdentifierKind.VISOR)
RESTRICTED = "This person is restricted. Ask the owner of the record to do it"


class NotFoundOnFile(LookupError):
    """The person meant is not on file, or several might be meant. `column` is where that was said."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


@dataclass
class PeopleOnFile:
    """Everybody a file might mean. `excused` are ways of naming people whose own rows have problems."""

    work: Work
    by_key: dict[str, list[PersonOnFile]] = field(default_factory=lambda: defaultdict(list))
    by_reference: dict[str, list[PersonOnFile]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[tuple[str, str], list[PersonOnFile]] = field(default_factory=lambda: defaultdict(list))
    by_birth: dict[date, list[PersonOnFile]] = field(default_factory=lambda: defaultdict(list))
    excused: set[object] = field(default_factory=set)

    def excuse(self, who: NamedPerson) -> None:
        """Remember somebody whose own row has problems, so that the rows that mean them are not blamed for it."""
        self.excused.update(_ways_of_naming(who))

    def is_excused(self, who: NamedPerson) -> bool:
        """Whether a row means somebody whose own row has problems."""
        return any(way in self.excused for way in _ways_of_naming(who))

    def look_up(self, named: Iterable[NamedPerson]) -> None:
        """Load everybody that these might mean."""
        named = list(named)
        session, viewer = self.work.session, self.work.actor.viewer
        keys = {who.key for who in named if who.key}
        numbers = {number for who in named for number in self._numbers(who)}
        numbers |= {number for key in keys for number in self._readings(key)}
        for person in queries.people_by_source_key(session, viewer, keys - self.by_key.keys()):
            self.by_key[str(person.source_key)].append(person)
        for person in queries.people_by_reference(session, viewer, {who.reference for who in named if who.reference}):
            self.by_reference[person.reference].append(person)
        for number, person in queries.people_by_number(session, viewer, numbers):
            self.by_number[number].append(person)
        for person in queries.people_born_on(session, viewer, {who.born_on for who in named if who.born_on}):
            self.by_birth[person.born_on or date.min].append(person)

    def the_person(self, who: NamedPerson) -> PersonOnFile:
        """Return the one person meant. Raises NotFoundOnFile, naming the column; for one who may not be known of too."""
        sure = [(column, found) for column, found in self._sure(who) if found is not None]
        if not sure:
            return self._by_name(who)
        people = [self._only(column, found) for column, found in sure]
        column, person = sure[0][0], people[0]
        if any(other.id != person.id for other in people):
            raise NotFoundOnFile(column, "The columns that say who it is mean different people. Check each of them")
        if contradicts(who, person):
            raise NotFoundOnFile(
                column, f"This is {person.reference}, who has another name and another date of birth. Check the number and the name"
            )
        return person

    def whoever(self, who: NamedPerson) -> PersonOnFile | None:
        """Return who on file has the key or a number of a row, or None where nobody has. Raises NotFoundOnFile as `the_person` does."""
        known = [("source_key", self.by_key.get(who.key)), *((kind, self.by_number.get(self._number(who, kind))) for kind in NUMBERS)]
        people = [(column, self._only(column, found)) for column, found in known if found]
        if not people:
            return None
        column, person = people[0]
        for other_column, other in people[1:]:
            if other.id != person.id:
                raise NotFoundOnFile(
                    other_column, f"This is {other.reference}'s, and another column of the row is {person.reference}'s. Check both"
                )
        if contradicts(who, person):
            raise NotFoundOnFile(
                column, f"This is {person.reference}, who has another name and another date of birth. Check the number and the name"
            )
        return person

    def answers_to(self, key: str, person: PersonOnFile) -> None:
        """Let somebody be found by a key of this file."""
        self.by_key[key] = [person]

    def forget(self) -> None:
        """Look everybody up anew next time: people were recorded."""
        for table in (self.by_reference, self.by_number, self.by_birth):
            table.clear()

    def like(self, surname: str, forenames: str, born_on: date | None) -> list[PersonOnFile]:
        """Return those on file with this name and date of birth."""
        return [person for person in self.by_birth.get(born_on, ()) if is_same_name(person, surname, forenames)] if born_on else []

    def _sure(self, who: NamedPerson) -> Iterable[tuple[str, list[PersonOnFile] | None]]:
        if who.reference:
            yield "person", self._some("person", self.by_reference.get(who.reference), f"Nobody on file has the reference {who.reference}")
        if who.key:
            yield "person", self._some("person", self._by_key_or_number(who.key), self._no_such_key(who.key))
        for kind in NUMBERS:
            typed = getattr(who, kind)
            if typed:
                number = (kind, self._canonical(kind, typed))
                yield kind, self._some(kind, self.by_number.get(number), f"Nobody on file has the {LABELS[kind]} number {number[1]}")

    def _by_name(self, who: NamedPerson) -> PersonOnFile:
        column = "surname" if who.surname else "person"
        if not (who.surname and who.born_on):
            raise NotFoundOnFile(column, f"This does not say who it is. {HOW_TO_NAME}")
        people = self.like(who.surname, who.forenames, who.born_on)
        born = plain_day_words(who.born_on)
        if not people:
            raise NotFoundOnFile(
                column,
                f"Nobody on file is called {_called(who)}, born {born}. Add them to the people sheet, or check the name and the date",
            )
        if len(people) > 1:
            raise NotFoundOnFile(
                column, f"{len(people)} people on file are called {_called(who)}, born {born}. Say which, by your own key or a number"
            )
        return people[0]

    def _only(self, column: str, found: list[PersonOnFile]) -> PersonOnFile:
        people = {person.id: person for person in found}
        may_open = [person for person in people.values() if person.may_open]
        if not may_open:
            raise NotFoundOnFile(column, RESTRICTED)
        if len(may_open) > 1:
            references = ", ".join(person.reference for person in may_open)
            raise NotFoundOnFile(column, f"Several people on file have this: {references}. Use one of these references")
        return may_open[0]

    def _some(self, column: str, found: list[PersonOnFile] | None, message: str) -> list[PersonOnFile]:
        if not found:
            raise NotFoundOnFile(column, f"{message}. Add them to the people sheet, or check what is typed here")
        return found

    def _by_key_or_number(self, key: str) -> list[PersonOnFile]:
        found = self.by_key.get(key)
        return found or [person for number in self._readings(key) for person in self.by_number.get(number, ())]

    def _no_such_key(self, key: str) -> str:
        return letter_fault(key, this_year=self.work.today.year) or f"Nobody on file has the key '{key}'"

    def _readings(self, key: str) -> list[tuple[str, str]]:
        readings = possible_readings(key, this_year=self.work.today.year)
        return [(kind, value) for kind, value in readings if kind in (IdentifierKind.PNC, IdentifierKind.CRO)]

    def _numbers(self, who: NamedPerson) -> Iterable[tuple[str, str]]:
        for kind in NUMBERS:
            if getattr(who, kind):
                try:
                    yield kind, self._canonical(kind, getattr(who, kind))
                except NotFoundOnFile:
                    continue

    def _number(self, who: NamedPerson, kind: IdentifierKind) -> tuple[str, str]:
        typed = getattr(who, kind)
        return (kind, self._canonical(kind, typed)) if typed else (kind, "")

    def _canonical(self, kind: IdentifierKind, typed: str) -> str:
        try:
            return canonical(kind, typed, this_year=self.work.today.year)
        except NotAnIdentifier as fault:
            raise NotFoundOnFile(kind, fault.message) from None


def is_same_name(person: PersonOnFile, surname: str, forenames: str) -> bool:
    """Whether a name means this person: the same surname, the same first forename, and no forename that they do not have."""
    typed, known = words(forenames), words(person.forenames)
    return words(surname) == words(person.surname) and typed[:1] == known[:1] and set(typed) <= set(known)


def contradicts(who: NamedPerson, person: PersonOnFile) -> bool:
    """Whether both the surname and the date of birth that a row gives are another person's."""
    other_birth = bool(who.born_on and person.born_on and who.born_on != person.born_on)
    return other_birth and bool(who.surname) and words(who.surname) != words(person.surname)


def _ways_of_naming(who: NamedPerson) -> Iterable[object]:
    for kind in ("key", *NUMBERS):
        if getattr(who, kind):
            yield "".join(getattr(who, kind).split()).casefold()
    if who.surname and who.born_on:
        yield words(who.surname), who.born_on


def _called(who: NamedPerson) -> str:
    return ", ".join(part for part in (who.surname.upper(), who.forenames) if part)

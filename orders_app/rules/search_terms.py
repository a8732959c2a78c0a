"""What somebody typed into the search box, taken apart: a date, a postcode, numbers, references, and the words that are left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from orders_app.rules.addresses import EVERYDAY_WORDS, find_postcode
from orders_app.rules.identifiers import IdentifierKind, letter_fault, possible_readings
from orders_app.rules.names import search_words, words
from orders_app.rules.typed_dates import NotADate, day_from_text

LONGEST = 200
MOST_WORDS = 8
YEARS_ABOUT = 1

_DATE = re.compile(
    r"\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b|\b[0-9]{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:[0-9]{1,2}|[a-z]{3,9})[\s/.,-]+[0-9]{4}\b", re.IGNORECASE
)
_PERSON = re.compile(r"(?<![\w-])P-[0-9]{1,12}\b", re.IGNORECASE)
_ORDER = re.compile(r"(?<![\w-])[A-Z]{2,6}(?:-[A-Z]{1,4})?-[0-9]{4}-[0-9]{1,8}\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:about\s+|c\.?\s*)?((?:19|20)[0-9]{2})", re.IGNORECASE)


@dataclass(frozen=True)
class SearchTerms:
    """What is asked for. Names, date of birth and postcode must all hold; numbers and references each find on their own.

    born_from and born_to are the first and last day of birth asked for, both None for any. `notes` are for the reader:
    what could not be used as typed, and why.
    """

    names: tuple[str, ...] = ()
    born_from: date | None = None
    born_to: date | None = None
    postcode: str = ""
    identifiers: tuple[tuple[IdentifierKind, str], ...] = ()
    people: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked that anybody could be found by."""
        return not (self.names or self.born_from or self.postcode or self.identifiers or self.people or self.orders or self.address)


def read_search(text: str, born: str, today: date) -> SearchTerms:
    """Take apart what was typed in the search box and, apart from it, under "born". Nothing that is typed is an error."""
    people, rest = _found(_PERSON, text[:LONGEST])
    days, day_notes, rest = _dates(rest)
    postcode, rest = find_postcode(rest)
    identifiers, letter_notes = _identifiers(rest, today.year)
    orders, rest = _found(_ORDER, rest)
    first, last, born_notes = _born(born, days)
    without_numbers = " ".join(word for word in rest.split() if not any(c.isdigit() for c in word))
    return SearchTerms(
        names=search_words(without_numbers)[:MOST_WORDS],
        born_from=first,
        born_to=last,
        postcode=postcode,
        identifiers=identifiers,
        people=people,
        orders=orders,
        address=_address_words(rest),
        notes=(*letter_notes, *day_notes, *born_notes),
    )


def _found(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, ...], str]:
    return tuple(match[0].upper() for match in pattern.finditer(text)), pattern.sub(" ", text)


def _dates(text: str) -> tuple[list[date], tuple[str, ...], str]:
    days: list[date] = []
    notes: list[str] = []
    for match in list(_DATE.finditer(text)):
        try:
            days.append(day_from_text(match[0]))
        except NotADate as fault:
            notes.append(f"“{match[0]}” was not used. {fault.message}")
        text = text.replace(match[0], " ", 1)
    return days, tuple(notes), text


def _born(typed: str, days: list[date]) -> tuple[date | None, date | None, tuple[str, ...]]:
    text = " ".join(typed.split())
    year = _YEAR.fullmatch(text)
    if year:
        about = YEARS_ABOUT if text != year[1] else 0
        return date(int(year[1]) - about, 1, 1), date(int(year[1]) + about, 12, 31), ()
    if text:
        try:
            day = day_from_text(text)
        except NotADate as fault:
            return None, None, (f"“Born” was not used. {fault.message}, or a year",)
        return day, day, ()
    return (days[0], days[0], ()) if days else (None, None, ())


def _identifiers(text: str, this_year: int) -> tuple[tuple[tuple[IdentifierKind, str], ...], tuple[str, ...]]:
    """Every number that the text, or one word of it, could be; and what is wrong with one that only lacks its right letter."""
    whole = [found for found in possible_readings(text, this_year=this_year) if found[0] in (IdentifierKind.PNC, IdentifierKind.CRO)]
    by_word = [found for word in text.split() for found in possible_readings(word, this_year=this_year)]
    faults = [letter_fault(word, this_year=this_year) for word in text.split()]
    return tuple(dict.fromkeys([*whole, *by_word])), tuple(fault for fault in faults if fault)


def _address_words(text: str) -> tuple[str, ...]:
    """The telling words of a text that may be an address: one with a number, or of two words or more."""
    all_words = words(text)
    if len(all_words) < 2 and not any(word.isdigit() for word in all_words):
        return ()
    return tuple(dict.fromkeys(word for word in all_words if word not in EVERYDAY_WORDS))[:MOST_WORDS]

"""What somebody typed into the search box, taken apart: births, a postcode, numbers, references, and the words that are left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from orders_app.rules.addresses import EVERYDAY_WORDS, find_outward, find_postcode
from orders_app.rules.births_sought import birth_sought
from orders_app.rules.identifiers import IdentifierKind, letter_fault, possible_readings, without_letter
from orders_app.rules.names import search_words, words
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.rules.typed_dates import NotADate

LONGEST = 200
MOST_WORDS = 8
Births = tuple[date, date]

_LABEL = re.compile(r"\b(?:d\.?o\.?b\b\.?|born(?: on)?|b\.|pnc(?:id)?|cro|visor)[\s:]*(?=[0-9(]|about|circa|c\.|sf[0-9])", re.IGNORECASE)
_PERSON = re.compile(r"(?<![\w-])P(?:-([0-9]{1,12})|\s?([0-9]{5,12}))\b", re.IGNORECASE)
_JUST_FIGURES = re.compile(r"[0-9]{5,12}")
_PREFIXES = "|".join(sorted((kind.prefix for kind in (*ORDER_TYPES.values(), REGISTRATION)), key=len, reverse=True))
_RECORD = re.compile(r"(?<![\w-])([A-Z]{2,6}(?:-[A-Z]{1,4})?)-([0-9]{4})-([0-9]{1,8})\b", re.IGNORECASE)
_RECORD_LOOSELY = re.compile(rf"(?<![\w-])({_PREFIXES})[-/ ]?((?:19|20)[0-9]{{2}})[-/ ]?([0-9]{{1,8}})\b", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    r"(?<![\w/.-])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?[\s/.-]+(?:[0-9]{{1,2}}|{_MONTH})[\s/.,-]+[0-9]{{4}}"
    rf"|[0-9]{{1,2}}(?:[/.-][0-9]{{1,2}}[/.-]|[\s/.-]*{_MONTH}[\s/.-]*)[0-9]{{2}}"
    rf"|{_MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?[\s,]+[0-9]{{4}}|[0-9]{{8}})(?![\w/-])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w/.-])\(?((?:(?:about|circa|c\.?)\s*)?(?:19|20)[0-9]{2})\)?(?![\w/-])", re.IGNORECASE)


@dataclass(frozen=True)
class SearchTerms:
    """What is asked for. Names, births and postcode must all hold; numbers and references each find on their own.

    born_from and born_to are the first and last day of birth asked for, both None for any. `outward` may be the first half of
    a postcode. `notes` are for the reader: what could not be used as typed, and why.
    """

    names: tuple[str, ...] = ()
    born_from: date | None = None
    born_to: date | None = None
    postcode: str = ""
    identifiers: tuple[tuple[IdentifierKind, str], ...] = ()
    people: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    outward: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked that anybody could be found by."""
        places = (self.postcode, self.outward, self.address)
        return not (self.names or self.born_from or self.identifiers or self.people or self.records or any(places))


def read_search(text: str, born: str, today: date) -> SearchTerms:
    """Take apart what was typed in the search box and, apart from it, under "born". Nothing that is typed is an error."""
    typed = _Typed(_LABEL.sub(" ", text[:LONGEST]))
    whole = _whole_number(typed.rest, today.year)
    if whole:
        typed.rest = ""
    people = _people(typed)
    records = tuple(dict.fromkeys(_record(match) for pattern in (_RECORD, _RECORD_LOOSELY) for match in typed.take(pattern)))
    dates = [match[0] for match in typed.take(_DATE)]
    typed.rest, postcode = _postcode(typed.rest)
    in_words, faults = _numbers(typed.rest, dates, today.year)
    years = [match[1] for match in typed.take(_YEAR)]
    births, birth_notes = _births(born, [*dates, *years])
    without_numbers = " ".join(word for word in typed.rest.split() if not any(c.isdigit() for c in word))
    return SearchTerms(
        names=search_words(without_numbers)[:MOST_WORDS],
        born_from=births[0] if births else None,
        born_to=births[1] if births else None,
        postcode=postcode,
        identifiers=tuple(dict.fromkeys([*whole, *in_words])),
        people=people,
        records=records,
        address=_address_words(typed.rest),
        outward="" if postcode else find_outward(typed.rest),
        notes=(*faults, *birth_notes),
    )


class _Typed:
    """What was typed; each thing that is recognised is taken out of `rest`."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.rest))
        self.rest = pattern.sub(" ", self.rest)
        return found


def _whole_number(text: str, this_year: int) -> list[tuple[IdentifierKind, str]]:
    """The PNC or CRO number that the whole text is, however it is spaced."""
    readings = possible_readings(text, this_year=this_year)
    return [(kind, value) for kind, value in readings if kind in (IdentifierKind.PNC, IdentifierKind.CRO)]


def _people(typed: _Typed) -> tuple[str, ...]:
    """References such as P-10482; the hyphen, and for nothing but figures the letter, may be left out."""
    just_figures = _JUST_FIGURES.fullmatch(typed.rest.strip())
    found = [match[1] or match[2] for match in typed.take(_PERSON)]
    return tuple(f"P-{number}" for number in [*found, *([just_figures[0]] if just_figures else [])])


def _record(match: re.Match[str]) -> str:
    prefix, year, number = match.groups()
    return f"{prefix.upper()}-{year}-{int(number):04}"


def _postcode(text: str) -> tuple[str, str]:
    postcode, rest = find_postcode(text)
    return rest, postcode


def _numbers(text: str, dates: list[str], this_year: int) -> tuple[list[tuple[IdentifierKind, str]], list[str]]:
    """Every number that one word of the text could be, also eight figures that may be a date; and what is wrong with one
    that only lacks its right letter."""
    typed = [*text.split(), *(text for text in dates if text.isdigit())]
    readings = [found for word in typed for found in possible_readings(word, this_year=this_year)]
    readings += [found for word in typed for found in without_letter(word, this_year=this_year)]
    faults = (letter_fault(word, this_year=this_year) for word in typed)
    return readings, [fault for fault in faults if fault]


def _births(born: str, in_text: list[str]) -> tuple[Births | None, list[str]]:
    """The births asked for: those under "born", else the first that the text says; and what could not be used."""
    said: list[Births] = []
    notes: list[str] = []
    for text in [born] if born.strip() else in_text:
        try:
            said.append(birth_sought(text))
        except NotADate as fault:
            if text is born or not text.isdigit():  # eight figures that are no day are somebody's number
                notes.append(f"“{' '.join(text.split())}” was not used as a date of birth. {fault.message}. A year will do too")
    return (said[0] if said else None), notes


def _address_words(text: str) -> tuple[str, ...]:
    """The telling words of a text that may be an address: one with a number, or of two words or more."""
    all_words = words(text)
    if len(all_words) < 2 and not any(word.isdigit() for word in all_words):
        return ()
    return tuple(dict.fromkeys(word for word in all_words if word not in EVERYDAY_WORDS))[:MOST_WORDS]

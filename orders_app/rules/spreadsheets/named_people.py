"""How a row names a person: by a reference, a key, a number, or name and date of birth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from orders_app.rules.spreadsheets.cells import CellRefused
from orders_app.rules.typed_dates import NotADate, day_from_text

_REFERENCE = re.compile(r"P-[0-9]+", re.IGNORECASE)
_NUMBER = re.compile(r"(PNC|CRO|ViSOR)\s*:?\s+(.+)", re.IGNORECASE)
_NAME_AND_BIRTH = re.compile(r"([^,()]+),\s*([^()]*?)\s*\(\s*(?:born|b\.?|dob)?\s*:?\s*([^()]+?)\s*\)\s*(?:[,;–-]\s*(.+))?", re.IGNORECASE)
_WITH_ROLE = re.compile(r"([^;]+);\s*(.*)")
_NAME_ALONE = re.compile(r"[^\W\d_][^\d;()]*,[^\d;()]+")
HOW_TO_NAME = "Enter your own key, or SURNAME, Forename (born 14 March 1988)"


@dataclass(frozen=True)
class NamedPerson:
    """Whom a row means. Everything that is given must be true of the same person."""

    reference: str = ""
    key: str = ""
    pnc: str = ""
    cro: str = ""
    visor: str = ""
    surname: str = ""
    forenames: str = ""
    born_on: date | None = None
    role: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether nothing was given."""
        return not (self.reference or self.key or self.pnc or self.cro or self.visor or self.surname or self.born_on)


def named_in_text(text: str) -> NamedPerson:
    """Read one line: P-10482; our own key; PNC 2004/0123456K; or MARSH, Anna (born 2001-02-03). A role may follow a semicolon.

    Raises CellRefused for a name without a date of birth and for a date that cannot be read.
    """
    by_name = _NAME_AND_BIRTH.fullmatch(text)
    if by_name:
        surname, forenames, born_on, role = (part or "" for part in by_name.groups())
        return NamedPerson(surname=surname.strip(), forenames=forenames.strip(), born_on=_born(born_on), role=role.strip())
    with_role = _WITH_ROLE.fullmatch(text)
    who, role = (with_role[1].strip(), with_role[2].strip()) if with_role else (text, "")
    if _REFERENCE.fullmatch(who):
        return NamedPerson(reference=who.upper(), role=role)
    number = _NUMBER.fullmatch(who)
    if number:
        kind, value = number[1].lower(), number[2]
        numbers = {name: value if name == kind else "" for name in ("pnc", "cro", "visor")}
        return NamedPerson(pnc=numbers["pnc"], cro=numbers["cro"], visor=numbers["visor"], role=role)
    if _NAME_ALONE.fullmatch(who):
        raise CellRefused(f"'{who}': a name alone may be several people. Add the date of birth: {who} (born 14 March 1988)")
    return NamedPerson(key=who, role=role)


def _born(text: str) -> date:
    try:
        return day_from_text(text)
    except NotADate as fault:
        raise CellRefused(f"'{text}': {fault.message}") from None

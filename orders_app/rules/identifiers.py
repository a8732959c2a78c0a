"""Numbers from other systems in one canonical form: PNC, CRO, ViSOR and the force's own.

A PNC number is YYYY/NNNNNNNL and a CRO number NNNNNN/YYL, or SFYY/NL for a record held on file only. The last letter
stands at (two-digit year followed by serial) mod 23 in LETTERS, so that a slip of the finger is found when it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
FIRST_YEAR = 1900

_PNC_STROKE = re.compile(r"([0-9]{4}|[0-9]{2})[/-]([0-9]{1,7})([A-Z])")
_PNC_PLAIN = re.compile(r"([0-9]{3,11})([A-Z])")
_CRO = re.compile(r"([0-9]{1,6})[/-]?([0-9]{2})([A-Z])")
_CRO_FILE = re.compile(r"SF([0-9]{2})[/-]?([0-9]{1,6})([A-Z])")
_CRO_STROKE = re.compile(r"[0-9]{1,6}[/-][0-9]{2}[A-Z]|SF[0-9]{2}[/-]?[0-9]{1,6}[A-Z]")
_PNC_NO_LETTER = re.compile(r"([0-9]{4}|[0-9]{2})[/-]([0-9]{4,7})")
_CRO_NO_LETTER = re.compile(r"([0-9]{4,6})[/-]([0-9]{2})")
_VISOR = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9/-]{1,19}")
_LOCAL = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9/.-]{1,39}")


class IdentifierKind(StrEnum):
    """Whose number it is."""

    PNC = "pnc"
    CRO = "cro"
    VISOR = "visor"
    LOCAL = "local"


LABELS = {IdentifierKind.PNC: "PNC", IdentifierKind.CRO: "CRO", IdentifierKind.VISOR: "ViSOR", IdentifierKind.LOCAL: "Local"}


class NotAnIdentifier(ValueError):
    """What was typed is not a number of this kind. `message` says what to type, and the letter expected."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def canonical(kind: IdentifierKind, typed: str, *, this_year: int) -> str:
    """Return the number in canonical form. Raises NotAnIdentifier, naming the letter expected where only that is wrong."""
    return _READERS[kind](_tidy(typed), this_year)


def possible_readings(typed: str, *, this_year: int) -> list[tuple[IdentifierKind, str]]:
    """Return every kind of number the text could be, each in canonical form; none where it is no number at all."""
    found = []
    for kind in IdentifierKind:
        try:
            found.append((kind, canonical(kind, typed, this_year=this_year)))
        except NotAnIdentifier:
            continue
    return found


def letter_fault(typed: str, *, this_year: int) -> str:
    """Return what is wrong with a text that has the shape of a PNC or CRO number but the wrong letter; else nothing."""
    text = _tidy(typed)
    shapes = ((IdentifierKind.PNC, _PNC_STROKE), (IdentifierKind.CRO, _CRO_STROKE))
    faults = []
    for kind in (kind for kind, shape in shapes if shape.fullmatch(text)):
        try:
            canonical(kind, text, this_year=this_year)
            return ""
        except NotAnIdentifier as fault:
            faults.append(fault.message)
    return faults[0] if faults else ""


def without_letter(typed: str, *, this_year: int) -> list[tuple[IdentifierKind, str]]:
    """Return the PNC and CRO numbers, in canonical form, that a text would be if its last letter had been typed too."""
    text = _tidy(typed)
    pnc, cro = _PNC_NO_LETTER.fullmatch(text), _CRO_NO_LETTER.fullmatch(text)
    found = possible_readings(text + check_letter(pnc[1][-2:], pnc[2].zfill(7)), this_year=this_year) if pnc else []
    found += possible_readings(text + check_letter(cro[2], cro[1].zfill(6)), this_year=this_year) if cro else []
    return [(kind, value) for kind, value in found if kind in (IdentifierKind.PNC, IdentifierKind.CRO)]


def check_letter(year: str, serial: str) -> str:
    """Return the letter that belongs after a two-digit year and a serial, written as the number is."""
    return LETTERS[int(year + serial) % len(LETTERS)]


def _tidy(typed: str) -> str:
    return "".join(typed.split()).upper().replace("\\", "/")


def _pnc(text: str, this_year: int) -> str:
    with_stroke = _PNC_STROKE.fullmatch(text)
    if with_stroke:
        year, serial, letter = with_stroke.groups()
        return _pnc_checked(year, serial, letter, this_year)
    plain = _PNC_PLAIN.fullmatch(text)
    if not plain:
        raise NotAnIdentifier("Enter the PNC number as year, stroke, serial and letter, such as 2006/0118234F or 06/118234F")
    return _pnc_without_stroke(plain[1], plain[2], this_year)


def _pnc_without_stroke(digits: str, letter: str, this_year: int) -> str:
    splits = [(digits[:n], digits[n:]) for n in (4, 2) if 1 <= len(digits) - n <= 7]
    splits = [(year, serial) for year, serial in splits if len(year) == 2 or FIRST_YEAR <= int(year) <= this_year]
    fitting = {_pnc_checked(y, s, letter, this_year) for y, s in splits if check_letter(y[-2:], s.zfill(7)) == letter}
    if len(fitting) == 1:
        return fitting.pop()
    if len(splits) == 1 and not fitting:
        return _pnc_checked(*splits[0], letter, this_year)
    raise NotAnIdentifier(
        "Enter the PNC number with a stroke after the year, such as 2006/0118234F: without it this one can be read in two ways"
    )


def _pnc_checked(year: str, serial: str, letter: str, this_year: int) -> str:
    whole_year = _whole_year(year, this_year)
    if not FIRST_YEAR <= whole_year <= this_year:
        raise NotAnIdentifier(f"Enter a PNC number with a year from {FIRST_YEAR} to {this_year}")
    padded = serial.zfill(7)
    _check("PNC", f"{year}/{serial}", letter, check_letter(year[-2:], padded))
    return f"{whole_year}/{padded}{letter}"


def _whole_year(year: str, this_year: int) -> int:
    if len(year) == 4:
        return int(year)
    century = this_year // 100 * 100
    return century + int(year) - (100 if century + int(year) > this_year else 0)


def _cro(text: str, this_year: int) -> str:
    on_file = _CRO_FILE.fullmatch(text)
    if on_file:
        year, serial, letter = on_file[1], on_file[2].lstrip("0") or "0", on_file[3]
        _check("CRO", f"SF{year}/{serial}", letter, check_letter(year, serial))
        return f"SF{year}/{serial}{letter}"
    full = _CRO.fullmatch(text)
    if not full:
        raise NotAnIdentifier(
            "Enter the CRO number as serial, stroke, year and letter, such as 041207/06D, or as SF05/482H for a record held on file only"
        )
    serial, year, letter = full[1].zfill(6), full[2], full[3]
    _check("CRO", f"{full[1]}/{year}", letter, check_letter(year, serial))
    return f"{serial}/{year}{letter}"


def _check(label: str, written: str, letter: str, expected: str) -> None:
    if letter != expected:
        raise NotAnIdentifier(f"{label} number {written} ends with the letter {expected}, not {letter}. Check each figure and the letter")


def _visor(text: str, _this_year: int) -> str:
    if not _VISOR.fullmatch(text):
        raise NotAnIdentifier("Enter the ViSOR number with figures, letters, strokes and hyphens only, such as 11/40772")
    return text


def _local(text: str, _this_year: int) -> str:
    if not _LOCAL.fullmatch(text):
        raise NotAnIdentifier(
            "Enter the local number with a figure in it, and only letters, figures, strokes, full stops and hyphens, such as NM-P-004182"
        )
    return text


_READERS: dict[IdentifierKind, Callable[[str, int], str]] = {
    IdentifierKind.PNC: _pnc,
    IdentifierKind.CRO: _cro,
    IdentifierKind.VISOR: _visor,
    IdentifierKind.LOCAL: _local,
}

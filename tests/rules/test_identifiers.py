"""Numbers as officers type them, their canonical form, and the letter said when it is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.identifiers import IdentifierKind, NotAnIdentifier, canonical, check_letter, letter_fault, possible_readings

YEAR = 2026
PNC, CRO, VISOR, LOCAL = IdentifierKind


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (PNC, "2006/0118234F", "2006/0118234F"),
        (PNC, "06/118234F", "2006/0118234F"),
        (PNC, " 06 / 118234 f ", "2006/0118234F"),
        (PNC, "20060118234F", "2006/0118234F"),
        (PNC, "060118234f", "2006/0118234F"),
        (PNC, "81/77310P", "1981/0077310P"),
        (PNC, "26/1" + check_letter("26", "0000001"), "2026/0000001" + check_letter("26", "0000001")),
        (PNC, "27/1" + check_letter("27", "0000001"), "1927/0000001" + check_letter("27", "0000001")),
        (CRO, "041207/06D", "041207/06D"),
        (CRO, "41207/06d", "041207/06D"),
        (CRO, "04120706D", "041207/06D"),
        (CRO, "SF05/482H", "SF05/482H"),
        (CRO, "sf05/0482h", "SF05/482H"),
        (VISOR, "11/40772", "11/40772"),
        (LOCAL, "nm-p-004182", "NM-P-004182"),
    ],
)
def test_canonical(kind: IdentifierKind, typed: str, expected: str) -> None:
    assert canonical(kind, typed, this_year=YEAR) == expected


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (PNC, "06/118234K", "PNC number 06/118234 ends with the letter F, not K"),
        (PNC, "2027/0000001X", "year from 1900 to 2026"),
        (PNC, "06/118234", "Enter the PNC number as year, stroke"),
        (PNC, "", "Enter the PNC number"),
        (PNC, "٠٦/118234F", "Enter the PNC number"),
        (CRO, "041207/06X", "CRO number 041207/06 ends with the letter D, not X"),
        (CRO, "SF05/482X", "CRO number SF05/482 ends with the letter H, not X"),
        (CRO, "41207", "Enter the CRO number"),
        (VISOR, "none", "Enter the ViSOR number"),
        (LOCAL, "unknown", "Enter the local number"),
    ],
)
def test_refused_in_words(kind: IdentifierKind, typed: str, said: str) -> None:
    with pytest.raises(NotAnIdentifier) as refused:
        canonical(kind, typed, this_year=YEAR)
    assert said in refused.value.message


@given(year=st.integers(1900, YEAR), serial=st.integers(0, 9_999_999))
def test_every_way_of_typing_a_pnc_number_gives_the_same(year: int, serial: int) -> None:
    letter = check_letter(f"{year % 100:02}", f"{serial:07}")
    expected = f"{year}/{serial:07}{letter}"
    assert canonical(PNC, expected, this_year=YEAR) == expected
    assert canonical(PNC, f"{year}/{serial}{letter.lower()}", this_year=YEAR) == expected
    if year > YEAR - 100:
        assert canonical(PNC, f"{year % 100:02}/{serial}{letter}", this_year=YEAR) == expected


@given(year=st.integers(0, 99), serial=st.integers(0, 999_999))
def test_every_way_of_typing_a_cro_number_gives_the_same(year: int, serial: int) -> None:
    full = f"{serial:06}/{year:02}{check_letter(f'{year:02}', f'{serial:06}')}"
    on_file = f"SF{year:02}/{serial}{check_letter(f'{year:02}', str(serial))}"
    for number in (full, on_file):
        assert canonical(CRO, number, this_year=YEAR) == number
        assert canonical(CRO, number.lower(), this_year=YEAR) == number


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_refused_and_a_number_reads_as_itself(typed: str) -> None:
    for kind, value in possible_readings(typed, this_year=YEAR):
        assert canonical(kind, value, this_year=YEAR) == value


@given(year=st.integers(1900, YEAR), serial=st.integers(0, 9_999_999), place=st.integers(0, 6), figure=st.sampled_from("0123456789"))
def test_one_wrong_figure_is_always_found(year: int, serial: int, place: int, figure: str) -> None:
    padded = f"{serial:07}"
    slipped = padded[:place] + figure + padded[place + 1 :]
    letter = check_letter(f"{year % 100:02}", padded)
    assert bool(letter_fault(f"{year}/{slipped}{letter}", this_year=YEAR)) is (slipped != padded)


def test_a_fault_is_only_said_of_what_has_the_shape() -> None:
    assert letter_fault("whittaker", this_year=YEAR) == ""
    assert letter_fault("06/118234F", this_year=YEAR) == ""
    assert "ends with the letter D" in letter_fault("041207/06X", this_year=YEAR)

"""What is typed into the search box, and what it is taken to ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders_app.rules.births_sought import birth_sought
from orders_app.rules.identifiers import IdentifierKind
from orders_app.rules.search_terms import LONGEST, read_search
from orders_app.rules.typed_dates import NotADate

TODAY = date(2026, 11, 22)
BORN = date(1988, 3, 14)
YEAR_1988 = (date(1988, 1, 1), date(1988, 12, 31))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("14/3/1988", BORN, BORN), ("14.03.1988", BORN, BORN), ("14-3-1988", BORN, BORN), ("1988-03-14", BORN, BORN),
        ("14 March 1988", BORN, BORN), ("14th Mar 1988", BORN, BORN), ("March 14, 1988", BORN, BORN), ("14 3 1988", BORN, BORN),
        ("14031988", BORN, BORN), ("1988", *YEAR_1988), ("about 1988", date(1987, 1, 1), date(1989, 12, 31)),
        ("c. 1988", date(1987, 1, 1), date(1989, 12, 31)), ("1988ish", date(1987, 1, 1), date(1989, 12, 31)),
        ("1985-1990", date(1985, 1, 1), date(1990, 12, 31)), ("1990 to 1985", date(1985, 1, 1), date(1990, 12, 31)),
        ("February 1988", date(1988, 2, 1), date(1988, 2, 29)), ("12/1988", date(1988, 12, 1), date(1988, 12, 31)),
    ],
)  # fmt: skip
def test_births_are_read_as_they_are_said(typed: str, first: date, last: date) -> None:
    assert birth_sought(typed) == (first, last)


@pytest.mark.parametrize("typed", ["14/3/88", "31/02/1988", "99991988", "38", "whenever", "", "13/1988", "1788"])
def test_what_is_no_birth_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        birth_sought(typed)


def _asked(text: str, born: str = "") -> dict[str, Any]:
    return {name: value for name, value in vars(read_search(text, born, TODAY)).items() if value}


@pytest.mark.parametrize(
    "text",
    [
        "whittaker 14/3/1988", "14.3.1988 whittaker", "whittaker dob 14/3/1988", "whittaker DOB: 14/03/1988", "whittaker d.o.b. 14-3-1988",
        "whittaker born 14 March 1988", "whittaker born on 14th March 1988", "whittaker March 14 1988", "Whittaker, 1988-03-14",
    ],
)  # fmt: skip
def test_a_name_and_a_day_of_birth(text: str) -> None:
    assert _asked(text) == {"names": ("whittaker",), "born_from": BORN, "born_to": BORN}


@pytest.mark.parametrize("text", ["whittaker 1988", "whittaker b. 1988", "whittaker (1988)", "1988 whittaker", "whittaker born 1988"])
def test_a_name_and_a_year_of_birth(text: str) -> None:
    asked = _asked(text)
    assert (asked["names"], asked["born_from"], asked["born_to"]) == (("whittaker",), *YEAR_1988)


@pytest.mark.parametrize("text", ["whittaker 14/03/88", "whittaker 14 mar 88", "whittaker 31/02/1988"])
def test_a_day_that_cannot_be_used_is_said_and_never_guessed(text: str) -> None:
    asked = _asked(text)
    assert "born_from" not in asked
    assert asked["names"] == ("whittaker",)
    assert "was not used as a date of birth" in asked["notes"][0]


def test_what_is_typed_under_born_goes_before_what_the_text_says() -> None:
    asked = _asked("whittaker 1990", "14/3/1988")
    assert (asked["born_from"], asked["born_to"], asked["names"]) == (BORN, BORN, ("whittaker",))


@pytest.mark.parametrize(
    "text",
    [
        "2006/0118234F", "06/118234F", "06/118234f", "06 118234 F", "060118234F", "20060118234F", "2006-0118234F", "PNC 06/118234F",
        "pnc: 2006/118234F", "PNCID 06/118234F", "2006/0118234", "06/118234",
    ],
)  # fmt: skip
def test_a_pnc_number_however_it_is_typed(text: str) -> None:
    asked = _asked(text)
    assert (IdentifierKind.PNC, "2006/0118234F") in asked["identifiers"]
    assert "names" not in asked


@pytest.mark.parametrize("text", ["041207/06D", "41207/06d", "04120706D", "CRO 41207/06D", "41207/06"])
def test_a_cro_number_however_it_is_typed(text: str) -> None:
    assert (IdentifierKind.CRO, "041207/06D") in _asked(text)["identifiers"]


@pytest.mark.parametrize("text", ["SPO-2026-0082", "spo 2026 82", "spo/2026/0082", "spo20260082", "SPO-2026-82"])
def test_an_order_however_it_is_typed(text: str) -> None:
    assert _asked(text) == {"records": ("SPO-2026-0082",)}


@pytest.mark.parametrize("text", ["REG-2018-0064", "reg 2018 64", "reg/2018/64", "REG20180064"])
def test_a_registration_however_it_is_typed(text: str) -> None:
    assert _asked(text) == {"records": ("REG-2018-0064",)}


@pytest.mark.parametrize("text", ["P-14336", "p14336", "P 14336", "14336"])
def test_a_person_however_the_reference_is_typed(text: str) -> None:
    assert _asked(text)["people"] == ("P-14336",)


@pytest.mark.parametrize(
    ("text", "names", "address"),
    [
        ("12 March Street", ("march", "street"), ("12", "march")),
        ("flat 6, 212 foundry lane", ("flat", "foundry", "lane"), ("6", "212", "foundry")),
        ("dobson callum", ("dobson", "callum"), ("dobson", "callum")),
        ("born whittaker", ("born", "whittaker"), ("born", "whittaker")),
        ("may june", ("may", "june"), ("may", "june")),
    ],
)
def test_names_and_addresses_that_look_like_something_else(text: str, names: tuple[str, ...], address: tuple[str, ...]) -> None:
    asked = _asked(text)
    assert (asked["names"], asked["address"], "born_from" in asked) == (names, address, False)


@given(st.text(max_size=LONGEST + 20), st.text(max_size=30))
def test_nothing_that_is_typed_is_an_error(text: str, born: str) -> None:
    terms = read_search(text, born, TODAY)
    assert (terms.born_from is None) is (terms.born_to is None)
    assert not (terms.born_from and terms.born_to) or terms.born_from <= terms.born_to


@pytest.mark.parametrize(
    ("text", "outward"),
    [("nm3", "nm3"), ("Whittaker NM12", "nm12"), ("w1a", "w1a"), ("m1, dock road", "m1"), ("NM3 4RT", ""), ("whittaker", ""), ("c1988", ""),
     ("P-10482", ""), ("DVPN-2026-0042", ""), ("06/118234F", ""), ("12 dock road", "")],
)  # fmt: skip
def test_the_first_half_of_a_postcode(text: str, outward: str) -> None:
    assert read_search(text, "", TODAY).outward == outward

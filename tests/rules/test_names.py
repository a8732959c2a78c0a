"""Names folded, and the keys by which a word typed wrongly is found."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orders_app.rules.addresses import canonical_postcode, telling_words
from orders_app.rules.duplicates import Known, resemblance
from orders_app.rules.names import fold, keys_sought, keys_stored, name_words, search_words, words

WORDS = st.text(string.ascii_lowercase, min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("O'DONOVAN", ("odonovan",)), ("ODonovan", ("odonovan",)), ("O’Donovan", ("odonovan",)), ("Zielińska",
        ("zielinska",)), ("Łukasz", ("lukasz",)),
        ("Smith-Jones", ("smith", "jones")), ("  WHITTAKER,  Callum ", ("whittaker", "callum")), ("Straße", ("strasse",)),
        ("Æthelred", ("aethelred",)),
        ("", ()), ("-'-", ()), ("Иван", ("иван",)),
    ],
)  # fmt: skip
def test_fold(typed: str, expected: tuple[str, ...]) -> None:
    assert words(typed) == expected


def test_joined_words_are_found_both_ways() -> None:
    assert name_words("Smith-Jones") == {"smith", "jones", "smithjones"}
    assert "mcdonald" in name_words("Mc Donald")
    assert search_words("mc donald ewan ewan") == ("mcdonald", "ewan")


@given(st.text(max_size=80))
@example("ᴬ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    word=WORDS,
    place=st.integers(0, 11),
    letter=st.sampled_from(string.ascii_lowercase),
    kind=st.sampled_from(["leave out", "add", "change", "exchange"]),
)
def test_any_one_slip_shares_a_key(word: str, place: int, letter: str, kind: str) -> None:
    n = place % len(word)
    slipped = {
        "leave out": word[:n] + word[n + 1 :],
        "add": word[:n] + letter + word[n:],
        "change": word[:n] + letter + word[n + 1 :],
        "exchange": word[:n] + word[n : n + 2][::-1] + word[n + 2 :],
    }[kind]
    if len(slipped) >= 4:
        assert keys_sought(slipped) & keys_stored(word)


@given(WORDS, st.integers(1, 6))
def test_a_beginning_shares_a_key(word: str, length: int) -> None:
    assert keys_sought(word[:length]) & keys_stored(word)


@pytest.mark.parametrize(
    ("typed", "expected"), [("nm34rt", "NM3 4RT"), (" NM3 4RT ", "NM3 4RT"), ("", ""), ("NM3", None), ("SW1A 1AA", "SW1A 1AA")]
)
def test_postcodes(typed: str, expected: str | None) -> None:
    assert canonical_postcode(typed) == expected


def test_telling_words_leave_out_the_town_and_everyday_words() -> None:
    assert telling_words("Flat 6, 212 Foundry Lane, Northmere") == {"6", "212", "foundry"}


@pytest.mark.parametrize(
    ("old", "reasons"),
    [
        (Known((("Whitaker", "Callum"),), None), ()),
        (Known((("Whittaker", "Callum James"),), None), ("Same name",)),
        (Known((("Jones", "Sam"), ("Whittaker", "Callum")), None), ("Same name",)),
        (Known((("Callum", "Whittaker"),), None, postcodes=frozenset({"NM3 4RT"})), ("Nearly the same name", "Same postcode")),
        (Known((("Jones", "Sam"),), identifiers=frozenset({("pnc", "2006/0118234F")})), ("Same PNC number",)),
    ],
)
def test_what_speaks_for_one_person(old: Known, reasons: tuple[str, ...]) -> None:
    new = Known((("Whittaker", "Callum"),), None, frozenset({("pnc", "2006/0118234F")}), frozenset({"NM3 4RT"}))
    found = resemblance(new, old)
    assert (found.reasons if found.is_enough else ()) == reasons

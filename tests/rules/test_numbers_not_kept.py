"""Numbers of cards, accounts and passports are told from the many other numbers that officers write down."""

import pytest

from orders_app.rules.numbers_not_kept import ACCOUNT, CARD, PASSPORT, SORT_CODE, number_not_kept


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("New card 4111111111111111", CARD),
        ("4111 1111 1111 1111, Visa", CARD),
        ("(4111-1111-1111-1111)", CARD),
        ("American Express 378282246310005", CARD),
        ("GB82 WEST 1234 5698 7654 32", ACCOUNT),
        ("gb82west12345698765432", ACCOUNT),
        ("Account number is 55779911", ACCOUNT),
        ("a/c 55779911", ACCOUNT),
        ("20-00-00 55779911", ACCOUNT),
        ("sort code 20-00-00", SORT_CODE),
        ("Sort code: 200000", SORT_CODE),
        ("Passport 512345678", PASSPORT),
        ("passport number: AB1234567", PASSPORT),
    ],
)
def test_what_must_not_be_kept_is_found(text: str, kind: str) -> None:
    assert number_not_kept(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ViSOR 40028305",
        "Ring 07700 900123 or 07700 900124",
        "+44 7700 900123",
        "PC 4471, 25-11-26 at 10:30",
        "Passport shown, expires 12 May 2030",
        "Passport surrendered. Our reference 2026/0004123",
        "Account opened at Barclays on 25-11-2026",
        "Opened an account 2 days ago, one card",
        "REG-2018-0064, SHPO-2026-0003, PNC 2006/0118234F",
        "4111111111111112",
        "0000000000000",
        "GB83 WEST 1234 5698 7654 32",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert number_not_kept(text) == ""

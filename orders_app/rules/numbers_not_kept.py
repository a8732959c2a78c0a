"""Numbers of bank accounts, cards and passports in what somebody typed: they are held on ViSOR and kept nowhere else.

Only what can be told from other numbers is refused: a card by its check digit, an international account number by its check
figures, the others by the word that stands before them. Telephone, ViSOR and collar numbers pass.
"""

from __future__ import annotations

import re

CARD, ACCOUNT, SORT_CODE, PASSPORT = "a card number", "a bank account number", "a sort code", "a passport number"
_CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])", re.ASCII)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.ASCII | re.IGNORECASE)
_SORT_CODE = re.compile(r"\bsort[ -]?code\W{0,3}(?:\w+\W+){0,2}?\d\d[ -]?\d\d[ -]?\d\d(?!\d)", re.ASCII | re.IGNORECASE)
_BESIDE_A_SORT_CODE = re.compile(r"(?<![\w-])\d\d-\d\d-\d\d[ ,;/]{1,3}\d{8}(?!\w)", re.ASCII)
_ACCOUNT = re.compile(r"(?:\b(?:account|acct)\b|\ba/c(?!\w))\W{0,3}(?:(?!\d)\w+\W+){0,3}?\d{6,10}(?!\w)", re.ASCII | re.IGNORECASE)
_PASSPORT = re.compile(r"\bpassports?\b\W{0,3}(?:(?!\d)\w+\W+){0,3}?[A-Z]{0,2}\d{7,9}(?!\w)", re.ASCII | re.IGNORECASE)
_WORDED = ((_SORT_CODE, SORT_CODE), (_BESIDE_A_SORT_CODE, ACCOUNT), (_ACCOUNT, ACCOUNT), (_PASSPORT, PASSPORT))
_IBAN_MODULUS = 97


def number_not_kept(text: str) -> str:
    """What kind of number stands in the text that must not be kept, in words; empty where there is none."""
    if any(_is_card(match[0]) for match in _CARD.finditer(text)):
        return CARD
    if any(_is_iban(match[0]) for match in _IBAN.finditer(text)):
        return ACCOUNT
    return next((words for pattern, words in _WORDED if pattern.search(text)), "")


def _is_card(text: str) -> bool:
    """Whether the last figure is the check digit of the others: every second one from the right counts double."""
    figures = [int(figure) for figure in reversed(text) if figure.isdigit()]
    doubled = [sum(divmod(2 * figure, 10)) for figure in figures[1::2]]
    return any(figures) and (sum(figures[::2]) + sum(doubled)) % 10 == 0


def _is_iban(text: str) -> bool:
    """Whether country and check figures, put last and read as a number with A as 10, leave 1 over 97."""
    whole = text.replace(" ", "").upper()
    number = "".join(str(int(character, 36)) for character in whole[4:] + whole[:4])
    return int(number) % _IBAN_MODULUS == 1

"""Spreadsheets of any size, invented, the same for the same seed: people, and orders with six conditions each."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

SURNAMES = ("Whittaker", "Marsh", "O'Donovan", "Begum", "Kowalski", "Osei", "Pritchard", "Nowak", "Chaudhry", "Hale", "Lister", "Quinn")
FORENAMES = ("Callum", "Anna", "Liam", "Shabana", "Piotr", "Ama", "Rhys", "Ewa", "Imran", "Joan", "Mark", "Niamh")
TYPES = ("DVPN", "DVPO", "Restraining order on conviction", "Non-molestation order", "SPO", "Interim SPO", "SCPO", "SHPO", "SRO")
CONDITIONS = (
    "Not to contact the protected person directly or indirectly by any means whatsoever",
    "Not to enter or go within 100 metres of 12 Alder Row, Northmere",
    "Not to send any written or electronic communication to the protected person",
    "Not to instruct or encourage any other person to do anything forbidden here",
    "Not to attend the place of work of the protected person",
    "Not to refer to the protected person on any social medium, in any form",
)
PEOPLE_HEADINGS = ("Our key", "Surname", "Forenames", "Date of birth", "Sex", "Address", "Postcode")
ORDER_HEADINGS = (
    "Our reference", "Type", "Subject", "Authorised", "Authorised rank", "Made", "Made time", "Served", "Served time", "Ends", "Court",
    "Conditions", "Protected people",
)  # fmt: skip


def people_sheet(how_many: int, seed: int = 1) -> bytes:
    """A people sheet as CSV, rows keyed N-0, N-1 and so on."""
    chance = random.Random(seed)
    return _csv(PEOPLE_HEADINGS, (_person(chance, n) for n in range(how_many)))


def orders_sheet(how_many: int, people: int, today: date, seed: int = 2) -> bytes:
    """An orders sheet as CSV about the people of `people_sheet`, over the three years before `today`."""
    chance = random.Random(seed)
    return _csv(ORDER_HEADINGS, (_order(chance, n, people, today) for n in range(how_many)))


def _person(chance: random.Random, n: int) -> Sequence[str]:
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    name = f"{chance.choice(FORENAMES)} {chance.choice(FORENAMES)}"
    return (
        f"N-{n}",
        f"{chance.choice(SURNAMES)}{_letters(n)}",
        name,
        f"{born:%d/%m/%Y}",
        "Male",
        f"{n % 200} Alder Row, Northmere",
        "NM1 4QX",
    )


def _letters(n: int) -> str:
    return "".join(chr(ord("a") + n // 26**place % 26) for place in range(3))


def _order(chance: random.Random, n: int, people: int, today: date) -> Sequence[str]:
    kind = TYPES[n % len(TYPES)]
    on = today - timedelta(days=2 + chance.randrange(1_000))
    subject, protected = chance.sample(range(people), 2)
    made = f"{on:%d/%m/%Y}"
    served = f"{on + timedelta(days=1):%d/%m/%Y}"
    is_notice = kind == "DVPN"
    return (
        f"R/{n}", kind, f"N-{subject}", f"{made} 20:15" if is_notice else "", "Superintendent" if is_notice else "",
        "" if is_notice else made, "", served, "02:10", "" if is_notice else _last_day(kind, on), "" if is_notice else "Northmere Court",
        "\n".join(CONDITIONS), f"N-{protected}; partner",
    )  # fmt: skip


def _last_day(kind: str, made_on: date) -> str:
    if kind in ("Restraining order on conviction", "Non-molestation order"):
        return "until further order"
    days = {"DVPO": 27, "Interim SPO": 60, "SPO": 1_100, "SHPO": 2_000, "SRO": 1_100, "SCPO": 1_500}[kind]
    return f"{made_on + timedelta(days=days):%d/%m/%Y}"


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()

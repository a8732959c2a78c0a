"""The people of a benchmark's force: names, addresses, numbers, and the words they are searched by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.force.size import NOW, Row, Size
from orders_app.queries.sounds import sound
from orders_app.rules.addresses import words_found_by as found_by
from orders_app.rules.names import keys_stored, words_found_by
from orders_app.services.demonstration.names import MEN, SURNAMES, WOMEN


def people(size: Size) -> Iterator[Row]:
    """Everybody, one in 500 of them restricted and one in 2,000 sealed."""
    for n in range(1, size.people + 1):
        surname, forenames = names_of(n)
        yield {
            "id": n,
            "reference": f"P-{10_000 + n}",
            "surname": surname,
            "forenames": forenames,
            "sex": "male" if n % 2 else "female",
            "born_on": date(1950, 1, 1) + timedelta(days=n % 20_000),
            "access": _access(n),
            "area_id": n % 3 + 1,
            "notes": "",
            "created_at": NOW,
            "changed_at": NOW,
            "version": 1,
        }


def addresses(size: Size) -> Iterator[Row]:
    """One address each."""
    for n in range(1, size.people + 1):
        yield {
            "id": n,
            "person_id": n,
            "kind": "home",
            "lines": _lines(n),
            "postcode": _postcode(n),
            "from_on": date(2020, 1, 1),
            "source": "",
            "is_notified": False,
        }


def address_words(size: Size) -> Iterator[Row]:
    """The words an address is found by."""
    for n in range(1, size.people + 1):
        yield from ({"address_id": n, "person_id": n, "token": token} for token in sorted(found_by(_lines(n), _postcode(n))))


def identifiers(size: Size) -> Iterator[Row]:
    """One number each."""
    yield from ({"id": n, "person_id": n, "kind": "local", "value": f"NM-{n:07}"} for n in range(1, size.people + 1))


def person_names(size: Size) -> Iterator[Row]:
    """The words a person is found by."""
    for n in range(1, size.people + 1):
        yield from ({"person_id": n, "token": token} for token in sorted(words_found_by(*names_of(n))))


def name_keys(_: Size) -> Iterator[Row]:
    """The keys a word typed wrongly is found by."""
    words = {token for name in (*SURNAMES, *MEN, *WOMEN) for token in words_found_by(name, "")}
    yield from ({"key": key, "token": token} for token in sorted(words) for key in sorted(keys_stored(token, sound(token))))


def names_of(number: int) -> tuple[str, str]:
    """The surname and forenames of a person."""
    rng = Random(number)
    return rng.choice(SURNAMES), f"{rng.choice((*MEN, *WOMEN))} {rng.choice((*MEN, *WOMEN))}"


def _access(number: int) -> str:
    return "sealed" if number % 2_000 == 0 else "restricted" if number % 500 == 0 else "open"


def _postcode(number: int) -> str:
    return f"NM{number % 20} {number % 9}AA"


def _lines(number: int) -> str:
    return f"{number % 300} {SURNAMES[number % len(SURNAMES)]} Lane, Northmere"

"""The orders of a benchmark's force: one of each type in turn, over four years.

A domestic violence protection order follows the notice before it. Every tenth round of types binds one person, whose page
is the longest there is; all others bind somebody of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.force.people import names_of
from benchmarks.force.size import NOW, TODAY, Row, Size
from benchmarks.force.staff import team_of
from orders_app.rules.names import sorting_names

CONDITIONS = 6
DAYS = 1_500
SCATTER = 7_919  # prime to every number of people here, so that neighbours lie far apart
TYPES = (("dvpn", 2), ("dvpo", 28), ("ro_conviction", 1095), ("nmo", 365), ("spo", 1095), ("shpo", 1825), ("scpo", 1825))
LONG_PAGE = 75  # an order in force whose person has seven


def subject_of(number: int, size: Size) -> int:
    """The person whom an order binds."""
    turn = number // len(TYPES)
    if turn % 10 == 0:
        return _scattered(turn * len(TYPES), size)
    return _scattered(number - 1 if _follows(number) else number, size)


def made_on(number: int) -> date:
    """The day an order was made."""
    return TODAY - timedelta(days=DAYS - number % DAYS)


def ends_on(number: int) -> date:
    """The last day of an order."""
    return made_on(number) + timedelta(days=TYPES[number % len(TYPES)][1] - 1)


def records(size: Size) -> Iterator[Row]:
    """What orders have in common with other records, one in 1,000 of them restricted and one in 4,000 sealed."""
    for n in range(1, size.orders + 1):
        officer = n * SCATTER % size.officers + 1
        yield {
            "id": n,
            "kind": "order",
            "reference": f"{TYPES[n % len(TYPES)][0].upper()}-{made_on(n).year}-{n:05}",
            "person_id": subject_of(n, size),
            "owner_id": officer,
            "team_id": team_of(officer, size),
            "area_id": n % 3 + 1,
            "access": "sealed" if n % 4_000 == 0 else "restricted" if n % 1_000 == 0 else "open",
            "created_at": NOW,
            "changed_at": NOW,
            "version": 1,
        }


def type_of(number: int) -> str:
    """The type of an order."""
    return TYPES[number % len(TYPES)][0]


def access_grants(size: Size) -> Iterator[Row]:
    """One team is named on every fourth order that is closed."""
    of = {"team_id": 2, "granted_at": NOW, "reason": "Investigating"}
    yield from ({"record_id": n, **of} for n in range(4_000, size.orders + 1, 4_000))


def orders(size: Size) -> Iterator[Row]:
    """Orders, one in 40 of them not served."""
    for n in range(1, size.orders + 1):
        first, last = made_on(n), ends_on(n)
        yield {
            "id": n,
            "order_type": type_of(n),
            "made_under": "",
            "court": "Northmere Magistrates’ Court",
            "court_reference": f"NM{first.year % 100}F{n:05}",
            "authorised_rank": "",
            "follows_id": n - 1 if _follows(n) else None,
            "end_kind": "fixed",
            "stated_ends_on": last,
            "stated_event": "",
            "starts_on_release": False,
            "is_without_notice": False,
            "is_present_or_represented": False,
            "details": {},
            "made_on": first,
            "served_on": first if _is_served(n) else None,
            "in_force_from": first,
            "ends_on": last,
            "ended_on": last if last < TODAY else None,
            "version_number": 1,
            **dict(zip(("subject_surname", "subject_forenames"), sorting_names(*names_of(subject_of(n, size))), strict=True)),
        }


def conditions(size: Size) -> Iterator[Row]:
    """Six terms each."""
    for n in range(1, size.orders + 1):
        for number in range(1, CONDITIONS + 1):
            yield {
                "order_id": n,
                "number": number,
                "text": f"Not to do the thing numbered {number} by any means whatsoever.",
                "short_form": f"Thing {number}",
                "kind": "prohibition",
                "supervisor": "",
                "is_travel": False,
                "is_electronic_monitoring": False,
                "from_version": 1,
            }


def protected_people(size: Size) -> Iterator[Row]:
    """Each protects somebody whom no order binds."""
    half = size.people // 2
    yield from (
        {"order_id": n, "person_id": half + _scattered(n, size), "relationship_to_subject": "former partner"}
        for n in range(1, size.orders + 1)
    )


def events(size: Size) -> Iterator[Row]:
    """Made, and served or tried to be: the first event of an order is numbered 2 × order - 1."""
    shared: Mapping[str, Any] = {"details": {}, "note": "", "recorded_at": NOW, "recorded_by_id": 1}
    for n in range(1, size.orders + 1):
        of = {"record_id": n, "person_id": subject_of(n, size), "happened_on": made_on(n), **shared}
        yield {**of, "id": 2 * n - 1, "kind": "authorised" if n % len(TYPES) == 0 else "made", "happened_at": None}
        served_at = datetime.combine(made_on(n), NOW.timetz())
        yield {**of, "id": 2 * n, "kind": "served" if _is_served(n) else "service_attempted", "happened_at": served_at}


def order_versions(size: Size) -> Iterator[Row]:
    """Each as it was made."""
    for n in range(1, size.orders + 1):
        yield {"order_id": n, "number": 1, "made_on": made_on(n), "in_force_from": made_on(n), "end_kind": "fixed", "summary": ""}


def _follows(number: int) -> bool:
    return number > 1 and number % len(TYPES) == 1


def _is_served(number: int) -> bool:
    return number % 40 != 0


def _scattered(number: int, size: Size) -> int:
    return number * SCATTER % (size.people // 2) + 1

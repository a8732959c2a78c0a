"""The registered people of a benchmark's force: convicted, and notifying once a year since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.force.size import NOW, TODAY, Row, Size
from benchmarks.force.staff import team_of

YEARS = 10
NOTIFIED = 4  # the notifications of each, a year apart
EVENTS = 1 + NOTIFIED
A_YEAR = timedelta(days=365)


def records(size: Size) -> Iterator[Row]:
    """Numbered after the orders."""
    for n in _numbers(size):
        officer = n % size.officers + 1
        yield {
            "id": size.orders + n,
            "kind": "registration",
            "reference": f"REG-{_since(n).year}-{n:05}",
            "person_id": _person(n, size),
            "owner_id": officer,
            "team_id": team_of(officer, size),
            "area_id": n % 3 + 1,
            "access": "restricted" if n % 500 == 0 else "open",
            "created_at": NOW,
            "changed_at": NOW,
            "version": 1,
        }


def registrations(size: Size) -> Iterator[Row]:
    """One in five in custody, one in fifty without a home."""
    for n in _numbers(size):
        yield {
            "id": size.orders + n,
            "registered_from": _since(n),
            "ends_on": None if n % 3 == 0 else _since(n) + YEARS * A_YEAR,
            "is_indefinite": n % 3 == 0,
            "has_no_residence": n % 50 == 0,
            "whereabouts": "custody" if n % 5 == 0 else "at_liberty",
        }


def events(size: Size) -> Iterator[Row]:
    """A conviction, and a notification every year."""
    shared: dict[str, Any] = {"note": "", "recorded_at": NOW, "recorded_by_id": 1}
    for n in _numbers(size):
        of = {"record_id": size.orders + n, "person_id": _person(n, size), **shared}
        first = _first_event(n, size)
        convicted = {"offence": "Exposure (SOA 2003 s.66)", "disposal": "suspended", "term_months": "18"}
        yield {**of, "id": first, "kind": "convicted", "happened_on": _since(n), "happened_at": None, "details": convicted}
        for turn in range(NOTIFIED):
            day = _since(n) + turn * A_YEAR
            said = {"given_under": "initial" if turn == 0 else "periodic", "where": "Northmere Central"}
            yield {**of, "id": first + 1 + turn, "kind": "notified", "happened_on": day, "happened_at": _at_noon(day), "details": said}


def deadlines(size: Size) -> Iterator[Row]:
    """The next notification of each who is at liberty."""
    for n in _numbers(size):
        due_on = _since(n) + NOTIFIED * A_YEAR
        yield {
            "record_id": size.orders + n,
            "person_id": _person(n, size),
            "started_by_id": _first_event(n, size) + NOTIFIED,
            "duty_key": "annual_notification",
            "title": "Annual notification",
            "word": "by",
            "rule_class": "law",
            "alert_class": "notification",
            "record_type": "registration",
            "citation": "",
            "because": "Invented",
            "due_on": due_on,
            "act_by_at": _at_noon(due_on) + timedelta(hours=12),
            "cancelled_at": NOW if n % 5 == 0 else None,
            "waiting_on": "",
        }


def _numbers(size: Size) -> range:
    return range(1, size.registered + 1)


def _since(number: int) -> date:
    """The day of conviction: four notifications ago, the next within a year from three weeks ago."""
    return TODAY - NOTIFIED * A_YEAR + timedelta(days=number * 7 % 365 - 21)


def _person(number: int, size: Size) -> int:
    """Of those whom no order protects, from the last backwards."""
    return size.people // 2 - number + 1


def _first_event(number: int, size: Size) -> int:
    return 2 * size.orders + (number - 1) * EVENTS + 1


def _at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

"""A force of any size, written straight into the tables: what pages and sweeps are measured on.

Evenly spread and invented. Everything an index is used for is there: people with search words, orders in all states,
conditions, events, open deadlines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Engine, Table, func, insert, select, text

from orders_app.db import Base
from orders_app.queries.sounds import sound
from orders_app.rules.addresses import telling_words
from orders_app.rules.names import keys_stored, name_words
from orders_app.services.demonstration.names import MEN, SURNAMES, WOMEN

NOW = datetime(2026, 11, 22, 8, 14, tzinfo=UTC)
TODAY = NOW.date()
AT_ONCE = 20_000
CONDITIONS = 6
TYPES = (("dvpo", 28), ("ro_conviction", 1095), ("nmo", 365), ("spo", 1095), ("shpo", 1825), ("scpo", 1825))
DEADLINES = (("compliance_check", "review", "policy"), ("expiry_decision", "expiry", "policy"), ("order_ends", "expiry", "law"))
Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much a force holds."""

    name: str
    people: int
    orders: int
    officers: int


MEAN = Size("mean force", 40_000, 14_000, 75)
LARGEST = Size("largest force", 250_000, 80_000, 400)


def build(engine: Engine, size: Size) -> None:
    """Fill an empty, migrated database."""
    makers: tuple[tuple[str, Callable[[Size], Iterator[Row]]], ...] = (
        ("areas", _areas),
        ("teams", _teams),
        ("users", _users),
        ("user_roles", _user_roles),
        ("people", _people),
        ("addresses", _addresses),
        ("address_words", _address_words),
        ("identifiers", _identifiers),
        ("person_names", _person_names),
        ("name_keys", _name_keys),
        ("records", _records),
        ("orders", _orders),
        ("conditions", _conditions),
        ("protected_people", _protected),
        ("events", _events),
        ("deadlines", _deadlines),
    )
    for table, maker in makers:
        _fill(engine, Base.metadata.tables[table], maker(size))
    _settle(engine)


def _fill(engine: Engine, table: Table, rows: Iterator[Row]) -> None:
    with engine.begin() as connection:
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(table), some)


def _settle(engine: Engine) -> None:
    """Let PostgreSQL number on from here, and let both databases know how the tables are filled."""
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables if engine.dialect.name == "postgresql" else ():
            last = connection.scalar(select(func.max(table.c.id))) or 0
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last + 1})"))
        connection.execute(text("ANALYZE"))


def _areas(_: Size) -> Iterator[Row]:
    yield from ({"id": n, "code": f"A{n}", "name": f"Area {n}"} for n in (1, 2, 3))


def _teams(size: Size) -> Iterator[Row]:
    yield from ({"id": n, "name": f"Team {n}", "area_id": n % 3 + 1} for n in range(1, size.officers // 10 + 1))


def _users(size: Size) -> Iterator[Row]:
    for n in range(1, size.officers + 1):
        yield {
            "id": n,
            "username": f"officer{n}",
            "rank": "PC",
            "collar_number": str(n),
            "name": f"Officer {n}",
            "email": "",
            "password_hash": "",
            "must_change_password": False,
            "is_active": True,
            "team_id": n % (size.officers // 10) + 1,
            "leads_team": n % 10 == 0,
            "created_at": NOW,
            "version": 1,
        }


def _user_roles(size: Size) -> Iterator[Row]:
    yield from ({"id": n, "user_id": n, "role": "orders_supervisor"} for n in range(1, size.officers + 1))


def _names(number: int) -> tuple[str, str]:
    rng = Random(number)
    return rng.choice(SURNAMES), f"{rng.choice((*MEN, *WOMEN))} {rng.choice((*MEN, *WOMEN))}"


def _people(size: Size) -> Iterator[Row]:
    for n in range(1, size.people + 1):
        surname, forenames = _names(n)
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


def _access(number: int) -> str:
    return "sealed" if number % 2_000 == 0 else "restricted" if number % 500 == 0 else "open"


def _addresses(size: Size) -> Iterator[Row]:
    for n in range(1, size.people + 1):
        yield {
            "id": n,
            "person_id": n,
            "kind": "home",
            "lines": _lines(n),
            "postcode": f"NM{n % 20} {n % 9}AA",
            "from_on": date(2020, 1, 1),
            "source": "",
            "is_notified": False,
        }


def _lines(number: int) -> str:
    return f"{number % 300} {SURNAMES[number % len(SURNAMES)]} Lane, Northmere"


def _address_words(size: Size) -> Iterator[Row]:
    for n in range(1, size.people + 1):
        yield from ({"address_id": n, "person_id": n, "token": token} for token in sorted(telling_words(_lines(n))))


def _identifiers(size: Size) -> Iterator[Row]:
    yield from ({"id": n, "person_id": n, "kind": "local", "value": f"NM-{n:07}"} for n in range(1, size.people + 1))


def _person_names(size: Size) -> Iterator[Row]:
    for n in range(1, size.people + 1):
        yield from ({"person_id": n, "token": token} for token in sorted(name_words(*_names(n))))


def _name_keys(_: Size) -> Iterator[Row]:
    words = {token for name in (*SURNAMES, *MEN, *WOMEN) for token in name_words(name, "")}
    yield from ({"key": key, "token": token} for token in sorted(words) for key in sorted(keys_stored(token, sound(token))))


def _made_on(number: int) -> date:
    return TODAY - timedelta(days=number % 1_500 + 1)


def _ends_on(number: int) -> date:
    return _made_on(number) + timedelta(days=TYPES[number % len(TYPES)][1] - 1)


def _records(size: Size) -> Iterator[Row]:
    for n in range(1, size.orders + 1):
        officer = n % size.officers + 1
        yield {
            "id": n,
            "kind": "order",
            "reference": f"{TYPES[n % len(TYPES)][0].upper()}-{_made_on(n).year}-{n:05}",
            "person_id": n,
            "owner_id": officer,
            "team_id": officer % (size.officers // 10) + 1,
            "area_id": n % 3 + 1,
            "access": "open",
            "created_at": NOW,
            "changed_at": NOW,
            "version": 1,
        }


def _orders(size: Size) -> Iterator[Row]:
    for n in range(1, size.orders + 1):
        made_on, ends_on = _made_on(n), _ends_on(n)
        served = n % 40 != 0
        yield {
            "id": n,
            "order_type": TYPES[n % len(TYPES)][0],
            "made_under": "",
            "court": "Northmere Magistrates’ Court",
            "court_reference": "",
            "authorised_rank": "",
            "end_kind": "fixed",
            "stated_ends_on": ends_on,
            "stated_event": "",
            "starts_on_release": False,
            "is_without_notice": False,
            "is_present_or_represented": False,
            "details": {},
            "made_on": made_on,
            "served_on": made_on if served else None,
            "in_force_from": made_on,
            "ends_on": ends_on,
            "ended_on": ends_on if ends_on < TODAY else None,
            "version_number": 1,
        }


def _conditions(size: Size) -> Iterator[Row]:
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


def _protected(size: Size) -> Iterator[Row]:
    half = size.people // 2
    yield from (
        {"order_id": n, "person_id": half + n % half, "relationship_to_subject": "former partner"} for n in range(1, size.orders + 1)
    )


def _events(size: Size) -> Iterator[Row]:
    shared: Mapping[str, Any] = {"details": {}, "note": "", "recorded_at": NOW}
    for n in range(1, size.orders + 1):
        of = {"record_id": n, "person_id": n, "happened_on": _made_on(n), **shared}
        yield {**of, "id": 2 * n - 1, "kind": "made", "happened_at": None}
        served_at = datetime.combine(_made_on(n), NOW.timetz())
        yield {**of, "id": 2 * n, "kind": "served" if n % 40 else "service_attempted", "happened_at": served_at}


def _deadlines(size: Size) -> Iterator[Row]:
    for n in range(1, size.orders + 1):
        for index, duty in enumerate(DEADLINES):
            yield deadline(n, duty, TODAY + timedelta(days=(n * 7 + index * 11) % 400 - 20), is_open=_ends_on(n) >= TODAY)


def deadline(record: int, duty: tuple[str, str, str], due_on: date, *, is_open: bool, started_by: int | None = None) -> Row:
    """One stored deadline of a record whose first event is numbered 2 × record - 1."""
    key, alert_class, rule_class = duty
    return {
        "record_id": record,
        "person_id": record,
        "started_by_id": started_by or 2 * record - 1,
        "duty_key": key,
        "title": key,
        "word": "by",
        "rule_class": rule_class,
        "alert_class": alert_class,
        "citation": "",
        "because": "Invented",
        "due_on": due_on,
        "act_by_at": datetime(due_on.year, due_on.month, due_on.day, tzinfo=UTC) + timedelta(days=1),
        "cancelled_at": None if is_open else NOW,
        "waiting_on": "",
    }

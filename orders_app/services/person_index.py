"""Keep what people are found by, and what their orders are sorted by, in step with their names and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from orders_app.db import insert_missing_rows
from orders_app.models import Address, AddressWord, Alias, NameKey, Order, Person, PersonName, Record
from orders_app.queries.sounds import sound
from orders_app.rules import addresses
from orders_app.rules.names import SLIP_MARK, keys_stored, sorting_names, words_found_by
from orders_app.services.work import Work

orders: Any = Order.__table__
AT_ONCE = 5_000  # rows of one statement, well under the number of values that either database takes


def index_people(work: Work, person_ids: Sequence[int]) -> None:
    """Write anew the search words of these people, and the names on their orders, from names, aliases and addresses. Flushes first."""
    work.session.flush()
    for ids in _chunks(person_ids):
        _index_names(work.session, ids)
        _name_orders(work.session, ids)
        _index_addresses(work.session, ids)


def _index_names(session: Session, ids: Sequence[int]) -> None:
    wanted = _wanted_words(session, ids)
    stored: dict[int, set[str]] = {person_id: set() for person_id in ids}
    for person_id, token in session.execute(select(PersonName.person_id, PersonName.token).where(PersonName.person_id.in_(ids))):
        stored[person_id].add(token)
    for person_id in ids:
        gone = stored[person_id] - wanted[person_id]
        if gone:
            session.execute(delete(PersonName).where(PersonName.person_id == person_id, PersonName.token.in_(gone)))
    new = [(person_id, token) for person_id in ids for token in sorted(wanted[person_id] - stored[person_id])]
    _insert(session, PersonName.__table__, [{"person_id": person_id, "token": token} for person_id, token in new], ["token", "person_id"])
    _learn_words(session, {token for _, token in new})


def _wanted_words(session: Session, ids: Sequence[int]) -> Mapping[int, set[str]]:
    wanted: dict[int, set[str]] = {person_id: set() for person_id in ids}
    for source, key in ((Person, Person.id), (Alias, Alias.person_id)):
        for person_id, surname, forenames in session.execute(select(key, source.surname, source.forenames).where(key.in_(ids))):
            wanted[person_id] |= words_found_by(surname, forenames)
    return wanted


def _learn_words(session: Session, tokens: Iterable[str]) -> None:
    """Store the keys of words never met before."""
    for some in _chunks(sorted(tokens)):
        marks = [SLIP_MARK + token for token in some]
        known = set(session.scalars(select(NameKey.token).where(NameKey.key.in_(marks), NameKey.key == SLIP_MARK + NameKey.token)))
        rows = [{"key": key, "token": token} for token in some if token not in known for key in sorted(keys_stored(token, sound(token)))]
        _insert(session, NameKey.__table__, rows, ["key", "token"])


def _name_orders(session: Session, ids: Sequence[int]) -> None:
    """The change that is logged is the person's; their orders say nothing new."""
    listed = (orders.c.id, orders.c.subject_surname, orders.c.subject_forenames, Person.surname, Person.forenames)
    of_people = select(*listed).select_from(orders).join(Record, Record.id == orders.c.id).join(Person, Person.id == Record.person_id)
    rows = [
        {"key": key, "surname": names[0], "forenames": names[1]}
        for key, surname, forenames, *now in session.execute(of_people.where(Person.id.in_(ids)))
        if (names := sorting_names(*now)) != (surname, forenames)
    ]
    named = update(orders).where(orders.c.id == bindparam("key"))
    if rows:
        session.connection().execute(named.values(subject_surname=bindparam("surname"), subject_forenames=bindparam("forenames")), rows)


def _index_addresses(session: Session, ids: Sequence[int]) -> None:
    of_people = select(Address.id, Address.person_id, Address.lines, Address.postcode).where(Address.person_id.in_(ids))
    rows = [(a, p, addresses.words_found_by(lines, postcode)) for a, p, lines, postcode in session.execute(of_people)]
    session.execute(delete(AddressWord).where(AddressWord.person_id.in_(ids)))
    new = [{"address_id": a, "person_id": p, "token": token} for a, p, found_by in rows for token in sorted(found_by)]
    _insert(session, AddressWord.__table__, new, ["token", "address_id"])


def _insert(session: Session, table: Any, rows: Sequence[Mapping[str, Any]], unique_on: Sequence[str]) -> None:
    for some in _chunks(rows):
        insert_missing_rows(session, table, some, unique_on)


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some

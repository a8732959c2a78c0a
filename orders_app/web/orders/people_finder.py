"""Find a person from within a form about orders. Every search is logged."""

from __future__ import annotations

from typing import Any

from orders_app.queries.search import search_people
from orders_app.rules.search_terms import read_search
from orders_app.services.audit import record_search
from orders_app.web.filters import born, person_name
from orders_app.web.orders.found import today
from orders_app.web.session import act, read_session, viewer

FOUND = 10


def find_people(typed: str) -> list[dict[str, str]]:
    """People who match what was typed, best first, with why they match."""
    result = search_people(read_session(), viewer(), read_search(typed, "", today()), today(), size=FOUND)
    with act("people.searched") as work:
        closed = [(key, None) for key in result.closed]
        record_search(work, what="Person of an order", terms={"q": typed}, results=result.total, closed=closed)
    return [person_row(found.person, "; ".join(reason.words for reason in found.because)) for found in result.found]


def person_row(person: Any, because: str = "") -> dict[str, str]:
    """A person as a finder shows them."""
    name = person_name(person.surname, person.forenames)
    return {"reference": person.reference, "name": name, "born": born(person.born_on, today()), "because": because}

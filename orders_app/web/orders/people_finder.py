"""Find a person from within a form about orders. Every search is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orders_app.queries.search import FoundPerson, SearchResult, search_people
from orders_app.rules.identifiers import LABELS, IdentifierKind
from orders_app.rules.search_terms import read_search
from orders_app.services.audit import record_search
from orders_app.web.filters import born, number, person_name, plural
from orders_app.web.session import act, read_session, today, viewer

SHOWN = 10


@dataclass(frozen=True)
class Found:
    """The best matches; and how many more there are, in words."""

    people: list[dict[str, str]]
    more: str = ""


def find_people(typed: str) -> Found:
    """People who match what was typed, best first, with what tells them apart."""
    result = search_people(read_session(), viewer(), read_search(typed, "", today()), today(), size=SHOWN)
    with act("people.searched") as work:
        closed = [(key, None) for key in result.closed]
        record_search(work, what="Person of an order", terms={"q": typed}, results=result.total, closed=closed)
    return Found([_found_row(found) for found in result.found], _more(result))


def person_row(person: Any) -> dict[str, str]:
    """A person as a finder shows them."""
    name = person_name(person.surname, person.forenames)
    return {"reference": person.reference, "name": name, "born": born(person.born_on, today())}


def _found_row(found: FoundPerson) -> dict[str, str]:
    ids = [f"{LABELS[IdentifierKind(held.kind)]} {held.value}" for held in found.person.identifiers]
    orders = [f"{plural(found.orders.in_force, 'order')} in force"] if found.orders.in_force else []
    return person_row(found.person) | {"because": "; ".join(reason.words for reason in found.because), "about": ". ".join([*ids, *orders])}


def _more(result: SearchResult) -> str:
    shown = len(result.found)
    if shown == result.total and not result.is_cut:
        return ""
    matches = f"more than {number(result.total)}" if result.is_cut else number(result.total)
    return f"The best {shown} of {matches} are shown. Add a forename, a date of birth or a PNC number to find the right one."

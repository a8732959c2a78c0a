"""A caseload in words: its records by kind, and how much falls due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from orders_app.queries.caseloads import Held, Load
from orders_app.rules.london import last_day_before
from orders_app.rules.order_types import ORDER_TYPES
from orders_app.rules.registrations.declaration import REGISTRATION
from orders_app.web.filters import day, person_name, plural
from orders_app.web.record_pages import PAGES
from orders_app.web.work.rows import order_words

GIVEN, ENDED = "given", "ended"
KINDS = {code: order_type.name for code, order_type in ORDER_TYPES.items()} | {
    REGISTRATION.code: "Registrations",
    GIVEN: "Deadlines on records of others",
    ENDED: "Records that have ended",
}


@dataclass(frozen=True)
class Group:
    """How many records of one kind, with what falls due on them."""

    words: str
    records: int
    load: Load
    kind: str = ""


def kind_of(one: Held) -> str:
    """Under which heading a record is counted."""
    if not one.is_whole:
        return GIVEN
    if one.has_ended:
        return ENDED
    return one.order_type or one.kind


def groups(found: Sequence[Held]) -> list[Group]:
    """The records by kind, in the order of the kinds, with what falls due."""
    kinds = {kind_of(one) for one in found}
    return [group(words, [one for one in found if kind_of(one) == kind], kind) for kind, words in KINDS.items() if kind in kinds]


def group(words: str, found: Sequence[Held], kind: str = "") -> Group:
    """Some records as one line."""
    return Group(words, len(found), total(found), kind)


def total(found: Iterable[Held]) -> Load:
    """What falls due on some records."""
    return sum((one.load for one in found), Load())


def record_row(one: Held) -> dict[str, Any]:
    """One record in a list."""
    return {
        "reference": one.reference,
        "person": person_name(one.surname, one.forenames),
        "record": order_words(one),
        "href": PAGES[one.kind].show(one.reference),
        "due": due_words(one),
        "deadlines": one.load.deadlines,
        "is_given": not one.is_whole,
    }


def due_words(one: Held) -> str:
    """What falls due first on a record, and how much is overdue."""
    if one.next_at is None:
        return "Nothing due"
    first = day(last_day_before(one.next_at))
    return f"{plural(one.load.overdue, 'deadline')} overdue, the first since {first}" if one.load.overdue else f"By {first}"


def load_words(load: Load) -> str:
    """41 open deadlines: 3 overdue, 9 due in 14 days."""
    if not load.deadlines:
        return "no open deadline"
    return f"{plural(load.deadlines, 'open deadline')}: {load.overdue} overdue, {load.soon} due in 14 days"

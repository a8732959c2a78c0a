"""Why nothing is left to do about a deadline: what met it, or that nothing is asked any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orders_app.queries.deadline_history import DeadlineHistory, Meeting
from orders_app.queries.work_lists import WorkRow
from orders_app.rules.alerting import PASSES_BY_ITSELF
from orders_app.web.orders.event_words import what_and_when, when_words
from orders_app.web.record_pages import PAGES

PASSED = "The date has passed. Nothing had to be done about it"
NOT_NEEDED = "It is no longer needed: what is recorded does not ask for it any more"


@dataclass(frozen=True)
class Closing:
    """How a deadline closed: the sentence, and where one event met it what that was, and its address on the record."""

    words: str
    event: str = ""
    href: str = ""


def how_it_closed(row: WorkRow, history: DeadlineHistory) -> Closing | None:
    """What closed a deadline; None while it is open."""
    deadline = row.deadline
    met_by = history.met_by.get(deadline.met_by_id) if deadline.met_by_id else None
    if met_by:
        return Closing("It was met", met_words(met_by), f"{PAGES[row.kind].show(row.reference)}#event-{met_by.number}")
    if deadline.cancelled_at is None:
        return None
    return Closing(PASSED if deadline.word == PASSES_BY_ITSELF else NOT_NEEDED)


def met_words(met_by: Meeting) -> str:
    """Served Saturday 21 November 2026, 22:40: what met it, in the middle of a sentence."""
    event: Any = met_by.event
    return what_and_when(event, when_words(event.happened_on, event.happened_at))

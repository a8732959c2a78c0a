"""Recorded events that a reader might take for the start of a clock, or for what met it, and why they are neither."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from orders_app.rules.facts import Event, Recorded
from orders_app.rules.facts import EventKind as E
from orders_app.rules.spec import Duty, Start
from orders_app.rules.wording import LONDON, day_words

STARTERS = (E.AUTHORISED, E.APPLICATION_LODGED, E.MADE, E.CAME_INTO_FORCE, E.SERVED, E.ARRESTED, E.CHARGED, E.CUSTODY_ENDED)
NOUNS = {
    E.AUTHORISED: "authority",
    E.APPLICATION_LODGED: "the application",
    E.MADE: "the making of the order",
    E.CAME_INTO_FORCE: "its coming into force",
    E.SERVED: "service",
    E.ARRESTED: "the arrest",
    E.CHARGED: "the charge",
    E.CUSTODY_ENDED: "release",
}


@dataclass(frozen=True)
class NotUsed:
    """One recorded event (its key and what it was, in words), and why this date does not rest on it."""

    event_id: int
    what: str
    why: str


def unused_events(duty: Duty, start: Start, starts: Collection[Start], facts: Recorded, met_by: Event | None) -> tuple[NotUsed, ...]:
    """`starts` are all the starts of the same duty: several arrests have a clock each."""
    used = {start.event.id, met_by.id if met_by else None}
    others = [event for event in facts.of(*STARTERS) if event.id not in used]
    own_clocks = {other.event.id for other in starts}
    reasons = [NotUsed(event.id, recorded_words(event), _why_no_start(event, start, own_clocks, duty)) for event in others]
    seen = used | {event.id for event in others}
    return (*reasons, *_not_meeting(duty, start, [event for event in facts.of(*duty.met_by) if event.id not in seen]))


def recorded_words(event: Event) -> str:
    """Served Saturday 21 November 2026, 22:40."""
    when = f"{day_words(event.on)}, {event.at.astimezone(LONDON):%H:%M}" if event.at else day_words(event.on)
    return f"{kind_words(event.kind).capitalize()} {when}"


def kind_words(kind: E) -> str:
    """A kind of event inside a sentence: hearing held."""
    return kind.value.replace("_", " ")


def _why_no_start(event: Event, start: Start, own_clocks: Collection[int], duty: Duty) -> str:
    if event.id in own_clocks:
        return "It has a clock of its own"
    if event.kind is start.event.kind:
        return "Only the first of its kind counts here" if duty.period else f"This date is {start.words}"
    noun = NOUNS[event.kind]
    return (
        f"The period runs from {_start_noun(start)}, not from {noun}" if duty.period else f"This date is {start.words}, not that of {noun}"
    )


def _start_noun(start: Start) -> str:
    """service, where the event itself starts the clock; else the words of the day counted from."""
    return NOUNS.get(start.event.kind, start.words) if start.on == start.event.on else start.words


def _not_meeting(duty: Duty, start: Start, events: Collection[Event]) -> Iterator[NotUsed]:
    """Events of a kind that might have met the duty: those from before it began, and those that say too little."""
    for event in events:
        if _is_before(event, start):
            yield _too_early(event, start)
        elif duty.falls_short and duty.meets_if and not duty.meets_if(event, start):
            yield NotUsed(event.id, recorded_words(event), f"{duty.falls_short}, so it does not meet this duty")


def _too_early(event: Event, start: Start) -> NotUsed:
    return NotUsed(event.id, recorded_words(event), f"It was before {start.words}, so it does not meet this duty")


def _is_before(event: Event, start: Start) -> bool:
    return event.on < start.event.on or bool(event.at and start.event.at and event.at < start.event.at)

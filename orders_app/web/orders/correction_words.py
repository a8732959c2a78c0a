"""Corrections of an order in words: what was said and what is said now, and the deadlines that moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from orders_app.queries.facts import is_current
from orders_app.queries.orders import PutRight, WholeOrder
from orders_app.rules.duties import DueDuty
from orders_app.rules.facts import EventKind
from orders_app.rules.london import london_day
from orders_app.rules.moved import Moved
from orders_app.rules.ranks import RANKS
from orders_app.rules.spec import OrderType
from orders_app.web.filters import at, at_short, day, deadline_when, iso, person_name
from orders_app.web.orders.event_words import EVENT_WORDS, when_words
from orders_app.web.orders.order_words import answer_words

COLUMNS = {
    "court": "Court", "court_reference": "Court reference", "made_under": "Made under", "authorised_rank": "Authorised by",
    "is_present_or_represented": "Subject in court, or represented", "is_without_notice": "Made without notice",
    "end_kind": "How it ends", "stated_ends_on": "Last day", "stated_end_time": "Time on the last day", "stated_event": "What ends it",
    "stated_in_force_from": "First day in force", "starts_on_release": "Starts on release from custody",
    "starts_on_other_end": "Starts when the order it follows ends",
}  # fmt: skip
TERMS = {
    "text": "words", "short_form": "short form", "kind": "kind", "supervisor": "supervised by", "starts_on": "first day",
    "ends_on": "last day", "is_travel": "travel abroad", "is_electronic_monitoring": "electronic monitoring",
}  # fmt: skip
NOTHING = "nothing"
RESTRICTED = "Restricted"


@dataclass(frozen=True)
class MovedDeadline:
    """A deadline that gets another date: what falls due, the date it had and the date it gets."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Said:
    """One thing that was put right."""

    what: str
    before: str
    now: str

    def __str__(self) -> str:
        """Court: Eastbridge. It said: Northmere."""
        return f"{self.what}: {self.now or NOTHING}. It said: {self.before or NOTHING}"


def moved_rows(moved: Iterable[Moved]) -> list[MovedDeadline]:
    """Deadlines that a correction would move."""
    return [MovedDeadline(one.title, _due(one.before), _due(one.after)) for one in moved]


def _due(due: DueDuty | None) -> str:
    return deadline_when(due.act_by_on, due.act_by_at) if due else ""


def correction_item(whole: WholeOrder, one: PutRight) -> dict[str, Any]:
    """A correction of the order as an entry of its timeline."""
    row = one.row
    lines = [str(said) for said in said_lines(whole.case.order_type, one)]
    moved = [_moved_line(stored) for stored in row.moved]
    return {
        "title": "What was recorded of the order was corrected",
        "by": str(row.corrected_by.display_name) if row.corrected_by else "Orderwatch",
        "when": at(row.corrected_at),
        "iso": iso(row.corrected_at),
        "body": Markup().join(Markup("<p>{}</p>").format(line) for line in moved),
        "mark": "",
        "corrected": Markup("<br>").join(escape(line) for line in (*lines, f"Reason: {row.reason}")),
        "place": (london_day(row.corrected_at), row.corrected_at.timestamp()),
    }


def said_lines(order_type: OrderType, one: PutRight) -> list[Said]:
    """Everything that one correction put right, in words."""
    changes = one.row.changes
    return [
        *(Said(COLUMNS[name], *_pair(order_type, name, said)) for name, said in changes.get("order", {}).items()),
        *(Said(*_detail(order_type, key, said)) for key, said in changes.get("details", {}).items()),
        *(Said(EVENT_WORDS[EventKind(kind)].happened, *map(_when, _sides(said))) for kind, said in changes.get("events", {}).items()),
        *(line for term in changes.get("conditions", ()) for line in _term(term)),
        *([_person(one)] if one.row.person_id else []),
    ]


def term_marks(whole: WholeOrder, condition: Any) -> list[str]:
    """What was put right of one term, for the term itself: when, by whom, what it said, and why."""
    return [
        f"Corrected {at_short(one.row.corrected_at)} by {one.row.corrected_by.display_name if one.row.corrected_by else 'Orderwatch'}. "
        f"{_term_before(term)} Reason: {one.row.reason}"
        for one in whole.put_right
        for term in one.row.changes.get("conditions", ())
        if term["number"] == condition.number and is_current(condition, one.row.changes["terms_of"])
    ]


def _sides(said: dict[str, Any]) -> tuple[Any, Any]:
    return said["from"], said["to"]


def _pair(order_type: OrderType, name: str, said: dict[str, Any]) -> tuple[str, str]:
    before, now = (_column(order_type, name, value) for value in _sides(said))
    return before, now


def _column(order_type: OrderType, name: str, value: Any) -> str:
    if name == "made_under":
        return next((power.words for power in order_type.made_under if power.code == value), str(value))
    if name == "authorised_rank":
        return RANKS.get(value, str(value))
    return _plain(value)


def _detail(order_type: OrderType, key: str, said: dict[str, Any]) -> tuple[str, str, str]:
    field = next((field for field in order_type.extra_fields if field.key == key), None)
    before, now = (answer_words(field, str(value or "")) if field else str(value or "") for value in _sides(said))
    return field.label.rstrip("?") if field else key.replace("_", " ").capitalize(), before, now


def _term(term: dict[str, Any]) -> Iterator[Said]:
    number, (before, now) = term["number"], _sides(term)
    if before is None or now is None:
        yield Said(f"Condition {number}", before["text"] if before else "", now["text"] if now else "")
        return
    for name, what in TERMS.items():
        if name in before:
            yield Said(f"Condition {number}, {what}", _plain(before[name]), _plain(now[name]))


def _term_before(term: dict[str, Any]) -> str:
    """What a term said, without what it says now: that stands above it."""
    before = term["from"]
    if before is None:
        return "It was left out when the order was recorded."
    said = [f"{TERMS[name]} {_plain(value) or NOTHING}" for name, value in before.items() if name in TERMS]
    return f"It said: {'; '.join(said)}."


def _person(one: PutRight) -> Said:
    name = person_name(one.person.surname, one.person.forenames) if one.person else RESTRICTED
    before, now = ("not named" if value is None else value or "named" for value in _sides(one.row.changes["protected"]))
    return Said(f"Protected person {name}", before, now)


def _plain(value: Any) -> str:
    """A stored answer in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value or "")
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text.replace("_", " ").capitalize() if text.replace("_", "").isalpha() and text.islower() else text


def _when(text: str) -> str:
    return when_words(*_moment(text))


def _moment(text: str) -> tuple[date, datetime | None]:
    if len(text) == len("2026-04-08"):
        return date.fromisoformat(text), None
    moment = datetime.fromisoformat(text)
    return london_day(moment), moment


def _moved_line(stored: dict[str, Any]) -> str:
    """Order ends: moved from Monday 1 October 2029, 24:00 to Sunday 1 October 2028, 24:00."""
    before, after = (deadline_when(*_moment(text)) if text else "" for text in _sides(stored))
    if not before:
        return f"{stored['title']}: now due, {after}"
    return f"{stored['title']}: moved from {before} to {after}" if after else f"{stored['title']}: no longer due. It was due {before}"

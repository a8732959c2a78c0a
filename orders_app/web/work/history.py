"""What happened to a deadline as its timeline says it: warned, passed up, acknowledged, assigned, noted, moved, met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from orders_app.queries.deadline_history import DeadlineHistory, Happening, Part
from orders_app.rules.alerting import PASSES_BY_ITSELF, WhyMoved
from orders_app.rules.deliveries import State
from orders_app.rules.london import last_day_before
from orders_app.rules.record_spec import Word
from orders_app.web.filters import at, at_about, day, deadline_when, iso, lower_first, upper_first
from orders_app.web.work.closing import met_words
from orders_app.web.work.rows import stage_words

CLOSED_WORDS = {
    "met": "the deadline was met", "cancelled": "it is no longer needed", "moved": "the date moved", "passed": "the date has passed",
    "superseded": "a later warning took its place",
}  # fmt: skip
MAILED_WORDS = {
    State.SENT: "E-mailed to {}", State.UNCERTAIN: "E-mailed to {}, and nobody knows whether it arrived",
    State.REFUSED: "The mail server would not take the e-mail to {}",
}  # fmt: skip
WHY_MOVED_WORDS = {
    WhyMoved.LEFT: "{}{} has left, or works no alerts any more", WhyMoved.AWAY: "{}{} is away",
    WhyMoved.LOCKED_OUT: "{}{} could not sign in: too many wrong passwords",
    WhyMoved.SAID_AGAIN: "{} had acknowledged it, and it is still not met",
}  # fmt: skip
DUE_WORDS = {Word.BY: "To be met by", Word.BEFORE: "To be met before", Word.UNTIL: "Until", Word.AT: "At"}
Item = dict[str, Any]
Change = Mapping[str, Any]


def history_items(history: DeadlineHistory, deadline: Any) -> list[Item]:
    """Everything that happened, newest first, in the form that the timeline takes."""
    moments = {row.at for row in history.changes}
    handed = [one for one in history.happenings if one.part is Part.HANDED_OVER and _concerns(one, history, moments)]
    others = [one for one in history.happenings if one.part is not Part.HANDED_OVER]
    began, heard = _first_raised(history), _first_heard(history)
    said = [_happened(one, began, heard) for one in (*others, *handed)]
    with_them = {one.at for one in handed}
    said += [item for row in history.changes for item in _changed(row, history, deadline, is_handed_over=row.at in with_them)]
    return sorted(said, key=lambda item: item["place"], reverse=True)


def given_words(history: DeadlineHistory, now: datetime) -> str:
    """Who was given it last, by whom and when: for somebody who had its page open meanwhile."""
    for row in reversed(history.changes):
        if "assigned_to_id" in row.changes:
            to = history.officers.get(row.changes["assigned_to_id"]["to"], "")
            did = f"{to} has it now, given" if to else "Whoever has the record has it now, given back"
            return f"{did} by {row.actor}, {at_about(row.at, now)}"
    return ""


def _concerns(handed: Happening, history: DeadlineHistory, moments: set[datetime]) -> bool:
    """Whether a hand-over of the record took the deadline along: it was there and open, or went by name."""
    if not handed.is_certain:
        return handed.at in moments
    before = [row for row in history.changes if row.subject_type == "deadlines" and row.at <= handed.at]
    ends = [row.changes[key]["to"] for row in before for key in ("met_by_id", "cancelled_at") if key in row.changes]
    return bool(before or not history.changes) and not (ends and ends[-1])


def _first_raised(history: DeadlineHistory) -> dict[int, datetime]:
    """When each alert was raised at first: giving it to somebody else begins its time again."""
    found: dict[int, datetime] = {}
    for row in history.changes:
        if row.subject_type == "alerts" and row.subject_id is not None and "raised_at" in row.changes:
            found.setdefault(row.subject_id, _moment(row.changes["raised_at"]["from"]) or row.at)
    return found


def _first_heard(history: DeadlineHistory) -> dict[int, str]:
    """Who heard each alert before it went to somebody else, given or sent on, of those that did."""
    sent_on = [(one.at, one.row_id, one.more) for one in history.happenings if one.part in (Part.MOVED, Part.REOPENED)]
    given = [
        (row.at, row.subject_id, history.officers.get(row.changes["recipient_id"]["from"], "the team"))
        for row in history.changes
        if row.subject_type == "alerts" and row.subject_id is not None and "recipient_id" in row.changes
    ]
    return {alert_id: whom for _, alert_id, whom in sorted([*sent_on, *given], reverse=True)}


def _happened(one: Happening, began: Mapping[int, datetime], heard: Mapping[int, str]) -> Item:
    match one.part:
        case Part.RAISED:
            whom = heard.get(one.row_id, one.whom)
            body = f"Heard by {whom}" if whom else "There was nobody to hear it"
            return _item(min(began.get(one.row_id, one.at), one.at), f"Warned: {stage_words(one.words).lower()}", body=body, order=1)
        case Part.CLOSED:
            return _item(one.at, "Warning closed", body=f"Because {CLOSED_WORDS.get(one.words, one.words)}")
        case Part.ESCALATED:
            return _item(one.at, f"Passed up to {one.whom}", body="Nobody had acknowledged it", order=2)
        case Part.MOVED | Part.REOPENED:
            return _item(one.at, _where_to(one), body=_sent_on_words(one), order=2)
        case Part.NOTED:
            return _item(one.at, "Note", by=one.by, body=one.words)
        case Part.HANDED_OVER:
            return _item(one.at, f"Handed over to {one.whom}", by=one.by, body=f"It was with {one.words}.\n{one.more}")
        case Part.MAILED:
            return _item(one.at, MAILED_WORDS[State(one.words)].format(one.whom), order=3)


def _where_to(one: Happening) -> str:
    if one.whom and one.part is Part.REOPENED:
        return f"To be acknowledged again by {one.whom}"
    return f"Sent on to {one.whom}" if one.whom else "There was nobody left to hear it"


def _sent_on_words(one: Happening) -> str:
    """Why whoever heard of it, or had acknowledged it, does not any more."""
    if not one.words:
        return "They answer for it now" if one.whom else ""
    had_acknowledged = ", who had acknowledged it," if one.part is Part.REOPENED else ""
    return WHY_MOVED_WORDS[WhyMoved(one.words)].format(one.by, had_acknowledged)


def _changed(row: Any, history: DeadlineHistory, deadline: Any, *, is_handed_over: bool) -> Iterable[Item]:
    """What one row of the log says. What a hand-over changed with everything else is told by the hand-over."""
    if row.subject_type == "deadlines" and _is_first(row.changes):
        yield _item(row.at, "Worked out from what was recorded", by=row.actor, body=_first_words(row.changes, history, deadline))
        return
    for key, say in SAID.items():
        if key in row.changes and not (is_handed_over and key in GOES_WITH_A_HAND_OVER):
            title, body = say(row.changes[key], row, history, deadline)
            if title:
                yield _item(row.at, title, by=row.actor, body=body, order=4)


def _first_words(changes: Change, history: DeadlineHistory, deadline: Any) -> str:
    """When it fell due as it was first known, and whether what met it was recorded in the same piece of work."""
    first = {key: change["to"] for key, change in changes.items()}
    met = f"It was met already: {_met_by(first['met_by_id'], history)}" if first.get("met_by_id") else ""
    known = [_due(first.get("act_by_at"), deadline), met]
    return ". ".join(words for words in known if words)


def _is_first(changes: Change) -> bool:
    return changes.get("duty_key", {"from": ""})["from"] is None


def _moved(change: Change, _row: Any, _history: DeadlineHistory, deadline: Any) -> tuple[str, str]:
    return "The date moved", f"{_due(change['to'], deadline)}. Before: {lower_first(_due(change['from'], deadline))}"


def _met(change: Change, _row: Any, history: DeadlineHistory, _deadline: Any) -> tuple[str, str]:
    return (
        ("Met", upper_first(_met_by(change["to"], history))) if change["to"] else ("Open again", "What met it was struck out or corrected")
    )


def _met_by(event_id: int, history: DeadlineHistory) -> str:
    met_by = history.met_by.get(event_id)
    return met_words(met_by) if met_by else ""


def _cancelled(change: Change, _row: Any, _history: DeadlineHistory, deadline: Any) -> tuple[str, str]:
    ended = "The date has passed" if deadline.word == PASSES_BY_ITSELF else "No longer needed"
    return (ended, "") if change["to"] else ("Open again", "What was recorded asks for it again")


def _assigned(change: Change, _row: Any, history: DeadlineHistory, _deadline: Any) -> tuple[str, str]:
    to, former = history.officers.get(change["to"], ""), history.officers.get(change["from"], "")
    before = f"It was assigned to {former} before" if former else ""
    return (f"Assigned to {to}" if to else "Given back to whoever has the record"), before


def _waits(change: Change, *_: Any) -> tuple[str, str]:
    return (f"Waiting on {change['to']}", "") if change["to"] else ("Waiting on nobody else any more", "")


def _acknowledged(change: Change, row: Any, *_: Any) -> tuple[str, str]:
    """Whoever is given an alert has it to acknowledge anew: the giving says so."""
    return ("Acknowledged", "") if change["to"] and "recipient_id" not in row.changes else ("", "")


def _snoozed(change: Change, row: Any, *_: Any) -> tuple[str, str]:
    reason = row.changes.get("snooze_reason", {}).get("to") or row.reason
    return (f"Snoozed until {day(date.fromisoformat(change['to']))}", reason) if change["to"] else ("Quiet no longer", "")


SAID: dict[str, Callable[..., tuple[str, str]]] = {
    "act_by_at": _moved, "met_by_id": _met, "cancelled_at": _cancelled, "assigned_to_id": _assigned, "waiting_on": _waits,
    "acknowledged_at": _acknowledged, "snoozed_until_on": _snoozed,
}  # fmt: skip
GOES_WITH_A_HAND_OVER = frozenset({"assigned_to_id", "acknowledged_at", "snoozed_until_on"})


def _due(text: str | None, deadline: Any) -> str:
    """To be met by Monday 30 November 2026, 24:00; until Monday 30 November 2026, 24:00 where nobody has to meet it."""
    moment = _moment(text)
    if moment is None:
        return ""
    when = deadline_when(None, moment) if deadline.due_at else deadline_when(last_day_before(moment))
    return f"{DUE_WORDS[Word(deadline.word)]} {when}"


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _item(when: datetime, title: str, *, by: str = "", body: str = "", order: int = 0) -> Item:
    """One entry. `order` settles what is said first of what happened at one moment: what closed, what was raised, who was told."""
    return {"title": title, "by": by, "when": at(when), "iso": iso(when), "body": body, "place": (when, order)}

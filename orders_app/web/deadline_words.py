"""A deadline as the deadline tag says it, and its reasoning as "Why this date?" says it. Ready-made, so that templates decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from orders_app.rules.alerting import PASSES_BY_ITSELF
from orders_app.rules.duties import DueDuty
from orders_app.rules.london import last_day_before, london_day
from orders_app.rules.spec import Citation
from orders_app.rules.working import ExplainedDate, Working
from orders_app.web.filters import band, deadline_when, iso, nearness, plural, upper_first


class StoredDeadline(Protocol):
    """The columns of a deadlines row that are read here."""

    title: str
    word: str
    rule_class: str
    citation: str
    due_on: date
    due_at: datetime | None
    act_by_at: datetime


@dataclass(frozen=True)
class DeadlineWords:
    """What the deadline tag shows. `note` is empty, or says what the other reading of the law gives."""

    when: str
    what: str
    band: str
    rel: str
    rule: str
    cite: str
    iso: str
    prefix: str
    note: str = ""


@dataclass(frozen=True)
class DateInWords:
    """A date of an order that is no deadline, with its reasoning."""

    title: str
    answer: str
    why: dict[str, Any]


PAST_IN_WORDS = (PASSES_BY_ITSELF, "at")  # nobody is late for an end or for a hearing that took place
UNREAD = " (section not read: check it)"
POLICY_SAYS = "Local policy: "  # the tag beside it says so already


@dataclass(frozen=True)
class _Moment:
    on: date
    at: datetime | None

    def is_past(self, now: datetime) -> bool:
        return self.at < now if self.at else self.on < london_day(now)


def due_duty_words(due: DueDuty, now: datetime) -> DeadlineWords:
    """The words of a duty just worked out."""
    judged, safe = _Moment(due.late_after_on, due.late_after_at), _Moment(due.act_by_on, due.act_by_at)
    return _words(due.title, due.word, due.rule_class, str(due.citation), judged, safe, now)


def stored_deadline_words(row: StoredDeadline, now: datetime) -> DeadlineWords:
    """The words of a stored deadline; a day duty's act_by_at is the midnight that ends its day."""
    if row.due_at is None:
        safe = _Moment(last_day_before(row.act_by_at), None)
    else:
        safe = _Moment(last_day_before(row.act_by_at), row.act_by_at)
    return _words(row.title, row.word, row.rule_class, row.citation, _Moment(row.due_on, row.due_at), safe, now)


def is_late(row: StoredDeadline, now: datetime) -> bool:
    """Whether the moment by which lateness is judged has passed. The safe date, where there is one, may have passed before it."""
    return _Moment(row.due_on, row.due_at).is_past(now)


def is_done(due: DueDuty, now: datetime) -> bool:
    """Whether nothing is left to do: it was met, or it was a date that passes by itself."""
    if due.met_by is not None:
        return True
    return not due.can_be_overdue and (due.act_by_at < now if due.act_by_at else due.act_by_on < london_day(now))


def date_in_words(date: ExplainedDate, print_href: str = "") -> DateInWords:
    """The words of a date that is no deadline."""
    return DateInWords(date.title, date.working.answer, why_words(date.working, print_href))


def why_words(working: Working, print_href: str = "") -> dict[str, Any]:
    """What the why_this_date component shows of a rule's reasoning."""
    return {
        "answer": working.answer,
        "duty": working.duty,
        "words": working.words,
        "starts": working.starts,
        "left_out": working.left_out_words,
        "counting": [(line.when, line.what) for line in working.counting],
        "met": working.met,
        "not_used": [(unused.what, unused.why) for unused in working.not_used],
        "moves": working.moves,
        "about": working.readings.about,
        "readings": [(reading.name, reading.answer, reading.use) for reading in working.readings.each],
        "rule": str(working.rule_class),
        "cites": [_cite(cited) for cited in (working.citation, working.left_out_citation) if cited],
        "print": print_href,
    }


def _words(what: str, word: str, rule: str, cite: str, judged: _Moment, safe: _Moment, now: datetime) -> DeadlineWords:
    shown = judged if safe.is_past(now) else safe
    return DeadlineWords(
        when=deadline_when(shown.on, shown.at),
        what=what,
        band=_band(shown, now, word),
        rel=_nearness(shown, now, word),
        rule=str(rule),
        cite=_cited(cite),
        iso=iso(shown.at or shown.on),
        prefix=str(word),
        note=_other_reading(judged, safe, shown),
    )


def _cite(citation: Citation) -> tuple[str, str]:
    return _cited(f"{citation}{UNREAD if citation.is_unread else ''}"), citation.url


def _cited(citation: str) -> str:
    return upper_first(citation.removeprefix(POLICY_SAYS))


def _band(shown: _Moment, now: datetime, word: str) -> str:
    if word == PASSES_BY_ITSELF and shown.is_past(now):
        return "later"
    return band(shown.on, shown.at, now, word)


def _nearness(shown: _Moment, now: datetime, word: str) -> str:
    if word in PAST_IN_WORDS and shown.is_past(now):
        days = (london_day(now) - (london_day(shown.at) if shown.at else shown.on)).days
        return f"{plural(days, 'day')} ago" if days else "earlier today"
    return nearness(shown.on, shown.at, now)


def _other_reading(judged: _Moment, safe: _Moment, shown: _Moment) -> str:
    if judged == safe:
        return ""
    if shown == safe:
        return f"The law can be read two ways: this is the earlier, safe date. The other is {deadline_when(judged.on, judged.at)}"
    return f"The law can be read two ways: the earlier, safe date was {deadline_when(safe.on, safe.at)}"

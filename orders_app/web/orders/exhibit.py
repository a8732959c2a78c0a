"""What the exhibit page shows of a date: its answer, the count day by day, the readings beside each other. All as the rules return it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_login import current_user

from orders_app.queries.facts import rule_event
from orders_app.rules.duties import DueDuty
from orders_app.rules.periods import CountLine
from orders_app.rules.readings import Readings
from orders_app.rules.working import ExplainedDate, Working
from orders_app.web.deadline_words import due_duty_words, is_done
from orders_app.web.filters import at, day, deadline_when
from orders_app.web.orders.event_words import detail_lines, happened_words, when_words
from orders_app.web.session import law_tables


@dataclass(frozen=True)
class Exhibit:
    """One date to be explained. `law_on` is the day whose law was used; `stored` says whether the stored date agrees."""

    key: str
    prefix: str
    when: str
    what: str
    short: str
    working: Working
    note: str = ""
    met_by: int | None = None
    is_late: bool = False
    law_on: date | None = None
    stored: str = ""


def of_deadline(due: DueDuty, now: datetime, stored: str) -> Exhibit:
    """A deadline to be explained."""
    words = due_duty_words(due, now)
    return Exhibit(
        due.key, words.prefix, words.when, words.what, due.because, due.working, words.note, due.met_by, due.is_late, due.starts.on, stored
    )


def of_order_date(date: ExplainedDate) -> Exhibit:
    """A date of the order itself to be explained."""
    return Exhibit(date.key, "", date.working.answer, date.title, date.working.starts, date.working)


@dataclass(frozen=True)
class CountRow:
    """One day of an hour clock: which hours of it, whether they count, how many, and how many so far."""

    day: str
    hours: str
    counts: str
    used: str
    total: str
    is_left_out: bool


@dataclass(frozen=True)
class ReadingRow:
    """One day on every reading; `differs` where they do not say the same."""

    day: str
    cells: tuple[str, ...]
    differs: bool


def count_rows(working: Working) -> list[CountRow]:
    """The hours day by day; empty where nothing is counted in hours."""
    lines = [line for line in working.counting if line.hours]
    running = [line for line in lines if not line.is_left_out]
    return [_count_row(line, running) for line in lines]


def reading_rows(readings: Readings) -> list[ReadingRow]:
    """Every day that any reading reaches, with what each makes of it."""
    days = dict.fromkeys(line.when for reading in readings.each for line in reading.counting)
    by_day = [{line.when: line for line in reading.counting} for reading in readings.each]
    return [_reading_row(day, tuple(_cell(lines.get(day)) for lines in by_day)) for day in days]


def _count_row(line: CountLine, running: list[CountLine]) -> CountRow:
    if line.is_left_out:
        said = f"Left out: {line.what.removeprefix('left out: ')}"
    elif line is running[-1]:
        said = f"Yes. {line.total} are reached"
    else:
        said = "Yes. The clock starts" if line is running[0] else "Yes"
    return CountRow(line.when, line.hours, said, line.used, line.total, line.is_left_out)


def _reading_row(day: str, cells: tuple[str, ...]) -> ReadingRow:
    return ReadingRow(day, cells, len(set(cells)) > 1)


def _cell(line: CountLine | None) -> str:
    if line is None:
        return "Not reached"
    return line.what if line.is_left_out or not line.used else f"{line.hours}: {line.used}, total {line.total}"


def due_of(duties: Iterable[DueDuty], key: str, started: str, now: datetime) -> DueDuty | None:
    """The deadline of this key: that of the day named (ISO); else the first still open; else the last there was."""
    same = [due for due in duties if due.key == key and started in ("", due.starts.on.isoformat())]
    return next((due for due in same if not is_done(due, now)), same[-1] if same else None)


def recorded_words(recorded: Iterable[Any], event_id: int) -> dict[str, Any]:
    """What was recorded of one event: what, when, its details, who recorded it and when."""
    event = next(event for event in recorded if event.id == event_id)
    by = event.recorded_by.display_name if event.recorded_by else "Orderwatch"
    return {
        "what": happened_words(rule_event(event)),
        "when": when_words(event.happened_on, event.happened_at),
        "details": [*detail_lines(event.details), *event.note.splitlines()],
        "recorded": f"Recorded {at(event.recorded_at)} by {by}",
        "corrected": f"Corrected {at(event.corrected_at)}" if event.corrected_at else "",
    }


def stored_words(stored: Any, due: DueDuty) -> str:
    """Whether the date stored, by which alerts are raised, is the one worked out now."""
    if stored is None:
        return "Not stored yet"
    same = (stored.due_on, stored.due_at) == (due.late_after_on, due.late_after_at)
    return (
        "The same as the date stored and used for alerts"
        if same
        else f"The stored date is {deadline_when(stored.due_on, stored.due_at)}: it is brought in line tonight"
    )


def made_by() -> dict[str, Any]:
    """Who made the exhibit, and the table of left-out days that was used."""
    holidays = law_tables().holidays
    covered = f"{day(holidays.covers_from)} to {day(holidays.covers_until)}"
    return {"made_by": current_user.display_name, "team": current_user.team_name, "days_covered": covered}

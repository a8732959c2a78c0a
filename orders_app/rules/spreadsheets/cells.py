"""One cell read as its column says. What cannot be read without guessing is refused, in words that say what to type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from orders_app.rules.facts import EndKind
from orders_app.rules.plain_text import without_invisible_marks
from orders_app.rules.spreadsheets.columns import CellKind, Column
from orders_app.rules.spreadsheets.folding import by_name, folded, found, nearest
from orders_app.rules.typed_dates import FIRST_YEAR, LAST_YEAR, NotADate, NotATime, day_from_text, time_from_text

Cell = str | int | float | bool | date | datetime | time | timedelta | None
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
END_WORDS = {
    folded(words): kind
    for kind, names in (
        (EndKind.UNTIL_FURTHER_ORDER, ("until further order", "further order", "UFO", "until further notice")),
        (EndKind.PER_CONDITION, ("each condition has its own end", "per condition", "see conditions")),
        (EndKind.NONE, ("none", "no end", "n/a")),
    )
    for words in names
}
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}.*|[0-9]{4}.*|[0-9]{1,2}\s*[ap]\.?m\.?.*"
_TIME_AFTER_DAY = re.compile(rf"(.*[0-9]{{2,4}})(?:\s*,\s*|\s+at\s+|\s+|T)({_CLOCK})", re.IGNORECASE)
_WHICH = re.compile(r"(.*?)\s*\b(BST|GMT)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHOWN = 40
ONE_LINE = 200  # a name or a number: the longest text that is never of several lines


class CellRefused(ValueError):
    """The cell cannot be read. `message` says why and what to type."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class ClockTime:
    """A time of day in London. `which` is first or second for an hour that comes twice in autumn."""

    at: time
    which: str = ""


@dataclass(frozen=True)
class DayTime:
    """A day, with the time of day where it was given."""

    on: date
    clock: ClockTime | None = None


@dataclass(frozen=True)
class End:
    """How an order ends: a last day, or words for one that has none."""

    kind: EndKind
    on: date | None = None


Value = str | bool | date | ClockTime | DayTime | End | tuple[str, ...] | None


def read_cell(column: Column, cell: Cell) -> Value:
    """Return what the cell says, or None for an empty one. Raises CellRefused."""
    if cell is None or (isinstance(cell, str) and not text_of(cell)):
        if column.is_required:
            raise CellRefused(f"Enter {_lower_first(column.description)}")
        return None
    try:
        return _READERS[column.kind](column, cell)
    except (NotADate, NotATime) as fault:
        raise CellRefused(f"{_shown(cell)}: {fault.message}") from None


def text_of(cell: Cell) -> str:
    """The cell as text: a number without a needless ".0", a date as 2026-04-08, line ends as the database keeps them."""
    match cell:
        case None:
            return ""
        case bool():
            return "Yes" if cell else "No"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case str():
            return without_invisible_marks(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
        case _:
            return str(cell)


def _text(column: Column, cell: Cell) -> str:
    text = text_of(cell)
    return _checked(column, " ".join(text.split()) if column.longest <= ONE_LINE else text)


def _lines(column: Column, cell: Cell) -> tuple[str, ...]:
    lines = (line.strip() for line in text_of(cell).split("\n"))
    return tuple(_checked(column, line) for line in lines if line)


def _checked(column: Column, text: str) -> str:
    if _CONTROLS.search(text):
        raise CellRefused("Take out the character that cannot be shown or stored, and type the text again")
    if len(text) > column.longest:
        raise CellRefused(f"Must be {column.longest:,} characters or fewer. This has {len(text):,}")
    return text


def _day(_column: Column, cell: Cell) -> date:
    found_day = _day_time(cell)
    if found_day.clock and found_day.clock.at != time():  # databases write a day as its midnight
        raise CellRefused(f"{_shown(cell)}: Enter the day without a time of day")
    return found_day.on


def _day_or_moment(_column: Column, cell: Cell) -> DayTime:
    return _day_time(cell)


def _day_time(cell: Cell) -> DayTime:
    match cell:
        case datetime():
            whole = _to_the_second(cell)
            return DayTime(_known_year(whole.date()), ClockTime(whole.time()) if whole.time() != time() else None)
        case date():
            return DayTime(_known_year(cell))
        case bool() | int() | float() | time() | timedelta():
            raise CellRefused(f"{_shown(cell)}: This is not a date. Give the cell a date, such as 8 April 2026")
        case _:
            return _typed_day_time(text_of(cell))


def _typed_day_time(typed: str) -> DayTime:
    parts = _TIME_AFTER_DAY.fullmatch(typed) if len(typed) <= 2 * _SHOWN else None
    if not parts:
        return DayTime(day_from_text(typed))
    clock = _typed_clock(parts[2])
    on = day_from_text(parts[1])
    return DayTime(on, None if typed.endswith(" 00:00:00") else clock)


def _time(_column: Column, cell: Cell) -> ClockTime:
    match cell:
        case datetime() if cell.year < FIRST_YEAR:
            return ClockTime(_to_the_second(cell).time())
        case time():
            return ClockTime(cell.replace(microsecond=0))
        case timedelta() if timedelta() <= cell < timedelta(days=1):
            return ClockTime((datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) + cell).time().replace(microsecond=0))
        case int() if not isinstance(cell, bool):
            return _typed_clock(f"{cell:04}")
        case float() if cell.is_integer():
            return _typed_clock(f"{int(cell):04}")
        case str():
            return _typed_clock(text_of(cell))
        case _:
            raise CellRefused(f"{_shown(cell)}: Enter a time in the 24-hour clock, such as 22:40")


def _typed_clock(typed: str) -> ClockTime:
    named = _WHICH.fullmatch(typed)
    if named:
        return ClockTime(time_from_text(named[1]), "first" if named[2].upper() == "BST" else "second")
    return ClockTime(time_from_text(typed))


def _yes_no(_column: Column, cell: Cell) -> bool:
    word = text_of(cell).casefold()
    if word not in YES | NO:
        raise CellRefused(f"{_shown(cell)}: Enter Yes or No")
    return word in YES


def _choice(column: Column, cell: Cell) -> str:
    typed = text_of(cell)
    value = found(_names(column), typed)
    if value:
        return value
    names = [choice.name for choice in column.choices]
    near = nearest(typed, [name for choice in column.choices for name in (choice.name, *choice.also)])
    hint = f"Did you mean '{near}'? " if near else ""
    raise CellRefused(f"{_shown(cell)} is not in the list. {hint}Enter one of: {', '.join(names)}")


def _end(column: Column, cell: Cell) -> End:
    kind = END_WORDS.get(folded(text_of(cell))) if isinstance(cell, str) else None
    if kind:
        return End(kind)
    try:
        return End(EndKind.FIXED, _day(column, cell))
    except NotADate as fault:
        raise CellRefused(f"{_shown(cell)}: {fault.message}, or 'until further order'") from None


@lru_cache(maxsize=256)
def _names(column: Column) -> dict[str, str]:
    return by_name((name, choice.value) for choice in column.choices for name in (choice.name, choice.value, *choice.also))


def _known_year(on: date) -> date:
    if not FIRST_YEAR < on.year <= LAST_YEAR:
        raise CellRefused(f"{on.isoformat()}: Enter a year from {FIRST_YEAR} to {LAST_YEAR}")
    return on


def _to_the_second(at: datetime) -> datetime:
    return (at + timedelta(microseconds=500_000)).replace(microsecond=0)


def _shown(cell: Cell) -> str:
    text = " ".join(text_of(cell).split())
    return f"'{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}'"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


_READERS: dict[CellKind, Callable[[Column, Cell], Value]] = {
    CellKind.TEXT: _text,
    CellKind.LINES: _lines,
    CellKind.DAY: _day,
    CellKind.DAY_OR_MOMENT: _day_or_moment,
    CellKind.TIME: _time,
    CellKind.YES_NO: _yes_no,
    CellKind.CHOICE: _choice,
    CellKind.END: _end,
}

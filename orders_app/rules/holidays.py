"""Which days an hour clock leaves out. The table itself is data; this says how it is read."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from orders_app.rules.wording import day_words


class OutsideTable(LookupError):
    """Asked about a day the holiday table does not cover. Better no answer than a wrong one."""

    def __init__(self, day: date, covers_from: date, covers_until: date) -> None:
        self.day = day
        super().__init__(
            f"The table of bank holidays runs from {day_words(covers_from)} to {day_words(covers_until)}, "
            f"so a clock that reaches {day_words(day)} cannot be worked out"
        )


class LeavesOut(Protocol):
    """Anything that can say whether an hour clock runs on a day: one reading, or the table (then the safe one)."""

    def left_out(self, day: date, *, bank_holidays_too: bool = True) -> str: ...


@dataclass(frozen=True)
class Calendar:
    """One reading of the table: the days named in the Acts, and the bank holidays of England and Wales, each with its name."""

    named: Mapping[date, str]
    bank: Mapping[date, str]
    covers_from: date
    covers_until: date

    def left_out(self, day: date, *, bank_holidays_too: bool = True) -> str:
        """The name of the day if the clock does not run on it, else an empty string. Raises OutsideTable."""
        if not self.covers_from <= day <= self.covers_until:
            raise OutsideTable(day, self.covers_from, self.covers_until)
        if day in self.named:
            return self.named[day]
        if bank_holidays_too and day in self.bank:
            return self.bank[day]
        return "Sunday" if day.weekday() == calendar.SUNDAY else ""


@dataclass(frozen=True)
class Holidays:
    """Two readings of the same years. `statutory` is the text of the Acts, by which lateness is judged;
    `safe` leaves out only the days on which every reading agrees, and is the one to act by."""

    statutory: Calendar
    safe: Calendar

    def left_out(self, day: date, *, bank_holidays_too: bool = True) -> str:
        """The safe reading, for whoever asks without saying which."""
        return self.safe.left_out(day, bank_holidays_too=bank_holidays_too)

    @property
    def covers_from(self) -> date:
        return self.statutory.covers_from

    @property
    def covers_until(self) -> date:
        return self.statutory.covers_until

"""The moment a kept statement is run at, as parameters.

Building the SQL of a sweep takes longer than a small database takes to answer it. So it is built once for a policy and
kept, and what differs from run to run is handed in by these names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, Date, bindparam

from orders_app.db import UtcDateTime
from orders_app.rules.london import london_day

NOW: BindParameter[datetime] = bindparam("now_at", type_=UtcDateTime())
TODAY: BindParameter[date] = bindparam("today_on", type_=Date())
Moment = datetime | ColumnElement[datetime]
Day = date | ColumnElement[date]
Values = Mapping[str, object]


@dataclass(frozen=True)
class Instant:
    """A moment (aware UTC) and the London day that it lies in, as SQL takes them."""

    at: Moment
    day: Day


OF_THE_RUN = Instant(NOW, TODAY)


def instant(at: datetime) -> Instant:
    """A moment that is known already."""
    return Instant(at, london_day(at))


def ago(length: timedelta) -> BindParameter[datetime]:
    """The moment that lies this long before now."""
    return bindparam(_name_of(length), type_=UtcDateTime())


def values_at(now: datetime, lengths: Iterable[timedelta] = ()) -> Values:
    """The values of NOW and TODAY, and of `ago` for each of the lengths, at a moment (aware UTC)."""
    return {NOW.key: now, TODAY.key: london_day(now), **{_name_of(length): now - length for length in lengths}}


def _name_of(length: timedelta) -> str:
    return f"{int(length.total_seconds())}_seconds_ago"

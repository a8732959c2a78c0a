"""The law as it stands in this process: the tables that were shipped, with what has been entered since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from orders_app.queries import law as queries
from orders_app.rules.law import LawTables
from orders_app.rules.law_entries import as_amended

READ_AGAIN_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Standing:
    """The tables, the number of the last entry in them, and when that was read."""

    tables: LawTables
    last_entry: int
    read_at: datetime


class LawInForce:
    """One in each process. What is entered in another process is seen here within READ_AGAIN_AFTER, for one statement.

    Nothing is locked: two threads at once read the same rows and keep the same answer.
    """

    def __init__(self, shipped: LawTables) -> None:
        self.shipped = shipped
        self._standing: Standing | None = None

    def standing(self, session: Session, now: datetime) -> Standing:
        """Return the law as it stands at `now` (aware UTC), read again where it was read too long ago."""
        known = self._standing
        if known is not None and known.read_at <= now < known.read_at + READ_AGAIN_AFTER:
            return known
        return self.read(session, now)

    def read(self, session: Session, now: datetime) -> Standing:
        """Read what was entered, whenever that was done last. The tables stay the same object while nothing is new."""
        found, known = queries.entered(session), self._standing
        is_known = known is not None and known.last_entry == found.last
        tables = known.tables if known is not None and is_known else as_amended(self.shipped, found.entries)
        self._standing = Standing(tables, found.last, now)
        return self._standing

"""A piece of work: one transaction, done by someone, for a stated purpose, at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from orders_app.queries.visibility import Viewer
from orders_app.rules.law import LawTables
from orders_app.rules.london import london_day
from orders_app.services.errors import ChangedMeanwhile


@dataclass(frozen=True)
class Actor:
    """Who acts: a user's key and display name, or no key for the system itself. `viewer` says what they may see."""

    id: int | None
    name: str
    viewer: Viewer


@dataclass(frozen=True)
class Work:
    """What a service is given: the session, who acts, what for, and at what moment (aware UTC)."""

    session: Session
    actor: Actor
    action: str
    now: datetime
    law: LawTables
    reason: str = ""

    @property
    def today(self) -> date:
        """The London day of this moment."""
        return london_day(self.now)


@contextmanager
def begin_work(
    sessions: sessionmaker[Session], *, actor: Actor, action: str, now: datetime, law: LawTables, reason: str = ""
) -> Iterator[Work]:
    """Open one transaction; commit at the end, roll back on any error. Only entry points call this.

    Raises ChangedMeanwhile where somebody else's work on the same row was committed between its reading and its writing here.
    """
    try:
        with sessions.begin() as session:
            work = Work(session, actor, action, now, law, reason)
            session.info["work"] = work
            yield work
    except StaleDataError as stale:
        raise ChangedMeanwhile("a row was saved by somebody else") from stale

"""A session to read with, and the one way a page may write: act(...)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime

from flask import g
from flask_login import current_user
from sqlalchemy.orm import Session

from orders_app import clock
from orders_app.db import db
from orders_app.queries.visibility import Viewer
from orders_app.rules.law import LawTables
from orders_app.rules.london import london_day
from orders_app.services.law_in_force import Standing
from orders_app.services.work import Actor, Work, begin_work
from orders_app.web.installation import installation


def read_session() -> Session:
    """Return this request's session for reading. It is closed when the request ends and never committed."""
    session: Session = db.session()
    return session


def viewer() -> Viewer:
    """Return who is looking."""
    looking: Viewer = current_user.viewer
    return looking


def now() -> datetime:
    """Return the moment of this request: the same for everything on one page."""
    if "now" not in g:
        g.now = clock.now()
    moment: datetime = g.now
    return moment


def today() -> date:
    """Return the London day of this request."""
    return london_day(now())


def law_tables() -> LawTables:
    """Return the law as it stands for this request: days left out of hour clocks, and provisions in force."""
    return law_in_force().tables


def law_in_force() -> Standing:
    """Return the same with the number of the last entry in it. Most requests read nothing for it, the others one statement."""
    if "law" not in g:
        g.law = installation().law.standing(read_session(), now())
    standing: Standing = g.law
    return standing


def law_read_again() -> Standing:
    """Return the law as it stands this very moment, for whoever is about to change it."""
    g.law = installation().law.read(read_session(), now())
    standing: Standing = g.law
    return standing


def act(action: str, *, reason: str = "", actor: Actor | None = None) -> AbstractContextManager[Work]:
    """Begin work for the signed-in officer: one transaction, committed at the end of the `with` block."""
    parts = installation()
    return begin_work(parts.sessions, actor=actor or current_user.actor, action=action, now=now(), law=law_tables(), reason=reason)

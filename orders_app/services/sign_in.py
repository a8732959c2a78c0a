"""Signing in: the throttle before the password is looked at, the session row after it, and how sessions end.

An attempt is counted before its password is checked, in a transaction of its own, so that many at once cannot slip
through together; a right password takes the count back. What was typed as a user name is kept nowhere, only its hash:
people type passwords into the wrong box.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from orders_app.db import insert_new_rows
from orders_app.models import AuditEvent, SignInThrottle, User, UserSession
from orders_app.models.audit import audit_row
from orders_app.models.users import SESSION_REFERENCE_LENGTH
from orders_app.services.errors import NotFound
from orders_app.services.passwords import NOBODYS_HASH
from orders_app.services.work import Work

LONGEST_WAIT = timedelta(minutes=60)
SEEN_AT_MOST_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """How many failures are free before each further one must wait, and when they are forgotten."""

    free: int
    forgotten_after: timedelta


NAME_LIMIT = Limit(free=5, forgotten_after=timedelta(hours=24))
ADDRESS_LIMIT = Limit(free=50, forgotten_after=timedelta(hours=2))  # a whole police station may share one address


class MustWait(Exception):
    """Too many failures: no password is looked at until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("sign-in must wait")
        self.until = until


@dataclass(frozen=True)
class Candidate:
    """Somebody trying to sign in. Without such a user `user_id` is None and the hash is nobody's."""

    user_id: int | None
    display_name: str
    password_hash: str
    keys: tuple[str, str]
    blocked_until: datetime | None


@dataclass(frozen=True)
class Browser:
    """Where a session is opened from."""

    address: str
    agent: str = ""


def token_hash(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def reference_of(token: str) -> str:
    """What a session is called in addresses: the beginning of its hash, which opens nothing."""
    return token_hash(token)[:SESSION_REFERENCE_LENGTH]


def name_key(username: str) -> str:
    """The throttle's key of a user name, known or not."""
    return f"name:{hashlib.sha256(folded(username).encode()).hexdigest()}"


def folded(username: str) -> str:
    """A user name as it is stored and compared."""
    return username.strip().casefold()


def wait_after(failures: int, limit: Limit) -> timedelta:
    """How long to wait after so many failures: nothing, then 1, 2, 4 … up to 60 minutes."""
    over = failures - limit.free
    return min(LONGEST_WAIT, timedelta(minutes=2 ** min(over, 10))) if over >= 0 else timedelta(0)


def begin_attempt(work: Work, *, username: str, browser: Browser) -> Candidate:
    """Count an attempt and return whom it is for. Raises MustWait before anything is counted or looked at."""
    keys = (name_key(username), f"address:{browser.address}"[:120])
    user = work.session.scalar(select(User).where(User.username == folded(username)))
    blocked = [
        count_try(work, keys[0], NAME_LIMIT, user_id=user.id if user else None),
        count_try(work, keys[1], ADDRESS_LIMIT),
    ]
    until = max((at for at in blocked if at), default=None)
    if user is None or not user.is_active:
        return Candidate(None, "", NOBODYS_HASH, keys, until)
    return Candidate(user.id, user.display_name, user.password_hash, keys, until)


def attempt_failed(work: Work, *, candidate: Candidate, browser: Browser) -> None:
    """Log a failure, and the lock if this failure set one."""
    _log(work, candidate.user_id, {"address": browser.address})
    if candidate.blocked_until:
        until = candidate.blocked_until.isoformat()
        _log(work, candidate.user_id, {"address": browser.address, "until": until}, action="user.sign_in_locked")


def open_session(work: Work, *, candidate: Candidate, browser: Browser, lasts: timedelta, new_hash: str = "") -> str:
    """Open a session for whoever gave the right password; return the token that only the browser will hold."""
    token = secrets.token_urlsafe(32)
    session = work.session
    session.add(
        UserSession(
            token_hash=token_hash(token), user_id=candidate.user_id, created_at=work.now, last_seen_at=work.now,
            expires_at=work.now + lasts, address=browser.address[:60], agent=browser.agent[:200],
        )
    )  # fmt: skip
    session.flush()
    attempt_succeeded(work, candidate=candidate)
    _note_signed_in(work, candidate.user_id, new_hash)
    _log(work, candidate.user_id, {"address": browser.address})
    return token


def attempt_succeeded(work: Work, *, candidate: Candidate) -> None:
    """Take back the count of an attempt whose password was right."""
    _take_back(work, candidate.keys)


def end_session(work: Work, *, user_id: int, reference: str, because: str) -> None:
    """End one of a user's sessions. Raises NotFound when it is not theirs or has ended."""
    live = select(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    row = work.session.scalar(live.where(UserSession.token_hash.startswith(reference, autoescape=True)))
    if row is None or len(reference) != SESSION_REFERENCE_LENGTH:
        raise NotFound(reference)
    row.ended_at, row.ended_because = work.now, because
    _log(work, user_id, {"sessions_ended": 1, "because": because})


def end_sessions(work: Work, *, user_id: int, because: str, except_session: int | None = None) -> int:
    """End every session of a user, but for one; return how many there were."""
    live = update(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    others = live.where(UserSession.id != (except_session or 0)).values(ended_at=work.now, ended_because=because)
    ended = work.session.execute(others.returning(UserSession.id)).all()
    if ended:
        _log(work, user_id, {"sessions_ended": len(ended), "because": because}, action="user.sessions_ended")
    return len(ended)


def unlock(work: Work, *, username: str) -> bool:
    """Forget the failures counted for a user name; return whether there were any."""
    row = work.session.scalar(select(SignInThrottle).where(SignInThrottle.key == name_key(username)))
    if row is None:
        return False
    work.session.delete(row)
    return True


def note_seen(session: Session, *, session_id: int, at: datetime) -> None:
    """Note that a session was used. Not logged: it says only that a browser is still there."""
    stale = update(UserSession).where(UserSession.id == session_id, UserSession.last_seen_at <= at - SEEN_AT_MOST_EVERY)
    session.execute(stale.values(last_seen_at=at), execution_options={"synchronize_session": False})


def count_try(work: Work, key: str, limit: Limit, *, user_id: int | None = None) -> datetime | None:
    """Count a try under a key; return until when the next one must wait, if it must. Raises MustWait before anything is counted.

    `user_id` is the user whose name was typed, where the key stands for a name.
    """
    row = _counter(work, key)
    if row.blocked_until_at and row.blocked_until_at > work.now:
        raise MustWait(row.blocked_until_at)
    if row.last_failed_at <= work.now - limit.forgotten_after:
        row.failures = 0
    row.failures += 1
    row.last_failed_at, row.user_id = work.now, user_id
    wait = wait_after(row.failures, limit)
    row.blocked_until_at = work.now + wait if wait else None
    return row.blocked_until_at


def _counter(work: Work, key: str) -> SignInThrottle:
    table = SignInThrottle.__table__
    insert_new_rows(work.session, table, [{"key": key, "failures": 0, "last_failed_at": work.now}], ["key"])
    return work.session.scalars(select(SignInThrottle).where(SignInThrottle.key == key).with_for_update()).one()


def _take_back(work: Work, keys: Iterable[str]) -> None:
    """Undo the count of an attempt that succeeded: all of it for the name, this one for the address."""
    name, address = keys
    for row in work.session.scalars(select(SignInThrottle).where(SignInThrottle.key.in_((name, address))).order_by(SignInThrottle.key)):
        row.failures = 0 if row.key == name else max(0, row.failures - 1)
        row.blocked_until_at = None


def _note_signed_in(work: Work, user_id: int | None, new_hash: str) -> None:
    """Written past the ORM on purpose: signing in is not an edit of the user, so it must not count as a new version."""
    values = {"last_signed_in_at": work.now} | ({"password_hash": new_hash} if new_hash else {})
    table = User.metadata.tables["users"]
    work.session.execute(update(table).where(table.c.id == user_id).values(**values))


def _log(work: Work, user_id: int | None, changes: dict[str, object], action: str = "") -> None:
    row = audit_row(work, subject_type="users", subject_id=user_id, changes=changes, action=action)
    work.session.execute(insert(AuditEvent), [row])

"""From the token in the browser's cookie to the signed-in officer. One statement, and one more at most once a minute."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy.exc import OperationalError

from orders_app.queries import users
from orders_app.queries.users import LiveSession
from orders_app.queries.visibility import Viewer
from orders_app.services import sign_in
from orders_app.web.installation import installation
from orders_app.web.session import now, read_session
from orders_app.web.signed_in import SignedIn

log = structlog.get_logger(__name__)


def load_signed_in(token: str) -> SignedIn | None:
    """Return whose live session this token opens, or None: then the browser is a visitor's."""
    found = users.live_session(read_session(), sign_in.token_hash(token), now=now(), idle=idle_time())
    if found is None:
        return None
    if now() - found.last_seen_at >= sign_in.SEEN_AT_MOST_EVERY:
        _note_seen(found.session_id)
    return _signed_in(token, found)


def why_ended(token: str) -> str:
    """Why the session of this token can no longer be used, in the code of queries.users.why_ended."""
    return users.why_ended(read_session(), sign_in.token_hash(token), now=now(), idle=idle_time())


def idle_time() -> timedelta:
    """How long a session may lie unused."""
    return timedelta(minutes=installation().settings.idle_minutes)


def _signed_in(token: str, found: LiveSession) -> SignedIn:
    viewer = Viewer(found.user_id, team_id=found.team_id, area_id=found.area_id, roles=found.roles)
    return SignedIn(
        token=token, session_id=found.session_id, username=found.username, display_name=found.display_name,
        team_name=found.team_name, viewer=viewer, must_change_password=found.must_change_password,
    )  # fmt: skip


def _note_seen(session_id: int) -> None:
    """A page is still shown when this cannot be written: on SQLite a long import may hold the lock."""
    try:
        with installation().sessions.begin() as session:
            sign_in.note_seen(session, session_id=session_id, at=now())
    except OperationalError:
        log.warning("the time a session was last used could not be written")

"""The two steps of a sign-in: count the attempt, then look at the password, outside any transaction (a hash takes time)."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, g, request, session
from flask_login import login_user, logout_user

from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Permission
from orders_app.services import passwords, sign_in
from orders_app.services.sign_in import Browser, Candidate
from orders_app.services.work import Actor
from orders_app.web.auth.loading import load_signed_in
from orders_app.web.installation import installation
from orders_app.web.page_frame import MENU
from orders_app.web.session import act, read_session
from orders_app.web.signed_in import SignedIn

NOBODY = Actor(None, "Nobody signed in", Viewer(user_id=None))
TOKEN_IN_COOKIE = "_user_id"  # where Flask-Login keeps what SignedIn.get_id() gives


class WrongNameOrPassword(Exception):
    """No such user, not active, or not the password: never said which."""


def try_to_sign_in(username: str, password: str) -> SignedIn:
    """Sign somebody in. Raises MustWait, or WrongNameOrPassword."""
    browser = this_browser()
    candidate = begin_attempt(username)
    is_right = passwords.is_right(candidate.password_hash, password)
    if not is_right or candidate.user_id is None:
        with act("user.sign_in_failed", actor=NOBODY) as work:
            sign_in.attempt_failed(work, candidate=candidate, browser=browser)
        raise WrongNameOrPassword
    return _signed_in(_open(candidate, password, browser))


def begin_attempt(username: str) -> Candidate:
    """Count a try at a password before anybody looks at it. Raises MustWait."""
    with act("user.sign_in_tried", actor=NOBODY) as work:
        return sign_in.begin_attempt(work, username=username, browser=this_browser())


def sign_out_here() -> None:
    """Forget the session in this browser's cookie."""
    logout_user()
    session.clear()


def token_in_cookie() -> str:
    """The session token this browser sent, live or not; empty if none."""
    return str(session.get(TOKEN_IN_COOKIE, ""))


def this_browser() -> Browser:
    """Where this request came from."""
    return Browser(address=request.remote_addr or "", agent=request.user_agent.string)


def first_page(officer: SignedIn) -> str:
    """The endpoint of the first page of the menu that is this officer's own work; their own account where there is none."""
    own = (item for item in MENU if item[3] is not Permission.SIGNED_IN)  # what everybody may open is nobody's work
    allowed = (endpoint for _key, _text, endpoint, permission in own if officer.may(permission) and endpoint in current_app.view_functions)
    return next(allowed, "auth.account")


def _open(candidate: Candidate, password: str, browser: Browser) -> str:
    new_hash = passwords.hash_password(password) if passwords.is_outdated(candidate.password_hash) else ""
    lasts = timedelta(hours=installation().settings.session_hours)
    with act("user.signed_in", actor=Actor(candidate.user_id, candidate.display_name, Viewer(candidate.user_id))) as work:
        return sign_in.open_session(work, candidate=candidate, browser=browser, lasts=lasts, new_hash=new_hash)


def _signed_in(token: str) -> SignedIn:
    """Put the token in a fresh cookie, so that nothing planted before the sign-in survives it."""
    session.clear()
    g.pop("csrf_token", None)  # the form's token belongs to the session before
    read_session().rollback()  # it may have begun before the session row was written
    officer = load_signed_in(token)
    if officer is None:
        raise WrongNameOrPassword
    login_user(officer)
    return officer

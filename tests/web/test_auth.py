"""Signing in and out, and what a session is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, SignInThrottle, User, UserSession
from orders_app.rules.access import Role
from orders_app.services.passwords import hash_password
from tests.conftest import Acting
from tests.factories import PASSWORD, a_user
from tests.web.conftest import ClientFor, Officer, SignedInAs, Statements
from tests.web.reading import page

HASH = hash_password(PASSWORD)


@pytest.fixture
def officer(acting: Acting) -> User:
    with acting("user.created") as work:
        return a_user(work, Role.ADMINISTRATOR, username="rahman", password_hash=HASH)


def _sign_in(browser: Officer, username: str = "rahman", password: str = PASSWORD, path: str = "/sign-in"):
    return browser.post(path, data={"username": username, "password": password})


def test_the_right_password_opens_a_session(visitor: Officer, officer: User, session: Session) -> None:
    answer = _sign_in(visitor)
    assert (answer.status_code, answer.location) == (302, "/")
    row = session.scalars(select(UserSession)).one()
    with visitor.session_transaction() as cookie:
        assert row.token_hash != cookie["_user_id"]
        assert len(cookie["_user_id"]) >= 40
    assert visitor.get("/account").status_code == 200
    assert session.get_one(User, officer.id).last_signed_in_at is not None
    assert session.get_one(User, officer.id).version == officer.version


@pytest.mark.parametrize(("username", "password"), [("rahman", "wrong password here"), ("nobody", PASSWORD)])
def test_refusals_read_the_same(visitor: Officer, officer: User, username: str, password: str) -> None:
    answer = page(_sign_in(visitor, username, password))
    assert answer.problems == "The user name or the password is not right. Check both and try again"
    assert answer.title == "Error: Sign in - Orderwatch"
    assert answer.inputs["username"] == username
    assert answer.inputs["password"] == ""


def test_nothing_is_looked_at_while_an_officer_must_wait(visitor: Officer, officer: User, clock, session: Session) -> None:
    for _ in range(5):
        assert _sign_in(visitor, password="wrong password here").status_code == 200
    answer = _sign_in(visitor)
    assert answer.status_code == 429
    assert page(answer).problems == "Signing in is paused after too many wrong tries. Try again after 08:15"
    clock.shift(timedelta(minutes=1))
    assert _sign_in(visitor).status_code == 302
    actions = [row.action for row in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert actions[-6:] == [*["user.sign_in_failed"] * 4, "user.sign_in_failed", "user.sign_in_locked", "user.signed_in"][-6:]
    assert all(row.failures == 0 or row.key.startswith("address") for row in session.scalars(select(SignInThrottle)))


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [("/account", "/account"), ("/account?x=1", "/account?x=1"), ("//elsewhere.example", "/"), ("https://elsewhere.example/", "/"),
     ("/\\elsewhere.example", "/"), ("javascript:alert(1)", "/"), ("/\t/elsewhere.example", "/"), ("", "/")],
)  # fmt: skip
def test_next_leads_to_own_pages_only(visitor: Officer, officer: User, wanted: str, led_to: str) -> None:
    answer = visitor.post("/sign-in", query_string={"next": wanted}, data={"username": "rahman", "password": PASSWORD})
    assert answer.location == led_to


def test_a_visitor_is_asked_to_sign_in_and_led_back(visitor: Officer) -> None:
    answer = visitor.get("/account")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/account")


def test_a_planted_cookie_does_not_survive_the_sign_in(visitor: Officer, officer: User) -> None:
    with visitor.session_transaction() as cookie:
        cookie["planted"] = "before"
        cookie["_user_id"] = "known to somebody else"
    answer = _sign_in(visitor)
    assert answer.status_code == 302, page(answer).main
    with visitor.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["_user_id"] != "known to somebody else"


def test_signing_out_ends_the_session_on_the_server(client_for: ClientFor, session: Session) -> None:
    browser = client_for(Role.PATROL)
    with browser.session_transaction() as cookie:
        copied = dict(cookie)
    assert browser.post("/sign-out").location == "/sign-in"
    with browser.session_transaction() as cookie:
        cookie.update(copied)
    assert browser.get("/account").status_code == 302
    assert session.scalars(select(UserSession)).one().ended_because == "signed_out"


@pytest.mark.parametrize(
    ("later", "step", "because"),
    [(timedelta(minutes=30), timedelta(minutes=30), "not used for a while"), (timedelta(hours=12), timedelta(minutes=20), "longest time")],
)
def test_sessions_run_out(client_for: ClientFor, clock, later: timedelta, step: timedelta, because: str) -> None:
    browser = client_for(Role.PATROL)
    gone = timedelta(0)
    while gone + step < later:
        clock.shift(step)
        gone += step
        assert browser.get("/account").status_code == 200
    clock.shift(step)
    answer = browser.get("/account", follow_redirects=True)
    assert page(answer).heading == "Sign in"
    assert because in page(answer).main


def test_use_is_noted_once_a_minute(client_for: ClientFor, clock, statements: Statements) -> None:
    browser = client_for(Role.PATROL)
    browser.get("/account")
    clock.shift(timedelta(seconds=61))
    with statements() as seen:
        browser.get("/help")
        browser.get("/account")
    noted = [statement for statement in seen if "UPDATE user_sessions" in statement]
    assert len(noted) == 1


def test_the_officer_is_loaded_in_one_statement(client_for: ClientFor, statements: Statements) -> None:
    browser = client_for(Role.PATROL, Role.AUDITOR)
    with statements() as seen:
        browser.get("/")
    assert len([statement for statement in seen if "user_sessions" in statement]) == 1


def test_somebody_made_inactive_is_out_at_once(signed_in_as: SignedInAs, officer: User, acting: Acting) -> None:
    browser = signed_in_as(officer)
    with acting("user.deactivated") as work:
        work.session.get_one(User, officer.id).is_active = False
    assert browser.get("/account").status_code == 302

"""A form that could not be taken is given back: to whoever typed it, from a page of ours, and never a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from orders_app.db import writing_sessions
from orders_app.models import User
from orders_app.queries import users as user_queries
from orders_app.rules.access import Role
from orders_app.services import sign_in
from orders_app.services.passwords import hash_password
from orders_app.services.users import sign_out_everywhere
from tests.conftest import Acting
from tests.factories import a_user
from tests.web.conftest import ClientFor, Officer, SignedInAs

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"surname": "Whittaker", "forenames": 'Callum "Cal" <b>', "version": "3"}
PASSWORD = "three herons over northmere"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def aisha(acting: Acting) -> User:
    with acting() as work:
        return a_user(work, Role.ORDERS_DESK, username="aisha", password_hash=hash_password(PASSWORD))


@pytest.fixture
def signed_out(aisha: User, acting: Acting, signed_in_as: SignedInAs) -> Officer:
    """A browser whose session an administrator has ended."""
    browser = signed_in_as(aisha)
    with acting() as work:
        sign_out_everywhere(work, username="aisha")
    return browser


@contextmanager
def no_waiting(engine: Engine) -> Iterator[None]:
    """A statement that finds a lock is refused at once."""
    says = "PRAGMA busy_timeout=0" if engine.dialect.name == "sqlite" else "SET lock_timeout='1ms'"

    def set_up(connection: Any, _record: Any, *_more: Any) -> None:
        connection.cursor().execute(says)

    event.listen(engine, "checkout", set_up)
    try:
        yield
    finally:
        event.remove(engine, "checkout", set_up)


def hidden(page: str) -> dict[str, str]:
    """The hidden boxes of the last form of a page."""
    last = page[page.rindex('<form method="post"') :]
    return {name: unescape(value) for name, value in HIDDEN.findall(last) if name != "csrf_token"}


def signed_in_again(browser: Officer, held: str, username: str = "aisha") -> str:
    answer = browser.post("/sign-in", data={"username": username, "password": PASSWORD, "kept": held})
    return answer.text


def test_what_was_typed_after_the_session_ended_can_be_sent_after_signing_in(signed_out: Officer) -> None:
    asked = signed_out.post("/people/new", data=TYPED, headers=OURS)
    assert asked.status_code == 401
    assert "An administrator ended this session." in asked.text
    assert "What you typed is kept" in asked.text
    wrong = signed_out.post("/sign-in", data={"username": "aisha", "password": "wrong", "kept": hidden(asked.text)["kept"]})
    page = signed_in_again(signed_out, hidden(wrong.text)["kept"])
    assert hidden(page) == TYPED
    assert 'action="/people/new"' in page
    assert "Callum &#34;Cal&#34; &lt;b&gt;" in page
    assert signed_out.post("/people/new", data=hidden(page)).status_code == 302


def test_somebody_else_who_signs_in_does_not_get_it(signed_out: Officer, acting: Acting) -> None:
    with acting() as work:
        a_user(work, Role.ORDERS_DESK, username="tomasz", password_hash=hash_password(PASSWORD))
    held = hidden(signed_out.post("/people/new", data=TYPED, headers=OURS).text)["kept"]
    assert "Whittaker" not in signed_in_again(signed_out, held, "tomasz")


@pytest.mark.parametrize("held", ["", "nonsense", "WzEsIi9wZW9wbGUiLFtdXQ.awc.signature"])
def test_what_we_did_not_seal_is_not_shown(signed_out: Officer, held: str) -> None:
    assert "You should be redirected" in signed_in_again(signed_out, held)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}])
def test_another_sites_words_are_not_kept(signed_out: Officer, client_for: ClientFor, headers: dict[str, str]) -> None:
    assert signed_out.post("/people/new", data=TYPED, headers=headers).status_code == 302
    assert "Whittaker" not in client_for(Role.ORDERS_DESK).post("/people/new", data=TYPED, headers=headers, csrf=False).text


def test_a_form_without_its_token_is_given_back_to_somebody_signed_in(client_for: ClientFor) -> None:
    answer = client_for(Role.ORDERS_DESK).post("/people/new", data=TYPED, headers=OURS, csrf=False)
    assert answer.status_code == 400
    assert hidden(answer.text) == TYPED


def test_passwords_are_never_given_back(client_for: ClientFor) -> None:
    answer = client_for(Role.ORDERS_DESK).post("/account/password", data={"current": PASSWORD}, headers=OURS, csrf=False)
    assert answer.status_code == 400
    assert PASSWORD not in answer.text


def test_a_form_too_long_to_hold_is_not_kept(client_for: ClientFor) -> None:
    answer = client_for(Role.ORDERS_DESK).post("/people/new", data={"surname": "x" * 200_001}, headers=OURS, csrf=False)
    assert "xxx" not in answer.text


def test_what_was_typed_survives_a_fault_of_the_program(client_for: ClientFor, engine: Engine) -> None:
    officer = client_for(Role.ORDERS_DESK)
    officer.application.config["PROPAGATE_EXCEPTIONS"] = False
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE drafts"))
    answer = officer.post("/people/new", data=TYPED, headers=OURS)
    officer.application.config["PROPAGATE_EXCEPTIONS"] = None
    assert answer.status_code == 500
    assert hidden(answer.text) == TYPED


def test_what_was_typed_while_somebody_else_saves_can_be_sent_again(client_for: ClientFor, engine: Engine) -> None:
    officer = client_for(Role.ORDERS_DESK)
    with writing_sessions(engine).begin() as holding:
        holding.execute(text("SELECT 1") if engine.dialect.name == "sqlite" else text("LOCK TABLE drafts"))
        with no_waiting(engine):
            answer = officer.post("/people/new", data=TYPED, headers=OURS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Somebody else is saving a great deal" in answer.text
    assert hidden(answer.text) == TYPED
    assert officer.post("/people/new", data=hidden(answer.text)).status_code == 302


def test_whose_session_it_was_is_known_after_its_end(signed_out: Officer, aisha: User, session: Session) -> None:
    with signed_out.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert user_queries.whose_session(session, sign_in.token_hash(token)) == aisha.id
    assert user_queries.whose_session(session, sign_in.token_hash("another")) is None
